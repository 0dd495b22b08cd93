import type { QueueUpkeep } from '../core/desk-ports.js';
import type { NarrativeStore } from '../core/narrative-ports.js';
import { type StoryFacts, speedFrom } from '../narrative/facts.js';

/** How quickly stories with flagged posts spread, as the queue puts their items in order. */
export class StorySpeeds {
  readonly #store: Pick<NarrativeStore, 'itemsOf'>;
  readonly #upkeep: Pick<QueueUpkeep, 'setSpeed'>;
  /** By story, of those that have any. */
  readonly #speeds = new Map<string, number>();

  constructor(store: Pick<NarrativeStore, 'itemsOf'>, upkeep: Pick<QueueUpkeep, 'setSpeed'>) {
    this.#store = store;
    this.#upkeep = upkeep;
  }

  /** Stories that have a speed. */
  stories(): readonly string[] {
    return [...this.#speeds.keys()];
  }

  /** Tells the queue a story's speed at an hour, where it is another now; none of a story without facts. */
  set(id: string, facts: StoryFacts | undefined, hour: number): void {
    const speed = facts === undefined || facts.flagged === 0 ? 0 : round(speedFrom(facts, hour));
    if (speed === (this.#speeds.get(id) ?? 0)) return;
    this.#upkeep.setSpeed(this.#store.itemsOf([id]), speed);
    if (speed > 0) this.#speeds.set(id, speed);
    else this.#speeds.delete(id);
  }
}

function round(speed: number): number {
  return Math.round(speed * 10) / 10;
}
