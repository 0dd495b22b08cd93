import { z } from 'zod';
import { CATEGORIES, LEVELS } from '../../core/assessment.js';
import { MAX_BATCH_ITEMS, MAX_NOTE_CHARS, type ReviewEvent } from '../../core/review.js';
import { claimItems, claimNextApart, releaseClaims, renewClaims } from '../../pipeline/claim-items.js';
import { countItems } from '../../pipeline/count-items.js';
import { MAX_DECIDED_ITEMS } from '../../pipeline/perform-act.js';
import { countQueueApart, followEvents, type OwnFilter } from '../../pipeline/read-queue.js';
import { type DecideRequest, decide, undo } from '../../pipeline/review.js';
import { itemModel } from '../pages/item.js';
import { queueModel } from '../pages/queue.js';
import type { DeskApp } from '../route.js';
import { alertEndpoints } from './alert-endpoints.js';
import { type ApiEndpoint, type ApiStream, endpoint } from './endpoint.js';
import {
  answerShape,
  claimShape,
  countShape,
  eventShape,
  itemShape,
  meShape,
  numbersShape,
  outcomeShape,
  pageShape,
  STATES,
} from './shapes.js';
import { storyEndpoints } from './story-endpoints.js';

const filterFields = {
  state: z.enum(STATES).optional().describe('default: open; `claimed` is open, and somebody works on it'),
  stage: z.enum(['second-opinion', 'proposed', 'approved']).optional(),
  category: z.enum(CATEGORIES).optional(),
  level: z.enum(LEVELS).optional(),
  minLevel: z.enum(LEVELS).optional(),
  source: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional(),
  region: z
    .string()
    .regex(/^(?:[\d.]{1,20}|unknown)$/)
    .optional()
    .describe('a code, with all that is below it; `unknown`'),
  language: z
    .string()
    .regex(/^[a-z]{3}$/)
    .optional()
    .describe('ISO 639-3'),
  text: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('words that all stand in the text, parts of words too'),
  narrative: z
    .string()
    .regex(/^[\w~-]{1,64}$/)
    .optional()
    .describe('id of a narrative'),
};
type FilterFields = z.output<z.ZodObject<typeof filterFields>>;

function filterOf({ narratives }: ApiApp, { region, narrative, ...rest }: FilterFields): OwnFilter {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(region === undefined ? {} : { region: region === 'unknown' ? null : region }),
    ...(narrative === undefined ? {} : { stories: narratives.storiesOf(narrative) }),
  };
}

const place = z.string().regex(/^\d{1,15}(?:\.\d{1,15})?:\d{1,15}$/);
const items = z.array(z.int().min(1)).min(1).max(MAX_BATCH_ITEMS);
const limit = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
const note = z.string().max(MAX_NOTE_CHARS).optional();
const others = z
  .array(z.int().min(1))
  .max(MAX_DECIDED_ITEMS - 1)
  .default([])
  .describe('near-duplicates with which the same is done');
const noted = (said: string | undefined): { note?: string } =>
  said === undefined || said.trim() === '' ? {} : { note: said };

type ApiApp = Pick<DeskApp, 'ports' | 'items' | 'narratives' | 'stories' | 'alerts'>;

/** Every endpoint of the API but the document itself; `test/web/api.test.ts` holds docs/api.md to it. */
export function apiEndpoints(app: ApiApp): readonly ApiEndpoint[] {
  return [
    ...reading(app),
    ...storyEndpoints(app),
    ...alertEndpoints(app),
    ...claiming(app),
    ...deciding(app),
    ...following(app),
  ];
}

