/** Words one letter apart, found by what both become when a letter is taken out. */

const BASE = 0x01000193;

/** Hashes of the word and of the word with each of its letters taken out. */
export function deletions(word: string): number[] {
  const hashes = [hashOf(word, -1)];
  for (let out = 0; out < word.length; out++) {
    const hash = hashOf(word, out);
    if (!hashes.includes(hash)) hashes.push(hash);
  }
  return hashes;
}

function hashOf(word: string, out: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < word.length; i++) if (i !== out) hash = Math.imul(hash ^ word.charCodeAt(i), BASE);
  return hash;
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
