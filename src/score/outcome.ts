import type { Category, Context } from '../core/assessment.js';
import type { Mark } from './scene.js';

/**
 * What a rule says of a post. `against` is the group, camp or office that is struck; hostility to a group also
 * counts as hate and, on grounds of ethnicity, religion, race, nationality or region, as SARA (combine.ts).
 */
export interface Charge {
  readonly type: 'charge';
  readonly rule: string;
  readonly category: Category;
  /** Further categories that the same evidence speaks for. */
  readonly also?: readonly Category[];
  /** Canonical offsets of the evidence, the name of whom it strikes included where it stands near. */
  readonly start: number;
  readonly end: number;
  /** 0..1 */
  readonly weight: number;
  /** Key in words/reasons.ts. */
  readonly reason: string;
  readonly against?: Mark;
}

/** A frame that took the sting from something, with where it stands. */
export interface Framed {
  readonly type: 'framed';
  readonly context: Context;
}

export type Outcome = Charge | Framed;
