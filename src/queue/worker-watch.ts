import { performance } from 'node:perf_hooks';
import type { Clock } from '../core/ports.js';
import { hasEnded, ownIdentity } from '../sqlite/process-identity.js';
import type { Committer } from './committer.js';
import type { JobTable } from './embedded-table.js';
import type { WorkerRow } from './embedded-workers.js';

/** Looks at a silent worker needed before it is taken for dead, so that one jump of our clock kills nobody. */
const MIN_LOOKS = 4;
const LOOK_MS = 500;

export interface WatchParts {
  readonly table: JobTable;
  readonly committer: Committer;
  readonly clock: Pick<Clock, 'now'>;
  readonly leaseMs: number;
  /** Jobs of a dead worker are waiting again. */
  readonly onReleased: () => void;
  readonly onError: (error: unknown) => void;
  /** Called at every look while a worker is registered. */
  readonly onLook: () => void;
}

interface Sighting {
  beat: number;
  since: number;
  looks: number;
}

/**
 * Leases of the embedded queue. A worker shows that it lives by a growing number; the others watch that
 * number with their own monotonic clock, so that no clock needs to be right. On one host a worker whose
 * process has ended loses its jobs at the next look.
 */
export class WorkerWatch {
  readonly #parts: WatchParts;
  readonly #identity = ownIdentity();
  readonly #own = new Map<number, () => void>();
  readonly #sightings = new Map<number, Sighting>();
  #beating: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Registers a worker; `onLost` when others took it for dead. Resolves to its number. */
  async join(onLost: () => void): Promise<number> {
    const worker = await this.#parts.committer.commit(() => this.#parts.table.workers.add(this.#identity));
    this.#own.set(worker, onLost);
    this.#beating ??= setInterval(() => void this.#beat(), this.#parts.leaseMs / 4);
    if (this.#looking === undefined) {
      this.#looking = setInterval(() => void this.#look(), Math.min(LOOK_MS, this.#parts.leaseMs / 4));
      await this.#look();
    }
    return worker;
  }

  leave(worker: number): void {
    this.#own.delete(worker);
    if (this.#own.size === 0) this.stop();
  }

  stop(): void {
    clearInterval(this.#beating);
    clearInterval(this.#looking);
    this.#beating = undefined;
    this.#looking = undefined;
  }

  async #beat(): Promise<void> {
    const workers = [...this.#own.keys()];
    try {
      const lost = await this.#parts.committer.commit(() => {
        this.#parts.table.mendDelays(this.#parts.clock.now());
        return workers.filter((worker) => !this.#parts.table.workers.beat(worker));
      });
      for (const worker of lost) {
        const onLost = this.#own.get(worker);
        if (this.#own.delete(worker)) onLost?.();
      }
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  async #look(): Promise<void> {
    try {
      this.#parts.onLook();
      const others = this.#parts.table.workers.all().filter((worker) => !this.#own.has(worker.id));
      const lost = others.filter((worker) => this.#isLost(worker));
      this.#forget(others);
      if (lost.length === 0) return;
      const released = await this.#parts.committer.commit(() =>
        lost.reduce((sum, worker) => sum + this.#parts.table.workers.releaseLost(worker.id, worker.beat), 0),
      );
      if (released > 0) this.#parts.onReleased();
    } catch (error) {
      this.#parts.onError(error);
    }
  }

  #isLost(worker: WorkerRow): boolean {
    if (hasEnded(worker, this.#identity)) return true;
    const now = performance.now();
    const seen = this.#sightings.get(worker.id);
    if (seen === undefined || seen.beat !== worker.beat) {
      this.#sightings.set(worker.id, { beat: worker.beat, since: now, looks: 1 });
      return false;
    }
    seen.looks += 1;
    return seen.looks >= MIN_LOOKS && now - seen.since >= this.#parts.leaseMs;
  }

  #forget(present: readonly WorkerRow[]): void {
    const ids = new Set(present.map((worker) => worker.id));
    for (const id of this.#sightings.keys()) if (!ids.has(id)) this.#sightings.delete(id);
  }
}
