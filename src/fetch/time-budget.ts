import { RetryableError } from '../core/errors.js';
import { networkFault } from './faults.js';

/** Time that a request may spend on the network, over all its hops; waiting for turns is not counted. */
export class TimeBudget {
  #leftMs: number;
  readonly #wholeMs: number;

  constructor(wholeMs: number) {
    this.#wholeMs = wholeMs;
    this.#leftMs = wholeMs;
  }

  /** @throws RetryableError `timeout`; the signal's reason when it is aborted; else what the work threw, as ours. */
  async spend<T>(signal: AbortSignal, place: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const started = performance.now();
    const late = new AbortController();
    const timeout = new RetryableError(
      'timeout',
      `${place}: not done within ${this.#wholeMs} ms; it is tried again`,
    );
    const timer = setTimeout(() => late.abort(timeout), Math.max(1, this.#leftMs));
    try {
      return await work(AbortSignal.any([signal, late.signal]));
    } catch (error) {
      signal.throwIfAborted();
      throw late.signal.aborted ? timeout : networkFault(error, place);
    } finally {
      clearTimeout(timer);
      this.#leftMs -= performance.now() - started;
    }
  }
}
