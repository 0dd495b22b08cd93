import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { DemoJetstream, recordedPost } from './demo-jetstream.js';
import { INSTANCE, timelinePage } from './demo-mastodon.js';
import { demoShift, moveTimes } from './demo-times.js';

/** The demo's sources, served on loopback, and the configuration that collects them. */
export interface Demo {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What a ronda.yaml would hold. */
  readonly document: unknown;
  close(): Promise<void>;
}

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.rss': 'application/rss+xml; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/feed+json',
  '.html': HTML,
  '.txt': 'text/plain; charset=utf-8',
};

/** The stream's recording, in the demo's folder. */
export const JETSTREAM_RECORDING = 'bluesky/jetstream.jsonl';

/**
 * Serves a folder of recorded sources, each as its place would: files and pages as they are, the timeline of a hashtag of
 * Mastodon, the preview of a channel of Telegram, and Bluesky's Jetstream over a WebSocket. Reads its `sources.json`, in
 * which `{base}` stands for the server's URL, `{stream}` for the same of its WebSocket, and `{folder}` for the folder.
 * What is served is moved in time to the hours before `now` (`demo-times.ts`); what lies in files is as old as it is.
 */
export async function startDemo(folder: string, now: () => number = Date.now): Promise<Demo> {
  const shift = demoShift(now());
  const read = async (path: string): Promise<string> => moveTimes(await readFile(path, 'utf8'), shift);
  const jetstream = new DemoJetstream(await read(join(folder, JETSTREAM_RECORDING)), now);
  const server = createServer((request, response) => {
    answer(folder, read, request, response).catch(() => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not here\n');
    });
  });
  server.on('upgrade', (request, carrier) => jetstream.accept(request, carrier));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `http://${host}`;
  const manifest = await readFile(join(folder, 'sources.json'), 'utf8');
  const document: unknown = JSON.parse(
    manifest
      .replaceAll('{base}', url)
      .replaceAll('{stream}', `ws://${host}`)
      .replaceAll('{folder}', JSON.stringify(folder).slice(1, -1)),
  );
  return {
    url,
    document,
    async close() {
      jetstream.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** @throws where there is no such thing */
async function answer(
  folder: string,
  read: (path: string) => Promise<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const path = decodeURIComponent(url.pathname);
  const give = (body: string, type: string, headers: Readonly<Record<string, string>> = {}): void => {
    const length = Buffer.byteLength(body);
    response.writeHead(200, { 'content-type': type, 'content-length': length, ...headers }).end(body);
  };
  const tag = /^\/api\/v1\/timelines\/tag\/(\w{1,100})$/.exec(path)?.[1];
  if (tag !== undefined) {
    const { body, link } = timelinePage(await read(join(folder, 'mastodon', `${tag}.json`)), url);
    return give(body, JSON_TYPE, link === undefined ? {} : { link });
  }
  if (path === '/api/v2/instance') return give(INSTANCE, JSON_TYPE);
  const channel = /^\/s\/(\w{4,32})$/.exec(path)?.[1];
  if (channel !== undefined) {
    const before = /^\d{1,10}$/.exec(url.searchParams.get('before') ?? '')?.[0];
    const page = before === undefined ? channel : `${channel}-before-${before}`;
    return give(await read(join(folder, 'telegram', `${page}.html`)), HTML);
  }
  const [, said, number] = /^\/(\w{4,32})\/(\d{1,10})$/.exec(path) ?? [];
  if (said !== undefined) return give(await messagePage(folder, read, said, `${said}/${number}`), HTML);
  if (path === '/xrpc/com.atproto.repo.getRecord') {
    const found = recordedPost(await read(join(folder, JETSTREAM_RECORDING)), url);
    if (found !== undefined) return give(found, JSON_TYPE);
    response.writeHead(400, { 'content-type': JSON_TYPE }).end('{"error":"RecordNotFound"}');
    return;
  }
  const file = normalize(path);
  if (file.split(sep).includes('..')) throw new Error('not within the folder');
  give(await read(join(folder, file)), MEDIA_TYPES[extname(file)] ?? 'application/octet-stream');
}

/** A message of a recorded channel by itself, as its embedded page shows it. */
async function messagePage(
  folder: string,
  read: (path: string) => Promise<string>,
  channel: string,
  name: string,
): Promise<string> {
  const pages = (await readdir(join(folder, 'telegram'))).filter((file) => file.startsWith(channel));
  if (pages.length === 0) throw new Error('no such channel');
  const texts = await Promise.all(pages.map((file) => read(join(folder, 'telegram', file))));
  const message = texts
    .flatMap((text) => text.split('\n'))
    .find((line) => line.includes(`data-post="${name}"`));
  const missing =
    '<div class="tgme_widget_message err_message js-widget_message"><div class="tgme_widget_message_error">Post not found</div></div>';
  return `<!DOCTYPE html><html><body class="widget_frame_base">${message ?? missing}</body></html>\n`;
}
