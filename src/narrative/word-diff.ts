/** A stretch of two texts set against each other. */
export interface DiffPart {
  readonly text: string;
  /** In both, only in the second (`added`), or only in the first (`removed`). */
  readonly is: 'same' | 'added' | 'removed';
}

/** A word, a run of white space, or a run of marks. */
const PARTS = /[\p{L}\p{M}\p{N}_]+|\s+|[^\p{L}\p{M}\p{N}_\s]+/gu;
/** Parts of a text that are compared; what follows is told as differing where it does. */
const MOST_PARTS = 2_000;
/** Differences up to which the least are looked for; two texts further apart differ wholly between their ends. */
const MOST_DIFFERENCES = 200;

/**
 * How a text differs from another, word by word: Myers' greedy algorithm (1986), the fewest words changed. White space is
 * as good as any other. The parts that are not `removed` are the second text; neighbours of one kind are one part.
 */
export function wordDiff(first: string, second: string): readonly DiffPart[] {
  const a = partsOf(first);
  const b = partsOf(second);
  let begin = 0;
  while (begin < a.length && begin < b.length && isSame(a[begin]!, b[begin]!)) begin++;
  let endA = a.length;
  let endB = b.length;
  while (endA > begin && endB > begin && isSame(a[endA - 1]!, b[endB - 1]!)) {
    endA--;
    endB--;
  }
  const parts: DiffPart[] = [];
  const put = (is: DiffPart['is'], text: string): void => {
    const last = parts.at(-1);
    if (last?.is === is) parts[parts.length - 1] = { is, text: last.text + text };
    else if (text !== '') parts.push({ is, text });
  };
  put('same', b.slice(0, begin).join(''));
  for (const { is, text } of between(a.slice(begin, endA), b.slice(begin, endB))) put(is, text);
  put('same', b.slice(endB).join(''));
  return parts;
}

/** Beyond {@link MOST_PARTS} a text's rest is one part. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const { 0: part, index } of text.matchAll(PARTS)) {
    if (parts.length === MOST_PARTS) {
      parts.push(text.slice(index));
      break;
    }
    parts.push(part);
  }
  return parts;
}

function isSame(a: string, b: string): boolean {
  return a === b || (/^\s/.test(a) && /^\s/.test(b));
}

function between(a: readonly string[], b: readonly string[]): readonly DiffPart[] {
  const whole: readonly DiffPart[] = [
    { is: 'removed', text: a.join('') },
    { is: 'added', text: b.join('') },
  ];
  if (a.length === 0 || b.length === 0) return whole;
  const most = Math.min(MOST_DIFFERENCES, a.length + b.length);
  const width = 2 * most + 2;
  const zero = most + 1;
  const furthest = new Int32Array(width + 1);
  // What was furthest at each number of differences, to walk back by.
  const history: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    history.push(furthest.slice());
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && furthest[zero + k - 1]! < furthest[zero + k + 1]!);
      let x = down ? furthest[zero + k + 1]! : furthest[zero + k - 1]! + 1;
      while (x < a.length && x - k < b.length && isSame(a[x]!, b[x - k]!)) x++;
      furthest[zero + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, history, zero);
    }
  }
  return whole;
}

function walkBack(
  a: readonly string[],
  b: readonly string[],
  history: readonly Int32Array[],
  zero: number,
): readonly DiffPart[] {
  const parts: DiffPart[] = [];
  let x = a.length;
  let y = b.length;
  for (let d = history.length - 1; d >= 0; d--) {
    const furthest = history[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && furthest[zero + k - 1]! < furthest[zero + k + 1]!);
    const fromX = d === 0 ? 0 : furthest[zero + (down ? k + 1 : k - 1)]!;
    const fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      x--;
      y--;
      parts.push({ is: 'same', text: b[y]! });
    }
    if (d === 0) break;
    if (down) {
      y--;
      parts.push({ is: 'added', text: b[y]! });
    } else {
      x--;
      parts.push({ is: 'removed', text: a[x]! });
    }
  }
  return inOrder(parts.reverse());
}

/** Of a run of changes, what was taken out stands before what came in, so that a reader sees words and not crumbs. */
function inOrder(parts: readonly DiffPart[]): readonly DiffPart[] {
  const ordered: DiffPart[] = [];
  let removed: DiffPart[] = [];
  let added: DiffPart[] = [];
  const flush = (): void => {
    ordered.push(...removed, ...added);
    removed = [];
    added = [];
  };
  parts.forEach((part, at) => {
    if (part.is === 'removed') removed.push(part);
    else if (part.is === 'added') added.push(part);
    else if (
      /^\s+$/.test(part.text) &&
      removed.length + added.length > 0 &&
      isChange(parts[at - 1]) &&
      isChange(parts[at + 1])
    ) {
      // A space between two changed words belongs to both.
      removed.push({ is: 'removed', text: part.text });
      added.push({ is: 'added', text: part.text });
    } else {
      flush();
      ordered.push(part);
    }
  });
  flush();
  return ordered;
}

function isChange(part: DiffPart | undefined): boolean {
  return part !== undefined && part.is !== 'same';
}
