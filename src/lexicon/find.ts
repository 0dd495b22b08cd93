import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';
import { createMatches, type Matches, scan } from './automaton.js';
import type { Lexicon } from './compile.js';
import { type Entry, KINDS } from './entry.js';
import { isExcepted } from './exceptions.js';
import type { FormTag } from './morphology.js';
import { isHalf } from './reduplication.js';
import {
  entryOf,
  lengthOf,
  MOST_PARTS,
  nextOf,
  partOf,
  RECORD,
  ROLE_NEED,
  ROLE_PART,
  ROLE_TERM,
  roleOf,
  tagOf,
  termOf,
} from './references.js';
import { isBoundary } from './symbols.js';
import { createWordScan } from './word-scan.js';

/** An entry found in a text. */
export interface Hit {
  readonly entry: Entry;
  /** The entry's place in {@link Lexicon.entries}. */
  readonly index: number;
  /** UTF-16 offsets into the CANONICAL text, whole words; `originalSpan` leads back to what was written. */
  readonly start: number;
  readonly end: number;
  readonly form: FormTag;
}

/** Words that may stand in the gap of a term with one. */
const MAX_GAP_WORDS = 3;
const HARMLESS = KINDS.indexOf('harmless');

// One scan at a time uses it: find is synchronous and keeps nothing of it.
const matches: Matches = createMatches();

/** What a caller makes of hits, so that those may be left out which could make no difference to it. */
export interface Interest {
  /** Per pattern of the lexicon's automaton: bits of what a hit by it can lead to, and {@link HELPS}; 0 for nothing. */
  readonly patterns: Uint16Array;
  /** Whether a text whose patterns have these bits together needs every hit. */
  readonly needsAll: (bits: number) => boolean;
}

/** A pattern that leads to nothing itself, but can turn other hits round: a harmless sense, or a word they need. */
const HELPS = 1 << 15;

/**
 * An interest from `bits`, per entry below {@link HELPS}: 0 where a hit can lead to nothing unless all are needed. Of
 * entries of one kind either all have bits, or those that have any make all hits needed.
 */
export function createInterest(
  lexicon: Lexicon,
  bits: Uint16Array,
  needsAll: (bits: number) => boolean,
): Interest {
  const { references, kindOf } = lexicon;
  const patterns = new Uint16Array(lexicon.automaton.patternCount);
  for (let pattern = 0; pattern < patterns.length; pattern++) {
    let at = pattern * RECORD;
    do {
      const entry = entryOf(references, at);
      const own = kindOf[entry] === HARMLESS ? HELPS : bits[entry]!;
      patterns[pattern]! |= roleOf(references, at) !== ROLE_NEED ? own : own === 0 ? 0 : HELPS;
      at = nextOf(references, at);
    } while (at !== 0);
  }
  return { patterns, needsAll };
}

/** The patterns to look at: undefined for all, null for none. */
function chosen({ patterns, needsAll }: Interest): Uint16Array | undefined | null {
  let bits = 0;
  for (let i = 0; i < matches.count; i++) bits |= patterns[matches.pattern[i]!]!;
  bits &= ~HELPS;
  if (bits === 0) return null;
  return needsAll(bits) ? undefined : patterns;
}

/**
 * Finds entries in a normalised text, by rising start, then longest first.
 *
 * - Only whole words; a phrase does not reach over punctuation or a line break. The halves of a reduplication are
 *   not found for themselves (`laki` in `laki-laki`): the generated form is.
 * - A hit with the surroundings of one of its entry's exceptions does not count, nor one covered by a `harmless` hit.
 * - An entry with `needs` counts only where one of those words stands in the same sentence, outside the hit.
 * - Among overlapping hits of one kind the leftmost counts, of those the longest; entries with the very same span
 *   all count, and so do overlapping hits of different kinds.
 *
 * With an `interest` hits that lead to nothing may be missing. Linear in the text's length.
 */
export function find(lexicon: Lexicon, n: Normalised, interest?: Interest): Hit[] {
  return findIn(lexicon, n.text, interest);
}

/** {@link find} over canonical text. */
export function findIn(lexicon: Lexicon, text: string, interest?: Interest): Hit[] {
  scan(lexicon.automaton, text, matches);
  return hitsOf(lexicon, text, interest);
}

