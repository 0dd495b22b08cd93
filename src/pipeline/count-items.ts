import { CATEGORIES, type Category, LEVELS, type Level } from '../core/assessment.js';
import type { QueueCount } from '../core/desk-ports.js';
import type { ItemState } from '../core/item.js';
import type { Actor } from '../core/user.js';
import { type DeskPorts, mustMay, scopeFor } from './desk-access.js';

/** How many items stand where; no item and no text can be told from it. */
export interface ItemCounts {
  readonly states: Readonly<Record<ItemState, QueueCount>>;
  readonly openByLevel: Readonly<Record<Level, QueueCount>>;
  readonly openByCategory: Readonly<Record<Category, QueueCount>>;
}

const STATES = ['open', 'claimed', 'escalated', 'closed'] as const;

/**
 * Items of the actor's units in numbers, each counted up to 1 000.
 *
 * @throws DeskRefusal `forbidden`
 */
export function countItems(ports: DeskPorts, actor: Actor): ItemCounts {
  mustMay(actor, 'numbers:read');
  const { store, clock } = ports;
  const scope = scopeFor(ports, actor);
  const now = clock.now();
  const of = <K extends string>(keys: readonly K[], filter: (key: K) => object): Record<K, QueueCount> =>
    Object.fromEntries(keys.map((key) => [key, store.queue.count({ ...filter(key), scope }, now)])) as Record<
      K,
      QueueCount
    >;
  return {
    states: of(STATES, (state) => ({ state })),
    openByLevel: of(LEVELS, (level) => ({ state: 'open', level })),
    openByCategory: of(CATEGORIES, (category) => ({ state: 'open', category })),
  };
}
