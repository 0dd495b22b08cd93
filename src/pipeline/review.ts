import type { AuditKind, AuditValue } from '../core/audit.js';
import type { ItemFacts, SealedName } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import {
  type EscalationChecklist,
  MAX_NOTE_CHARS,
  type Outcome,
  type ReviewAct,
  type ReviewEvent,
  type Stage,
  UNDO_MS,
  type Verdict,
} from '../core/review.js';
import type { Actor } from '../core/user.js';
import { checkEscalation, checkOutcome } from '../triage/checks.js';
import type { Right } from '../triage/rights.js';
import { sees } from '../triage/scope.js';
import { statusAfter, transition } from '../triage/transition.js';
import { type DeskPorts, mustMay, visibleItem } from './desk-access.js';
import { askerOf, toTransitionEvent } from './review-events.js';

/** Most items that one decision may close: a post and its near-duplicates. */
export const MAX_DECIDED_ITEMS = 200;
const REASON_CHARS = { least: 10, most: 500 };

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

export interface DecideRequest extends ActRequest {
  /** The item read, and its near-duplicates after it; at most {@link MAX_DECIDED_ITEMS}. */
  readonly items: readonly number[];
  readonly outcome: Outcome;
  /** Near-duplicates that cannot be decided now are left out and told, where otherwise nothing at all would be decided. */
  readonly leaveOut?: boolean;
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
  /** Present where {@link DecideRequest.leaveOut} left something out. */
  readonly leftOut?: readonly LeftOut[];
}

/**
 * Decides an item, and near-duplicates with it, all in one transaction. The first item must be claimed by the actor, and
 * none held by anybody else.
 *
 * @throws DeskRefusal `claim-lost` with who holds what, before anything is changed; a kind of triage/checks.ts or
 *   triage/transition.ts; `forbidden`, `no-item`, `too-many-items`, `note-too-long`, `bad-key`, `key-reused`
 */
export function decide(ports: ReviewPorts, actor: Actor, request: DecideRequest): ActAnswer {
  const { items, outcome, leaveOut = false } = request;
  refuseCheck(checkOutcome(outcome, items));
  if (outcome.kind === 'duplicate') visibleItem(ports, actor, outcome.of);
  const act: ReviewAct =
    outcome.kind === 'second-opinion'
      ? { kind: 'second-opinion-asked' }
      : { kind: 'decided', verdict: outcome };
  const how = { right: 'item:decide', needsClaim: true, releases: true, leaveOut } as const;
  return perform(ports, actor, request, how, act, (event) => {
    const { reviews } = ports.store;
    if (event.act.kind === 'decided' && reviews.draw(event.item) < ports.blindShare) {
      reviews.addBlind(event.item, event.actor, event.seq, ports.clock.now());
    }
  });
}

/** Takes back the actor's own last act on these items, within ten seconds; they are the actor's to decide again. */
export function undo(
  ports: ReviewPorts,
  actor: Actor,
  request: ActRequest & { readonly items: readonly number[] },
): ActAnswer {
  const how = { right: 'item:decide', needsClaim: false, releases: false } as const;
  return perform(ports, actor, request, how, { kind: 'undone' }, (event) => {
    ports.store.reviews.dropBlind(event.item);
    ports.store.claims.take([event.item], actor.user, ports.clock.now());
  });
}

/** Proposes a case; another person with the right approves or refuses it. */
export function proposeEscalation(
  ports: ReviewPorts,
  actor: Actor,
  request: ActRequest & { readonly item: number; readonly checklist: EscalationChecklist },
): ActAnswer {
  const { item, checklist } = request;
  refuseCheck(checkEscalation(checklist));
  const how = { right: 'escalation:propose', needsClaim: true, releases: true } as const;
  return perform(ports, actor, { ...request, items: [item] }, how, {
    kind: 'escalation-proposed',
    checklist,
  });
}

type ItemRequest = ActRequest & { readonly item: number };
const FREE = { needsClaim: false, releases: false } as const;

/** Four eyes: never by who proposed it. */
export function approveEscalation(ports: ReviewPorts, actor: Actor, request: ItemRequest): ActAnswer {
  const how = { ...FREE, right: 'escalation:approve' } as const;
  return perform(ports, actor, { ...request, items: [request.item] }, how, { kind: 'escalation-approved' });
}

/** Back to the queue, with a note that says why; never by who proposed it. */
export function refuseEscalation(ports: ReviewPorts, actor: Actor, request: ItemRequest): ActAnswer {
  needNote(request);
  const how = { ...FREE, right: 'escalation:approve' } as const;
  return perform(ports, actor, { ...request, items: [request.item] }, how, { kind: 'escalation-refused' });
}

