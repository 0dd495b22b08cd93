import { describe, expect, it } from 'vitest';
import type { Assessment, Category, Level } from '../../src/core/assessment.js';
import type { PostBatch } from '../../src/core/batch.js';
import type { Post } from '../../src/core/post.js';
import { type Assessor, scoreBatch } from '../../src/pipeline/score.js';
import { isShadowed, shadowBatch } from '../../src/pipeline/shadow.js';
import { DEFAULT_LANDING } from '../../src/triage/landing.js';
import { assessmentOf } from '../support/scored.js';

/** An assessor that says of a text what stands in it: `hate:high sara:low` or `clean`, with `part` in part only. */
function assessor(lexicon: string, read: (text: string) => string): Assessor {
  const versions = { rules: 'r', lexicon, model: 'm', language: 'l' };
  return {
    versions,
    assess(text): Assessment {
      const said = read(text);
      const marks = said.split(' ').filter((word) => word.includes(':'));
      const flags = marks.map((mark) => mark.split(':')[0] as Category);
      const level = (marks[0]?.split(':')[1] ?? 'none') as Level;
      const incomplete = said.includes('part') ? (['model'] as const) : [];
      return assessmentOf(text, { flags, level, incomplete, findings: [], versions });
    },
  };
}

const LIVE = 'live';
/** What each side makes of a post with this text. */
const TABLE: Readonly<Record<string, readonly [live: string, candidate: string]>> = {
  same: ['hate:high', 'hate:high'],
  'same, clean': ['clean', 'clean'],
  more: ['clean', 'hate:high'],
  less: ['sara:medium', 'clean'],
  other: ['sara:medium', 'hate:medium'],
  level: ['hate:high', 'hate:critical'],
  'abusive only': ['clean', 'abusive:low'],
  'in part': ['hate:high', 'clean part'],
};

function batch(texts: readonly string[]): PostBatch {
  const posts = texts.map(
    (text, n): Post => ({
      id: `x:${n}`,
      revision: `${n}`,
      source: 'warga',
      platform: 'x',
      text,
      collectedAt: '2026-03-01T00:00:00.000Z',
    }),
  );
  return { run: 'r', source: 'warga', posts };
}

function compared(texts: readonly string[]) {
  const side = (at: 0 | 1) => (text: string) => TABLE[text]?.[at] ?? 'clean';
  const given = batch(texts);
  const scored = scoreBatch(assessor(LIVE, side(0)), given, DEFAULT_LANDING);
  return shadowBatch(assessor('candidate', side(1)), given, scored, DEFAULT_LANDING);
}

describe('a candidate beside the live lexicon', () => {
  it('has what it makes otherwise counted, by category and by what would land', () => {
    expect(compared(Object.keys(TABLE))).toEqual({
      live: 'rules r, lexicon live, model m',
      candidate: 'rules r, lexicon candidate, model m',
      posts: 8,
      changed: 5,
      wouldLand: 1,
      wouldPass: 1,
      incomplete: 1,
      added: { hate: 2, abusive: 1 },
      dropped: { sara: 2 },
    });
  });

  it('counts copies each, and nothing of a batch that agrees', () => {
    expect(compared(['more', 'more', 'more'])).toMatchObject({ posts: 3, changed: 3, added: { hate: 3 } });
    expect(compared(['same', 'same, clean'])).toMatchObject({ posts: 2, changed: 0, added: {}, dropped: {} });
  });

  it('holds no word of a post', () => {
    const text = 'kalimatrahasia';
    expect(JSON.stringify(compared([text, 'more']))).not.toContain(text);
  });

  it('is tried on a share of the batches, the same whoever scores them', () => {
    const ids = Array.from({ length: 1_000 }, (_, n) =>
      ((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0'),
    );
    const taken = ids.filter((id) => isShadowed(id, 0.25));
    expect(taken.length).toBeGreaterThan(200);
    expect(taken.length).toBeLessThan(300);
    expect(ids.filter((id) => isShadowed(id, 0.25))).toEqual(taken);
    expect(ids.every((id) => isShadowed(id, 1))).toBe(true);
  });
});
