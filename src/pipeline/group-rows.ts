/** Rows of fingerprints (core/print.ts) as the grouper holds them: in pieces, as they landed. */

import type { LoggedPrints, NarrativeStore, PartPlace, StoryItem } from '../core/narrative-ports.js';
import {
  ID_AT,
  ITEM_AT,
  MOST_TERMS,
  PRINT_WORDS,
  type Prints,
  SIGNATURE_WORDS,
  TERMS_AT,
  TIME_AT,
} from '../core/print.js';
import type { Grouping } from '../narrative/grouping.js';

/** Posts that were taken out, by number of their items and first half of their ids. */
export interface GoneRows {
  readonly items: ReadonlySet<number>;
  readonly ids: ReadonlySet<number>;
}

export const NOTHING_GONE: GoneRows = { items: new Set(), ids: new Set() };

/** A flagged post with its story, as it is kept. */
export function itemOf(grouping: Grouping, words: Uint32Array, at: number, wording: number): StoryItem {
  return {
    item: words[at + ITEM_AT]!,
    story: grouping.nameOf(grouping.storyOf(wording)),
    wording: grouping.idOf(wording),
    at: words[at + TIME_AT]!,
    signature: bytesOf(words, at, SIGNATURE_WORDS),
    terms: bytesOf(words, at + TERMS_AT, MOST_TERMS),
  };
}

function bytesOf(words: Uint32Array, at: number, count: number): Uint8Array {
  return new Uint8Array(words.slice(at, at + count).buffer);
}

/** The rows but for those that are gone; itself where none is. */
export function without<T extends Prints>(piece: T, { items, ids }: GoneRows): T {
  const { words, count } = piece;
  const kept = new Uint32Array(words.length);
  let left = 0;
  for (let at = 0; at < count * PRINT_WORDS; at += PRINT_WORDS) {
    if (items.has(words[at + ITEM_AT]!) || ids.has(words[at + ID_AT]!)) continue;
    kept.set(words.subarray(at, at + PRINT_WORDS), left * PRINT_WORDS);
    left++;
  }
  return left === count ? piece : { ...piece, words: kept, count: left };
}

export function together(pieces: readonly LoggedPrints[]): Prints {
  const count = sizeOf(pieces);
  const words = new Uint32Array(count * PRINT_WORDS);
  let at = 0;
  for (const piece of pieces) {
    words.set(piece.words.subarray(0, piece.count * PRINT_WORDS), at);
    at += piece.count * PRINT_WORDS;
  }
  return { words, count };
}

export function sizeOf(pieces: readonly Prints[]): number {
  return pieces.reduce((sum, { count }) => sum + count, 0);
}

/** The first part from hour `from` on such that it and all later ones hold no more than `most` posts; the newest at least. */
export function firstPart(store: Pick<NarrativeStore, 'closedSizes'>, from: number, most: number): PartPlace {
  let posts = 0;
  let first: PartPlace | undefined;
  for (const { hour, part, count } of store.closedSizes(from)) {
    posts += count;
    if (posts > most && first !== undefined) return first;
    first = { hour, part };
  }
  return { hour: from, part: 0 };
}
