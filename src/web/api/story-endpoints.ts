import { z } from 'zod';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { LIVES } from '../../core/narrative.js';
import { TREND_KINDS } from '../../core/trends.js';
import type { StoryView } from '../../pipeline/read-story.js';
import { readStoryApart, readTrendsApart } from '../../pipeline/story-reading.js';
import { STORY_ID, storiesModel } from '../pages/narratives.js';
import type { DeskApp } from '../route.js';
import { type ApiEndpoint, endpoint } from './endpoint.js';
import { hourShape, narrativeShape, storyShape, trendShape } from './story-shapes.js';

const HOUR_MS = 3_600_000;
/** Longest span that is read at once: 400 days. */
const LONGEST_MS = 400 * 24 * HOUR_MS;

const id = z.string().regex(STORY_ID);
const span = {
  from: z.iso.datetime({ offset: true }).describe('ISO 8601; rounded down to the hour'),
  to: z.iso.datetime({ offset: true }).describe('ISO 8601, not included; at most 400 days after `from`'),
};
const kind = z.enum(TREND_KINDS);

/** @throws DeskRefusal `bad-field` */
function spanOf({ from, to }: { readonly from: string; readonly to: string }) {
  const [begin, end] = [from, to].map((each) => Math.floor(Date.parse(each) / HOUR_MS) * HOUR_MS);
  if (begin === undefined || end === undefined || end <= begin || end - begin > LONGEST_MS) {
    throw new DeskRefusal('bad-field', 'query.to: must be after from, by 400 days at most');
  }
  return { from: new Date(begin).toISOString(), to: new Date(end).toISOString() };
}

/** Narratives and trends: aggregate alone, for humas and partners who see no item. */
export function storyEndpoints(app: Pick<DeskApp, 'stories'>): readonly ApiEndpoint[] {
  const must = { method: 'GET', scope: 'narratives:read', right: 'narrative:read' } as const;
  return [
    endpoint({
      ...must,
      path: '/narratives',
      id: 'listNarratives',
      summary: 'A page of the narratives, latest seen first',
      query: z.strictObject({
        life: z.enum(LIVES).optional(),
        days: z.coerce.number().int().min(1).max(365).optional().describe('last seen within so many days'),
        least: z.coerce.number().int().min(1).optional().describe('of so many posts at least'),
        text: z.string().min(1).max(200).optional().describe('words that all stand in the title'),
        burst: z.literal('1').optional().describe('only those with a burst'),
        after: id.optional().describe('`next` of the page before'),
        limit: z.coerce.number().int().min(1).max(100).default(30),
      }),
      answer: z.strictObject({
        narratives: z.array(narrativeShape),
        next: z
          .string()
          .optional()
          .describe(
            'give it as `after` for the next page; absent at the end. A page may be short and still go on',
          ),
      }),
      handle: async ({ caller, query: { life, days, least, text, burst, after, limit } }) => {
        const filter = {
          ...(life === undefined ? {} : { life }),
          ...(days === undefined ? {} : { days }),
          ...(least === undefined ? {} : { least }),
          ...(text === undefined ? {} : { text }),
          ...(burst === undefined ? {} : { burst: true }),
        };
        const ask = { filter, ...(after === undefined ? {} : { after }) };
        const { narratives, next } = await storiesModel(app, caller, ask, limit);
        return {
          narratives: narratives.map(({ narrative }) => narrative),
          ...(next === undefined ? {} : { next }),
        };
      },
    }),
    endpoint({
      ...must,
      path: '/narratives/{id}',
      id: 'readNarrative',
      summary: 'One narrative: curve, terms, places, wordings, fact-checks, clarifications',
      answer: storyShape,
      handle: async ({ caller, id: given }) =>
        storyOf(await readStoryApart(app.stories, caller.me.actor, given)),
    }),
    endpoint({
      ...must,
      path: '/totals',
      id: 'readTotals',
      summary: 'Everything collected by the hour, flagged or not',
      query: z.strictObject(span),
      answer: z.strictObject({ hours: z.array(hourShape) }),
      handle: async ({ caller, query }) => ({
        hours: await readTrendsApart(app.stories, caller.me.actor, { ...spanOf(query), by: 'totals' }),
      }),
    }),
    endpoint({
      ...must,
      path: '/trends',
      id: 'listTrends',
      summary: 'What was posted most, rose or fell most in a span',
      query: z.strictObject({
        ...span,
        kind,
        by: z.enum(['top', 'rising', 'falling']).default('top'),
        limit: z.coerce.number().int().min(1).max(500).default(50),
      }),
      answer: z.strictObject({ trends: z.array(trendShape) }),
      handle: async ({ caller, query }) => {
        const { by, kind: of, limit } = query;
        const asked = { ...spanOf(query), by, kind: of, limit };
        return { trends: await readTrendsApart(app.stories, caller.me.actor, asked) };
      },
    }),
    endpoint({
      ...must,
      path: '/trends/hours',
      id: 'readTrendHours',
      summary: 'One term, hashtag, domain, language, region or topic by the hour',
      query: z.strictObject({ ...span, kind, key: z.string().min(1).max(100) }),
      answer: z.strictObject({ hours: z.array(hourShape).describe('only those with posts') }),
      handle: async ({ caller, query }) => {
        const { kind: of, key } = query;
        const asked = { ...spanOf(query), by: 'series', kind: of, key } as const;
        return { hours: await readTrendsApart(app.stories, caller.me.actor, asked) };
      },
    }),
  ];
}

function storyOf({ answers, variants, checked: _titles, ...rest }: StoryView) {
  return {
    ...rest,
    variants: variants.map(({ parts: _marks, withheld: _why, ...variant }) => variant),
    // Who noted it is for colleagues at the desk.
    clarifications: answers.map(({ id: _id, by: _by, notedAt: _at, ...answer }) => answer),
  };
}
