/** Words in one shingle. */
const SHINGLE_WORDS = 3;
/** Smallest hashes kept of a text; texts that share one are compared. */
const SKETCH = 6;
/** Share of common shingles from which two texts are the same but for details. */
const SAME = 0.5;

/**
 * Numbers the groups of near-duplicate texts, so that no text is tested on what its twin has taught.
 * @returns for each text the index of the first text of its group
 */
export function groupNearDuplicates(texts: readonly string[]): Int32Array {
  const shingles = texts.map(shinglesOf);
  const parent = Int32Array.from(texts.keys());
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root]!;
    parent[index] = root;
    return root;
  };
  const holders = new Map<number, number[]>();
  shingles.forEach((set, index) => {
    const sketch = [...set].sort((a, b) => a - b).slice(0, SKETCH);
    for (const hash of sketch) {
      const others = holders.get(hash);
      if (others === undefined) {
        holders.set(hash, [index]);
        continue;
      }
      for (const other of others) {
        const [a, b] = [find(other), find(index)];
        if (a !== b && similarity(set, shingles[other]!) >= SAME) parent[Math.max(a, b)] = Math.min(a, b);
      }
      if (others.length < 20) others.push(index);
    }
  });
  return parent.map((_, index) => find(index));
}

function shinglesOf(text: string): Set<number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const found = new Set<number>();
  const last = Math.max(1, words.length - SHINGLE_WORDS + 1);
  for (let i = 0; i < last; i += 1) {
    let hash = 0x811c9dc5;
    for (const word of words.slice(i, i + SHINGLE_WORDS)) {
      for (let k = 0; k < word.length; k += 1) hash = Math.imul(hash ^ word.charCodeAt(k), 0x01000193);
      hash = Math.imul(hash ^ 32, 0x01000193);
    }
    found.add((Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) ^ (hash >>> 7)) >>> 0);
  }
  return found;
}

function similarity(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let common = 0;
  for (const item of a) if (b.has(item)) common += 1;
  return common / (a.size + b.size - common);
}
