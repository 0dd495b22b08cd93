import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Category, Level } from '../../src/core/assessment.js';
import type { Outcome } from '../../src/core/review.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import { readNeutrality, readNumbers } from '../../src/pipeline/numbers.js';
import {
  approveEscalation,
  decide,
  handOver,
  proposeEscalation,
  reviewBlind,
  undo,
} from '../../src/pipeline/review.js';
import { handOverShift, noteShift, readShift } from '../../src/pipeline/shift.js';
import { type DeskRig, deskRig, person } from '../support/desk.js';
import { assessmentOf, batchOf, landedPost, passedPost } from '../support/scored.js';

/** The numbers of the desk over a real store: invented items and decisions. */

let rig: DeskRig;
beforeEach(() => {
  rig = deskRig();
});
afterEach(() => rig.close());

const HOUR = 3_600_000;
const officer = person(11);
const lead = person(21, 'supervisor');
const humas = person(31, 'humas');

const VIOLATION: Outcome = { kind: 'violation', category: 'sara' };
const OPINION: Outcome = { kind: 'not-a-violation', ground: 'opinion' };

function decideAs(actor: typeof officer, item: number, outcome: Outcome): void {
  claimItems(rig.ports, actor, [item]);
  decide(rig.ports, actor, { items: [item], outcome });
}

function post(id: string, given: { region?: string; targets?: string[]; level?: Level; rule?: string } = {}) {
  const { region, targets = [], level = 'medium', rule } = given;
  const text = `isi rekaan ${id}`;
  const { post: made } = landedPost({ id, text, ...(region === undefined ? {} : { region }) });
  const base = assessmentOf(text, { targets, level });
  const findings = rule === undefined ? base.findings : base.findings.map((each) => ({ ...each, rule }));
  return {
    post: { ...made, createdAt: new Date(rig.clock.now() - 600_000).toISOString() },
    assessment: { ...base, findings },
  };
}

