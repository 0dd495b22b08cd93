import { Cron } from 'croner';
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

/**
 * Runs `work` now and then at every time the schedule names, one at a time: times missed while it was working or
 * the machine slept are caught up once. Without a schedule it runs once. Ends when the signal is aborted.
 */
export async function onSchedule(
  schedule: string | undefined,
  zone: string,
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const startedAt = clock.now();
    if (signal.aborted) return;
    await work();
    if (schedule === undefined || signal.aborted) return;
    const next = nextRun(schedule, zone, startedAt);
    if (next === undefined) return;
    try {
      await sleepUntil(next, clock, signal);
    } catch {
      return;
    }
  }
}

/** Timers hold at most 2^31-1 ms and clocks are set anew: sleep in steps and look again. */
async function sleepUntil(time: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let left = time - clock.now(); left > 0; left = time - clock.now()) {
    await clock.sleep(Math.min(left, 60_000), signal);
  }
}
