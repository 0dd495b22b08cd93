/** What is kept for good in the audit chain. */
export const AUDIT_KINDS = [
  'name-unsealed',
  'decided',
  'second-opinion-asked',
  'undone',
  'escalation-proposed',
  'escalation-approved',
  'escalation-refused',
  'released',
  'reopened',
  'handed-over',
  'reviewed-blind',
  'note',
  'withdrawn',
  'returned',
  'exported',
  'login',
  'login-failed',
  'logout',
  'password-set',
  'totp-set',
  'totp-removed',
  'user-added',
  'user-changed',
  'user-disabled',
  'user-enabled',
  'user-reset',
  'token-made',
  'token-revoked',
  'lexicon-changed',
  'source-changed',
  'legal-signed',
  'shift-noted',
  'shift-handed-over',
  'alert-acknowledged',
  'alerts-retried',
  'dead-retried',
  'dead-dropped',
  'purged',
  'erased',
  'rescored',
  'narrative-renamed',
  'narrative-merged',
  'narrative-split',
  'clarification-noted',
  'clarification-removed',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Values that an audit event may hold: ids, numbers, reasons; never text of a post or a handle. */
export type AuditValue = string | number | boolean | readonly (string | number)[];

/** What is to be recorded. */
export interface NewAuditEvent {
  /** Id of the user as text, or `system`. */
  readonly actor: string;
  readonly kind: AuditKind;
  /** What it was done to, e.g. `item:17`, `user:3`; at most 200 characters. */
  readonly subject: string;
  /** At most 4 096 bytes as JSON. */
  readonly details?: Readonly<Record<string, AuditValue>>;
}

export interface AuditEvent extends NewAuditEvent {
  /** 1 for the first, then one more each: a missing number is a missing event. */
  readonly seq: number;
  /** ISO 8601 UTC */
  readonly at: string;
  readonly details: Readonly<Record<string, AuditValue>>;
  /** Hash of the event before, lower-case hex; zeros for the first. */
  readonly previous: string;
  /** SHA-256 of the event's canonical JSON (every field but this one), lower-case hex. */
  readonly hash: string;
}

/** The last event at some moment: kept elsewhere, it proves later that nothing was cut off or changed before it. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** What checking the chain came to. */
export type AuditCheck =
  | { readonly ok: true; readonly events: number; readonly head: AuditHead }
  | {
      readonly ok: false;
      /** Number of the first event that is wrong or missing. */
      readonly seq: number;
      readonly fault: 'changed' | 'missing' | 'broken-link' | 'cut-tail' | 'other-head';
    };
