import type { Counts } from '../../core/batch.js';
import type { CommandEnvironment } from './environment.js';

/** Shows how far a run got: one line rewritten on a terminal, a plain line now and then elsewhere. */
export interface Progress {
  update(counts: Counts, fraction?: number): void;
  /** Ends the line, so that what is written next stands on its own. */
  end(): void;
}

/** Shows nothing: for timers, whose standard error is for trouble. */
export const NO_PROGRESS: Progress = { update: () => {}, end: () => {} };

/** Least time between two updates, ms: a person's eye on a terminal, a log's patience elsewhere. */
const TERMINAL_MS = 100;
const PLAIN_MS = 5_000;

/** @param now milliseconds of a clock that only rises */
export function createProgress({ io, words }: CommandEnvironment, now: () => number): Progress {
  let shownAt = Number.NEGATIVE_INFINITY;
  let open = false;
  let last = '';
  return {
    update(counts, fraction) {
      if (now() - shownAt < (io.interactive ? TERMINAL_MS : PLAIN_MS)) return;
      const line = `${fraction === undefined ? '' : `${bar(fraction)} `}${words.progress(counts)}`;
      if (line === last) return;
      shownAt = now();
      last = line;
      open = io.interactive;
      io.err(io.interactive ? `\r\u001b[2K${line.slice(0, io.columns - 1)}` : `${line}\n`);
    },
    end() {
      if (open) io.err('\r\u001b[2K');
      open = false;
    },
  };
}

function bar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * 20);
  return `[${'█'.repeat(full)}${'·'.repeat(20 - full)}] ${String(Math.round(fraction * 100)).padStart(3)} %`;
}
