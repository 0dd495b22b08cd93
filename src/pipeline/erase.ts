import type { PostBatch, ScoredBatch } from '../core/batch.js';
import type { ErasureStore, NamedPost } from '../core/keeping.js';
import type { Post } from '../core/post.js';
import type { Queue } from '../core/queue-ports.js';

/** What an erasure asks of the outside. */
export interface ErasurePorts {
  readonly erasures: ErasureStore;
  readonly score: Pick<Queue<PostBatch>, 'rewrite'>;
  readonly land: Pick<Queue<ScoredBatch>, 'rewrite'>;
  readonly rejects: { blank(isMeant: (line: string) => boolean): number };
}

/** What erasing posts came to. */
export interface Erased {
  /** For each link or id asked for, in order. */
  readonly asked: readonly {
    readonly named: string;
    readonly items: readonly number[];
    /** Escalated items, for whose sake nothing of this one was erased. */
    readonly inCases: readonly number[];
  }[];
  /** Batches on the queues, dead letters among them, that posts were taken out of. */
  readonly batches: number;
  /** Rejected rows whose received bytes were overwritten. */
  readonly rejects: number;
  /** False while another process reads: the next purge empties the log. */
  readonly logEmptied: boolean;
}

/** A web address as people paste it from a phone: without its scheme. */
const BARE_LINK = /^(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S/i;

/**
 * A post as somebody names it: its link, without `https://` too, or its id (`PLACE:ID`). Undefined for what is neither, and
 * could never be met: to remember that would promise what is not kept.
 */
export function postNamed(given: string): string | undefined {
  const name = given.trim();
  if (BARE_LINK.test(name)) return `https://${name}`;
  if (/^https?:/i.test(name)) return URL.canParse(name) ? name : undefined;
  return /^[^\s:]+:\S/.test(name) ? name : undefined;
}

/** A name shorter than this is met in rejected rows by chance. */
const LEAST_NAME = 5;

/**
 * Erases posts on request: out of the store with all that belongs to them, out of what waits on the queues, out of dead
 * letters and rejected rows. They are remembered as keyed hashes first, so that what is under way does not land.
 */
export async function erasePosts(
  ports: ErasurePorts,
  named: readonly string[],
  how: { readonly cases: boolean; readonly reason?: string },
  now: number,
): Promise<Erased> {
  const names: NamedPost[] = [];
  const asked = named.map((each) => {
    const report = ports.erasures.erase(each, how, now);
    names.push(...report.names);
    return { named: each, items: report.items, inCases: report.inCases };
  });
  return { asked, ...(await sweepErased(ports, names)) };
}

/** Takes erased posts out of the queues, dead letters and rejected rows, and empties the store's log. */
export async function sweepErased(
  { erasures, score, land, rejects }: ErasurePorts,
  names: readonly NamedPost[] = [],
): Promise<Omit<Erased, 'asked'>> {
  const isKept = (post: Pick<Post, 'id' | 'url'>): boolean => !erasures.isErased(post);
  const scored = await score.rewrite((batch) => {
    const posts = batch.posts.filter(isKept);
    return posts.length === batch.posts.length ? undefined : { ...batch, posts };
  });
  const landing = await land.rewrite((batch) => {
    const landed = batch.landed.filter(({ post }) => isKept(post));
    const passed = batch.passed.filter(isKept);
    const isSame = landed.length === batch.landed.length && passed.length === batch.passed.length;
    return isSame ? undefined : { ...batch, landed, passed };
  });
  const words = names
    .flatMap(({ id, url }) => [id?.slice(id.indexOf(':') + 1), url])
    .filter((word): word is string => word !== undefined && word.length >= LEAST_NAME);
  const blanked = rejects.blank(
    (line) => words.some((word) => line.includes(word)) || erasures.namesErased(line),
  );
  return { batches: scored + landing, rejects: blanked, logEmptied: erasures.truncateLog() };
}
