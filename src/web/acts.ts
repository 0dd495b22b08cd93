import { CATEGORIES } from '../core/assessment.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import {
  type EscalationChecklist,
  OUTCOMES,
  type Outcome,
  PROTECTED_GROUNDS,
  TARGET_KINDS,
  type Verdict,
} from '../core/review.js';
import { claimItems, releaseClaims, renewClaims } from '../pipeline/claim-items.js';
import type { ActAnswer } from '../pipeline/perform-act.js';
import { readQueueApart } from '../pipeline/read-queue.js';
import {
  addNote,
  approveEscalation,
  decide,
  handOver,
  proposeEscalation,
  refuseEscalation,
  releaseCase,
  reopen,
  reviewBlind,
  undo,
} from '../pipeline/review.js';
import type { Right } from '../triage/rights.js';
import { targetId } from '../words/targets.js';
import { filterOf, type QueueAsk, queueAddress, readAsk } from './queue-query.js';
import { type DeskApp, type DeskRoute, type Fields, field, type SignedVisit } from './route.js';

/** What an act may carry beside its own fields. */
function requestOf(fields: Fields): { note?: string; key?: string } {
  const note = field(fields, 'note');
  const key = field(fields, 'key');
  return { ...(note === '' ? {} : { note }), ...(key === '' ? {} : { key }) };
}

function oneOf<T extends string>(fields: Fields, name: string, all: readonly T[]): T {
  const given = field(fields, name);
  const found = all.find((each) => each === given);
  if (found === undefined) throw badField(name, all.join(', '));
  return found;
}

function badField(name: string, allowed: string): DeskRefusal {
  return new DeskRefusal('bad-field', `${name} is missing or none of: ${allowed}`);
}

/** @throws DeskRefusal `bad-field` */
export function verdictOf(fields: Fields): Verdict {
  const outcome = outcomeOf(fields);
  if (outcome.kind === 'second-opinion') throw badField('outcome', OUTCOMES.slice(0, -1).join(', '));
  return outcome;
}

/** @throws DeskRefusal `bad-field` */
export function outcomeOf(fields: Fields): Outcome {
  const kind = oneOf(fields, 'outcome', OUTCOMES);
  switch (kind) {
    case 'violation':
      return { kind, category: oneOf(fields, 'category', CATEGORIES) };
    case 'hoax': {
      const [claim, source] = [field(fields, 'claim'), field(fields, 'source')];
      return { kind, ...(claim === '' ? {} : { claim }), ...(source === '' ? {} : { source }) };
    }
    case 'not-a-violation':
      return { kind, ground: oneOf(fields, 'ground', PROTECTED_GROUNDS) };
    case 'duplicate': {
      const of = field(fields, 'of');
      if (!/^\d{1,15}$/.test(of)) throw badField('of', 'the number of an item');
      return { kind, of: Number(of) };
    }
    case 'out-of-scope':
    case 'second-opinion':
      return { kind };
  }
}

/** @param known targets that were found in the item, which a name alone is enough for */
function checklistOf(fields: Fields, known: readonly string[]): EscalationChecklist {
  const target = targetId(field(fields, 'target'), known);
  const factCheck = field(fields, 'factCheck');
  const isYes = (name: string): boolean => oneOf(fields, name, ['yes', 'no']) === 'yes';
  return {
    targetKind: oneOf(fields, 'targetKind', TARGET_KINDS),
    criticismOrOpinion: isYes('criticismOrOpinion'),
    callToAct: isYes('callToAct'),
    ...(target === '' ? {} : { target }),
    ...(factCheck === '' ? {} : { factCheck }),
  };
}

/** The item that an act is about first, then its near-duplicates that were ticked, wordings at a time: `12,15`. */
function itemsOf(number: number, fields: Fields): readonly number[] {
  const also = (fields.get('also') ?? []).flatMap((ticked) => ticked.split(',')).map(Number);
  if (also.some((each) => !Number.isSafeInteger(each) || each < 1))
    throw badField('also', 'numbers of items');
  return [number, ...also];
}

type Perform = (visit: SignedVisit, item: number, fields: Fields) => ActAnswer;

