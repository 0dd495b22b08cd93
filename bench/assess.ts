import { performance } from 'node:perf_hooks';
import type { Entry } from '../src/lexicon/entry.js';
import { find } from '../src/lexicon/find.js';
import { type AssessorParts, createAssessor } from '../src/score/assess.js';
import { type Normalised, normalise } from '../src/text/normalise.js';
import { type Tokens, tokenise } from '../src/text/tokenise.js';
import { createNaive } from './naive.js';

/** Steps of an assessment; `rules` is what is left: scene, rules, context, combination, findings. */
export const STEPS = ['normalise', 'language', 'tokenise', 'lexicon', 'model', 'claims', 'rules'] as const;
export type Step = (typeof STEPS)[number];

/** Medians over the rounds. */
export interface AssessFigures {
  readonly postsPerSecond: number;
  /** By processor time: what one core would do if it had nothing else to do. */
  readonly postsPerCpuSecond: number;
  readonly naivePostsPerSecond: number;
  readonly naivePostsPerCpuSecond: number;
  /** How many times as many posts as the naive pipeline: median of the rounds' own ratios. */
  readonly ratio: number;
  /** Microseconds of processor time a post, by step; null for a step that is not there. */
  readonly steps: Readonly<Record<Step, number | null>>;
  readonly flagged: number;
}

const BLOCK = 500;

/** Measures `assess` on these texts beside the naive pipeline, in turns, so that a busy machine strikes both. */
export function measureAssess(parts: AssessorParts, texts: readonly string[], rounds: number): AssessFigures {
  const { assess } = createAssessor(parts);
  const naive = createNaive(parts.lexicon.entries as readonly Entry[]);
  const naiveTexts = texts.slice(0, Math.max(1, Math.floor(texts.length / 20)));
  const flaggedOf = (): number =>
    texts.reduce((sum, text) => sum + (assess(text).flags.length > 0 ? 1 : 0), 0);
  // Warms both up.
  const flagged = flaggedOf();
  for (const text of naiveTexts) naive(text);
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  const steps: Record<Step, number | null>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(costOf(naiveTexts, naive));
    ours.push(costOf(texts, assess));
    steps.push(stepCosts(parts, texts, (ours.at(-1) as Cost).cpu));
  }
  return {
    postsPerSecond: median(ours.map(({ wall }) => 1e6 / wall)),
    postsPerCpuSecond: median(ours.map(({ cpu }) => 1e6 / cpu)),
    naivePostsPerSecond: median(theirs.map(({ wall }) => 1e6 / wall)),
    naivePostsPerCpuSecond: median(theirs.map(({ cpu }) => 1e6 / cpu)),
    ratio: median(ours.map(({ cpu }, round) => (theirs[round] as Cost).cpu / cpu)),
    steps: Object.fromEntries(
      STEPS.map((step) => {
        const costs = steps.map((round) => round[step]).filter((cost) => cost !== null);
        return [step, costs.length === 0 ? null : median(costs)];
      }),
    ) as Record<Step, number | null>,
    flagged,
  };
}

/** Microseconds a post, by the clock on the wall and of processor time. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

function costOf(texts: readonly string[], work: (text: string) => unknown): Cost {
  const begin = performance.now();
  const before = process.cpuUsage();
  for (const text of texts) work(text);
  const { user, system } = process.cpuUsage(before);
  return { wall: ((performance.now() - begin) * 1_000) / texts.length, cpu: (user + system) / texts.length };
}

function stepCosts(
  parts: AssessorParts,
  texts: readonly string[],
  whole: number,
): Record<Step, number | null> {
  const { lexicon, languageDetector, classifier, claims } = parts;
  const spent: Record<Step, number | null> = {
    normalise: 0,
    language: languageDetector ? 0 : null,
    tokenise: 0,
    lexicon: 0,
    model: classifier ? 0 : null,
    claims: claims ? 0 : null,
    rules: 0,
  };
  const timed = (step: Step, work: () => void): void => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    spent[step] = (spent[step] ?? 0) + user + system;
  };
  for (let at = 0; at < texts.length; at += BLOCK) {
    const block = texts.slice(at, at + BLOCK);
    let all: Normalised[] = [];
    let tokens: Tokens[] = [];
    timed('normalise', () => {
      all = block.map((text) => normalise(text));
    });
    if (languageDetector) timed('language', () => all.forEach((n) => void languageDetector.detect(n)));
    timed('lexicon', () => all.forEach((n) => void find(lexicon, n)));
    timed('tokenise', () => {
      tokens = all.map((n) => tokenise(n));
    });
    if (classifier) {
      timed('model', () => all.forEach((n, i) => void classifier.predict(n, tokens[i] as Tokens)));
    }
    if (claims) timed('claims', () => all.forEach((n) => void claims.match(n)));
  }
  let known = 0;
  for (const step of STEPS) {
    const cost = spent[step];
    if (cost === null) continue;
    spent[step] = cost / texts.length;
    known += cost / texts.length;
  }
  spent.rules = Math.max(0, whole - known);
  return spent;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
