import type { Kind } from '../lexicon/entry.js';
import type { Hit } from '../lexicon/find.js';
import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';
import { type Around, FELT, isFrame, lookAround } from './frames.js';
import * as g from './grammar.js';
import { GROUP_HEAD, TRAITS_OF } from './known-words.js';
import { HOLDERS, HOSTILE, type Mark, placeMarks } from './marks.js';
import { Memo } from './memo.js';
import { readWords } from './read-words.js';

export { HOSTILE, type Mark } from './marks.js';

/** A group, camp or office named at token `at`, or taken up there by a pronoun, or carried over from before. */
export interface Named<T extends 'group' | 'camp' | 'institution'> {
  readonly type: T;
  readonly mark: Mark;
  readonly at: number;
  readonly by: 'name' | 'pronoun' | 'carried';
}

/** Whom a sentence may be about. */
export type Holder =
  | Named<'group'>
  | Named<'camp'>
  | Named<'institution'>
  | { readonly type: 'second' | 'third' | 'unresolved'; readonly at: number };

/** Stretches of tokens by their ordinal: where each begins and ends, and what its tokens play and are together. */
export interface Stretches {
  count: number;
  first: Int32Array;
  last: Int32Array;
  roles: Int32Array;
  traits: Int32Array;
}

/**
 * The analysed post that rules look at: tokens with their grammatical roles, marks in order, and who is named where.
 * All indices are token indices; `segment` numbers stretches between clause marks and words of contrast. Valid until
 * the next scene is built, which takes over its tables.
 */
export interface Scene {
  readonly normalised: Normalised;
  readonly text: string;
  readonly tokens: Tokens;
  readonly count: number;
  readonly words: readonly string[];
  readonly roles: Int32Array;
  readonly segment: Int32Array;
  readonly marks: readonly Mark[];
  /** Index into `marks` of the group, camp or institution that a token belongs to, else -1. */
  readonly holderAt: Int32Array;
  /** Index into `marks` of the first hostile mark that a token belongs to, else -1. */
  readonly hostileAt: Int32Array;
  /** Per token, `count` of them: the number of its word and of that without `-lah` or `-nya` (known-words.ts). */
  readonly numbers: Int32Array;
  readonly stems: Int32Array;
  /** Per token: the nearest at or before it that belongs to a holder, and to a group; -1 for none. */
  readonly lastHolder: Int32Array;
  readonly lastGroup: Int32Array;
  readonly sentences: Stretches;
  readonly segments: Stretches;
  /** Some token stands in quotation marks. */
  readonly quotes: boolean;
  /** What was found out of single tokens and marks, so that it is found out once. */
  readonly memo: Memo;
}

const SPACE = 32;
/** So far behind the last token the tables say that nothing stands there. */
const BEHIND = 16;
/** A segment that goes on beyond its sentence is ended after so many words. */
const LONGEST_SEGMENT = 150;

const ROLE_OF_KIND: Partial<Record<Kind, number>> = {
  'call-to-act': g.CALL,
  normative: g.NORM,
  'counter-speech-frame': g.COUNTER_FRAME,
  'reporting-frame': g.REPORT_FRAME,
  negation: g.NEGATION,
};

// Tables of the scene at hand.
let size = 0;
let numbers = new Int32Array(0);
let stems = numbers;
let roles = numbers;
let segment = numbers;
let holderAt = numbers;
let hostileAt = numbers;
let lastHolder = numbers;
let lastGroup = numbers;
const sentences = stretches();
const segments = stretches();
const memo = new Memo();

function stretches(): Stretches {
  return { count: 0, first: numbers, last: numbers, roles: numbers, traits: numbers };
}

function reserve(count: number): void {
  if (count + BEHIND > size) {
    size = (count + BEHIND) * 2;
    numbers = new Int32Array(size);
    stems = new Int32Array(size);
    roles = new Int32Array(size);
    segment = new Int32Array(size);
    holderAt = new Int32Array(size);
    hostileAt = new Int32Array(size);
    lastHolder = new Int32Array(size);
    lastGroup = new Int32Array(size);
    for (const of of [sentences, segments]) {
      of.first = new Int32Array(size);
      of.last = new Int32Array(size);
      of.roles = new Int32Array(size);
      of.traits = new Int32Array(size);
    }
  }
}

