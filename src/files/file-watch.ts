import type { Clock } from '../core/ports.js';

/** When files are looked at, and until when. */
export interface WatchTimes {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Time between two looks at the files, ms; default 2 000. */
  readonly intervalMs?: number;
}

/** What to look at, and whom to tell. */
export interface FileWatch<T> extends WatchTimes {
  /** What tells one state of the files from another; never throws. */
  readonly state: () => Promise<string> | string;
  readonly read: () => Promise<T> | T;
  /** Puts what was read in the old one's place, or throws and leaves the old one where it is. */
  readonly onChange: (read: T) => Promise<void> | void;
  /** Told once of each state of the files that could not be read or that `onChange` refused. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Watches files until `signal` is aborted, by looking at them: that works over any file system and through editors
 * that replace files, where change events do not. Pass as `since` the state from before the first reading.
 */
export async function watchFiles<T>(options: FileWatch<T>, since: string): Promise<void> {
  const { clock, signal, intervalMs = 2_000 } = options;
  let known = since;
  while (!signal.aborted) {
    try {
      await clock.sleep(intervalMs, signal);
    } catch {
      return;
    }
    const state = await options.state();
    if (state === known || signal.aborted) continue;
    try {
      const read = await options.read();
      // A writer may still be at work: what was read counts once the files have stood still while it was read.
      if ((await options.state()) !== state) continue;
      known = state;
      await options.onChange(read);
    } catch (error) {
      known = state;
      options.onFault(error);
    }
  }
}
