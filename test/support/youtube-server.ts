import { type Answer, serve, type WebServer } from './web-server.js';

/** A thread of an invented video. */
export interface ToldThread {
  readonly id: string;
  readonly text: string;
  /** Minutes after an invented beginning. */
  readonly minute: number;
  readonly replies?: readonly string[];
}

/** The comments of a video by the Data API on loopback: pages, tokens, a key, a quota that it counts itself. */
export interface YoutubeServer extends WebServer {
  threads: ToldThread[];
  /** Calls that it takes before it says that the quota is used up. */
  quota: number;
  calls: number;
  /** Answers with this instead, if set. */
  answer: Answer | undefined;
  readonly sent: Buffer[];
}

export const KEY = 'AIza-kunci-uji-coba-12345';
export const VIDEO = 'vid-rukun01';
/** Smaller than the 100 of the place, so that tests need few threads; `maxResults` must ask for 100 all the same. */
const PAGE = 10;
const EMBEDDED = 2;

export function timeOf(minute: number): string {
  return new Date(Date.parse('2026-11-20T00:00:00Z') + minute * 60_000).toISOString().replace('.000Z', 'Z');
}

function comment(id: string, text: string, minute: number, video: string | undefined): object {
  return {
    kind: 'youtube#comment',
    etag: 'x',
    id,
    snippet: {
      channelId: 'UCrukun',
      ...(video === undefined ? {} : { videoId: video }),
      textDisplay: text,
      textOriginal: text,
      authorDisplayName: '@akun_fiksi',
      authorChannelId: { value: `UC-${id}` },
      canRate: true,
      viewerRating: 'none',
      likeCount: 3,
      publishedAt: timeOf(minute),
      updatedAt: timeOf(minute),
    },
  };
}

export function threadJson({ id, text, minute, replies = [] }: ToldThread): object {
  const embedded = replies
    .slice(0, EMBEDDED)
    .map((reply, index) => comment(`${id}.${index}`, reply, minute + 1, VIDEO));
  return {
    kind: 'youtube#commentThread',
    etag: 'x',
    id,
    snippet: {
      channelId: 'UCrukun',
      videoId: VIDEO,
      topLevelComment: comment(id, text, minute, VIDEO),
      canReply: true,
      totalReplyCount: replies.length,
      isPublic: true,
    },
    ...(embedded.length === 0 ? {} : { replies: { comments: embedded } }),
  };
}

/** An error as Google's APIs tell it. */
export function googleError(code: number, reason: string, message = 'x'): Answer {
  const error = { code, message, errors: [{ message, domain: 'youtube.commentThread', reason }] };
  return (_request, response) => {
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  };
}

export async function serveYoutube(): Promise<YoutubeServer> {
  const guarded =
    (list: (query: URLSearchParams) => object): Answer =>
    (request, response) => {
      server.calls += 1;
      if (server.answer !== undefined) return server.answer(request, response);
      if (request.headers['x-goog-api-key'] !== KEY) {
        return googleError(
          400,
          'badRequest',
          'API key not valid. Please pass a valid API key.',
        )(request, response);
      }
      if (server.calls > server.quota) return googleError(403, 'quotaExceeded')(request, response);
      const body = Buffer.from(JSON.stringify(list(new URL(request.path, server.url).searchParams), null, 2));
      server.sent.push(body);
      response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' }).end(body);
    };
  const commentThreads = guarded((query) => {
    const newestFirst = server.threads.toSorted((one, other) => other.minute - one.minute);
    // A token stands for a place in the list, not for a number of entries.
    const after = Number(query.get('pageToken')?.replace('m', '') ?? Number.POSITIVE_INFINITY);
    const rest = newestFirst.filter(({ minute }) => minute < after);
    const page = rest.slice(0, PAGE);
    return {
      kind: 'youtube#commentThreadListResponse',
      etag: 'x',
      ...(rest.length > PAGE ? { nextPageToken: `m${page.at(-1)?.minute}` } : {}),
      pageInfo: { totalResults: page.length, resultsPerPage: Number(query.get('maxResults')) },
      items: page.map(threadJson),
    };
  });
  const comments = guarded((query) => {
    const kind = 'youtube#commentListResponse';
    const id = query.get('id');
    if (id !== null) {
      const found = server.threads.filter((thread) => thread.id === id);
      return { kind, items: found.map(({ text, minute }) => comment(id, text, minute, undefined)) };
    }
    const thread = server.threads.find((each) => each.id === query.get('parentId'));
    const from = Number(query.get('pageToken') ?? 0);
    const all = thread?.replies ?? [];
    return {
      kind,
      ...(from + PAGE < all.length ? { nextPageToken: String(from + PAGE) } : {}),
      items: all
        .slice(from, from + PAGE)
        .map((text, index) =>
          comment(`${thread?.id}.${from + index}`, text, (thread?.minute ?? 0) + 1, undefined),
        ),
    };
  });
  const server: YoutubeServer = Object.assign(
    await serve({ '/youtube/v3/commentThreads': commentThreads, '/youtube/v3/comments': comments }),
    {
      threads: [] as ToldThread[],
      quota: Number.POSITIVE_INFINITY,
      calls: 0,
      answer: undefined as Answer | undefined,
      sent: [] as Buffer[],
    },
  );
  return server;
}
