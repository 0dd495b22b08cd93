/** What a row of the legal reference is: an offence, what is not punishable, a court's ruling, or how laws apply. */
export const LEGAL_KINDS = ['offence', 'limit', 'ruling', 'procedure'] as const;
export type LegalKind = (typeof LEGAL_KINDS)[number];

/** What of a row somebody has still to make sure of. */
export interface LegalDoubt {
  readonly what: 'from' | 'to' | 'text';
  /** In Indonesian, as the row is. */
  readonly why: string;
  /** With `to`, where the row names no end: from this day (ISO 8601 date) on it may no longer be in force. */
  readonly since?: string;
}

/**
 * A provision as dated data (lexicons/legal/*.json), in our own words and in Indonesian. A hint for people, never advice:
 * it counts as not reviewed until a lawyer has signed it ({@link LegalSignature}).
 */
export interface LegalRow {
  readonly id: string;
  readonly kind: LegalKind;
  readonly law: string;
  readonly article: string;
  readonly text: string;
  /** What has to be shown before it applies. */
  readonly element: string;
  /** ISO 8601 dates in Indonesian time; `to` is the first day on which it is no longer in force. */
  readonly inForce: { readonly from: string; readonly to?: string };
  readonly unsure?: readonly LegalDoubt[];
  /** Where it was promulgated or pronounced, and the official site. */
  readonly source: { readonly gazette: string; readonly url: string };
  /** Without which it must not be considered; shown with the row wherever the row is shown. */
  readonly condition?: string;
}

/** A row with the hash of its content: a changed row is another one, and unsigned. */
export interface LegalEntry {
  readonly row: LegalRow;
  /** SHA-256 of the row as canonical JSON, lower-case hex. */
  readonly hash: string;
}

/** That somebody with the right has read a row and answers for it. */
export interface LegalSignature {
  readonly row: string;
  /** {@link LegalEntry.hash} */
  readonly hash: string;
  /** Id of the user. */
  readonly user: number;
  /** The lawyer, as shown with the row. */
  readonly reviewer: string;
  /** ISO 8601 UTC */
  readonly at: string;
}

/** How a row stands on a day: in force, or perhaps no longer. */
export type LegalStanding = 'in-force' | 'unsure';

/** A row as it is shown for a post. */
export interface ShownLegal extends LegalEntry {
  readonly standing: LegalStanding;
  /** Absent: not reviewed by a lawyer. */
  readonly signature?: LegalSignature;
}

export interface LegalSignatureStore {
  /** Every signature, the latest last. */
  signatures(): readonly LegalSignature[];
  /** Keeps a signature for good. */
  sign(signature: Omit<LegalSignature, 'at'>, now: number): LegalSignature;
}
