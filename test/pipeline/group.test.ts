import { afterEach, describe, expect, it } from 'vitest';
import { randomFrom, replayPosts, waveAt } from '../../bench/planted-stories.js';
import { inventPosts } from '../../bench/posts.js';
import { figuresOf, replay, WAVES } from '../../bench/replay.js';
import { createStoryRig, STORY_BEGIN, type StoryRig } from '../support/landed-stories.js';

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

describe('an hour with more posts than are held', () => {
  const rigs: StoryRig[] = [];
  afterEach(() => {
    for (const rig of rigs.splice(0)) rig.remove();
  });

  /** 120 posts of one story in the hour that is under way, landed ten at a time. */
  const storyOf = (mostHeld: number, isReopened = false) => {
    const rig = createStoryRig(mostHeld);
    rigs.push(rig);
    let most = 0;
    for (let from = 0; from < 120; from += 10) {
      const landed = Array.from({ length: 10 }, (_, i) => ({
        id: `p${from + i}`,
        text: 'Jembatan gantung Cikalunggu putus diterjang banjir bandang, warga Sukaramping diminta menjauh',
        author: `a${from + i}`,
        at: STORY_BEGIN + (from + i) * 1_000,
      }));
      rig.land(false, landed);
      rig.hold();
      const closed = [...rig.store().narratives.closedSizes(0)].reduce((sum, { count }) => sum + count, 0);
      most = Math.max(most, from + 10 - closed);
      if (isReopened) rig.reopen();
    }
    rig.group(2);
    const [story] = rig.reader().listNarratives({ limit: 10 });
    return { most, posts: story?.posts, authors: story?.authors, title: story?.title };
  };

  it('is closed in parts, and comes to the same story', () => {
    const inParts = storyOf(30);
    const whole = storyOf(1_000);
    expect(inParts.most).toBeLessThanOrEqual(30);
    expect(whole.most).toBe(120);
    expect({ ...inParts, most: 0 }).toEqual({ ...whole, most: 0 });
    expect(whole.posts).toBe(120);
  });

  it('comes to the same story where the process begins anew before the story was kept', () => {
    expect({ ...storyOf(30, true), most: 0 }).toEqual({ ...storyOf(1_000), most: 0 });
  });
});
