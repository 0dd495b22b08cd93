import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../core/ports.js';
import type { KeptText, RescoreStore } from '../core/rescore.js';
import type { Judged } from '../core/review.js';
import { type Landing, lands } from '../triage/landing.js';
import type { Assessor } from './score.js';

export interface RescorePorts {
  readonly store: RescoreStore;
  readonly assessor: Assessor;
  readonly landing: Landing;
  readonly clock: Pick<Clock, 'now'>;
}

export interface RescoreOptions {
  /** Items that landed then or later, ms. */
  readonly since: number;
  /** Changes nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly onChange?: (item: number, from: Judged, to: Judged) => void;
}

/** What going over what is kept came to, or would. */
export interface RescoreReport {
  readonly looked: number;
  readonly changed: number;
  /** Changed ones by `level [flags] -> level [flags]`; those in score alone stand as `score`. */
  readonly changes: Readonly<Record<string, number>>;
  /** Of the changed: would not be brought to anybody any more. */
  readonly noLongerFlagged: number;
  /** Escalated items that would read otherwise: evidence is not changed under those who work with it. */
  readonly inCases: number;
  /** Could be assessed in part only, and were left as they are. */
  readonly incomplete: number;
}

const PAGE = 50;
/** Scores are sums of fractions: what differs less is the same. */
const SAME_SCORE = 1e-6;

/**
 * Goes over kept items with the assessor as it is now. What comes out otherwise is changed one by one, each with a review
 * event by the system; nobody's decision is touched. Stopped and begun again, it changes what is left: an item that reads
 * as it is assessed is passed over.
 */
export async function rescore(
  { store, assessor, landing, clock }: RescorePorts,
  { since, dryRun, signal, onChange }: RescoreOptions,
): Promise<RescoreReport> {
  const changes: Record<string, number> = {};
  const sums = { looked: 0, changed: 0, noLongerFlagged: 0, inCases: 0, incomplete: 0 };
  for (let after = 0; !signal.aborted; await setImmediate()) {
    const page = store.keptTexts(since, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.item;
    for (const kept of page) {
      sums.looked += 1;
      const assessment = assessor.assess(kept.text);
      if (isSame(kept, assessment)) continue;
      if (assessment.incomplete.length > 0) {
        sums.incomplete += 1;
        continue;
      }
      if (kept.state === 'escalated') {
        sums.inCases += 1;
        continue;
      }
      const landsStill = lands(assessment, landing);
      if (!dryRun && !store.rescore(kept, assessment, landsStill, clock.now())) continue;
      const { level, flags, score } = assessment;
      onChange?.(kept.item, kept.judged, { level, flags, score });
      const [from, to] = [shown(kept.judged), shown(assessment)];
      const name = from === to ? 'score' : `${from} -> ${to}`;
      changes[name] = (changes[name] ?? 0) + 1;
      sums.changed += 1;
      if (!landsStill) sums.noLongerFlagged += 1;
    }
  }
  if (!dryRun && sums.changed > 0) {
    const { rules, lexicon, model } = assessor.versions ?? {};
    const versions = [rules, lexicon, model].filter((version) => version !== undefined).join(' ');
    store.noteRescored({ since: new Date(since).toISOString(), ...sums, versions }, clock.now());
  }
  return { ...sums, changes };
}

function isSame({ judged }: KeptText, now: Judged): boolean {
  return shown(judged) === shown(now) && Math.abs(judged.score - now.score) < SAME_SCORE;
}

/** `high [hate sara]` */
export function shown({ level, flags }: Pick<Judged, 'level' | 'flags'>): string {
  return `${level} [${flags.join(' ')}]`;
}
