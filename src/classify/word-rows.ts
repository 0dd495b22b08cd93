import { createGramTable, packPairs, pairsFor } from '../text/gram-table.js';
import { CANONICAL_WORDS, MOST_WORD_IDS, NO_ID } from '../text/word-ids.js';
import { createSeenSet, createTokenCodes, foldName, foldToken, hashCodes, wordBucket } from './features.js';
import { NAME_GOES_ON } from './signs.js';

/** Of a word by id: not read yet; told by its id alone; told by its codes, which other words may share (`2019`, `2024`). */
const UNREAD = 0;
const ITSELF = 1;
const SHARED = 2;

const HYPHEN = 28;
const ADDRESS = (() => {
  const codes = createTokenCodes();
  return hashCodes(codes, foldToken('http', 0, 4, codes));
})();

/** Rows beyond the words' are those of what stands for a name. */
const ROWS = MOST_WORD_IDS + NAME_GOES_ON;

/** What a classifier adds up of words, each worked out once an era (word-ids.ts). One owner at a time. */
export interface WordRows {
  /** Row by row, as pairs (gram-table.ts): the sums of a word's grams, then the weights of the word as a whole. */
  readonly rows: Float64Array;
  /** The hash of each row's word. */
  readonly hashes: Int32Array;
  /** To be called before the first word of a text. */
  beginText(): void;
  /**
   * The row of the word `text[start, end)` with this id, or of what stands for a name where `name` is not 0. That of
   * {@link NO_ID} is good until the next call.
   */
  find(id: number, name: number, text: string, start: number, end: number): number;
  /** Whether no word with the same codes came before in this text. To be asked once a token. */
  isFirst(row: number): boolean;
}

/**
 * Rows over the weights of grams and of words (2^bits buckets of `width` lanes each). 3 MB with twelve lanes.
 */
export function createWordRows(
  grams: Int8Array,
  gramBits: number,
  words: Int8Array,
  wordBits: number,
  width: number,
): WordRows {
  const table = createGramTable(grams, gramBits, width);
  const half = pairsFor(width);
  const rows = new Float64Array(ROWS * half * 2);
  const hashes = new Int32Array(ROWS);
  const kinds = new Uint8Array(ROWS);
  /** The text that a row was last seen in. */
  const texts = new Int32Array(ROWS);
  const codes = createTokenCodes();
  const whole = new Int32Array(width);
  const seen = createSeenSet();
  let era = 0;
  let text = 0;

  function fill(row: number, length: number): void {
    table.sum(codes, 0, length);
    packPairs(table.sums, width, rows, row * half * 2);
    const hash = hashCodes(codes, length);
    hashes[row] = hash;
    const word = wordBucket(hash, wordBits) * width;
    for (let lane = 0; lane < width; lane += 1) whole[lane] = words[word + lane]!;
    packPairs(whole, width, rows, row * half * 2 + half);
    texts[row] = 0;
  }

  /** Whether the codes are those of this word alone: cut short, all digits are one, and addresses are `http`. */
  function isItself(length: number, units: number): boolean {
    if (length !== units || length >= codes.length || hashCodes(codes, length) === ADDRESS) return false;
    for (let i = 0; i < length; i += 1) if (codes[i]! > 26 && codes[i] !== HYPHEN) return false;
    return true;
  }

  return {
    rows,
    hashes,
    beginText() {
      seen.clear();
      text += 1;
      if (era === CANONICAL_WORDS.era && text < 0x7fffffff) return;
      era = CANONICAL_WORDS.era;
      text = 1;
      kinds.fill(UNREAD);
    },
    find(id, name, of, start, end) {
      const row = name > 0 ? MOST_WORD_IDS - 1 + name : id;
      if (kinds[row] !== UNREAD) return row;
      if (name > 0) {
        fill(row, foldName(name, codes));
        kinds[row] = ITSELF;
      } else {
        const length = foldToken(of, start, end, codes);
        fill(row, length);
        if (row !== NO_ID) kinds[row] = isItself(length, end - start) ? ITSELF : SHARED;
      }
      return row;
    },
    isFirst(row) {
      if (kinds[row] !== ITSELF) return seen.add(hashes[row]!);
      if (texts[row] === text) return false;
      texts[row] = text;
      return true;
    },
  };
}
