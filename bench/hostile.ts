import { performance } from 'node:perf_hooks';
import type { Entry } from '../src/lexicon/entry.js';

/* Inputs made to be slow: `assess` must stay linear in their length. */

/** Milliseconds of the fastest of some tries, by length in characters. */
export interface HostileFigure {
  readonly name: string;
  readonly ms: Readonly<Record<number, number>>;
  /** Time at the greatest length over time at a tenth of it... 10 is linear. */
  readonly growth: number;
}

const LENGTHS = [2_000, 10_000, 20_000] as const;
const TRIES = 5;

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
    const begin = performance.now();
    assess(text);
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

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
    { name: 'pronouns and acts', unit: `${someOf('pronoun', 6)} ${someOf('hostile-predicate', 6)} ` },
  ];
}
