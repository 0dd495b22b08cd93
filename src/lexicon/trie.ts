import { SYMBOLS } from './symbols.js';

/** The patterns as a tree of symbols. Node 0 is the root; the children of a node are a list by rising symbol. */
export interface Trie {
  readonly nodeCount: number;
  /** First child of each node, and the next child of the same parent; 0 for none. */
  readonly child: Int32Array;
  readonly sibling: Int32Array;
  readonly symbol: Uint8Array;
  /** The pattern that ends at each node, plus one; 0 for none. */
  readonly pattern: Int32Array;
}

/**
 * Plants patterns made of the automaton's symbols.
 * @throws RangeError for a repeated one
 */
export function plantTrie(patterns: readonly string[]): Trie {
  const most = patterns.reduce((sum, { length }) => sum + length, 1);
  const child = new Int32Array(most);
  const sibling = new Int32Array(most);
  const symbol = new Uint8Array(most);
  const pattern = new Int32Array(most);
  let nodeCount = 1;
  // Forms of a term come one after the other, so that the way to the last one is a good part of the way to the next.
  const path = [0];
  let last = '';
  patterns.forEach((text, index) => {
    let depth = sharedPrefix(last, text);
    let node = path[depth]!;
    for (; depth < text.length; depth++) {
      const wanted = SYMBOLS[text.charCodeAt(depth)]!;
      let before = 0;
      let next = child[node]!;
      while (next !== 0 && symbol[next]! < wanted) {
        before = next;
        next = sibling[next]!;
      }
      if (next === 0 || symbol[next] !== wanted) {
        const added = nodeCount++;
        symbol[added] = wanted;
        sibling[added] = next;
        if (before === 0) child[node] = added;
        else sibling[before] = added;
        next = added;
      }
      node = next;
      path[depth + 1] = node;
    }
    if (pattern[node] !== 0) throw new RangeError(`repeated pattern: ${JSON.stringify(text)}`);
    pattern[node] = index + 1;
    last = text;
  });
  return { nodeCount, child, sibling, symbol, pattern };
}

function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let i = 0;
  while (i < most && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}
