import { describe, expect, it } from 'vitest';
import { randomFrom, replayPosts, waveAt } from '../../bench/planted-stories.js';
import { inventPosts } from '../../bench/posts.js';
import { figuresOf, replay, WAVES } from '../../bench/replay.js';

/** A replay of invented posts with ten planted waves; the real one is `npm run bench:narratives`. */

const DAYS = 4;
const posts = replayPosts(
  inventPosts(1_200, 1, []).map(({ text }) => text),
  DAYS,
  20,
);

describe('grouping what landed', () => {
  const replayed = replay(posts);

  it('finds the planted stories and their bursts, and nothing else', () => {
    const { precision, recall, found, falseAlarms } = figuresOf(replayed, posts, DAYS);
    expect(found).toBe(WAVES);
    expect(falseAlarms).toBeLessThanOrEqual(1);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  });

  it('makes the same of it whatever the order within an hour', () => {
    const random = randomFrom(5);
    const shuffled = replay(posts, (hour) =>
      hour
        .map((post) => [random(), post] as const)
        .sort(([a], [b]) => a - b)
        .map(([, post]) => post),
    );
    expect([...shuffled.members]).toEqual([...replayed.members]);
    expect(shuffled.narratives).toEqual(replayed.narratives);
  });

  it('shows when a story was first seen, its authors, and words that ten of them share', () => {
    const bridge = replayed.narratives.find(({ title }) => title.includes('cikalunggu'));
    expect(bridge).toBeDefined();
    expect(bridge!.authors).toBeGreaterThan(5);
    expect(Math.abs(Date.parse(bridge!.firstSeen) - waveAt(0, DAYS))).toBeLessThan(7_200_000);
    expect(bridge!.title).toContain('sukaramping');
  });

  it('names no author and shows no handle anywhere', () => {
    expect(JSON.stringify(replayed.narratives)).not.toMatch(/penyebar|warga[-_]\d/);
  });
});
