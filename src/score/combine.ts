import { CATEGORIES, type Category, type CategoryScores, type Level } from '../core/assessment.js';
import type { Ground } from '../lexicon/entry.js';
import type { Charge } from './outcome.js';

/** A category is flagged from this score. */
export const FLAG_THRESHOLD = 0.5;
/** The most that the classifier may give without evidence in words. */
const BELOW_THRESHOLD = 0.499;

/** From which chances of SARA the classifier is a second kind of evidence beside a group that is named. */
interface Likely {
  /** With hostile words in the post. */
  readonly hostile: number;
  /** With such words and an office, party or public figure, whom they may be meant for. */
  readonly besideOffice: number;
  readonly withoutWords: number;
  /** With such words where somebody is told to have said it. */
  readonly reported: number;
}

/** In a few words the classifier has little to go by: `X keren banget` is short too. */
const LIKELY_IN_FEW_WORDS: Likely = { hostile: 0.5, besideOffice: 0.65, withoutWords: 0.7, reported: 0.85 };
const LIKELY: Likely = { hostile: 0.35, besideOffice: 0.4, withoutWords: 0.4, reported: 0.7 };
/** Words, mentions and addresses left out, below which a post is of a few words. */
const FEW_WORDS = 9;

/** What a matched hoax alone may add to the level: at most `high`. */
const MOST_BY_HOAX = 0.9;

const SARA_GROUNDS: ReadonlySet<Ground> = new Set<Ground>([
  'ethnicity',
  'religion',
  'race',
  'inter-group',
  'nationality',
  'region',
]);

/** True where hostility on this ground is SARA by law. */
export function isSaraGround(ground: Ground | undefined): boolean {
  return ground !== undefined && SARA_GROUNDS.has(ground);
}

/** The categories that a charge speaks for, its own first. */
export function categoriesOf(charge: Charge): Category[] {
  const categories: Category[] = [charge.category, ...(charge.also ?? [])];
  const kind = charge.against?.kind;
  if (kind === 'group' || kind === 'slur') {
    if (!categories.includes('hate')) categories.push('hate');
    if (isSaraGround(charge.against?.entry.ground)) categories.push('sara');
  }
  return categories;
}

/** What the lexicon saw without a rule making a charge of it: doubt that orders the queue, never a flag. */
export interface Hints {
  /** A group or slur on a SARA ground is named. */
  readonly saraNamed: boolean;
  /** Any protected group, slur or camp is named. */
  readonly named: boolean;
  readonly campNamed: boolean;
  /** Hostile words stand somewhere in the post. */
  readonly hostile: boolean;
  /** An office, party or public figure is named too, whom the hostile words may be meant for. */
  readonly official: boolean;
  /** Something is said not to be (`bukan`). */
  readonly denied: boolean;
}

/** How the post's own words stand to the groups that it names, beside whether they are hostile. */
export interface Reading {
  readonly framing: Framing;
  /** Each group on a SARA ground is only whom others speak against, harm, help or rule (bearing.ts). */
  readonly aside: boolean;
  /** Words of the post, mentions and addresses left out. */
  readonly words: number;
}

/** How far the sting of what is said was taken: denied, quoted or condemned; told of others; not at all. */
export type Framing = 'open' | 'reported' | 'framed';

/** Heads of the classifier, each 0..1. */
export interface Heads {
  readonly hate: number;
  readonly abusive: number;
  readonly sara: number;
}

/**
 * Charges to a score for each category: the strongest charge, a little more for each further one; then hints and the
 * classifier. The classifier alone never flags `sara` or `hate`: without a group's name or slur in the post, or under
 * a frame that took the sting, it raises them to just below the threshold. It never speaks for threats or calls.
 */
