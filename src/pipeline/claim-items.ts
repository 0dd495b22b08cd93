import type { ItemClaim, QueuePosition } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import { MAX_BATCH_ITEMS } from '../core/review.js';
import type { Actor } from '../core/user.js';
import { type DeskPorts, mustMay, scopeFor, visibleItem } from './desk-access.js';
import { type OwnFilter, readQueueApart } from './read-queue.js';
import { askerOf } from './review-events.js';

/** Pages looked through for items that nobody holds, of 200 items each. */
const MOST_PAGES = 10;
const PAGE = 200;

/**
 * Claims items for five minutes. What somebody else holds is told in `taken`.
 *
 * @throws DeskRefusal `forbidden`, `no-item`, `too-many-items` (more than 25)
 */
export function claimItems(
  ports: DeskPorts,
  actor: Actor,
  items: readonly number[],
): { readonly held: readonly ItemClaim[]; readonly taken: readonly ItemClaim[] } {
  mustMay(actor, 'item:claim');
  checkBatch(items);
  const { store, clock } = ports;
  return store.atomically(() => {
    for (const item of items) visibleItem(ports, actor, item);
    return store.claims.take(items, actor.user, clock.now());
  });
}

/** Claims the next items of a filter that nobody holds, at most `count` (1..25), in the order of the queue. */
export function claimNext(
  ports: DeskPorts,
  actor: Actor,
  filter: OwnFilter,
  count: number,
): readonly ItemClaim[] {
  mustMay(actor, 'item:claim');
  const { store, clock } = ports;
  const wanted = Math.min(Math.max(Math.trunc(count), 1), MAX_BATCH_ITEMS);
  return store.atomically(() => {
    const now = clock.now();
    const query = { ...filter, scope: scopeFor(ports, actor), limit: PAGE };
    const chosen: number[] = [];
    let after: { priority: number; number: number } | undefined;
    for (let pages = 0; pages < MOST_PAGES && chosen.length < wanted; pages += 1) {
      const page = store.queue.page(after === undefined ? query : { ...query, after }, now);
      for (const { number, stage, claim } of page.entries) {
        if (chosen.length === wanted) break;
        if (claim !== undefined && claim.user !== actor.user) continue;
        // Who asked for a second opinion is not the one to give it.
        if (stage === 'second-opinion' && askerOf(ports, number) === String(actor.user)) continue;
        chosen.push(number);
      }
      after = page.next;
      if (after === undefined) break;
    }
    return store.claims.take(chosen, actor.user, now).held;
  });
}

/**
 * As {@link claimNext}; what a search finds is looked up apart, before it is claimed.
 *
 * @throws DeskRefusal `forbidden`, `too-slow`
 */
export async function claimNextApart(
  ports: DeskPorts,
  actor: Actor,
  filter: OwnFilter,
  count: number,
): Promise<readonly ItemClaim[]> {
  if (filter.text === undefined) return claimNext(ports, actor, filter, count);
  mustMay(actor, 'item:claim');
  const { store, clock } = ports;
  const wanted = Math.min(Math.max(Math.trunc(count), 1), MAX_BATCH_ITEMS);
  const held: ItemClaim[] = [];
  let after: QueuePosition | undefined;
  for (let pages = 0; pages < MOST_PAGES && held.length < wanted; pages += 1) {
    const query = { ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) };
    const page = await readQueueApart(ports, actor, query);
    store.atomically(() => {
      const now = clock.now();
      for (const { number, stage, claim } of page.entries) {
        if (held.length === wanted) break;
        if (claim !== undefined && claim.user !== actor.user) continue;
        if (stage === 'second-opinion' && askerOf(ports, number) === String(actor.user)) continue;
        // Decided, or handed to others, since it was read?
        if (visibleItem(ports, actor, number).stage !== stage) continue;
        held.push(...store.claims.take([number], actor.user, now).held);
      }
    });
    after = page.next;
    if (after === undefined) break;
  }
  return held;
}

/** Claims decided items that wait for a blind second review by somebody else than who decided them. */
export function claimBlind(ports: DeskPorts, actor: Actor, count: number): readonly ItemClaim[] {
  mustMay(actor, 'review:blind');
  const { store, clock, units } = ports;
  const wanted = Math.min(Math.max(Math.trunc(count), 1), MAX_BATCH_ITEMS);
  return store.atomically(() => {
    const waiting = store.reviews.waitingBlind(String(actor.user), 1_000).filter((item) => {
      try {
        visibleItem({ store, units, clock }, actor, item);
      } catch {
        return false;
      }
      const claim = store.claims.find(item);
      return claim === undefined || claim.user === actor.user || Date.parse(claim.until) <= clock.now();
    });
    return store.claims.take(waiting.slice(0, wanted), actor.user, clock.now()).held;
  });
}

/** Holds claims for five more minutes; what was taken by somebody else meanwhile is in `lost`. */
export function renewClaims(
  { store, clock }: DeskPorts,
  actor: Actor,
  items: readonly number[],
): { readonly held: readonly ItemClaim[]; readonly lost: readonly number[] } {
  mustMay(actor, 'item:claim');
  checkBatch(items);
  return store.claims.renew(items, actor.user, clock.now());
}

/** Gives items back to the queue; how many. */
export function releaseClaims({ store }: DeskPorts, actor: Actor, items: readonly number[]): number {
  mustMay(actor, 'item:claim');
  checkBatch(items);
  return store.claims.release(items, actor.user);
}

function checkBatch(items: readonly number[]): void {
  if (items.length > MAX_BATCH_ITEMS) {
    throw new DeskRefusal('too-many-items', `${items.length} items at once; at most ${MAX_BATCH_ITEMS}`);
  }
}
