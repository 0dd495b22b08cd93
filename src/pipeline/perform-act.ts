import type { AuditKind, AuditValue } from '../core/audit.js';
import type { ItemFacts } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import { MAX_NOTE_CHARS, type ReviewAct, type ReviewEvent, type Stage, UNDO_MS } from '../core/review.js';
import type { Actor } from '../core/user.js';
import type { Right } from '../triage/rights.js';
import { sees } from '../triage/scope.js';
import { statusAfter, transition } from '../triage/transition.js';
import { type DeskPorts, mustMay, visibleItem } from './desk-access.js';
import { askerOf, toTransitionEvent } from './review-events.js';

/** Most items that one decision may close: a post and its near-duplicates. */
export const MAX_DECIDED_ITEMS = 200;

export interface ReviewPorts extends DeskPorts {
  /** Share of decided items that a second person reviews blind, 0..1. */
  readonly blindShare: number;
}

/** What every act on items may carry. */
export interface ActRequest {
  /** Shown with the event; at most {@link MAX_NOTE_CHARS}. No names of private people. */
  readonly note?: string;
  /** Chosen by the caller for this one act, 8 to 100 characters: sent again, it is answered again and done once. */
  readonly key?: string;
}

/** Why a near-duplicate was not decided with the item. */
export interface LeftOut {
  readonly number: number;
  /** Somebody else has it in hand; decided or in a case since; the actor asked for a second opinion on it; not the actor's to see. */
  readonly why: 'held' | 'not-open' | 'same-person' | 'no-item';
}

/** What an act came to. */
export interface ActAnswer {
  readonly items: readonly {
    readonly number: number;
    readonly state: ItemFacts['state'];
    readonly stage: Stage;
  }[];
  /** Number of the last review event. */
  readonly event: number;
  /** ISO 8601 UTC; until then the same person may undo it. Absent where it cannot be undone. */
  readonly undoUntil?: string;
  /** True when the key had been answered before and nothing was done anew. */
  readonly repeated: boolean;
  /** Present where `leaveOut` (review.ts) left something out. */
  readonly leftOut?: readonly LeftOut[];
}

interface How {
  readonly right: Right;
  /** The first item must be claimed by the actor. */
  readonly needsClaim: boolean;
  /** Claims are given back. */
  readonly releases: boolean;
  /** Somebody else may work on it meanwhile. */
  readonly besideClaims?: boolean;
  /** Items after the first that cannot be acted on are left out. */
  readonly leaveOut?: boolean;
}

/** Does an act on items: rights, claims, status, events, audit and the answer's memory, in one transaction. */
export function perform(
  ports: ReviewPorts,
  actor: Actor,
  request: ActRequest & { readonly items: readonly number[] },
  how: How,
  act: ReviewAct,
  then?: (event: ReviewEvent) => void,
): ActAnswer {
  mustMay(actor, how.right);
  const { note, key } = request;
  const given = [...new Set(request.items)];
  checkRequest(given, note, key);
  const { store, clock } = ports;
  const asked = JSON.stringify([act, given, note ?? null]);
  const who = String(actor.user);
  return store.atomically(() => {
    const now = clock.now();
    const before = key === undefined ? undefined : store.reviews.answered(key, actor.user, asked);
    if (before !== undefined) {
      if (!before.same)
        throw new DeskRefusal('key-reused', 'this key was used for something else; choose a new one');
      return { ...(JSON.parse(before.answer) as ActAnswer), repeated: true };
    }
    const leftOut = how.leaveOut === true ? toLeaveOut(ports, actor, given.slice(1), now) : [];
    const items = given.filter((item) => !leftOut.some(({ number }) => number === item));
    for (const item of items) visibleItem(ports, actor, item);
    if (how.besideClaims !== true) checkClaims(ports, actor, items, how, now);
    const done: ActAnswer['items'][number][] = [];
    let last = 0;
    let canUndo = true;
    for (const item of items) {
      const status = statusAfter(store.reviews.events(item).map(toTransitionEvent));
      const next = transition(status, { actor: who, at: now, act });
      if ('refused' in next) {
        throw new DeskRefusal(next.refused, `item ${item}: ${next.refused.replaceAll('-', ' ')}`, { item });
      }
      const { state, stage, before: undoable } = next.status;
      if (undoable === undefined) canUndo = false;
      const noted = note === undefined ? {} : { note };
      const event = store.reviews.append({ item, actor: who, act, state, stage, ...noted }, now);
      then?.(event);
      last = event.seq;
      done.push({ number: item, state, stage });
    }
    if (how.releases) store.claims.release(items, actor.user);
    const kind: AuditKind = act.kind;
    const subject = `item:${items[0] ?? 0}`;
    store.audit.append({ actor: who, kind, subject, details: detailsOf(act, items, last) }, now);
    const answer: ActAnswer = {
      items: done,
      event: last,
      repeated: false,
      ...(leftOut.length === 0 ? {} : { leftOut }),
      ...(canUndo && act.kind !== 'undone' ? { undoUntil: new Date(now + UNDO_MS).toISOString() } : {}),
    };
    if (key !== undefined) store.reviews.remember(key, actor.user, asked, JSON.stringify(answer), now);
    return answer;
  });
}

