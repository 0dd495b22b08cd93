import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../core/ports.js';
import { type Repeating, repeat } from './repeat.js';

/** What is made of what landed, beside the landing: grouping (group.ts) and counting (count-trends.ts). */
export interface LandedWork {
  /** Takes a piece of what landed; true while there is more. */
  take(): boolean;
  /**
   * Keeps what was found, in pieces of some ten milliseconds: nothing is done until they are asked for, and nothing may be
   * taken until the last is done.
   * @param settled nothing further of the hours that are over is on its way
   */
  close(settled: boolean): Iterable<unknown>;
  /** True where more is left to be kept than was at once, though nothing further lands. */
  isBehind?(): boolean;
}

/** Does all pieces at once, where nobody waits for a turn. */
export function atOnce(pieces: Iterable<unknown>): void {
  for (const _ of pieces);
}

/** A loop that joins what landed into narratives, and counts it, until it is closed. */
export interface GroupingLoop extends Repeating {
  /** Takes everything that landed and closes the hours that are over: nothing further of them is on its way. */
  settle(): Promise<void>;
}

const BUSY_MS = 50;
const IDLE_MS = 1_000;
const TROUBLE_MS = 5_000;
/** An hour is closed when nothing landed for so long. */
const QUIET_MS = 30_000;
/** Where something lands at all times, an hour is closed so often all the same: what comes late is a further part of it. */
const AT_LEAST_MS = 120_000;

/**
 * Starts it; trouble is reported and waited out: what landed stays in the log until it was worked on.
 * @param closesByItself false where a run ends and settles
 */
export function startGrouping(
  works: readonly LandedWork[],
  clock: Clock,
  report: (error: unknown) => void,
  closesByItself: boolean,
): GroupingLoop {
  let quietSince = clock.now();
  let settledAt = clock.now();
  let isSettled = true;
  /** What is not kept by then is found again in the log: a process that is to end does not work for minutes first. */
  let isEnding = false;
  /** True where any took something. */
  const takeAll = (): boolean => works.map((work) => work.take()).some(Boolean);
  const closeAll = async (settled: boolean): Promise<void> => {
    for (const work of works) {
      // Whoever lands, or works at the desk, has a turn in between.
      for (const _ of work.close(settled)) {
        await setImmediate();
        if (isEnding) return;
      }
    }
  };
  const round = async (): Promise<number> => {
    const now = clock.now();
    const isBusy = takeAll();
    if (isBusy) {
      quietSince = now;
      isSettled = false;
    }
    const isDue = now - quietSince >= QUIET_MS || now - settledAt >= AT_LEAST_MS;
    const closes = closesByItself && isDue;
    if (!isSettled) await closeAll(closes);
    if (closes) {
      isSettled = !works.some((work) => work.isBehind?.() === true);
      settledAt = now;
    }
    return isBusy ? BUSY_MS : IDLE_MS;
  };
  const loop = repeat(round, { clock, report, troubleMs: TROUBLE_MS });
  return {
    async settle() {
      await loop.close();
      while (takeAll()) {
        await closeAll(false);
        await setImmediate();
      }
      await closeAll(true);
    },
    async close() {
      isEnding = true;
      await loop.close();
    },
  };
}
