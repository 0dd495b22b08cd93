import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScoredBatch } from '../src/core/batch.js';
import { openStore, type Store } from '../src/store/store.js';

/*
 * What landing costs: microseconds a post, in batches of 100, on a file that grows. `node dist/bench/store.js [POSTS]`.
 */

const BATCH = 100;
const HOUR = Date.UTC(2026, 0, 5, 8);
const TEXT = 'Kata orang kampung sebelah, '.repeat(7);

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function passed(n: number): ScoredBatch['passed'][number] {
  return {
    id: `forum:https://forum.example/t/${n}`,
    revision: hex(`${n}`),
    authorId: `account-${n % 50_000}`,
    at: new Date(HOUR + n * 200).toISOString(),
    language: n % 9 === 0 ? 'jav' : 'ind',
    level: n % 5 === 0 ? 'low' : 'none',
    flags: n % 5 === 0 ? ['abusive'] : [],
    incomplete: false,
  };
}

function landed(n: number): ScoredBatch['landed'][number] {
  const at = new Date(HOUR + n * 200).toISOString();
  const finding = {
    rule: 'lexicon:sara-012',
    category: 'sara',
    start: 5,
    end: 10,
    text: TEXT.slice(5, 10),
    weight: 0.6,
    reason: 'lexicon-hit',
    params: { term: 'contoh' },
  } as const;
  return {
    post: {
      id: `forum:https://forum.example/t/${n}`,
      revision: hex(`${n}`),
      source: 'forum',
      platform: 'forum',
      text: TEXT,
      createdAt: at,
      collectedAt: at,
      url: `https://forum.example/t/${n}`,
      author: { id: `account-${n % 50_000}`, handle: `warga${n % 50_000}` },
      record: {
        mediaType: 'application/json',
        encoding: 'utf8',
        bytes: JSON.stringify({ n, text: TEXT, more: 'x'.repeat(300) }),
        from: 'https://forum.example/api',
        receivedAt: at,
        headers: { 'content-type': 'application/json', date: at },
        bodySha256: '0'.repeat(64),
      },
    },
    assessment: {
      language: { code: 'ind', confidence: 0.9 },
      categories: { hate: 0.2, sara: 0.7, incitement: 0, threat: 0, hoax: 0, abusive: 0.1 },
      flags: ['sara'],
      level: 'medium',
      score: 0.7,
      targets: ['religion:contoh'],
      findings: [finding, { ...finding, start: 11, end: 18 }, { ...finding, start: 19, end: 26 }],
      context: [],
      incomplete: [],
      versions: { rules: '1', lexicon: '1', model: '1', language: '1' },
    },
  };
}

interface Load {
  readonly name: string;
  /** Of {@link BATCH} posts, how many land. */
  readonly landing: number;
  /** Every post was landed before. */
  readonly again?: boolean;
  readonly jobsATransaction: number;
}

/** Microseconds a post: by the clock on the wall, and of processor time, which a busy machine does not swell. */
interface Cost {
  readonly wall: number;
  readonly processor: number;
}

function measure(store: Store, load: Load, first: number, posts: number): Cost {
  const run = store.openRun('once', `${load.name} ${first}`).run.id;
  let spent = 0n;
  let busy = 0;
  for (let n = first; n < first + posts; ) {
    const jobs = [];
    for (; jobs.length < load.jobsATransaction && n < first + posts; n += BATCH) {
      const numbers = Array.from({ length: BATCH }, (_, i) => n + i);
      const batch: ScoredBatch = {
        run,
        source: 'forum',
        landed: numbers.slice(0, load.landing).map(landed),
        passed: numbers.slice(load.landing).map(passed),
        failed: 0,
      };
      jobs.push({ id: hex(`${load.name} ${n}`) + hex(`${n}`), batch });
    }
    const before = process.cpuUsage();
    const begin = process.hrtime.bigint();
    store.landAll(jobs);
    spent += process.hrtime.bigint() - begin;
    const { user, system } = process.cpuUsage(before);
    busy += user + system;
  }
  return { wall: Number(spent) / 1_000 / posts, processor: busy / posts };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const total = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'ronda-bench-store-'));
try {
  const clock = {
    now: () => Date.now(),
    sleep: async () => undefined,
  };
  const store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
  let next = 0;
  const show = (load: Load, posts: number): void => {
    const { wall, processor } = measure(store, load, load.again === true ? 0 : next, posts);
    if (load.again !== true) next += posts;
    const perSecond = Math.round(1_000_000 / wall).toLocaleString('en');
    const figures = [wall, processor].map((micros) => micros.toFixed(1).padStart(7));
    say(
      `${load.name.padEnd(40)} ${figures[0]} us a post (${figures[1]} of processor) ${perSecond.padStart(9)} posts/s`,
    );
  };
  show({ name: 'warming up', landing: 10, jobsATransaction: 1 }, 20_000);
  for (const jobsATransaction of [1, 4, 16]) {
    const jobs = `${jobsATransaction} job${jobsATransaction === 1 ? '' : 's'} a transaction`;
    show({ name: `none lands, ${jobs}`, landing: 0, jobsATransaction }, 100_000);
    show({ name: `one in ten lands, ${jobs}`, landing: 10, jobsATransaction }, 100_000);
    show({ name: `all land, ${jobs}`, landing: 100, jobsATransaction }, 10_000);
  }
  while (next < total) {
    show(
      { name: `none lands, beside ${next} posts`, landing: 0, jobsATransaction: 1 },
      Math.min(500_000, total - next),
    );
  }
  show({ name: 'one in ten lands, on the full file', landing: 10, jobsATransaction: 1 }, 100_000);
  show({ name: 'all seen before', landing: 0, jobsATransaction: 1, again: true }, 100_000);
  const begin = process.hrtime.bigint();
  const items = store.listItems({ limit: 50, minLevel: 'medium', category: 'sara' });
  say(`page of ${items.length} items: ${(Number(process.hrtime.bigint() - begin) / 1e6).toFixed(2)} ms`);
  store.close();
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  say(
    `${next} posts, ${(bytes / 1e6).toFixed(0)} MB on disk; peak memory ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
