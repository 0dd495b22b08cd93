import type { QueueUpkeep } from '../core/desk-ports.js';
import type { Clock } from '../core/ports.js';

/** Texts a transaction: some ten milliseconds, in which whoever decides waits. */
const PIECE = 500;
/** Between pieces while texts wait, ms, so that others come in between; and when none does. */
const BUSY_MS = 20;
const IDLE_MS = 1_000;
const TROUBLE_MS = 5_000;

/** A loop that takes landed texts into the search until it is closed. */
export interface TextIndexing {
  close(): Promise<void>;
}

/** Starts it; trouble is reported and waited out, since texts that wait are searched as well, only slower. */
export function startTextIndexing(
  upkeep: Pick<QueueUpkeep, 'indexTexts'>,
  clock: Clock,
  report: (error: unknown) => void,
): TextIndexing {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      let wait = IDLE_MS;
      try {
        if (upkeep.indexTexts(PIECE).waiting > 0) wait = BUSY_MS;
      } catch (error) {
        report(error);
        wait = TROUBLE_MS;
      }
      await clock.sleep(wait, stop.signal).catch(() => undefined);
    }
  };
  const done = loop();
  return {
    async close() {
      stop.abort();
      await done;
    },
  };
}
