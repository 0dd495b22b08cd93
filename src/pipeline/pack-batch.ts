import type { Excerpt, PassedPost, PostBatch, ScoredBatch, ScoredPost } from '../core/batch.js';
import { PermanentError } from '../core/errors.js';
import type { Author, Post, Reach, ReceivedRecord } from '../core/post.js';
import type { Observation } from '../core/trends.js';

/*
 * How batches are written on the queues: rows in place of objects, so that no name of a field is written, read and
 * kept once a post, and what a post shares with the one before it (source, receipt, file) is written once. Two thirds
 * to three quarters of the bytes. What was queued by a version that wrote objects is read as well.
 */

/** A payload as it is written, and back. */
export interface Form<T> {
  pack(payload: T): unknown;
  /** @throws PermanentError kind `unknown-payload` where a newer version wrote it */
  unpack(packed: unknown): T;
}

/** A type all of whose fields are named here; a field that is added and not written makes this no type at all. */
type Written<T, Fields extends keyof T> = [Exclude<keyof T, Fields>] extends [never] ? T : never;

type WrittenPost = Written<
  Post,
  | 'id'
  | 'revision'
  | 'source'
  | 'platform'
  | 'text'
  | 'createdAt'
  | 'collectedAt'
  | 'url'
  | 'author'
  | 'reach'
  | 'region'
  | 'record'
>;
type WrittenAuthor = Written<Author, 'id' | 'handle'>;
type WrittenRecord = Written<
  ReceivedRecord,
  'mediaType' | 'encoding' | 'bytes' | 'from' | 'receivedAt' | 'headers' | 'bodySha256'
>;
type WrittenPassed = Written<
  PassedPost,
  | 'id'
  | 'revision'
  | 'authorId'
  | 'at'
  | 'language'
  | 'level'
  | 'flags'
  | 'incomplete'
  | 'fingerprint'
  | 'observation'
  | 'excerpt'
  | 'targets'
>;

/** Stands for what is absent, and in a field that neighbours share for "as in the row before": no field is a number. */
const NONE = 0;
type Or0<T> = T | typeof NONE;
const FORMAT = 2;
/** What is read as well: terms were a list. */
const FORMAT_BEFORE = 1;

type RecordRow = readonly [
  bytes: string,
  mediaType: Or0<string>,
  encoding: Or0<ReceivedRecord['encoding']>,
  from: Or0<string>,
  receivedAt: Or0<string>,
  headers: Or0<ReceivedRecord['headers']>,
  bodySha256: Or0<string | null>,
];

type PostRow = readonly [
  id: string,
  revision: string,
  text: string,
  createdAt: Or0<string>,
  url: Or0<string>,
  author: Or0<readonly [id: Or0<string>, handle: Or0<string>]>,
  reach: Or0<Reach>,
  source: Or0<string>,
  platform: Or0<string>,
  collectedAt: Or0<string>,
  region: Or0<string>,
  record: Or0<RecordRow>,
];

type PrintRow = readonly [
  signature: Or0<string>,
  terms: Or0<string | readonly string[]>,
  observation: Or0<Observation>,
  excerpt: Or0<Excerpt>,
];

/** Few posts land: all but the post itself stays as it is. */
type ScoredRow = readonly [post: PostRow, scored: Omit<ScoredPost, 'post'>];

type PassedRow = readonly [
  id: string,
  revision: string,
  at: Or0<string>,
  language: Or0<string>,
  level: Or0<PassedPost['level']>,
  flags: Or0<PassedPost['flags']>,
  incomplete: 0 | 1,
  authorId: Or0<string>,
  targets: Or0<NonNullable<PassedPost['targets']>>,
  print: PrintRow,
];

type PostBatchRow = readonly [format: typeof FORMAT, run: string, source: string, posts: readonly PostRow[]];

type ScoredBatchRow = readonly [
  format: typeof FORMAT,
  batch: Omit<ScoredBatch, 'landed' | 'passed'>,
  landed: readonly ScoredRow[],
  passed: readonly PassedRow[],
];

