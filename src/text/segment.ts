/** Words run together, as in a hashtag without capitals, cut apart where they are known words. */
import { isKnown, isRoot, isRootHashed } from './vocabulary.js';
import { HASH_PRIME, HASH_START, WordTable } from './word-table.js';

/** Longest row that is cut; a longer one is no hashtag that anybody reads. */
const LONGEST_ROW = 60;
const LONGEST_PART = 18;
/** Words of two letters that may stand in a row; others of the dictionary only make noise. */
const SHORT = new WordTable(['di', 'ke', 'si', 'ku', 'mu', 'ya', 'ga', 'gk']);
const FREQUENT = new WordTable(
  'yang dan ini itu kita kami aku kamu dia ganti tolak dukung bela usir lawan untuk dari anti pro save stop cinta bubarkan tangkap adili presiden indonesia jokowi prabowo rakyat islam mereka saya tidak jangan hidup selamat turunkan boikot kafir cina orang umat partai negara bangsa'.split(
    ' ',
  ),
);

const cost = new Float64Array(LONGEST_ROW + 1);
const cut = new Int32Array(LONGEST_ROW + 1);

/**
 * Ends of the words within `start`..`end`, the last being `end`; only `[end]` where the row is one known word or cannot
 * be cut into words that are (nearly) all known. The cheapest cut wins: few words, and long ones.
 */
export function segment(chars: Uint16Array, start: number, end: number): number[] {
  const length = end - start;
  if (length < 6 || length > LONGEST_ROW || isRoot(chars, start, end)) return [end];
  cost.fill(Number.POSITIVE_INFINITY, 0, length + 1);
  cost[0] = 0;
  for (let i = 0; i < length; i++) {
    const here = cost[i]!;
    if (here === Number.POSITIVE_INFINITY) continue;
    // A letter that belongs to no known word.
    if (here + 9 < cost[i + 1]!) {
      cost[i + 1] = here + 9;
      cut[i + 1] = i;
    }
    const last = Math.min(length, i + LONGEST_PART);
    let hash = Math.imul(HASH_START ^ chars[start + i]!, HASH_PRIME);
    for (let j = i + 2; j <= last; j++) {
      hash = Math.imul(hash ^ chars[start + j - 1]!, HASH_PRIME);
      const price = here + priceOf(chars, start + i, start + j, hash);
      if (price < cost[j]!) {
        cost[j] = price;
        cut[j] = i;
      }
    }
  }
  const ends: number[] = [];
  let unknown = 0;
  let row = 0;
  for (let j = length; j > 0; j = cut[j]!) {
    if (j - cut[j]! === 1) {
      unknown++;
      row++;
      // Letters of no word are one part, its end being the last of them.
      if (row > 1) continue;
    } else if (row > 0) {
      if (row < 3) return [end];
      row = 0;
    }
    ends.push(start + j);
  }
  if ((row > 0 && row < 3) || unknown * 3 > length || cost[length]! > 4 + length * 1.6) return [end];
  return ends.reverse();
}

function priceOf(chars: Uint16Array, start: number, end: number, hash: number): number {
  const length = end - start;
  if (length === 2) return SHORT.find(chars, start, end, hash) >= 0 ? 6 : 99;
  if (FREQUENT.find(chars, start, end, hash) >= 0) return 4;
  if (isRootHashed(chars, start, end, hash)) return length === 3 ? 9 : length === 4 ? 6.5 : 5;
  if (length >= 7 && isKnown(chars, start, end)) return 7;
  return 99;
}
