import { createHash } from 'node:crypto';
import { CATEGORIES, LEVELS } from '../src/core/assessment.js';
import type { ScoredPost } from '../src/core/batch.js';
import type { Actor, Unit } from '../src/core/user.js';
import type { Store } from '../src/store/store.js';

/** Invented items in any number for the desk's measurements, the same in every run. */

export const BEGIN = Date.UTC(2026, 0, 5, 8);
export const PROVINCES = Array.from({ length: 38 }, (_, n) => String(11 + n * 2));
export const REGENCIES = PROVINCES.flatMap((code) =>
  Array.from({ length: 13 }, (_, n) => `${code}.${String(n + 1).padStart(2, '0')}`),
);
export const SOURCES = Array.from({ length: 40 }, (_, n) => `sumber-${n + 1}`);
export const LANGUAGES = ['ind', 'ind', 'ind', 'ind', 'jav', 'sun', 'min', 'eng', 'und'];

/** A sequence that is the same in every run (numerical recipes' linear congruence). */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const random = sequence(7);
export const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

export const VOCABULARY = Array.from({ length: 30_000 }, () => {
  const syllables = 2 + Math.floor(random() * 3);
  return Array.from(
    { length: syllables },
    () => pick([...'bcdfghjklmnprstwy']) + pick([...'aiueo']) + (random() < 0.3 ? pick([...'nmrsk']) : ''),
  ).join('');
});

/** Common words often, most words seldom. */
export const word = (): string => VOCABULARY[Math.floor(random() ** 4 * VOCABULARY.length)]!;

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
/** While a store is filled, the time at which it lands; what opens the store counts by it. */
export const filling: { at: number | undefined } = { at: undefined };

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Lands items, takes their texts into the search, and decides a tenth of them. */
export function fill(store: Store, items: number): void {
  const run = store.openRun('once', 'desk').run.id;
  const begin = process.hrtime.bigint();
  for (let n = 0; n < items; ) {
    const jobs = [];
    for (; jobs.length < 50 && n < items; n += 100) {
      const landed = Array.from({ length: Math.min(100, items - n) }, (_, i) => postOf(n + i));
      jobs.push({ id: `job-${n}`, batch: { run, source: 'forum', landed, passed: [], failed: 0 } });
    }
    filling.at = Date.now() - FILLED_MS * (1 - n / items);
    store.landAll(jobs);
  }
  filling.at = undefined;
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

/** An option's value of the command line. */
export const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
};

const unit = (id: string, regions: readonly string[], parent?: string): Unit => ({
  id,
  name: id,
  regions,
  zone: 'WIB',
  ...(parent === undefined ? {} : { parent }),
});

/** Mabes over every Polda over its Polres. */
export const UNITS: readonly Unit[] = [
  unit('mabes', ['*']),
  ...PROVINCES.map((code) => unit(`polda-${code}`, [code], 'mabes')),
  ...REGENCIES.map((code) => unit(`polres-${code}`, [code], `polda-${code.slice(0, 2)}`)),
];

/** Twenty at work: half of Mabes, a quarter each of a Polda and a Polres. */
export const PEOPLE: readonly Actor[] = [
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
