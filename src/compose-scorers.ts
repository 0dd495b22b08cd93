import { type ChildProcess, fork } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.js';
import { OutOfSpaceError, RetryableError } from './core/errors.js';
import { type Meter, NO_METER, type ScoredTally } from './core/operations.js';

/** The argument that makes workers/score.js the scorer of a `run` or `batch`: it then waits for its {@link ScorerOrder}. */
export const SCORER_OF_RUN = 'of-run';

/** What a scorer is told by its parent. */
export type ScorerOrder = { readonly type: 'start'; readonly config: Config } | { readonly type: 'stop' };

/** What a scorer says to its parent. */
export type ScorerMessage =
  | { readonly type: 'ready' }
  /** It waits: no room on a disk. */
  | { readonly type: 'out-of-space'; readonly message: string }
  /** What it assessed since it last said so. */
  | { readonly type: 'scored'; readonly tally: ScoredTally }
  | { readonly type: 'failed'; readonly kind: string; readonly message: string };

/** A scorer that has not ended so long after it was told to is killed; its batch is delivered again. */
const PATIENCE_MS = 3_000;
/**
 * A scorer makes much that lives for one batch. With V8's usual room for it its heap grows to three times what it needs;
 * held so, it takes 50 MB less at nearly the same speed (measured over 40,000 posts).
 */
const HEAP = ['--max-semi-space-size=8', '--heap-growing-percent=30'];
/** So many scorers may die within {@link DEATHS_WITHIN_MS} and be started anew at once; after that each waits, ms. */
const MAX_DEATHS = 5;
const DEATHS_WITHIN_MS = 600_000;
const PAUSE_MS = 10_000;

/** What whoever started scorers is told. */
export interface ScorersTell {
  onError(error: unknown): void;
  onRestart(): void;
  onScored(tally: ScoredTally): void;
}

/** How often a scorer tells its parent what it did, ms: a message a batch would cost more than it says. */
const TELL_MS = 5_000;

/** In a scorer: gathers what it counts and says it from time to time. */
export function tellingMeter(say: (message: ScorerMessage) => void): Meter {
  const none = { batches: 0, landed: 0, passed: 0, incomplete: 0, seconds: 0 };
  let sum: ScoredTally = none;
  setInterval(() => {
    if (sum.batches > 0) say({ type: 'scored', tally: sum });
    sum = none;
  }, TELL_MS).unref();
  return {
    ...NO_METER,
    scored(tally) {
      sum = {
        batches: sum.batches + tally.batches,
        landed: sum.landed + tally.landed,
        passed: sum.passed + tally.passed,
        incomplete: sum.incomplete + tally.incomplete,
        seconds: sum.seconds + tally.seconds,
      };
    },
  };
}

/**
 * Starts scorers and keeps them: one that dies is started anew, its batch delivered again by the queue. Each is a
 * process: what kills one (memory, a fault in an addon) leaves the run and the others alone. However often they die, they
 * are started again: a batch that kills them is buried after some deliveries, and what comes after it has to be scored.
 * @param ending aborted when they are not wanted any more: those that are not ready yet are killed, since they hold nothing
 *   and may take long to load on a busy machine
 * @returns once all are ready, or `ending` came first; `close` lets each finish what it holds
 * @throws RetryableError kind `scorer-failed` with what the scorer said when one cannot start
 */
export async function startScorers(
  config: Config,
  count: number,
  { onError, onRestart, onScored }: ScorersTell,
  ending?: AbortSignal,
): Promise<{ close(): Promise<void> }> {
  let closing = ending?.aborted === true;
  let deaths: number[] = [];
  const pausing = new Set<NodeJS.Timeout>();
  const running = new Set<ChildProcess>();
  const loading = new Set<ChildProcess>();
  const leave = (): void => {
    closing = true;
    for (const timer of pausing) clearTimeout(timer);
    for (const scorer of loading) scorer.kill('SIGKILL');
  };
  ending?.addEventListener('abort', leave, { once: true });

  const start = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (closing) {
        resolve();
        return;
      }
      const scorer = fork(fileURLToPath(new URL('../workers/score.js', import.meta.url)), [SCORER_OF_RUN], {
        serialization: 'advanced',
        execArgv: [...process.execArgv, ...HEAP],
        // Standard output belongs to the command; what a scorer has to say goes to its log.
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      running.add(scorer);
      loading.add(scorer);
      const order: ScorerOrder = { type: 'start', config };
      scorer.send(order);
      let ready = false;
      const failed = (why: string): RetryableError =>
        new RetryableError('scorer-failed', `A scorer could not start: ${why}.`);
      scorer.on('message', (message: ScorerMessage) => {
        if (message.type === 'ready') {
          ready = true;
          loading.delete(scorer);
          resolve();
        } else if (message.type === 'out-of-space') onError(new OutOfSpaceError(message.message));
        else if (message.type === 'scored') onScored(message.tally);
        else reject(failed(message.message));
      });
      scorer.on('error', (error) => {
        onError(error);
        reject(failed(error.message));
      });
      scorer.on('exit', (status, killedBy) => {
        running.delete(scorer);
        loading.delete(scorer);
        if (closing) resolve();
        else if (!ready) reject(failed(`it ended with ${killedBy ?? status}`));
        else startAgain();
      });
    });

  const startAgain = (): void => {
    const now = performance.now();
    deaths = [...deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now];
    const pauseMs = deaths.length > MAX_DEATHS ? PAUSE_MS : 0;
    if (pauseMs > 0) {
      const found = `${deaths.length} scorers died within ${DEATHS_WITHIN_MS / 60_000} minutes`;
      onError(new RetryableError('scorer-failed', `${found}; the next is started in ${PAUSE_MS / 1_000} s.`));
    }
    const timer = setTimeout(() => {
      pausing.delete(timer);
      onRestart();
      start().catch((error: unknown) => {
        if (closing) return;
        onError(error);
        startAgain();
      });
    }, pauseMs);
    pausing.add(timer);
  };

  await Promise.all(Array.from({ length: count }, start));
  return {
    async close() {
      leave();
      await Promise.all([...running].map(end));
    },
  };
}

async function end(scorer: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => scorer.once('exit', () => resolve()));
  const order: ScorerOrder = { type: 'stop' };
  // One that has just died has no channel; its exit is on the way.
  if (scorer.connected) scorer.send(order, () => undefined);
  const timer = setTimeout(() => void scorer.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}
