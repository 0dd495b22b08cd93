import { z } from 'zod';
import type { Reject } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Post } from '../core/post.js';
import { htmlToText } from '../text/html.js';
import type { Parsed, Payload, SourceSetting } from './collector-kind.js';
import { googleFault } from './google-faults.js';
import { jsonRecords } from './json-records.js';
import { findElements, findJsonValue } from './json-value.js';
import { authorOf, bodySha256, buildPost, isoTime, recordBytes, rejectOf } from './post-builder.js';

/** A thread as a page tells of it. */
export interface Thread {
  readonly id: string;
  /** When its first comment was published, as the place writes it. */
  readonly publishedAt: string;
  readonly replies: number;
  /** Replies that came with it. */
  readonly embedded: number;
  readonly video: string | undefined;
}

export interface YoutubePage extends Parsed {
  readonly threads: readonly Thread[];
  readonly next?: string;
}

const comment = z.looseObject({
  id: z.string().min(1),
  snippet: z.looseObject({
    textOriginal: z.string().optional(),
    textDisplay: z.string().optional(),
    authorDisplayName: z.string().optional(),
    authorChannelId: z.union([z.string(), z.looseObject({ value: z.string().optional() })]).optional(),
    publishedAt: z.string().optional(),
    likeCount: z.number().optional(),
    videoId: z.string().optional(),
  }),
});

const thread = z.looseObject({
  id: z.string().min(1),
  snippet: z.looseObject({
    videoId: z.string().optional(),
    totalReplyCount: z.number().default(0),
    topLevelComment: comment,
  }),
  replies: z.looseObject({ comments: z.array(z.unknown()).default([]) }).optional(),
});

const answer = z.looseObject({ kind: z.string().optional(), nextPageToken: z.string().optional() });

type Source = Pick<SourceSetting<unknown>, 'name' | 'region'>;
type Comment = z.output<typeof comment>;

/** A comment with the JSON that it stands in. */
interface Received {
  readonly comment: Comment;
  readonly text: string;
  readonly video: string | undefined;
  readonly replies?: number;
}

/**
 * Comments of an answer of `commentThreads.list` or `comments.list`, each top comment before its replies. `video`: what
 * replies were asked for of, since they do not say it themselves.
 * @throws PermanentError `not-json`, `broken-json`, `not-youtube`, and as {@link googleFault} says
 */
