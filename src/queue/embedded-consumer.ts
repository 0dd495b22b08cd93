import type { Clock } from '../core/ports.js';
import type { ConsumeOptions, Consumer, Job } from '../core/queue-ports.js';
import { type Backoff, backoffDelay, judge, WORKER_LOST, workerLostReason } from './backoff.js';
import type { Committer } from './committer.js';
import type { JobTable, TakenRow } from './embedded-table.js';
import type { WorkerWatch } from './worker-watch.js';

const POLL_MIN_MS = 5;
const POLL_MAX_MS = 100;
/** Between tries to write down an outcome while the database cannot be written. */
const SETTLE_RETRY_MS = 500;

export interface ConsumerParts {
  readonly queue: number;
  readonly table: JobTable;
  readonly committer: Committer;
  readonly watch: WorkerWatch;
  readonly clock: Clock;
  readonly maxAttempts: number;
  readonly backoff: Backoff;
  /** Grows when another process has written. */
  readonly dataVersion: () => number;
  readonly onClosed: () => void;
}

interface Delivery {
  readonly row: TakenRow;
  readonly abort: AbortController;
  /** False once the job was given back or lost: what the handler answers is then nobody's. */
  ours: boolean;
}

/** One consumer of one embedded queue: takes jobs as it has hands free and writes down what became of them. */
export class EmbeddedConsumer<T> implements Consumer {
  readonly #parts: ConsumerParts;
  readonly #handler: (job: Job<T>, signal: AbortSignal) => Promise<void>;
  readonly #options: ConsumeOptions<T>;
  readonly #concurrency: number;
  readonly #deliveries = new Set<Delivery>();
  /** Deliveries that still take up a hand: handled, or with an outcome that could not be written yet. */
  #open = 0;
  #taking = false;
  /** Something happened since the last look that another process's writes would not tell of. */
  #mayHaveWork = true;
  #closing = false;
  #forced = false;
  #worker: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pollMs = POLL_MIN_MS;
  #seenVersion = -1;
  #onDrained: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(
    parts: ConsumerParts,
    handler: (job: Job<T>, signal: AbortSignal) => Promise<void>,
    options: ConsumeOptions<T>,
  ) {
    this.#parts = parts;
    this.#handler = handler;
    this.#options = options;
    this.#concurrency = Math.max(1, options.concurrency ?? 1);
    // Takes at once, also on an empty queue: that registers the worker, which then looks after the others.
    this.#fill();
  }

  /** There may be work: looks at once. */
  wake(): void {
    this.#mayHaveWork = true;
    this.#pollMs = POLL_MIN_MS;
    this.#fill();
  }

  close(options: { force?: boolean } = {}): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#timer);
    if (options.force === true && !this.#forced) {
      this.#forced = true;
      this.#giveBackAll();
    }
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onDrained = resolve;
      this.#checkDrained();
    });
    const worker = this.#worker;
    if (worker !== undefined) {
      this.#parts.watch.leave(worker);
      await this.#parts.committer
        .commit(() => this.#parts.table.workers.remove(worker))
        .catch((error: unknown) => this.#trouble(error));
    }
    this.#parts.onClosed();
  }

  #checkDrained(): void {
    if (this.#deliveries.size === 0 && !this.#taking) this.#onDrained?.();
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#closing) this.#timer = setTimeout(() => this.#poll(), ms);
  }

  /** Idle: looks whether anything changed before it looks for work, and for work before it takes the lock. */
  #poll(): void {
    if (this.#taking || this.#closing) return;
    try {
      const { table, queue, clock, dataVersion } = this.#parts;
      const version = dataVersion();
      const due = table.nextDue(queue) ?? Number.POSITIVE_INFINITY;
      const changed = this.#mayHaveWork || version !== this.#seenVersion || due <= clock.now();
      this.#seenVersion = version;
      this.#mayHaveWork = false;
      if (changed && table.hasWork(queue, clock.now())) {
        this.wake();
        return;
      }
      const untilDue = due - clock.now();
      this.#schedule(untilDue > 0 ? Math.min(this.#pollMs, untilDue) : this.#pollMs);
      this.#pollMs = Math.min(POLL_MAX_MS, this.#pollMs * 2);
    } catch (error) {
      this.#trouble(error);
      this.#mayHaveWork = true;
      this.#schedule(POLL_MAX_MS);
    }
  }

  #fill(): void {
    if (this.#closing || this.#open >= this.#concurrency) return;
    if (this.#taking) {
      this.#mayHaveWork = true;
      return;
    }
    this.#taking = true;
    clearTimeout(this.#timer);
    this.#take().then(
      ({ rows, all }) => {
        this.#taking = false;
        for (const row of rows) void this.#deliver(row);
        this.#checkDrained();
        const free = this.#open < this.#concurrency;
        if (free && (this.#mayHaveWork || !all)) this.#fill();
        else this.#schedule(free ? this.#pollMs : POLL_MAX_MS);
      },
      (error: unknown) => {
        this.#taking = false;
        this.#trouble(error);
        this.#mayHaveWork = true;
        this.#schedule(SETTLE_RETRY_MS);
        this.#checkDrained();
      },
    );
  }

  /** `all` when nothing was left to take. */
  async #take(): Promise<{ rows: readonly TakenRow[]; all: boolean }> {
    const { table, queue, committer, clock } = this.#parts;
    const worker = await this.#register();
    return committer.commit(() => {
      const wanted = this.#closing ? 0 : Math.max(0, this.#concurrency - this.#open);
      this.#mayHaveWork = false;
      const rows = wanted === 0 ? [] : table.take(queue, worker, wanted, clock.now());
      return { rows, all: rows.length < wanted };
    });
  }

  async #register(): Promise<number> {
    if (this.#worker !== undefined) return this.#worker;
    this.#worker = await this.#parts.watch.join(() => this.#lost());
    return this.#worker;
  }

  /** Others took us for dead and have our jobs. */
  #lost(): void {
    this.#worker = undefined;
    for (const delivery of this.#deliveries) {
      delivery.ours = false;
      delivery.abort.abort(new Error('the lease was lost: another worker has this job'));
    }
  }

  async #deliver(row: TakenRow): Promise<void> {
    const delivery: Delivery = { row, abort: new AbortController(), ours: true };
    this.#deliveries.add(delivery);
    if (this.#closing) {
      this.#giveBack(delivery);
      return;
    }
    this.#open += 1;
    const write = await this.#outcome(delivery);
    this.#open -= 1;
    const written = delivery.ours ? this.#settle(delivery, write) : undefined;
    // Asked for in the same turn, the next take shares the transaction of this outcome.
    this.#fill();
    await written;
    this.#deliveries.delete(delivery);
    this.#checkDrained();
  }

  /** Works on the job; resolves to the step that writes down what became of it. Never rejects. */
  async #outcome({ row, abort }: Delivery): Promise<() => unknown> {
    const { table, clock, maxAttempts, backoff } = this.#parts;
    let job: Job<T> | undefined;
    try {
      job = {
        id: row.id,
        lane: row.lane,
        payload: JSON.parse(row.body) as T,
        attempt: row.attempts,
        enqueuedAt: row.enqueuedAt,
      };
      if (row.spent) {
        const why = { kind: WORKER_LOST, reason: workerLostReason(row.attempts) };
        return await this.#bury(row, job, why);
      }
      await this.#handler(job, abort.signal);
      return () => table.done(row);
    } catch (error) {
      const verdict = judge(error, row.attempts, maxAttempts, backoff);
      if (verdict.next === 'bury') return this.#bury(row, job, verdict);
      return () =>
        table.putOff(
          row,
          {
            delayMs: verdict.delayMs,
            counted: verdict.next === 'retry',
            kind: verdict.kind,
            reason: verdict.reason,
          },
          clock.now(),
        );
    }
  }

  async #bury(
    row: TakenRow,
    job: Job<T> | undefined,
    why: { kind: string; reason: string },
  ): Promise<() => unknown> {
    const { table, clock, backoff } = this.#parts;
    try {
      if (job !== undefined) await this.#options.onDead?.(job, { kind: why.kind, reason: why.reason });
    } catch (error) {
      this.#trouble(error);
      const delayMs = backoffDelay(row.attempts, backoff, Math.random());
      // Uncounted, so that it is judged the same when it comes again; a spent job was not counted when taken.
      return () => table.putOff(row, { delayMs, counted: row.spent, ...why }, clock.now());
    }
    return () => table.bury(row, why, clock.now());
  }

  /** Writes an outcome down, as often as it takes: a full disk must not make done work undone. */
  async #settle(delivery: Delivery, write: () => unknown): Promise<void> {
    const written = await this.#tryToWrite(delivery, write);
    if (written) return;
    // It takes up a hand until it is written: with nothing written down, no more is begun.
    this.#open += 1;
    do await new Promise((resolve) => setTimeout(resolve, SETTLE_RETRY_MS));
    while (delivery.ours && !(await this.#tryToWrite(delivery, write)));
    this.#open -= 1;
    this.#fill();
  }

  async #tryToWrite(delivery: Delivery, write: () => unknown): Promise<boolean> {
    try {
      await this.#parts.committer.commit(() => (delivery.ours ? write() : undefined));
      return true;
    } catch (error) {
      this.#trouble(error);
      return false;
    }
  }

  #giveBackAll(): void {
    for (const delivery of this.#deliveries) this.#giveBack(delivery);
  }

  #giveBack(delivery: Delivery): void {
    if (!delivery.ours) {
      // Another worker has it already: nothing to give back, and no answer to wait for.
      this.#deliveries.delete(delivery);
      this.#checkDrained();
      return;
    }
    delivery.ours = false;
    delivery.abort.abort(new Error('the consumer is closing'));
    this.#parts.committer
      .commit(() => this.#parts.table.giveBack(delivery.row))
      // Not written: given back with the worker's row, or when its lease runs out.
      .catch((error: unknown) => this.#trouble(error))
      .finally(() => {
        this.#deliveries.delete(delivery);
        this.#checkDrained();
      });
  }

  #trouble(error: unknown): void {
    this.#options.onError?.(error);
  }
}
