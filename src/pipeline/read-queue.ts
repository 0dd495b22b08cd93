import type {
  BlindReview,
  QueueCount,
  QueueEntry,
  QueueFilter,
  QueuePage,
  QueueQuery,
} from '../core/desk-ports.js';
import type { ReviewEvent } from '../core/review.js';
import type { Actor } from '../core/user.js';
import { sees } from '../triage/scope.js';
import { type DeskPorts, mustMay, scopeFor, visibleItem } from './desk-access.js';

/** A filter as an actor may choose it; the scope is the actor's own. */
export type OwnFilter = Omit<QueueFilter, 'scope'>;
export type OwnQuery = Omit<QueueQuery, 'scope'>;

/** A page of the actor's queue. */
export function readQueue(ports: DeskPorts, actor: Actor, query: OwnQuery): QueuePage {
  mustMay(actor, 'queue:read');
  return ports.store.queue.page({ ...query, scope: scopeFor(ports, actor) }, ports.clock.now());
}

/**
 * As {@link readQueue}, apart from what is written, however long it takes.
 *
 * @throws DeskRefusal `too-slow`
 */
export async function readQueueApart(ports: DeskPorts, actor: Actor, query: OwnQuery): Promise<QueuePage> {
  mustMay(actor, 'queue:read');
  const asked = { ...query, scope: scopeFor(ports, actor) };
  return (ports.apart ?? ports.store.queue).page(asked, ports.clock.now());
}

/** As {@link countQueue}, likewise. */
export async function countQueueApart(
  ports: DeskPorts,
  actor: Actor,
  filter: OwnFilter,
): Promise<QueueCount> {
  mustMay(actor, 'queue:read');
  const asked = { ...filter, scope: scopeFor(ports, actor) };
  return (ports.apart ?? ports.store.queue).count(asked, ports.clock.now());
}

/** What the actor holds, in the order of the queue: items to decide, and decided ones taken for a second look. */
export function heldItems({ store, clock }: DeskPorts, actor: Actor): readonly QueueEntry[] {
  mustMay(actor, 'queue:read');
  const now = clock.now();
  return store.queue.entries(
    store.claims.heldBy(actor.user, now).map(({ item }) => item),
    now,
  );
}

/** How many items a filter has, up to 1 000. */
export function countQueue(ports: DeskPorts, actor: Actor, filter: OwnFilter): QueueCount {
  mustMay(actor, 'queue:read');
  return ports.store.queue.count({ ...filter, scope: scopeFor(ports, actor) }, ports.clock.now());
}

/** Open items that landed after an item number, for "12 new". */
export function countArrived(ports: DeskPorts, actor: Actor, after: number): QueueCount {
  mustMay(actor, 'queue:read');
  return ports.store.queue.arrived(after, scopeFor(ports, actor));
}

export interface ItemHistory {
  readonly events: readonly ReviewEvent[];
  /** The actor is to review it blind: its verdicts are left out of {@link events} until then. */
  readonly blind: boolean;
}

/** What happened to an item. Whoever may still review it blind does not see what the first decided. */
export function itemHistory(ports: DeskPorts, actor: Actor, item: number): ItemHistory {
  mustMay(actor, 'queue:read');
  visibleItem(ports, actor, item);
  const { reviews } = ports.store;
  const blind = isBlindFor(actor, reviews.findBlind(item));
  const events = reviews.events(item);
  return blind
    ? { events: events.filter(({ act }) => act.kind === 'handed-over'), blind }
    : { events, blind };
}

/**
 * What happened to the items that the actor sees, in order, after an event number: for partners that follow and for the
 * shift's page. `next` is where to go on, also past events of others' items; absent at the end. Verdicts on items that
 * the actor may still review blind are left out.
 *
 * @param limit events looked at, 1..1000
 */
export function followEvents(
  ports: DeskPorts,
  actor: Actor,
  after: number,
  limit: number,
): { readonly events: readonly ReviewEvent[]; readonly next?: number } {
  mustMay(actor, 'queue:read');
  const { store, units } = ports;
  const looked = store.reviews.after(after, limit);
  const events = looked.flatMap(({ event, item }) => {
    const isSeen = item === undefined ? actor.role === 'auditor' : sees(actor, units, item);
    return isSeen && !isBlindFor(actor, store.reviews.findBlind(event.item)) ? [event] : [];
  });
  const last = looked.at(-1)?.event.seq;
  return { events, ...(looked.length < limit || last === undefined ? {} : { next: last }) };
}

/** True for a person with the right to review whose verdict is still missing. */
function isBlindFor(actor: Actor, review: BlindReview | undefined): boolean {
  if (review === undefined || review.secondEvent !== undefined) return false;
  return actor.role === 'officer' && review.firstBy !== String(actor.user);
}
