import { z } from 'zod';
import { CATEGORIES, CONTEXTS, LEVELS } from '../../core/assessment.js';
import { OUTCOMES, PROTECTED_GROUNDS, STAGES, TARGET_KINDS } from '../../core/review.js';
import { ROLES, SCOPES } from '../../core/user.js';

/** What the API answers with, as schemas: the OpenAPI document is made of them, and the tests hold every answer to them. */

const time = z.iso.datetime().describe('ISO 8601 UTC');
const number = z.int().min(1);
export const STATES = ['open', 'claimed', 'escalated', 'closed'] as const;

export const claimShape = z
  .strictObject({ item: number, user: number.describe('id of the account'), until: time })
  .describe('A lease on an item: who works on it, and until when');

export const countShape = z
  .strictObject({ n: z.int().min(0), more: z.boolean() })
  .describe('At most 1 000 are counted; `more` says that there are, or may be, more');

const entryShape = z.strictObject({
  number,
  state: z.enum(STATES),
  stage: z.enum(STAGES),
  level: z.enum(LEVELS),
  flags: z.array(z.enum(CATEGORIES)),
  score: z.number(),
  priority: z.number(),
  language: z.string().describe('ISO 639-3'),
  source: z.string(),
  region: z.string().optional(),
  regionFromText: z
    .boolean()
    .optional()
    .describe('true where the region was read from place names in the text, which may be wrong'),
  unit: z.string().optional(),
  excerpt: z.string().describe('the beginning of the text'),
  veiled: z
    .array(z.strictObject({ start: z.int().min(0), end: z.int().min(0) }))
    .optional()
    .describe(
      'where slurs and swear words stand in the excerpt, as UTF-16 offsets: blur them for those who read for hours',
    ),
  createdAt: time.optional(),
  landedAt: time,
  withdrawnAt: time.optional().describe('its place took it down: the excerpt is empty'),
  copies: number
    .optional()
    .describe('further posts of the same text that are counted with it and are no items of their own'),
  claim: claimShape.optional(),
});

export const pageShape = z.strictObject({
  items: z.array(entryShape),
  count: countShape,
  newest: z.int().min(0).describe('the highest item number of all'),
  next: z
    .string()
    .optional()
    .describe('give it as `after` for the next page; absent at the end. A page may be short and still go on'),
});

const findingShape = z.strictObject({
  rule: z.string(),
  category: z.string(),
  start: z.int().min(0).describe('UTF-16 offset into the text'),
  end: z.int().min(0),
  text: z.string(),
  weight: z.number(),
  reason: z.string().describe('key of the sentence that says why'),
  params: z.record(z.string(), z.string()),
  claim: z
    .strictObject({
      id: z.string(),
      title: z.string(),
      publisher: z.string(),
      date: z.string(),
      url: z.string(),
      similarity: z.number(),
    })
    .optional(),
});

const assessmentShape = z.strictObject({
  language: z.strictObject({
    code: z.string(),
    confidence: z.number(),
    mixed: z.array(z.string()).optional(),
  }),
  categories: z.record(z.enum(CATEGORIES), z.number()),
  flags: z.array(z.enum(CATEGORIES)),
  level: z.enum(LEVELS),
  score: z.number(),
  targets: z.array(z.string()),
  findings: z.array(findingShape).describe('hints for a person, never a verdict'),
  context: z.array(z.enum(CONTEXTS)),
  incomplete: z.array(z.string()).describe('steps that did not finish; never read such an item as clean'),
  versions: z.record(z.string(), z.string()),
  model: z.record(z.string(), z.number()).optional(),
});

const link = z.string().max(2_000);
const verdicts = [
  z.strictObject({ kind: z.literal('violation'), category: z.enum(CATEGORIES) }),
  z
    .strictObject({ kind: z.literal('hoax'), claim: z.string().max(200).optional(), source: link.optional() })
    .describe('only with a published fact-check (its id) or a source (http or https URL)'),
  z
    .strictObject({ kind: z.literal('not-a-violation'), ground: z.enum(PROTECTED_GROUNDS) })
    .describe('protected expression'),
  z.strictObject({ kind: z.literal('duplicate'), of: number }),
  z.strictObject({ kind: z.literal('out-of-scope') }),
] as const;
const verdictShape = z.discriminatedUnion('kind', [...verdicts]);

