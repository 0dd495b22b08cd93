import { performance } from 'node:perf_hooks';
import type { Entry } from '../src/lexicon/entry.js';
import { createFinder, type Hit } from '../src/lexicon/find.js';
import { type AssessorParts, createAssessor } from '../src/score/assess.js';
import { createSurvey } from '../src/score/survey.js';
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
  /** Microseconds of processor time a post of the first pass over the texts: V8 compiles, words come for the first time. */
  readonly firstPass: number;
  readonly flagged: number;
}

/** Posts after which V8 has compiled what it will, so that a figure is of a process that runs and not of its start. */
const WARMING = 60_000;
const NAIVE_WARMING = 3_000;

/** Measures `assess` on these texts beside the naive pipeline, in turns, so that a busy machine strikes both. */
export function measureAssess(parts: AssessorParts, texts: readonly string[], rounds: number): AssessFigures {
  const { assess } = createAssessor(parts);
  const naive = createNaive(parts.lexicon.entries as readonly Entry[]);
  const naiveTexts = texts.slice(0, Math.max(1, Math.floor(texts.length / 20)));
  let flagged = 0;
  const firstPass = costOf(texts, (text) => {
    if (assess(text).flags.length > 0) flagged += 1;
  }).cpu;
  for (let posts = texts.length; posts < WARMING; posts += texts.length)
    for (const text of texts) assess(text);
  for (let posts = 0; posts < NAIVE_WARMING; posts += naiveTexts.length)
    for (const text of naiveTexts) naive(text);
  const find = createFinder(parts.lexicon, createSurvey(parts.lexicon).interest);
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  const steps: Record<Step, number | null>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(costOf(naiveTexts, naive));
    ours.push(costOf(texts, assess));
    steps.push(stepCosts(parts, find, texts, (ours.at(-1) as Cost).cpu));
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
        return [step, costs.length === 0 ? null : Math.max(0, median(costs))];
      }),
    ) as Record<Step, number | null>,
    firstPass,
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

/**
 * Each step's cost as what it adds when it follows those before it, post by post: measured alone it would find the
 * caches to itself and look cheaper than it is.
 */
function stepCosts(
  parts: AssessorParts,
  find: ReturnType<typeof createFinder>,
  texts: readonly string[],
  whole: number,
): Record<Step, number | null> {
  const { languageDetector, classifier, claims } = parts;
  let hits: Hit[] = [];
  const chain: [Step, (n: Normalised, tokens: () => Tokens) => unknown][] = [['normalise', () => undefined]];
  if (languageDetector) chain.push(['language', (n) => languageDetector.detect(n)]);
  chain.push(['tokenise', (_, tokens) => tokens()]);
  const findHits = (n: Normalised, tokens: () => Tokens): void => {
    hits = find(n, tokens());
  };
  chain.push(['lexicon', findHits]);
  if (classifier) chain.push(['model', (n, tokens) => classifier.predict(n, tokens(), hits)]);
  if (claims) chain.push(['claims', (n) => claims.match(n)]);
  const spent: Record<Step, number | null> = {
    normalise: null,
    language: null,
    lexicon: null,
    tokenise: null,
    model: null,
    claims: null,
    rules: null,
  };
  let before = 0;
  for (let steps = 1; steps <= chain.length; steps += 1) {
    const { cpu } = costOf(texts, (text) => {
      const n = normalise(text);
      let tokens: Tokens | undefined;
      const tokensOf = (): Tokens => {
        tokens ??= tokenise(n);
        return tokens;
      };
      for (let at = 1; at < steps; at += 1) chain[at]?.[1](n, tokensOf);
    });
    const step = chain[steps - 1]?.[0];
    if (step !== undefined) spent[step] = cpu - before;
    before = cpu;
  }
  spent.rules = whole - before;
  return spent;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
