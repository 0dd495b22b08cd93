import { z } from 'zod';
import { ALERT_KINDS, DELIVERY_STATES } from '../../core/alert.js';
import { CATEGORIES, LEVELS } from '../../core/assessment.js';
import { acknowledgeAlert } from '../../pipeline/acknowledge-alert.js';
import { alertsModel } from '../pages/alerts.js';
import type { DeskApp } from '../route.js';
import { type ApiEndpoint, endpoint } from './endpoint.js';

const time = z.string().describe('ISO 8601 UTC');
const count = z.int().min(0);

const aboutShape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal(ALERT_KINDS[0]),
    narrative: z.string(),
    title: z.string().describe('masked; empty where no flagged post is in the narrative'),
    at: time,
    posts: count,
    flagged: count,
    authors: count,
  }),
  z.strictObject({
    kind: z.literal(ALERT_KINDS[1]),
    item: count,
    level: z.enum(LEVELS),
    categories: z.array(z.enum(CATEGORIES)),
    region: z.string().optional(),
    narrative: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal(ALERT_KINDS[2]),
    source: z.string(),
    why: z.enum(['quiet', 'failing']),
    hours: count,
    usualHours: count.optional(),
  }),
]);

const alertShape = z.strictObject({
  id: z.int().min(1),
  raisedAt: time,
  about: aboutShape,
  acknowledged: z.strictObject({ at: time, by: z.string() }).optional(),
  deliveries: z.array(
    z.strictObject({ channel: z.string(), state: z.enum(DELIVERY_STATES), attempts: count }),
  ),
});

/** Alerts: to read, and to say that somebody looks. */
export function alertEndpoints(app: Pick<DeskApp, 'ports' | 'alerts'>): readonly ApiEndpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/alerts',
      id: 'listAlerts',
      summary: 'Alerts that the account sees, newest first',
      scope: 'alerts:read',
      right: 'alert:read',
      query: z.strictObject({
        open: z.literal('1').optional().describe('only those that nobody acknowledged'),
        before: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      answer: z.strictObject({
        alerts: z.array(alertShape),
        next: z.int().optional().describe('give it as `before` for the next page; absent at the end'),
        counts: z.strictObject({ open: count, waiting: count, dead: count }),
      }),
      handle: ({ caller, query: { open, before, limit } }) => {
        const ask = { limit, open: open === '1', ...(before === undefined ? {} : { before }) };
        const { alerts, ...rest } = alertsModel(app, caller, ask);
        return {
          ...rest,
          alerts: alerts.map(({ id, raisedAt, about, acknowledged, deliveries }) => ({
            id,
            raisedAt,
            about,
            ...(acknowledged === undefined ? {} : { acknowledged }),
            deliveries: deliveries.map(({ channel, state, attempts }) => ({ channel, state, attempts })),
          })),
        };
      },
    }),
    endpoint({
      method: 'POST',
      path: '/alerts/{number}/acknowledge',
      id: 'acknowledgeAlert',
      summary: 'Say that somebody looks; what of the alert waits to be sent is not sent',
      scope: 'alerts:acknowledge',
      right: 'alert:acknowledge',
      body: z.strictObject({}),
      answer: z.strictObject({ acknowledged: z.literal(true) }),
      handle: ({ caller, number }) => {
        acknowledgeAlert({ ...app.ports, alerts: app.alerts }, caller.me.actor, number);
        return { acknowledged: true };
      },
    }),
  ];
}
