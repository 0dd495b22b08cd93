import type { Assessment } from './assessment.js';
import type { ItemState } from './item.js';
import type { Judged } from './review.js';

/** The shown text of a kept item with what it was assessed as. */
export interface KeptText {
  readonly item: number;
  /** The revision that was read; an item that shows another one by now is left alone. */
  readonly revision: number;
  readonly state: ItemState;
  readonly text: string;
  readonly judged: Judged;
}

/** Going over what is kept with another lexicon or model. */
export interface RescoreStore {
  /** Items whose shown revision landed at `since` (ms) or later, after an item, in order; withdrawn ones apart. */
  keptTexts(since: number, after: number, limit: number): readonly KeptText[];
  /**
   * Puts a new assessment in the place of the old one, with the priority that follows, and a review event that says so.
   * Status and stage stay. `lands` false: an open item that no person touched is kept no longer than what is not flagged.
   * @returns false where the item changed in the meantime: it is left as it is
   */
  rescore(kept: KeptText, assessment: Assessment, lands: boolean, now: number): boolean;
  /** Notes the whole in the audit chain. */
  noteRescored(details: Readonly<Record<string, string | number>>, now: number): void;
}
