import { ThrottledError } from '../core/errors.js';

/** Units used on a day of the place, as a cursor keeps them. */
export interface UnitsUsed {
  /** `2026-11-22`, in the Pacific zone: a day of the quota ends at midnight there, summer or winter. */
  readonly day: string;
  readonly units: number;
}

const pacific = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day of the quota at a time (ms since the epoch). */
export function quotaDay(now: number): string {
  return pacific.format(now);
}

/** Milliseconds until that day ends: between 1 and 25 hours' worth. */
export function untilQuotaDayEnds(now: number): number {
  const day = quotaDay(now);
  let before = 0;
  let after = 26 * 3_600_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (quotaDay(now + middle) === day) before = middle;
    else after = middle;
  }
  return after;
}

/** Counts a source's units and stops before its share is used up. */
export class Quota {
  #used: UnitsUsed;
  readonly #limit: number;
  readonly #now: () => number;

  constructor(kept: unknown, limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
    const { day, units } = (typeof kept === 'object' && kept !== null ? kept : {}) as Partial<UnitsUsed>;
    const known = typeof day === 'string' && typeof units === 'number' && units >= 0;
    this.#used = known ? { day, units } : { day: quotaDay(now()), units: 0 };
  }

  get used(): UnitsUsed {
    return this.#used;
  }

  /** Takes a unit. @throws ThrottledError `quota-spent` where none is left today */
  take(source: string): void {
    const day = quotaDay(this.#now());
    if (day !== this.#used.day) this.#used = { day, units: 0 };
    if (this.#used.units >= this.#limit) {
      throw new ThrottledError(
        'quota-spent',
        `${source}: its ${this.#limit} units of YouTube's daily quota are used; it goes on after midnight Pacific time, or raise quota if your project has more`,
        untilQuotaDayEnds(this.#now()),
      );
    }
    this.#used = { day, units: this.#used.units + 1 };
  }

  /** The place says that nothing is left, whoever used it. */
  exhaust(): void {
    this.#used = { day: quotaDay(this.#now()), units: Math.max(this.#limit, this.#used.units) };
  }
}
