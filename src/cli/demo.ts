import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

/** The demo's sources, served on loopback, and the configuration that collects them. */
export interface Demo {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What a ronda.yaml would hold. */
  readonly document: unknown;
  close(): Promise<void>;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.rss': 'application/rss+xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/feed+json',
  '.html': 'text/html; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves a folder of recorded pages and reads its `sources.json`, in which `{base}` stands for the server's URL and
 * `{folder}` for the folder.
 */
export async function startDemo(folder: string): Promise<Demo> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://demo').pathname));
    if (path.split(sep).includes('..')) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(folder, path)).then(
      (body) => {
        const type = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
      },
      () => response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const manifest = await readFile(join(folder, 'sources.json'), 'utf8');
  const document: unknown = JSON.parse(manifest.replaceAll('{base}', url).replaceAll('{folder}', folder));
  return {
    url,
    document,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
