import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { readStoreFacts, StoreWatch } from '../../bench/faults/store-facts.js';
import { schemaVersion } from '../../src/store/migrations.js';
import { openStore } from '../../src/store/store.js';
import { eventually, freshHome, projectRoot, Ronda, ronda } from '../support/ronda.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** Stores made by released versions are brought up and gone on with; what a newer one made is refused and left alone. */

const folder = join(projectRoot, 'fixtures', 'stores');
const released = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** As bench/store-fixture.ts has it. */
const SECRET = '0f'.repeat(32);

interface Holds {
  readonly version: string;
  readonly schema: number;
  readonly auditHead: string;
  readonly erased: string;
  readonly waiting: number;
  readonly sums: { readonly collected: number; readonly landed: number; readonly passed: number };
  readonly posts: number;
  readonly items: readonly string[];
  readonly counts: readonly string[];
}

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0).reverse()) undo();
});

function freshFolder(): string {
  const home = freshHome();
  cleanUp.push(home.remove);
  return home.path;
}

function unpacked(version: string): { home: string; holds: Holds } {
  const home = join(freshFolder(), 'home');
  mkdirSync(home, { mode: 0o700 });
  for (const name of ['ronda.db', 'queue.db']) {
    const bytes = gunzipSync(readFileSync(join(folder, version, `${name}.gz`)));
    writeFileSync(join(home, name), bytes, { mode: 0o600 });
  }
  return { home, holds: JSON.parse(readFileSync(join(folder, version, 'holds.json'), 'utf8')) as Holds };
}

const environment = { RONDA_SECRET: SECRET };

describe.each(released)('a store made by %s', (version) => {
  it('is brought up with everything that it held', () => {
    const { home, holds } = unpacked(version);
    const path = join(home, 'ronda.db');
    const secret = Buffer.from(SECRET, 'hex');
    const store = openStore({ path, secret, clock: new SimulatedClock(), seenWindowDays: 30 });
    try {
      const [seq = '', hash = ''] = holds.auditHead.split(':');
      expect(store.desk.audit.verify({ seq: Number(seq), hash })).toMatchObject({ ok: true });
      expect(store.desk.users.list().map(({ name }) => name)).toEqual(
        expect.arrayContaining(['sari', 'bima']),
      );
      expect(store.countItems()).toMatchObject({ closed: 1 });
    } finally {
      store.close();
    }
    const db = new Database(path, { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(schemaVersion);
    db.close();
    const facts = readStoreFacts(path);
    expect(facts.items).toEqual(holds.items);
    expect(facts.counts).toEqual(holds.counts);
    expect(facts.posts).toHaveLength(holds.posts);
  });

  it('is gone on with: what waited lands, what was there is known, what was erased stays away', async () => {
    const { home, holds } = unpacked(version);
    const workers = ['land', 'score'].map((part) => new Ronda(['worker', part], { home, environment }));
    cleanUp.push(() => {
      for (const worker of workers) worker.kill('SIGKILL');
    });
    const watch = new StoreWatch(join(home, 'ronda.db'));
    await eventually('the posts that waited come to an end', () => {
      const { collected, landed, passed, seen, failed } = watch.sums();
      return collected === holds.sums.collected && landed + passed + seen + failed === collected;
    });
    const before = watch.sums();
    watch.close();
    expect(before.failed).toBe(0);
    expect(before.landed + before.passed).toBe(holds.sums.landed + holds.sums.passed + holds.waiting);
    for (const worker of workers) worker.kill('SIGTERM');
    for (const worker of workers) expect((await worker.finished).code).toBe(0);

    const again = await ronda(
      ['batch', join(projectRoot, 'fixtures/demo/arsip-grup.jsonl'), '--source', 'arsip-grup', '--json'],
      { home, environment },
    );
    const counts = JSON.parse(again.stdout) as Record<string, number>;
    expect(counts).toMatchObject({ collected: holds.posts, seen: holds.posts, landed: 0, passed: 0 });
    const list = await ronda(['items', 'list', '--jsonl'], { home, environment });
    expect(list.stdout).not.toContain(`"${holds.erased}"`);
    expect(list.stdout).toContain('arsip-grup');
  });
});

describe('the fixtures of released versions', () => {
  it('are there for every version of the changelog that was released', () => {
    const changelog = readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8');
    const versions = [...changelog.matchAll(/^## \[?(\d+\.\d+\.\d+)\]?/gm)].map(([, version]) => version);
    expect(versions.filter((version) => !released.includes(version ?? ''))).toEqual([]);
    expect(released.length).toBeGreaterThan(0);
  });
});

describe('what a newer Ronda made', () => {
  const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

  it.each(['ronda.db', 'queue.db'])('is refused with a clear word and left as it is: %s', async (name) => {
    const home = freshFolder();
    const posts = join(home, 'posts.jsonl');
    writeFileSync(posts, `${JSON.stringify({ id: 'a', text: 'Selamat pagi semua warga' })}\n`);
    expect((await ronda(['batch', posts], { home })).code).toBe(0);
    const path = join(home, name);
    const db = new Database(path);
    db.pragma(`user_version = ${(db.pragma('user_version', { simple: true }) as number) + 1}`);
    db.close();
    const before = digest(path);

    const refused = await ronda(['batch', posts], { home });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/newer (version of )?Ronda/);
    expect(refused.stderr).not.toMatch(/\n\s+at /);
    expect(digest(path)).toBe(before);
  });
});