/** What a reviewer concludes. */
export const outcomeShape = z.discriminatedUnion('kind', [
  ...verdicts,
  z.strictObject({ kind: z.literal(OUTCOMES[5]) }).describe('somebody else is to look; the item stays open'),
]);

const judgedShape = z.strictObject({
  level: z.enum(LEVELS),
  flags: z.array(z.enum(CATEGORIES)),
  score: z.number(),
});

const actShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('decided'), verdict: verdictShape }),
  z.strictObject({
    kind: z.literal('escalation-proposed'),
    checklist: z.strictObject({
      targetKind: z.enum(TARGET_KINDS),
      target: z.string().optional(),
      criticismOrOpinion: z.boolean(),
      callToAct: z.boolean(),
      factCheck: z.string().optional(),
    }),
  }),
  z.strictObject({ kind: z.literal('handed-over'), unit: z.string() }),
  z
    .strictObject({ kind: z.literal('rescored'), from: judgedShape, to: judgedShape, versions: z.string() })
    .describe('a later lexicon or model reads the post otherwise; state and stage are as they were'),
  z.strictObject({ kind: z.literal('reviewed-blind'), verdict: verdictShape, agrees: z.boolean() }),
  z.strictObject({
    kind: z.enum([
      'second-opinion-asked',
      'undone',
      'escalation-approved',
      'escalation-refused',
      'released',
      'reopened',
      'note',
      'withdrawn',
      'returned',
    ]),
  }),
]);

export const eventShape = z
  .strictObject({
    seq: number.describe('rising over all items'),
    item: number,
    at: time,
    actor: z.string().describe('id of the account, or `system`'),
    act: actShape,
    state: z.enum(STATES),
    stage: z.enum(STAGES),
    note: z.string().optional(),
  })
  .describe('What happened in the review of an item; append-only');

export const itemShape = z.strictObject({
  number,
  state: z.enum(STATES),
  post: z
    .strictObject({
      source: z.string(),
      platform: z.string(),
      text: z.string().describe('as it was posted; show it as text, never as markup. Empty once withdrawn'),
      collectedAt: time,
      createdAt: time.optional(),
      region: z.string().optional(),
      reach: z
        .strictObject({
          likes: z.number().optional(),
          reposts: z.number().optional(),
          replies: z.number().optional(),
          views: z.number().optional(),
        })
        .optional(),
    })
    .describe('Neither author nor link: names are sealed'),
  assessment: assessmentShape,
  region: z
    .strictObject({ code: z.string(), isFromText: z.boolean() })
    .optional()
    .describe('by the source’s setting, else by place names in the text'),
  landedAt: time,
  revisions: number,
  copies: z
    .array(z.strictObject({ source: z.string(), n: number, from: time, to: time }))
    .optional()
    .describe('further posts of the same text by source: counted with it, and no items of their own'),
  withdrawn: z.strictObject({ at: time, sealed: z.boolean() }).optional(),
  changedAt: time.optional(),
  history: z.array(eventShape),
  blind: z
    .boolean()
    .describe('true where this account may review it blind: verdicts are left out until then'),
  claim: claimShape.optional(),
});

export const answerShape = z.strictObject({
  items: z.array(z.strictObject({ number, state: z.enum(STATES), stage: z.enum(STAGES) })),
  event: number.describe('the last review event'),
  undoUntil: time.optional().describe('until then the same account may undo it'),
  repeated: z.boolean().describe('true where the key had been answered before: nothing was done anew'),
});

export const meShape = z.strictObject({
  user: number,
  name: z.string(),
  role: z.enum(ROLES),
  unit: z.string(),
  scopes: z.array(z.enum(SCOPES)),
});

export const numbersShape = z.strictObject({
  states: z.record(z.enum(STATES), countShape).describe('items of the account’s units by state'),
  openByLevel: z.record(z.enum(LEVELS), countShape),
  openByCategory: z.record(z.enum(CATEGORIES), countShape),
});

/** Every failure of the API, whatever its status. */
export const errorShape = z.strictObject({
  error: z.strictObject({
    kind: z.string().describe('stable, for programs'),
    message: z.string().describe('for people'),
    item: number.optional().describe('the item that it is about'),
    holders: z.array(claimShape).optional().describe('with `claim-lost`: who holds the items now'),
    number: z.string().optional().describe('with 500: stands in the log of the server too'),
  }),
});
