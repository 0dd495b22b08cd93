/** Words of plain letters: informal spellings written out, drawn-out letters brought back. */
import { isVowel } from './classes.js';
import { INFORMAL } from './informal.js';
import { MISSPELT, OPENERS, SIGNS } from './misspelt.js';
import { segment } from './segment.js';
import { isSensitive, SENSITIVE_WORDS } from './sensitive.js';
import { RULE } from './steps.js';
import { isKnown, isRoot, LONGEST_WORD } from './vocabulary.js';
import { HASH_PRIME, HASH_START, hashUnits, WordTable } from './word-table.js';
import type { Work } from './work.js';

const spellings = [...INFORMAL.keys(), ...MISSPELT.keys()];
const formals = [...INFORMAL.values(), ...MISSPELT.values()];
const informal = new WordTable(spellings);

/** The formal spelling of the word, undefined where it has none of its own. */
export function formalOf(chars: Uint16Array, start: number, end: number, hash?: number): string | undefined {
  const id = informal.find(chars, start, end, hash ?? hashUnits(chars, start, end));
  return id < 0 ? undefined : formals[id];
}

/** `USER` and `URL` in capitals: how collections of posts write mentions and addresses. */
const USER = hashOf('user');
const URL_WORD = hashOf('url');
/** Titles that a point makes another word of: `dr. Ali`. */
const DR = hashOf('dr');
const JL = hashOf('jl');

function hashOf(word: string): number {
  return hashUnits(
    Uint16Array.from(word, (char) => char.charCodeAt(0)),
    0,
    word.length,
  );
}

/** Writes the word of letters `start`..`end`, whose hash is `hash`; `doubled` where a letter stands twice in a row. */
export function word(work: Work, start: number, end: number, hash: number, doubled: boolean): void {
  const { chars } = work.stage;
  const length = end - start;
  if (doubled || (length > 4 && chars[start] === chars[start + 2] && chars[start + 1] === chars[start + 3])) {
    drawnOut(work, start, end, hash);
    return;
  }
  plain(work, start, end, hash);
}

/** A word with nothing drawn out. */
function plain(work: Work, start: number, end: number, hash: number): void {
  const { writer } = work;
  const { chars } = work.stage;
  const length = end - start;
  const id = informal.find(chars, start, end, hash);
  if (id >= 0 && !(length <= 2 && isOtherwise(work, start, end, hash))) {
    const formal = formals[id]!;
    writer.word(formal.length);
    writer.write(formal, start, end, RULE.informal);
    return;
  }
  if (
    (hash === USER || hash === URL_WORD) &&
    length <= 4 &&
    isCapital(work, start) &&
    isCapital(work, end - 1)
  ) {
    writer.word(5);
    if (hash === USER) writer.write('@user', start, end, RULE.mention);
    else writer.write('http', start, end, RULE.url);
    return;
  }
  if (length >= 6 && id < 0 && withParticle(work, start, end)) return;
  if (length >= SHORTEST_ROW && runTogether(work, start, end)) return;
  writer.word(length);
  writer.copy(start, end);
}

/** Shortest row of letters that is looked at as several words without a space. */
const SHORTEST_ROW = 11;
const signs = new WordTable(SIGNS);
const edges = new WordTable([...new Set([...SIGNS, ...OPENERS, ...SENSITIVE_WORDS])]);
const LONGEST_EDGE = 9;

/** Does the row begin or end with a word that makes it worth cutting? A few lookups, where cutting takes hundreds. */
function hasEdge(chars: Uint16Array, start: number, end: number): boolean {
  let hash = HASH_START;
  for (let i = start; i < start + LONGEST_EDGE; i++) {
    hash = Math.imul(hash ^ chars[i]!, HASH_PRIME);
    if (i >= start + 2 && edges.find(chars, start, i + 1, hash) >= 0) return true;
  }
  for (let from = end - LONGEST_EDGE; from <= end - 4; from++)
    if (edges.find(chars, from, end, hashUnits(chars, from, end)) >= 0) return true;
  return false;
}

