import type { Clock } from '../core/ports.js';

/** Work that is done again and again until it is closed. */
export interface Repeating {
  /** Resolves once what is under way has ended; nothing is begun any more. */
  close(): Promise<void>;
}

export interface RepeatOptions {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Told of trouble, which is waited out. */
  readonly report: (error: unknown) => void;
  /** After trouble, ms. */
  readonly troubleMs: number;
}

/** Does `work`, waits for as long as it says (ms), and does it again; the signal says that it is being closed. */
export function repeat(
  work: (signal: AbortSignal) => Promise<number> | number,
  { clock, report, troubleMs }: RepeatOptions,
): Repeating {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      let wait = troubleMs;
      try {
        wait = await work(stop.signal);
      } catch (error) {
        report(error);
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
