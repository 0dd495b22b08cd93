import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { packageRoot } from './package-root.js';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The desk's style, pictures and built client scripts by name; read once, there are few and they are small. */
export function readDeskAssets(): ReadonlyMap<string, { readonly type: string; readonly body: Uint8Array }> {
  const assets = new Map<string, { type: string; body: Uint8Array }>();
  for (const folder of [join(packageRoot, 'src/web/static'), join(packageRoot, 'dist/browser')]) {
    for (const name of readdirSync(folder)) {
      const type = TYPES[extname(name)];
      if (type !== undefined) assets.set(name, { type, body: readFileSync(join(folder, name)) });
    }
  }
  return assets;
}
