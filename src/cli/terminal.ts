import type { Io } from './commands/environment.js';

/** The process's own streams. A reader of standard output that goes away ends the process quietly. */
export function processIo(): Io {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    isRead: process.stdout.isTTY === true,
    columns: process.stdout.columns ?? process.stderr.columns ?? 120,
    input: process.stdin,
  };
}

/** Writes to standard output and waits while its reader is behind. */
export async function writeOut(text: string | Uint8Array): Promise<void> {
  if (text.length === 0 || process.stdout.write(text)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}

/**
 * A person who pressed Ctrl-C waits so long at most, ms; a service manager, which sends SIGTERM, gives what is under way
 * the time to end (systemd and containers are told 30 s).
 */
const GIVE_UP_MS = { SIGINT: 4_500, SIGTERM: 25_000 } as const;

/**
 * Aborted by the first SIGINT or SIGTERM. A second one, or the time above after the first, ends the process as it is:
 * what is under way is delivered again.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (sign: keyof typeof GIVE_UP_MS): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Error('stopped by a person or the system'));
    setTimeout(() => process.exit(130), GIVE_UP_MS[sign]).unref();
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  return controller.signal;
}

/** Resolves once the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
