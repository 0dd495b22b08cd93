/** Classes a doubling: a class is 19 % wide, so a value read back from one is at most some 9 % off. */
const STEPS = 4;
/** Some 68 years. */
const MOST_CLASS = 124;

/** The class of a delay in seconds: 0 below one second, else 1 + floor(4 log2 s). */
export function delayClass(seconds: number): number {
  if (!(seconds >= 1)) return 0;
  return Math.min(MOST_CLASS, 1 + Math.floor(STEPS * Math.log2(seconds)));
}

/** The middle of a class, seconds. */
export function delayOf(group: number): number {
  return group <= 0 ? 0.5 : 2 ** ((group - 0.5) / STEPS);
}

/**
 * A quantile (0..1) of delays counted by class, in seconds; undefined where there is none. The nearest-rank definition
 * over classes, so the value is the middle of the class that holds it.
 */
export function delayQuantile(counts: ReadonlyMap<number, number>, share: number): number | undefined {
  const groups = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  const all = groups.reduce((sum, [, n]) => sum + n, 0);
  const rank = Math.max(1, Math.ceil(share * all));
  let passed = 0;
  for (const [group, n] of groups) {
    passed += n;
    if (passed >= rank) return delayOf(group);
  }
  return undefined;
}
