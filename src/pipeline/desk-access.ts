import type { DeskStore, ItemFacts, QueueReading } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import type { Clock } from '../core/ports.js';
import type { Actor } from '../core/user.js';
import { may, type Right } from '../triage/rights.js';
import { type ItemScope, scopeOf, sees, type Units } from '../triage/scope.js';

/** What every use case of the desk works with. */
export interface DeskPorts {
  readonly store: DeskStore;
  /** Where the queue is read apart from what is written; absent where it is read from the store itself. */
  readonly apart?: QueueReading;
  readonly units: Units;
  readonly clock: Pick<Clock, 'now'>;
}

/** @throws DeskRefusal `forbidden` */
export function mustMay(actor: Actor, right: Right): void {
  if (!may(actor.role, right)) {
    throw new DeskRefusal('forbidden', `the role ${actor.role} has no right ${right}; ask a supervisor`);
  }
}

/**
 * An item that the actor may see. One out of scope is as one that is not there.
 *
 * @throws DeskRefusal `no-item`
 */
export function visibleItem({ store, units }: DeskPorts, actor: Actor, item: number): ItemFacts {
  const facts = store.reviews.facts(item);
  if (facts === undefined || !sees(actor, units, facts)) {
    throw new DeskRefusal('no-item', `there is no item ${item} in your units' queue`, { item });
  }
  return facts;
}

/** What of the queue the actor sees. */
export function scopeFor({ store, units }: DeskPorts, actor: Actor): ItemScope {
  // Only looked up by those who do not see everything.
  const regions = { [Symbol.iterator]: () => store.queue.regions()[Symbol.iterator]() };
  return scopeOf(actor, units, regions);
}
