import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/** Fonts of the papers in an evidence packet; what they cover and their licences stand beside them in src/report/fonts. */
export function readPacketFonts(): {
  readonly regular: Buffer;
  readonly bold: Buffer;
  readonly symbols: Buffer;
} {
  const read = (name: string): Buffer => readFileSync(join(packageRoot, 'src', 'report', 'fonts', name));
  return {
    regular: read('DejaVuSans.ttf'),
    bold: read('DejaVuSans-Bold.ttf'),
    symbols: read('NotoEmoji-Regular.woff'),
  };
}
