import { LEVELS, type Level } from '../core/assessment.js';
import { MAX_SHIFT_NOTE_CHARS, type ShiftEvent } from '../core/desk-numbers.js';
import type { QueueCount } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import type { Actor, User } from '../core/user.js';
import { may } from '../triage/rights.js';
import { unitsSeen } from '../triage/scope.js';
import { type ShiftSums, sumShift } from '../triage/shift.js';
import { type DeskPorts, mustMay, scopeFor } from './desk-access.js';

const HOUR_MS = 3_600_000;
/** Hours that a shift may be looked back on. */
export const SHIFT_HOURS = { least: 1, usual: 8, most: 72 } as const;
/** Acts, new items and old open items that are looked at, so that a page costs the same whatever the store holds. */
const LOOKED = { acts: 10_000, landed: 20_000, oldest: 2_000 } as const;
const NOTES = 20;

/** A shift as those see it who hand it over and who take it. */
export interface ShiftView {
  /** ISO 8601 UTC */
  readonly since: string;
  readonly now: string;
  readonly done: ShiftSums['all'];
  /** True where more was done than was looked at. */
  readonly doneMore: boolean;
  /** By person, for those who lead or audit; others see their own. */
  readonly people: readonly { readonly user: User; readonly counts: ShiftSums['all'] }[];
  /** Open items by level; how long the longest waits (ISO 8601 UTC), where it is among the oldest of all. */
  readonly waiting: Readonly<Record<Level, QueueCount & { readonly oldest?: string }>>;
  /** Absent where every open item was looked at for {@link waiting}. */
  readonly oldestLookedTo?: string;
  readonly stages: Readonly<Record<'second-opinion' | 'proposed' | 'approved', QueueCount>>;
  /** What landed in the shift, decided since or not. */
  readonly landed: Readonly<Record<Level, number>>;
  readonly landedMore: boolean;
  readonly claims: { readonly items: number; readonly people: number };
  /** Notes and hand-overs, newest first. */
  readonly notes: readonly ShiftEvent[];
  /** The last hand-over of the own unit. */
  readonly last?: ShiftEvent;
}

/**
 * The shift of the actor's units since a time: what was decided, what waits, what is new, what was left for the next.
 *
 * @param since ms; at most {@link SHIFT_HOURS} before now
 * @throws DeskRefusal `forbidden`
 */
export function readShift(ports: DeskPorts, actor: Actor, since: number): ShiftView {
  mustMay(actor, 'shift:read');
  const { store, clock, units } = ports;
  const now = clock.now();
  const from = Math.min(now, Math.max(since, now - SHIFT_HOURS.most * HOUR_MS));
  const scope = scopeFor(ports, actor);
  const { numbers, queue, shifts } = store;
  const { acts, more } = numbers.acts(scope, from, LOOKED.acts);
  const sums = sumShift(acts.filter(({ actor: who }) => who !== SYSTEM_ACTOR));
  const oldest = numbers.oldestOpen(scope, LOOKED.oldest);
  const landed = numbers.landedSince(scope, from, LOOKED.landed);
  const claims = numbers.claims(scope, now);
  const count = (stage: 'second-opinion' | 'proposed' | 'approved'): QueueCount =>
    queue.count({ stage, scope, state: stage === 'second-opinion' ? 'open' : 'escalated' }, now);
  const last = shifts.lastHandOver(actor.unit);
  return {
    since: iso(from),
    now: iso(now),
    done: sums.all,
    doneMore: more,
    people: [...sums.people].flatMap(([id, counts]) => {
      const user = leads(actor) || id === String(actor.user) ? store.users.find(Number(id)) : undefined;
      return user === undefined ? [] : [{ user, counts }];
    }),
    waiting: Object.fromEntries(
      LEVELS.map((level) => {
        const at = oldest.levels[level];
        const counted = queue.count({ state: 'open', level, scope }, now);
        return [level, { ...counted, ...(at === undefined ? {} : { oldest: iso(at) }) }];
      }),
    ) as ShiftView['waiting'],
    ...(oldest.to === undefined ? {} : { oldestLookedTo: iso(oldest.to) }),
    stages: {
      'second-opinion': count('second-opinion'),
      proposed: count('proposed'),
      approved: count('approved'),
    },
    landed: landed.levels,
    landedMore: landed.more,
    claims: { items: claims.reduce((sum, { items }) => sum + items, 0), people: claims.length },
    notes: shifts.list(unitsSeen(actor.role, actor.unit, units), NOTES),
    ...(last === undefined ? {} : { last }),
  };
}

/** People of the actor's unit who can take over a shift, the actor left out. */
export function successors({ store }: DeskPorts, actor: Actor): readonly User[] {
  return store.users
    .list()
    .filter(
      ({ id, role, unit, disabledAt }) =>
        id !== actor.user && unit === actor.unit && disabledAt === undefined && may(role, 'shift:hand-over'),
    );
}

/**
 * Leaves a note for the next shift of the own unit.
 *
 * @throws DeskRefusal `forbidden`, `note-missing`, `note-too-long`
 */
export function noteShift(ports: DeskPorts, actor: Actor, note: string): ShiftEvent {
  mustMay(actor, 'shift:hand-over');
  const said = checkNote(note);
  if (said === undefined) throw new DeskRefusal('note-missing', 'say what the next shift should know');
  const { store, clock } = ports;
  return store.atomically(() => {
    const event = store.shifts.add({ unit: actor.unit, actor: actor.user, note: said }, clock.now());
    // The chain is for good, so what was written stays out of it.
    record(ports, actor, 'shift-noted', event.seq, {});
    return event;
  });
}

/**
 * Serah terima: the actor hands the shift of the own unit over to a colleague of that unit.
 *
 * @throws DeskRefusal `forbidden`, `no-user` (nobody of the unit who could take it), `note-too-long`
 */
export function handOverShift(
  ports: DeskPorts,
  actor: Actor,
  { to, since, note }: { readonly to: number; readonly since: number; readonly note: string },
): ShiftEvent {
  mustMay(actor, 'shift:hand-over');
  const said = checkNote(note);
  const { store, clock } = ports;
  return store.atomically(() => {
    if (!successors(ports, actor).some(({ id }) => id === to)) {
      throw new DeskRefusal('no-user', `account ${to} is nobody of this unit who could take the shift over`);
    }
    const now = clock.now();
    const began = Math.min(now, Math.max(since, now - SHIFT_HOURS.most * HOUR_MS));
    const event = store.shifts.add(
      {
        unit: actor.unit,
        actor: actor.user,
        handedOver: { to, since: iso(began) },
        ...(said === undefined ? {} : { note: said }),
      },
      now,
    );
    record(ports, actor, 'shift-handed-over', event.seq, { to, since: iso(began) });
    return event;
  });
}

function record(
  { store, clock }: DeskPorts,
  actor: Actor,
  kind: 'shift-noted' | 'shift-handed-over',
  event: number,
  more: Record<string, string | number>,
): void {
  store.audit.append(
    { actor: String(actor.user), kind, subject: `unit:${actor.unit}`, details: { event, ...more } },
    clock.now(),
  );
}

function checkNote(note: string): string | undefined {
  const said = note.trim();
  if (said.length > MAX_SHIFT_NOTE_CHARS) {
    throw new DeskRefusal('note-too-long', `a note has at most ${MAX_SHIFT_NOTE_CHARS} characters`);
  }
  return said === '' ? undefined : said;
}

function leads({ role }: Actor): boolean {
  return role === 'supervisor' || role === 'auditor';
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