/** An approved case is done with. */
export function releaseCase(ports: ReviewPorts, actor: Actor, request: ItemRequest): ActAnswer {
  needNote(request);
  const how = { ...FREE, right: 'escalation:release' } as const;
  return perform(ports, actor, { ...request, items: [request.item] }, how, { kind: 'released' });
}

/** A closed item goes back to the queue, with a note that says why. */
export function reopen(ports: ReviewPorts, actor: Actor, request: ItemRequest): ActAnswer {
  needNote(request);
  const how = { ...FREE, right: 'item:reopen' } as const;
  return perform(ports, actor, { ...request, items: [request.item] }, how, { kind: 'reopened' }, (event) =>
    ports.store.reviews.dropBlind(event.item),
  );
}

/** Gives an item to another unit; it leaves the actor's queue unless that unit is below. */
export function handOver(
  ports: ReviewPorts,
  actor: Actor,
  request: ItemRequest & { readonly unit: string },
): ActAnswer {
  const { item, unit } = request;
  if (ports.units.find(unit) === undefined) throw new DeskRefusal('no-unit', `there is no unit ${unit}`);
  const how = { right: 'item:hand-over', needsClaim: false, releases: true } as const;
  return perform(ports, actor, { ...request, items: [item] }, how, { kind: 'handed-over', unit });
}

/** Writes a note on an item. */
export function addNote(ports: ReviewPorts, actor: Actor, request: ItemRequest): ActAnswer {
  needNote(request);
  const how = { right: 'item:note', needsClaim: false, releases: false, besideClaims: true } as const;
  return perform(ports, actor, { ...request, items: [request.item] }, how, { kind: 'note' });
}

/** The second verdict on a decided item, given without seeing the first; recorded, whether it agrees or not. */
export function reviewBlind(
  ports: ReviewPorts,
  actor: Actor,
  request: ItemRequest & { readonly verdict: Verdict },
): ActAnswer {
  const { item, verdict } = request;
  refuseCheck(checkOutcome(verdict, [item]));
  const { reviews } = ports.store;
  const blind = reviews.findBlind(item);
  const first = reviews.events(item).find(({ seq }) => seq === blind?.firstEvent)?.act;
  const isWaiting = blind !== undefined && blind.secondEvent === undefined && first?.kind === 'decided';
  if (!isWaiting && request.key === undefined) {
    throw new DeskRefusal('no-blind-review', `item ${item} waits for no second review`, { item });
  }
  const agrees = first?.kind === 'decided' && sameVerdict(first.verdict, verdict);
  const how = { right: 'review:blind', needsClaim: true, releases: true } as const;
  const act: ReviewAct = { kind: 'reviewed-blind', verdict, agrees };
  return perform(ports, actor, { ...request, items: [item] }, how, act, (event) => {
    if (reviews.findBlind(item)?.secondEvent !== undefined || !isWaiting) {
      throw new DeskRefusal('no-blind-review', `item ${item} waits for no second review`, { item });
    }
    reviews.finishBlind(item, event.seq, agrees);
  });
}

/** Two verdicts agree when they close an item for the same kind of reason; what a category or a ground is may differ. */
export function sameVerdict(a: Verdict, b: Verdict): boolean {
  return a.kind === b.kind;
}

/**
 * Author and link of an item. Asked for with a reason (10 to 500 characters), and on the disk of the audit chain before
 * they are given.
 *
 * @throws DeskRefusal `forbidden`, `no-item`, `reason-missing`
 */
export function unsealName(ports: DeskPorts, actor: Actor, item: number, reason: string): SealedName {
  mustMay(actor, 'name:unseal');
  const said = reason.trim();
  if (said.length < REASON_CHARS.least || said.length > REASON_CHARS.most) {
    throw new DeskRefusal(
      'reason-missing',
      `say in ${REASON_CHARS.least} to ${REASON_CHARS.most} characters why the name is needed`,
      { item },
    );
  }
  const { store, clock } = ports;
  return store.atomically(() => {
    visibleItem(ports, actor, item);
    const name = store.sealedName(item);
    if (name === undefined)
      throw new DeskRefusal('no-item', `item ${item} has no sealed name any more`, { item });
    const event = { kind: 'name-unsealed', subject: `item:${item}`, details: { reason: said } } as const;
    store.audit.append({ actor: String(actor.user), ...event }, clock.now());
    return name;
  });
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
function perform(
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

function needNote({ note, item }: ItemRequest): void {
  if (note === undefined || note.trim() === '') {
    throw new DeskRefusal('note-missing', 'say why, in a note', { item });
  }
}

function refuseCheck(check: string | undefined): void {
  if (check !== undefined) throw new DeskRefusal(check, check.replaceAll('-', ' '));
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
