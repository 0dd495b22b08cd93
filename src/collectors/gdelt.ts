import { z } from 'zod';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { sourceUrl } from './source-url.js';

/** Keys of a source that asks GDELT (DOC 2.0) for news articles of the last three months. */
const gdeltOptions = z.strictObject({
  /** In GDELT's own language: words, "phrases", (a OR b), -not, domain:, near10:"a b". */
  query: z.string().min(3).max(1_000),
  /** Language of the articles, e.g. indonesian. */
  language: z
    .string()
    .regex(/^[a-z]{3,30}$/, 'a language by its English name or three letters, e.g. indonesian')
    .optional(),
  /** Country of the outlets, e.g. indonesia or ID. */
  country: z
    .string()
    .regex(/^[A-Za-z]{2,40}$/, 'a country by its English name without spaces, or two letters, e.g. indonesia')
    .optional(),
  /** How far the first reading looks back. */
  timespan: z
    .string()
    .regex(/^\d{1,3}(min|h|d|w|m)$/, 'a number with min, h, d, w or m (months), e.g. 24h')
    .default('24h'),
  /** Requests of at most 250 articles that one reading makes. */
  max_pages: z.int().min(1).max(50).default(8),
  base: sourceUrl.default('https://api.gdeltproject.org'),
});

export type GdeltOptions = z.output<typeof gdeltOptions>;

/** Articles of the world's news as GDELT lists them. A recorded answer is read without settings. */
export const gdeltKind = defineKind({
  kind: 'gdelt',
  options: gdeltOptions,
  create: (source) => ({
    source: source.name,
    kind: 'gdelt',
    collect: async function* (cursor, context) {
      const { collectGdelt } = await import('./gdelt-collect.js');
      yield* collectGdelt(source, cursor, context);
    },
  }),
  parseAlone: parse,
});

async function parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed> {
  const { parseGdeltBody } = await import('./gdelt-parse.js');
  const { posts, rejects } = parseGdeltBody(source, payload);
  return { posts, rejects };
}
