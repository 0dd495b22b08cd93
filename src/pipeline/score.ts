import { createHash } from 'node:crypto';
import type { Assessment, Versions } from '../core/assessment.js';
import type { Excerpt, PassedPost, PostBatch, ScoredBatch, ScoredPost } from '../core/batch.js';
import { RetryableError } from '../core/errors.js';
import type { Fingerprint } from '../core/narrative.js';
import type { Post } from '../core/post.js';
import type { Consumer, Job, Queue } from '../core/queue-ports.js';
import type { Observation } from '../core/trends.js';
import type { WatchedTopic } from '../core/watch.js';
import { Echoes } from '../narrative/echoes.js';
import { encodeSignature, read, readNormalised, signatureOf } from '../narrative/fingerprint.js';
import { domainsOf, hashtagsOf } from '../narrative/observe.js';
import { linksOf, shownTerm, termsOf } from '../narrative/terms.js';
import { MAX_ASSESSED_CHARS } from '../score/assess.js';
import { maskNames, namesIn } from '../text/mask.js';
import { type Normalised, normalise } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';
import { wordingOf } from '../text/wording.js';
import type { Landing } from '../triage/landing.js';
import { lands } from '../triage/landing.js';

/** What scoring needs of the assessor (score/assess.ts). */
export interface Assessor {
  assess(text: string): Assessment;
  /** The text that was assessed last as it was read, so that nobody need read it again. */
  lastRead?(): { readonly n: Normalised; readonly tokens: Tokens } | undefined;
  /** As they are now; they change when fact-checks come in. */
  readonly versions?: Versions;
}

/** What is noted of a text beside its assessment; none of it flags anything. */
export interface TextObserver {
  /** Code of the region that a text names. @param canonical the text as it was read (text/normalise.ts) */
  regionOf(canonical: string): string | undefined;
  /** Watched topics that a text is on, whether they are active or not. */
  topicsOf(canonical: string): readonly WatchedTopic[];
}

/**
 * Assesses a batch; exact copies in it are assessed once. Pure but for the assessor's own memory.
 * @param observer without it no region is read out of texts, and no topic is watched
 * @param echoes what was met before; without it no text is handed on that may come to stand for a story
 */
