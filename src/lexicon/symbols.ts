/** The automaton's alphabet: what the characters of canonical text are to it. */

/** Symbols: letters 1..26, digits 27..36, `_` 37; then what only texts hold; boundaries come last. */
export const OTHER_WORD = 38;
export const SPACE = 39;
export const HYPHEN = 40;
export const HASH = 41;
/** Any other boundary (punctuation, line break): no pattern reaches over it. */
export const BREAK = 42;
export const FIRST_BOUNDARY = SPACE;

export const SYMBOLS = new Uint8Array(128).fill(BREAK);
for (let i = 0; i < 26; i++) SYMBOLS[97 + i] = 1 + i;
// Canonical text is lower-case; capitals are kept apart from boundaries in case one ever slips through.
for (let i = 0; i < 26; i++) SYMBOLS[65 + i] = OTHER_WORD;
for (let i = 0; i < 10; i++) SYMBOLS[48 + i] = 27 + i;
SYMBOLS[95] = 37;
SYMBOLS[64] = OTHER_WORD; // `@user` must never match a term `user`
SYMBOLS[32] = SPACE;
SYMBOLS[45] = HYPHEN;
SYMBOLS[35] = HASH;

/** Symbol of a character beyond ASCII: general and CJK punctuation part words, all else belongs to a word. */
export function wideSymbol(code: number): number {
  return code === 0xa0 || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f)
    ? BREAK
    : OTHER_WORD;
}

/** True where a word may start or end between this character and a letter. */
export function isBoundary(code: number): boolean {
  return (code < 128 ? SYMBOLS[code]! : wideSymbol(code)) >= FIRST_BOUNDARY;
}

/** Symbol of the character of canonical text at `at`. */
export function symbolAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? SYMBOLS[code]! : wideSymbol(code);
}
