/**
 * A month of generated posts straight into store, grouping and counting: what memory and the store come to, what each post
 * costs, and how long trends and narratives take to read. Posts are fingerprints made up of invented words (no text is
 * read), most of them everyday talk of one voice, some copies and rewordings of stories that come and go.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { PassedPost, ScoredPost } from '../src/core/batch.js';
import type { TrendKind } from '../src/core/trends.js';
import { createTrendCounter } from '../src/pipeline/count-trends.js';
import { createGrouper } from '../src/pipeline/group.js';
import { createNarrativeReader } from '../src/pipeline/read-narratives.js';
import { createTrendReader } from '../src/pipeline/read-trends.js';
import { openStore } from '../src/store/store.js';
import { randomFrom } from './planted-stories.js';
import { NOTHING } from './replay.js';

const HOUR_MS = 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5);
const VOCABULARY = 60_000;
const AUTHORS = 200_000;
/** Share of posts that are of a story; the stories of a day, and how long each is told. */
const OF_STORIES = 0.15;
const STORIES_A_DAY = 120;
const STORY_HOURS = 30;
/** Of so many posts one is flagged. */
const FLAGGED_EACH = 200;
const BATCH = 100;
const TOGETHER = 8;

interface Story {
  readonly from: number;
  /** Share of the stories' posts, falling from story to story. */
  readonly weight: number;
  readonly wordings: readonly { readonly signature: Uint8Array; readonly terms: readonly string[] }[];
  readonly hashtag: string;
}

