import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadObserver } from '../../src/compose-observer.js';
import { readCompiledLists, writeCompiledLists } from '../../src/files/compiled-lexicon.js';
import { readAreas, readPlaceNames } from '../../src/files/gazetteer-files.js';
import { readWatchLists } from '../../src/files/watch-files.js';
import { regionOf } from '../../src/region/find.js';
import { compileGazetteer, type GazetteerTables, openGazetteer } from '../../src/region/gazetteer.js';
import { normalise } from '../../src/text/normalise.js';
import { compileTopics, type TopicTables, topicFinder } from '../../src/topic/topics.js';
import { configOf } from '../support/config.js';

const lexicons = join(import.meta.dirname, '../../lexicons');
const TEXTS = [
  'Banjir di Kota Bogor',
  'Gempa di Malang',
  'Sungguh malang',
  'Nasi padang',
  'Arus mudik lebaran',
];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-lists-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('kept lists find what lists compiled anew find, and are of no use for other texts', async () => {
  const { names, marks } = readPlaceNames(join(lexicons, 'regions'));
  const fresh = {
    places: compileGazetteer(readAreas(), names, marks),
    topics: compileTopics(readWatchLists(join(lexicons, 'watch'))),
  };
  const file = join(folder, 'lists.bin');
  await writeCompiledLists(['a', 'b'], fresh, file);
  const kept = (await readCompiledLists(['a', 'b'], file)) as typeof fresh;
  const found = ({ places, topics }: { places: GazetteerTables; topics: TopicTables }) => {
    const gazetteer = openGazetteer(places);
    const topicsOf = topicFinder(topics);
    return TEXTS.map((text) => {
      const { text: canonical } = normalise(text);
      return [regionOf(gazetteer, undefined, canonical), topicsOf(canonical)];
    });
  };
  expect(found(kept)).toEqual(found(fresh));
  expect(found(kept)[0]?.[0]).toBe('32.71');
  expect(await readCompiledLists(['a', 'c'], file)).toBeUndefined();
  writeFileSync(file, 'broken');
  expect(await readCompiledLists(['a', 'b'], file)).toBeUndefined();
});

it('a configured folder of lexicons brings its own lists where it has them, and else has the package’s', async () => {
  const closers: (() => void)[] = [];
  const observer = async (document: Record<string, unknown>) => {
    const config = configOf({ document });
    const clock = {
      sleep: (_: number, signal?: AbortSignal) =>
        new Promise<void>((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new Error('end'))),
        ),
    };
    return await loadObserver(config, clock, () => undefined, closers);
  };
  mkdirSync(join(folder, 'watch'));
  cpSync(join(lexicons, 'watch', 'bencana.yaml'), join(folder, 'watch', 'bencana.yaml'));
  const own = await observer({ lexicons: folder });
  const packaged = await observer({});
  expect(own.regionOf('banjir di medan')).toBe('12.71');
  expect(own.topicsOf('malam natal')).toEqual([]);
  expect(own.topicsOf('gempa bumi').map(({ id }) => id)).toEqual(['bencana-gempa']);
  expect(packaged.topicsOf('malam natal').length).toBeGreaterThan(0);
  writeFileSync(join(folder, 'watch', 'salah.yaml'), 'topics: [{}]');
  await expect(observer({ lexicons: folder })).rejects.toMatchObject({ kind: 'watch' });
  for (const close of closers) close();
});
