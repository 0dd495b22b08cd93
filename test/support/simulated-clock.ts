import type { Clock } from '../../src/core/ports.js';

/** Time that stands still until somebody sleeps, and then jumps to the earliest awakening. */
export class SimulatedClock implements Clock {
  #now: number;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  constructor(start = Date.parse('2026-11-22T05:00:00Z')) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const stop = (): void => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const sleeper = { at: this.#now + ms, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', stop);
      setImmediate(() => this.#wakeEarliest());
    });
  }

  #wakeEarliest(): void {
    let [first] = this.#sleepers;
    if (first === undefined) return;
    for (const each of this.#sleepers) if (each.at < first.at) first = each;
    this.#sleepers.splice(this.#sleepers.indexOf(first), 1);
    this.#now = Math.max(this.#now, first.at);
    first.wake();
  }
}
