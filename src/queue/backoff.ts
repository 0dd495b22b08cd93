import { kindOf, messageOf, PermanentError, ThrottledError } from '../core/errors.js';

/** Exponential backoff; all in milliseconds. */
export interface Backoff {
  /** Delay before the second attempt. */
  readonly baseMs: number;
  /** No delay is longer. */
  readonly maxMs: number;
  /** Share of a delay that is random, 0..1, so that jobs that failed together do not come back together. */
  readonly jitter: number;
}

export const DEFAULT_BACKOFF: Backoff = { baseMs: 1_000, maxMs: 300_000, jitter: 0.5 };
export const DEFAULT_MAX_ATTEMPTS = 5;
/** A worker that has not renewed its lease for so long is taken for dead. */
export const DEFAULT_LEASE_MS = 30_000;
/** Kind of a dead job whose workers died under it. */
export const WORKER_LOST = 'worker-lost';

const MAX_REASON = 2_000;

/**
 * Delay before the attempt that follows attempt number `attempt` (from 1).
 * Between `(1 - jitter) * d` and `d`, where `d = min(maxMs, baseMs * 2 ** (attempt - 1))`; whole milliseconds.
 *
 * @param random 0 (inclusive) to 1 (exclusive)
 */
export function backoffDelay(attempt: number, backoff: Backoff, random: number): number {
  const full = Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(Math.max(attempt, 1) - 1, 50));
  return Math.round(full * (1 - backoff.jitter * random));
}

/** What becomes of a job after its handler threw. */
export type Verdict =
  | { readonly next: 'retry'; readonly delayMs: number; readonly kind: string; readonly reason: string }
  /** The attempt is not counted. */
  | { readonly next: 'wait'; readonly delayMs: number; readonly kind: string; readonly reason: string }
  | { readonly next: 'bury'; readonly kind: string; readonly reason: string };

/** Decides by the error's class alone, see core/errors.ts. `attempt` is the one that failed, from 1. */
export function judge(error: unknown, attempt: number, maxAttempts: number, backoff: Backoff): Verdict {
  const kind = kindOf(error);
  const reason = shorten(messageOf(error));
  if (error instanceof ThrottledError) return { next: 'wait', delayMs: error.retryAfterMs, kind, reason };
  if (error instanceof PermanentError || attempt >= maxAttempts) return { next: 'bury', kind, reason };
  return { next: 'retry', delayMs: backoffDelay(attempt, backoff, Math.random()), kind, reason };
}

/** The reason kept with a job whose workers died. */
export function workerLostReason(attempts: number): string {
  return `the worker that held this job ended before the job was done, ${attempts} time${attempts === 1 ? '' : 's'}: look for a post in it that crashes or hangs the worker`;
}

function shorten(reason: string): string {
  return reason.length > MAX_REASON ? `${reason.slice(0, MAX_REASON)}…` : reason;
}
