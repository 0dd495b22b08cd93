import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdsAccount } from '../../src/store/post-id.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, landedPost, POSTED, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const SECRET = Buffer.alloc(32, 7);

let folder: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-items-'));
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: SECRET,
    clock: new SimulatedClock(),
    seenWindowDays: 30,
  });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every byte that the store has on disk: database, WAL, shared memory. */
function everyByte(): Buffer {
  const names = readdirSync(folder);
  expect(names).toEqual(expect.arrayContaining(['ronda.db', 'ronda.db-shm', 'ronda.db-wal']));
  return Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
}

function direct<T>(work: (db: Database.Database) => T): T {
  const db = new Database(join(folder, 'ronda.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

describe('what names a person', () => {
  const record = {
    mediaType: 'application/json',
    encoding: 'utf8' as const,
    bytes: '{"account":"neng-rekaan","note":"rahasia-rekaman"}',
    from: 'https://rekaan.example/umpan-rahasia',
    receivedAt: POSTED,
    headers: { 'x-note': 'kepala-rahasia' },
    bodySha256: 'ab'.repeat(32),
  };
  const sealedPost = {
    id: 'mastodon:https://rekaan.example/users/neng-rekaan/statuses/77',
    url: 'https://rekaan.example/@neng-rekaan/77',
    author: { id: 'akun-rahasia', handle: 'neng-rekaan' },
    platform: 'mastodon',
    text: 'isi tanpa nama',
    record,
  };

  it('is sealed on disk and given back only to who asks for it', () => {
    const { items } = store.land('a', batchOf('run', { landed: [landedPost(sealedPost)] }));
    const bytes = everyByte();
    for (const word of [
      'neng-rekaan',
      'akun-rahasia',
      'rahasia-rekaman',
      'umpan-rahasia',
      'kepala-rahasia',
    ]) {
      expect(bytes.includes(word), word).toBe(false);
    }
    const { id, url, author } = sealedPost;
    expect(store.getSealed(items[0]!)).toEqual({ id, url, author, record });
    expect(store.getSealed(999)).toBeUndefined();
    expect(store.getItem(items[0]!)?.post.id).toMatch(/^mastodon:~[0-9a-f]{16}$/);
  });

  it('is refused where a box was changed or put in another post’s place', () => {
    const landed = [landedPost(sealedPost), landedPost({ id: 'rekaan:2', url: 'https://rekaan.example/2' })];
    const [first, second] = store.land('a', batchOf('run', { landed })).items;
    direct((db) => {
      const boxes = db
        .prepare<[], { post: number; box: Buffer }>('SELECT post, box FROM sealed ORDER BY post')
        .all();
      const put = db.prepare('UPDATE sealed SET box = ? WHERE post = ?');
      put.run(boxes[1]!.box, boxes[0]!.post);
      const changed = Buffer.from(boxes[1]!.box);
      changed[20]! ^= 1;
      put.run(changed, boxes[1]!.post);
    });
    for (const number of [first!, second!]) {
      expect(() => store.getSealed(number)).toThrow(expect.objectContaining({ kind: 'seal-broken' }));
    }
  });

  it.each([
    ['mastodon:https://rekaan.example/users/ani/statuses/1', undefined, true],
    ['bluesky:at://did:plc:abc/app.bsky.feed.post/3k', undefined, true],
    ['feed:https://rekaan.example/@ani/catatan', undefined, true],
    ['rekaan:1234567890', undefined, false],
    ['tweets:1234567890', { id: '99', handle: '12' }, false],
    ['forum:https://rekaan.example/t/55#post-3', { id: '7', handle: 'ani' }, false],
    ['x:ujangrekaan/status/1', { handle: 'UjangRekaan' }, true],
    ['video:channel-abc-99', { id: 'abc' }, true],
    ['rekaan:ujangrekaanlain', { handle: 'ujangrekaan' }, false],
  ])('may stand in an id: %s by %o is %s', (id, author, expected) => {
    expect(holdsAccount({ id, ...(author === undefined ? {} : { author }) })).toBe(expected);
  });
});

describe('a post that does not land', () => {
  it('leaves no word of its id or author in any file', () => {
    const passed = Array.from({ length: 300 }, (_, n) =>
      passedPost({ id: `rekaan:lewat-begitu-saja-${n}`, authorId: `akun-lewat-${n}` }),
    );
    store.land('a', batchOf('run', { landed: [landedPost({ id: 'rekaan:mendarat' })], passed }));
    const bytes = everyByte();
    expect(bytes.includes('rekaan:mendarat')).toBe(true);
    expect(bytes.includes('lewat')).toBe(false);
  });
});

describe('counts by hour', () => {
  it('count every post once by level, beside its flags', () => {
    const at = '2026-01-05T08:59:59.999Z';
    const later = '2026-01-05T16:00:00+07:00';
    store.land(
      'a',
      batchOf('run', {
        landed: [
          landedPost({ id: 'rekaan:1', flags: ['hate', 'sara'], createdAt: at, incomplete: ['model'] }),
        ],
        passed: [
          passedPost({ id: 'rekaan:2', at }),
          passedPost({ id: 'rekaan:3', at, language: 'jav', level: 'low', flags: ['abusive'] }),
          passedPost({ id: 'rekaan:4', at: later }),
        ],
      }),
    );
    store.land('b', batchOf('run', { passed: [passedPost({ id: 'rekaan:5', at })] }));
    store.land('b', batchOf('run', { passed: [passedPost({ id: 'rekaan:5', at })] }));
    const rows = store
      .hourlyCounts('2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z')
      .map(({ language, outcome, measure, n }) => `${outcome} ${language} ${measure} ${n}`);
    expect(rows.toSorted()).toEqual([
      'landed ind flag:hate 1',
      'landed ind flag:sara 1',
      'landed ind incomplete 1',
      'landed ind level:medium 1',
      'passed ind level:none 2',
      'passed jav flag:abusive 1',
      'passed jav level:low 1',
    ]);
    expect(store.hourlyCounts('2026-01-05T09:00:00Z', '2026-01-05T10:00:00Z')).toEqual([
      {
        hour: '2026-01-05T09:00:00.000Z',
        source: 'warung',
        language: 'ind',
        outcome: 'passed',
        measure: 'level:none',
        n: 1,
      },
    ]);
  });
});

describe('review events', () => {
  const insert = `INSERT INTO review_events (item, at, actor, kind, state, details)
    VALUES (?, '2026-01-05T10:00:00Z', 'petugas-1', 'close', 'closed', '{}')`;

  it('decide the state of an item, which nothing else changes', () => {
    const { items } = store.land('a', batchOf('run', { landed: [landedPost({ id: 'rekaan:1' })] }));
    direct((db) => {
      expect(() => db.prepare("UPDATE items SET state = 'closed'").run()).toThrow(
        /follows from its review events/,
      );
      db.prepare(insert).run(items[0]!);
    });
    expect(store.getItem(items[0]!)?.state).toBe('closed');
    expect(store.countItems()).toEqual({ open: 0, claimed: 0, escalated: 0, closed: 1 });
    expect(store.listItems({ limit: 10, state: 'closed' })).toHaveLength(1);
  });

  it.each([
    "UPDATE review_events SET actor = 'lain'",
    'DELETE FROM review_events',
    'REPLACE INTO review_events SELECT * FROM review_events',
  ])('are append-only: %s is refused', (sql) => {
    direct((db) => {
      db.prepare(insert).run(1);
      expect(() => db.prepare(sql).run()).toThrow(/append-only/);
      expect(db.prepare('SELECT actor FROM review_events').pluck().all()).toEqual(['petugas-1']);
    });
  });
});

it('gives a number once, also after the item with the highest is gone', () => {
  const [first] = store.land('a', batchOf('run', { landed: [landedPost({ id: 'rekaan:1' })] })).items;
  direct((db) => {
    db.pragma('foreign_keys = ON');
    db.prepare('DELETE FROM items').run();
    expect(db.prepare('SELECT count(*) FROM posts').pluck().get()).toBe(0);
    expect(db.prepare('SELECT count(*) FROM findings').pluck().get()).toBe(0);
    expect(db.prepare('SELECT count(*) FROM sealed').pluck().get()).toBe(0);
  });
  const [second] = store.land('b', batchOf('run', { landed: [landedPost({ id: 'rekaan:2' })] })).items;
  expect(second).toBe(first! + 1);
});
