import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp, readErasures, restore } from '../../src/compose-backup.js';
import type { PostBatch } from '../../src/core/batch.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { schemaVersion } from '../../src/store/migrations.js';
import { openStore, type Store } from '../../src/store/store.js';
import { configOf } from '../support/config.js';
import { batchOf, landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { smallDisk } from '../support/tmpfs.js';

/** A backup made while others land, and what is restored from it. */

const BEGIN = Date.parse('2026-01-05T12:00:00.000Z');
const SECRET = 'a1'.repeat(32);
const LINK = 'https://t.me/rekaan/77';

let folder: string;
let stores: Store[];
const clock = new SimulatedClock(BEGIN);
const { signal } = new AbortController();

function open(home: string): Store {
  mkdirSync(home, { recursive: true });
  if (!existsSync(join(home, 'secret.key'))) writeFileSync(join(home, 'secret.key'), SECRET);
  const secret = Buffer.from(readFileSync(join(home, 'secret.key'), 'utf8').trim(), 'hex');
  const store = openStore({ path: join(home, 'ronda.db'), secret, clock, seenWindowDays: 30 });
  stores.push(store);
  return store;
}

const home = (): string => join(folder, 'home');
const fresh = (): string => join(folder, 'fresh');
const file = (): string => join(folder, 'malam.backup');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-backup-'));
  stores = [];
});
afterEach(() => {
  for (const store of stores) store.close();
  rmSync(folder, { recursive: true, force: true });
});

const options = (withSecret = true) => ({
  withSecret,
  configFile: join(folder, 'ronda.yaml'),
  now: BEGIN,
  signal,
});

/** A store with two items, an audit chain, a waiting batch, fact-checks and a configuration. */
async function filled(): Promise<Store> {
  const store = open(home());
  const text = `kalimat rekaan ${'x'.repeat(2_000)}`;
  store.land(
    'a',
    batchOf('run', {
      landed: [landedPost({ id: 'rekaan:1', url: LINK, text }), landedPost({ id: 'rekaan:2' })],
    }),
  );
  store.desk.audit.append({ actor: 'system', kind: 'login', subject: 'user:1' }, BEGIN);
  const queues = createEmbeddedQueues({ path: join(home(), 'queue.db') });
  await queues.queue<PostBatch>('score').enqueue([
    {
      id: 'ab',
      lane: 'warung',
      payload: { run: 'r', source: 'warung', posts: [landedPost({ id: 'rekaan:3' }).post] },
    },
  ]);
  await queues.close();
  writeFileSync(join(home(), 'claims.jsonl'), '{"id":"c1"}\n');
  writeFileSync(join(folder, 'ronda.yaml'), 'sources: []\n');
  return store;
}

const restoreTo = (to: string, from = file(), given: Partial<Parameters<typeof restore>[2]> = {}) =>
  restore(configOf({ home: to }), from, {
    erased: [],
    open: () => open(to),
    eraseAgain: async (list) => stores.at(-1)!.erasures.replayErased(list, BEGIN),
    ...given,
  });