/** `akubenciorangcina`: known words in a row, one of them a word that people hide. */
function runTogether(work: Work, start: number, end: number): boolean {
  const { chars } = work.stage;
  if (work.segmentable < end - start || !hasEdge(chars, start, end) || isKnown(chars, start, end))
    return false;
  work.segmentable -= end - start;
  const ends = segment(chars, start, end);
  if (ends.length === 1) return false;
  let from = start;
  let hidden = false;
  for (const to of ends) {
    if (!isKnown(chars, from, to)) return false;
    if (isSensitive(chars, from, to) || signs.find(chars, from, to, hashUnits(chars, from, to)) >= 0)
      hidden = true;
    from = to;
  }
  if (!hidden) return false;
  from = start;
  for (const to of ends) {
    if (from > start) work.writer.space(from - 1, from, RULE.joined);
    const id = informal.find(chars, from, to, hashUnits(chars, from, to));
    work.writer.word(id < 0 ? to - from : formals[id]!.length);
    if (id < 0) work.writer.copy(from, to);
    else work.writer.write(formals[id]!, from, to, RULE.informal);
    from = to;
  }
  return true;
}

/** {@link word} where the hash is not at hand. */
export function plainWord(work: Work, start: number, end: number): void {
  const { chars } = work.stage;
  let hash = HASH_START;
  let doubled = false;
  for (let i = start; i < end; i++) {
    if (i > start && chars[i] === chars[i - 1]) doubled = true;
    hash = Math.imul(hash ^ chars[i]!, HASH_PRIME);
  }
  word(work, start, end, hash, doubled);
}

function isCapital(work: Work, at: number): boolean {
  const c = work.text.charCodeAt(work.stage.starts[at]!);
  return c >= 65 && c <= 90;
}

/** A spelling of one or two letters that is something else here: a unit, initials, a title. */
function isOtherwise(work: Work, start: number, end: number, hash: number): boolean {
  const { chars } = work.stage;
  if (work.writer.followsNumber || chars[end] === 45 || (start > 0 && chars[start - 1] === 45)) return true;
  if (end - start === 1 && isInRow(work, start)) return true;
  if (chars[end] === 46 && (end - start === 1 || hash === DR || hash === JL)) return true;
  if (!isCapital(work, start) || !isCapital(work, end - 1)) return false;
  // Capitals among small letters are initials: `KL`, `LG`.
  const before = start >= 2 ? isCapital(work, start - 2) : false;
  const after = end + 1 < work.stage.length ? isCapital(work, end + 1) : false;
  const afterNext = end + 2 < work.stage.length ? isCapital(work, end + 2) : false;
  return !before && !(after && afterNext);
}

/** Is the single letter at `at` beside another single letter: `X Y Z`, `a b c d`? */
function isInRow(work: Work, at: number): boolean {
  const { chars, length } = work.stage;
  const isLetter = (i: number): boolean => i >= 0 && i < length && chars[i]! >= 97 && chars[i]! <= 122;
  return (
    (isLetter(at + 2) && !isLetter(at + 1) && !isLetter(at + 3)) ||
    (isLetter(at - 2) && !isLetter(at - 1) && !isLetter(at - 3))
  );
}

/** `orgnya`, `udahlah`: an informal spelling with a particle on it. */
function withParticle(work: Work, start: number, end: number): boolean {
  const { chars } = work.stage;
  const last = chars[end - 1]!;
  let cut = 0;
  if (last === 97 && chars[end - 2] === 121 && chars[end - 3] === 110) cut = 3;
  else if (last === 104 && chars[end - 2] === 97 && (chars[end - 3] === 108 || chars[end - 3] === 107))
    cut = 3;
  if (cut === 0) return false;
  const id = informal.find(chars, start, end - cut, hashUnits(chars, start, end - cut));
  if (id < 0 || end - cut - start < 3) return false;
  const formal = formals[id]!;
  work.writer.word(formal.length + cut);
  work.writer.write(formal, start, end - cut, RULE.informal);
  work.writer.copy(end - cut, end);
  return true;
}