/** Sets hits in their sentences. Marks that stand inside a longer holder or slur are part of its name. */
export function buildScene(normalised: Normalised, tokens: Tokens, hits: readonly Hit[]): Scene {
  const { text } = normalised;
  const count = tokens.count;
  reserve(count);
  const words: string[] = new Array(count);
  for (let t = 0; t < count + BEHIND; t++) {
    roles[t] = 0;
    segment[t] = -1;
    holderAt[t] = -1;
    hostileAt[t] = -1;
    numbers[t] = 0;
  }
  readWords(text, tokens, words, numbers, stems, roles);
  const marks = placeMarks(text, tokens, numbers, hits);
  giveRoles(marks, words);
  divide(text, tokens, words);
  let quotes = false;
  let holder = -1;
  let group = -1;
  for (let t = 0; t < count; t++) {
    if (tokens.quoted[t]) quotes = true;
    const index = holderAt[t]!;
    if (index !== -1) {
      holder = t;
      if (marks[index]!.kind === 'group') group = t;
    }
    lastHolder[t] = holder;
    lastGroup[t] = group;
  }
  memo.clear(count, marks.length, sentences.count);
  return {
    normalised,
    text,
    tokens,
    count,
    words,
    roles,
    segment,
    marks,
    holderAt,
    hostileAt,
    numbers,
    stems,
    lastHolder,
    lastGroup,
    sentences,
    segments,
    quotes,
    memo,
  };
}

/** Writes into the tables what the marks make of their tokens. */
function giveRoles(marks: readonly Mark[], words: readonly string[]): void {
  /** First token of the latest name: heads before it have been dealt with. */
  let named = 0;
  let around: Around | undefined;
  for (let index = 0; index < marks.length; index++) {
    const mark = marks[index]!;
    const { kind, first, last } = mark;
    const role = ROLE_OF_KIND[kind];
    if (role !== undefined) {
      if (role === g.COUNTER_FRAME || role === g.REPORT_FRAME) {
        around ??= lookAround(marks, words.length);
        if (role === g.COUNTER_FRAME && !isFrame(around, mark, words)) continue;
        // `penuh kebencian terhadap X` is felt, whoever else is reported to feel it.
        if (role === g.REPORT_FRAME && (around[first]! & FELT) !== 0) continue;
      }
      // A negation of several words (`tidak pantas`) denies once.
      const to = role === g.NEGATION ? first : last;
      for (let t = first; t <= to; t++) roles[t] = roles[t]! | role;
    } else if (HOLDERS.has(kind)) {
      for (let t = first; t <= last; t++) {
        holderAt[t] = index;
        roles[t] = 0;
      }
      for (let t = first - 1; t >= named && (TRAITS_OF[numbers[t]!]! & GROUP_HEAD) !== 0; t--)
        roles[t] = roles[t]! & (g.PARTICULAR | g.ALL);
      named = first;
    } else if (HOSTILE.has(kind)) {
      for (let t = first; t <= last; t++) if (hostileAt[t] === -1) hostileAt[t] = index;
    }
  }
}

/** Numbers segments, and gathers what stands in each sentence. */
function divide(text: string, tokens: Tokens, words: readonly string[]): void {
  const { count } = tokens;
  let current = 0;
  let sentence = -1;
  open(segments, 0, 0);
  for (let t = 0; t < count; t++) {
    const role = roles[t]!;
    const begins = tokens.sentence[t] !== sentence;
    if (begins) {
      if (sentence >= 0) sentences.last[sentence] = t - 1;
      sentence = tokens.sentence[t]!;
      open(sentences, sentence, t);
    }
    if (t > 0) {
      const cut = begins || tokens.clause[t] !== tokens.clause[t - 1];
      // `cuma` sets one thing against another only after a pause; `X cuma beban` says it of X.
      const only =
        cut &&
        words[t] === 'cuma' &&
        text.charCodeAt(tokens.end[t - 1]!) === SPACE &&
        !(begins && t - segments.first[current]! >= LONGEST_SEGMENT);
      if ((cut && !only) || (role & g.CONTRAST) !== 0) {
        segments.last[current++] = t - 1;
        open(segments, current, t);
      }
    }
    segment[t] = current;
    const trait = TRAITS_OF[numbers[t]!]!;
    sentences.roles[sentence]! |= role;
    sentences.traits[sentence]! |= trait;
    segments.roles[current]! |= role;
    segments.traits[current]! |= trait;
  }
  segments.last[current] = count - 1;
  segments.count = current + 1;
  if (sentence >= 0) sentences.last[sentence] = count - 1;
  sentences.count = sentence + 1;
}

function open(of: Stretches, at: number, first: number): void {
  of.first[at] = first;
  of.roles[at] = 0;
  of.traits[at] = 0;
}

/** The marks that begin in a sentence. */
export function marksOf(scene: Scene, sentence: number): readonly Mark[] {
  const { marks, sentences } = scene;
  return marks.slice(
    firstMark(marks, sentences.first[sentence]!),
    firstMark(marks, sentences.last[sentence]! + 1),
  );
}

/** Index of the first mark that begins at token `t` or after. */
function firstMark(marks: readonly Mark[], t: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle]!.first < t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True where the name is of what is sacred to a group (a god, a book) and not of its people. */
export function isSacred(mark: Mark): boolean {
  return mark.entry.sacred === true;
}
