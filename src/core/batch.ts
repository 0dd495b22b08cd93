import type { Assessment, Versions } from './assessment.js';
import type { Withdrawal } from './collector-ports.js';
import type { Fingerprint } from './narrative.js';
import type { ShadowBatch } from './operations.js';
import type { Post } from './post.js';
import type { Observation } from './trends.js';

/** Limits of a job on the queue: whichever is reached first closes the batch; a post that alone is larger stands alone. */
export const MAX_BATCH_POSTS = 100;
export const MAX_BATCH_BYTES = 256_000;

/** What collecting puts on the `score` queue: 1 to {@link MAX_BATCH_POSTS} posts of one source. */
export interface PostBatch {
  /** The run that its counts belong to. */
  readonly run: string;
  readonly source: string;
  readonly posts: readonly Post[];
}

/** What may come to stand for a story: kept in memory until enough authors share its wording, and else forgotten. */
export interface Excerpt {
  /** Masked (text/mask.ts), at most 280 characters. */
  readonly text: string;
  /** The post's link, so that it is found when it is to be erased; hashed by the store before it touches the disk. */
  readonly url?: string;
}

/** A post that is kept, with why. */
export interface ScoredPost {
  readonly post: Post;
  readonly assessment: Assessment;
  /** Absent where the text says too little to be known by it. */
  readonly fingerprint?: Fingerprint;
  /** What it is about, for the counts; absent where there is nothing to count. */
  readonly observation?: Observation;
  /** Its text, where near-copies of it were seen; absent of most posts. */
  readonly excerpt?: Excerpt;
  /**
   * Hash of the text as it was read, numbers left out (text/wording.ts): of copies of one text only so many become items.
   * Absent of older scorers, whose posts all do.
   */
  readonly wording?: string;
  /** 0..1, how much the watched topics that it is on weigh: orders the queue, and nothing else. Absent for 0. */
  readonly watch?: number;
}

/** What is left of a post that does not land: what is needed to count it and to know it again, no text. */
export interface PassedPost {
  readonly id: string;
  readonly revision: string;
  /** Stable account id, hashed by the store with the installation's secret before it touches the disk. */
  readonly authorId?: string;
  /** ISO 8601 UTC: `createdAt`, else `collectedAt`. */
  readonly at: string;
  readonly language: string;
  readonly level: Assessment['level'];
  readonly flags: Assessment['flags'];
  /** True where a step did not finish, so that it is counted and never read as clean. */
  readonly incomplete: boolean;
  /** As of {@link ScoredPost}; the store keeps keyed hashes of it, for a window. */
  readonly fingerprint?: Fingerprint;
  readonly observation?: Observation;
  /** As of {@link ScoredPost}: the one text that is left of a post that does not land, and it is masked. */
  readonly excerpt?: Excerpt;
  /** Ids of what was spoken of so that it was weighed ({@link Assessment.targets}); absent where there are none. */
  readonly targets?: Assessment['targets'];
}

/** What scoring puts on the `land` queue, one for one with the {@link PostBatch} of the same job id. */
export interface ScoredBatch {
  readonly run: string;
  readonly source: string;
  readonly landed: readonly ScoredPost[];
  readonly passed: readonly PassedPost[];
  /** Posts of a batch that was buried (dead letter) before it could be scored; its text stays in the dead letter. */
  readonly failed: number;
  /** What the scorer assessed with; absent where nothing was assessed. */
  readonly versions?: Versions;
  /** Name of the scorer's host, by which one with an older version is found. */
  readonly by?: string;
  /** What a candidate lexicon or model would have made of these posts; absent where none is tried. */
  readonly shadow?: ShadowBatch;
  /** Has posts withdrawn here too; a batch that carries it holds no posts. */
  readonly withdrawn?: Withdrawn;
}

/** Posts that a place says are gone, as they travel to the lander. */
export interface Withdrawn {
  /** When Ronda heard of it, ISO 8601 UTC by the clock that also gives posts their `collectedAt`. */
  readonly toldAt: string;
  readonly posts: readonly Withdrawal[];
}

/** Counts of a run or a source. `collected = landed + passed + seen + failed` once nothing is under way. */
export interface Counts {
  readonly collected: number;
  readonly landed: number;
  readonly passed: number;
  readonly seen: number;
  readonly failed: number;
  /** Of those landed and passed: assessed in part only. */
  readonly incomplete: number;
  /** Of those landed: copies that were counted and became no items of their own; absent where there are none. */
  readonly copies?: number;
}
