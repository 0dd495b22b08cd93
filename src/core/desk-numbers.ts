/** What the desk counts, and what its pages of numbers, shifts and neutrality ask of the store. No account, no text. */
import type { Category, Level } from './assessment.js';
import type { QueueFilter } from './desk-ports.js';
import type { ReviewAct, Verdict } from './review.js';

type Scope = QueueFilter['scope'];

/** What decisions come to, as it is counted; `escalated` is a case that a second person approved. */
export const COUNTED_OUTCOMES = [
  'violation',
  'hoax',
  'escalated',
  'dismissed',
  'duplicate',
  'outOfScope',
] as const;
export type CountedOutcome = (typeof COUNTED_OUTCOMES)[number];

/** Decisions by what they came to; an undone one is taken out again. */
export type OutcomeCounts = Readonly<Record<CountedOutcome, number>>;

export interface HourNumbers extends OutcomeCounts {
  /** Hours since the epoch, of the landing or of the decision. */
  readonly hour: number;
  readonly landed: number;
}

/** Beginnings of measures; what follows is the value, e.g. `source:forum-warga`. '' counts everything once. */
export const MEASURES = [
  'level',
  'flag',
  'source',
  'language',
  'region',
  'target',
  /** Class of the time from post to desk, and from desk to decision: triage/delays.ts. */
  'arrive',
  'decide',
] as const;

export interface MeasureNumbers extends OutcomeCounts {
  readonly measure: string;
  readonly landed: number;
  /** Assessed and not brought to the desk; counted for everything and by target, over all regions together. */
  readonly passed: number;
}

/** What became of the items in which a rule or lexicon entry found something. */
export interface RuleNumbers {
  /** As findings name it, e.g. `slur-contoh`. */
  readonly rule: string;
  /** Violation, hoax or an approved case. */
  readonly upheld: number;
  readonly dismissed: number;
}

/** Two people's verdicts on one item, the second given blind. */
export interface BlindPair {
  readonly first: Verdict['kind'];
  readonly second: Verdict['kind'];
}

/** An act of a person on an item. */
export interface PersonAct {
  readonly item: number;
  readonly actor: string;
  readonly kind: ReviewAct['kind'];
  /** Of a decision. */
  readonly verdict?: Verdict['kind'];
}

export interface NumbersStore {
  /** By hour, `from <= hour < to`; hours without anything are absent. */
  hours(scope: Scope, from: number, to: number): readonly HourNumbers[];
  /** Sums of whole days (triage/days.ts), `from <= day < to`, by measure. */
  measures(scope: Scope, from: number, to: number): readonly MeasureNumbers[];
  /** The first hour that was counted; absent in an empty store. */
  firstHour(): number | undefined;
  /** Rules with at least `least` decisions since a day, rounded down to its week; over all regions. */
  rules(since: number, least: number): readonly RuleNumbers[];
  /** The newest finished blind reviews since a time (ms), at most `limit`. */
  blindPairs(scope: Scope, since: number, limit: number): readonly BlindPair[];
  /** What people did since a time (ms), in order; the newest `limit` of it. */
  acts(
    scope: Scope,
    since: number,
    limit: number,
  ): { readonly acts: readonly PersonAct[]; readonly more: boolean };
  /** Items that landed since a time (ms), by level; at most the newest `limit` are looked at. */
  landedSince(
    scope: Scope,
    since: number,
    limit: number,
  ): { readonly levels: Readonly<Record<Level, number>>; readonly more: boolean };
  /**
   * When the open items that wait longest landed (ms), by level, among the `limit` oldest of all; `to` is how far that
   * looked, absent when it looked at everything.
   */
  oldestOpen(
    scope: Scope,
    limit: number,
  ): { readonly levels: Readonly<Partial<Record<Level, number>>>; readonly to?: number };
  /** Posts assessed in part only since a time (ms), by source. */
  incomplete(since: number): readonly { readonly source: string; readonly n: number }[];
  /** Live claims on items of the scope, by user id. */
  claims(scope: Scope, now: number): readonly { readonly user: number; readonly items: number }[];
}

/** A decision to learn from: what a person concluded of a text. Stays on this machine. */
export interface DecidedText {
  readonly item: number;
  readonly text: string;
  readonly targets: readonly string[];
  readonly flags: readonly Category[];
  readonly verdict: Verdict;
}

export interface LearningStore {
  /**
   * Decisions that stand, newest first, at most `limit`: not undone, not reopened, not contradicted by a blind review,
   * and of posts whose text is still here.
   */
  decided(limit: number): Iterable<DecidedText>;
}

// ---------------------------------------------------------------------------------------------- shifts

/** The longest note on a shift, in UTF-16 units. */
export const MAX_SHIFT_NOTE_CHARS = 2_000;

/** What was left for the next shift of a unit. */
export interface ShiftEvent {
  readonly seq: number;
  /** ISO 8601 UTC */
  readonly at: string;
  readonly unit: string;
  /** Id of the user. */
  readonly actor: number;
  /** Absent on a mere note. */
  readonly handedOver?: {
    /** Id of the user who takes over. */
    readonly to: number;
    /** ISO 8601 UTC, when the shift began. */
    readonly since: string;
  };
  readonly note?: string;
}

export interface ShiftStore {
  add(event: Omit<ShiftEvent, 'seq' | 'at'>, now: number): ShiftEvent;
  /** Newest first, of these units; `limit` 1..200. */
  list(units: readonly string[] | 'all', limit: number): readonly ShiftEvent[];
  /** The newest hand-over of a unit. */
  lastHandOver(unit: string): ShiftEvent | undefined;
}
