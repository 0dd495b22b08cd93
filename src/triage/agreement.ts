/**
 * Statistics of decisions by people: shares with an interval, and agreement beyond chance. Pure; counts in, numbers out.
 */

/** A share with its interval, each 0..1. */
export interface Share {
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %. */
const Z = 1.959964;

/**
 * A share and its 95 % score interval (E. B. Wilson, 1927, "Probable inference, the law of succession, and statistical
 * inference", JASA 22); it stays within 0 and 1 and is sound for small counts. Undefined where nothing was counted.
 */
export function wilson(hits: number, of: number): Share | undefined {
  if (of <= 0) return undefined;
  const share = hits / of;
  const square = Z * Z;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const half = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return { of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Fewer decisions say too little for a comparison to be drawn attention to. */
const LEAST_COMPARED = 20;

/**
 * Whether a share stands apart from the whole that it is part of: its interval lies above or below the share of the
 * rest. With many rows some do by chance (one in twenty), so it asks for a look and proves nothing.
 */
export function standsApart(
  part: { readonly hits: number; readonly of: number },
  whole: { readonly hits: number; readonly of: number },
): 'above' | 'below' | undefined {
  const rest = { hits: whole.hits - part.hits, of: whole.of - part.of };
  const interval = wilson(part.hits, part.of);
  if (interval === undefined || part.of < LEAST_COMPARED || rest.of < LEAST_COMPARED) return undefined;
  const usual = rest.hits / rest.of;
  if (interval.low > usual) return 'above';
  return interval.high < usual ? 'below' : undefined;
}

/** Agreement of two reviewers on the same items. */
export interface Agreement {
  readonly pairs: number;
  /** Share of the pairs that agree, 0..1. */
  readonly observed: number;
  /** Share that would agree by chance, given how often each verdict was given, 0..1. */
  readonly expected: number;
  /** (observed - expected) / (1 - expected), -1..1; absent where everybody always gave the same verdict. */
  readonly kappa?: number;
  /** 95 % interval of kappa, by its large-sample standard error; absent with kappa. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** True where there are too few pairs for kappa to say much ({@link LEAST_PAIRS}). */
  readonly few: boolean;
}

/** Below this many pairs the large-sample error of kappa is no guide. */
export const LEAST_PAIRS = 50;

/**
 * Cohen's kappa (J. Cohen, 1960, "A coefficient of agreement for nominal scales", Educational and Psychological
 * Measurement 20) of pairs of labels, with that paper's standard error. Undefined without a pair.
 */
export function agreementOf(pairs: readonly (readonly [string, string])[]): Agreement | undefined {
  const n = pairs.length;
  if (n === 0) return undefined;
  const [firsts, seconds] = [new Map<string, number>(), new Map<string, number>()];
  let same = 0;
  for (const [first, second] of pairs) {
    firsts.set(first, (firsts.get(first) ?? 0) + 1);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
    if (first === second) same += 1;
  }
  const observed = same / n;
  let expected = 0;
  for (const [label, count] of firsts) expected += (count / n) * ((seconds.get(label) ?? 0) / n);
  const told = { pairs: n, observed, expected, few: n < LEAST_PAIRS };
  if (expected >= 1) return told;
  const kappa = (observed - expected) / (1 - expected);
  const error = Math.sqrt((observed * (1 - observed)) / n) / (1 - expected);
  return {
    ...told,
    kappa,
    interval: { low: Math.max(-1, kappa - Z * error), high: Math.min(1, kappa + Z * error) },
  };
}
