import { z } from 'zod';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { secretVariable } from './secret.js';
import { sourceUrl } from './source-url.js';

const tag = z.string().regex(/^[\p{L}\p{M}\p{N}_]{1,100}$/u, 'a hashtag without #, e.g. banjir');

/** Keys of a source that reads an instance of Mastodon, or of what speaks its API. */
const mastodonOptions = z
  .strictObject({
    /** The instance, e.g. `https://instance.example`. */
    url: sourceUrl,
    /** Hashtags without `#`, a timeline each. */
    tags: z.array(tag).min(1).max(10).optional(),
    /** The public timeline, which is also read where there are no tags. */
    timeline: z.literal('public').optional(),
    /** Only what was written on the instance, or only what reached it from others. */
    only: z.enum(['local', 'remote']).optional(),
    /** Languages that a post may say it is in, e.g. `[id, jv]`; one that says none is taken. */
    langs: z
      .array(z.string().regex(/^[a-z]{2,3}$/, 'a language code, e.g. id'))
      .min(1)
      .max(20)
      .optional(),
    token_env: secretVariable.optional(),
    /** Listen to the stream after reading up: posts at once, edits, deletions. Needs a token. */
    stream: z.boolean().default(false),
    /** Where the stream is, if on a host of another name. */
    streaming_url: sourceUrl.optional(),
    /** How long one pass listens. */
    listen_seconds: z.int().min(1).max(3_600).default(300),
    /** Pages of 40 that the first reading goes back. */
    backfill_pages: z.int().min(1).max(100).default(5),
    /** Pages that one pass reads of a timeline at most; the next goes on from there. */
    max_pages: z.int().min(1).max(500).default(50),
    requests_per_second: z.number().positive().max(10).default(1),
  })
  .superRefine((options, context) => {
    const fault = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (options.tags !== undefined && options.timeline !== undefined) {
      fault('tags', 'either tags, e.g. tags: [banjir], or timeline: public, not both');
    }
    if (options.stream && options.tags !== undefined && options.only === 'remote') {
      fault('only', 'local or nothing where tags are streamed: there is no stream of remote posts by tag');
    }
    if (options.stream && options.token_env === undefined) {
      fault(
        'token_env',
        'a stream needs a token: the name of the variable that holds it, e.g. MASTODON_TOKEN',
      );
    }
  });

export type MastodonOptions = z.output<typeof mastodonOptions>;

/** As many statuses as a collector remembers: some MB. */
const MAX_KNOWN = 10_000;

class RecentStatuses extends Map<string, string> {
  override set(status: string, post: string): this {
    this.delete(status);
    super.set(status, post);
    const [oldest] = this.keys();
    if (this.size > MAX_KNOWN && oldest !== undefined) this.delete(oldest);
    return this;
  }
}

/** Mastodon and what speaks its API. A recorded payload is read without settings: they say only what to ask for. */
export const mastodonKind = defineKind({
  kind: 'mastodon',
  options: mastodonOptions,
  create: (source) => {
    // Deletions name a status by an id that only its instance knows; the collector remembers whose it was.
    const known = new RecentStatuses();
    return {
      source: source.name,
      kind: 'mastodon',
      collect: async function* (cursor, context) {
        const { collectMastodon } = await import('./mastodon-collect.js');
        yield* collectMastodon(source, cursor, context, known);
      },
      recheck: async (post, context) => {
        const { recheckMastodon } = await import('./mastodon-recheck.js');
        return await recheckMastodon(source, post, context);
      },
    };
  },
  parseAlone: parse,
});

async function parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed> {
  const { parseMastodonBody } = await import('./mastodon-parse.js');
  const { posts, rejects, withdrawn } = parseMastodonBody(source, payload);
  return { posts, rejects, withdrawn };
}
