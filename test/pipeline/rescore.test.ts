import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/core/assessment.js';
import type { Finding } from '../../src/core/finding.js';
import type { ReviewAct } from '../../src/core/review.js';
import { rescore } from '../../src/pipeline/rescore.js';
import { openDatabase } from '../../src/store/sqlite.js';
import { openStore, type Store } from '../../src/store/store.js';
import { DEFAULT_LANDING } from '../../src/triage/landing.js';
import { statusAfter } from '../../src/triage/transition.js';
import { assessmentOf, batchOf, landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/** Kept items gone over with another lexicon: `next` says how each text reads now; what it does not name is as it was. */

const BEGIN = Date.parse('2026-01-05T12:00:00.000Z');
const versions = { rules: '2', lexicon: 'baru', model: '3', language: '4' };

let folder: string;
let store: Store;
let clock: SimulatedClock;
let next: Map<string, Partial<Assessment>>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-rescore-'));
  clock = new SimulatedClock(BEGIN);
  store = openStore({
    path: join(folder, 'ronda.db'),
    secret: Buffer.alloc(32, 7),
    clock,
    seenWindowDays: 30,
  });
  next = new Map();
  const landed = ['satu', 'dua', 'tiga', 'empat'].map((text, n) =>
    landedPost({ id: `rekaan:${n + 1}`, text }),
  );
  store.land('a', batchOf('run', { landed }));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const go = (dryRun = false, since = 0) =>
  rescore(
    {
      store: store.rescores,
      assessor: { assess: (text) => assessmentOf(text, { ...next.get(text), versions }), versions },
      landing: DEFAULT_LANDING,
      clock,
    },
    { since, dryRun, signal: new AbortController().signal },
  );

const order = (): number[] =>
  store.desk.queue.page({ scope: 'all', limit: 50 }, BEGIN).entries.map(({ number }) => number);

/** Every sum that is not zero. */
function sums(path: string): unknown {
  const db = openDatabase(path, true);
  try {
    const rows = (sql: string): unknown[] =>
      db
        .prepare<[], Record<string, unknown>>(sql)
        .all()
        .filter((row) => Object.values(row).some((value) => typeof value === 'number' && value > 0));
    const outcomes = 'violation, hoax, escalated, dismissed, duplicate, outOfScope';
    return {
      hours: rows(`SELECT region, landed, ${outcomes} FROM desk_hours ORDER BY region, hour`),
      days: rows(`SELECT region, measure, landed, ${outcomes} FROM desk_days ORDER BY region, day, measure`),
      rules: rows('SELECT rule, upheld, dismissed FROM desk_rules ORDER BY week, rule'),
      counts: rows(
        'SELECT source, language, measure, n FROM counts ORDER BY hour, source, language, measure',
      ),
    };
  } finally {
    db.close();
  }
}

const act = (item: number, state: 'escalated' | 'closed', stage: 'approved' | 'decided'): void => {
  const verdict = { kind: 'violation', category: 'sara' } as const;
  const given =
    state === 'closed' ? ({ kind: 'decided', verdict } as const) : ({ kind: 'escalation-approved' } as const);
  store.desk.reviews.append({ item, actor: '7', act: given, state, stage }, BEGIN);
};

describe('a rescoring', () => {
  it('says first, then changes what reads otherwise, each with an event, and nothing the second time', async () => {
    next.set('satu', { level: 'critical', flags: ['hate', 'sara'], score: 0.9, findings: [] });
    next.set('dua', { score: 0.71 });
    const report = {
      looked: 4,
      changed: 2,
      changes: { 'medium [sara] -> critical [hate sara]': 1, score: 1 },
      noLongerFlagged: 0,
      inCases: 0,
      incomplete: 0,
    };
    const before = store.listItems({ limit: 10 });
    const queued = order();
    expect(await go(true)).toEqual(report);
    expect(store.listItems({ limit: 10 })).toEqual(before);
    expect([order(), store.desk.reviews.events(1), store.desk.audit.head()]).toEqual([queued, [], undefined]);

    expect(await go()).toEqual(report);
    expect(store.getItem(1)?.assessment).toMatchObject({
      level: 'critical',
      flags: ['hate', 'sara'],
      versions,
    });
    expect(store.getItem(1)?.assessment.findings).toEqual([]);
    expect(order()[0]).toBe(1);
    expect(order()[1]).toBe(2);
    expect(store.desk.reviews.events(1)).toMatchObject([
      {
        actor: 'system',
        act: {
          kind: 'rescored',
          from: { level: 'medium', flags: ['sara'], score: 0.7 },
          to: { level: 'critical', flags: ['hate', 'sara'], score: 0.9 },
          versions: '2 baru 3',
        },
        state: 'open',
        stage: 'new',
      },
    ]);
    expect(store.desk.audit.list({ limit: 5 })).toMatchObject([
      { kind: 'rescored', details: { changed: 2 } },
    ]);

    expect(await go()).toMatchObject({ looked: 4, changed: 0, changes: {} });
    expect(store.desk.reviews.events(1)).toHaveLength(1);
    expect(store.desk.audit.head()?.seq).toBe(1);
  });

  it('leaves decisions, cases and the status of every item as they are', async () => {
    act(1, 'closed', 'decided');
    act(2, 'escalated', 'approved');
    for (const text of ['satu', 'dua', 'tiga']) next.set(text, { level: 'none', flags: [], score: 0.1 });
    expect(await go()).toMatchObject({ changed: 2, inCases: 1, noLongerFlagged: 2 });
    expect(store.desk.reviews.facts(1)).toMatchObject({ state: 'closed', stage: 'decided', level: 'none' });
    expect(store.desk.reviews.facts(2)).toMatchObject({
      state: 'escalated',
      stage: 'approved',
      level: 'medium',
    });
    const events = store.desk.reviews
      .events(1)
      .map(({ actor, at, act: given }) => ({ actor, at: Date.parse(at), act: given }));
    expect(statusAfter(events)).toMatchObject({ state: 'closed', stage: 'decided', by: '7' });
    // Untouched and no longer flagged: it goes. Decided: it stays as long as its verdict says.
    expect((await store.purge(BEGIN + 1)).items).toEqual({ dismissed: 0, closed: 0, 'not-flagged': 1 });
    expect(store.listItems({ limit: 10 }).map(({ number }) => number)).toEqual([4, 2, 1]);
  });

  it('keeps what a later rescoring flags again, and what could be read in part only', async () => {
    next.set('satu', { level: 'none', flags: [], score: 0.1 });
    next.set('dua', { level: 'none', flags: [], score: 0, incomplete: ['model'] });
    expect(await go()).toMatchObject({ changed: 1, incomplete: 1 });
    next.delete('satu');
    expect(await go()).toMatchObject({ changed: 1 });
    expect((await store.purge(BEGIN + 1)).items['not-flagged']).toBe(0);
    expect(store.getItem(2)?.assessment.level).toBe('medium');
  });

  it.each<[string, readonly ReviewAct[]]>([
    ['open', []],
    ['decided', [{ kind: 'decided', verdict: { kind: 'violation', category: 'sara' } }]],
    ['dismissed', [{ kind: 'decided', verdict: { kind: 'not-a-violation', ground: 'criticism' } }]],
    ['decided, and undone', [{ kind: 'decided', verdict: { kind: 'duplicate', of: 1 } }, { kind: 'undone' }]],
    [
      'decided twice',
      [
        { kind: 'decided', verdict: { kind: 'out-of-scope' } },
        { kind: 'undone' },
        { kind: 'decided', verdict: { kind: 'hoax', claim: 'c1' } },
      ],
    ],
  ])('leaves the numbers of an item that is %s as if it had always read so', async (_, acts) => {
    const now = {
      level: 'critical',
      flags: ['hate'],
      score: 0.9,
      targets: ['religion:lain'],
      language: { code: 'jav', confidence: 1 },
      findings: [{ ...(assessmentOf('satu').findings[0] as Finding), rule: 'entry:lain', category: 'hate' }],
    } as const satisfies Partial<Assessment>;
    const decide = (desk: Store['desk']): void => {
      for (const given of acts) {
        const event = { item: 1, actor: '7', act: given, state: 'closed', stage: 'decided' } as const;
        desk.reviews.append(event, BEGIN + 60_000);
      }
    };
    decide(store.desk);
    next.set('satu', now);
    expect(await go()).toMatchObject({ changed: 1 });

    const path = join(folder, 'always.db');
    const always = openStore({ path, secret: Buffer.alloc(32, 7), clock, seenWindowDays: 30 });
    try {
      const landed = ['satu', 'dua', 'tiga', 'empat'].map((text, n) => {
        const scored = landedPost({ id: `rekaan:${n + 1}`, text });
        return n === 0 ? { ...scored, assessment: assessmentOf(text, now) } : scored;
      });
      always.land('a', batchOf('run', { landed }));
      decide(always.desk);
      expect(sums(join(folder, 'ronda.db'))).toEqual(sums(path));
      // An undo afterwards takes out what stands there now.
      for (const each of [store, always]) {
        const undone = { item: 1, actor: '7', act: { kind: 'undone' }, state: 'open', stage: 'new' } as const;
        if (acts.length === 1) each.desk.reviews.append(undone, BEGIN + 120_000);
      }
      expect(sums(join(folder, 'ronda.db'))).toEqual(sums(path));
    } finally {
      always.close();
    }
  });

  it('goes over what landed since, and no further', async () => {
    for (const text of ['satu', 'lima']) next.set(text, { level: 'high' });
    clock.advance(1_000);
    store.land('b', batchOf('run', { landed: [landedPost({ id: 'rekaan:5', text: 'lima' })] }));
    expect(await go(true, BEGIN + 1)).toMatchObject({ looked: 1, changed: 1 });
  });
});
