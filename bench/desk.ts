import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATEGORIES, type Category, LEVELS } from '../src/core/assessment.js';
import type { ScoredPost } from '../src/core/batch.js';
import type { Actor, Unit } from '../src/core/user.js';
import { claimItems, claimNext } from '../src/pipeline/claim-items.js';
import { readNeutrality, readNumbers } from '../src/pipeline/numbers.js';
import { countQueue, itemHistory, type OwnFilter, readQueue } from '../src/pipeline/read-queue.js';
import { decide, type ReviewPorts, undo } from '../src/pipeline/review.js';
import { readShift } from '../src/pipeline/shift.js';
import { openStore, type Store } from '../src/store/store.js';
import { createUnits } from '../src/triage/scope.js';

/*
 * What the desk costs with many items in the store, as the server sees it: `node dist/bench/desk.js [--items N]`
 * (200,000 unless told otherwise); `--keep FOLDER` keeps the filled store there and uses it again. Invented words; a page
 * is 50 items.
 */

const BEGIN = Date.UTC(2026, 0, 5, 8);
const PROVINCES = Array.from({ length: 38 }, (_, n) => String(11 + n * 2));
const REGENCIES = PROVINCES.flatMap((code) =>
  Array.from({ length: 13 }, (_, n) => `${code}.${String(n + 1).padStart(2, '0')}`),
);
const SOURCES = Array.from({ length: 40 }, (_, n) => `sumber-${n + 1}`);
const LANGUAGES = ['ind', 'ind', 'ind', 'ind', 'jav', 'sun', 'min', 'eng', 'und'];

/** A sequence that is the same in every run (numerical recipes' linear congruence). */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = sequence(7);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

const VOCABULARY = Array.from({ length: 30_000 }, () => {
  const syllables = 2 + Math.floor(random() * 3);
  return Array.from(
    { length: syllables },
    () => pick([...'bcdfghjklmnprstwy']) + pick([...'aiueo']) + (random() < 0.3 ? pick([...'nmrsk']) : ''),
  ).join('');
});

/** Common words often, most words seldom. */
const word = (): string => VOCABULARY[Math.floor(random() ** 4 * VOCABULARY.length)]!;

function postOf(n: number): ScoredPost {
  const at = new Date(BEGIN + n * 20_000 - Math.floor(random() * 86_400_000)).toISOString();
  const flags = CATEGORIES.filter((_, bit) => random() < [0.3, 0.3, 0.1, 0.02, 0.25, 0.05][bit]!);
  const level = LEVELS[1 + Math.floor(random() ** 2 * 4)] ?? 'low';
  const region = random() < 0.4 ? undefined : random() < 0.3 ? pick(PROVINCES) : pick(REGENCIES);
  const text = Array.from({ length: 12 + Math.floor(random() * 25) }, word).join(' ');
  return {
    post: {
      id: `forum:https://forum.example/t/${n}`,
      revision: createHash('sha256').update(`${n}`).digest('hex').slice(0, 16),
      source: pick(SOURCES),
      platform: 'forum',
      text,
      createdAt: at,
      collectedAt: at,
      url: `https://forum.example/t/${n}`,
      author: { id: `akun-${n % 50_000}` },
      reach: { likes: Math.floor(random() ** 8 * 100_000) },
      ...(region === undefined ? {} : { region }),
    },
    assessment: {
      language: { code: pick(LANGUAGES), confidence: 0.9 },
      categories: { hate: 0.2, sara: 0.7, incitement: 0, threat: 0, hoax: 0, abusive: 0.1 },
      flags: flags.length === 0 ? ['sara'] : flags,
      level,
      score: random(),
      targets: ['religion:contoh'],
      findings: [
        {
          rule: 'lexicon:contoh',
          category: 'sara',
          start: 0,
          end: 5,
          text: text.slice(0, 5),
          weight: 0.6,
          reason: 'lexicon-hit',
          params: { term: 'contoh' },
        },
      ],
      context: [],
      incomplete: [],
      versions: { rules: '1', lexicon: '1', model: '1', language: '1' },
    },
  };
}

