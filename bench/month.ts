/**
 * A month of generated posts straight into store, grouping and counting: what memory and the store come to, what each post
 * costs, and how long pages of narratives and trends take to read.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createTrendCounter } from '../src/pipeline/count-trends.js';
import { createGrouper } from '../src/pipeline/group.js';
import { atOnce } from '../src/pipeline/group-loop.js';
import { loadSecret } from '../src/store/secret.js';
import { openStore, type Store } from '../src/store/store.js';
import { readPages } from './month-pages.js';
import { MONTH_SOURCES, type MonthBatch, monthPosts } from './month-posts.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TOGETHER = 8;
/** As a running ronda holds (compose-narratives.ts). */
const MOST_HELD = 10_000;
const BOUNDS = { windowHours: 168, knownAuthors: 10 };

export interface MonthPlan {
  readonly posts: number;
  readonly days: number;
  /** Home folder to keep the store in, with its secret; a temporary one, removed, where it is absent. */
  readonly keep?: string;
  /** ms since the epoch, where the month ends. */
  readonly until?: number;
}

/** Runs it; `say` takes a line. */
export function month({ posts, days, keep, until = Date.UTC(2026, 1, 4) }: MonthPlan, say: Say): void {
  const end = Math.floor(until / HOUR_MS) * HOUR_MS;
  withHome(keep, (home) => {
    const begin = end - days * DAY_MS;
    let now = begin;
    const clock = { now: () => now, sleep: () => Promise.resolve() };
    const path = join(home, 'ronda.db');
    const store = openStore({ path, secret: loadSecret({ home, env: {} }), clock, seenWindowDays: 30 });
    try {
      const landing = landingIn(store, clock);
      const hourOf = monthPosts(posts, days, begin);
      let made = 0;
      for (let hour = 0; hour < days * 24; hour++) {
        const batches = hourOf(hour);
        for (let i = 0; i < batches.length; i += TOGETHER) {
          const group = batches.slice(i, i + TOGETHER);
          now = lastOf(group) ?? now;
          landing.land(group);
          made += group.reduce((sum, { landed, passed }) => sum + landed.length + passed.length, 0);
        }
        now = begin + (hour + 1) * HOUR_MS + 6 * 60_000;
        landing.close();
        noteSources(store, begin + hour * HOUR_MS, batches);
        if (hour % 24 !== 23) continue;
        const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
        const each = (what: keyof Costs): string => (landing.costs[what] / made).toFixed(1);
        say(
          `day ${(hour + 1) / 24}: ${made} posts; memory ${mb(rss)} (heap ${mb(heapUsed)}, arrays ${mb(arrayBuffers)}); ` +
            `store ${mb(statSync(path).size)}; us a post: landing ${each('landing')}, ` +
            `counting ${each('counting')}, grouping ${each('grouping')}`,
        );
      }
      tables(path, say);
      readPages(store, end, say);
    } finally {
      store.close();
    }
  });
}

/** Reads the pages of a month that was kept, up to its newest hour. */
export function readMonth(home: string, say: Say): void {
  const clock = { now: () => Date.now(), sleep: () => Promise.resolve() };
  const path = join(home, 'ronda.db');
  const secret = loadSecret({ home, env: {} });
  // Migrated where it is of an earlier form.
  openStore({ path, secret, clock, seenWindowDays: 30 }).close();
  // As the desk's readers have it.
  const store = openStore({ path, secret, clock, seenWindowDays: 30, readonly: true, mapped: true });
  try {
    const newest = store.counted.countedHours()?.newest;
    if (newest === undefined) say(`${path} has no posts`);
    else readPages(store, (newest + 1) * HOUR_MS, say);
  } finally {
    store.close();
  }
}

type Say = (line: string) => void;

interface Costs {
  landing: number;
  grouping: number;
  counting: number;
}

/** Lands, counts and groups as the lander's process does; microseconds of processor time in `costs`. */
function landingIn(store: Store, clock: { now(): number; sleep(): Promise<void> }) {
  const { narratives, trends, desk } = store;
  const grouper = createGrouper({
    mostHeld: MOST_HELD,
    store: narratives,
    upkeep: desk.upkeep,
    clock,
    ...BOUNDS,
  });
  const counter = createTrendCounter({ store: trends, clock, ...BOUNDS });
  const costs: Costs = { landing: 0, grouping: 0, counting: 0 };
  const timed = (what: keyof Costs, work: () => void): void => {
    const begin = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begin);
    costs[what] += user + system;
  };
  return {
    costs,
    land(batches: readonly MonthBatch[]): void {
      const jobs = batches.map(({ id, source, landed, passed }) => ({
        id,
        batch: { run: 'month', source, failed: 0, landed, passed },
      }));
      timed('landing', () => void store.landAll(jobs));
      timed('counting', () => {
        while (counter.take());
        atOnce(counter.close(false));
      });
      timed('grouping', () => {
        while (grouper.take());
        atOnce(grouper.close(false));
      });
    },
    close(): void {
      timed('grouping', () => atOnce(grouper.close(true)));
      timed('counting', () => atOnce(counter.close(true)));
    },
  };
}

/** What collecting would have noted of each source in an hour. */
function noteSources(store: Store, hour: number, batches: readonly MonthBatch[]): void {
  const at = new Date(hour).toISOString();
  for (const source of MONTH_SOURCES) {
    const jobs = batches
      .filter((batch) => batch.source === source)
      .map(({ id, landed, passed }) => ({ id, posts: landed.length + passed.length }));
    store.saveCursor({ source, run: 'month', cursor: {}, jobs, rejected: 0, newestPostAt: at, at });
  }
}

function lastOf(batches: readonly MonthBatch[]): number | undefined {
  const at = batches.at(-1)?.passed.at(-1)?.at;
  return at === undefined ? undefined : Date.parse(at);
}

function withHome(keep: string | undefined, work: (home: string) => void): void {
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true });
    work(keep);
    return;
  }
  const home = mkdtempSync(join(tmpdir(), 'ronda-month-'));
  try {
    work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Bytes of what is kept beside items, by table. */
function tables(path: string, say: Say): void {
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

function mb(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
