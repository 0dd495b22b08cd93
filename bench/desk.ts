import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATEGORIES, type Category, LEVELS } from '../src/core/assessment.js';
import type { Actor } from '../src/core/user.js';
import { claimItems, claimNext } from '../src/pipeline/claim-items.js';
import { readNeutrality, readNumbers } from '../src/pipeline/numbers.js';
import type { ReviewPorts } from '../src/pipeline/perform-act.js';
import { countQueue, itemHistory, type OwnFilter, readQueue } from '../src/pipeline/read-queue.js';
import { decide, undo } from '../src/pipeline/review.js';
import { readShift } from '../src/pipeline/shift.js';
import { openStore } from '../src/store/store.js';
import { createUnits } from '../src/triage/scope.js';
import {
  fill,
  filling,
  LANGUAGES,
  option,
  PEOPLE,
  PROVINCES,
  pick,
  REGENCIES,
  random,
  SOURCES,
  say,
  UNITS,
  VOCABULARY,
  word,
} from './desk-items.js';

/*
 * What the desk costs with many items in the store, as the server sees it: `node dist/bench/desk.js [--items N]`
 * (200,000 unless told otherwise); `--keep FOLDER` keeps the filled store there and uses it again. Invented words; a page
 * is 50 items.
 */

/** Milliseconds of each of `times` calls by the clock, and of processor time, which a busy machine swells less. */
function measure(name: string, times: number, work: () => unknown): void {
  const walls: number[] = [];
  const processors: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const before = process.cpuUsage();
    const begin = process.hrtime.bigint();
    work();
    walls.push(Number(process.hrtime.bigint() - begin) / 1e6);
    const { user, system } = process.cpuUsage(before);
    processors.push((user + system) / 1e3);
  }
  const at = (from: readonly number[], share: number): string => {
    const sorted = from.toSorted((a, b) => a - b);
    return (sorted[Math.min(times - 1, Math.floor(share * times))] ?? 0).toFixed(1).padStart(6);
  };
  say(
    `${name.padEnd(46)} median ${at(walls, 0.5)} ms   p95 ${at(walls, 0.95)} ms   of processor ${at(processors, 0.5)}, p95 ${at(processors, 0.95)} ms`,
  );
}

