import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassedPost, ScoredBatch, ScoredPost } from '../../src/core/batch.js';
import type { NarrativeReader } from '../../src/core/narrative-ports.js';
import { createTrendCounter } from '../../src/pipeline/count-trends.js';
import { createGrouper } from '../../src/pipeline/group.js';
import { atOnce } from '../../src/pipeline/group-loop.js';
import { createNarrativeReader } from '../../src/pipeline/read-narratives.js';
import { fingerprintOf } from '../../src/pipeline/score.js';
import { openStore, type Store } from '../../src/store/store.js';
import { maskNames } from '../../src/text/mask.js';
import { batchOf, landedPost, passedPost } from './scored.js';
import { SimulatedClock } from './simulated-clock.js';

const HOUR = 3_600_000;
const SECRET = Buffer.alloc(32, 7);
export const STORY_BEGIN: number = Date.parse('2026-01-05T00:00:00.000Z');

export interface SaidPost {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  /** ms */
  readonly at: number;
  readonly url?: string;
  readonly region?: string;
  readonly hashtags?: readonly string[];
  readonly domains?: readonly string[];
  readonly claim?: string;
  /** What its row names as its place. */
  readonly place?: string;
}

/** A store that what lands in is grouped, in a folder of its own. */
export interface StoryRig {
  readonly home: string;
  readonly clock: SimulatedClock;
  store(): Store;
  reader(): NarrativeReader;
  /** Lands posts, flagged or not. */
  land(flagged: boolean, posts: readonly SaidPost[], source?: string): void;
  landBatch(batch: Partial<ScoredBatch>): void;
  /** Groups what landed; @param hours so many more are over by then */
  group(hours?: number): void;
  /** Takes what landed, and closes no more than what is too much to hold. */
  hold(): void;
  /** Closes the store and opens it again, as another process would. */
  reopen(): void;
  /** Everything in the files. */
  onDisk(): string;
  remove(): void;
}

/** @param mostHeld posts of open hours that are held at most */
export function createStoryRig(mostHeld = 100_000): StoryRig {
  const home = mkdtempSync(join(tmpdir(), 'ronda-stories-'));
  const clock = new SimulatedClock(STORY_BEGIN);
  const bounds = { windowHours: 168, knownAuthors: 10 };
  const open = () => {
    const store = openStore({ path: join(home, 'ronda.db'), secret: SECRET, clock, seenWindowDays: 30 });
    return {
      store,
      counter: createTrendCounter({ store: store.trends, clock, ...bounds }),
      grouper: createGrouper({
        mostHeld,
        store: store.narratives,
        upkeep: store.desk.upkeep,
        clock,
        ...bounds,
      }),
    };
  };
  let now = open();
  let jobs = 0;
  const landBatch = (given: Partial<ScoredBatch>): void => {
    jobs += 1;
    now.store.land(`job-${jobs}`, batchOf('run', given));
  };
  return {
    home,
    clock,
    store: () => now.store,
    reader: () => createNarrativeReader(now.store.stories, now.store.counted),
    land(flagged, posts, source = 'warung') {
      const newest = Math.max(...posts.map(({ at }) => at));
      if (newest > clock.now()) clock.advance(newest - clock.now());
      landBatch({
        source,
        landed: flagged ? posts.map((post) => flaggedOf(post, source)) : [],
        passed: flagged ? [] : posts.map(passedOf),
      });
    },
    landBatch,
    group(hours = 0) {
      clock.advance(hours * HOUR);
      while (now.grouper.take());
      atOnce(now.grouper.close(true));
      while (now.counter.take());
      atOnce(now.counter.close(true));
    },
    hold() {
      while (now.grouper.take());
      atOnce(now.grouper.close(false));
    },
    reopen() {
      now.store.close();
      now = open();
    },
    onDisk: () =>
      readdirSync(home)
        .map((file) => readFileSync(join(home, file)).toString('latin1'))
        .join('\n'),
    remove() {
      now.store.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function passedOf({ id, author, at, ...post }: SaidPost): PassedPost {
  return passedPost({
    id: `rekaan:${id}`,
    authorId: author,
    at: new Date(at).toISOString(),
    ...partsOf(post),
  });
}

function flaggedOf({ id, author, at, text, ...post }: SaidPost, source: string): ScoredPost {
  const createdAt = new Date(at).toISOString();
  const { url } = post;
  const named = { id: `rekaan:${id}`, text, source, createdAt, collectedAt: createdAt };
  const scored = landedPost({ ...named, author: { id: author }, ...(url === undefined ? {} : { url }) });
  return { ...scored, ...partsOf({ text, ...post }) };
}

function partsOf({
  text,
  url,
  region,
  hashtags,
  domains,
  claim,
  place,
}: Omit<SaidPost, 'id' | 'author' | 'at'>): Pick<PassedPost, 'fingerprint' | 'observation' | 'excerpt'> {
  const findings = claim === undefined ? [] : [matched(claim)];
  const fingerprint = fingerprintOf(text, { findings });
  return {
    ...(fingerprint === undefined ? {} : { fingerprint }),
    observation: {
      ...(region === undefined ? {} : { region }),
      ...(hashtags === undefined ? {} : { hashtags }),
      ...(domains === undefined ? {} : { domains }),
      ...(place === undefined ? {} : { source: place }),
    },
    excerpt: { text: maskNames(text), ...(url === undefined ? {} : { url }) },
  };
}

function matched(id: string) {
  return {
    rule: 'claim',
    category: 'hoax',
    start: 0,
    end: 1,
    text: 'x',
    weight: 0.9,
    reason: 'claim-match',
    params: {},
    claim: { id, title: 'judul', publisher: 'cek', date: '2026-01-01', url: id, similarity: 0.9 },
  } as const;
}
