import { normalise } from '../text/normalise.js';
import { compileLexicon, type Lexicon } from './compile.js';
import { NAMED_KINDS } from './entry.js';
import { find } from './find.js';
import { type PlacedEntry, problem } from './lint.js';
import { GAP } from './morphology.js';
import type { Problem } from './problem.js';

/** A text in which a group, camp or institution by this name must be found; `needed` where the entry has needs. */
function nameIn(name: string, needed: string | undefined): string {
  return `Kemarin nama ${name} disebut lagi${needed === undefined ? '' : ` bersama ${needed}`}.`;
}

/** A text in which it must not: the name stands inside other words. */
function nameInsideWords(name: string): string {
  return `Kata pra${name.replaceAll(' ', '')}isme tidak tercantum di situ.`;
}

/** What came of trying every example. */
export interface ExampleReport {
  /** Texts tried. */
  readonly tried: number;
  readonly problems: readonly Problem[];
}

/**
 * Tries every example of every entry against {@link find} with all entries in place: `match` must be found, `noMatch`
 * must not, an exception must hold, and a group, camp or institution must be found by each of its names, as a word
 * of its own and not inside others.
 * @throws PermanentError as {@link compileLexicon} does
 */
export function testExamples(placed: readonly PlacedEntry[]): ExampleReport {
  const lexicon = compileLexicon(placed.map(({ entry }) => entry));
  const problems: Problem[] = [];
  let tried = 0;
  placed.forEach((item, index) => {
    const { entry } = item;
    const expect = (text: string, wanted: boolean, make: () => Problem): void => {
      tried++;
      if (isFound(lexicon, text, index) !== wanted) problems.push(make());
    };
    for (const text of entry.match ?? []) {
      expect(text, true, () => problem('match-not-found', item, 'match', text));
    }
    for (const text of entry.noMatch ?? []) {
      expect(text, false, () => problem('no-match-found', item, 'noMatch', text));
    }
    for (const phrase of entry.exceptions ?? []) {
      expect(`${phrase}.`, false, () => problem('exception-does-not-hold', item, 'exceptions', phrase));
    }
    if (!NAMED_KINDS.includes(entry.kind)) return;
    for (const name of [entry.term, ...(entry.variants ?? [])]) {
      if (name.includes(GAP)) continue;
      const key = name === entry.term ? 'term' : 'variants';
      expect(nameIn(name, entry.needs?.[0]), true, () => problem('name-not-found', item, key, name));
      expect(nameInsideWords(name), false, () => problem('name-found-inside-word', item, key, name));
    }
  });
  return { tried, problems };
}

function isFound(lexicon: Lexicon, text: string, index: number): boolean {
  return find(lexicon, normalise(text)).some((hit) => hit.index === index);
}