/**
 * {@link find} for many texts with their tokens: words that begin no term are known by their ids and cost nothing. One
 * owner at a time.
 */
export function createFinder(
  lexicon: Lexicon,
  interest?: Interest,
): (n: Normalised, tokens: Tokens) => Hit[] {
  const scanWords = createWordScan(lexicon.automaton);
  return ({ text }, tokens) => {
    scanWords(text, tokens, matches);
    return hitsOf(lexicon, text, interest);
  };
}

/** What the matches of the latest scan come to. */
function hitsOf(lexicon: Lexicon, text: string, interest: Interest | undefined): Hit[] {
  if (matches.count === 0) return [];
  const only = interest === undefined ? undefined : chosen(interest);
  if (only === null) return [];
  const found = collect(lexicon, text, only);
  let hits = found.terms;
  if (found.needy) {
    const needs = found.needs.length > 0 ? new Needs(found.needs, text) : undefined;
    hits = hits.filter((hit) => lexicon.needy[hit.index] === 0 || (needs?.met(hit) ?? false));
  }
  if (found.harmless) {
    const harmless = hits.filter((hit) => lexicon.kindOf[hit.index] === HARMLESS);
    const longest = longestOf(harmless);
    hits = hits.filter((hit) => lexicon.kindOf[hit.index] === HARMLESS || !isCovered(hit, harmless, longest));
  }
  return leftmostLongest(lexicon, hits);
}

/** An occurrence of a word that an entry needs. */
interface Span {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** All lists by rising end. */
interface Found {
  readonly terms: Hit[];
  readonly needs: Span[];
  /** Some hit's entry has needs. */
  needy: boolean;
  /** Some hit is of kind `harmless`. */
  harmless: boolean;
}

/** Sorts the scan's matches by what they are to their entries, and joins the parts of terms with a gap. */
function collect(lexicon: Lexicon, text: string, only: Uint16Array | undefined): Found {
  const { references, exceptions, entries } = lexicon;
  const found: Found = { terms: [], needs: [], needy: false, harmless: false };
  let open: Map<number, Hit> | undefined;
  for (let i = 0; i < matches.count; i++) {
    if (only !== undefined && only[matches.pattern[i]!] === 0) continue;
    const first = matches.pattern[i]! * RECORD;
    const end = matches.end[i]!;
    const start = end - lengthOf(references, first);
    if (isHalf(text, start, end)) continue;
    let at = first;
    do {
      const index = entryOf(references, at);
      switch (roleOf(references, at)) {
        case ROLE_TERM: {
          const own = exceptions[index];
          if (own !== undefined && isExcepted(own, text, termOf(references, at), start, end)) break;
          addHit(lexicon, found, { entry: entries[index]!, index, start, end, form: tagOf(references, at) });
          break;
        }
        case ROLE_NEED:
          found.needs.push({ index, start, end });
          break;
        case ROLE_PART: {
          open ??= new Map();
          const joined = joinPart(lexicon, text, open, at, start, end);
          if (joined !== undefined) addHit(lexicon, found, joined);
        }
      }
      at = nextOf(references, at);
    } while (at !== 0);
  }
  return found;
}

function addHit(lexicon: Lexicon, found: Found, hit: Hit): void {
  found.terms.push(hit);
  if (lexicon.needy[hit.index] === 1) found.needy = true;
  if (lexicon.kindOf[hit.index] === HARMLESS) found.harmless = true;
}

/**
 * Takes a part of a term with a gap into `open` (the nearest beginning of each part so far); the whole hit when it
 * was the last part. Matches come by rising end, so the latest beginning is the nearest.
 */
function joinPart(
  lexicon: Lexicon,
  text: string,
  open: Map<number, Hit>,
  at: number,
  start: number,
  end: number,
): Hit | undefined {
  const { references } = lexicon;
  const gap = termOf(references, at);
  const part = partOf(references, at);
  const index = entryOf(references, at);
  const before = part === 0 ? undefined : open.get(gap * MOST_PARTS + part - 1);
  if (part > 0 && (before === undefined || !isGap(text, before.end, start))) return undefined;
  const hit: Hit = {
    entry: lexicon.entries[index]!,
    index,
    start: before?.start ?? start,
    end,
    form: before?.form ?? tagOf(references, at),
  };
  if (part + 1 === lexicon.gapParts[gap]) return hit;
  open.set(gap * MOST_PARTS + part, hit);
  return undefined;
}

/** True when at most {@link MAX_GAP_WORDS} words and no punctuation stand from `from` to `to`. */
function isGap(text: string, from: number, to: number): boolean {
  let spaces = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 32) {
      if (++spaces > MAX_GAP_WORDS + 1) return false;
    } else if (code !== 45 && isBoundary(code)) return false;
  }
  return spaces > 0 && text.charCodeAt(from) === 32 && text.charCodeAt(to - 1) === 32;
}