/** One route an act on an item; each answers a form with a page, a script with JSON. */
export function actRoutes(app: DeskApp): readonly DeskRoute[] {
  const { ports } = app;
  const acts: readonly (readonly [string, Right, 'next' | 'stay', Perform])[] = [
    [
      'decide',
      'item:decide',
      'next',
      ({ me }, item, fields) =>
        decide(ports, me.actor, {
          ...requestOf(fields),
          items: itemsOf(item, fields),
          outcome: outcomeOf(fields),
          leaveOut: true,
        }),
    ],
    [
      'undo',
      'item:decide',
      'stay',
      ({ me }, item, fields) => undo(ports, me.actor, { ...requestOf(fields), items: itemsOf(item, fields) }),
    ],
    [
      'review-blind',
      'review:blind',
      'next',
      ({ me }, item, fields) =>
        reviewBlind(ports, me.actor, { ...requestOf(fields), item, verdict: verdictOf(fields) }),
    ],
    [
      'propose',
      'escalation:propose',
      'next',
      ({ me }, item, fields) =>
        proposeEscalation(ports, me.actor, {
          ...requestOf(fields),
          item,
          checklist: checklistOf(fields, app.items.getItem(item)?.assessment.targets ?? []),
        }),
    ],
    [
      'approve',
      'escalation:approve',
      'stay',
      ({ me }, item, fields) => approveEscalation(ports, me.actor, { ...requestOf(fields), item }),
    ],
    [
      'refuse',
      'escalation:approve',
      'stay',
      ({ me }, item, fields) => refuseEscalation(ports, me.actor, { ...requestOf(fields), item }),
    ],
    [
      'release-case',
      'escalation:release',
      'stay',
      ({ me }, item, fields) => releaseCase(ports, me.actor, { ...requestOf(fields), item }),
    ],
    [
      'reopen',
      'item:reopen',
      'stay',
      ({ me }, item, fields) => reopen(ports, me.actor, { ...requestOf(fields), item }),
    ],
    [
      'hand-over',
      'item:hand-over',
      'next',
      ({ me }, item, fields) =>
        handOver(ports, me.actor, { ...requestOf(fields), item, unit: field(fields, 'unit') }),
    ],
    [
      'note',
      'item:note',
      'stay',
      ({ me }, item, fields) => addNote(ports, me.actor, { ...requestOf(fields), item }),
    ],
  ];
  return [
    ...acts.map(
      ([name, access, then, perform]): DeskRoute => ({
        method: 'POST',
        path: `/items/:number{[0-9]{1,15}}/${name}`,
        access,
        handle: (visit, fields) => {
          const item = numberOf(visit);
          const answer = perform(visit, item, fields);
          // Without a script there is no other place to tell what was left out than the item's own page.
          const isTold = answer.leftOut === undefined || visit.c.req.header('x-csrf') !== undefined;
          return answerWith(app, visit, fields, answer, then === 'next' && isTold ? undefined : item);
        },
      }),
    ),
    {
      method: 'POST',
      path: '/items/:number{[0-9]{1,15}}/claim',
      access: 'item:claim',
      handle: (visit, fields) => {
        const item = numberOf(visit);
        const answer = claimItems(ports, visit.me.actor, [item]);
        return answerWith(app, visit, fields, answer, item);
      },
    },
    {
      method: 'POST',
      path: '/items/:number{[0-9]{1,15}}/release',
      access: 'item:claim',
      handle: (visit, fields) => {
        const item = numberOf(visit);
        releaseClaims(ports, visit.me.actor, [item]);
        return answerWith(app, visit, fields, {}, item);
      },
    },
    {
      // What a page that is worked on asks every minute, so that nothing is lost to the clock.
      method: 'POST',
      path: '/items/:number{[0-9]{1,15}}/renew',
      access: 'item:claim',
      handle: (visit) => visit.c.json(renewClaims(ports, visit.me.actor, [numberOf(visit)])),
    },
  ];
}

function numberOf({ c }: SignedVisit): number {
  return Number(c.req.param('number'));
}

/** A script is told what was done and where to go on; a form is led there. */
async function answerWith(
  app: DeskApp,
  visit: SignedVisit,
  fields: Fields,
  answer: object & Pick<Partial<ActAnswer>, 'undoUntil'>,
  stayAt: number | undefined,
): Promise<Response> {
  const ask = readAsk((name) => fields.get(`queue-${name}`)?.[0]);
  const item = stayAt ?? (await nextItem(app, visit, ask));
  const query = queueAddress(ask).split('?')[1];
  const next =
    item === undefined ? queueAddress(ask) : `/items/${item}${query === undefined ? '' : `?${query}`}`;
  const { c, now } = visit;
  if (c.req.header('x-csrf') === undefined) return c.redirect(next, 303);
  const { undoUntil } = answer;
  // How long is left: the clocks of two machines may differ by more than the ten seconds.
  return c.json({
    ...answer,
    ...(undoUntil === undefined ? {} : { undoForMs: Date.parse(undoUntil) - now }),
    next,
  });
}

/** Own claims first: what was taken is worked off before the queue goes on. */
async function nextItem(
  { ports, narratives }: DeskApp,
  { me }: SignedVisit,
  ask: QueueAsk,
): Promise<number | undefined> {
  const [held] = ports.store.claims.heldBy(me.user.id, ports.clock.now());
  if (held !== undefined) return held.item;
  try {
    return (await readQueueApart(ports, me.actor, { ...filterOf(narratives, ask), limit: 1 })).entries[0]
      ?.number;
  } catch (error) {
    // What was done is done; where to go on is then the queue's page to say.
    if (error instanceof DeskRefusal && error.kind === 'too-slow') return undefined;
    throw error;
  }
}
