import type { Clock } from '../core/ports.js';
import type { SourceWatchStore } from '../core/source.js';

/** How often a collection under way looks whether its source was paused, ms. */
const LOOK_MS = 5_000;
/** How often a collection that goes on for long, a stream, is noted as listening, ms; several times an hour. */
const NOTE_MS = 600_000;

export interface LookedAfter {
  /** Aborted with the caller's signal, and when the source is paused. */
  readonly signal: AbortSignal;
  isPaused(): boolean;
  end(): void;
}

/**
 * Looks after a collection while it is under way: ends it when a person pauses the source, and notes from time to time
 * that the source is listened to, so that hours without posts are known for silence.
 */
export function lookAfter(
  options: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly ownRun?: boolean;
    readonly cursors: Pick<SourceWatchStore, 'isSourcePaused' | 'noteWatched'>;
  },
  source: string,
): LookedAfter {
  const { clock, cursors } = options;
  const paused = new AbortController();
  const ended = new AbortController();
  const look = async (): Promise<void> => {
    let notedAt = clock.now();
    for (;;) {
      try {
        await clock.sleep(LOOK_MS, ended.signal);
      } catch {
        return;
      }
      if (cursors.isSourcePaused(source)) {
        paused.abort(new Error(`${source} was paused`));
        return;
      }
      if (clock.now() - notedAt < NOTE_MS) continue;
      notedAt = clock.now();
      cursors.noteWatched(source, notedAt);
    }
  };
  // A store that cannot be read or written is told of by the next commit; until then the collection goes on.
  if (options.ownRun !== true) look().catch(() => undefined);
  return {
    signal: AbortSignal.any([options.signal, paused.signal]),
    isPaused: () => paused.signal.aborted,
    end: () => ended.abort(),
  };
}
