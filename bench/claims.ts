import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ClaimFigures,
  type ClaimTrial,
  claimFigures,
  type HoaxPair,
  type Observed,
  observe,
} from '../src/claims/evaluate.js';
import { FEATURES } from '../src/claims/features.js';
import { fitDecision, fitOrder } from '../src/claims/fit.js';
import { createClaimMatcher } from '../src/claims/match.js';
import { DECISION, FITTED, type Weights } from '../src/claims/weights.js';
import type { Claim } from '../src/core/claim.js';
import { packageRoot } from '../src/files/package-root.js';
import { normalise } from '../src/text/normalise.js';
import { inventedTitles, mixedTitles } from './claims-titles.js';

/*
 * How hoaxes are matched to their fact-checks, and what it costs.
 * `node dist/bench/claims.js [--fit]`; `--fit` fits the weights anew, prints them, and the figures of a five-fold
 * cross-validation, which are the honest ones: each pair judged by weights that never saw it.
 */

const DATA = join(packageRoot, '..', 'shared', 'data');
const FOLDS = 5;
const DISTRACTORS = 3_300;
/** Taken off the fitted bias, so that a similarity of .5 is rarer than even odds: see BIAS in weights.ts. */
const STRICTER = 2;

const rows = <T>(file: string): T[] =>
  readFileSync(join(DATA, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

const per = (value: number): string => value.toFixed(3);

function sheet(name: string, figures: ClaimFigures): string {
  const { pairs, titles, recallAt1, recallAt5, flagged, reported, foundAbsent, foundUnknown, foundOrdinary } =
    figures;
  return [
    `${name}: ${pairs} hoaxes, ${titles} titles`,
    `  recall@1 ${per(recallAt1)}, @5 ${per(recallAt5)}; flagged and right ${per(flagged)}, told of and right ${per(reported)}`,
    `  flagged though its fact-check is not there: ${per(figures.falseAbsent)}; nor one like it: ${per(figures.falseUnknown)}`,
    `  ordinary posts flagged ${figures.ordinaryFlagged.toFixed(5)}, told of ${figures.ordinaryReported.toFixed(5)}`,
    `  found at .5 % false: ordinary posts ${per(foundOrdinary)}, hoaxes without any like it ${per(foundUnknown)}, without its own ${per(foundAbsent)}`,
  ].join('\n');
}

function fitted(trials: readonly ClaimTrial[], takes: (pair: number) => boolean): Weights {
  const order = fitOrder(
    trials.map((trial) => observe({ ...trial, ordinary: [] })),
    takes,
  ).weights;
  const ordered = trials.map((trial) => observe(trial, { ...FITTED, order }));
  const { weights: decision, bias } = fitDecision(ordered, ({ pair }, place) =>
    pair < 0 ? place % FOLDS === 0 : takes(pair),
  );
  return { order, decision, bias: bias - STRICTER };
}

function crossValidated(trials: readonly ClaimTrial[], fold: (pair: number) => number): ClaimFigures[] {
  const merged = trials.map(
    () =>
      ({ present: [], absent: [], unknown: [], ordinary: [] }) as {
        -readonly [K in keyof Observed]: Observed[K][number][];
      },
  );
  for (let out = 0; out < FOLDS; out++) {
    const weights = fitted(trials, (pair) => fold(pair) !== out);
    trials.forEach((trial, t) => {
      const observed = observe(trial, weights);
      for (const part of ['present', 'absent', 'unknown'] as const) {
        merged[t]![part].push(...observed[part].filter(({ pair }) => fold(pair) === out));
      }
      merged[t]!.ordinary.push(...observed.ordinary.filter((_, place) => place % FOLDS === out && out > 0));
    });
  }
  return merged.map((observed, t) =>
    claimFigures(observed, trials[t]!.distractors.length + trials[t]!.pairs.length),
  );
}

/** Microseconds that `match` takes for an ordinary post, the words of the stream known. */
function cost(titles: readonly string[], texts: readonly string[]): string {
  const claims: Claim[] = titles.map((title, place) => ({
    id: String(place),
    title,
    publisher: '',
    date: '',
    url: '',
  }));
  const begun = performance.now();
  const { match } = createClaimMatcher(claims);
  const built = performance.now() - begun;
  const posts = texts.map(normalise);
  let best = Number.POSITIVE_INFINITY;
  let first = 0;
  for (let round = 0; round < 8; round++) {
    const from = performance.now();
    for (const post of posts) match(post);
    const took = ((performance.now() - from) * 1000) / posts.length;
    if (round === 0) first = took;
    best = Math.min(best, took);
  }
  return `index of ${titles.length} titles made in ${built.toFixed(0)} ms; match ${best.toFixed(2)} us a post (first pass ${first.toFixed(2)})`;
}

if (!existsSync(DATA)) {
  process.stdout.write('../shared/data is not there; nothing was measured.\n');
} else {
  const pairs = rows<HoaxPair>('hoax-pairs.jsonl');
  const posts = [
    ...rows<{ text: string }>('tweets-labelled.jsonl'),
    ...rows<{ text: string }>('everyday-talk.jsonl'),
  ].map(({ text }) => text);
  const ordinary = posts.filter((_, place) => place % 4 === 0);
  const titles = pairs.map(({ title }) => title);
  const trials: (ClaimTrial & { name: string })[] = [
    { name: 'alone', pairs, distractors: [], ordinary },
    { name: 'among invented titles', pairs, distractors: inventedTitles(DISTRACTORS, 1), ordinary },
    { name: 'among mixed titles', pairs, distractors: mixedTitles(titles, DISTRACTORS, 2), ordinary },
  ];
  if (process.argv.includes('--fit')) {
    const all = fitted(trials, () => true);
    const named = (names: readonly string[], values: ArrayLike<number>): string =>
      names.map((name, i) => `  '${name}': ${values[i]!.toFixed(3)},`).join('\n');
    process.stdout.write(
      `order\n${named(FEATURES, all.order)}\ndecision\n${named(DECISION, all.decision)}\nbias ${all.bias.toFixed(3)}\n\ncross-validated\n`,
    );
    for (const [t, figures] of crossValidated(trials, (pair) => (pair * 7919) % FOLDS).entries()) {
      process.stdout.write(`${sheet(trials[t]!.name, figures)}\n`);
    }
    process.stdout.write('\n');
  }
  for (const trial of trials) {
    const figures = claimFigures(
      observe({ ...trial, ordinary: posts }),
      trial.pairs.length + trial.distractors.length,
    );
    process.stdout.write(`${sheet(trial.name, figures)}\n`);
  }
  for (const { distractors } of trials.slice(1))
    process.stdout.write(`${cost([...titles, ...distractors], posts)}\n`);
}
