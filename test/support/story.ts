import { createGrouper } from '../../src/pipeline/group.js';
import { atOnce } from '../../src/pipeline/group-loop.js';
import { fingerprintOf } from '../../src/pipeline/score.js';
import type { Store } from '../../src/store/store.js';
import { assessmentOf, type GivenPost, landedPost } from './scored.js';
import type { SimulatedClock } from './simulated-clock.js';

/** A post with the fingerprint by which its story is found, as the scorer leaves it. */
export function toldPost(given: GivenPost & { readonly text: string }) {
  const fingerprint = fingerprintOf(given.text, assessmentOf(given.text));
  return { ...landedPost(given), ...(fingerprint === undefined ? {} : { fingerprint }) };
}

/** Joins everything that landed into stories, as the lander's loop does. */
export function groupAll(store: Store, clock: SimulatedClock): void {
  const grouper = createGrouper({
    mostHeld: 100_000,
    store: store.narratives,
    upkeep: store.desk.upkeep,
    clock,
    windowHours: 24 * 21,
    knownAuthors: 3,
  });
  while (grouper.take());
  atOnce(grouper.close(true));
}