/** What is filled in landed over the last three months. */
const FILLED_MS = 90 * 86_400_000;
let fillingAt: number | undefined;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fill(store: Store, items: number): void {
  const run = store.openRun('once', 'desk').run.id;
  const begin = process.hrtime.bigint();
  for (let n = 0; n < items; ) {
    const jobs = [];
    for (; jobs.length < 50 && n < items; n += 100) {
      const landed = Array.from({ length: Math.min(100, items - n) }, (_, i) => postOf(n + i));
      jobs.push({ id: `job-${n}`, batch: { run, source: 'forum', landed, passed: [], failed: 0 } });
    }
    fillingAt = Date.now() - FILLED_MS * (1 - n / items);
    store.landAll(jobs);
  }
  fillingAt = undefined;
  say(`${items} items landed in ${seconds(begin)} s, with their making`);
  const indexing = process.hrtime.bigint();
  while (store.desk.upkeep.indexTexts(1_000).waiting > 0);
  say(`their texts taken into the search in ${seconds(indexing)} s`);
  // A tenth decided, one in a hundred in a case.
  store.desk.atomically(() => {
    for (let number = 3; number <= items; number += 10) {
      const isCase = number % 100 === 3;
      const act = isCase
        ? ({
            kind: 'escalation-proposed',
            checklist: { targetKind: 'person', criticismOrOpinion: false, callToAct: true },
          } as const)
        : ({ kind: 'decided', verdict: { kind: 'out-of-scope' } } as const);
      const where = isCase
        ? ({ state: 'escalated', stage: 'proposed' } as const)
        : ({ state: 'closed', stage: 'decided' } as const);
      const at = Math.min(Date.now(), Date.now() - FILLED_MS * (1 - number / items) + 3_600_000);
      store.desk.reviews.append({ item: number, actor: '99', act, ...where }, at);
    }
  });
}

const seconds = (begin: bigint): string => (Number(process.hrtime.bigint() - begin) / 1e9).toFixed(0);

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

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
};
const items = Number(option('--items') ?? 200_000);
const kept = option('--keep');
const folder = kept ?? mkdtempSync(join(tmpdir(), 'ronda-bench-desk-'));
const unit = (id: string, regions: readonly string[], parent?: string): Unit => ({
  id,
  name: id,
  regions,
  zone: 'WIB',
  ...(parent === undefined ? {} : { parent }),
});
try {
  const path = join(folder, 'ronda.db');
  const clock = { now: () => fillingAt ?? Date.now(), sleep: async () => undefined };
  const options = { path, secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 };
  const store = openStore(options);
  if (store.desk.queue.newest() < items) fill(store, items);
  const reading = openStore({ ...options, readonly: true });
  const units = createUnits([
    unit('mabes', ['*']),
    ...PROVINCES.map((code) => unit(`polda-${code}`, [code], 'mabes')),
    ...REGENCIES.map((code) => unit(`polres-${code}`, [code], `polda-${code.slice(0, 2)}`)),
  ]);
  const ports: ReviewPorts = { store: store.desk, units, clock, blindShare: 0.05 };
  const readers: ReviewPorts = { ...ports, store: reading.desk };
  const people: Actor[] = [
    ...Array.from({ length: 10 }, (_, n): Actor => ({ user: n + 1, role: 'supervisor', unit: 'mabes' })),
    ...Array.from(
      { length: 5 },
      (_, n): Actor => ({ user: n + 11, role: 'supervisor', unit: `polda-${PROVINCES[n]}` }),
    ),
    ...Array.from(
      { length: 5 },
      (_, n): Actor => ({ user: n + 16, role: 'officer', unit: `polres-${REGENCIES[n * 20]}` }),
    ),
  ];
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