/** Posts on their way to the scorers. */
export const POST_BATCH: Form<PostBatch> = {
  pack({ run, source, posts }): PostBatchRow {
    return [FORMAT, run, source, posts.map((post, at) => packPost(post, posts[at - 1]))];
  },
  unpack(packed) {
    const row = rowOf<PostBatchRow>(packed);
    if (row === undefined) return packed as PostBatch;
    const [, run, source, rows] = row;
    const posts: Post[] = [];
    for (const each of rows) posts.push(unpackPost(each, posts.at(-1)));
    return { run, source, posts };
  },
};

/** Posts on their way to the lander. */
export const SCORED_BATCH: Form<ScoredBatch> = {
  pack({ landed, passed, ...batch }): ScoredBatchRow {
    return [
      FORMAT,
      batch,
      landed.map((scored, at) => packScored(scored, landed[at - 1]?.post)),
      passed.map((post, at) => packPassed(post, passed[at - 1])),
    ];
  },
  unpack(packed) {
    const row = rowOf<ScoredBatchRow>(packed);
    if (row === undefined) return linedUp(packed as ScoredBatch);
    const [, { run, source, ...rest }, landedRows, passedRows] = row;
    const landed: ScoredPost[] = [];
    for (const each of landedRows) landed.push(unpackScored(each, landed.at(-1)?.post));
    const passed: PassedPost[] = [];
    for (const each of passedRows) passed.push(unpackPassed(each, passed.at(-1)));
    return { run, source, landed, passed, ...rest };
  },
};

/** The rows of a packed payload; nothing where it is an object, as versions before this form wrote them. */
function rowOf<R>(packed: unknown): R | undefined {
  if (!Array.isArray(packed)) return undefined;
  if (packed[0] === FORMAT || packed[0] === FORMAT_BEFORE) return packed as unknown as R;
  throw new PermanentError(
    'unknown-payload',
    'A batch on the queue was written by a newer version of Ronda; upgrade this machine.',
  );
}

function packPost(post: WrittenPost, before: Post | undefined): PostRow {
  const author: WrittenAuthor | undefined = post.author;
  return [
    post.id,
    post.revision,
    post.text,
    post.createdAt ?? NONE,
    post.url ?? NONE,
    author === undefined ? NONE : [author.id ?? NONE, author.handle ?? NONE],
    post.reach ?? NONE,
    unless(post.source, before?.source),
    unless(post.platform, before?.platform),
    unless(post.collectedAt, before?.collectedAt),
    post.region ?? NONE,
    post.record === undefined ? NONE : packRecord(post.record, before?.record),
  ];
}

function unpackPost(row: PostRow, before: Post | undefined): Post {
  const [id, revision, text, createdAt, url, author, reach, source, platform, collectedAt, region, record] =
    row;
  // In the order in which collectors make them, so that all posts are of few shapes.
  const post: Writable<Post> = {
    id,
    revision,
    source: source === NONE ? (before?.source ?? '') : source,
    platform: platform === NONE ? (before?.platform ?? '') : platform,
    text,
    collectedAt: collectedAt === NONE ? (before?.collectedAt ?? '') : collectedAt,
  };
  if (createdAt !== NONE) post.createdAt = createdAt;
  if (url !== NONE) post.url = url;
  if (author !== NONE) post.author = unpackAuthor(author);
  if (reach !== NONE) post.reach = reach;
  if (region !== NONE) post.region = region;
  if (record !== NONE) post.record = unpackRecord(record, before?.record);
  return post;
}

function unpackAuthor([id, handle]: readonly [Or0<string>, Or0<string>]): Author {
  const author: Writable<Author> = {};
  if (id !== NONE) author.id = id;
  if (handle !== NONE) author.handle = handle;
  return author;
}

function packRecord(record: WrittenRecord, before: ReceivedRecord | undefined): RecordRow {
  return [
    record.bytes,
    unless(record.mediaType, before?.mediaType),
    unless(record.encoding, before?.encoding),
    unless(record.from, before?.from),
    unless(record.receivedAt, before?.receivedAt),
    before !== undefined && areSame(record.headers, before.headers) ? NONE : record.headers,
    unless(record.bodySha256, before?.bodySha256),
  ];
}

