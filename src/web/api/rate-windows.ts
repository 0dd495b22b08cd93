/** Most callers that are counted at once; whoever comes beyond them is counted together. */
const MOST_CALLERS = 10_000;

/** How one caller stands. */
export interface RateStanding {
  readonly allowed: boolean;
  /** What is left in the window. */
  readonly left: number;
  /** Seconds until the window ends, at least 1. */
  readonly resetS: number;
}

/** Counts calls in windows of a fixed length, each caller's apart. */
export interface RateWindows {
  /** Counts one call. */
  take(caller: string, now: number): RateStanding;
  /** As {@link take}, without counting. */
  look(caller: string, now: number): RateStanding;
}

/** @param most calls within `windowMs` */
export function createRateWindows(most: number, windowMs: number): RateWindows {
  const windows = new Map<string, { since: number; n: number }>();
  const standing = (n: number, since: number, now: number): RateStanding => ({
    allowed: n <= most,
    left: Math.max(0, most - n),
    resetS: Math.max(1, Math.ceil((since + windowMs - now) / 1_000)),
  });
  const live = (caller: string, now: number) => {
    const window = windows.get(caller);
    return window !== undefined && now - window.since < windowMs ? window : undefined;
  };
  return {
    take(caller, now) {
      if (windows.size >= MOST_CALLERS && !windows.has(caller)) {
        for (const [name, { since }] of windows) if (now - since >= windowMs) windows.delete(name);
      }
      const name = windows.size >= MOST_CALLERS && !windows.has(caller) ? '' : caller;
      const window = live(name, now) ?? { since: now, n: 0 };
      window.n += 1;
      windows.set(name, window);
      return standing(window.n, window.since, now);
    },
    look(caller, now) {
      const window = live(caller, now);
      return standing((window?.n ?? 0) + 1, window?.since ?? now, now);
    },
  };
}
