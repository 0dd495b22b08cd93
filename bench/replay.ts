/**
 * Replays posts through the fingerprint, the store and the grouping as the pipeline does, by a clock of their own, and
 * measures what came of the planted stories.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assessment } from '../src/core/assessment.js';
import type { PassedPost, ScoredPost } from '../src/core/batch.js';
import type { Narrative } from '../src/core/narrative.js';
import { createTrendCounter } from '../src/pipeline/count-trends.js';
import { createGrouper } from '../src/pipeline/group.js';
import { atOnce } from '../src/pipeline/group-loop.js';
import { createNarrativeReader } from '../src/pipeline/read-narratives.js';
import { fingerprintOf } from '../src/pipeline/score.js';
import { createPrintKey } from '../src/store/print-key.js';
import { createSealer } from '../src/store/seal.js';
import { openStore } from '../src/store/store.js';
import { type PlantedPost, STORIES, waveAt } from './planted-stories.js';

const SECRET = Buffer.alloc(32, 7);
const HOUR_MS = 3_600_000;
/** Of so many posts one is flagged. */
const FLAGGED_EACH = 5;

export const NOTHING: Assessment = {
  language: { code: 'ind', confidence: 0.9 },
  categories: { hate: 0, sara: 0, incitement: 0, threat: 0, hoax: 0, abusive: 0 },
  flags: [],
  level: 'none',
  score: 0,
  targets: [],
  findings: [],
  context: [],
  incomplete: [],
  versions: { rules: '1', lexicon: '1', model: '1', language: '1' },
};

export interface Replayed {
  readonly narratives: readonly Narrative[];
  /** Ids of the posts in each narrative that is shown, by its id. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Near-duplicates of the first item, as the desk is told. */
  readonly near: readonly { readonly number: number; readonly similarity: number }[];
  /** Microseconds of processor time a post. */
  readonly costs: {
    readonly fingerprint: number;
    readonly landing: number;
    readonly grouping: number;
    readonly counting: number;
  };
  readonly storeBytes: number;
}

