import { Cron } from 'croner';
import { RetryableError, ThrottledError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';

/** True for a cron expression that {@link nextRun} understands. */
export function isSchedule(expression: string): boolean {
  try {
    return new Cron(expression, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

/** The next time after `after` (ms epoch) at which an expression falls due in a zone; undefined when never again. */
export function nextRun(expression: string, zone: string, after: number): number | undefined {
  return new Cron(expression, { timezone: zone, paused: true }).nextRun(new Date(after))?.getTime();
}

/** How long after trouble that may pass (a full disk, a queue that is away) the work is tried again, ms. */
const TROUBLE_MS = 5_000;

/** What a schedule knows beside its times. */
export interface ScheduleOptions {
  /**
   * With it, a RetryableError of `work` is told and the work tried again soon, so that what should go on for months does not
   * end with a minute's trouble; without it, it is thrown.
   */
  readonly onTrouble?: (error: unknown) => void;
  /**
   * When the work was last done, by an earlier process, ms since the epoch: it is done at once only where it was due since
   * then. Without it, it is.
   */
  readonly lastAt?: number | undefined;
}

/**
 * Runs `work` now and then at every time the schedule names, one at a time: times missed while it was working or
 * the machine slept are caught up once, and a clock that is set back makes nobody wait for the time that it showed.
 * Without a schedule it runs once. Ends when the signal is aborted.
 * @param work may resolve to a time, ms since the epoch, before which it must not be done again: it is done then, whatever the
 *   schedule says
 */
export async function onSchedule(
  schedule: string | undefined,
  zone: string,
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<void> | Promise<number | undefined>,
  { onTrouble, lastAt }: ScheduleOptions = {},
): Promise<void> {
  if (schedule !== undefined && lastAt !== undefined && lastAt <= clock.now()) {
    if (!(await untilDue(schedule, zone, lastAt, clock, signal))) return;
  }
  for (;;) {
    const startedAt = clock.now();
    if (signal.aborted) return;
    let notBefore: number | undefined;
    try {
      notBefore = (await work()) ?? undefined;
    } catch (error) {
      if (onTrouble === undefined || !(error instanceof RetryableError)) throw error;
      onTrouble(error);
      const pause = error instanceof ThrottledError ? error.retryAfterMs : TROUBLE_MS;
      if (!(await slept(clock, Math.max(pause, TROUBLE_MS), signal))) return;
      continue;
    }
    if (notBefore !== undefined && !signal.aborted) {
      if (!(await untilTime(notBefore, clock, signal))) return;
      continue;
    }
    if (schedule === undefined || signal.aborted) return;
    if (!(await untilDue(schedule, zone, startedAt, clock, signal))) return;
  }
}

/** Whether a schedule named a time since the work was last done; always where that is not known. */
export function isDue(
  schedule: string | undefined,
  zone: string,
  lastAt: number | undefined,
  now: number,
): boolean {
  if (schedule === undefined || lastAt === undefined || lastAt > now) return true;
  const next = nextRun(schedule, zone, lastAt);
  return next !== undefined && next <= now;
}

/** False when the signal came first. A clock that is set back makes the wait no longer than it was. */
async function untilTime(time: number, clock: Clock, signal: AbortSignal): Promise<boolean> {
  let left = time - clock.now();
  while (left > 0) {
    const before = clock.now();
    const piece = Math.min(left, 60_000);
    if (!(await slept(clock, piece, signal))) return false;
    left -= Math.max(piece, clock.now() - before);
  }
  return true;
}

/** Timers hold at most 2^31-1 ms and clocks are set anew: sleeps in steps and looks again. False when it never is due. */
async function untilDue(
  schedule: string,
  zone: string,
  startedAt: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  let from = Math.min(startedAt, clock.now());
  for (;;) {
    const before = clock.now();
    const next = nextRun(schedule, zone, from);
    if (next === undefined) return false;
    if (next <= before) return true;
    if (!(await slept(clock, Math.min(next - before, 60_000), signal))) return false;
    // Set back: the time that was waited for may be far off now.
    if (clock.now() < before) from = clock.now();
  }
}

/** False when the signal came first. */
async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch {
    return false;
  }
}
