import { z } from 'zod';
import { LIVES } from '../../core/narrative.js';
import { TREND_KINDS } from '../../core/trends.js';

/** What the API answers with of narratives and trends, as schemas. No account, no author, no single post of one. */

const time = z.iso.datetime().describe('ISO 8601 UTC');
const count = z.int().min(0);
const share = z.number().min(0).max(1);

export const hourShape = z
  .strictObject({ hour: time.describe('begin of the hour'), posts: count, flagged: count })
  .describe('Posts in an hour, and how many of them are flagged');

const coordinationShape = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('cannot-tell'),
    reason: z.enum(['too-few-posts', 'authors-unknown']),
  }),
  z
    .strictObject({
      is: z.literal('measured'),
      copies: share.describe('posts that are copies of another'),
      halfWithinMinutes: z.number().min(0).describe('in which the closest half of the posts fell'),
      busiestTenth: share.describe('posts by the busiest tenth of the authors'),
      authorsPerPost: share,
      sharedLink: share.describe('posts with the link shared most'),
      signs: z.enum(['none', 'some', 'many']),
    })
    .describe('Of the narrative, never of a person'),
]);

export const narrativeShape = z.strictObject({
  id: z.string(),
  title: z.string().describe('its most telling phrases, or what a person called it; may be empty'),
  life: z.enum(LIVES),
  firstSeen: time,
  lastSeen: time,
  posts: count,
  flagged: count,
  authors: count.describe('distinct; exact up to 64 and estimated beyond'),
  variants: count,
  bursts: z.array(
    z.strictObject({ at: time, size: count, p: z.number().describe('chance by its habit alone') }),
  ),
  coordination: coordinationShape,
});

const counted = z.array(z.strictObject({ text: z.string(), posts: count }));

export const storyShape = z.strictObject({
  narrative: narrativeShape,
  hours: z.array(hourShape).describe('only those with posts'),
  terms: counted,
  hashtags: counted,
  domains: counted,
  claims: z
    .array(z.strictObject({ id: z.string(), posts: count }))
    .describe('fact-checks that its posts match'),
  places: z
    .array(z.strictObject({ region: z.string(), firstSeen: time, posts: count }))
    .describe('in the order in which they were first seen; `unknown` among them'),
  sources: z.array(z.strictObject({ source: z.string(), firstSeen: time })),
  variants: z.array(
    z.strictObject({
      wording: z.string(),
      posts: count,
      firstSeen: time,
      text: z.string().optional().describe('masked; left out where too few posts share it'),
      item: z.int().min(1).optional().describe('for roles that read items'),
    }),
  ),
  slurs: z
    .array(z.string())
    .optional()
    .describe('words in these texts that are slurs or swear words: blur them for those who read for hours'),
  exemplar: z.strictObject({ text: z.string(), at: time }).optional(),
  clarifications: z.array(
    z.strictObject({
      at: time,
      channel: z.string(),
      url: z.string(),
      note: z.string(),
      before: count.describe('posts in the 24 hours before'),
      after: count.describe('posts in the 24 hours after'),
      afterHours: count.describe('hours after it that are over, at most 24'),
    }),
  ),
});

export const trendShape = z.strictObject({
  kind: z.enum(TREND_KINDS),
  key: z.string(),
  posts: count,
  flagged: count,
  usual: z
    .number()
    .min(0)
    .optional()
    .describe('by the same hours of earlier days; absent where none are known'),
  p: z.number().optional().describe('chance in its most unusual hour by habit alone'),
});
