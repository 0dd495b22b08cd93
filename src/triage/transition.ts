import type { ItemState } from '../core/item.js';
import { type ReviewAct, type Stage, SYSTEM_ACTOR, UNDO_MS } from '../core/review.js';

/** Where an item stands in review; follows from its events alone. */
export interface Status {
  readonly state: Exclude<ItemState, 'claimed'>;
  readonly stage: Stage;
  /** Who brought it here and when (ms since the epoch); absent while nobody has. */
  readonly by?: string;
  readonly at?: number;
  /** Who proposed the escalation: never the one who approves or refuses it. */
  readonly proposer?: string;
  /** Who asked for a second opinion: never the one who gives it. */
  readonly asker?: string;
  /** What an undo brings back; one step, never two. */
  readonly before?: Omit<Status, 'before'>;
}

/** Something that someone does to an item. */
export interface TransitionEvent {
  readonly actor: string;
  /** ms since the epoch */
  readonly at: number;
  readonly act: ReviewAct;
}

/** Why an act is refused; the sentence for people stands in words/desk.ts. */
export const REFUSALS = [
  'not-open',
  'not-escalated',
  'not-proposed',
  'not-closed',
  'same-person',
  'nothing-to-undo',
  'undo-not-yours',
  'undo-too-late',
  'not-the-system',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export type Transition = { readonly status: Status } | { readonly refused: Refusal };

/** An item that just landed. */
export const NEW_STATUS: Status = { state: 'open', stage: 'new' };

/**
 * The status after an act, or why it may not be. Pure and total; rights are checked elsewhere (rights.ts).
 *
 *   open/new, open/second-opinion --decided--> closed/decided       (second opinion: not by who asked)
 *                                 --second-opinion-asked--> open/second-opinion
 *                                 --escalation-proposed--> escalated/proposed
 *   escalated/proposed  --escalation-approved--> escalated/approved (never by the proposer)
 *                       --escalation-refused--> open/new            (never by the proposer)
 *   escalated/approved  --released--> closed/released
 *   closed/*            --reopened--> open/new
 *   what one did last   --undone--> as it was, by the same person within UNDO_MS
 *   open/*              --withdrawn--> closed/withdrawn; an escalated case stays, as the evidence it is
 *   closed/withdrawn    --returned--> open/new
 *   handed-over, note, rescored and reviewed-blind change nothing.
 */
export function transition(status: Status, { actor, at, act }: TransitionEvent): Transition {
  const refused = (refusal: Refusal): Transition => ({ refused: refusal });
  const { state, stage } = status;
  const moved = (
    next: Pick<Status, 'state' | 'stage'> & Partial<Pick<Status, 'proposer' | 'asker'>>,
    canUndo: boolean,
  ): Transition => {
    const { before: _, ...was } = status;
    return { status: { ...next, by: actor, at, ...(canUndo ? { before: was } : {}) } };
  };
  // A withdrawal, a return and a rescoring happen without a person; everything else is somebody's act.
  const isSystems = act.kind === 'withdrawn' || act.kind === 'returned' || act.kind === 'rescored';
  if ((actor === SYSTEM_ACTOR) !== isSystems) return refused('not-the-system');
  switch (act.kind) {
    case 'decided':
      if (state !== 'open') return refused('not-open');
      if (status.asker === actor) return refused('same-person');
      return moved({ state: 'closed', stage: 'decided' }, true);
    case 'second-opinion-asked':
      if (state !== 'open') return refused('not-open');
      if (status.asker === actor) return refused('same-person');
      return moved({ state: 'open', stage: 'second-opinion', asker: actor }, true);
    case 'escalation-proposed':
      if (state !== 'open') return refused('not-open');
      return moved({ state: 'escalated', stage: 'proposed', proposer: actor }, true);
    case 'escalation-approved':
    case 'escalation-refused':
      if (stage !== 'proposed') return refused('not-proposed');
      if (status.proposer === actor) return refused('same-person');
      return act.kind === 'escalation-approved'
        ? moved({ state: 'escalated', stage: 'approved', ...proposerOf(status) }, false)
        : moved({ state: 'open', stage: 'new' }, false);
    case 'released':
      if (stage !== 'approved') return refused('not-escalated');
      return moved({ state: 'closed', stage: 'released' }, false);
    case 'reopened':
      if (state !== 'closed') return refused('not-closed');
      return moved({ state: 'open', stage: 'new' }, false);
    case 'undone': {
      const { before } = status;
      if (before === undefined || status.at === undefined) return refused('nothing-to-undo');
      if (status.by !== actor) return refused('undo-not-yours');
      // A clock that was set back gives no more time than there is.
      if (Math.abs(at - status.at) > UNDO_MS) return refused('undo-too-late');
      return { status: before };
    }
    case 'withdrawn':
      return state === 'open' ? moved({ state: 'closed', stage: 'withdrawn' }, false) : { status };
    case 'returned':
      return stage === 'withdrawn' ? moved({ state: 'open', stage: 'new' }, false) : { status };
    case 'reviewed-blind':
      if (state !== 'closed') return refused('not-closed');
      if (status.by === actor) return refused('same-person');
      return { status };
    case 'handed-over':
    case 'note':
    case 'rescored':
      return { status };
  }
}

/**
 * The status after events that were accepted in this order, e.g. those read back from the store.
 * An event that does not fit (from an older version with other rules) is passed over.
 */
export function statusAfter(events: Iterable<TransitionEvent>): Status {
  let status = NEW_STATUS;
  for (const event of events) {
    const next = transition(status, event);
    if ('status' in next) status = next.status;
  }
  return status;
}

function proposerOf({ proposer }: Status): Pick<Status, 'proposer'> | undefined {
  return proposer === undefined ? undefined : { proposer };
}
