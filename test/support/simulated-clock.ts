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
      const sleeper = { at: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper);
        reject(signal.reason);
      });
      setImmediate(() => this.#wakeEarliest());
    });
  }

  #wakeEarliest(): void {
    const [first] = this.#sleepers.toSorted((a, b) => a.at - b.at);
    if (first === undefined) return;
    this.#sleepers = this.#sleepers.filter((each) => each !== first);
    this.#now = Math.max(this.#now, first.at);
    first.wake();
  }
}
