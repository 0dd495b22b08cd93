import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScoredBatch, ScoredPost } from '../../src/core/batch.js';
import type { Withdrawal } from '../../src/core/collector-ports.js';
import type { Item } from '../../src/core/item.js';
import type { LandReport } from '../../src/core/ports.js';
import { openStore, type Store } from '../../src/store/store.js';
import { batchOf, type GivenPost, landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** Posts that a place says are gone. Times: posted 08:30, collected 09:00, told 10:00, all on 5 January 2026. */

const at = (time: string): string => `2026-01-05T${time}:00.000Z`;
const SECRET_WORDS = 'kalimat-rekaan-yang-ditarik';

let folder: string;
let store: Store;
let clock: SimulatedClock;
let job = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-withdrawn-'));
  clock = new SimulatedClock(Date.parse(at('12:00')));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Store {
  return openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
}

function land(given: Partial<ScoredBatch>): LandReport {
  job += 1;
  return store.land(`job-${job}`, batchOf('run', given));
}

function post(given: Partial<GivenPost> = {}): ScoredPost {
  return landedPost({
    id: 'rekaan:1',
    text: SECRET_WORDS,
    author: { id: 'akun-9', handle: 'nama-rekaan' },
    url: 'https://rekaan.example/nama-rekaan/1',
    createdAt: at('08:30'),
    collectedAt: at('09:00'),
    ...given,
  });
}

function withdraw(given: Partial<Withdrawal> = {}, toldAt = at('10:00')): LandReport {
  return land({ withdrawn: { toldAt, posts: [{ id: 'rekaan:1', at: at('09:55'), ...given }] } });
}

/** Says of the item what a person decided. */
function decide(state: Item['state'], kind = 'decided', stage = 'new'): void {
  const db = new Database(join(folder, 'ronda.db'));
  db.prepare(
    `INSERT INTO review_events (item, at, actor, kind, state, stage, details) VALUES (1, ?, '7', ?, ?, ?, '{}')`,
  ).run(at('09:30'), kind, state, stage);
  db.close();
}

function events(): { kind: string; actor: string; state: string; stage: string; details: string }[] {
  const db = new Database(join(folder, 'ronda.db'), { readonly: true });
  const rows = db.prepare('SELECT kind, actor, state, stage, details FROM review_events ORDER BY seq').all();
  db.close();
  return rows as ReturnType<typeof events>;
}

describe('a post that its place says is gone', () => {
  it('loses its text, what quotes it and what was sealed, and keeps number, level, evidence by rule and counts', () => {
    land({ landed: [post()] });
    const before = store.getItem(1);
    const counts = store.hourlyCounts(at('00:00'), at('23:00'));
    expect(withdraw().withdrawn).toEqual([1]);

    const item = store.getItem(1);
    expect(item).toMatchObject({
      number: 1,
      state: 'closed',
      landedAt: before?.landedAt,
      withdrawn: { at: at('09:55'), sealed: false },
      post: { text: '', source: 'warung', createdAt: at('08:30') },
      assessment: { level: 'medium', flags: ['sara'], targets: ['religion:contoh'] },
    });
    expect(item?.assessment.findings).toEqual([
      { ...before?.assessment.findings[0], start: 0, end: 0, text: '', params: { term: '…' } },
    ]);
    expect(store.getSealed(1)).toBeUndefined();
    expect(store.hourlyCounts(at('00:00'), at('23:00'))).toEqual(counts);
    expect(store.listItems({ limit: 5, minLevel: 'medium' })).toHaveLength(1);
  });

  it('is nowhere in the files once the store is closed, nor found by search', () => {
    const found = (): unknown[] => {
      const db = new Database(join(folder, 'ronda.db'), { readonly: true });
      const rows = db.prepare(`SELECT rowid FROM post_texts WHERE post_texts MATCH 'kal'`).all();
      db.close();
      return rows;
    };
    land({ landed: [post()] });
    store.desk.upkeep.indexTexts(100);
    expect(found()).toHaveLength(1);
    withdraw();
    expect(found()).toEqual([]);
    store.close();
    const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(bytes.join('')).not.toContain(SECRET_WORDS);
    store = open();
  });

  it('keeps the words of a fact-check that it was matched to', () => {
    const scored = post();
    const claim = {
      id: 'pk-1',
      title: 'Jembatan rekaan tidak runtuh',
      publisher: 'Periksa',
      date: '2026-01-01',
      url: '',
      similarity: 0.8,
    };
    const [finding] = scored.assessment.findings;
    const matched = { ...finding!, claim, params: { title: claim.title } };
    land({ landed: [{ ...scored, assessment: { ...scored.assessment, findings: [matched] } }] });
    withdraw();
    expect(store.getItem(1)?.assessment.findings[0]).toMatchObject({ claim, params: { title: claim.title } });
  });

  it('loses every revision', () => {
    land({ landed: [post()] });
    land({ landed: [post({ text: `${SECRET_WORDS} lagi`, collectedAt: at('09:30') })] });
    expect(store.getItem(1)?.revisions).toBe(2);
    withdraw();
    store.close();
    expect(readFileSync(join(folder, 'ronda.db'), 'latin1')).not.toContain(SECRET_WORDS);
    store = open();
    expect(store.getItem(1)).toMatchObject({ revisions: 2, post: { text: '' } });
  });

  it('is withdrawn once, however often that is said', () => {
    land({ landed: [post()] });
    withdraw();
    const item = store.getItem(1);
    expect(withdraw().withdrawn).toBeUndefined();
    expect(withdraw({ at: at('09:59') }, at('11:00')).withdrawn).toBeUndefined();
    expect(store.getItem(1)).toEqual(item);
  });

  it('says nothing of a post that never landed', () => {
    expect(withdraw({ id: 'rekaan:lain' })).toMatchObject({ applied: true, landed: 0, seen: 0 });
    expect(store.listItems({ limit: 5 })).toEqual([]);
  });
});

describe('a post that is still on the queue when its deletion arrives', () => {
  it('does not land, is counted, and does not land the next time either', () => {
    withdraw();
    expect(land({ landed: [post()] })).toMatchObject({ landed: 0, seen: 1, items: [] });
    expect(land({ landed: [post({ collectedAt: at('11:00') })] })).toMatchObject({ landed: 0, seen: 1 });
    expect(store.listItems({ limit: 5 })).toEqual([]);
    expect(store.runCounts('run')).toMatchObject({ collected: 2, seen: 2 });
    expect(store.hourlyCounts(at('00:00'), at('23:00'))).toEqual([]);
  });

  it.each<[string, Partial<GivenPost>, boolean]>([
    ['what was collected before is gone', { collectedAt: at('09:59') }, false],
    ['what was collected as it was told is gone', { collectedAt: at('10:00') }, false],
    ['what was collected later lands', { collectedAt: at('10:01') }, true],
    ['posted anew, read with the deletion', { createdAt: at('09:56'), collectedAt: at('10:00') }, true],
    ['a time of posting in the future says nothing', { createdAt: at('15:00') }, false],
    ['no time of posting', { createdAt: undefined as never, collectedAt: at('09:59') }, false],
  ])('%s', (_, given, lands) => {
    withdraw();
    expect(land({ landed: [post(given)] }).landed).toBe(lands ? 1 : 0);
  });

  it('lets a later revision of a withdrawn item land, with its number', () => {
    land({ landed: [post()] });
    withdraw();
    land({ landed: [post({ text: 'diunggah lagi', collectedAt: at('11:00') })] });
    const item = store.getItem(1);
    expect(item).toMatchObject({ number: 1, revisions: 2, post: { text: 'diunggah lagi' } });
    expect(item?.withdrawn).toBeUndefined();
  });

  it('is remembered as long as a post is known as seen', async () => {
    withdraw();
    clock.advance(29 * 86_400_000);
    await store.purge(clock.now());
    expect(land({ landed: [post({ text: 'satu' })] }).landed).toBe(0);
    clock.advance(2 * 86_400_000);
    expect((await store.purge(clock.now())).withdrawals).toBe(1);
    expect(land({ landed: [post({ text: 'dua' })] }).landed).toBe(1);
  });
});

describe('an open item', () => {
  it('is closed by the system: nobody decides on nothing', () => {
    land({ landed: [post()] });
    store.desk.claims.take([1], 7, clock.now());
    withdraw();
    expect(store.getItem(1)).toMatchObject({ state: 'closed', withdrawn: { sealed: false } });
    expect(store.desk.reviews.events(1)).toMatchObject([
      { actor: 'system', act: { kind: 'withdrawn' }, state: 'closed', stage: 'withdrawn' },
    ]);
    expect(store.desk.claims.find(1)).toBeUndefined();
    expect(store.desk.queue.page({ scope: 'all', limit: 5 }, clock.now()).entries).toEqual([]);
    expect(store.desk.audit.list({ limit: 5 })).toMatchObject([
      { actor: 'system', kind: 'withdrawn', subject: 'item:1' },
    ]);
    // No person decided anything.
    expect(store.desk.numbers.hours('all', 0, 10_000_000).every(({ outOfScope }) => outOfScope === 0)).toBe(
      true,
    );
    expect(store.desk.reviews.facts(1)?.stage).toBe('withdrawn');
  });

  it('is open again when its place shows it again, and stays closed where a person closed it', () => {
    land({ landed: [post(), post({ id: 'rekaan:2', text: 'yang lain' })] });
    store.desk.reviews.append(
      {
        item: 2,
        actor: '7',
        act: { kind: 'decided', verdict: { kind: 'out-of-scope' } },
        state: 'closed',
        stage: 'decided',
      },
      clock.now(),
    );
    withdraw();
    withdraw({ id: 'rekaan:2' });
    const again = { text: 'diunggah lagi', collectedAt: at('11:00') };
    land({ landed: [post(again), post({ id: 'rekaan:2', ...again })] });
    expect(store.getItem(1)).toMatchObject({ state: 'open', post: { text: 'diunggah lagi' } });
    expect(store.desk.reviews.events(1).map(({ act, stage }) => [act.kind, stage])).toEqual([
      ['withdrawn', 'withdrawn'],
      ['returned', 'new'],
    ]);
    expect(store.getItem(2)?.state).toBe('closed');
  });
});

describe('an item in a case', () => {
  it('has its text sealed, with an event that says why', () => {
    land({ landed: [post()] });
    const before = store.getItem(1);
    decide('escalated', 'escalation-approved', 'approved');
    expect(withdraw().withdrawn).toEqual([1]);
    const item = store.getItem(1);
    expect(item).toMatchObject({ state: 'escalated', withdrawn: { sealed: true }, post: { text: '' } });
    expect(JSON.stringify(item)).not.toContain(SECRET_WORDS);
    const [finding] = before?.assessment.findings ?? [];
    expect(store.getSealed(1)).toMatchObject({
      id: 'rekaan:1',
      author: { handle: 'nama-rekaan' },
      withdrawn: {
        text: SECRET_WORDS,
        findings: [{ ordinal: 0, start: finding?.start, end: finding?.end, params: finding?.params }],
      },
    });
    const [, event] = events();
    expect(event).toMatchObject({
      kind: 'withdrawn',
      actor: 'system',
      state: 'escalated',
      stage: 'approved',
    });
    expect(JSON.parse(event?.details ?? '{}')).toMatchObject({
      kind: 'withdrawn',
      at: at('09:55'),
      revisions: 1,
      why: expect.stringContaining('case'),
    });
    withdraw({}, at('11:00'));
    expect(events()).toHaveLength(2);
  });

  it.each<[string, Item['state'][], boolean]>([
    ['escalated, then closed', ['escalated', 'closed'], true],
    ['escalated, then taken back', ['escalated', 'open'], false],
    ['escalated, taken back, closed', ['escalated', 'open', 'closed'], false],
    ['claimed and closed', ['claimed', 'closed'], false],
    ['claimed', ['claimed'], false],
  ])('%s', (_, states, kept) => {
    land({ landed: [post()] });
    for (const state of states) decide(state);
    withdraw();
    // What is open then has nothing left to decide on.
    const state = states.at(-1) === 'open' ? 'closed' : states.at(-1);
    expect(store.getItem(1)).toMatchObject({ state, withdrawn: { sealed: kept } });
    expect(store.getSealed(1)?.withdrawn?.text).toBe(kept ? SECRET_WORDS : undefined);
    expect(events().some(({ kind }) => kind === 'withdrawn')).toBe(kept || states.at(-1) === 'open');
  });
});

describe('asking again', () => {
  it('gives open items, those asked for longest ago first, with what the place is asked by', () => {
    for (const id of ['rekaan:1', 'rekaan:2', 'rekaan:3']) land({ landed: [post({ id, text: id })] });
    decide('closed');
    const before = clock.now();
    const url = 'https://rekaan.example/nama-rekaan/1';
    expect(store.itemsToRecheck('warung', before, 10)).toEqual([
      { item: 3, id: 'rekaan:3', url, revision: store.getItem(3)?.post.revision },
      { item: 2, id: 'rekaan:2', url, revision: store.getItem(2)?.post.revision },
    ]);
    store.saveRecheck({ item: 3, is: 'there', at: at('11:00') });
    expect(store.itemsToRecheck('warung', before, 1).map(({ item }) => item)).toEqual([2]);
    expect(store.itemsToRecheck('warung', Date.parse(at('10:59')), 10).map(({ item }) => item)).toEqual([2]);
    expect(store.itemsToRecheck('lain', before, 10)).toEqual([]);
  });

  it('withdraws what is gone and says of an item that it was changed', () => {
    land({ landed: [post(), post({ id: 'rekaan:2', text: 'tetap' })] });
    store.saveRecheck({ item: 2, is: 'changed', at: at('11:00') });
    store.saveRecheck({ item: 2, is: 'unknown', at: at('11:30') });
    store.saveRecheck({ item: 1, is: 'gone', at: at('11:00') }, { id: 'rekaan:1', at: at('10:30') });
    expect(store.getItem(2)).toMatchObject({ changedAt: at('11:00'), post: { text: 'tetap' } });
    expect(store.getItem(1)).toMatchObject({ withdrawn: { at: at('10:30'), sealed: false } });
    expect(store.itemsToRecheck('warung', clock.now(), 10).map(({ item }) => item)).toEqual([2]);
  });
});
