import { z } from 'zod';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { secretVariable } from './secret.js';
import { sourceUrl } from './source-url.js';

const streamUrl = z
  .string()
  .max(2_000)
  .refine(isStream, 'a WebSocket address, e.g. wss://jetstream2.us-west.bsky.network/subscribe');

/** Keys of a source that reads Bluesky: everybody’s posts as they come, or a search with a login. */
const blueskyOptions = z
  .strictObject({
    mode: z.enum(['stream', 'search']).default('stream'),
    /** The instance of Jetstream. */
    jetstream: streamUrl.default('wss://jetstream2.us-west.bsky.network/subscribe'),
    /** Languages that a post says it is in; `[id]` where neither these nor `words` are set. */
    langs: z
      .array(z.string().regex(/^[a-z]{2,3}$/, 'a language code, e.g. id'))
      .min(1)
      .max(20)
      .optional(),
    /** Words or phrases of which a post must hold one. */
    words: z.array(z.string().trim().min(2).max(100)).min(1).max(500).optional(),
    /** How far back the first pass of a stream begins; Jetstream keeps 36 hours. */
    lookback_minutes: z.int().min(0).max(2_160).default(10),
    /** A pass of a stream ends when it has caught up with its own start, at the latest after this. */
    listen_seconds: z.int().min(1).max(3_600).default(300),
    /** What is searched for. */
    query: z.string().trim().min(1).max(500).optional(),
    /** How far back the first search goes. */
    since_hours: z.int().min(1).max(720).default(24),
    /** Where the account is that searches. */
    pds: sourceUrl.default('https://bsky.social'),
    identifier_env: secretVariable.optional(),
    password_env: secretVariable.optional(),
    /** Pages of 100 that one search reads. */
    max_pages: z.int().min(1).max(50).default(10),
    /** Who is asked whether a post is still there. */
    record_service: sourceUrl.default('https://public.api.bsky.app'),
    requests_per_second: z.number().positive().max(10).default(1),
  })
  .superRefine((options, context) => {
    const fault = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (options.mode === 'stream') {
      if (options.query !== undefined) fault('query', 'nothing in a stream; set mode: search, or words');
      return;
    }
    if (options.query === undefined) fault('query', 'what is searched for, e.g. query: banjir jakarta');
    if (options.words !== undefined) fault('words', 'nothing in a search; write them into query');
    for (const key of ['identifier_env', 'password_env'] as const) {
      if (options[key] === undefined) {
        fault(key, 'the name of an environment variable, e.g. BLUESKY_APP_PASSWORD: a search needs a login');
      }
    }
  });

export type BlueskyOptions = z.output<typeof blueskyOptions>;

function isStream(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'wss:' || protocol === 'ws:') && username === '' && password === '';
}

/** Bluesky. A recorded payload is read without settings: they say only what to ask for. */
export const blueskyKind = defineKind({
  kind: 'bluesky',
  options: blueskyOptions,
  create: (source) => {
    // A login is kept for as long as the program runs, and nowhere else.
    const login: { access?: string; refresh?: string } = {};
    return {
      source: source.name,
      kind: 'bluesky',
      collect: async function* (cursor, context) {
        if (source.options.mode === 'search') {
          const { searchBluesky } = await import('./bluesky-search.js');
          yield* searchBluesky(source, cursor, context, login);
        } else {
          const { followJetstream } = await import('./bluesky-stream.js');
          yield* followJetstream(source, cursor, context);
        }
      },
      recheck: async (post, context) => {
        const { recheckBluesky } = await import('./bluesky-recheck.js');
        return await recheckBluesky(source, post, context);
      },
    };
  },
  parseAlone: parse,
});

async function parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed> {
  const { parseBlueskyBody } = await import('./bluesky-parse.js');
  const { posts, rejects, withdrawn } = parseBlueskyBody(source, payload);
  return { posts, rejects, withdrawn };
}
