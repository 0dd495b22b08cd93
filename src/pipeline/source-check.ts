import type { CollectContext, CollectedPage, Collector, Gap, Reject } from '../core/collector-ports.js';
import { kindOf, messageOf } from '../core/errors.js';
import type { Clock } from '../core/ports.js';

/** A post as a check shows it: nobody is named. */
export interface CheckedPost {
  readonly createdAt?: string;
  /** The begin of its text, mentions masked. */
  readonly text: string;
  readonly hasAuthor: boolean;
  readonly hasUrl: boolean;
}

/** What is wrong with what came; the sentence that says what to do stands in words/sources.ts. */
export type CheckProblem =
  | 'failed'
  | 'no-page'
  | 'no-posts'
  | 'rejects'
  | 'no-times'
  | 'future-times'
  | 'old'
  | 'gaps';

/** What one page of a source would give. */
export interface SourceCheck {
  readonly source: string;
  readonly kind: string;
  readonly posts: number;
  /** The first few. */
  readonly shown: readonly CheckedPost[];
  readonly newestPostAt?: string;
  readonly withdrawn: number;
  readonly claims: number;
  /** The first few. */
  readonly rejects: readonly Pick<Reject, 'at' | 'kind' | 'reason'>[];
  readonly rejected: number;
  readonly gaps: readonly Gap[];
  readonly error?: { readonly kind: string; readonly message: string };
  readonly problems: readonly CheckProblem[];
}

const SHOWN = 5;
const SHOWN_CHARS = 160;
/** A source that streams may have nothing to say for so long, ms. */
const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;
const OLD_DAYS = 30;
const AHEAD_MS = 300_000;

/**
 * Fetches a source's first page as if it were new, and queues and keeps nothing of it. A fault of the source is part of
 * what is told, never thrown.
 */
export async function checkSource(
  collector: Collector,
  { fetcher, clock, signal }: { fetcher: CollectContext['fetcher']; clock: Clock; signal: AbortSignal },
): Promise<SourceCheck> {
  const ended = new AbortController();
  const patience = new AbortController();
  clock.sleep(PATIENCE_MS, ended.signal).then(
    () => patience.abort(new Error('nothing came in a minute')),
    () => undefined,
  );
  const pages = collector
    .collect(undefined, {
      // What is known of ETag and Last-Modified would make the place answer that nothing changed.
      fetcher: { ...fetcher, fetch: (request) => fetcher.fetch({ ...request, conditional: false }) },
      clock,
      signal: AbortSignal.any([signal, patience.signal]),
    })
    [Symbol.asyncIterator]();
  let page: CollectedPage | undefined;
  let error: SourceCheck['error'];
  try {
    const first = await pages.next();
    if (first.done !== true) page = first.value;
  } catch (cause) {
    if (!patience.signal.aborted) error = { kind: kindOf(cause), message: messageOf(cause) };
  } finally {
    ended.abort();
    await pages.return?.();
  }
  return describe(collector, page, error, clock.now());
}

function describe(
  { source, kind }: Collector,
  page: CollectedPage | undefined,
  error: SourceCheck['error'],
  now: number,
): SourceCheck {
  const { posts = [], rejects = [], withdrawn = [], claims = [], gaps = [] } = page ?? {};
  const times = posts.flatMap(({ createdAt }) => (createdAt === undefined ? [] : [Date.parse(createdAt)]));
  const newest = times.reduce((latest, time) => Math.max(latest, time), Number.NEGATIVE_INFINITY);
  const problems: CheckProblem[] = [];
  const problem = (name: CheckProblem, is: boolean): void => {
    if (is) problems.push(name);
  };
  problem('failed', error !== undefined);
  problem('no-page', error === undefined && page === undefined);
  problem('no-posts', page !== undefined && posts.length + claims.length + withdrawn.length === 0);
  problem('rejects', rejects.length > 0);
  problem('no-times', posts.length > 0 && times.length === 0);
  problem('future-times', newest > now + AHEAD_MS);
  problem('old', times.length > 0 && newest < now - OLD_DAYS * DAY_MS);
  problem('gaps', gaps.length > 0);
  return {
    source,
    kind,
    posts: posts.length,
    shown: posts.slice(0, SHOWN).map(({ createdAt, text, author, url }) => ({
      text: masked(text),
      hasAuthor: author !== undefined,
      hasUrl: url !== undefined,
      ...(createdAt === undefined ? {} : { createdAt }),
    })),
    withdrawn: withdrawn.length,
    claims: claims.length,
    rejects: rejects.slice(0, SHOWN).map(({ at, kind: what, reason }) => ({ at, kind: what, reason })),
    rejected: rejects.length,
    gaps,
    problems,
    ...(times.length === 0 ? {} : { newestPostAt: new Date(newest).toISOString() }),
    ...(error === undefined ? {} : { error }),
  };
}

function masked(text: string): string {
  const begin = text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
  return begin.replace(/@[\p{L}\p{N}_.-]+/gu, '@…');
}