const shape = new Uint16Array(LONGEST_WORD * 2);
const counts = new Int32Array(LONGEST_WORD * 2);

/** A word with a letter twice or more in a row, or one that laughs (`wkwkwk`). */
function drawnOut(work: Work, start: number, end: number, hash: number): void {
  const { chars } = work.stage;
  const laughter = laughs(chars, start, end);
  if (laughter !== undefined) {
    work.writer.word(4);
    work.writer.write(laughter, start, end, RULE.stretched);
    return;
  }
  let runs = 0;
  let longest = 0;
  let oddDoubles = 0;
  for (let i = start; i < end; ) {
    let j = i + 1;
    while (j < end && chars[j] === chars[i]) j++;
    if (runs < shape.length) {
      shape[runs] = chars[i]!;
      counts[runs] = j - i;
    }
    if (j - i > longest) longest = j - i;
    if (j - i === 2 && !(chars[i] === 103 && i > start && chars[i - 1] === 110)) oddDoubles++;
    runs++;
    i = j;
  }
  if (runs > LONGEST_WORD) {
    runsAsOne(work, start, end);
    return;
  }
  if (longest === 1) {
    plain(work, start, end, hash);
    return;
  }
  if (longest === 2) {
    const formal = formalOf(chars, start, end, hash);
    if (formal !== undefined) {
      work.writer.word(formal.length);
      work.writer.write(formal, start, end, RULE.informal);
      return;
    }
    if (oddDoubles === 0 || isKnown(chars, start, end) || !singled(runs)) {
      if (end - start >= 6 && withParticle(work, start, end)) return;
      work.writer.word(end - start);
      work.writer.copy(start, end);
      return;
    }
    writeRuns(work, start, runs);
    return;
  }
  shorten(runs);
  writeRuns(work, start, runs);
}

/** Letters kept of each run of the word at hand. */
const kept = new Uint8Array(LONGEST_WORD * 2);
const trial = new Uint16Array(LONGEST_WORD * 2);

function trialWord(runs: number): number {
  let length = 0;
  for (let r = 0; r < runs; r++) {
    trial[length++] = shape[r]!;
    if (kept[r] === 2) trial[length++] = shape[r]!;
  }
  return length;
}

/** Words whose double vowel is theirs, though one vowel would make a word too. */
const DOUBLES = new WordTable([
  'saat',
  'maaf',
  'taat',
  'manfaat',
  'good',
  'too',
  'see',
  'book',
  'feel',
  'soon',
  'cool',
]);

function isDoubleByNature(runs: number): boolean {
  const length = trialWord(runs);
  return length <= 8 && DOUBLES.find(trial, 0, length, hashUnits(trial, 0, length)) >= 0;
}

function isTrialKnown(runs: number): boolean {
  const length = trialWord(runs);
  return length <= LONGEST_WORD && (formalOf(trial, 0, length) !== undefined || isKnown(trial, 0, length));
}

/**
 * A double at the end taken as one letter (`kafirr`), where that makes a word; every double, where that makes one
 * that people hide (`annjing`). Other doubles are a word's own: names, English, Madurese.
 */
function singled(runs: number): boolean {
  if (counts[runs - 1] === 2) {
    for (let r = 0; r < runs; r++) kept[r] = r === runs - 1 ? 1 : counts[r]!;
    if (fits(runs)) return true;
  }
  kept.fill(1, 0, runs);
  const length = trialWord(runs);
  return (
    length >= 4 &&
    length <= LONGEST_WORD &&
    (formalOf(trial, 0, length) !== undefined || isSensitive(trial, 0, length))
  );
}