describe('a backup', () => {
  it('brings back items, names, queue, fact-checks, configuration and the audit chain, for the owner alone', async () => {
    const store = await filled();
    const made = await backUp(configOf({ home: home() }), store, file(), options());
    expect(made).toMatchObject({ items: 2, schema: schemaVersion, queue: 'embedded', withSecret: true });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['home', 'malam.backup', 'ronda.yaml']);
    const done = await restoreTo(fresh());
    expect(done).toEqual({
      madeAt: made.madeAt,
      version: made.version,
      items: 2,
      auditEvents: 1,
      erasedAgain: 0,
      configFile: join(fresh(), 'ronda.yaml'),
    });
    const restored = stores.at(-1)!;
    expect(restored.getItem(1)).toEqual(store.getItem(1));
    expect(restored.getSealed(1)).toEqual(store.getSealed(1));
    expect(restored.desk.audit.head()).toEqual(store.desk.audit.head());
    expect(readFileSync(join(fresh(), 'claims.jsonl'), 'utf8')).toBe('{"id":"c1"}\n');
    for (const name of readdirSync(fresh())) expect(statSync(join(fresh(), name)).mode & 0o077).toBe(0);
    const queues = createEmbeddedQueues({ path: join(fresh(), 'queue.db') });
    expect(await queues.queue('score').counts()).toMatchObject({ waiting: 1 });
    await queues.close();
    // And runs on: what landed is known, what is new lands.
    expect(restored.land('a', batchOf('run', { landed: [landedPost({ id: 'rekaan:1' })] })).applied).toBe(
      false,
    );
    expect(restored.land('b', batchOf('run', { landed: [landedPost({ id: 'rekaan:9' })] })).items).toEqual([
      3,
    ]);
  });

  it('is of one moment, however much lands meanwhile', async () => {
    const store = open(home());
    let jobs = 0;
    let isDone = false;
    const landing = async (): Promise<void> => {
      const writer = open(home());
      while (!isDone) {
        jobs += 1;
        const ids = Array.from({ length: 5 }, (_, n) => `rekaan:${jobs}-${n}`);
        const text = randomBytes(2_000).toString('hex');
        writer.land(
          `j${jobs}`,
          batchOf('run', { landed: ids.map((id) => landedPost({ id, text: `${id} ${text}` })) }),
        );
        writer.desk.audit.append({ actor: '7', kind: 'login', subject: 'user:7' }, BEGIN);
        await setImmediate();
      }
    };
    const writing = landing();
    while (jobs < 100) await setImmediate();
    const made = await backUp(configOf({ home: home() }), store, file(), options());
    const after = jobs;
    while (jobs < after + 5) await setImmediate();
    isDone = true;
    await writing;
    expect(after).toBeGreaterThan(made.items / 5);
    const done = await restoreTo(fresh());
    expect(done.items).toBe(made.items);
    expect(done.items % 5).toBe(0);
    expect(done.auditEvents).toBe(made.auditHead?.seq);
    expect(stores.at(-1)!.runCounts('run').landed).toBe(made.items);
  });

  it('does not hold the secret unless asked to, and is of no use without it', async () => {
    const store = await filled();
    await backUp(configOf({ home: home() }), store, file(), options(false));
    expect(readFileSync(file()).includes(SECRET)).toBe(false);
    await expect(restoreTo(fresh())).rejects.toMatchObject({ kind: 'secret' });
    expect(existsSync(fresh())).toBe(false);
    const other = join(folder, 'other.key');
    writeFileSync(other, 'b2'.repeat(32));
    process.env.RONDA_SECRET_FILE = other;
    try {
      const wrong = () => {
        const opened = openStore({
          path: join(fresh(), 'ronda.db'),
          secret: Buffer.alloc(32, 9),
          clock,
          seenWindowDays: 30,
        });
        stores.push(opened);
        return opened;
      };
      await expect(restoreTo(fresh(), file(), { open: wrong })).rejects.toMatchObject({
        kind: 'wrong-secret',
      });
      expect(readdirSync(fresh())).toEqual([]);
      expect(await restoreTo(fresh())).toMatchObject({ items: 2 });
    } finally {
      delete process.env.RONDA_SECRET_FILE;
    }
  });

  it('is never restored onto what is there, nor written over a file', async () => {
    const store = await filled();
    await backUp(configOf({ home: home() }), store, file(), options());
    const before = readFileSync(file());
    await expect(backUp(configOf({ home: home() }), store, file(), options())).rejects.toMatchObject({
      kind: 'file-exists',
    });
    expect(readFileSync(file()).equals(before)).toBe(true);
    mkdirSync(fresh());
    writeFileSync(join(fresh(), 'catatan.txt'), 'punya orang');
    await expect(restoreTo(fresh())).rejects.toMatchObject({ kind: 'home-not-empty' });
    expect(readdirSync(fresh())).toEqual(['catatan.txt']);
  });

  it('erases again what was erased after it was made', async () => {
    const store = await filled();
    await backUp(configOf({ home: home() }), store, file(), options());
    store.erasures.erase(LINK, { cases: false }, BEGIN);
    const list = join(folder, 'erased.jsonl');
    writeFileSync(
      list,
      store.erasures
        .listErased()
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    expect(await restoreTo(fresh(), file(), { erased: readErasures(list) })).toMatchObject({
      items: 1,
      erasedAgain: 1,
    });
    expect(stores.at(-1)!.erasures.isErased({ url: LINK })).toBe(true);
    writeFileSync(list, '{"hash":"x"}\n');
    expect(() => readErasures(list)).toThrow('erased.jsonl:1');
  });

  it('says which folder is not there', async () => {
    const store = await filled();
    const nowhere = join(folder, 'lemari', 'malam.backup');
    await expect(backUp(configOf({ home: home() }), store, nowhere, options())).rejects.toMatchObject({
      kind: 'no-folder',
      message: expect.stringContaining(join(folder, 'lemari')),
    });
  });

  it('says that a disk is full, and leaves nothing on it', async () => {
    const disk = smallDisk('256k');
    if (disk === undefined) return;
    try {
      const store = await filled();
      const onDisk = join(disk.path, 'malam.backup');
      await expect(backUp(configOf({ home: home() }), store, onDisk, options())).rejects.toMatchObject({
        kind: 'no-room',
      });
      expect(readdirSync(disk.path)).toEqual([]);
    } finally {
      disk.dispose();
    }
  });

  it('that was cut off on its way is refused, as is a file of another kind', async () => {
    const store = await filled();
    await backUp(configOf({ home: home() }), store, file(), options());
    const whole = readFileSync(file());
    const [cut, other] = [join(folder, 'potong.backup'), join(folder, 'lain.backup')];
    writeFileSync(cut, whole.subarray(0, Math.floor(whole.length * 0.6)));
    writeFileSync(other, 'bukan cadangan');
    for (const from of [cut, other]) {
      await expect(restoreTo(fresh(), from)).rejects.toThrow('cut off or damaged');
      expect(existsSync(fresh())).toBe(false);
    }
  });

  it('leaves nothing behind when it is stopped', async () => {
    const store = await filled();
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(
      backUp(configOf({ home: home() }), store, file(), { ...options(), signal: stop }),
    ).rejects.toThrow('stopped');
    expect(readdirSync(folder).sort()).toEqual(['home', 'ronda.yaml']);
  });

  it.each([
    [
      'a changed byte in a part',
      (db: Database.Database) => db.exec(`UPDATE pieces SET body = zeroblob(length(body)) WHERE id = 1`),
      'backup-damaged',
    ],
    [
      'a missing piece',
      (db: Database.Database) => db.exec(`DELETE FROM pieces WHERE part = 'store'`),
      'backup-damaged',
    ],
    [
      'a list of contents that cannot be read',
      (db: Database.Database) => db.exec(`UPDATE manifest SET json = '{'`),
      'backup-damaged',
    ],
    ['a newer form', (db: Database.Database) => db.pragma('user_version = 99'), 'backup-newer'],
    ['another program’s file', (db: Database.Database) => db.pragma('application_id = 1'), 'not-a-backup'],
    [
      'an audit chain without the event that was its last',
      (db: Database.Database) => db.exec(`UPDATE manifest SET json = json_set(json, '$.auditHead.seq', 2)`),
      'audit-broken',
    ],
  ])('is refused with %s, and nothing is left', async (_, harm, kind) => {
    const store = await filled();
    await backUp(configOf({ home: home() }), store, file(), options());
    const db = new Database(file());
    harm(db);
    db.close();
    await expect(restoreTo(fresh())).rejects.toMatchObject({ kind });
    expect(existsSync(fresh()) ? readdirSync(fresh()) : []).toEqual([]);
  });

  it('is refused where the store in it is of a newer schema, or no backup at all', async () => {
    const store = await filled();
    const db = new Database(join(home(), 'ronda.db'));
    await backUp(configOf({ home: home() }), store, file(), options());
    db.pragma(`user_version = ${schemaVersion + 1}`);
    db.close();
    const newer = join(folder, 'newer.backup');
    await backUp(configOf({ home: home() }), store, newer, options());
    await expect(restoreTo(fresh(), newer)).rejects.toMatchObject({ kind: 'store-newer' });
    copyFileSync(join(home(), 'claims.jsonl'), join(folder, 'x.backup'));
    await expect(restoreTo(fresh(), join(folder, 'x.backup'))).rejects.toMatchObject({
      kind: 'not-a-backup',
    });
    await expect(restoreTo(fresh(), join(folder, 'none'))).rejects.toMatchObject({ kind: 'no-backup' });
  });
});
