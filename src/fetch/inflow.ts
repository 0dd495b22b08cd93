import { RetryableError } from '../core/errors.js';

/** Where a connection puts what it receives; once the stream is over, it is put nowhere. */
export interface Sink<T> {
  /** `bytes` as received. */
  push(value: T, bytes: number): void;
  /** Something came, a comment or a ping too. */
  heard(): void;
  /** The place has ended the stream. */
  end(): void;
  fail(error: Error): void;
}

/** What a stream does to its connection. */
export interface Connection {
  /** Stops reading from the place until {@link resume}. */
  pause(): void;
  resume(): void;
  /** Closes the socket now; may be called again. */
  close(): void;
}

export interface InflowOptions<T> {
  /** The URL as it may be shown. */
  readonly place: string;
  /** Beyond so many bytes received and not yet asked for, reading stops. */
  readonly maxBufferedBytes: number;
  /** Silence, while reading, after which the connection is given up, ms. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
  /** Opens the connection; `signal` is aborted when nobody wants it any more. */
  readonly connect: (sink: Sink<T>, signal: AbortSignal) => Promise<Connection>;
}

/** What an entry costs in memory beside its own bytes, so that many empty ones are counted too. */
const ENTRY_BYTES = 64;
/** What may still come of what was read when reading was stopped: a piece off the socket, full of small entries. */
const OVERSHOOT_BYTES = 4_000_000;

/**
 * What a connection pushes in, given out as it is asked for. Connects at the first question; reading from the place
 * stops while the buffer is full, and goes on when half of it is read. What was received before an end or a fault is
 * given out before it. `return()` and the signal close the connection at once, even while a question is open.
 * @throws RetryableError `stream-idle`; `stream-overrun` when a connection goes on though it was told to stop;
 * whatever the connection fails with; the signal's reason
 */
export class Inflow<T> implements AsyncIterableIterator<T>, Sink<T> {
  readonly #options: InflowOptions<T>;
  readonly #unwanted = new AbortController();
  readonly #waiting: { resolve: (result: IteratorResult<T>) => void; reject: (error: unknown) => void }[] =
    [];
  #entries: { readonly value: T; readonly bytes: number }[] = [];
  #read = 0;
  #bytes = 0;
  #connection: Connection | undefined;
  #started = false;
  #paused = false;
  #over = false;
  #fault: { readonly error: unknown } | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: InflowOptions<T>) {
    this.#options = options;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T>> {
    this.#start();
    const entry = this.#entries[this.#read];
    if (entry !== undefined) {
      this.#take(entry.bytes);
      return Promise.resolve({ done: false, value: entry.value });
    }
    if (this.#fault !== undefined) {
      const { error } = this.#fault;
      this.#fault = undefined;
      return Promise.reject(error);
    }
    if (this.#over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<T>> {
    this.#started = true;
    this.#forget();
    this.#finish(undefined);
    return Promise.resolve({ done: true, value: undefined });
  }

  push(value: T, bytes: number): void {
    if (this.#over) return;
    const asker = this.#waiting.shift();
    if (asker !== undefined) {
      asker.resolve({ done: false, value });
      return;
    }
    const cost = bytes + ENTRY_BYTES;
    this.#entries.push({ value, bytes: cost });
    this.#bytes += cost;
    const { maxBufferedBytes, place } = this.#options;
    if (this.#bytes > maxBufferedBytes + OVERSHOOT_BYTES) {
      const reason = `${place}: sent more than is read of it, and does not wait; go on from what was read last`;
      this.#finish({ error: new RetryableError('stream-overrun', reason) });
    } else if (this.#bytes >= maxBufferedBytes && !this.#paused) {
      this.#paused = true;
      this.#listen(false);
      this.#connection?.pause();
    }
  }

  heard(): void {
    if (!this.#over && !this.#paused) this.#idle?.refresh();
  }

  end(): void {
    this.#finish(undefined);
  }

  fail(error: unknown): void {
    this.#finish({ error });
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const { signal, connect } = this.#options;
    if (signal.aborted) {
      this.#finish({ error: signal.reason });
      return;
    }
    signal.addEventListener('abort', this.#abort);
    connect(this, this.#unwanted.signal).then(
      (connection) => {
        if (this.#over) {
          connection.close();
          return;
        }
        this.#connection = connection;
        if (this.#paused) connection.pause();
        else this.#listen(true);
      },
      (error: unknown) => this.fail(error),
    );
  }

  readonly #abort = (): void => {
    this.#forget();
    this.#finish({ error: this.#options.signal.reason });
  };

  #take(bytes: number): void {
    this.#read += 1;
    this.#bytes -= bytes;
    // Read entries are let go in batches: to shift a long array costs its length.
    if (this.#read === this.#entries.length || this.#read >= 1_024) {
      this.#entries = this.#entries.slice(this.#read);
      this.#read = 0;
    }
    if (this.#paused && !this.#over && this.#bytes <= this.#options.maxBufferedBytes / 2) {
      this.#paused = false;
      this.#connection?.resume();
      if (this.#connection !== undefined) this.#listen(true);
    }
  }

  /** Watches for silence, or stops to: what is not read cannot be silent. */
  #listen(on: boolean): void {
    clearTimeout(this.#idle);
    this.#idle = undefined;
    if (!on) return;
    const { idleMs, place } = this.#options;
    const reason = `${place}: nothing came for ${idleMs} ms, so the connection is given up`;
    this.#idle = setTimeout(() => this.fail(new RetryableError('stream-idle', reason)), idleMs);
  }

  #forget(): void {
    this.#entries = [];
    this.#read = 0;
    this.#bytes = 0;
    this.#fault = undefined;
  }

  #finish(fault: { readonly error: unknown } | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#listen(false);
    this.#options.signal.removeEventListener('abort', this.#abort);
    this.#unwanted.abort(fault?.error);
    this.#connection?.close();
    const [first, ...others] = this.#waiting.splice(0);
    if (fault !== undefined && first !== undefined) first.reject(fault.error);
    else {
      this.#fault = fault;
      first?.resolve({ done: true, value: undefined });
    }
    for (const { resolve } of others) resolve({ done: true, value: undefined });
  }
}
