import { PermanentError } from './errors.js';

/** Why the desk refuses; the sentence for people stands in words/desk.ts. Refusals of triage/ come beside these. */
export const DESK_REFUSALS = [
  'forbidden',
  'no-item',
  'no-alert',
  'no-narrative',
  'bad-title',
  'same-narrative',
  'nothing-to-split',
  'bad-clarification',
  'no-clarification',
  'too-slow',
  'claim-lost',
  'key-reused',
  'bad-key',
  'too-many-items',
  'reason-missing',
  'note-missing',
  'note-too-long',
  'no-unit',
  'no-blind-review',
  'bad-login',
  'code-needed',
  'bad-code',
  'totp-required',
  'totp-there',
  'bad-link',
  'bad-password',
  'no-user',
  'bad-user-name',
  'last-admin',
] as const;

/** Who holds an item that was to be decided. */
export interface ClaimHolder {
  readonly item: number;
  readonly user: number;
  /** ISO 8601 UTC */
  readonly until: string;
}

/** The desk refuses what was asked; nothing of it was done. Its kind is stable and part of the API. */
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
