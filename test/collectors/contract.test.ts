import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectorKind, collectorKinds } from '../../src/collectors/registry.js';
import type { Post } from '../../src/core/post.js';
import { createFetcher } from '../../src/fetch/fetcher.js';
import { type CollectorCase, collectorContract } from '../contract/collector.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { type Answer, body, serve } from '../support/web-server.js';

/** The demo's sources are what the contract is held over: recorded payloads, and the posts expected from them. */
const folder = resolve(import.meta.dirname, '../../fixtures/demo');

const manifestSchema = z.object({
  sources: z.array(z.looseObject({ name: z.string(), kind: z.string() })),
});
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'sources.json'), 'utf8')));

const FILES = [
  'kabar-sungai.rss',
  'suara-warga.atom',
  'catatan-kota.json',
  'forum/halaman-1.html',
  'forum/halaman-2.html',
  'arsip-grup.jsonl',
  'laporan-warga.csv',
];
const TYPES: Readonly<Record<string, string>> = {
  '.rss': 'application/rss+xml',
  '.atom': 'application/atom+xml',
  '.json': 'application/feed+json',
  '.html': 'text/html; charset=utf-8',
};
const bodies = new Map(FILES.map((file) => [file, readFileSync(join(folder, file))]));

async function open(name: string): Promise<CollectorCase> {
  const answers = [...bodies].map(([file, bytes]): [string, Answer] => [
    `/${file}`,
    body(bytes, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }),
  ]);
  const server = await serve(Object.fromEntries(answers));
  const clock = new SimulatedClock();
  const conditional = { getConditional: () => undefined, setConditional: () => undefined };
  const fetcher = createFetcher({ clock, conditional, version: '0.1.0' });
  const text = JSON.stringify(manifest.sources.find((source) => source.name === name));
  const found: unknown = JSON.parse(text.replaceAll('{base}', server.url).replaceAll('{folder}', folder));
  const {
    kind,
    name: own,
    schedule,
    allow_private: allowPrivate,
    terms: _,
    ...options
  } = manifestSchema.shape.sources.element.parse(found);
  const expected = z
    .array(z.looseObject({ meant: z.string() }))
    .parse(JSON.parse(readFileSync(join(folder, 'expected', `${name}.json`), 'utf8')));
  return {
    create: () => {
      const collector = collectorKind(kind)?.create({
        name: own,
        allowPrivate: allowPrivate === true,
        options,
      });
      if (collector === undefined) throw new Error(`no such kind: ${kind}`);
      return collector;
    },
    context: { fetcher, clock },
    expected: expected.map(({ meant, ...post }) => post as Partial<Post>),
    received: () => [...bodies.values()],
    close: async () => {
      await fetcher.close();
      await server.close();
    },
  };
}

for (const { name, kind } of manifest.sources) collectorContract(`${kind}: ${name}`, () => open(name));

describe('the demo', () => {
  it('has sources of kinds that there are, files, feeds and pages among them', () => {
    const kinds = [...new Set(manifest.sources.map((source) => source.kind))];
    expect(kinds).toEqual(expect.arrayContaining(['file', 'feed', 'web']));
    expect(collectorKinds.map((each) => each.kind)).toEqual(expect.arrayContaining(kinds));
  });
});