function unpackRecord(row: RecordRow, before: ReceivedRecord | undefined): ReceivedRecord {
  const [bytes, mediaType, encoding, from, receivedAt, headers, bodySha256] = row;
  return {
    mediaType: mediaType === NONE ? (before?.mediaType ?? '') : mediaType,
    encoding: encoding === NONE ? (before?.encoding ?? 'utf8') : encoding,
    bytes,
    from: from === NONE ? (before?.from ?? '') : from,
    receivedAt: receivedAt === NONE ? (before?.receivedAt ?? '') : receivedAt,
    headers: headers === NONE ? (before?.headers ?? {}) : headers,
    bodySha256: bodySha256 === NONE ? (before?.bodySha256 ?? null) : bodySha256,
  };
}

/** The pages of an API share their headers, files have none. */
function areSame(headers: ReceivedRecord['headers'], others: ReceivedRecord['headers']): boolean {
  if (headers === others) return true;
  for (const _ in headers) return false;
  for (const _ in others) return false;
  return true;
}

function packPassed(post: WrittenPassed, before: PassedPost | undefined): PassedRow {
  return [
    post.id,
    post.revision,
    unless(post.at, before?.at),
    unless(post.language, before?.language),
    unless(post.level, before?.level),
    post.flags.length === 0 ? NONE : post.flags,
    post.incomplete ? 1 : 0,
    post.authorId ?? NONE,
    post.targets ?? NONE,
    packPrint(post),
  ];
}

function unpackPassed(row: PassedRow, before: PassedPost | undefined): PassedPost {
  const [id, revision, at, language, level, flags, incomplete, authorId, targets, print] = row;
  const post: Writable<PassedPost> = {
    id,
    revision,
    at: at === NONE ? (before?.at ?? '') : at,
    language: language === NONE ? (before?.language ?? 'und') : language,
    level: level === NONE ? (before?.level ?? 'none') : level,
    flags: flags === NONE ? [] : flags,
    incomplete: incomplete === 1,
  };
  if (authorId !== NONE) post.authorId = authorId;
  if (targets !== NONE) post.targets = targets;
  unpackPrint(print, post);
  return post;
}

function packScored({ post, ...scored }: ScoredPost, before: Post | undefined): ScoredRow {
  return [packPost(post, before), scored];
}

function unpackScored([post, scored]: ScoredRow, before: Post | undefined): ScoredPost {
  return withLines({ post: unpackPost(post, before), ...scored });
}

type Print = Pick<PassedPost, 'fingerprint' | 'observation' | 'excerpt'>;

function packPrint({ fingerprint, observation, excerpt }: Print): PrintRow {
  return [fingerprint?.signature ?? NONE, fingerprint?.terms ?? NONE, observation ?? NONE, excerpt ?? NONE];
}

function unpackPrint([signature, terms, observation, excerpt]: PrintRow, into: Writable<Print>): void {
  if (signature !== NONE) into.fingerprint = { signature, terms: terms === NONE ? '' : asLines(terms) };
  if (observation !== NONE) into.observation = observation;
  if (excerpt !== NONE) into.excerpt = excerpt;
}

/** A batch as versions before this form wrote it. */
function linedUp(batch: ScoredBatch): ScoredBatch {
  return { ...batch, landed: batch.landed.map(withLines), passed: batch.passed.map(withLines) };
}

function withLines<T extends Print>(post: T): T {
  const { fingerprint } = post;
  if (fingerprint === undefined || typeof fingerprint.terms === 'string') return post;
  return { ...post, fingerprint: { ...fingerprint, terms: asLines(fingerprint.terms) } };
}

function asLines(terms: string | readonly string[]): string {
  return typeof terms === 'string' ? terms : terms.join('\n');
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The value, unless it is that of the row before. */
function unless<V>(value: V, before: V | undefined): Or0<V> {
  return value === before ? NONE : value;
}
