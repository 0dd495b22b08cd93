import type { PersonAct } from '../core/desk-numbers.js';
import type { ReviewAct, Verdict } from '../core/review.js';

/** What is counted of a shift: what decisions came to, and the other acts by their kind. */
export const SHIFT_ACTS = [
  'violation',
  'hoax',
  'not-a-violation',
  'duplicate',
  'out-of-scope',
  'second-opinion-asked',
  'escalation-proposed',
  'escalation-approved',
  'escalation-refused',
  'released',
  'reopened',
  'handed-over',
  'reviewed-blind',
] as const satisfies readonly (Verdict['kind'] | ReviewAct['kind'])[];
export type ShiftAct = (typeof SHIFT_ACTS)[number];

export type ShiftCounts = Readonly<Record<ShiftAct, number>>;

/** What people did in a shift, undone acts left out. */
export interface ShiftSums {
  readonly all: ShiftCounts;
  /** By id of the user as text. */
  readonly people: ReadonlyMap<string, ShiftCounts>;
}

/** Acts that can be undone. */
const UNDOABLE: ReadonlySet<string> = new Set(['decided', 'second-opinion-asked', 'escalation-proposed']);

/** The outcomes that close an item by one person's decision. */
const DECISIONS = ['violation', 'hoax', 'not-a-violation', 'duplicate', 'out-of-scope'] as const;

/** Sums acts that stand in order. An undone act counts for nobody; one whose undoing came later than the acts does. */
export function sumShift(acts: Iterable<PersonAct>): ShiftSums {
  const kept: (PersonAct | undefined)[] = [];
  const lastOf = new Map<number, number>();
  for (const act of acts) {
    if (act.kind === 'undone') {
      const at = lastOf.get(act.item);
      if (at !== undefined && kept[at]?.actor === act.actor) kept[at] = undefined;
      lastOf.delete(act.item);
      continue;
    }
    if (UNDOABLE.has(act.kind)) lastOf.set(act.item, kept.length);
    kept.push(act);
  }
  const all = none();
  const people = new Map<string, Record<ShiftAct, number>>();
  for (const act of kept) {
    const counted = act && countedAs(act);
    if (act === undefined || counted === undefined) continue;
    let own = people.get(act.actor);
    if (own === undefined) {
      own = none();
      people.set(act.actor, own);
    }
    own[counted] += 1;
    all[counted] += 1;
  }
  return { all, people };
}

/** Items decided, whatever they came to. */
export function decidedOf(counts: ShiftCounts): number {
  return DECISIONS.reduce((sum, kind) => sum + counts[kind], 0);
}

function countedAs({ kind, verdict }: PersonAct): ShiftAct | undefined {
  const name = kind === 'decided' ? verdict : kind;
  return SHIFT_ACTS.find((each) => each === name);
}

function none(): Record<ShiftAct, number> {
  return Object.fromEntries(SHIFT_ACTS.map((act) => [act, 0])) as Record<ShiftAct, number>;
}
