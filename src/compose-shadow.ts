/** What a scorer adds to what it assessed: whose it is, and what a candidate would have made of it. A part of compose.ts. */
import { hostname } from 'node:os';
import type { Config } from './config.js';
import type { PostBatch, ScoredBatch } from './core/batch.js';
import { CannotRunError, messageOf } from './core/errors.js';
import type { Clock } from './core/ports.js';
import type { Job } from './core/queue-ports.js';
import type { Assessor } from './pipeline/score.js';
import { isShadowed, shadowBatch } from './pipeline/shadow.js';
import type { Landing } from './triage/landing.js';

type Closers = (() => Promise<void> | void)[];

/** The configuration with the candidate's lexicons and models; undefined where none is tried. */
export function candidateOf(config: Config): Config | undefined {
  const { shadow } = config.score;
  if (shadow === undefined) return undefined;
  const { lexicons = config.lexicons, models = config.models } = shadow;
  const { lexicons: _, models: __, ...rest } = config;
  return {
    ...rest,
    ...(lexicons === undefined ? {} : { lexicons }),
    ...(models === undefined ? {} : { models }),
  };
}

/**
 * A candidate that cannot be loaded is reported and left out: the live scoring goes on without it.
 */
export async function scoredBy(
  config: Config,
  clock: Clock,
  report: (error: unknown) => void,
  closers: Closers,
  landing: Landing,
): Promise<(scored: ScoredBatch, job: Job<PostBatch>) => ScoredBatch> {
  const by = hostname();
  const candidate = await loadCandidate(config, clock, report, closers);
  if (candidate === undefined) return (scored) => ({ ...scored, by });
  const share = config.score.shadow?.share ?? 1;
  let told = false;
  return (scored, job) => {
    if (!isShadowed(job.id, share)) return { ...scored, by };
    try {
      return { ...scored, by, shadow: shadowBatch(candidate, job.payload, scored, landing) };
    } catch (error) {
      // What is only tried must not keep a post from landing.
      if (!told) report(error);
      told = true;
      return { ...scored, by };
    }
  };
}

async function loadCandidate(
  config: Config,
  clock: Clock,
  report: (error: unknown) => void,
  closers: Closers,
): Promise<Assessor | undefined> {
  const candidate = candidateOf(config);
  if (candidate === undefined) return undefined;
  try {
    const { loadAssessor } = await import('./compose-assessor.js');
    return await loadAssessor(candidate, clock, report, closers);
  } catch (error) {
    report(new CannotRunError('shadow', `score.shadow is left out: ${messageOf(error)}`, { cause: error }));
    return undefined;
  }
}