const items = Number(option('--items') ?? 200_000);
const kept = option('--keep');
const folder = kept ?? mkdtempSync(join(tmpdir(), 'ronda-bench-desk-'));
try {
  const path = join(folder, 'ronda.db');
  const clock = { now: () => filling.at ?? Date.now(), sleep: async () => undefined };
  const options = { path, secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 };
  const store = openStore(options);
  if (store.desk.queue.newest() < items) fill(store, items);
  const reading = openStore({ ...options, readonly: true });
  const units = createUnits(UNITS);
  const ports: ReviewPorts = { store: store.desk, units, clock, blindShare: 0.05 };
  const readers: ReviewPorts = { ...ports, store: reading.desk };
  const people = PEOPLE;
  const mabes = people[0]!;
  /** Where each person got to in each filter: first pages and later ones are read. */
  const places = new Map<string, { priority: number; number: number }>();
  const page = (filter: OwnFilter, who: () => Actor = () => mabes) => {
    const actor = who();
    const after = places.get(JSON.stringify([filter, actor.user]));
    const read = readQueue(readers, actor, {
      ...filter,
      limit: 50,
      ...(after === undefined ? {} : { after }),
    });
    if (read.next !== undefined) places.set(JSON.stringify([filter, actor.user]), read.next);
  };
  const anyone = (): Actor => pick(people);
  const anyFilter = (): OwnFilter => ({
    ...(random() < 0.3 ? { category: pick(CATEGORIES) as Category } : {}),
    ...(random() < 0.3 ? { minLevel: pick(LEVELS) } : {}),
    ...(random() < 0.3 ? { source: pick(SOURCES) } : {}),
    ...(random() < 0.2 ? { language: pick(LANGUAGES) } : {}),
    ...(random() < 0.2 ? { region: random() < 0.5 ? pick(PROVINCES) : pick(REGENCIES) } : {}),
    ...(random() < 0.1 ? { state: pick(['escalated', 'closed', 'claimed'] as const) } : {}),
  });
  for (const actor of people) claimNext(ports, actor, {}, 25);
  say('a page each:');
  measure('queue, unfiltered', 200, () => page({}));
  measure('queue, own regions of a Polda', 200, () => page({}, () => people[10]!));
  measure('queue, own region of a Polres', 200, () => page({}, () => people[15]!));
  measure('queue, threat in a rare language of one source', 100, () =>
    page({ category: 'threat', language: 'und', source: pick(SOURCES) }),
  );
  measure('queue, a source and a region', 100, () =>
    page({ source: pick(SOURCES), region: pick(PROVINCES) }),
  );
  measure('queue, a language that nobody writes', 100, () => page({ language: 'zza' }));
  measure('queue, any filter of any person', 1_000, () => page(anyFilter(), anyone));
  measure('count of any filter of any person', 500, () => countQueue(readers, anyone(), anyFilter()));
  const polda = people[10]!;
  measure('numbers, 90 days, everything', 50, () => readNumbers(readers, mabes, 90));
  measure('numbers, 90 days, a Polda', 50, () => readNumbers(readers, polda, 90));
  measure('neutrality, 90 days', 50, () => readNeutrality(readers, mabes, 90));
  measure('shift, 24 hours, everything', 20, () => readShift(readers, mabes, Date.now() - 86_400_000));
  measure('shift, 24 hours, a Polda', 20, () => readShift(readers, polda, Date.now() - 86_400_000));
  say('one each:');
  measure('an item with its history', 500, () => {
    const number = 1 + Math.floor(random() * items);
    reading.getItem(number);
    itemHistory(readers, mabes, number);
  });
  measure('claim of 25', 100, () => {
    const actor = pick(people.slice(0, 10));
    store.desk.claims.release(
      store.desk.claims.heldBy(actor.user, Date.now()).map(({ item }) => item),
      actor.user,
    );
    claimNext(ports, actor, anyFilter(), 25);
  });
  let next = 1;
  measure('claim and decision', 500, () => {
    for (;;) {
      next += 7;
      const facts = store.desk.reviews.facts(next);
      const claim = store.desk.claims.find(next);
      if (facts?.state === 'open' && claim === undefined) break;
    }
    claimItems(ports, mabes, [next]);
    decide(ports, mabes, {
      items: [next],
      outcome: { kind: 'not-a-violation', ground: 'opinion' },
      key: `bench-key-${next}`,
    });
  });
  measure('undo of it', 1, () => undo(ports, mabes, { items: [next] }));
  say('searches, the first page:');
  const search = (text: string, filter: OwnFilter = {}, actor = mabes): number =>
    readQueue(readers, actor, { ...filter, text, limit: 50 }).entries.length;
  const ranks: [string, () => string][] = [
    ['a word of the commonest hundred', () => VOCABULARY[Math.floor(random() * 100)]!],
    ['a word of the commonest thousand', () => VOCABULARY[Math.floor(random() * 1_000)]!],
    ['any word', () => pick(VOCABULARY)],
    ['a rare word', () => VOCABULARY[VOCABULARY.length - 1 - Math.floor(random() * 5_000)]!],
    ['three letters', () => pick(VOCABULARY).slice(0, 3)],
    ['three letters that nobody writes', () => pick(['qxz', 'xqv', 'zzq'])],
    ['part of a word', () => pick(VOCABULARY).slice(1, 6).padEnd(3, 'a')],
    ['two words', () => `${word()} ${word()}`],
  ];
  for (const [name, term] of ranks) measure(name, 200, () => search(term()));
  measure('any word, any filter of any person', 300, () => search(pick(VOCABULARY), anyFilter(), anyone()));
  measure('count of any word', 200, () => countQueue(readers, mabes, { text: pick(VOCABULARY) }));
  reading.close();
  store.close();
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  say(
    `${(bytes / 1e6).toFixed(0)} MB on disk, ${(bytes / items).toFixed(0)} bytes an item; peak memory ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
  );
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}