/** Which near-duplicates cannot be decided by the actor now, and why. */
function toLeaveOut(
  ports: DeskPorts,
  actor: Actor,
  items: readonly number[],
  now: number,
): readonly LeftOut[] {
  const { store, units } = ports;
  return items.flatMap((number): LeftOut[] => {
    const facts = store.reviews.facts(number);
    if (facts === undefined || !sees(actor, units, facts)) return [{ number, why: 'no-item' }];
    if (facts.state !== 'open') return [{ number, why: 'not-open' }];
    const claim = store.claims.find(number);
    if (claim !== undefined && claim.user !== actor.user && Date.parse(claim.until) > now) {
      return [{ number, why: 'held' }];
    }
    const isAsker = facts.stage === 'second-opinion' && askerOf(ports, number) === String(actor.user);
    return isAsker ? [{ number, why: 'same-person' }] : [];
  });
}

function checkRequest(items: readonly number[], note: string | undefined, key: string | undefined): void {
  if (items.length === 0 || items.length > MAX_DECIDED_ITEMS) {
    throw new DeskRefusal(
      'too-many-items',
      `${items.length} items at once; 1 to ${MAX_DECIDED_ITEMS} are allowed`,
    );
  }
  if (note !== undefined && note.length > MAX_NOTE_CHARS) {
    throw new DeskRefusal('note-too-long', `a note has at most ${MAX_NOTE_CHARS} characters`);
  }
  if (key !== undefined && !/^[\w.:-]{8,100}$/.test(key)) {
    throw new DeskRefusal('bad-key', 'a key has 8 to 100 letters, digits or . : _ -');
  }
}

/**
 * @throws DeskRefusal `claim-lost` with everyone who holds one of the items; `not-open` where the claim went with a
 *   decision, perhaps the actor's own in another window
 */
function checkClaims(
  { store }: DeskPorts,
  actor: Actor,
  items: readonly number[],
  { needsClaim, right }: How,
  now: number,
): void {
  const holders = items.flatMap((item) => {
    const claim = store.claims.find(item);
    const isAnothers = claim !== undefined && claim.user !== actor.user && Date.parse(claim.until) > now;
    return isAnothers ? [claim] : [];
  });
  const [first] = items;
  // Run out, it still holds while nobody took it: nothing that was decided is lost for slowness alone.
  const isHeld = first !== undefined && store.claims.find(first)?.user === actor.user;
  if (holders.length > 0 || (needsClaim && !isHeld)) {
    // A second look is at what is closed already.
    const isDecided = first !== undefined && store.reviews.facts(first)?.state !== 'open';
    if (holders.length === 0 && isDecided && right !== 'review:blind') {
      throw new DeskRefusal('not-open', `item ${first} was decided meanwhile; nothing was decided anew`, {
        item: first,
      });
    }
    throw new DeskRefusal(
      'claim-lost',
      holders.length > 0
        ? `held by somebody else now: ${holders.map(({ item }) => item).join(', ')}; nothing was decided`
        : `item ${first} is not claimed by you; claim it first, nothing was decided`,
      { holders, ...(first === undefined ? {} : { item: first }) },
    );
  }
}

/** Ids and kinds only: what people wrote stays out of the chain, which is for good. */
function detailsOf(act: ReviewAct, items: readonly number[], event: number): Record<string, AuditValue> {
  const details: Record<string, AuditValue> = { event };
  if (items.length > 1) details.items = [...items];
  if (act.kind === 'decided' || act.kind === 'reviewed-blind') {
    const { verdict } = act;
    details.outcome = verdict.kind;
    if (verdict.kind === 'violation') details.category = verdict.category;
    if (verdict.kind === 'not-a-violation') details.ground = verdict.ground;
    if (verdict.kind === 'duplicate') details.of = verdict.of;
    if (verdict.kind === 'hoax' && verdict.claim !== undefined) details.claim = verdict.claim;
  }
  if (act.kind === 'reviewed-blind') details.agrees = act.agrees;
  if (act.kind === 'handed-over') details.unit = act.unit;
  return details;
}
