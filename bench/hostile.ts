import { seededRandom } from '../src/classify/seeded-random.js';
import type { Entry } from '../src/lexicon/entry.js';
import { PATTERNS } from '../src/score/constructions/patterns.js';
import { GRAMMAR_WORDS } from '../src/score/grammar.js';

/* Inputs made to be slow: `assess` must stay linear in their length. */

/** Milliseconds of processor time of the fastest of some tries, by length in characters. */
export interface HostileFigure {
  readonly name: string;
  readonly ms: Readonly<Record<number, number>>;
  /** Time at the greatest length over time at a tenth of it... 10 is linear. */
  readonly growth: number;
}

const LENGTHS = [2_000, 10_000, 20_000] as const;
const TRIES = 9;

/** Measures `assess` on each hostile input at 2,000, 10,000 and 20,000 characters; the slowest first. */
export function measureHostile(
  assess: (text: string) => unknown,
  entries: readonly Entry[],
): HostileFigure[] {
  return hostileUnits(entries)
    .map(({ name, unit }) => {
      const ms: Record<number, number> = {};
      for (const length of LENGTHS)
        ms[length] = fastest(assess, unit.repeat(Math.ceil(length / unit.length)).slice(0, length));
      return { name, ms, growth: (ms[20_000] as number) / (ms[2_000] as number) };
    })
    .sort((a, b) => (b.ms[20_000] as number) - (a.ms[20_000] as number));
}

function fastest(assess: (text: string) => unknown, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = process.cpuUsage();
    assess(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}

/**
 * A mixture of all that rules look for: names, words of every kind, words of grammar and of constructions, pronouns, frames
 * and quotation marks. The same for the same seed and lexicon.
 */
export function mixture(entries: readonly Entry[], seed: number): string {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const termsOf = new Map<Entry['kind'], string[]>();
  for (const { kind, term } of entries) {
    const terms = termsOf.get(kind) ?? [];
    if (terms.length === 0) termsOf.set(kind, terms);
    terms.push(term.replaceAll(' .. ', ' '));
  }
  const kinds = [...termsOf.keys()];
  const termOf = (kind: Entry['kind']): string => pick(termsOf.get(kind) as string[]);
  const construction = (): string =>
    pick(PATTERNS)
      .items.map((item) => {
        if (item.type === 'group') return random() < 0.6 ? termOf('group') : pick(['mereka', 'kalian']);
        if (item.type === 'role') return pick(['tidak', 'saya', 'harus', 'saja', 'kamu']);
        if (item.type === 'gap') return '';
        const [kind] = item.kinds;
        return kind === undefined ? pick(item.alternatives).join(' ').replace('N', 'tidak') : termOf(kind);
      })
      .join(' ');
  const part = (): string => {
    const draw = random();
    if (draw < 0.35) return termOf(pick(kinds));
    if (draw < 0.5) return termOf('group');
    if (draw < 0.65) return pick(GRAMMAR_WORDS);
    if (draw < 0.92) return construction();
    return pick(MARKS);
  };
  const parts = 1 + Math.floor(random() * random() * 80);
  return `${Array.from({ length: parts }, part).join(' ').replace(/ +/g, ' ')} `;
}

const MARKS = ['.', ',', '\n', '!', '?', '"', '...', ':', '(', ')', '" "'];
/** Of 1,200 mixtures the slowest when last searched (`node dist/bench/hostile-search.js`). */
const SLOWEST_MIXTURES = [904, 1000, 981, 739, 254] as const;

function hostileUnits(entries: readonly Entry[]): { name: string; unit: string }[] {
  const someOf = (kind: Entry['kind'], count: number): string =>
    entries
      .filter((entry) => entry.kind === kind && !entry.term.includes('..'))
      .slice(0, count)
      .map(({ term }) => term)
      .join(' ');
  return [
    { name: 'one letter', unit: 'a' },
    { name: 'two letters in turn, no space', unit: 'ab' },
    { name: 'one syllable, no space', unit: 'ba' },
    { name: 'words of one letter', unit: 'a ' },
    { name: 'letters apart by full stops', unit: 'b.a.b.i.' },
    { name: 'leet digits', unit: '4n71ng 84b1 ' },
    { name: 'quotes opened and closed', unit: '"a" ' },
    { name: 'quotes never closed', unit: '" ' },
    { name: 'brackets', unit: '(((' },
    { name: 'hashtags run together', unit: '#UsirMereka' },
    { name: 'one long hashtag', unit: 'UsirMerekaSemua' },
    { name: 'mentions', unit: '@a@b ' },
    { name: 'half addresses', unit: 'http://a.b/' },
    { name: 'emoji', unit: '🐷🔪' },
    { name: 'combining marks', unit: 'a\u0301\u0323\u0302' },
    { name: 'fullwidth and Cyrillic look-alikes', unit: 'ｂаｂі ' },
    { name: 'invisible characters', unit: 'b\u200ba\u200bb\u200bi ' },
    { name: 'escapes cut short', unit: '\\xf0\\x9f &#x' },
    { name: 'line breaks', unit: '\n' },
    { name: 'reduplication', unit: 'anjing-anjing2 ' },
    { name: 'negation upon negation', unit: 'bukan tidak jangan ' },
    { name: 'slurs', unit: `${someOf('slur', 40)} ` },
    { name: 'groups and acts', unit: `${someOf('group', 20)} ${someOf('hostile-predicate', 20)} ` },
    {
      name: 'groups and beasts, no full stop',
      unit: `${someOf('group', 3)} ${someOf('dehumanising-noun', 3)} `,
    },
    { name: 'insults in clauses', unit: `${someOf('insult', 8)}, ` },
    ...SLOWEST_MIXTURES.map((seed) => ({ name: `mixture ${seed}`, unit: mixture(entries, seed) })),
    { name: 'constructions nearly filled', unit: 'kalau orang tidak ada karena mereka maju ' },
    { name: 'quotes around every word', unit: `"${someOf('group', 2)}" "${someOf('slur', 2)}" ` },
    {
      name: 'threats and violence',
      unit: `${someOf('threat', 6)} ${someOf('hostile-predicate', 6)} kalian `,
    },
    { name: 'a pause in every sentence', unit: `${someOf('insult', 3)} cuma ` },
    { name: 'heads without a name', unit: 'semua orang kaum umat warga ' },
    {
      name: 'frames and feelings',
      unit: `${someOf('counter-speech-frame', 6)} ${someOf('reporting-frame', 6)} ${someOf('negative-emotion', 6)} `,
    },
    { name: 'pronouns and acts', unit: `${someOf('pronoun', 6)} ${someOf('hostile-predicate', 6)} ` },
  ];
}
