import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CannotRunError, PermanentError, RetryableError } from '../../src/core/errors.js';
import type { Clock } from '../../src/core/ports.js';
import { createEmbeddedQueues, type EmbeddedQueues } from '../../src/queue/embedded.js';
import { until } from '../support/until.js';

interface Note {
  readonly text: string;
}

describe('the file of the embedded queues', () => {
  let folder: string;
  let path: string;
  let opened: EmbeddedQueues[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-queue-'));
    path = join(folder, 'data', 'queue.db');
    opened = [];
  });

  afterEach(async () => {
    for (const queues of opened) await queues.close({ force: true });
    rmSync(folder, { recursive: true });
  });

  function open(options: Partial<Parameters<typeof createEmbeddedQueues>[0]> = {}): EmbeddedQueues {
    const queues = createEmbeddedQueues({ path, ...options });
    opened.push(queues);
    return queues;
  }

  function filesHold(word: string): string[] {
    const all = readdirSync(join(folder, 'data'));
    return all.filter((name) => readFileSync(join(folder, 'data', name)).includes(word));
  }

  it('is for its owner alone, with its folder and the files beside it', async () => {
    await open()
      .queue<Note>('score')
      .enqueue([{ id: 'a1', lane: 'a', payload: { text: 'x' } }]);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    const names = readdirSync(join(folder, 'data'));
    expect(names.sort()).toEqual(['queue.db', 'queue.db-shm', 'queue.db-wal']);
    for (const name of names) expect(statSync(join(folder, 'data', name)).mode & 0o777).toBe(0o600);
  });

  it('takes back a mode that others could read', async () => {
    await open().close();
    chmodSync(path, 0o644);
    open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('keeps jobs, dead letters and a pause when it is closed and opened again', async () => {
    const before = open().queue<Note>('score');
    await before.enqueue([
      { id: 'a1', lane: 'a', payload: { text: 'one' } },
      { id: 'a2', lane: 'a', payload: { text: 'two' }, delayMs: 600_000 },
    ]);
    await before.pause();
    await opened[0]!.close();
    const after = open().queue<Note>('score');
    expect(await after.counts()).toEqual({ waiting: 1, delayed: 1, active: 0, dead: 0 });
    const seen: string[] = [];
    after.consume(async (job) => {
      seen.push(job.payload.text);
    });
    const beside = opened[1]!.queue<Note>('land');
    let chance = false;
    beside.consume(async () => {
      chance = true;
    });
    await beside.enqueue([{ id: 'b1', lane: 'a', payload: { text: 'b' } }]);
    await until('the other queue is served', () => chance);
    expect(seen).toEqual([]);
    await after.resume();
    await until('it came', () => seen.length === 1);
  });

  it('refuses a file of a newer version and says what to do', async () => {
    await open().close();
    const db = new Database(path);
    db.pragma('user_version = 999');
    db.close();
    expect(() => open()).toThrow(CannotRunError);
    expect(() => open()).toThrow(/newer version of Ronda/);
  });

  it('refuses what is no database, and what cannot be made', async () => {
    await open().close();
    writeFileSync(path, 'this is no database, only text that is long enough to be looked at '.repeat(20));
    expect(() => open()).toThrow(CannotRunError);
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => open({ path: join(folder, 'a-file', 'queue.db') })).toThrow(CannotRunError);
  });

  it('maps a lock that another process holds too long to an error worth trying again', async () => {
    const queue = open({ busyMs: 20 }).queue<Note>('score');
    const other = new Database(path);
    other.exec('BEGIN IMMEDIATE');
    const job = { id: 'a1', lane: 'a', payload: { text: 'x' } };
    const refused = await queue.enqueue([job]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RetryableError);
    expect(refused).toMatchObject({ kind: 'queue-busy' });
    other.exec('ROLLBACK');
    other.close();
    expect(await queue.enqueue([job])).toBe(1);
  });

  it('leaves no word of a finished or dropped job on the disk once it is quiet', async () => {
    const queue = open().queue<Note>('score');
    const words = ['rahasiasatu', 'rahasiadua'];
    for (const [n, word] of words.entries())
      await queue.enqueue([
        { id: `a${n}`, lane: 'a', payload: { text: `${word} `.repeat(5_000) } },
        { id: `b${n}`, lane: 'b', payload: { text: word } },
      ]);
    expect(words.map((word) => filesHold(word).length > 0)).toEqual([true, true]);
    queue.consume(async (job) => {
      if (job.id.endsWith('1')) throw new PermanentError('bad', 'bad');
    });
    await until('two are dead', async () => {
      const { waiting, active, dead } = await queue.counts();
      return waiting + active === 0 && dead === 2;
    });
    await until('the first word is gone', () => filesHold(words[0]!).length === 0);
    expect(filesHold(words[1]!)).not.toEqual([]);
    expect(await queue.dropDead()).toBe(2);
    await until('the second word is gone', () => filesHold(words[1]!).length === 0);
    expect(statSync(path).size).toBeLessThan(100_000);
  });

  it('delivers a retry when its delay is over by the clock, and not before', async () => {
    let now = 1_000_000;
    const clock: Clock = { now: () => now, sleep: async () => {} };
    const queue = open({ clock, backoff: { baseMs: 50_000, maxMs: 80_000, jitter: 0 } }).queue<Note>('score');
    const seen: string[] = [];
    queue.consume(async (job) => {
      seen.push(`${job.id}/${job.attempt}`);
      if (job.id === 'a1') throw new RetryableError('busy', 'not now');
    });
    await queue.enqueue([{ id: 'a1', lane: 'a', payload: { text: '' } }]);
    const chance = async (id: string) => {
      await queue.enqueue([{ id, lane: 'b', payload: { text: '' } }]);
      await until(`${id} came`, () => seen.includes(`${id}/1`));
    };
    await until('it failed', async () => (await queue.counts()).delayed === 1);
    now += 49_999;
    await chance('b1');
    now += 1;
    await until('it failed again', async () => seen.length === 3 && (await queue.counts()).delayed === 1);
    now += 79_999;
    await chance('b2');
    now += 1;
    await until('it failed a third time', () => seen.length === 5);
    expect(seen).toEqual(['a1/1', 'b1/1', 'a1/2', 'b2/1', 'a1/3']);
  });

  it('does not wait for a delay that a clock set far ahead', async () => {
    const ahead: Clock = { now: () => Date.now() + 86_400_000, sleep: async () => {} };
    const wrong = open({ clock: ahead }).queue<Note>('score');
    await wrong.enqueue([{ id: 'a1', lane: 'a', payload: { text: '' }, delayMs: 50 }]);
    let came = false;
    open({ leaseMs: 200 })
      .queue<Note>('score')
      .consume(async () => {
        came = true;
      });
    await until('it came', () => came);
  });

  it('gives the job of a worker that hangs to another, and the late answer changes nothing', async () => {
    const script = fileURLToPath(new URL('../support/queue-child.mjs', import.meta.url));
    const options = { path, leaseMs: 400 };
    const order = { adapter: 'embedded', options, queue: 'score', mode: 'hold' };
    const queue = open(options).queue<Note>('score');
    await queue.enqueue([{ id: 'a1', lane: 'a', payload: { text: '' } }]);
    const hung = spawn('node', [script, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const lines: string[] = [];
      createInterface({ input: hung.stdout }).on('line', (line) => lines.push(line));
      await until('it has the job', () => lines.length === 1);
      hung.kill('SIGSTOP');
      const seen: number[] = [];
      let finish = () => {};
      queue.consume((job) => {
        seen.push(job.attempt);
        return new Promise((resolve) => {
          finish = resolve;
        });
      });
      await until('another has it', () => seen.length === 1);
      expect(seen).toEqual([2]);
      hung.kill('SIGCONT');
      await until('the one that hung knows', () => lines.includes('aborted a1'));
      expect(await queue.counts()).toMatchObject({ active: 1, waiting: 0 });
      finish();
      await until('it is done', async () => (await queue.counts()).active === 0);
    } finally {
      const gone = once(hung, 'exit');
      hung.kill('SIGKILL');
      await gone;
    }
  });

  it.skipIf(!canMount())('goes on by itself when a full disk is freed, with nothing lost', async () => {
    const script = fileURLToPath(new URL('../support/full-disk-child.mjs', import.meta.url));
    const mount = 'mount -t tmpfs -o size=32m tmpfs "$1" && exec node "$0" "$1"';
    const run = spawnSync('unshare', ['-rm', 'sh', '-c', mount, script, folder], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const told = JSON.parse(run.stdout);
    expect(told.refusal).toEqual({ type: 'OutOfSpaceError', kind: 'disk-full' });
    expect(told.troubles).toEqual(['disk-full']);
    expect(told.accepted).toBeGreaterThan(10);
    expect(told).toMatchObject({ waiting: told.accepted, done: told.accepted });
  });
});

/** Whether this user may mount a small file system of its own. */
function canMount(): boolean {
  if (spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt']).status === 0)
    return true;
  process.stderr.write('SKIPPED: a full disk under the queue, because no tmpfs can be mounted here\n');
  return false;
}
