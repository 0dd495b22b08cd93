import { type Tokens, wordIdsOf } from '../text/tokenise.js';
import { CANONICAL_WORDS, MOST_WORD_IDS, NO_ID } from '../text/word-ids.js';
import { numberAt, ROLES_OF, WORD_OF } from './known-words.js';

/* What rules know of words by themselves, worked out once for each word that comes and then known by its id. */

/** By word id: the word's number and one more, 0 for a word that was not read yet; its stem's number; its roles. */
const numberById = new Int32Array(MOST_WORD_IDS);
const stemById = new Int32Array(MOST_WORD_IDS);
const rolesById = new Int32Array(MOST_WORD_IDS);
let era = 0;

/**
 * Reads the tokens' words: each with its number, that of its stem under `-lah` or `-nya`, and its roles, which a word
 * without any takes from its stem under `-lah`, `-nya`, `-kah`.
 */
export function readWords(
  text: string,
  tokens: Tokens,
  words: string[],
  numbers: Int32Array,
  stems: Int32Array,
  roles: Int32Array,
): void {
  const ids = wordIdsOf(text, tokens);
  if (era !== CANONICAL_WORDS.era) {
    era = CANONICAL_WORDS.era;
    numberById.fill(0);
  }
  for (let t = 0; t < tokens.count; t++) {
    const start = tokens.start[t]!;
    const end = tokens.end[t]!;
    const id = ids[t]!;
    if (numberById[id] === 0 || id === NO_ID) readWord(id, text, start, end);
    const number = numberById[id]! - 1;
    words[t] = number === 0 ? text.slice(start, end) : WORD_OF[number]!;
    numbers[t] = number;
    stems[t] = stemById[id]!;
    roles[t] = rolesById[id]!;
  }
}

function readWord(id: number, text: string, start: number, end: number): void {
  const number = numberAt(text, start, end);
  let role = ROLES_OF[number]!;
  let stem = 0;
  const clitic = end - start > 3 ? cliticAt(text, end) : NO_CLITIC;
  if (clitic !== NO_CLITIC) {
    const bare = numberAt(text, start, end - 3);
    if (clitic !== ASKING) stem = bare;
    if (role === 0 && end - start > 5) role = ROLES_OF[bare]!;
  }
  numberById[id] = number + 1;
  stemById[id] = stem;
  rolesById[id] = role;
}

const NO_CLITIC = 0;
const PLAIN = 1;
const ASKING = 2;

/** What the word that ends at `end` ends in: `-lah` or `-nya`, `-kah`, or none of them. */
function cliticAt(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  const middle = text.charCodeAt(end - 2);
  const first = text.charCodeAt(end - 3);
  if (last === 104)
    return middle !== 97 ? NO_CLITIC : first === 108 ? PLAIN : first === 107 ? ASKING : NO_CLITIC;
  return last === 97 && middle === 121 && first === 110 ? PLAIN : NO_CLITIC;
}
