import type { Tokens } from '../text/tokenise.js';
import { MAX_TOKENS } from './features.js';

/** What the lexicon found in a text: a kind of word (a group's name, an insult, a negation ...) and where it stands. */
export interface Sign {
  readonly entry: { readonly kind: string; readonly ground?: string };
  /** UTF-16 offsets into the canonical text. */
  readonly start: number;
  readonly end: number;
}

/** A token of a group's name: the name's first on a SARA ground, its first on another ground, or a further one. */
const SARA_NAME = 1;
const OTHER_NAME = 2;
export const NAME_GOES_ON = 3;

/** Grounds of protected groups that SARA does not cover. */
const OTHER_GROUNDS: ReadonlySet<string> = new Set(['gender', 'orientation', 'disability', 'health', 'age']);

/** Kinds of lexicon entries that are told apart here, in the order of their codes; others share the last code. */
const KINDS = [
  'group',
  'slur',
  'camp',
  'institution',
  'dehumanising-noun',
  'negative-attribute',
  'negative-emotion',
  'derogation',
  'hostile-predicate',
  'call-to-act',
  'normative',
  'threat',
  'wish-of-harm',
  'hoax-marker',
  'insult',
  'profanity',
  'counter-speech-frame',
  'reporting-frame',
  'negation',
  'pronoun',
  'positive',
  'harmless',
] as const;
const CODES: ReadonlyMap<string, number> = new Map(KINDS.map((kind, code) => [kind, code]));
const OTHER_GROUP = KINDS.length;
const OTHER_SLUR = KINDS.length + 1;
const UNKNOWN = KINDS.length + 2;

/** Codes are below this. */
const WIDTH = 32;
const IN_TEXT = WIDTH;
const IN_CLAUSE = IN_TEXT + WIDTH * WIDTH;
const IN_SENTENCE = IN_CLAUSE + WIDTH * WIDTH;
/** The signs' table has 2^SIGN_BITS buckets. */
export const SIGN_BITS = 12;

/** What {@link readSigns} finds. */
export interface ReadSigns {
  /** For each token 0 or what it is of a group's name; meaningful where `named`. */
  readonly names: Uint8Array;
  /** Whether any group is named. */
  named: boolean;
  /**
   * Buckets of the signs' table, each once: the kinds that stand in the text, and the pairs of kinds that stand
   * together in the text, in a clause, in a sentence. Which group is named is not among them.
   */
  readonly buckets: Int32Array;
  /** How many of them. */
  count: number;
}

/** A buffer for {@link readSigns} and the reader over it, to be used again and again by its one owner. */
export function createSignReader(): (tokens: Tokens, signs: readonly Sign[]) => ReadSigns {
  const read: ReadSigns = {
    names: new Uint8Array(MAX_TOKENS),
    named: false,
    buckets: new Int32Array(1 << SIGN_BITS),
    count: 0,
  };
  const byClause = new Int32Array(WIDTH);
  const bySentence = new Int32Array(WIDTH);
  return (tokens, signs) => {
    read.count = 0;
    read.named = false;
    if (signs.length > 0) readSigns(tokens, signs, read, byClause, bySentence);
    return read;
  };
}

function readSigns(
  tokens: Tokens,
  signs: readonly Sign[],
  into: ReadSigns,
  byClause: Int32Array,
  bySentence: Int32Array,
): void {
  const { names, buckets } = into;
  const count = Math.min(tokens.count, MAX_TOKENS);
  names.fill(0, 0, count);
  byClause.fill(0);
  bySentence.fill(0);
  let all = 0;
  let clauseKinds = 0;
  let sentenceKinds = 0;
  let clause = -1;
  let sentence = -1;
  let token = 0;
  let nameEnd = 0;
  for (let i = 0; i < signs.length; i += 1) {
    const { entry, start, end } = signs[i]!;
    const code = codeOf(entry);
    const isName = code === 0 || code === OTHER_GROUP;
    // A name must not speak by what its letters mean otherwise.
    if (end <= nameEnd && !isName) continue;
    while (token < count && tokens.end[token]! <= start) token += 1;
    if (token === count) break;
    if (isName) {
      nameEnd = Math.max(nameEnd, end);
      into.named = true;
      let part = code === 0 ? SARA_NAME : OTHER_NAME;
      for (let t = token; t < count && tokens.start[t]! < end; t += 1) {
        if (names[t] === 0) names[t] = part;
        part = NAME_GOES_ON;
      }
    }
    if (tokens.clause[token] !== clause) {
      together(clauseKinds, byClause);
      clause = tokens.clause[token]!;
      clauseKinds = 0;
    }
    if (tokens.sentence[token] !== sentence) {
      together(sentenceKinds, bySentence);
      sentence = tokens.sentence[token]!;
      sentenceKinds = 0;
    }
    const bit = 1 << code;
    all |= bit;
    clauseKinds |= bit;
    sentenceKinds |= bit;
  }
  together(clauseKinds, byClause);
  together(sentenceKinds, bySentence);
  let found = 0;
  for (let rest = all; rest !== 0; rest &= rest - 1) {
    const code = 31 - Math.clz32(rest & -rest);
    buckets[found++] = code;
    const row = code * WIDTH;
    // Each pair once: the second code is the greater one.
    const beyond = ~((2 << code) - 1);
    for (let with_ = all & beyond; with_ !== 0; with_ &= with_ - 1) {
      const other = 31 - Math.clz32(with_ & -with_);
      buckets[found++] = IN_TEXT + row + other;
      if ((byClause[code]! >> other) & 1) buckets[found++] = IN_CLAUSE + row + other;
      if ((bySentence[code]! >> other) & 1) buckets[found++] = IN_SENTENCE + row + other;
    }
  }
  into.count = found;
}

/** Notes for each of these kinds that all of them stand together. */
function together(kinds: number, by: Int32Array): void {
  for (let rest = kinds; rest !== 0; rest &= rest - 1) by[31 - Math.clz32(rest & -rest)]! |= kinds;
}

function codeOf({ kind, ground }: Sign['entry']): number {
  const code = CODES.get(kind) ?? UNKNOWN;
  if (code > 1 || ground === undefined || !OTHER_GROUNDS.has(ground)) return code;
  return code === 0 ? OTHER_GROUP : OTHER_SLUR;
}
