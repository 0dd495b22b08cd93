import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventedTitles, mixedTitles } from '../../bench/claims-titles.js';
import { claimFigures, type HoaxPair, observe } from '../../src/claims/evaluate.js';

const data = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const rows = <T>(file: string): T[] =>
  readFileSync(join(data, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);

describe.skipIf(!existsSync(join(data, 'hoax-pairs.jsonl')))(
  'hoaxes and their fact-checks (skipped where ../shared/data is missing)',
  () => {
    const pairs = existsSync(data) ? rows<HoaxPair>('hoax-pairs.jsonl') : [];
    const ordinary = existsSync(data)
      ? [...rows<{ text: string }>('tweets-labelled.jsonl'), ...rows<{ text: string }>('everyday-talk.jsonl')]
          .filter((_, place) => place % 8 === 0)
          .map(({ text }) => text)
      : [];

    it.each([
      ['invented', () => inventedTitles(3_000, 1), { recall: 0.77, flagged: 0.52, unknown: 0.025 }],
      [
        'mixed from real ones',
        () =>
          mixedTitles(
            pairs.map(({ title }) => title),
            3_000,
            2,
          ),
        { recall: 0.73, flagged: 0.4, unknown: 0.015 },
      ],
    ])('are found among 3,000 titles that are %s', { timeout: 120_000 }, (_, titles, floors) => {
      const distractors = titles();
      const figures = claimFigures(
        observe({ pairs, distractors, ordinary }),
        pairs.length + distractors.length,
      );
      expect(figures.recallAt1).toBeGreaterThanOrEqual(floors.recall);
      expect(figures.flagged).toBeGreaterThanOrEqual(floors.flagged);
      expect(figures.foundOrdinary).toBeGreaterThanOrEqual(0.6);
      expect(figures.falseUnknown).toBeLessThanOrEqual(floors.unknown);
      expect(figures.ordinaryFlagged).toBeLessThanOrEqual(0.001);
    });
  },
);
