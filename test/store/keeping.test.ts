import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PostBatch, ScoredBatch } from '../../src/core/batch.js';
import { PermanentError } from '../../src/core/errors.js';
import type { ReviewAct, Stage } from '../../src/core/review.js';
import { erasePosts, sweepErased } from '../../src/pipeline/erase.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { createRejectFiles } from '../../src/store/rejects.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, landedPost, passedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { until } from '../support/until.js';

/** Keeping and forgetting: items by what became of them, and posts erased on request. */

const DAY = 86_400_000;
const BEGIN = Date.parse('2026-01-05T12:00:00.000Z');

let home: string;
let store: Store;
let clock: SimulatedClock;
let jobs = 0;

const open = (): Store =>
  openStore({ path: join(home, 'ronda.db'), secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-keeping-'));
  clock = new SimulatedClock(BEGIN);
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

function land(given: Partial<ScoredBatch>) {
  jobs += 1;
  return store.land(`job-${jobs}`, batchOf('run', given));
}

/** Lands posts `rekaan:<n>` as items 1, 2, … */
function landItems(count: number): void {
  land({ landed: Array.from({ length: count }, (_, n) => landedPost({ id: `rekaan:${n + 1}` })) });
}

function act(
  item: number,
  given: ReviewAct,
  state: 'open' | 'escalated' | 'closed',
  stage: Stage,
  at = BEGIN,
): void {
  store.desk.reviews.append({ item, actor: '7', act: given, state, stage, note: `catatan ${item}` }, at);
}

const decided = (
  item: number,
  verdict: Extract<ReviewAct, { kind: 'decided' }>['verdict'],
  at?: number,
): void => act(item, { kind: 'decided', verdict }, 'closed', 'decided', at);

const left = (): number[] =>
  store
    .listItems({ limit: 100 })
    .map(({ number }) => number)
    .sort((a, b) => a - b);

describe('what is kept how long', () => {
  it('follows from what became of an item, and is told before it is done', async () => {
    landItems(7);
    decided(1, { kind: 'not-a-violation', ground: 'criticism' });
    decided(2, { kind: 'violation', category: 'sara' });
    decided(3, { kind: 'duplicate', of: 2 });
    act(4, { kind: 'escalation-approved' }, 'escalated', 'approved');
    act(5, { kind: 'released' }, 'closed', 'released');
    decided(6, { kind: 'out-of-scope' });
    act(6, { kind: 'reopened' }, 'open', 'new', BEGIN + DAY);

    expect((await store.purge(BEGIN + 29 * DAY)).items).toEqual({
      dismissed: 0,
      closed: 0,
      'not-flagged': 0,
    });
    const soon = BEGIN + 31 * DAY;
    expect(store.purgeDue(soon).items).toEqual({ dismissed: 2, closed: 0, 'not-flagged': 0 });
    expect(left()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((await store.purge(soon)).items).toEqual({ dismissed: 2, closed: 0, 'not-flagged': 0 });
    expect(left()).toEqual([2, 4, 5, 6, 7]);
    expect((await store.purge(BEGIN + 181 * DAY)).items).toEqual({
      dismissed: 0,
      closed: 2,
      'not-flagged': 0,
    });
    expect(left()).toEqual([4, 6, 7]);
    expect((await store.purge(BEGIN + 9_000 * DAY)).items.closed).toBe(0);
    expect(left()).toEqual([4, 6, 7]);
  });

  it('takes notes, findings, seals and search along, and leaves events, counts and the audit chain', async () => {
    land({ landed: [landedPost({ id: 'rekaan:1', text: 'kalimat rekaan yang dilupakan' })] });
    store.desk.upkeep.indexTexts(100);
    decided(1, { kind: 'out-of-scope' });
    act(1, { kind: 'note' }, 'closed', 'decided', BEGIN + 20 * DAY);
    const counted = store.hourlyCounts('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z');
    expect(counted.length).toBeGreaterThan(0);
    await store.purge(BEGIN + 31 * DAY);
    const db = new Database(join(home, 'ronda.db'));
    for (const table of [
      'items',
      'posts',
      'findings',
      'sealed',
      'review_notes',
      'item_retention',
      'item_claims',
    ]) {
      expect([table, db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]).toEqual([table, 0]);
    }
    db.close();
    expect(store.desk.queue.page({ scope: 'all', text: 'dilupakan', limit: 5 }, BEGIN).entries).toEqual([]);
    expect(store.desk.reviews.events(1).map(({ act: { kind }, note }) => [kind, note])).toEqual([
      ['decided', undefined],
      ['note', undefined],
    ]);
    expect(store.hourlyCounts('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z')).toEqual(counted);
    expect(store.desk.audit.list({ limit: 5 })).toMatchObject([
      { kind: 'purged', subject: 'store', details: { class: 'dismissed', days: 30, items: [1] } },
    ]);
    expect(store.desk.audit.verify()).toMatchObject({ ok: true });
  });

  it('waits for whoever works on it, and obeys other windows', async () => {
    landItems(2);
    decided(1, { kind: 'out-of-scope' });
    decided(2, { kind: 'out-of-scope' });
    const keep = { 'not-flagged': 0, dismissed: DAY, closed: DAY, runs: DAY, counts: DAY };
    const later = BEGIN + 2 * DAY;
    store.desk.claims.take([1], 9, later);
    expect((await store.purge(later, keep)).items.dismissed).toBe(1);
    expect(left()).toEqual([1]);
    expect((await store.purge(later + 3_600_000, keep)).items.dismissed).toBe(1);
  });

  it('forgets runs and hourly counts after windows of their own', async () => {
    const { run } = store.openRun('once', 'a');
    land({ run: run.id, passed: [passedPost({ id: 'rekaan:9' })] });
    store.finishRun(run.id, 'done');
    expect(store.purgeDue(BEGIN + 366 * DAY)).toMatchObject({ runs: 1, counts: 0 });
    expect(await store.purge(BEGIN + 366 * DAY)).toMatchObject({ runs: 1, counts: 0 });
    expect(store.listRuns(5)).toEqual([]);
    expect((await store.purge(BEGIN + 1_200 * DAY)).counts).toBeGreaterThan(0);
  });

  it('is the same for items that were closed before retention was known', async () => {
    landItems(3);
    decided(1, { kind: 'out-of-scope' });
    decided(2, { kind: 'hoax', source: 'https://cek.example/1' });
    const db = new Database(join(home, 'ronda.db'));
    const before = db.prepare('SELECT * FROM item_retention ORDER BY item').all();
    store.close();
    const { keepingMigration } = await import('../../src/store/keeping-migration.js');
    const backfill = /INSERT INTO item_retention \(item, class, since\)\s+SELECT i\.number[\s\S]*?;/.exec(
      keepingMigration,
    );
    db.exec('DELETE FROM item_retention');
    db.exec(backfill?.[0] ?? '');
    expect(db.prepare('SELECT * FROM item_retention ORDER BY item').all()).toEqual(before);
    expect(before).toMatchObject([
      { item: 1, class: 'dismissed' },
      { item: 2, class: 'closed' },
    ]);
    db.close();
    store = open();
  });
});

const WORDS = 'Kalimatrahasiarekaan yang dihapus';
const HANDLE = 'akunrekaanpanjang';
const LINK = `https://t.me/${HANDLE}/77`;

/** Files under the home folder in which a text stands, as UTF-8 or UTF-16. */
function filesWith(text: string): string[] {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
  return readdirSync(home, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path);
      return forms.some((form) => bytes.includes(form));
    });
}

function wanted(id = `telegram:${HANDLE}/77`, text = WORDS) {
  return landedPost({
    id,
    text,
    url: LINK,
    platform: 'telegram',
    author: { id: 'u-991', handle: HANDLE },
    record: {
      mediaType: 'application/json',
      encoding: 'utf8',
      bytes: JSON.stringify({ text, from: HANDLE }),
      from: LINK,
      receivedAt: '2026-01-05T09:00:00.000Z',
      headers: {},
      bodySha256: null,
    },
  });
}

describe('a post erased on request', () => {
  it('leaves no word in any file: store, search, queue, dead letters, rejected rows; and does not come back', async () => {
    const other = landedPost({ id: 'rekaan:1', text: 'unggahan lain yang tetap ada' });
    land({ landed: [wanted(), other] });
    land({ landed: [wanted(undefined, `${WORDS} disunting`)] });
    store.desk.upkeep.indexTexts(100);
    act(1, { kind: 'note' }, 'open', 'new');
    const queues = createEmbeddedQueues({ path: join(home, 'queue.db') });
    const score = queues.queue<PostBatch>('score');
    const landing = queues.queue<ScoredBatch>('land');
    const posts = [wanted().post, other.post];
    await score.enqueue([{ id: 'dead', lane: 'warung', payload: { run: 'r', source: 'warung', posts } }]);
    const consumer = score.consume(async () => {
      throw new PermanentError('rekaan', 'not to be');
    });
    await until('it is dead', async () => (await score.counts()).dead === 1);
    await consumer.close();
    await score.enqueue([{ id: 'live', lane: 'warung', payload: { run: 'r', source: 'warung', posts } }]);
    await landing.enqueue([
      { id: 'land', lane: 'warung', payload: batchOf('r', { landed: [wanted(), other] }) },
    ]);
    const rejects = createRejectFiles(home, clock, () => 0);
    const row = (excerpt: string) => ({
      at: 'line 3',
      kind: 'rekaan',
      reason: 'not so',
      excerpt: Buffer.from(excerpt),
      length: excerpt.length,
    });
    const size = rejects.append('r', 'warung', [
      row(JSON.stringify({ url: `${LINK}?single`, text: WORDS })),
      row('baris lain yang tetap'),
    ]);
    expect(filesWith(WORDS).length).toBeGreaterThan(1);

    const ports = { erasures: store.erasures, score, land: landing, rejects };
    const erased = await erasePosts(
      ports,
      [`http://t.me/s/${HANDLE}/77/`],
      { cases: false, reason: 'surat 12' },
      BEGIN,
    );
    expect(erased).toEqual({
      asked: [{ named: `http://t.me/s/${HANDLE}/77/`, items: [1], inCases: [] }],
      batches: 3,
      rejects: 1,
      logEmptied: true,
    });
    expect(left()).toEqual([2]);
    expect((await score.dead(5))[0]?.payload.posts.map(({ id }) => id)).toEqual(['rekaan:1']);
    expect(store.desk.audit.list({ limit: 1 })).toMatchObject([
      { kind: 'erased', subject: 'item:1', details: { by: 'link', reason: 'surat 12' } },
    ]);

    // What a scorer had in hand comes after all, under another revision too, and when the seen window is over.
    expect(
      land({ landed: [wanted(undefined, `${WORDS} lagi`), wanted('telegram:lain', WORDS)] }),
    ).toMatchObject({
      landed: 0,
      seen: 2,
    });
    await landing.enqueue([{ id: 'late', lane: 'warung', payload: batchOf('r', { landed: [wanted()] }) }]);
    expect(await sweepErased(ports)).toMatchObject({ batches: 1, logEmptied: true });

    await queues.close();
    store.close();
    for (const text of [WORDS, WORDS.toLowerCase(), HANDLE, 'Kalimatrahasia', 'Kal"', 'u-991']) {
      expect([text, filesWith(text)]).toEqual([text, []]);
    }
    expect(filesWith('unggahan lain').length).toBeGreaterThan(0);
    expect(readFileSync(join(home, 'rejects', 'r.warung.jsonl')).length).toBe(size);
    expect(readFileSync(join(home, 'rejects', 'r.warung.jsonl'), 'utf8')).toContain('baris lain yang tetap');
    store = open();
    // The trigrams of the words are gone from the search as well, and the rest is whole.
    const db = new Database(join(home, 'ronda.db'));
    expect(db.prepare(`SELECT rowid FROM post_texts WHERE post_texts MATCH '"har"'`).all()).toEqual([]);
    db.exec(`INSERT INTO post_texts (post_texts) VALUES ('integrity-check')`);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it.each([
    ['its id', `telegram:${HANDLE}/77`],
    ['the id shown in its place', 'shown'],
    ['a link of another form', `https://telegram.me/${HANDLE}/77#x`],
  ])('is found by %s', (_, given) => {
    land({ landed: [wanted()] });
    const named = given === 'shown' ? (store.getItem(1)?.post.id ?? '') : given;
    expect(named).not.toBe('');
    expect(store.erasures.erase(named, { cases: false }, BEGIN).items).toEqual([1]);
    expect(land({ landed: [wanted(undefined, 'disunting')] })).toMatchObject({ landed: 0, seen: 1 });
  });

  it('stays where it is in a case, unless that is said', () => {
    land({ landed: [wanted()] });
    act(1, { kind: 'escalation-approved' }, 'escalated', 'approved');
    expect(store.erasures.erase(LINK, { cases: false }, BEGIN)).toEqual({
      items: [],
      inCases: [1],
      names: [],
    });
    expect(store.erasures.isErased({ url: LINK })).toBe(false);
    expect(store.erasures.erase(LINK, { cases: true }, BEGIN).items).toEqual([1]);
  });

  it('is known by a link also where the post landed before links were hashed', () => {
    land({ landed: [wanted()] });
    const db = new Database(join(home, 'ronda.db'));
    db.exec('UPDATE posts SET link_hash = NULL');
    db.close();
    expect(store.erasures.erase(LINK, { cases: false }, BEGIN).items).toEqual([1]);
  });

  it('goes again from a copy of the store by the list of hashes, which names nobody', () => {
    land({ landed: [wanted()] });
    store.erasures.erase(LINK, { cases: false }, BEGIN);
    const list = store.erasures.listErased();
    expect(JSON.stringify(list)).not.toContain(HANDLE);
    store.close();
    for (const file of readdirSync(home)) rmSync(join(home, file));
    store = open();
    land({ landed: [wanted()] });
    expect(store.erasures.replayErased(list, BEGIN)).toBe(1);
    expect(store.erasures.replayErased(list, BEGIN)).toBe(0);
    expect(left()).toEqual([]);
    expect(store.erasures.listErased()).toEqual(list);
  });
});
