import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotRunError, OutOfSpaceError } from '../../src/core/errors.js';
import type { LandJob } from '../../src/core/ports.js';
import { migrations, schemaVersion } from '../../src/store/migrations.js';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.js';
import { batchOf, landedPost, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { smallDisk } from '../support/tmpfs.js';

const SECRET = Buffer.alloc(32, 7);
const CHILD = fileURLToPath(new URL('../support/store-child.mjs', import.meta.url));

let folder: string;
const opened: Store[] = [];

function open(path: string, given: Partial<StoreOptions> = {}): Store {
  const clock = new SimulatedClock();
  const store = openStore({ path, secret: SECRET, clock, seenWindowDays: 30, ...given });
  opened.push(store);
  return store;
}

const file = (): string => join(folder, 'ronda.db');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-file-'));
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  rmSync(folder, { recursive: true, force: true });
});

function refusal(work: () => unknown): { kind: string; message: string } {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(CannotRunError);
    return error as CannotRunError;
  }
  throw new Error('nothing was refused');
}

function jobsOf(count: number, size = 10): LandJob[] {
  return Array.from({ length: count }, (_, job) => {
    const ids = Array.from({ length: size }, (_, n) => `rekaan:${job * size + n}`);
    const landed = ids.slice(0, 3).map((id) => landedPost({ id, text: `isi ${id} `.repeat(20) }));
    const passed = ids.slice(3).map((id) => passedPost({ id }));
    return { id: `job-${job}`, batch: batchOf('run', { landed, passed }) };
  });
}

/** What can be seen of a store's end, apart from numbers and times. */
function endOf(store: Store): unknown {
  const items = store.listItems({ limit: 1_000 }).map(({ post, revisions }) => `${post.id} ${revisions}`);
  return { items: items.toSorted(), counts: store.runCounts('run') };
}