/** Runs it; `say` takes a line. */
export function month(posts: number, days: number, say: (line: string) => void): void {
  const random = randomFrom(11);
  const pick = (n: number): number => Math.floor(random() * n);
  // Few words are said often, most seldom (Zipf).
  const word = (): string => `kata${Math.floor(VOCABULARY ** random()) % VOCABULARY}`;
  const wordsOf = (n: number): string[] => [...new Set(Array.from({ length: n }, word))];
  const signature = (): Uint8Array => Uint8Array.from({ length: 64 }, () => pick(256));
  const near = (from: Uint8Array, changed: number): Uint8Array => {
    const to = from.slice();
    for (let i = 0; i < changed; i++) to[pick(64)] = pick(256);
    return to;
  };
  let named = 0;
  const newStory = (from: number): Story => {
    named += 1;
    const core = Array.from({ length: 6 }, (_, i) => `kabar${named}x${i}`);
    return {
      from,
      weight: 1 / (1 + pick(STORIES_A_DAY)),
      hashtag: `tagar${named}`,
      wordings: Array.from({ length: 1 + pick(5) }, () => ({
        signature: signature(),
        terms: [...core.slice(0, 4 + pick(3)), ...wordsOf(5)],
      })),
    };
  };

  const folder = mkdtempSync(join(tmpdir(), 'ronda-month-'));
  const path = join(folder, 'ronda.db');
  let now = BEGIN;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const store = openStore({ path, secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 });
  const bounds = { clock, windowHours: 168, knownAuthors: 10 };
  const grouper = createGrouper({
    mostHeld: 100_000,
    store: store.narratives,
    upkeep: store.desk.upkeep,
    ...bounds,
  });
  const counter = createTrendCounter({ store: store.trends, ...bounds });
  const costs = { landing: 0, grouping: 0, counting: 0 };
  const timed = (what: keyof typeof costs, work: () => void): void => {
    const begin = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begin);
    costs[what] += user + system;
  };
  try {
    let stories: Story[] = [];
    let made = 0;
    let job = 0;
    const hours = days * 24;
    for (let hour = 0; hour < hours; hour++) {
      for (let i = 0; i < STORIES_A_DAY / 24; i++) stories.push(newStory(hour));
      stories = stories.filter(({ from }) => hour - from < STORY_HOURS);
      const weights = stories.map(({ from, weight }) => weight * Math.exp(-(hour - from) / 8));
      const all = weights.reduce((a, b) => a + b, 0);
      const storyAt = (): Story => {
        let left = random() * all;
        for (let i = 0; i < stories.length; i++) {
          left -= weights[i]!;
          if (left <= 0) return stories[i]!;
        }
        return stories[0]!;
      };
      const of = Math.round(((hour + 1) * posts) / hours) - made;
      let batches: { id: string; landed: ScoredPost[]; passed: PassedPost[] }[] = [];
      for (let i = 0; i < of; i++) {
        if (i % BATCH === 0) {
          job += 1;
          batches.push({ id: job.toString(16).padStart(16, '0'), landed: [], passed: [] });
        }
        const n = made + i;
        const at = new Date(BEGIN + hour * HOUR_MS + Math.floor((i / of) * HOUR_MS)).toISOString();
        now = Date.parse(at);
        const isStory = random() < OF_STORIES;
        const story = isStory ? storyAt() : undefined;
        const wording = story?.wordings[pick(story.wordings.length)];
        const bytes = wording === undefined ? signature() : near(wording.signature, pick(12));
        const terms = wording === undefined ? wordsOf(10) : wording.terms;
        const more = {
          fingerprint: { signature: Buffer.from(bytes).toString('base64'), terms },
          observation: {
            region: `${11 + pick(80)}`,
            hashtags: story !== undefined ? [story.hashtag] : random() < 0.2 ? [`tagar-${pick(20_000)}`] : [],
            domains: random() < 0.2 ? [`situs${Math.floor(5_000 ** random())}.example`] : [],
          },
          ...(story === undefined ? {} : { excerpt: { text: terms.join(' ') } }),
        };
        const id = `rekaan:${n}`;
        const revision = createHash('sha256').update(id).digest('hex').slice(0, 16);
        const author = `penulis-${Math.floor(AUTHORS ** random())}-${pick(40)}`;
        const batch = batches.at(-1)!;
        if (n % FLAGGED_EACH === 0) {
          const post = { id, revision, source: 'warung', platform: 'rekaan', text: terms.join(' ') };
          const assessment = { ...NOTHING, flags: ['hoax'] as const, level: 'low' as const, score: 0.5 };
          const whole = { ...post, createdAt: at, collectedAt: at, author: { id: author } };
          batch.landed.push({ post: whole, assessment, ...more });
        } else {
          const facts = { id, revision, at, authorId: author, language: n % 9 === 0 ? 'jav' : 'ind' };
          batch.passed.push({ ...facts, incomplete: false, level: 'none', flags: [], ...more });
        }
        if (i === of - 1 || (batches.length === TOGETHER && (i + 1) % BATCH === 0)) {
          const group = batches.map(({ id: of, ...posts }) => ({
            id: of,
            batch: { run: 'month', source: 'warung', failed: 0, ...posts },
          }));
          batches = [];
          timed('landing', () => void store.landAll(group));
          timed('counting', () => {
            while (counter.take());
            counter.close(false);
          });
          timed('grouping', () => {
            while (grouper.take());
            grouper.close(false);
          });
        }
      }
      made += of;
      now = BEGIN + (hour + 1) * HOUR_MS + 6 * 60_000;
      timed('grouping', () => grouper.close(true));
      timed('counting', () => counter.close(true));
      if (hour % 24 !== 23) continue;
      const day = (hour + 1) / 24;
      const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
      say(
        `day ${day}: ${made} posts; memory ${mb(rss)} (heap ${mb(heapUsed)}, arrays ${mb(arrayBuffers)}); ` +
          `store ${mb(statSync(path).size)}; us a post: landing ${each(costs.landing, made)}, ` +
          `counting ${each(costs.counting, made)}, grouping ${each(costs.grouping, made)}`,
      );
    }
    tables(path, say);
    reading(store, now, say);
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Bytes of what is kept beside items, by table. */
function tables(path: string, say: (line: string) => void): void {
  const db = new Database(path, { readonly: true });
  const sizeOf = (table: string, column: string): number =>
    db.prepare<[], number>(`SELECT coalesce(sum(length(${column})), 0) FROM ${table}`).pluck().get() ?? 0;
  const count = (table: string): number =>
    db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
  say(
    `fingerprints ${mb(sizeOf('print_hours', 'rows') + sizeOf('print_log', 'rows'))}; counts ${mb(sizeOf('trend_hours', 'rows'))} ` +
      `in ${count('trend_totals')} hours, ${count('trend_keys')} words; who shares what ${mb(sizeOf('trend_sharing', 'rows'))}; ` +
      `stories ${count('narratives')}, ${mb(sizeOf('narratives', 'facts'))}, ${count('narrative_words')} words, ` +
      `${count('narrative_exemplars')} texts; items ${count('items')}; seen ${mb(sizeOf('seen_blocks', 'entries') + sizeOf('seen_log', 'entries'))}`,
  );
  db.close();
}

/** Milliseconds of processor time at the 95th percentile. */
function reading(store: ReturnType<typeof openStore>, now: number, say: (line: string) => void): void {
  const trends = createTrendReader(store.counted);
  const narratives = createNarrativeReader(store.stories, store.counted);
  const iso = (time: number): string => new Date(time).toISOString();
  const span = (hours: number) => ({ from: iso(now - hours * HOUR_MS), to: iso(now) });
  const ask = (kind: TrendKind, hours: number) => ({ ...span(hours), kind, limit: 20 });
  const [first] = narratives.listNarratives({ limit: 1 });
  const reads: readonly (readonly [string, () => unknown])[] = [
    ['totals of a month', () => trends.totals(span(720))],
    ['top terms of a day', () => trends.top(ask('term', 24))],
    ['top terms of a month', () => trends.top(ask('term', 720))],
    ['rising terms of a day', () => trends.rising(ask('term', 24))],
    ['rising terms of a month', () => trends.rising(ask('term', 720))],
    ['falling terms of a day', () => trends.falling(ask('term', 24))],
    ['rising hashtags of a day', () => trends.rising(ask('hashtag', 24))],
    ['regions of a day', () => trends.top(ask('region', 24))],
    ['50 narratives', () => narratives.listNarratives({ limit: 50 })],
    ['a narrative', () => first && narratives.narrativeDetail(first.id)],
    ['its members', () => first && [...narratives.narrativeMembers(first.id)]],
  ];
  for (const [name, read] of reads) {
    const times = Array.from({ length: 20 }, () => {
      const begin = process.cpuUsage();
      read();
      const { user, system } = process.cpuUsage(begin);
      return (user + system) / 1000;
    }).sort((a, b) => a - b);
    say(`${name}: ${times[18]!.toFixed(1)} ms`);
  }
}

function mb(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function each(micros: number, posts: number): string {
  return (micros / posts).toFixed(1);
}
