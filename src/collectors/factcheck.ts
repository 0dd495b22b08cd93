import { z } from 'zod';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { secretVariable } from './secret.js';
import { sourceUrl } from './source-url.js';

/** Keys of a source of published fact-checks: a search of Google's Fact Check Tools, or a fact-checker's feed or page. */
const factcheckOptions = z
  .strictObject({
    /** A fact-checker's feed, or a page with ClaimReview. */
    url: sourceUrl.optional(),
    /** Words that the claims of Google's index are searched by. */
    query: z.string().min(2).max(300).optional(),
    /** Name of the variable that holds the key of the API; with `query`. */
    key_env: secretVariable.optional(),
    /** Language of the fact-checks of a search. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a language code, e.g. id')
      .default('id'),
    /** Only fact-checks of the last days; with `query`. */
    max_age_days: z.int().min(1).max(3_650).optional(),
    /** Only of this publisher's site; with `query`. */
    publisher_site: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,100}$/, 'a host name, e.g. cekfakta.example')
      .optional(),
    /** Who publishes, where the feed or page does not say. */
    publisher: z.string().min(1).max(200).optional(),
    /** Pages of 100 that a search reads. */
    max_pages: z.int().min(1).max(50).default(5),
    base: sourceUrl.default('https://factchecktools.googleapis.com'),
    requests_per_second: z.number().positive().max(10).default(1),
  })
  .superRefine((options, context) => {
    const fault = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((options.url === undefined) === (options.query === undefined)) {
      fault('url', 'either url, e.g. https://cekfakta.example/feed, or query');
    }
    if (options.query !== undefined && options.key_env === undefined) {
      fault('key_env', 'a search needs a key: the name of the variable that holds it, e.g. FACTCHECK_KEY');
    }
  });

export type FactcheckOptions = z.output<typeof factcheckOptions>;

/** What reading a body needs of the keys. */
const readingOptions = z.object({ publisher: z.string().optional() });

export type FactcheckReading = z.output<typeof readingOptions>;

/** Published fact-checks, for the index of claims. A recorded body is read without settings. */
export const factcheckKind = defineKind({
  kind: 'factcheck',
  options: factcheckOptions,
  create: (source) => ({
    source: source.name,
    kind: 'factcheck',
    collect: async function* (cursor, context) {
      const { collectFactchecks } = await import('./factcheck-collect.js');
      yield* collectFactchecks(source, cursor, context);
    },
  }),
  parseAlone: parse,
});

async function parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed> {
  const { parseFactchecks } = await import('./factcheck-parse.js');
  const options = readingOptions.parse(source.options ?? {});
  const { claims, rejects } = parseFactchecks({ ...source, options }, payload);
  return { posts: [], rejects, claims };
}
