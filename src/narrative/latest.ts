/** Wordings of a story that are kept at most, beside its first: with more, those of its latest posts. */
const MOST_OF_STORY = 5_000;
/** Wordings looked at before others have their turn. */
const TURN = 10_000;

/**
 * Which wordings to keep: those of the stories with the latest posts.
 * @param size how many there are; @param last when the newest post of each was made, seconds since the epoch
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
  const stories = new Map<number, number[]>();
  const newest = new Map<number, number>();
  for (let wording = 0; wording < size; wording++) {
    if (wording % TURN === TURN - 1) yield;
    const story = storyOf(wording);
    const own = stories.get(story);
    if (own === undefined) stories.set(story, [wording]);
    else own.push(wording);
    newest.set(story, Math.max(newest.get(story) ?? 0, last[wording]!));
  }
  const inOrder = [...newest].filter(([, at]) => at >= from).sort(([a, x], [b, y]) => y - x || b - a);
  yield;
  const kept = new Uint8Array(size);
  let left = most;
  for (const [story] of inOrder) {
    const [first, ...rest] = stories.get(story)!;
    if (rest.length > MOST_OF_STORY) {
      rest.sort((a, b) => last[b]! - last[a]! || b - a);
      rest.length = MOST_OF_STORY;
    }
    left -= rest.length + 1;
    if (left < 0 && left + rest.length + 1 < most) break;
    kept[first!] = 1;
    for (const wording of rest) kept[wording] = 1;
  }
  return kept;
}
