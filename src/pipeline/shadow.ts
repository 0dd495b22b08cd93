import { CATEGORIES, type Category, type Level, type Versions } from '../core/assessment.js';
import type { PostBatch, ScoredBatch } from '../core/batch.js';
import type { ShadowBatch } from '../core/operations.js';
import { type Landing, lands } from '../triage/landing.js';
import type { Assessor } from './score.js';

/** What the live assessor made of a post, as far as it is compared. */
interface Live {
  readonly flags: readonly Category[];
  readonly level: Level;
  readonly lands: boolean;
  readonly incomplete: boolean;
}

/**
 * Assesses a batch once more with a candidate lexicon or model, and counts what it would have made otherwise. Numbers alone come
 * out; nothing of what the candidate says reaches a person or the store's items.
 */
export function shadowBatch(
  candidate: Assessor,
  { posts }: PostBatch,
  scored: ScoredBatch,
  landing: Landing,
): ShadowBatch {
  const live = new Map<string, Live>();
  for (const { post, assessment } of scored.landed) {
    const { flags, level, incomplete } = assessment;
    live.set(keyOf(post), { flags, level, lands: true, incomplete: incomplete.length > 0 });
  }
  for (const post of scored.passed) {
    const { flags, level, incomplete } = post;
    live.set(keyOf(post), { flags, level, lands: false, incomplete });
  }
  const sums = { posts: 0, changed: 0, wouldLand: 0, wouldPass: 0, incomplete: 0 };
  const added: Partial<Record<Category, number>> = {};
  const dropped: Partial<Record<Category, number>> = {};
  const byText = new Map<string, ReturnType<Assessor['assess']>>();
  for (const post of posts) {
    const known = live.get(keyOf(post));
    if (known === undefined) continue;
    const assessment = byText.get(post.text) ?? candidate.assess(post.text);
    byText.set(post.text, assessment);
    sums.posts += 1;
    if (known.incomplete || assessment.incomplete.length > 0) {
      sums.incomplete += 1;
      continue;
    }
    const landsNow = lands(assessment, landing);
    if (landsNow && !known.lands) sums.wouldLand += 1;
    if (!landsNow && known.lands) sums.wouldPass += 1;
    let isChanged = assessment.level !== known.level;
    for (const category of CATEGORIES) {
      const [had, has] = [known.flags.includes(category), assessment.flags.includes(category)];
      if (had === has) continue;
      isChanged = true;
      const tally = has ? added : dropped;
      tally[category] = (tally[category] ?? 0) + 1;
    }
    if (isChanged) sums.changed += 1;
  }
  return { ...sums, added, dropped, live: nameOf(scored.versions), candidate: nameOf(candidate.versions) };
}

/** True for the share of jobs that are compared: always the same for a job, whoever scores it. */
export function isShadowed(jobId: string, share: number): boolean {
  if (share >= 1) return true;
  const drawn = Number.parseInt(jobId.slice(0, 8), 16) / 2 ** 32;
  return Number.isNaN(drawn) || drawn < share;
}

function keyOf({ id, revision }: { readonly id: string; readonly revision: string }): string {
  return `${revision} ${id}`;
}

/** What is compared, as a word of at most some dozen characters a part. */
function nameOf(versions: Versions | undefined): string {
  if (versions === undefined) return 'unknown';
  const { rules, lexicon, model } = versions;
  return `rules ${rules}, lexicon ${lexicon}, model ${model}`;
}
