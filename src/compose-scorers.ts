import { Worker } from 'node:worker_threads';
import type { Config } from './config.js';
import { OutOfSpaceError, RetryableError } from './core/errors.js';

/** What a scoring thread is started with. */
export interface ScorerData {
  readonly config: Config;
}

/** What a scoring thread says to its parent. */
export type ScorerMessage =
  | { readonly type: 'ready' }
  /** It waits: no room on a disk. */
  | { readonly type: 'out-of-space'; readonly message: string }
  | { readonly type: 'failed'; readonly kind: string; readonly message: string };

/** A thread that has not ended so long after it was told to is ended as it is; its batch is delivered again. */
const PATIENCE_MS = 3_000;
/** Threads started anew after a crash, at most, before the run is told. */
const MAX_RESTARTS = 5;

/**
 * Starts scoring threads and keeps them: one that dies is started anew, its batch delivered again by the queue.
 * @returns once all are ready; `close` lets each finish what it holds
 * @throws RetryableError kind `scorer-failed` with what the thread said when one cannot start
 */
export async function startScorers(
  config: Config,
  count: number,
  onError: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  let closing = false;
  let restarts = 0;
  const running = new Set<Worker>();

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const data: ScorerData = { config };
      const thread = new Worker(new URL('../workers/score.js', import.meta.url), { workerData: data });
      running.add(thread);
      let ready = false;
      thread.on('message', (message: ScorerMessage) => {
        if (message.type === 'ready') {
          ready = true;
          resolve();
        } else if (message.type === 'out-of-space') onError(new OutOfSpaceError(message.message));
        else
          reject(new RetryableError('scorer-failed', `A scoring thread could not start: ${message.message}`));
      });
      thread.on('error', (error) => {
        onError(error);
        reject(error);
      });
      thread.on('exit', () => {
        running.delete(thread);
        if (closing || !ready) return;
        restarts += 1;
        if (restarts > MAX_RESTARTS) {
          onError(
            new RetryableError(
              'scorer-failed',
              'Scoring threads keep dying; nothing scores until a restart.',
            ),
          );
          return;
        }
        start().catch(onError);
      });
    });

  await Promise.all(Array.from({ length: count }, start));
  return {
    async close() {
      closing = true;
      await Promise.all([...running].map(end));
    },
  };
}

async function end(thread: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  thread.postMessage('stop');
  const timer = setTimeout(() => void thread.terminate(), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}