export function scoreBatch(
  assessor: Assessor,
  batch: PostBatch,
  landing: Landing,
  observer?: TextObserver,
  echoes?: Echoes,
): ScoredBatch {
  const byText = new Map<string, ReadText>();
  const landed: ScoredPost[] = [];
  const passed: PassedPost[] = [];
  for (const post of batch.posts) {
    let known = byText.get(post.text);
    if (known === undefined) {
      known = readText(assessor, post.text, landing, observer);
      byText.set(post.text, known);
    }
    const { assessment, print, signature, wording } = known;
    const { observation, watch } = observationOf(post, known, batch.source);
    const excerpt =
      signature !== undefined && echoes?.meets(signature) === true ? excerptOf(post) : undefined;
    if (wording !== undefined) {
      const scored: Writable<ScoredPost> = { post, assessment };
      addPrint(scored, print, observation, excerpt);
      scored.wording = wording;
      if (watch > 0) scored.watch = watch;
      landed.push(scored);
    } else {
      const left = passedPost(post, assessment);
      addPrint(left, print, observation, excerpt);
      passed.push(left);
    }
  }
  const { versions } = assessor;
  const assessed = { run: batch.run, source: batch.source, landed, passed, failed: 0 };
  return versions === undefined ? assessed : { ...assessed, versions };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads a text: once, however often it is in the batch. */
function readText(
  assessor: Assessor,
  text: string,
  landing: Landing,
  observer: TextObserver | undefined,
): ReadText {
  const assessment = assessor.assess(text);
  const reading = assessor.lastRead?.();
  const printed = printOf(text, assessment, reading);
  const { observed, topics } = observe(text, reading?.n, observer);
  return {
    assessment,
    print: printed?.print,
    signature: printed?.signature,
    observed,
    topics,
    wording: lands(assessment, landing) ? hashedWording(text, reading?.n) : undefined,
  };
}

/** One by one and in order, so that all posts are of few shapes: to spread them costs microseconds a post. */
function addPrint(
  into: Writable<Pick<PassedPost, 'fingerprint' | 'observation' | 'excerpt'>>,
  fingerprint: Fingerprint | undefined,
  observation: Observation | undefined,
  excerpt: Excerpt | undefined,
): void {
  if (fingerprint !== undefined) into.fingerprint = fingerprint;
  if (observation !== undefined) into.observation = observation;
  if (excerpt !== undefined) into.excerpt = excerpt;
}

const EXCERPT_CHARS = 280;

/** What may come to stand for a story: the post's begin, without names. */
function excerptOf({ text, url }: Post): Excerpt {
  const masked = maskNames(text.slice(0, 2 * EXCERPT_CHARS)).slice(0, EXCERPT_CHARS);
  // A letter of two halves is not cut in two.
  const whole = masked.replace(/[\uD800-\uDBFF]$/, '');
  return { text: whole, ...(url === undefined ? {} : { url }) };
}

/** What is known of a text, whoever posted it. */
interface ReadText {
  readonly assessment: Assessment;
  readonly print: Fingerprint | undefined;
  /** As it stands in {@link print}. */
  readonly signature: Uint32Array | undefined;
  readonly observed: Observation;
  readonly topics: readonly WatchedTopic[];
  /** Undefined of what does not land. */
  readonly wording: string | undefined;
}

/** 128 bits of what copies of a text have in common; one that is too long to be read is known as it stands. */
function hashedWording(text: string, read: Normalised | undefined): string {
  const canonical = text.length > MAX_ASSESSED_CHARS ? text : (read ?? normalise(text)).text;
  return createHash('sha256').update(wordingOf(canonical)).digest('base64url').slice(0, 22);
}

/** What of the counts a text says by itself. */
function observe(
  text: string,
  read: Normalised | undefined,
  observer: TextObserver | undefined,
): Pick<ReadText, 'observed' | 'topics'> {
  if (text.length > MAX_ASSESSED_CHARS) return { observed: {}, topics: [] };
  const hashtags = hashtagsOf(text);
  const domains = domainsOf(text);
  const canonical = observer === undefined ? '' : (read ?? normalise(text)).text;
  const region = observer?.regionOf(canonical);
  const observed: Writable<Observation> = {};
  if (region !== undefined) observed.region = region;
  if (hashtags.length > 0) observed.hashtags = hashtags;
  if (domains.length > 0) observed.domains = domains;
  return { observed, topics: observer?.topicsOf(canonical) ?? [] };
}

/**
 * What a post is counted by: what its text says, and what only the post does (its source's region goes first, its time
 * says which topics are on); undefined where that is nothing. And how much those topics weigh.
 */
function observationOf(
  post: Post,
  { observed, topics }: ReadText,
  source: string,
): { observation: Observation | undefined; watch: number } {
  let observation = post.region === undefined ? observed : { ...observed, region: post.region };
  if (post.source !== source && isPlace(post)) observation = { ...observation, source: post.source };
  let watch = 0;
  if (topics.length > 0) {
    const at = Date.parse(post.createdAt ?? post.collectedAt);
    const active = topics.filter(({ from, to }) => from <= at && at < to);
    if (active.length > 0) observation = { ...observation, topics: active.map(({ id }) => id) };
    for (const { weight } of active) watch = Math.max(watch, weight);
  }
  return { observation: saysNothing(observation) ? undefined : observation, watch };
}

function saysNothing({ region, hashtags, domains, topics, source }: Observation): boolean {
  return (
    region === undefined &&
    hashtags === undefined &&
    domains === undefined &&
    topics === undefined &&
    source === undefined
  );
}

const MOST_PLACE_CHARS = 60;

/** Whether what a row calls its source may be told as a place of a story: no account, address or number, nor who wrote it. */
function isPlace({ source, author }: Post): boolean {
  if (source.length > MOST_PLACE_CHARS || /[\p{Cc}\p{Cf}]/u.test(source)) return false;
  const said = source.toLowerCase();
  if (said === author?.handle?.toLowerCase() || said === author?.id?.toLowerCase()) return false;
  return maskNames(source) === source;
}

/** What joins the post to others of its story; undefined where its text says too little, or was too much to assess. */
export function fingerprintOf(
  text: string,
  assessment: Pick<Assessment, 'findings'>,
  assessed?: { readonly n: Normalised; readonly tokens: Tokens },
): Fingerprint | undefined {
  return printOf(text, assessment, assessed)?.print;
}

function printOf(
  text: string,
  { findings }: Pick<Assessment, 'findings'>,
  assessed: { readonly n: Normalised; readonly tokens: Tokens } | undefined,
): { readonly print: Fingerprint; readonly signature: Uint32Array } | undefined {
  if (text.length > MAX_ASSESSED_CHARS) return undefined;
  const reading = assessed === undefined ? read(text) : readNormalised(assessed.n, assessed.tokens);
  const signature = signatureOf(reading);
  if (signature === undefined) return undefined;
  const claims: string[] = [];
  for (const { reason, claim } of findings) {
    if (reason === 'claim-match' && claim !== undefined) claims.push(claim.id.replaceAll('\n', ' '));
  }
  const { words: named, contacts } = namesIn(text);
  // A number or a mail address that many give is as good as a link, and like one it is never told.
  const terms = termsOf(reading, [...linksOf(text), ...contacts.slice(0, MOST_CONTACTS)], claims);
  const print = {
    signature: encodeSignature(signature),
    // Whom a text names as an account, and what of a person it tells, is no term of its story.
    terms: (named.size === 0 ? terms : terms.filter((term) => !isNamed(term, named))).join('\n'),
  };
  return { print, signature };
}

const MOST_CONTACTS = 3;

/** Whether a term is of an account, an address or a number that leads to a person. */
function isNamed(term: string, named: ReadonlySet<string>): boolean {
  const shown = shownTerm(term);
  return shown !== '' && (named.has(shown) || (/^\d/.test(shown) && named.has(shown.replace(/\D/g, ''))));
}

function passedPost(post: Post, assessment: Assessment): Writable<PassedPost> {
  const { language, level, flags, incomplete, targets } = assessment;
  const left: Writable<PassedPost> = {
    id: post.id,
    revision: post.revision,
    at: post.createdAt ?? post.collectedAt,
    language: language.code,
    level,
    flags,
    incomplete: incomplete.length > 0,
  };
  const authorId = post.author?.id ?? post.author?.handle;
  if (authorId !== undefined) left.authorId = authorId;
  if (targets.length > 0) left.targets = targets;
  return left;
}

export interface ScoreOptions {
  readonly assessor: Assessor;
  readonly landing: Landing;
  readonly observer?: TextObserver;
  readonly score: Pick<Queue<PostBatch>, 'consume'>;
  readonly land: Pick<Queue<ScoredBatch>, 'enqueue'>;
  /** Adds to a batch that was assessed what else is to be known of it. */
  readonly also?: (scored: ScoredBatch, job: Job<PostBatch>) => ScoredBatch;
  readonly onBatch?: (scored: ScoredBatch, job: Job<PostBatch>) => void;
  /** Told of trouble that no job carries, and of what makes a job wait (a full disk). */
  readonly onError?: (error: unknown) => void;
}

/**
 * Takes batches, assesses them and hands them to the lander under the same job id. The hand-over comes before the
 * batch is acknowledged, so a scorer killed between the two makes the same hand-over again, and the store knows it.
 * A batch that is buried is handed over as so many failed posts.
 */
export function consumeScore(options: ScoreOptions): Consumer {
  const { assessor, landing, observer, score, land } = options;
  const echoes = new Echoes();
  return score.consume(
    async (job) => {
      const assessed = scoreBatch(assessor, job.payload, landing, observer, echoes);
      const scored = options.also?.(assessed, job) ?? assessed;
      try {
        // Were it lost in a power cut, so would be the acknowledgement that follows: the batch comes again.
        await land.enqueue([{ id: job.id, lane: job.lane, payload: scored }], { durable: false });
      } catch (error) {
        if (error instanceof RetryableError) options.onError?.(error);
        throw error;
      }
      options.onBatch?.(scored, job);
    },
    {
      concurrency: 2,
      onDead: async (job) => {
        const { run, source, posts } = job.payload;
        const buried: ScoredBatch = { run, source, landed: [], passed: [], failed: posts.length };
        await land.enqueue([{ id: job.id, lane: job.lane, payload: buried }]);
      },
      ...(options.onError === undefined ? {} : { onError: options.onError }),
    },
  );
}
