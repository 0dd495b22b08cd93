import { setMaxListeners } from 'node:events';
import { loadavg } from 'node:os';

/* What a long measurement says, and what ends it early. */

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Aborted when the measurement is told to end. */
export function endedBySignal(): AbortController {
  const stop = new AbortController();
  // Every partner listens to it.
  setMaxListeners(0, stop.signal);
  for (const sign of ['SIGINT', 'SIGTERM'] as const) process.once(sign, () => stop.abort(new Error(sign)));
  return stop;
}

/** Load averages of the machine over 1, 5 and 15 minutes. */
export function loadText(): string {
  return loadavg()
    .map((each) => each.toFixed(1))
    .join(' ');
}
