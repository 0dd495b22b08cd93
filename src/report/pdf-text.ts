/** What a text is set with: how wide a word is, and whether the font has a character. */
export interface Measure {
  widthOf(word: string): number;
  has(codePoint: number): boolean;
}

/** A line of words in the order in which they are drawn, left to right. */
export interface SetLine {
  readonly words: readonly string[];
  /** True where the paragraph begins in a right-to-left script: the line is set from the right. */
  readonly fromRight: boolean;
}

/** Letters of scripts that are written from the right. */
const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;

/** Characters that steer and are not seen: shown by code, so that nothing on paper hides or turns round. */
const STEERING = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]/u;
/** What joins or picks the shape of its neighbour: left out, not shown. */
const SHAPING = /\u200c|\u200d|[\ufe00-\ufe0f]/u;

/** The text with every character that cannot be printed written as `[U+1F9FF]`. */
export function printable(text: string, has: Measure['has']): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n' || character === ' ') out += character;
    else if (character === '\t' || character === '\u00a0') out += ' ';
    else if (SHAPING.test(character)) continue;
    else if (STEERING.test(character) || !has(code))
      out += `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    else out += character;
  }
  return out;
}

/**
 * Breaks a text into lines of at most `width`; a word that is wider is broken where it must be. Words of right-to-left
 * scripts are put in the order in which they are read; within a word the font shapes them.
 */
export function setLines(text: string, width: number, measure: Measure): readonly SetLine[] {
  const space = measure.widthOf(' ');
  const lines: SetLine[] = [];
  for (const paragraph of printable(text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), measure.has).split(
    '\n',
  )) {
    const first = [...paragraph].find((character) => LETTER.test(character));
    const fromRight = first !== undefined && RTL.test(first);
    let words: string[] = [];
    let used = 0;
    let isFirst = true;
    const flush = (last: boolean): void => {
      lines.push({ words: visual(words, fromRight, { first: isFirst, last }), fromRight });
      words = [];
      used = 0;
      isFirst = false;
    };
    for (const word of paragraph.split(' ').filter((part) => part !== '')) {
      for (const piece of pieces(word, width, measure)) {
        const wide = measure.widthOf(piece);
        if (words.length > 0 && used + space + wide > width) flush(false);
        used += (words.length > 0 ? space : 0) + wide;
        words.push(piece);
      }
    }
    flush(true);
  }
  return lines;
}

/**
 * Runs of words against the paragraph's direction are turned round (a plain form of the Unicode bidi algorithm).
 * @param ends whether the paragraph begins and ends with these words
 */
function visual(
  words: readonly string[],
  fromRight: boolean,
  ends: { readonly first: boolean; readonly last: boolean },
): string[] {
  const runs: { rtl: boolean; words: string[] }[] = [];
  for (const word of words) {
    const rtl = LETTER.test(word) ? RTL.test(word) : (runs.at(-1)?.rtl ?? fromRight);
    const last = runs.at(-1);
    if (last?.rtl === rtl) last.words.push(word);
    else runs.push({ rtl, words: [word] });
  }
  const set = runs.map(({ rtl, words: some }, at) => {
    // What goes on beyond the line is no end.
    const outer = { first: at > 0 || ends.first, last: at < runs.length - 1 || ends.last };
    const own = rtl === fromRight ? some : edged(some, outer);
    return rtl ? own.toReversed() : own;
  });
  return (fromRight ? set.toReversed() : set).flat();
}

/** Signs before the first letter of a word, and behind its last. */
const BEFORE = /^[^\p{L}\p{N}\p{M}]+(?=[\p{L}\p{N}\p{M}])/u;
const BEHIND = /(?<=[\p{L}\p{N}\p{M}])[^\p{L}\p{N}\p{M}]+$/u;

/**
 * A run against the paragraph's direction with the signs at its two ends as the paragraph has them: the full stop of a
 * sentence stands where the sentence ends, not where its last word does. Given to the font at the other end of the other
 * word, and mirrored, each is drawn there.
 */
function edged(
  words: readonly string[],
  { first, last }: { readonly first: boolean; readonly last: boolean },
): string[] {
  const own = [...words];
  const [before = ''] = (first ? BEFORE.exec(own[0] ?? '') : null) ?? [];
  own[0] = (own[0] ?? '').slice(before.length);
  const end = own.length - 1;
  const [behind = ''] = (last ? BEHIND.exec(own[end] ?? '') : null) ?? [];
  own[end] = (own[end] ?? '').slice(0, (own[end] ?? '').length - behind.length);
  own[0] = mirrored(behind) + own[0];
  own[end] += mirrored(before);
  return own;
}

function mirrored(signs: string): string {
  return [...signs]
    .reverse()
    .map((sign) => MIRRORED[sign] ?? sign)
    .join('');
}

const MIRRORED: Readonly<Record<string, string>> = {
  ...{ '(': ')', ')': '(', '[': ']', ']': '[', '{': '}', '}': '{', '<': '>', '>': '<' },
  ...{ '«': '»', '»': '«', '‹': '›', '›': '‹' },
};
/** What is read from the left within a word that is read from the right: numbers, and letters of other scripts. */
const LEFT_WITHIN = /[\p{Nd}][\p{Nd}.,:/٫٬-]*[\p{Nd}]|[\p{Script=Latin}][\p{Script=Latin}\p{Nd}.'-]*/gu;

/**
 * A word as it is given to a font, and whether it is set from the right. Such a font lays the whole word out from the right
 * and turns no bracket round: so numbers in it and words of other scripts are given backwards, and brackets mirrored.
 */
export function shapedWord(word: string): { readonly text: string; readonly isRtl: boolean } {
  if (!RTL.test(word)) return { text: word, isRtl: false };
  const text = word
    .replace(/[()[\]{}<>«»‹›]/g, (bracket) => MIRRORED[bracket] ?? bracket)
    .replace(LEFT_WITHIN, (run) => [...run].reverse().join(''));
  return { text, isRtl: true };
}

/** A word as pieces that fit; measured by halving, so that a word of 100 kB costs no more than its length. */
function pieces(word: string, width: number, measure: Measure): readonly string[] {
  if (word.length < 200 && measure.widthOf(word) <= width) return [word];
  const found: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const wide = measure.widthOf(character);
    if (piece !== '' && used + wide > width) {
      found.push(piece);
      piece = '';
      used = 0;
    }
    piece += character;
    used += wide;
  }
  found.push(piece);
  return found;
}