/** True when one of `spans`, by rising end and none longer than `longest`, covers the hit. */
function isCovered(hit: Hit, spans: readonly Span[], longest: number): boolean {
  for (let i = firstEnding(spans, hit.end); i < spans.length && spans[i]!.end - longest <= hit.start; i++) {
    if (spans[i]!.start <= hit.start) return true;
  }
  return false;
}

function longestOf(spans: readonly Span[]): number {
  return spans.reduce((longest, { start, end }) => Math.max(longest, end - start), 0);
}

/** Index of the first of `spans` that ends at `end` or after. */
function firstEnding(spans: readonly Span[], end: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (spans[middle]!.end < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Which entries have a needed word in which sentence. */
class Needs {
  private readonly ends: number[] = [];
  /** By entry and sentence: the first end and the last start of its needed words. */
  private readonly places = new Map<number, { firstEnd: number; lastStart: number }>();

  constructor(needs: readonly Span[], text: string) {
    for (let i = 0; i < text.length; i++) if (endsSentence(text, i)) this.ends.push(i);
    for (const { index, start, end } of needs) {
      const key = this.key(index, start);
      const place = this.places.get(key);
      if (place === undefined) this.places.set(key, { firstEnd: end, lastStart: start });
      else place.lastStart = Math.max(place.lastStart, start);
    }
  }

  met(hit: Hit): boolean {
    const place = this.places.get(this.key(hit.index, hit.start));
    return place !== undefined && (place.firstEnd <= hit.start || place.lastStart >= hit.end);
  }

  private key(index: number, at: number): number {
    let low = 0;
    let high = this.ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ends[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return index * (this.ends.length + 1) + low;
  }
}

/** A line break, `!`, `?`, or a full stop that is neither in a number nor part of an ellipsis. */
function endsSentence(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 10 || code === 33 || code === 63) return true;
  if (code !== 46) return false;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at + 1);
  return before !== 46 && after !== 46 && !(isDigit(before) && isDigit(after));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

// Where the last hit kept of each kind starts and ends; only kinds seen in the present text are read.
const lastStart = new Int32Array(KINDS.length);
const lastEnd = new Int32Array(KINDS.length);

/** Drops, kind by kind, hits that overlap one further left, or a longer one of the same start. */
function leftmostLongest(lexicon: Lexicon, hits: Hit[]): Hit[] {
  if (hits.length < 2) return hits;
  sortHits(hits);
  lastStart.fill(-1);
  lastEnd.fill(-1);
  let kept = 0;
  for (const hit of hits) {
    const { index, start, end } = hit;
    const kind = lexicon.kindOf[index]!;
    if (start < lastEnd[kind]! && (start !== lastStart[kind] || end !== lastEnd[kind])) continue;
    lastStart[kind] = start;
    lastEnd[kind] = end;
    hits[kept++] = hit;
  }
  hits.length = kept;
  return hits;
}

/** By start, then longest first, then in the order of the entries. Hits come nearly sorted, by their ends. */
function sortHits(hits: Hit[]): void {
  if (hits.length > 64) {
    hits.sort((a, b) => a.start - b.start || b.end - a.end || a.index - b.index);
    return;
  }
  for (let i = 1; i < hits.length; i++) {
    const hit = hits[i]!;
    let at = i;
    for (; at > 0 && comesBefore(hit, hits[at - 1]!); at--) hits[at] = hits[at - 1]!;
    hits[at] = hit;
  }
}

function comesBefore(a: Hit, b: Hit): boolean {
  if (a.start !== b.start) return a.start < b.start;
  return a.end !== b.end ? a.end > b.end : a.index < b.index;
}
