/** Words one letter apart, found by what both become when a letter is taken out. */

const BASE = 0x01000193;
/** Powers of the base, and sums over the letters so far, for words of up to so many letters. */
const LONGEST = 64;
const powers = new Int32Array(LONGEST + 1);
powers[0] = 1;
for (let i = 1; i <= LONGEST; i++) powers[i] = Math.imul(powers[i - 1]!, BASE);

/**
 * Hashes of the word and of the word with each of its letters taken out, each once where letters are doubled.
 * None for a word of more than 64 letters.
 */
export function deletions(word: string): number[] {
  const { length } = word;
  if (length > LONGEST) return [];
  let whole = 0;
  for (let i = 0; i < length; i++) whole = (Math.imul(whole, BASE) + word.charCodeAt(i)) | 0;
  const hashes = [whole];
  let before = 0;
  let after = whole;
  for (let out = 0; out < length; out++) {
    const code = word.charCodeAt(out);
    // What stands before the letter moves up by one place; what stands behind keeps its own.
    after = (after - Math.imul(code, powers[length - 1 - out]!)) | 0;
    if (out === 0 || code !== word.charCodeAt(out - 1)) {
      hashes.push((Math.imul(before, powers[length - 1 - out]!) + after) | 0);
    }
    before = (Math.imul(before, BASE) + code) | 0;
  }
  return hashes;
}

/** True where a letter added, dropped, changed, or two neighbours swapped make one word the other. */
export function oneEditApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let from = 0;
  while (from < short.length && short.charCodeAt(from) === long.charCodeAt(from)) from++;
  if (short.length < long.length) return short.slice(from) === long.slice(from + 1);
  if (short.slice(from + 1) === long.slice(from + 1)) return true;
  return (
    short.charCodeAt(from) === long.charCodeAt(from + 1) &&
    short.charCodeAt(from + 1) === long.charCodeAt(from) &&
    short.slice(from + 2) === long.slice(from + 2)
  );
}