describe('the file', () => {
  it('is for its owner alone, as is all beside it', () => {
    const inner = join(folder, 'baru', 'data');
    const store = open(join(inner, 'ronda.db'));
    store.land('a', batchOf('run', { landed: [landedPost({ id: 'rekaan:1' })] }));
    expect(readdirSync(inner).toSorted()).toEqual(['ronda.db', 'ronda.db-shm', 'ronda.db-wal']);
    for (const name of readdirSync(inner)) expect(statSync(join(inner, name)).mode & 0o777).toBe(0o600);
    expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  it('is at the version of the last migration', () => {
    open(file());
    const db = new Database(file(), { readonly: true });
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    const strict = db.prepare(
      // A virtual table and those behind it cannot be strict.
      `SELECT count(*) FROM pragma_table_list
       WHERE strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'post_texts%'`,
    );
    expect(strict.pluck().get()).toBe(0);
    db.close();
  });

  it('is refused when a newer version made it, with both versions named, and left as it was', () => {
    open(file()).close();
    opened.pop();
    const newer = schemaVersion + 3;
    const db = new Database(file());
    db.pragma(`user_version = ${newer}`);
    db.close();
    for (const readonly of [false, true]) {
      const { kind, message } = refusal(() => open(file(), { readonly }));
      expect(kind).toBe('store-newer');
      expect(message).toContain(`${newer}`);
      expect(message).toContain(`knows ${schemaVersion}`);
    }
  });

  it('is refused when it is no database, or another program’s', () => {
    writeFileSync(file(), 'bukan basis data, hanya kalimat rekaan yang cukup panjang\n'.repeat(20));
    expect(refusal(() => open(file())).kind).toBe('not-a-store');
    const other = join(folder, 'lain.db');
    const db = new Database(other);
    db.exec('CREATE TABLE catatan (isi TEXT)');
    db.close();
    expect(refusal(() => open(other)).kind).toBe('not-a-store');
  });

  it('is refused to another secret, and to a reader when it is not there or not yet brought up', () => {
    open(file());
    expect(refusal(() => open(file(), { secret: Buffer.alloc(32, 8) })).kind).toBe('wrong-secret');
    expect(refusal(() => open(join(folder, 'tidak-ada.db'), { readonly: true })).kind).toBe('no-store');
    expect(existsSync(join(folder, 'tidak-ada.db'))).toBe(false);
    writeFileSync(join(folder, 'kosong.db'), '');
    expect(refusal(() => open(join(folder, 'kosong.db'), { readonly: true })).kind).toBe('store-older');
  });

  it('cannot be where a folder is', () => {
    expect(refusal(() => open(folder)).kind).toBe('store-read-only');
  });

  it('lets a reader see what lands while it reads, and lets it write nothing', () => {
    const writer = open(file());
    const reader = open(file(), { readonly: true });
    expect(reader.listItems({ limit: 10 })).toEqual([]);
    writer.land('a', batchOf('run', { landed: [landedPost({ id: 'rekaan:1' })] }));
    expect(reader.listItems({ limit: 10 })).toHaveLength(1);
    expect(refusal(() => reader.land('b', batchOf('run', {}))).kind).toBe('store-read-only');
  });

  it('lands all of several jobs or none of them', () => {
    const store = open(file());
    const [first, second] = jobsOf(2);
    const broken = landedPost({ id: 'rekaan:rusak', text: undefined as unknown as string });
    const withBroken = { id: second!.id, batch: { ...second!.batch, landed: [broken] } };
    expect(() => store.landAll([first!, withBroken])).toThrow();
    expect(store.listItems({ limit: 10 })).toEqual([]);
    expect(store.landAll([first!, second!, first!])).toMatchObject([
      { applied: true, landed: 3, passed: 7 },
      { applied: true, landed: 3, passed: 7 },
      { applied: false, landed: 0 },
    ]);
    expect(store.runCounts('run')).toMatchObject({ collected: 20, landed: 6, passed: 14, seen: 0 });
  });
});

describe('a disk that', () => {
  it('is full stops landing with clear words, keeps what landed, and goes on once there is room', ({
    skip,
  }) => {
    const disk = smallDisk('1m');
    if (disk === undefined) return skip();
    try {
      const store = open(join(disk.path, 'ronda.db'));
      const jobs = jobsOf(400);
      let landed = 0;
      let fault: unknown;
      for (; landed < jobs.length && fault === undefined; landed += 1) {
        try {
          store.land(jobs[landed]!.id, jobs[landed]!.batch);
        } catch (error) {
          fault = error;
          break;
        }
      }
      expect(fault).toBeInstanceOf(OutOfSpaceError);
      expect(fault).toMatchObject({ kind: 'disk-full', message: expect.stringContaining('free space') });
      expect(landed).toBeGreaterThan(0);
      expect(store.runCounts('run').collected).toBe(landed * 10);
      disk.remount('size=64m');
      for (const { id, batch } of jobs) store.land(id, batch);
      const undisturbed = open(file());
      for (const { id, batch } of jobs) undisturbed.land(id, batch);
      expect(endOf(store)).toEqual(endOf(undisturbed));
      for (const each of opened.splice(0)) each.close();
    } finally {
      disk.dispose();
    }
  });

  it('is read-only refuses the store with clear words', ({ skip }) => {
    const disk = smallDisk('8m');
    if (disk === undefined) return skip();
    try {
      const path = join(disk.path, 'ronda.db');
      open(path).close();
      opened.pop();
      disk.remount('ro');
      expect(refusal(() => open(path))).toMatchObject({
        kind: 'store-read-only',
        message: expect.stringContaining('writable'),
      });
      expect(refusal(() => open(join(disk.path, 'baru', 'ronda.db'))).kind).toBe('store-read-only');
    } finally {
      disk.dispose();
    }
  });
});

describe('several processes', () => {
  interface Child {
    readonly lines: string[];
    readonly ended: Promise<unknown>;
    kill(): void;
    line(): Promise<void>;
  }

  function child(jobs: readonly LandJob[]): Child {
    const given = JSON.stringify({ path: file(), secret: SECRET.toString('hex'), mode: 'land', jobs });
    const process_ = spawn(process.execPath, [CHILD], { stdio: ['pipe', 'pipe', 'inherit'] });
    process_.stdin.end(given);
    const lines: string[] = [];
    const reader = createInterface({ input: process_.stdout });
    reader.on('line', (line) => lines.push(line));
    return {
      lines,
      ended: once(process_, 'close'),
      kill: () => process_.kill('SIGKILL'),
      line: async () => {
        await once(reader, 'line');
      },
    };
  }

  it('may make and fill one store at the same time', async () => {
    const jobs = jobsOf(24);
    const children = [0, 1, 2].map((part) =>
      child(jobs.filter((_, job) => job % 2 === 0 || job % 3 === part)),
    );
    await Promise.all(children.map(({ ended }) => ended));
    const undisturbed = open(join(folder, 'undisturbed.db'));
    for (const { id, batch } of jobs) undisturbed.land(id, batch);
    expect(endOf(open(file()))).toEqual(endOf(undisturbed));
  });

  it('lose nothing and double nothing when one is killed in the midst of landing', async () => {
    const jobs = jobsOf(60, 20);
    let killed = 0;
    for (let tried = 0; tried < 4; tried += 1) {
      const victim = child(jobs);
      await victim.line();
      for (let lines = 0; lines < tried * 3; lines += 1) await victim.line();
      victim.kill();
      await victim.ended;
      if (victim.lines.length < jobs.length) killed += 1;
    }
    expect(killed).toBeGreaterThan(0);
    const store = open(file());
    const before = store.runCounts('run').collected;
    expect(before).toBeGreaterThan(0);
    expect(before % 20).toBe(0);
    for (const { id, batch } of jobs) store.land(id, batch);
    const undisturbed = open(join(folder, 'undisturbed.db'));
    for (const { id, batch } of jobs) undisturbed.land(id, batch);
    expect(endOf(store)).toEqual(endOf(undisturbed));
  });
});
