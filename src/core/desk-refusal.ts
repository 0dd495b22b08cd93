import { PermanentError } from './errors.js';

/** Who holds an item that was to be decided. */
export interface ClaimHolder {
  readonly item: number;
  readonly user: number;
  /** ISO 8601 UTC */
  readonly until: string;
}

/**
 * The desk refuses what was asked; nothing of it was done. Its kind is stable and part of the API; the sentence for people
 * stands in words/refusals.ts.
 */
export class DeskRefusal extends PermanentError {
  /** The item that it is about, where it is about one. */
  readonly item?: number;
  /** With `claim-lost`: who holds the items now. */
  readonly holders?: readonly ClaimHolder[];

  constructor(
    kind: string,
    message: string,
    { item, holders }: { item?: number; holders?: readonly ClaimHolder[] } = {},
  ) {
    super(kind, message);
    if (item !== undefined) this.item = item;
    if (holders !== undefined) this.holders = holders;
  }
}
