import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../core/ports.js';
import type { Grouper } from './group.js';

/** A loop that joins what landed into narratives until it is closed. */
export interface GroupingLoop {
  /** Takes everything that landed and closes the hours that are over: nothing further of them is on its way. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const BUSY_MS = 50;
const IDLE_MS = 1_000;
const TROUBLE_MS = 5_000;
/** An hour is closed when nothing landed for so long. */
const QUIET_MS = 30_000;

/**
 * Starts it; trouble is reported and waited out: what landed stays in the log until it was grouped.
 * @param closesByItself false where a run ends and settles
 */
export function startGrouping(
  grouper: Grouper,
  clock: Clock,
  report: (error: unknown) => void,
  closesByItself: boolean,
): GroupingLoop {
  const stop = new AbortController();
  let quietSince = clock.now();
  let isSettled = true;
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      let wait = IDLE_MS;
      try {
        if (grouper.take()) {
          wait = BUSY_MS;
          quietSince = clock.now();
          isSettled = false;
        }
        const isQuiet = closesByItself && clock.now() - quietSince >= QUIET_MS;
        if (!isSettled) grouper.close(isQuiet);
        if (isQuiet) isSettled = true;
      } catch (error) {
        report(error);
        wait = TROUBLE_MS;
      }
      await clock.sleep(wait, stop.signal).catch(() => undefined);
    }
  };
  const done = loop();
  return {
    async settle() {
      stop.abort();
      await done;
      while (grouper.take()) {
        grouper.close(false);
        await setImmediate();
      }
      grouper.close(true);
    },
    async close() {
      stop.abort();
      await done;
    },
  };
}
