import { DeskRefusal } from '../core/desk-refusal.js';
import type { EscalationChecklist, Outcome, ReviewAct, Verdict } from '../core/review.js';
import type { Actor } from '../core/user.js';
import { checkEscalation, checkOutcome } from '../triage/checks.js';
import { visibleItem } from './desk-access.js';
import { type ActAnswer, type ActRequest, perform, type ReviewPorts } from './perform-act.js';

export interface DecideRequest extends ActRequest {
  /** The item read, and its near-duplicates after it; at most `MAX_DECIDED_ITEMS` of perform-act.ts. */
  readonly items: readonly number[];
  readonly outcome: Outcome;
  /** Near-duplicates that cannot be decided now are left out and told, where otherwise nothing at all would be decided. */
  readonly leaveOut?: boolean;
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
function sameVerdict(a: Verdict, b: Verdict): boolean {
  return a.kind === b.kind;
}

function needNote({ note, item }: ItemRequest): void {
  if (note === undefined || note.trim() === '') {
    throw new DeskRefusal('note-missing', 'say why, in a note', { item });
  }
}

function refuseCheck(check: string | undefined): void {
  if (check !== undefined) throw new DeskRefusal(check, check.replaceAll('-', ' '));
}
