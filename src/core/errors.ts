/**
 * Errors decide what happens next by their class, never by their text:
 * - {@link RetryableError}: try again later with backoff (a time-out, a 503, a lock held elsewhere);
 * - {@link ThrottledError}: try again, not before `retryAfterMs` (a 429, a spent quota);
 * - {@link PermanentError}: never try again as it is (a body that is no feed, a forbidden address).
 * Anything else that is thrown is a defect; the queue retries it a bounded number of times and then buries it.
 *
 * A message says what happened, to what, and what to do.
 */
export abstract class RondaError extends Error {
  /** Stable machine-readable kind, kebab-case, e.g. `body-too-large`; counted in metrics and shown to people. */
  readonly kind: string;

  constructor(kind: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.name = new.target.name;
  }
}

/** The same step may succeed when it is tried again. */
export class RetryableError extends RondaError {}

/** The place asks for patience: try again, but not before `retryAfterMs` milliseconds from now (at least 0). */
export class ThrottledError extends RetryableError {
  readonly retryAfterMs: number;

  constructor(kind: string, message: string, retryAfterMs: number, options?: ErrorOptions) {
    super(kind, message, options);
    this.retryAfterMs = Math.max(0, retryAfterMs);
  }
}

/** No room on a disk: everything that writes waits until a person made some; nothing is lost, nothing goes on. */
export class OutOfSpaceError extends ThrottledError {
  constructor(message: string, options?: ErrorOptions) {
    super('disk-full', message, 5_000, options);
  }
}

/** Trying again cannot help: the input, the configuration or the place itself must change first. */
export class PermanentError extends RondaError {}

/** The command cannot run as asked (wrong configuration, store of a newer version, lease held): exit status 2. */
export class CannotRunError extends PermanentError {}

/** The text of anything thrown, for a log line or a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The machine-readable kind of anything thrown; `defect` for what is not one of ours. */
export function kindOf(error: unknown): string {
  return error instanceof RondaError ? error.kind : 'defect';
}
