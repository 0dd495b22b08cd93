import type { Category, Versions } from './assessment.js';
import type { LeaseHolder } from './queue-ports.js';

/**
 * What the machinery tells of itself as it works, for whoever counts (telemetry/metrics.ts). Nothing of a post goes in:
 * numbers, and words of Ronda's own (kinds of errors, stages, states).
 */
export interface Meter {
  /** Posts put on the queue of the scorers. */
  queued(posts: number): void;
  /** Rows that could not become posts. */
  rejected(rows: number): void;
  /** A request or stream that ended: `ok`, `not-modified`, or the kind of its error. */
  fetched(outcome: string): void;
  /** A collection of a source that ended: `ok`, `stopped`, `paused`, or the kind of its error. */
  collected(outcome: string): void;
  scored(tally: ScoredTally): void;
  landed(tally: LandedTally): void;
  scorerRestarted(): void;
  /** A person's or the system's event at an item, by kind. */
  reviewed(kind: string): void;
  claimed(items: number): void;
  /** An alert that went out, or the kind of error for which it did not. */
  alerted(outcome: string): void;
  /** Batches of scorers whose lexicon, model or rules are older than the newest at work. */
  scoredByOlder(batches: number): void;
}

export interface ScoredTally {
  readonly batches: number;
  /** Posts that land, that pass, and of both those assessed in part only. */
  readonly landed: number;
  readonly passed: number;
  readonly incomplete: number;
  /** Seconds that assessing took, all batches together. */
  readonly seconds: number;
}

export interface LandedTally {
  readonly landed: number;
  readonly passed: number;
  readonly seen: number;
  readonly failed: number;
  readonly incomplete: number;
  readonly withdrawn: number;
  /** Of those landed: counted with an item of the same text; absent where there are none. */
  readonly copies?: number;
  /** Seconds from the collecting of each post that landed to its being at the desk. */
  readonly lags: readonly number[];
}

/** Counts nothing. */
export const NO_METER: Meter = {
  queued() {},
  rejected() {},
  fetched() {},
  collected() {},
  scored() {},
  landed() {},
  scorerRestarted() {},
  reviewed() {},
  claimed() {},
  alerted() {},
  scoredByOlder() {},
};

/** A part of a process that must work before the process is of use. */
export interface PartState {
  readonly part: string;
  readonly ready: boolean;
  /** Why it is not, or what it does instead (a lander that stands by). */
  readonly why?: string;
}

/** A lease's row, and whether its holder is known to live. */
export interface SeenLease extends LeaseHolder {
  /** False where its process has ended; true also where that cannot be seen (another host). */
  readonly alive: boolean;
}

/** What scorers of one host assessed with, as their batches came in. Times are ms since the epoch. */
export interface ScorerVersions {
  readonly worker: string;
  readonly versions: Versions;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly batches: number;
}

/** What a candidate lexicon or model would have made of posts beside the live one: numbers only. */
export interface ShadowTally {
  readonly posts: number;
  /** Posts whose flags or level differ. */
  readonly changed: number;
  /** Posts that would land and do not, and the other way round. */
  readonly wouldLand: number;
  readonly wouldPass: number;
  /** Posts that the candidate assessed in part only: left out of the rest. */
  readonly incomplete: number;
  readonly added: Readonly<Partial<Record<Category, number>>>;
  readonly dropped: Readonly<Partial<Record<Category, number>>>;
}

/** {@link ShadowTally} with what was compared, as a scorer hands it over. */
export interface ShadowBatch extends ShadowTally {
  /** Rules, lexicon and model, as a word. */
  readonly live: string;
  readonly candidate: string;
}

/** All that a candidate came to beside one live version. */
export interface ShadowRun extends ShadowBatch {
  /** ISO 8601 UTC */
  readonly firstAt: string;
  readonly lastAt: string;
}

/** What the store knows of the machinery. */
export interface OperationsStore {
  lease(name: string): SeenLease | undefined;
  /** Items that somebody works on. */
  liveClaims(now: number): number;
  /** Seen since `since` (ms), latest first; at most 1 000. */
  scorerVersions(since: number): readonly ScorerVersions[];
  /** Latest first; at most 20. */
  shadowRuns(): readonly ShadowRun[];
  /** Forgets the comparisons made so far; how many. */
  clearShadow(): number;
}