function reading(app: ApiApp): readonly ApiEndpoint[] {
  const { ports } = app;
  return [
    endpoint({
      method: 'GET',
      path: '/me',
      id: 'whoAmI',
      summary: 'The account and the scopes of this token',
      answer: meShape,
      handle: ({ caller: { me, scopes } }) => {
        const { id, name, role, unit } = me.user;
        return { user: id, name, role, unit, scopes };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/items',
      id: 'listItems',
      summary: 'A page of the queue, most urgent first',
      scope: 'items:read',
      right: 'queue:read',
      query: z.strictObject({
        ...filterFields,
        after: place.optional().describe('`next` of the page before'),
        limit: limit(200, 40),
      }),
      answer: pageShape,
      handle: async ({ caller, query: { after, limit: most, ...filter } }) => {
        const [priority, number] = (after ?? '').split(':').map(Number);
        const from = priority === undefined || number === undefined ? {} : { after: { priority, number } };
        const ask = { filter: filterOf(app, filter), mine: false, ...from };
        const { page, count, newest } = await queueModel(app, caller, ask, most);
        const { next } = page;
        return {
          items: page.entries,
          count,
          newest,
          ...(next === undefined ? {} : { next: `${next.priority}:${next.number}` }),
        };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/items/{number}',
      id: 'readItem',
      summary: 'One item with its assessment and history',
      scope: 'items:read',
      right: 'queue:read',
      answer: itemShape,
      handle: ({ caller, number }) => {
        const { item, history, claim } = itemModel(app, caller, number);
        const { id: _sealed, revision: _hash, ...post } = item.post;
        const { events, blind } = history;
        return { ...item, post, history: events, blind, ...(claim === undefined ? {} : { claim }) };
      },
    }),
    endpoint({
      method: 'GET',
      path: '/counts',
      id: 'countItems',
      summary: 'How many items a filter has',
      scope: 'items:read',
      right: 'queue:read',
      query: z.strictObject(filterFields),
      answer: countShape,
      handle: ({ caller, query }) => countQueueApart(ports, caller.me.actor, filterOf(app, query)),
    }),
    endpoint({
      method: 'GET',
      path: '/numbers',
      id: 'readNumbers',
      summary: 'Items of the account’s units by state, level and category; no item among them',
      scope: 'numbers:read',
      right: 'numbers:read',
      answer: numbersShape,
      handle: ({ caller }) => countItems(ports, caller.me.actor),
    }),
  ];
}

function claiming(app: ApiApp): readonly ApiEndpoint[] {
  const { ports } = app;
  const some = z.strictObject({ items });
  const must = { method: 'POST', scope: 'items:decide', right: 'item:claim' } as const;
  return [
    endpoint({
      ...must,
      path: '/claims',
      id: 'claimItems',
      summary: 'Claim items for five minutes; what somebody else holds is told in `taken`',
      body: some,
      answer: z.strictObject({ held: z.array(claimShape), taken: z.array(claimShape) }),
      handle: ({ caller, body }) => claimItems(ports, caller.me.actor, body.items),
    }),
    endpoint({
      ...must,
      path: '/claims/next',
      id: 'claimNext',
      summary: 'Claim the next items of a filter that nobody holds',
      body: z.strictObject({
        count: z.int().min(1).max(MAX_BATCH_ITEMS).default(1),
        filter: z.strictObject(filterFields).default({}),
      }),
      answer: z.strictObject({ held: z.array(claimShape) }),
      handle: async ({ caller, body: { filter, count } }) => ({
        held: await claimNextApart(ports, caller.me.actor, filterOf(app, filter), count),
      }),
    }),
    endpoint({
      ...must,
      path: '/claims/renew',
      id: 'renewClaims',
      summary: 'Hold claims for five more minutes; what was taken meanwhile is in `lost`',
      body: some,
      answer: z.strictObject({ held: z.array(claimShape), lost: z.array(z.int()) }),
      handle: ({ caller, body }) => renewClaims(ports, caller.me.actor, body.items),
    }),
    endpoint({
      ...must,
      path: '/claims/release',
      id: 'releaseClaims',
      summary: 'Give items back to the queue',
      body: some,
      answer: z.strictObject({ released: z.int().min(0) }),
      handle: ({ caller, body }) => ({ released: releaseClaims(ports, caller.me.actor, body.items) }),
    }),
  ];
}

function deciding({ ports }: Pick<DeskApp, 'ports'>): readonly ApiEndpoint[] {
  const must = { method: 'POST', scope: 'items:decide', right: 'item:decide', keyed: true } as const;
  return [
    endpoint({
      ...must,
      path: '/items/{number}/decide',
      id: 'decideItem',
      summary: 'Decide an item that this account has claimed, and near-duplicates with it',
      body: z.strictObject({ outcome: outcomeShape, also: others, note }),
      answer: answerShape,
      handle: ({ caller, number, key, body: { outcome, also, note: said } }) =>
        decide(ports, caller.me.actor, {
          items: [number, ...also],
          // Absent and undefined are the same to the checks that read it.
          outcome: JSON.parse(JSON.stringify(outcome)) as DecideRequest['outcome'],
          key,
          ...noted(said),
        }),
    }),
    endpoint({
      ...must,
      path: '/items/{number}/undo',
      id: 'undoItem',
      summary: 'Take this account’s last act on the item back, within ten seconds',
      body: z.strictObject({ also: others, note }),
      answer: answerShape,
      handle: ({ caller, number, key, body: { also, note: said } }) =>
        undo(ports, caller.me.actor, { items: [number, ...also], key, ...noted(said) }),
    }),
  ];
}

const MOST_EVENTS = 1_000;

function following({ ports }: Pick<DeskApp, 'ports'>): readonly ApiEndpoint[] {
  const after = z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('a number of an event; default: from the first');
  const must = { method: 'GET', scope: 'events:read', right: 'queue:read' } as const;
  return [
    endpoint({
      ...must,
      path: '/events',
      id: 'listEvents',
      summary: 'What happened to the account’s items after an event, in order',
      query: z.strictObject({ after, limit: limit(MOST_EVENTS, 100) }),
      answer: z.strictObject({
        events: z.array(eventShape),
        next: z.int().min(0).describe('give it as `after` to go on'),
        more: z.boolean().describe('true where more is there already'),
      }),
      handle: ({ caller, query }) => {
        const { events, next } = followEvents(ports, caller.me.actor, query.after, query.limit);
        const last = next ?? events.at(-1)?.seq ?? query.after;
        return { events, next: last, more: next !== undefined };
      },
    }),
    endpoint({
      ...must,
      path: '/events/stream',
      id: 'followEvents',
      summary: 'The same as server-sent events; `Last-Event-ID` goes before `after`',
      query: z.strictObject({ after }),
      answer: eventShape,
      stream: 'review',
      handle: ({ caller, query, lastEventId }): ApiStream => {
        let from = /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : query.after;
        return {
          look() {
            const { events, next } = followEvents(ports, caller.me.actor, from, MOST_EVENTS);
            from = next ?? events.at(-1)?.seq ?? from;
            return events.map((data: ReviewEvent) => ({ id: data.seq, data }));
          },
        };
      },
    }),
  ];
}