export function combine(
  charges: readonly Charge[],
  hints: Hints,
  heads: Heads | undefined,
  reading: Reading,
): Record<Category, number> {
  const scores: Record<Category, number> = {
    hate: 0,
    sara: 0,
    incitement: 0,
    threat: 0,
    hoax: 0,
    abusive: 0,
  };
  const counts: Record<Category, number> = {
    hate: 0,
    sara: 0,
    incitement: 0,
    threat: 0,
    hoax: 0,
    abusive: 0,
  };
  for (const charge of charges) {
    for (const category of categoriesOf(charge)) {
      scores[category] = Math.max(scores[category], charge.weight);
      counts[category]++;
    }
  }
  for (const category of CATEGORIES) {
    if (counts[category] > 1)
      scores[category] = Math.min(1, scores[category] + 0.02 * Math.min(5, counts[category] - 1));
  }
  if (hints.saraNamed) scores.sara = Math.max(scores.sara, hints.hostile ? 0.3 : 0.1);
  if (hints.named) scores.hate = Math.max(scores.hate, hints.hostile ? 0.3 : 0.1);
  if (heads !== undefined) withHeads(scores, hints, heads, reading);
  return scores;
}

function withHeads(scores: Record<Category, number>, hints: Hints, heads: Heads, reading: Reading): void {
  scores.sara = withSara(scores.sara, heads.sara, isEvidenced(hints, heads.sara, reading));
  scores.hate = raise(scores.hate, heads.hate);
  scores.abusive = Math.max(scores.abusive * 0.5 + heads.abusive * 0.5, heads.abusive);
}

/**
 * Whether a group's name and the classifier together speak for SARA. The classifier reads every group's name as one and
 * the same, so that neither a name nor the classifier decides alone. A camp's name is no evidence.
 */
function isEvidenced(hints: Hints, chance: number, { framing, aside, words }: Reading): boolean {
  const { saraNamed, hostile, official, denied } = hints;
  if (!saraNamed || aside || framing === 'framed') return false;
  const likely = words < FEW_WORDS ? LIKELY_IN_FEW_WORDS : LIKELY;
  if (framing === 'reported') return hostile && !official && chance >= likely.reported;
  if (!hostile) return !denied && chance >= likely.withoutWords;
  return chance >= (official ? likely.besideOffice : likely.hostile);
}

/**
 * What was flagged stays so, and the classifier orders it; so it orders what was not, below the threshold. Each part
 * rises with the chance. On the two kinds of evidence it is a flag of its own, at most of level `medium`.
 */
function withSara(score: number, chance: number, evidenced: boolean): number {
  if (score >= FLAG_THRESHOLD) return FLAG_THRESHOLD + 0.5 * Math.min(1, 0.6 * chance + 0.4 * score);
  if (evidenced) return FLAG_THRESHOLD + 0.29 * chance;
  return Math.min(BELOW_THRESHOLD, score * 0.02 + chance * 0.479);
}

/** A flagged score keeps its own; below the threshold the head may raise it, never over it. */
function raise(score: number, head: number): number {
  if (score >= FLAG_THRESHOLD) return Math.min(1, score + 0.1 * head);
  return Math.max(score, Math.min(BELOW_THRESHOLD, score * 0.2 + head * 0.499));
}

/** Categories at or over the threshold, in the order of CATEGORIES. */
export function flagsOf(
  scores: CategoryScores,
  thresholds: Readonly<Partial<Record<Category, number>>> = {},
): Category[] {
  const flags: Category[] = [];
  for (const category of CATEGORIES)
    if (scores[category] >= (thresholds[category] ?? FLAG_THRESHOLD)) flags.push(category);
  return flags;
}

/** 0..1: the strongest category; swearing alone counts a third of what it scores. */
export function scoreOf(scores: CategoryScores): number {
  let score = scores.abusive / 3;
  for (const category of CATEGORIES) if (category !== 'abusive') score = Math.max(score, scores[category]);
  return score;
}

/**
 * Level of a flagged post: threats and calls to violence against a group at the top (they weigh .93 and more), then
 * calls to exclude and wishes of harm, then contempt. Swearing alone is `low`, whatever it scores.
 */
export function levelOf(scores: CategoryScores, flags: readonly Category[]): Level {
  if (flags.length === 0) return 'none';
  let score = 0;
  for (const flag of flags) {
    // How alike a post is to a checked claim says how sure the match is, not that anybody is in danger.
    if (flag === 'hoax') score = Math.max(score, Math.min(scores.hoax, MOST_BY_HOAX));
    else if (flag !== 'abusive') score = Math.max(score, scores[flag]);
  }
  if (score >= 0.93) return 'critical';
  if (score >= 0.8) return 'high';
  if (score >= 0.65) return 'medium';
  return 'low';
}
