import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { JETSTREAM_RECORDING, startDemo } from '../../src/cli/demo.js';
import { jetstreamEvents } from '../../src/cli/demo-jetstream.js';
import { collectorKind, collectorKinds } from '../../src/collectors/registry.js';
import type { Post } from '../../src/core/post.js';
import { createFetcher } from '../../src/fetch/fetcher.js';
import { type CollectorCase, collectorContract } from '../contract/collector.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** The demo's sources are what the contract is held over: recorded payloads, and the posts expected from them. */
const folder = resolve(import.meta.dirname, '../../fixtures/demo');

const manifestSchema = z.object({
  sources: z.array(z.looseObject({ name: z.string(), kind: z.string() })),
});
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'sources.json'), 'utf8')));

const FILES = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.endsWith('expected'))
  .map((entry) => join(entry.parentPath, entry.name));

async function open(name: string): Promise<CollectorCase> {
  const clock = new SimulatedClock();
  const sent = jetstreamEvents(readFileSync(join(folder, JETSTREAM_RECORDING), 'utf8'), clock.now());
  const received = [...FILES.map((file) => readFileSync(file)), ...sent.map(({ text }) => Buffer.from(text))];
  const server = await startDemo(folder, () => clock.now());
  const conditional = { getConditional: () => undefined, setConditional: () => undefined };
  const fetcher = createFetcher({ clock, conditional, version: '0.1.0' });
  const found = manifestSchema.parse(server.document).sources.find((source) => source.name === name);
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
    received: () => received,
    close: async () => {
      await fetcher.close();
      await server.close();
    },
  };
}

for (const { name, kind } of manifest.sources) collectorContract(`${kind}: ${name}`, () => open(name));

describe('the demo', () => {
  it('has a source of every kind that it shows: files, feeds, pages, Mastodon, Telegram and Bluesky', () => {
    const kinds = new Set(manifest.sources.map((source) => source.kind));
    expect([...kinds].sort()).toEqual(['bluesky', 'feed', 'file', 'mastodon', 'telegram', 'web']);
    expect(collectorKinds.map((each) => each.kind)).toEqual(expect.arrayContaining([...kinds]));
  });

  it.each(['kanal-obrolan', 'langit-warga'])('is asked again for a post of %s', async (name) => {
    const { create, context, expected, close } = await open(name);
    try {
      const { signal } = new AbortController();
      const ask = (id = '') => create().recheck?.({ id }, { ...context, signal });
      expect(await ask(expected[0]?.id)).toMatchObject({ is: 'there' });
      expect(await ask(expected[0]?.id?.replace(/\w+$/, '999'))).toMatchObject({ is: 'gone' });
    } finally {
      await close();
    }
  });
});
