import { z } from 'zod';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { secretVariable } from './secret.js';
import { sourceUrl } from './source-url.js';

/** Keys of a source that reads the comments of a video, or of all of a channel, by YouTube's Data API v3. */
const youtubeOptions = z
  .strictObject({
    video: z
      .string()
      .regex(/^[\w-]{11}$/, 'the id of a video, e.g. dQw4w9WgXcQ')
      .optional(),
    channel: z
      .string()
      .regex(/^UC[\w-]{22}$/, 'the id of a channel, which begins with UC')
      .optional(),
    /** Name of the variable that holds the key of the API. */
    key_env: secretVariable,
    /** Units a day that this source may use: a call is one. */
    quota: z.int().min(1).max(1_000_000).default(10_000),
    /** Pages of 100 threads that one pass reads at most; the next goes on from there. */
    max_pages: z.int().min(1).max(1_000).default(50),
    /** Replies beyond those that come with their thread. */
    replies: z.boolean().default(true),
    base: sourceUrl.default('https://www.googleapis.com'),
    requests_per_second: z.number().positive().max(20).default(2),
  })
  .superRefine((options, context) => {
    if ((options.video === undefined) === (options.channel === undefined)) {
      const message = 'either video or channel, e.g. video: dQw4w9WgXcQ';
      context.addIssue({ code: 'custom', path: ['video'], message });
    }
  });

export type YoutubeOptions = z.output<typeof youtubeOptions>;

/** Comments on YouTube. A recorded answer of the API is read without settings. */
export const youtubeKind = defineKind({
  kind: 'youtube',
  options: youtubeOptions,
  create: (source) => ({
    source: source.name,
    kind: 'youtube',
    collect: async function* (cursor, context) {
      const { collectYoutube } = await import('./youtube-collect.js');
      yield* collectYoutube(source, cursor, context);
    },
    recheck: async (post, context) => {
      const { recheckYoutube } = await import('./youtube-recheck.js');
      return await recheckYoutube(source, post, context);
    },
  }),
  parseAlone: parse,
});

async function parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed> {
  const { parseYoutubeBody } = await import('./youtube-parse.js');
  const { posts, rejects } = parseYoutubeBody(source, payload);
  return { posts, rejects };
}
