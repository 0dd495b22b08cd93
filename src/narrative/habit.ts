/**
 * What is usual, and how unlikely what is not. Counts that come by chance around a habit that itself varies are negative
 * binomial: variance m + m² / size. Habits are medians over earlier days, so that one day of noise does not become usual;
 * what the days leave open about the habit widens it (a gamma prior of half a post).
 */

/** Posts to be expected, and how widely they vary. */
export interface Habit {
  readonly mean: number;
  readonly size: number;
}

/** Counts of earlier days, as they were and as they would be at the volume of now, in the first places of each. */
export interface Samples {
  readonly posts: Float64Array;
  readonly scaled: Float64Array;
  count: number;
}

/** Posts seen before anything was seen. */
const PRIOR = 0.5;
/** Variation of habits where too few keys tell of it: hours differ by some 70 % of their mean. */
export const USUAL_SIZE = 2;
const SIZES = { least: 1, most: 50 } as const;
const LEAST_KEYS = 20;
/** Days and posts a day in the mean from which a key tells how widely habits vary. */
const LEAST_DAYS = 3;
const LEAST_MEAN = 3;

/**
 * The habit that counts of earlier days speak of; undefined without any.
 * @param width how many times as long as what is to be judged each sample is
 * @param size variation of habits, {@link sizeOf}
 */
export function habitOf({ posts, scaled, count }: Samples, width: number, size: number): Habit | undefined {
  if (count === 0) return undefined;
  let [all, allScaled] = [0, 0];
  for (let i = 0; i < count; i++) {
    all += posts[i]!;
    allScaled += scaled[i]!;
  }
  const volume = all > 0 ? allScaled / all : 1;
  const unsure = (PRIOR / (count * width)) * Math.max(volume, 1);
  const seen = middleOf(posts, count) * count;
  return { mean: middleOf(scaled, count) / width + unsure, size: 1 / (1 / size + 1 / (PRIOR + seen)) };
}

const sorted = new Float64Array(64);

/** Median of the first so many. */
function middleOf(values: Float64Array, count: number): number {
  for (let i = 0; i < count; i++) {
    let at = i;
    const value = values[i]!;
    for (; at > 0 && sorted[at - 1]! > value; at--) sorted[at] = sorted[at - 1]!;
    sorted[at] = value;
  }
  const middle = count >> 1;
  return count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How widely a key varies over its days, by their moments; undefined where they are too few to tell. */
export function spreadOf({ scaled, count }: Samples): number | undefined {
  if (count < LEAST_DAYS) return undefined;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += scaled[i]!;
  const mean = sum / count;
  if (mean < LEAST_MEAN) return undefined;
  let squares = 0;
  for (let i = 0; i < count; i++) squares += (scaled[i]! - mean) ** 2;
  return (squares / (count - 1) - mean) / (mean * mean);
}

/** How widely habits vary: the median of what many keys say ({@link spreadOf}). */
export function sizeOf(spreads: readonly number[]): number {
  if (spreads.length < LEAST_KEYS) return USUAL_SIZE;
  return Math.min(SIZES.most, Math.max(SIZES.least, 1 / Math.max(1e-9, median(spreads))));
}

/** From so many posts on a sum of all lesser chances takes longer than the fraction below. */
const LEAST_FRACTION = 16;

/** Chance of `n` or more by habit. */
export function chanceOfMore(n: number, { mean, size }: Habit): number {
  if (n <= 0) return 1;
  const q = mean / (mean + size);
  if (n >= LEAST_FRACTION && q < (n + 1) / (n + size + 2)) {
    return Math.max(fractionBeyond(n, size, q), Number.MIN_VALUE);
  }
  let term = (1 - q) ** size;
  let below = 0;
  for (let k = 0; k < n; k++) {
    below += term;
    term *= (q * (size + k)) / (k + 1);
  }
  if (below < 0.999) return Math.max(0, 1 - below);
  // So far out the rest is summed itself: 1 - below would be nothing but rounding.
  let rest = 0;
  for (let k = n; term > rest * 1e-12 && k < n + 100_000; k++) {
    rest += term;
    term *= (q * (size + k)) / (k + 1);
  }
  return Math.max(rest, Number.MIN_VALUE);
}

const MOST_STEPS = 300;

/**
 * The same as an incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, evaluated as by Lentz),
 * which is quick where `q` is less than about n / (n + size).
 */
function fractionBeyond(n: number, size: number, q: number): number {
  const ends = n * Math.log(q) + size * Math.log1p(-q);
  const beta = logGamma(n) + logGamma(size) - logGamma(n + size);
  let c = 1;
  let d = 1 / (1 - ((n + size) * q) / (n + 1));
  let fraction = d;
  for (let m = 1; m < MOST_STEPS; m++) {
    const even = (m * (size - m) * q) / ((n + 2 * m - 1) * (n + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(n + m) * (n + size + m) * q) / ((n + 2 * m) * (n + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-10) break;
  }
  return (Math.exp(ends - beta) * fraction) / n;
}

/** Logarithm of the gamma function of `x` > 0, by Stirling's series from 8 on. */
function logGamma(x: number): number {
  let shift = 1;
  let at = x;
  for (; at < 8; at++) shift *= at;
  const square = 1 / (at * at);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
}

/** Chance of `n` or fewer by habit. */
export function chanceOfLess(n: number, { mean, size }: Habit): number {
  const q = mean / (mean + size);
  let term = (1 - q) ** size;
  let below = 0;
  for (let k = 0; k <= n; k++) {
    below += term;
    term *= (q * (size + k)) / (k + 1);
  }
  return Math.min(1, Math.max(below, Number.MIN_VALUE));
}

/**
 * The greatest chance that is still told, so that of all that is told no more than `rate` is expected to be chance
 * (Benjamini and Hochberg 1995); 0 where nothing is to be told.
 * @param chances of everything that was looked at, but for ones; @param looked how much that was
 */
export function toldBelow(chances: ArrayLike<number>, looked: number, rate: number): number {
  // Of so many none is told that is above the threshold for so many, of those left none above theirs, and so on.
  for (let left = chances.length; ; ) {
    const threshold = (rate * left) / looked;
    let below = 0;
    let greatest = 0;
    for (let i = 0; i < chances.length; i++) {
      const chance = chances[i]!;
      if (chance > threshold) continue;
      below++;
      if (chance > greatest) greatest = chance;
    }
    if (below === left) return greatest;
    left = below;
  }
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
