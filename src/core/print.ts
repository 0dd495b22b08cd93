/**
 * A fingerprint as the grouping and the store hold it: a row of 32-bit words, many in one array, so that a window of
 * hundreds of thousands is a few buffers and no objects. Everything in it that stands for a text, an id or an author is
 * a keyed hash by then.
 */

/** Words of 32 bits in a signature, each a band of four bins. */
export const SIGNATURE_WORDS = 16;
/** Terms of a post, at most. */
export const MOST_TERMS = 16;

export const TERMS_AT: number = SIGNATURE_WORDS;
/** First a hash of the post's id alone, by which it is found when it is to be forgotten, then one of id and revision. */
export const ID_AT: number = TERMS_AT + MOST_TERMS;
export const AUTHOR_AT: number = ID_AT + 2;
/** Seconds since the epoch. */
export const TIME_AT: number = AUTHOR_AT + 2;
/** Number of the item, 0 of an unflagged post. */
export const ITEM_AT: number = TIME_AT + 1;
/** Which source, as the store numbers them, in the lower 16 bits; the region's number (core/region.ts) in the upper. */
export const SOURCE_AT: number = ITEM_AT + 1;
/** Id of the wording (its first post's), once its hour was closed. */
export const VARIANT_AT: number = SOURCE_AT + 1;
/** Hashtags, as they are counted (core/trends.ts); 0 where there are fewer. */
export const TAGS_AT: number = VARIANT_AT + 2;
export const MOST_TAGS = 2;
/** Host of the first link, as it is counted; 0 where there is none. */
export const HOST_AT: number = TAGS_AT + MOST_TAGS;
/** Words a row; 176 bytes. */
export const PRINT_WORDS: number = HOST_AT + 1;
export const PRINT_BYTES: number = PRINT_WORDS * 4;

/** The two low bits of a term's hash say what it is. */
export const WORD_TERM = 0;
export const NUMBER_TERM = 1;
export const LINK_TERM = 2;
export const CLAIM_TERM = 3;

/** Rows one after another in `words`. */
export interface Prints {
  readonly words: Uint32Array;
  readonly count: number;
}

/** 16 hex digits of the two words at `at`. */
export function hexAt(words: Uint32Array, at: number): string {
  return (
    (words[at]! >>> 0).toString(16).padStart(8, '0') + (words[at + 1]! >>> 0).toString(16).padStart(8, '0')
  );
}

/** Offsets of the rows in order of time, then id: the same for the same rows however they came. */
export function inOrder({ words, count }: Prints): Uint32Array {
  const offsets = new Uint32Array(count);
  for (let i = 0; i < count; i++) offsets[i] = i * PRINT_WORDS;
  return offsets.sort(
    (a, b) =>
      words[a + TIME_AT]! - words[b + TIME_AT]! ||
      words[a + ID_AT]! - words[b + ID_AT]! ||
      words[a + ID_AT + 1]! - words[b + ID_AT + 1]! ||
      a - b,
  );
}
