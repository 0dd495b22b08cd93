/** A published fact-check: what was claimed, what was found, and where it can be read. */
export interface Claim {
  readonly id: string;
  /** Title of the fact-check. */
  readonly title: string;
  /** The claim as it circulated, where the publisher gives it. */
  readonly claim?: string;
  /** As the publisher says it: `salah`, `false`, `misleading`. */
  readonly verdict?: string;
  readonly publisher: string;
  /** ISO 8601 date; empty where none is known. */
  readonly date: string;
  /** Empty where none is known. */
  readonly url: string;
}
