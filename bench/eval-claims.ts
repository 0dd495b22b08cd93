import { claimFigures, type HoaxPair, observe } from '../src/claims/evaluate.js';
import { inventedTitles } from './claims-titles.js';
import { type Figure, percent } from './figures.js';

const DISTRACTORS = 3_300;

/** How hoaxes are matched to their fact-checks among thousands of other titles, by the shipped weights. */
export function hoaxFigures(pairs: readonly HoaxPair[], ordinary: readonly string[]): Figure[] {
  const figures = claimFigures(
    observe({ pairs, distractors: inventedTitles(DISTRACTORS, 1), ordinary }),
    pairs.length + DISTRACTORS,
  );
  const on = `${pairs.length} hoaxes among ${figures.titles} titles, most of them invented, **in-sample**: the matcher's weights were fitted on these pairs; \`node dist/bench/claims.js --fit\` prints what weights reach that never saw the pair`;
  return [
    { measure: 'fact-check found: recall@1', target: '.75', value: figures.recallAt1.toFixed(3), on },
    {
      measure:
        'fact-check found at .5 % false matches, among ordinary posts; among hoaxes whose fact-check is missing',
      target: '.55',
      value: `${figures.foundOrdinary.toFixed(3)}; ${figures.foundAbsent.toFixed(3)}`,
      on,
    },
    {
      measure: 'ordinary posts flagged as a known hoax',
      value: percent(figures.ordinaryFlagged),
      on: `${ordinary.length} tweets and reviews`,
    },
  ];
}
