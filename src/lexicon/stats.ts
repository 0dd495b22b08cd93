import { normalise } from '../text/normalise.js';
import { canonicalTerm, type Lexicon } from './compile.js';
import { GROUNDS, type Ground, KINDS, type Kind } from './entry.js';
import { find } from './find.js';
import { GAP } from './morphology.js';

/** What a lexicon holds. */
export interface LexiconStats {
  readonly version: string;
  readonly entries: number;
  /** Distinct canonical terms of entries. */
  readonly lemmas: number;
  /** Distinct canonical terms and variants. */
  readonly names: number;
  /** Distinct forms that are looked for. */
  readonly forms: number;
  /** Bytes of the automaton. */
  readonly bytes: number;
  /** Entries of each kind that has any. */
  readonly kinds: readonly { readonly kind: Kind; readonly entries: number }[];
  /** For each ground: groups (targets) covered, entries of kind group, and slurs. */
  readonly grounds: readonly {
    readonly ground: Ground;
    readonly targets: number;
    readonly groups: number;
    readonly slurs: number;
  }[];
  readonly withNoMatch: number;
}

export function lexiconStats(lexicon: Lexicon): LexiconStats {
  const { entries } = lexicon;
  const lemmas = new Set<string>();
  const names = new Set<string>();
  for (const { id, term, variants } of entries) {
    const canonical = (text: string) =>
      text
        .split(GAP)
        .map((part) => canonicalTerm(part, id))
        .join(GAP);
    lemmas.add(canonical(term));
    names.add(canonical(term));
    for (const variant of variants ?? []) names.add(canonical(variant));
  }
  const kinds = KINDS.map((kind) => ({
    kind,
    entries: entries.filter((entry) => entry.kind === kind).length,
  }));
  return {
    version: lexicon.version,
    entries: entries.length,
    lemmas: lemmas.size,
    names: names.size,
    forms: lexicon.formCount,
    bytes: lexicon.automaton.bytes,
    kinds: kinds.filter((row) => row.entries > 0),
    grounds: GROUNDS.map((ground) => {
      const own = entries.filter((entry) => entry.ground === ground);
      return {
        ground,
        targets: new Set(own.map((entry) => entry.target)).size,
        groups: own.filter((entry) => entry.kind === 'group').length,
        slurs: own.filter((entry) => entry.kind === 'slur').length,
      };
    }),
    withNoMatch: entries.filter((entry) => entry.noMatch !== undefined).length,
  };
}

/** In how many texts each entry was found. */
export interface HitCounts {
  readonly texts: number;
  /** Per entry, in the order of the lexicon's. */
  readonly hits: Int32Array;
}

/** Counts entries over texts, given one at a time. */
export function createHitCounter(lexicon: Lexicon): { add(text: string): void; counts(): HitCounts } {
  const hits = new Int32Array(lexicon.entries.length);
  const lastText = new Int32Array(lexicon.entries.length);
  let texts = 0;
  return {
    add(text) {
      texts++;
      for (const { index } of find(lexicon, normalise(text))) {
        if (lastText[index] === texts) continue;
        lastText[index] = texts;
        hits[index] = hits[index]! + 1;
      }
    },
    counts: () => ({ texts, hits: hits.slice() }),
  };
}
