/** How well hoaxes are matched to their fact-checks, and how often a match is false. */

import type { Claim } from '../core/claim.js';
import { normalise } from '../text/normalise.js';
import { indexClaims } from './index.js';
import { CandidateFinder, type Nearest } from './match.js';
import { decide, FITTED, FLAG_SIMILARITY, LEAST_SIMILARITY, type Weights } from './weights.js';

/** A hoax as it circulated, and the title of the fact-check about it. */
export interface HoaxPair {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface ClaimTrial {
  readonly pairs: readonly HoaxPair[];
  /** Titles of other fact-checks. */
  readonly distractors: readonly string[];
  /** Posts that spread no hoax. */
  readonly ordinary: readonly string[];
}

/** A text over the index. */
export interface Outcome {
  /** Place of the pair, -1 for an ordinary post. */
  readonly pair: number;
  readonly nearest: Nearest;
  /** 0 where there is no candidate. */
  readonly similarity: number;
}

export interface Observed {
  /** Each hoax over the whole index. */
  readonly present: readonly Outcome[];
  /** Each hoax over the index without its fact-check. */
  readonly absent: readonly Outcome[];
  /** Each hoax over the index without its fact-check and those that share the greater part of its title. */
  readonly unknown: readonly Outcome[];
  readonly ordinary: readonly Outcome[];
}

/** Rates are parts of 1. */
export interface ClaimFigures {
  readonly pairs: number;
  readonly titles: number;
  readonly recallAt1: number;
  readonly recallAt5: number;
  /** Right and with a similarity of .5 or more, or told of at all. */
  readonly flagged: number;
  readonly reported: number;
  /** Of hoaxes whose fact-check was taken out: flagged nevertheless. */
  readonly falseAbsent: number;
  readonly falseUnknown: number;
  readonly ordinaryFlagged: number;
  readonly ordinaryReported: number;
  /** Right at the similarity that lets .5 % of the others through: fact-check taken out, its siblings too, ordinary posts. */
  readonly foundAbsent: number;
  readonly foundUnknown: number;
  readonly foundOrdinary: number;
}

const FALSE_RATE = 0.005;

/** Runs the matcher over a trial. */
export function observe({ pairs, distractors, ordinary }: ClaimTrial, weights: Weights = FITTED): Observed {
  const claims: Claim[] = [...pairs.map(({ title }) => title), ...distractors].map((title, place) => ({
    id: String(place),
    title,
    publisher: '',
    date: '',
    url: '',
  }));
  const finder = new CandidateFinder(indexClaims(claims), weights);
  const outcome = (text: string, pair: number, without = -1, siblings = false): Outcome => {
    const nearest = finder.find(text, { without, siblings });
    return {
      pair,
      nearest,
      similarity: nearest.decision === undefined ? 0 : decide(weights, nearest.decision),
    };
  };
  const texts = pairs.map(({ text }) => normalise(text).text);
  return {
    present: texts.map((text, place) => outcome(text, place)),
    absent: texts.map((text, place) => outcome(text, place, place)),
    unknown: texts.map((text, place) => outcome(text, place, place, true)),
    ordinary: ordinary.map((text) => outcome(normalise(text).text, -1)),
  };
}

/** The figures of what was observed; `titles` is the size of the index. */
export function claimFigures({ present, absent, unknown, ordinary }: Observed, titles: number): ClaimFigures {
  const isRight = ({ pair, nearest }: Outcome): boolean => nearest.ranked[0]?.claim === pair;
  const above = (outcomes: readonly Outcome[], least: number): number =>
    outcomes.filter(({ similarity }) => similarity >= least).length / Math.max(1, outcomes.length);
  const right = (least: number): number =>
    present.filter((outcome) => isRight(outcome) && outcome.similarity >= least).length /
    Math.max(1, present.length);
  const foundAt = (others: readonly Outcome[]): number => {
    const falling = others.map(({ similarity }) => similarity).sort((a, b) => b - a);
    const limit = falling[Math.floor(falling.length * FALSE_RATE)] ?? 0;
    return (
      present.filter((outcome) => isRight(outcome) && outcome.similarity > limit).length /
      Math.max(1, present.length)
    );
  };
  return {
    pairs: present.length,
    titles,
    recallAt1: right(0),
    recallAt5:
      present.filter(({ pair, nearest }) => nearest.ranked.slice(0, 5).some(({ claim }) => claim === pair))
        .length / Math.max(1, present.length),
    flagged: right(FLAG_SIMILARITY),
    reported: right(LEAST_SIMILARITY),
    falseAbsent: above(absent, FLAG_SIMILARITY),
    falseUnknown: above(unknown, FLAG_SIMILARITY),
    ordinaryFlagged: above(ordinary, FLAG_SIMILARITY),
    ordinaryReported: above(ordinary, LEAST_SIMILARITY),
    foundAbsent: foundAt(absent),
    foundUnknown: foundAt(unknown),
    foundOrdinary: foundAt(ordinary),
  };
}