export function parseYoutubeBody(source: Source, payload: Payload, video?: string): YoutubePage {
  const text = payload.text.replace(/^\ufeff/, '');
  const records = jsonRecords(text, payload.from, ['items']);
  const whole: unknown = jsonOf(text);
  const fault = googleFault(whole, payload.from, 86_400_000);
  if (fault !== undefined) throw fault;
  const { kind = '', nextPageToken } = answer.safeParse(whole).data ?? {};
  const isList = /^youtube#comment(Thread)?ListResponse$/.test(kind);
  const threads: Thread[] = [];
  const received: Received[] = [];
  const rejects: Reject[] = [];
  let recognised = 0;
  for (const record of records) {
    // A list without `items` is taken for the only element itself, and has none.
    if (isList && record.at === 'the answer') continue;
    const asThread = thread.safeParse(record.value);
    const asComment = asThread.success ? undefined : comment.safeParse(record.value);
    if (asThread.success) {
      recognised += 1;
      const found = ofThread(asThread.data, record.text, record.at, rejects);
      threads.push(found.thread);
      received.push(...found.comments);
    } else if (asComment?.success === true && isComment(asComment.data)) {
      recognised += 1;
      received.push({
        comment: asComment.data,
        text: record.text,
        video: asComment.data.snippet.videoId ?? video,
      });
    } else
      rejects.push(
        rejectOf(
          record.at,
          'bad-comment',
          'it is no comment as the API gives them',
          Buffer.from(record.text),
        ),
      );
  }
  if (!isList && recognised === 0) {
    throw new PermanentError(
      'not-youtube',
      `${payload.from}: it is no list of comments of the YouTube Data API; check the address`,
    );
  }
  const posts: Post[] = [];
  const whole256 = bodySha256(payload.body);
  for (const each of received) {
    const built = buildPost(fieldsOf(source, each, payload, whole256));
    if ('post' in built) posts.push(built.post);
    else
      rejects.push(
        rejectOf(each.comment.id, built.refusal.kind, built.refusal.reason, Buffer.from(each.text)),
      );
  }
  return { posts, rejects, threads, ...(nextPageToken ? { next: nextPageToken } : {}) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isComment({ snippet }: Comment): boolean {
  return snippet.textOriginal !== undefined || snippet.textDisplay !== undefined;
}

function ofThread(
  { id, snippet, replies }: z.output<typeof thread>,
  text: string,
  at: string,
  rejects: Reject[],
): { thread: Thread; comments: Received[] } {
  const { videoId: video, totalReplyCount, topLevelComment } = snippet;
  const comments: Received[] = [];
  const own = within(text, ['snippet', 'topLevelComment']);
  comments.push({ comment: topLevelComment, text: own, video, replies: totalReplyCount });
  const list = replies === undefined ? '[]' : within(text, ['replies', 'comments'], '[]');
  for (const { start, end } of findElements(list)) {
    const written = list.slice(start, end);
    const reply = comment.safeParse(jsonOf(written));
    if (reply.success) comments.push({ comment: reply.data, text: written, video });
    else
      rejects.push(
        rejectOf(
          `${at}, a reply`,
          'bad-comment',
          'it is no comment as the API gives them',
          Buffer.from(written),
        ),
      );
  }
  const publishedAt = isoTime(topLevelComment.snippet.publishedAt) ?? '';
  return {
    thread: { id, publishedAt, replies: totalReplyCount, embedded: replies?.comments.length ?? 0, video },
    comments,
  };
}

/** The JSON of a value within an object's own text. */
function within(text: string, path: readonly string[], otherwise = text): string {
  let inner = text;
  for (const key of path) {
    const span = findJsonValue(inner, key);
    if (span === undefined) return otherwise;
    inner = inner.slice(span.start, span.end);
  }
  return inner;
}

function fieldsOf(
  source: Source,
  { comment: { id, snippet }, text, video, replies }: Received,
  payload: Payload,
  whole: string,
) {
  const likes = snippet.likeCount;
  const channel = snippet.authorChannelId;
  const reach = { ...(likes === undefined ? {} : { likes }), ...(replies === undefined ? {} : { replies }) };
  return {
    nativeId: id,
    platform: 'youtube',
    source: source.name,
    // `textOriginal` is given to the author alone; the other is plain where plain text was asked for.
    text: snippet.textOriginal ?? plainOf(snippet.textDisplay ?? ''),
    createdAt: isoTime(snippet.publishedAt),
    collectedAt: payload.receivedAt,
    url:
      video === undefined
        ? undefined
        : `https://www.youtube.com/watch?v=${encodeURIComponent(video)}&lc=${encodeURIComponent(id)}`,
    author: authorOf(typeof channel === 'string' ? channel : channel?.value, snippet.authorDisplayName),
    reach: Object.keys(reach).length === 0 ? undefined : reach,
    region: source.region,
    record: {
      mediaType: 'application/json',
      ...recordBytes(Buffer.from(text)),
      from: withoutKey(payload.from),
      receivedAt: payload.receivedAt,
      headers: payload.headers,
      bodySha256: whole,
    },
  };
}

/** A payload that was recorded elsewhere may carry a key in its address. */
function withoutKey(from: string): string {
  return from.replace(/([?&])key=[^&#]*&?/gi, '$1').replace(/[?&]$/, '');
}

/** What nobody writes who does not mean HTML, in an answer that was recorded without asking for plain text. */
const HTML = /<br\s*\/?>|<a\s[^<>]*href=|&(?:#39|quot|amp|lt|gt);/i;

function plainOf(text: string): string {
  return HTML.test(text) ? htmlToText(text) : text;
}
