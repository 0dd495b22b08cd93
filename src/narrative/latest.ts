/** Wordings of a story that are kept at most, beside its first: with more, those of its latest posts. */
const MOST_OF_STORY = 5_000;
/** Wordings looked at before others have their turn. */
const TURN = 10_000;
/** Numbers of wordings stay below. */
const NUMBERS = 2 ** 21;

/**
 * Which wordings to keep: those of the stories with the latest posts.
 * @param size how many there are, below 2^21; @param last when the newest post of each was made, seconds since the epoch
 * @param storyOf the wording that a wording's story began with
 * @param most to keep in all, the first story's apart; @param from when a story's last post was made at the earliest
 * @returns by wording, 1 of those to keep, else 0
 */
export function* latestOf(
  size: number,
  last: Uint32Array,
  storyOf: (wording: number) => number,
  most: number,
  from: number,
): Generator<undefined, Uint8Array> {
  const newest = new Uint32Array(size);
  const counts = new Int32Array(size);
  for (let wording = 0; wording < size; wording++) {
    if (wording % TURN === TURN - 1) yield;
    const story = storyOf(wording);
    counts[story]!++;
    newest[story] = Math.max(newest[story]!, last[wording]!);
  }
  const inOrder = new Float64Array(size);
  let stories = 0;
  for (let story = 0; story < size; story++) {
    if (counts[story]! > 0 && newest[story]! >= from) inOrder[stories++] = newest[story]! * NUMBERS + story;
  }
  const order = inOrder.subarray(0, stories).sort();
  yield;
  const isKept = new Uint8Array(size);
  let left = most;
  for (let i = stories - 1; i >= 0; i--) {
    const story = order[i]! % NUMBERS;
    left -= Math.min(counts[story]!, MOST_OF_STORY + 1);
    if (left < 0 && i < stories - 1) break;
    isKept[story] = 1;
  }
  yield;
  const kept = new Uint8Array(size);
  const long = new Map<number, number[]>();
  for (let wording = 0; wording < size; wording++) {
    const story = storyOf(wording);
    if (isKept[story] === 0) continue;
    kept[wording] = 1;
    if (counts[story]! <= MOST_OF_STORY + 1 || wording === story) continue;
    const others = long.get(story);
    if (others === undefined) long.set(story, [wording]);
    else others.push(wording);
  }
  for (const others of long.values()) {
    others.sort((a, b) => last[b]! - last[a]! || b - a);
    for (const wording of others.slice(MOST_OF_STORY)) kept[wording] = 0;
  }
  return kept;
}