describe('the numbers', () => {
  it('say what landed, what was decided and how long it took', () => {
    const [a = 0, b = 0, c = 0] = rig.land(
      post('a', { region: '91' }),
      post('b', { level: 'high' }),
      post('c'),
    );
    rig.clock.advance(HOUR);
    decideAs(lead, a, VIOLATION);
    decideAs(lead, b, OPINION);
    decideAs(lead, c, { kind: 'out-of-scope' });
    const view = readNumbers(rig.ports, lead, 7);
    expect(view).toMatchObject({
      landed: 3,
      decided: 3,
      outcomes: { violation: 1, dismissed: 1, outOfScope: 1, escalated: 0 },
      dismissed: { of: 2, share: 0.5 },
    });
    expect(view.by.level.map(({ key, landed, dismissed }) => [key, landed, dismissed])).toEqual([
      ['medium', 2, 0],
      ['high', 1, 1],
    ]);
    expect(view.by.region.map(({ key, landed }) => [key, landed])).toEqual([
      ['', 2],
      ['91', 1],
    ]);
    expect(view.by.source).toMatchObject([{ key: 'warung', landed: 3, violation: 1 }]);
    expect(view.arrival!.median / 600).toBeCloseTo(1, 0);
    expect(view.decision).toMatchObject({ n: 3 });
    expect(view.decision!.median / 3_600).toBeCloseTo(1, 0);
    expect(view.series).toHaveLength(7);
    expect(view.series.reduce((sum, { landed }) => sum + landed, 0)).toBe(3);
    expect(view.series.reduce((sum, { decided }) => sum + decided, 0)).toBe(3);
    const hourly = readNumbers(rig.ports, lead, 1);
    expect(hourly.hourly).toBe(true);
    expect(hourly.series.filter(({ landed, decided }) => landed + decided > 0)).toHaveLength(2);
  });

  it('take an undone decision out, and count the one that came after it', () => {
    const [a = 0] = rig.land(post('a', { targets: ['religion:contoh'] }));
    decideAs(officer, a, VIOLATION);
    undo(rig.ports, officer, { items: [a] });
    expect(readNumbers(rig.ports, lead, 7)).toMatchObject({ decided: 0, outcomes: { violation: 0 } });
    expect(readNeutrality(rig.ports, lead, 7).groups[0]?.dismissed).toBeUndefined();
    decide(rig.ports, officer, { items: [a], outcome: OPINION });
    expect(readNumbers(rig.ports, lead, 7)).toMatchObject({ decided: 1, outcomes: { dismissed: 1 } });
  });

  it('count a case when a second person approves it', () => {
    const [a = 0] = rig.land(post('a'));
    claimItems(rig.ports, officer, [a]);
    const checklist = {
      targetKind: 'protected-group',
      target: 'religion:contoh',
      criticismOrOpinion: false,
      callToAct: true,
    } as const;
    proposeEscalation(rig.ports, officer, { item: a, checklist });
    expect(readNumbers(rig.ports, lead, 7).decided).toBe(0);
    approveEscalation(rig.ports, lead, { item: a });
    expect(readNumbers(rig.ports, lead, 7).outcomes.escalated).toBe(1);
  });

  it('are each unit’s own, and those above add up', () => {
    const [, , c = 0, d = 0] = rig.land(
      post('a', { region: '91' }),
      post('b', { region: '91.01' }),
      post('c', { region: '92' }),
      post('d'),
    );
    const landed = (of: string, role: 'supervisor' | 'officer' | 'humas' = 'supervisor'): number =>
      readNumbers(rig.ports, person(1, role, of), 7).landed;
    expect(landed('mabes')).toBe(4);
    expect(landed('polda-a')).toBe(2);
    expect(landed('polda-a', 'officer')).toBe(1);
    expect(landed('polda-a', 'humas')).toBe(2);
    expect(landed('polres-a1')).toBe(1);
    handOver(rig.ports, lead, { item: c, unit: 'polres-a1' });
    decideAs(person(12, 'officer', 'polres-a1'), c, VIOLATION);
    decideAs(officer, d, VIOLATION);
    expect(readNumbers(rig.ports, person(1, 'supervisor', 'polda-a'), 7).decided).toBe(1);
    expect(readNumbers(rig.ports, person(1, 'supervisor', 'polda-b'), 7).decided).toBe(0);
  });

  it('of a region that the text names are those of its unit, and of the unit with the unknown ones', () => {
    const fromText = { ...post('a'), observation: { region: '91.01' } };
    const [a = 0] = rig.land(fromText, { ...post('b', { region: '92' }), observation: { region: '91.01' } });
    expect(rig.store.getItem(a)?.region).toEqual({ code: '91.01', isFromText: true });
    expect(rig.store.getItem(a + 1)?.region).toEqual({ code: '92', isFromText: false });
    const seen = (of: string) => readNumbers(rig.ports, person(1, 'officer', of), 7);
    expect(['mabes', 'polda-a', 'polres-a1'].map((of) => seen(of).landed)).toEqual([1, 0, 1]);
    expect(seen('polres-a1').by.region.map(({ key }) => key)).toEqual(['91.01']);
    decideAs(person(12, 'officer', 'polres-a1'), a, VIOLATION);
    expect(['mabes', 'polda-a', 'polres-a1'].map((of) => seen(of).decided)).toEqual([1, 0, 1]);
  });

  it('hold no account and no text', () => {
    const { post: made, assessment } = post('rekaan:akun-rahasia/9');
    rig.land({ post: { ...made, author: { id: '4711', handle: 'akun-rahasia' } }, assessment });
    expect(JSON.stringify(readNumbers(rig.ports, humas, 7))).not.toMatch(/akun-rahasia|4711|isi rekaan/);
  });

  it('refuse whom they do not concern', () => {
    expect(() => readNeutrality(rig.ports, humas, 7)).toThrow(/no right/);
    expect(() => readShift(rig.ports, humas, 0)).toThrow(/no right/);
  });

  it('add up to what is in the store, whatever landed and was decided', () => {
    const given = fc.array(
      fc.record({
        region: fc.constantFrom('91', '91.01', '92', undefined),
        flags: fc.subarray<Category>(['hate', 'sara', 'threat'], { minLength: 1 }),
        decided: fc.constantFrom('violation', 'dismissed', 'undone', 'none'),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(given, (posts) => {
        const own = deskRig();
        const before = rig;
        rig = own;
        try {
          const numbers = own.land(
            ...posts.map(({ region, flags }, n) =>
              landedPost({ id: `p${n}`, flags, ...(region === undefined ? {} : { region }) }),
            ),
          );
          posts.forEach(({ decided }, n) => {
            if (decided === 'none') return;
            decideAs(lead, numbers[n]!, decided === 'dismissed' ? OPINION : VIOLATION);
            if (decided === 'undone') undo(own.ports, lead, { items: [numbers[n]!] });
          });
          const view = readNumbers(own.ports, lead, 7);
          const of = (kind: string): number => posts.filter(({ decided }) => decided === kind).length;
          expect(view.landed).toBe(posts.length);
          expect(view.outcomes).toMatchObject({ violation: of('violation'), dismissed: of('dismissed') });
          for (const { key, landed } of view.by.flag) {
            expect(landed).toBe(posts.filter(({ flags }) => flags.includes(key as Category)).length);
          }
          const parts = ['polda-a', 'polda-b'].map((unit) =>
            readNumbers(own.ports, person(1, 'supervisor', unit), 7),
          );
          const rest = readNumbers(own.ports, person(1, 'officer', 'mabes'), 7);
          expect(parts.reduce((sum, { landed }) => sum + landed, rest.landed)).toBe(posts.length);
        } finally {
          rig = before;
          own.close();
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('neutrality', () => {
  it('shows what was said against whom, how much of it came to the desk and how much was dismissed', () => {
    const group = ['religion:contoh'];
    const numbers = rig.land(
      ...Array.from({ length: 4 }, (_, n) => post(`g${n}`, { targets: group })),
      post('c', { targets: ['camp:contoh'] }),
    );
    rig.store.land(
      'passed',
      batchOf('run', {
        passed: [1, 2, 3].map((n) => passedPost({ id: `x${n}`, targets: ['institution:contoh'] })),
      }),
    );
    decideAs(officer, numbers[0]!, OPINION);
    decideAs(officer, numbers[1]!, VIOLATION);
    const view = readNeutrality(rig.ports, lead, 7);
    expect(view.groups).toMatchObject([
      {
        target: 'religion:contoh',
        landed: 4,
        flagged: { of: 4, share: 1 },
        dismissed: { of: 2, share: 0.5 },
      },
    ]);
    expect(view.camps).toMatchObject([
      { target: 'camp:contoh', landed: 1 },
      { target: 'institution:contoh', landed: 0, flagged: { of: 3, share: 0 } },
    ]);
    expect(view.camps[0]?.dismissed).toBeUndefined();
  });

  it('names entries whose hits are mostly dismissed, from ten decisions on', () => {
    const land = (rule: string, n: number): number[] =>
      rig.land(...Array.from({ length: n }, (_, i) => post(`${rule}-${i}`, { rule })));
    const [doubted, sound, rare] = [land('entry-ragu', 10), land('entry-baik', 12), land('entry-jarang', 9)];
    for (const [n, item] of doubted.entries()) decideAs(officer, item, n < 8 ? OPINION : VIOLATION);
    for (const [n, item] of sound.entries()) decideAs(officer, item, n < 2 ? OPINION : VIOLATION);
    for (const item of rare) decideAs(officer, item, OPINION);
    const { rules, rulesLooked } = readNeutrality(rig.ports, lead, 7);
    expect(rules).toMatchObject([{ rule: 'entry-ragu', dismissed: { of: 10, share: 0.8 } }]);
    expect(rulesLooked).toBe(2);
  });

  it('measures how far two reviewers agree', () => {
    const blind = deskRig(1);
    rig.close();
    rig = blind;
    const other = person(12);
    const numbers = rig.land(...Array.from({ length: 4 }, (_, n) => post(`p${n}`)));
    numbers.forEach((item, n) => {
      decideAs(officer, item, n < 2 ? VIOLATION : OPINION);
      claimItems(rig.ports, other, [item]);
      reviewBlind(rig.ports, other, {
        item,
        verdict:
          n === 0 ? { kind: 'violation', category: 'hate' } : { kind: 'not-a-violation', ground: 'satire' },
      });
    });
    const { agreement, pairs } = readNeutrality(rig.ports, lead, 7);
    expect(agreement).toMatchObject({ pairs: 4, observed: 0.75, few: true });
    expect(agreement!.kappa).toBeCloseTo(0.5, 10);
    expect(pairs.find(({ first, second }) => first === 'violation' && second === 'not-a-violation')?.n).toBe(
      1,
    );
  });
});

describe('a shift', () => {
  it('says what was done, what waits and what is new, to each of the own units', () => {
    const [old = 0] = rig.land(post('old', { region: '91', level: 'high' }));
    rig.clock.advance(20 * HOUR);
    const since = rig.clock.now();
    const [a = 0] = rig.land(post('a', { region: '91' }), post('b', { region: '92' }));
    rig.clock.advance(HOUR);
    const ofA = person(12, 'officer', 'polda-a');
    decideAs(ofA, a, OPINION);
    decideAs(officer, rig.land(post('c'))[0]!, VIOLATION);
    claimItems(rig.ports, ofA, [old]);
    const view = readShift(rig.ports, ofA, since);
    expect(view.done).toMatchObject({ 'not-a-violation': 1, violation: 0 });
    expect(view.waiting.high).toMatchObject({ n: 1, oldest: new Date(since - 20 * HOUR).toISOString() });
    expect(view.landed).toMatchObject({ medium: 1, high: 0 });
    expect(view.claims).toEqual({ items: 1, people: 1 });
    const all = readShift(rig.ports, lead, since);
    expect(all.done).toMatchObject({ 'not-a-violation': 1, violation: 1 });
    expect(all.landed.medium).toBe(3);
    expect(readShift(rig.ports, lead, since - 24 * HOUR).landed.high).toBe(1);
  });

  it('is handed over to a colleague of the unit, in the audit chain', () => {
    const { users, audit } = rig.store.desk;
    const add = (name: string, unit: string, role: 'officer' | 'humas' = 'officer') =>
      users.add({ name, display: name, role, unit }, rig.clock.now()).id;
    const [from, to, elsewhere, press] = [
      add('a', 'polda-a'),
      add('b', 'polda-a'),
      add('c', 'polda-b'),
      add('d', 'polda-a', 'humas'),
    ];
    const me = person(from, 'officer', 'polda-a');
    const since = rig.clock.now() - 8 * HOUR;
    for (const wrong of [from, elsewhere, press, 99]) {
      expect(() => handOverShift(rig.ports, me, { to: wrong, since, note: '' })).toThrow(
        /nobody of this unit/,
      );
    }
    noteShift(rig.ports, me, 'Perhatikan sumber warung.');
    handOverShift(rig.ports, me, { to, since, note: 'Dua usulan menunggu.' });
    const view = readShift(rig.ports, person(to, 'officer', 'polda-a'), since);
    expect(view.notes.map(({ note }) => note)).toEqual(['Dua usulan menunggu.', 'Perhatikan sumber warung.']);
    expect(view.last?.handedOver).toEqual({ to, since: new Date(since).toISOString() });
    expect(readShift(rig.ports, person(elsewhere, 'officer', 'polda-b'), since).notes).toEqual([]);
    const [last] = audit.list({ limit: 1 });
    expect(last).toMatchObject({
      kind: 'shift-handed-over',
      actor: String(from),
      subject: 'unit:polda-a',
      details: { to },
    });
    expect(JSON.stringify(audit.list({ limit: 10 }))).not.toContain('usulan');
    expect(() => noteShift(rig.ports, person(1, 'auditor'), 'x')).toThrow(/no right/);
    expect(() => noteShift(rig.ports, me, ' ')).toThrow(/next shift/);
    const db = new Database(rig.path);
    expect(() => db.prepare(`UPDATE shift_events SET note = 'lain'`).run()).toThrow(/not changed/);
    db.close();
  });
});
