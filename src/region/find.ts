import { createMatches, type Matches, scan } from '../lexicon/automaton.js';
import {
  BETWEEN,
  CITY,
  type Gazetteer,
  NAMESAKE,
  OFFICE,
  PLACE,
  PROVINCE,
  REGENCY,
  type Spelling,
} from './gazetteer.js';
import { commonRegion, provinceOf } from './resolve.js';

/** A place that a text names. */
export interface Place {
  /** Where it stands in the canonical text. */
  readonly start: number;
  readonly end: number;
  /** What it may mean, at least one. */
  readonly codes: readonly string[];
}

/** Names looked at of one text; a longer list of places agrees on nothing. */
const MOST_NAMES = 64;
/** A province may confirm the name before it across a comma, a bracket and a space. */
const BESIDE = /^[ ,(]{1,3}$/;

const LONGEST_MARK = 24;
const WORD_ENDS = ' \n.,:;!?)"';

const matches: Matches = createMatches();

interface Named {
  readonly start: number;
  readonly end: number;
  readonly spelling: Spelling;
}

/** The places that a canonical text (text/normalise.ts) names, in its order; linear in its length. */
export function placesIn(gazetteer: Gazetteer, text: string): Place[] {
  scan(gazetteer.automaton, text, matches);
  if (matches.count === 0) return [];
  const places: Place[] = [];
  /** The name after the present one, where it is a place. */
  let next: Place | undefined;
  for (const name of longest(gazetteer).reverse()) {
    const place = placeOf(gazetteer, text, name, next);
    if (place !== undefined) places.push(place);
    next = place;
  }
  return places.reverse();
}

/**
 * The region of a post: what its source says, else what its text names, else undefined.
 *
 * @param setting the region that the source's setting gives to its posts
 * @param text the canonical text
 */
export function regionOf(
  gazetteer: Gazetteer,
  setting: string | undefined,
  text: string,
): string | undefined {
  return setting ?? commonRegion(placesIn(gazetteer, text).map(({ codes }) => codes));
}

/** Names that do not overlap: the first, and the longest of those that begin with it. */
function longest({ automaton, spellings }: Gazetteer): Named[] {
  const found: Named[] = [];
  const count = Math.min(matches.count, MOST_NAMES);
  for (let i = 0; i < count; i++) {
    const pattern = matches.pattern[i]!;
    const end = matches.end[i]!;
    found.push({ start: end - automaton.lengths[pattern]!, end, spelling: spellings[pattern]! });
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Named[] = [];
  let upTo = 0;
  for (const name of found) {
    if (name.start < upTo) continue;
    kept.push(name);
    upTo = name.end;
  }
  return kept;
}

function placeOf(
  gazetteer: Gazetteer,
  text: string,
  { start, end, spelling: { codes, needs } }: Named,
  next: Place | undefined,
): Place | undefined {
  if (codes.length === 0) return undefined;
  const said = markBefore(gazetteer, text, start) | markAfter(text, end);
  if ((said & NAMESAKE) !== 0) return undefined;
  const isMarked = needs === undefined || (said & (needs === 'office' ? OFFICE : PLACE)) !== 0;
  if (!isMarked && !isWithin(codes, text, end, next)) return undefined;
  return { start, end, codes: chosen(gazetteer, codes, said) };
}

/** Does a province that holds one of these follow at once: `serang, banten`? */
function isWithin(codes: readonly string[], text: string, end: number, next: Place | undefined): boolean {
  if (next === undefined || !BESIDE.test(text.slice(end, next.start))) return false;
  return next.codes.some((code) => code.length === 2 && codes.some((own) => provinceOf(own) === code));
}

/** Of places of one name those of the kind that the word before says; all where none is of it. */
function chosen(gazetteer: Gazetteer, codes: readonly string[], said: number): readonly string[] {
  if (codes.length === 1 || (said & (CITY | REGENCY | PROVINCE)) === 0) return codes;
  const fitting = codes.filter((code) => {
    const kind = code.length === 2 ? PROVINCE : gazetteer.isCity(code) ? CITY : REGENCY;
    return (said & kind) !== 0;
  });
  return fitting.length === 0 ? codes : fitting;
}

function markBefore({ marks }: Gazetteer, text: string, start: number): number {
  let end = start;
  // At most two words back.
  for (let words = 0; words < 2; words++) {
    if (end < 2 || text.charCodeAt(end - 1) !== 32) return 0;
    end -= 1;
    let from = end;
    while (from > 0 && end - from < LONGEST_MARK && !isBreak(text.charCodeAt(from - 1))) from -= 1;
    const word = text.slice(from, text.charCodeAt(end - 1) === 46 ? end - 1 : end);
    const bits = marks.get(word) ?? 0;
    if (bits !== BETWEEN) return bits;
    end = from;
  }
  return 0;
}

/** Space, line break, opening bracket or quotation mark. */
function isBreak(code: number): boolean {
  return code === 32 || code === 10 || code === 40 || code === 34 || code === 35;
}

/** `bogor kota`, `bekasi kab`: which of several, not whether it is one. */
function markAfter(text: string, end: number): number {
  if (text.startsWith(' kota', end) && isEnd(text, end + 5)) return CITY;
  if (text.startsWith(' kab', end) && isEnd(text, end + 4)) return REGENCY;
  return 0;
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || WORD_ENDS.includes(text.charAt(at));
}