function fits(runs: number): boolean {
  const length = trialWord(runs);
  if (length > LONGEST_WORD) return false;
  if (formalOf(trial, 0, length) !== undefined) return length >= 3;
  if (length >= 4) return isKnown(trial, 0, length);
  return length === 3 && isVowel(shape[runs - 1]!) && isRoot(trial, 0, 3);
}

/** Runs of three and more brought to one letter, or to two where that makes a word and one does not. */
function shorten(runs: number): void {
  for (let r = 0; r < runs; r++) kept[r] = counts[r]! >= 3 && isVowel(shape[r]!) ? 2 : 1;
  if (isDoubleByNature(runs)) return;
  if (runs >= 4 && counts[runs - 2]! >= 3 && shape[runs - 2] === 97 && shape[runs - 1] === 110) {
    // -aan: `penataaan`.
    for (let r = 0; r < runs; r++) kept[r] = r === runs - 2 ? 2 : counts[r]! >= 3 ? 1 : counts[r]!;
    if (isTrialKnown(runs)) return;
  }
  for (let r = 0; r < runs; r++) kept[r] = counts[r]! >= 3 ? 1 : counts[r]!;
  if (isTrialKnown(runs)) return;
  kept.fill(1, 0, runs);
  if (isTrialKnown(runs)) return;
  let tries = 0;
  for (let r = 0; r < runs && tries < 3; r++) {
    if (counts[r]! < 3) continue;
    tries++;
    kept[r] = 2;
    if (isTrialKnown(runs)) return;
    kept[r] = 1;
  }
}

/** The runs as kept; or, where that is an informal spelling, its formal word. */
function writeRuns(work: Work, start: number, runs: number): void {
  const { writer } = work;
  const length = trialWord(runs);
  let end = start;
  for (let r = 0; r < runs; r++) end += counts[r]!;
  const formal = length <= LONGEST_WORD ? formalOf(trial, 0, length) : undefined;
  if (formal !== undefined) {
    writer.word(formal.length);
    writer.write(formal, start, end, RULE.informal);
    return;
  }
  writer.word(length);
  let at = start;
  for (let r = 0; r < runs; r++) {
    const count = counts[r]!;
    if (kept[r] === count) writer.copy(at, at + count);
    else {
      if (kept[r] === 2) writer.unit(shape[r]!, at, at + 1, RULE.stretched);
      writer.unit(shape[r]!, kept[r] === 2 ? at + 1 : at, at + count, RULE.stretched);
    }
    at += count;
  }
}

/** Too long for a word: every run of three and more is one letter. */
function runsAsOne(work: Work, start: number, end: number): void {
  const { writer } = work;
  const { chars } = work.stage;
  writer.word(end - start);
  for (let i = start; i < end; ) {
    let j = i + 1;
    while (j < end && chars[j] === chars[i]) j++;
    if (j - i < 3) writer.copy(i, j);
    else writer.unit(chars[i]!, i, j, RULE.stretched);
    i = j;
  }
}

/** What laughter is made of, the letter that starts it first. */
const LAUGHTERS = ['wk', 'ha', 'he', 'hi', 'hu', 'xi', 'ck'];

/** Two letters by turns, five units or more (`mamama`); or laughter in any order (`wkwkkwk`, `ahahha`). */
function laughs(chars: Uint16Array, start: number, end: number): string | undefined {
  if (end - start < 5) return undefined;
  const first = chars[start]!;
  let second = 0;
  let turns = 0;
  let regular = true;
  for (let i = start + 1; i < end; i++) {
    const c = chars[i]!;
    if (c !== first && second === 0) second = c;
    if (c !== first && c !== second) return undefined;
    if (c === chars[i - 1]) regular = false;
    else turns++;
  }
  const pair = String.fromCharCode(first, second);
  if (regular && second !== 0) return pair + pair;
  if (turns < 3) return undefined;
  const laughter = LAUGHTERS.find((one) => one === pair || (one[0] === pair[1] && one[1] === pair[0]));
  return laughter === undefined ? undefined : laughter + laughter;
}