/** @param shuffle the order of arrival within each hour */
export function replay(
  posts: readonly PlantedPost[],
  shuffle: (hour: readonly PlantedPost[]) => readonly PlantedPost[] = (hour) => hour,
): Replayed {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-replay-'));
  let now = Date.parse(posts[0]!.created_at);
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const path = join(folder, 'ronda.db');
  const store = openStore({ path, secret: SECRET, clock, seenWindowDays: 30 });
  try {
    const grouper = createGrouper({
      mostHeld: 100_000,
      store: store.narratives,
      upkeep: store.desk.upkeep,
      clock,
      windowHours: 168,
      knownAuthors: 10,
    });
    const counter = createTrendCounter({ store: store.trends, clock, windowHours: 168, knownAuthors: 10 });
    const costs = { fingerprint: 0, landing: 0, grouping: 0, counting: 0 };
    const timed = <T>(what: keyof typeof costs, work: () => T): T => {
      const begin = process.cpuUsage();
      const result = work();
      const { user, system } = process.cpuUsage(begin);
      costs[what] += (user + system) / posts.length;
      return result;
    };
    const digest = createSealer(SECRET);
    const prints = createPrintKey(digest);
    const idOf = new Map<string, string>();
    let job = 0;
    for (const hour of byHour(posts)) {
      now = Date.parse(hour[0]!.created_at);
      const arrived = shuffle(hour);
      for (let i = 0; i < arrived.length; i += 100) {
        const landed: ScoredPost[] = [];
        const passed: PassedPost[] = [];
        for (const given of arrived.slice(i, i + 100)) {
          const id = `rekaan:${given.id}`;
          const revision = createHash('sha256').update(given.text).digest('hex').slice(0, 16);
          const hash = digest.digest(`post\n${revision}\n${id}`);
          idOf.set(`~${prints.idOf(id).toString(16).padStart(8, '0')}${hex(hash, 4)}`, given.id);
          idOf.set(id, given.id);
          const print = timed('fingerprint', () => fingerprintOf(given.text, NOTHING));
          const more = print === undefined ? {} : { fingerprint: print };
          if (Number.parseInt(revision.slice(0, 6), 16) % FLAGGED_EACH === 0) {
            const { text, created_at: createdAt, author, source } = given;
            const post = {
              id,
              revision,
              source,
              platform: 'rekaan',
              text,
              createdAt,
              collectedAt: createdAt,
            };
            const assessment: Assessment = { ...NOTHING, flags: ['hoax'], level: 'low', score: 0.5 };
            landed.push({ post: { ...post, author: { id: author } }, assessment, ...more });
          } else {
            const { created_at: at, author } = given;
            const facts = { id, revision, at, authorId: author, language: 'ind', incomplete: false };
            passed.push({ ...facts, level: 'none', flags: [], ...more });
          }
        }
        // Everything of the hour is collected by its end.
        now = Math.max(now, Date.parse(hour.at(-1)!.created_at) + 1_000);
        job += 1;
        const batch = { run: 'replay', source: 'replay', landed, passed, failed: 0 };
        timed('landing', () => store.land(String(job).padStart(16, '0'), batch));
      }
      now = (Math.floor(Date.parse(hour[0]!.created_at) / HOUR_MS) + 1) * HOUR_MS + 6 * 60_000;
      timed('counting', () => {
        while (counter.take());
        atOnce(counter.close(true));
      });
      timed('grouping', () => {
        while (grouper.take());
        atOnce(grouper.close(true));
      });
    }
    const reader = createNarrativeReader(store.stories, store.counted);
    const narratives = reader.listNarratives({ limit: 100_000 });
    const members = new Map(
      narratives.map(({ id }) => [
        id,
        [...reader.narrativeMembers(id)].map((member) => idOf.get(member.id) ?? member.id).sort(),
      ]),
    );
    const near = reader.near(store.listItems({ limit: 1 })[0]?.number ?? 0);
    return { narratives, members, near, costs, storeBytes: statSync(path).size };
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Figures {
  /** Pairs of planted posts of one story among all pairs that were joined and hold a planted post. */
  readonly precision: number;
  /** Pairs of planted posts of one story that were joined, among all. */
  readonly recall: number;
  /** Waves with a burst told within two hours of their begin. */
  readonly found: number;
  /** Bursts of what was not planted. */
  readonly falseAlarms: number;
}

/** What a replay found of the planted stories; members within the window alone are known, so precision is of those. */
export function figuresOf(
  { narratives, members }: Replayed,
  posts: readonly PlantedPost[],
  days: number,
): Figures {
  const storyOf = new Map(posts.map(({ id, story }) => [id, story]));
  const sizes = new Map<number, number>();
  for (const { story } of posts) if (story >= 0) sizes.set(story, (sizes.get(story) ?? 0) + 1);
  let [right, joined, all] = [0, 0, 0];
  for (const size of sizes.values()) all += pairs(size);
  const mainStory = new Map<string, number>();
  for (const [id, posts] of members) {
    const counts = new Map<number, number>();
    let others = 0;
    for (const post of posts) {
      const story = storyOf.get(post) ?? -1;
      if (story < 0) others += 1;
      else counts.set(story, (counts.get(story) ?? 0) + 1);
    }
    const planted = posts.length - others;
    joined += pairs(planted) + planted * others;
    for (const n of counts.values()) right += pairs(n);
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    if (most !== undefined && most[1] > others) mainStory.set(id, most[0]);
  }
  const found = new Set<number>();
  let falseAlarms = 0;
  for (const { id, bursts } of narratives) {
    const story = mainStory.get(id);
    for (const { at } of bursts) {
      if (story === undefined) falseAlarms += 1;
      else if (Math.abs(Date.parse(at) - waveAt(story, days)) <= 2 * HOUR_MS) found.add(story);
    }
  }
  return {
    precision: joined === 0 ? 0 : right / joined,
    recall: all === 0 ? 0 : right / all,
    found: found.size,
    falseAlarms,
  };
}

/** How many waves there are to find. */
export const WAVES: number = STORIES.length;

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}

function hex(hash: Buffer, at: number): string {
  return hash.readUInt32LE(at).toString(16).padStart(8, '0');
}

function byHour(posts: readonly PlantedPost[]): PlantedPost[][] {
  const hours = new Map<number, PlantedPost[]>();
  for (const post of posts) {
    const hour = Math.floor(Date.parse(post.created_at) / HOUR_MS);
    const of = hours.get(hour);
    if (of === undefined) hours.set(hour, [post]);
    else of.push(post);
  }
  return [...hours].sort(([a], [b]) => a - b).map(([, of]) => of);
}
