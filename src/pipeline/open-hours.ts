import type { LoggedPrints } from '../core/narrative-ports.js';
import type { Prints } from '../core/print.js';
import { type GoneRows, sizeOf, together, without } from './group-rows.js';

const HOUR_MS = 3_600_000;
/** An hour is over so long after its end: what was posted in its last minutes has been collected by then. */
const GRACE_MS = 300_000;

/** Posts of hours that are not closed, in pieces, as they landed. */
export class OpenHours {
  readonly #pieces = new Map<number, LoggedPrints[]>();
  #held = 0;

  get isEmpty(): boolean {
    return this.#pieces.size === 0;
  }

  /** Oldest first. */
  get hours(): number[] {
    return [...this.#pieces.keys()].sort((a, b) => a - b);
  }

  add(piece: LoggedPrints): void {
    const hour = this.#pieces.get(piece.hour);
    if (hour === undefined) this.#pieces.set(piece.hour, [piece]);
    else hour.push(piece);
    this.#held += piece.count;
  }

  /** All that is held of an hour, as a copy. */
  printsOf(hour: number): Prints {
    return together(this.#pieces.get(hour) ?? []);
  }

  drop(hour: number): void {
    this.#held -= sizeOf(this.#pieces.get(hour) ?? []);
    this.#pieces.delete(hour);
  }

  /**
   * The hours to be closed, oldest first: those that are over, where it is `settled` that nothing further of them is on its
   * way, and as many as leave no more than `most` posts. @param now ms
   */
  due(settled: boolean, now: number, most: number): number[] {
    let left = this.#held;
    return this.hours.filter((hour) => {
      const isOver = settled && (hour + 1) * HOUR_MS + GRACE_MS <= now;
      if (!isOver && left <= most) return false;
      left -= sizeOf(this.#pieces.get(hour) ?? []);
      return true;
    });
  }

  /** Takes out what is gone. @param except hour that is being closed: its posts are held until it is */
  forget(gone: GoneRows, except: number | undefined): void {
    for (const [hour, pieces] of this.#pieces) {
      if (hour === except) continue;
      const left = pieces.map((piece) => without(piece, gone)).filter(({ count }) => count > 0);
      this.#held -= sizeOf(pieces) - sizeOf(left);
      this.#pieces.set(hour, left);
    }
  }
}
