import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLAIM_MS } from '../../src/core/desk-ports.js';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import { UNDO_MS } from '../../src/core/review.js';
import {
  claimBlind,
  claimItems,
  claimNext,
  releaseClaims,
  renewClaims,
} from '../../src/pipeline/claim-items.js';
import type { ReviewPorts } from '../../src/pipeline/perform-act.js';
import {
  countArrived,
  countQueue,
  followEvents,
  itemHistory,
  readQueue,
} from '../../src/pipeline/read-queue.js';
import {
  addNote,
  approveEscalation,
  decide,
  handOver,
  proposeEscalation,
  refuseEscalation,
  releaseCase,
  reopen,
  reviewBlind,
  undo,
} from '../../src/pipeline/review.js';
import { unsealName } from '../../src/pipeline/unseal-name.js';
import { refusalWords } from '../../src/words/refusals.js';
import { type DeskRig, deskRig, person } from '../support/desk.js';

let rig: DeskRig;
let ports: ReviewPorts;
beforeEach(() => {
  rig = deskRig();
  ports = rig.ports;
});
afterEach(() => rig.close());

const ani = person(1);
const budi = person(2);
const sari = person(3, 'supervisor');
const tono = person(4, 'supervisor');
const outOfScope = { kind: 'out-of-scope' } as const;
const checklist = { targetKind: 'person', criticismOrOpinion: false, callToAct: true } as const;

/** The refusal of `work`, which also has a sentence in both languages. */
function refusal(work: () => unknown): DeskRefusal {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(DeskRefusal);
    const known = error as DeskRefusal;
    for (const language of ['id', 'en'] as const) expect(refusalWords(language, known.kind)).toBeTruthy();
    return known;
  }
  throw new Error('nothing was refused');
}

const landed = (count = 1): number[] =>
  rig.land(...Array.from({ length: count }, (_, n) => ({ id: `rekaan:${n}` })));
const stateOf = (item: number) => rig.store.getItem(item)?.state;
const audited = (): string[] =>
  rig.store.desk.audit.after(0, 1_000).map(({ kind, subject }) => `${kind} ${subject}`);

describe('claims', () => {
  it('two people never hold the same item, and each is told who holds it', () => {
    const [a, b] = landed(2);
    expect(claimItems(ports, ani, [a!]).held).toMatchObject([{ item: a, user: 1 }]);
    expect(claimItems(ports, budi, [a!, b!])).toMatchObject({
      held: [{ item: b, user: 2 }],
      taken: [{ item: a, user: 1 }],
    });
  });

  it('run out after five minutes, are renewed, given back and never taken while they live', () => {
    const [a] = landed();
    claimItems(ports, ani, [a!]);
    rig.clock.advance(CLAIM_MS - 1);
    expect(claimItems(ports, budi, [a!]).held).toEqual([]);
    expect(renewClaims(ports, ani, [a!]).held).toHaveLength(1);
    rig.clock.advance(CLAIM_MS + 1);
    expect(claimItems(ports, budi, [a!]).held).toHaveLength(1);
    expect(renewClaims(ports, ani, [a!])).toEqual({ held: [], lost: [a] });
    expect(releaseClaims(ports, ani, [a!])).toBe(0);
    expect(releaseClaims(ports, budi, [a!])).toBe(1);
    expect(claimItems(ports, ani, [a!]).held).toHaveLength(1);
  });

  it('come in batches of 25 in the order of the queue, each to one person', () => {
    landed(60);
    const first = claimNext(ports, ani, {}, 25).map(({ item }) => item);
    const second = claimNext(ports, budi, {}, 100).map(({ item }) => item);
    expect([...first, ...second].toSorted((a, b) => b - a)).toEqual(
      readQueue(ports, ani, { limit: 50 }).entries.map(({ number }) => number),
    );
    expect(new Set([...first, ...second]).size).toBe(50);
    expect(refusal(() => claimItems(ports, ani, [...first, 1])).kind).toBe('too-many-items');
  });
});

describe('deciding', () => {
  it('closes an item and its near-duplicates in one transaction, with event, state and audit', () => {
    const [a, b, c] = landed(3);
    claimItems(ports, ani, [a!]);
    const verdict = { kind: 'violation', category: 'sara' } as const;
    const answer = decide(ports, ani, { items: [a!, b!, c!], outcome: verdict, note: 'kalimatnya sama' });
    expect(answer).toMatchObject({
      repeated: false,
      items: [{ number: a, state: 'closed', stage: 'decided' }, {}, {}],
    });
    expect([a, b, c].map((item) => stateOf(item!))).toEqual(['closed', 'closed', 'closed']);
    expect(itemHistory(ports, ani, b!).events).toMatchObject([
      { actor: '1', act: { kind: 'decided', verdict }, note: 'kalimatnya sama', state: 'closed' },
    ]);
    expect(audited()).toEqual([`decided item:${a}`]);
    expect(JSON.stringify(rig.store.desk.audit.after(0, 10))).not.toContain('kalimatnya');
    expect(countQueue(ports, ani, {})).toEqual({ n: 0, more: false });
    expect(countQueue(ports, ani, { state: 'closed' })).toEqual({ n: 3, more: false });
  });

  it('says that it was decided meanwhile, where the claim went with a decision of one’s own', () => {
    const [a] = landed(1);
    claimItems(ports, ani, [a!]);
    decide(ports, ani, { items: [a!], outcome: outOfScope });
    // Another window of the same person.
    expect(refusal(() => decide(ports, ani, { items: [a!], outcome: outOfScope }))).toMatchObject({
      kind: 'not-open',
      item: a,
    });
  });

  it('says who holds an item before anything is lost or changed', () => {
    const [a, b] = landed(2);
    expect(refusal(() => decide(ports, ani, { items: [a!], outcome: outOfScope }))).toMatchObject({
      kind: 'claim-lost',
      holders: [],
    });
    claimItems(ports, ani, [a!]);
    claimItems(ports, budi, [b!]);
    expect(refusal(() => decide(ports, ani, { items: [a!, b!], outcome: outOfScope }))).toMatchObject({
      kind: 'claim-lost',
      holders: [{ item: b, user: 2 }],
    });
    rig.clock.advance(CLAIM_MS + 1);
    claimItems(ports, budi, [a!]);
    expect(refusal(() => decide(ports, ani, { items: [a!], outcome: outOfScope })).holders).toMatchObject([
      { item: a, user: 2 },
    ]);
    expect([stateOf(a!), stateOf(b!)]).toEqual(['open', 'open']);
    expect(audited()).toEqual([]);
  });

  it('counts for the slow as well, while nobody else took the item', () => {
    const [a] = landed();
    claimItems(ports, ani, [a!]);
    rig.clock.advance(CLAIM_MS * 3);
    expect(decide(ports, ani, { items: [a!], outcome: outOfScope }).items).toMatchObject([
      { state: 'closed' },
    ]);
  });

  it('changes nothing when one of the items cannot be decided', () => {
    const [a, b] = landed(2);
    claimItems(ports, ani, [a!, b!]);
    decide(ports, ani, { items: [b!], outcome: outOfScope });
    expect(refusal(() => decide(ports, ani, { items: [a!, b!], outcome: outOfScope }))).toMatchObject({
      kind: 'not-open',
      item: b,
    });
    expect(stateOf(a!)).toBe('open');
    expect(rig.store.desk.claims.find(a!)).toMatchObject({ user: 1 });
    expect(audited()).toHaveLength(1);
  });

  it('is done once for a key, and refused for the same key with something else', () => {
    const [a] = landed();
    claimItems(ports, ani, [a!]);
    const request = { items: [a!], outcome: outOfScope, key: 'kunci-0001' };
    const first = decide(ports, ani, request);
    expect(decide(ports, ani, request)).toEqual({ ...first, repeated: true });
    expect(audited()).toHaveLength(1);
    expect(refusal(() => decide(ports, ani, { ...request, note: 'lain' })).kind).toBe('key-reused');
    expect(refusal(() => decide(ports, budi, request)).kind).toBe('key-reused');
    expect(refusal(() => decide(ports, ani, { ...request, key: 'x' })).kind).toBe('bad-key');
  });

  it.each([
    [{ kind: 'hoax' } as const, 'hoax-without-source'],
    [{ kind: 'duplicate', of: 999 } as const, 'no-item'],
  ])('refuses %j', (outcome, kind) => {
    const [a] = landed();
    claimItems(ports, ani, [a!]);
    expect(refusal(() => decide(ports, ani, { items: [a!], outcome })).kind).toBe(kind);
  });

  it('is undone within ten seconds by the same person, who holds it again', () => {
    const [a, b] = landed(2);
    claimItems(ports, ani, [a!, b!]);
    decide(ports, ani, { items: [a!, b!], outcome: outOfScope });
    expect(refusal(() => undo(ports, budi, { items: [a!] })).kind).toBe('undo-not-yours');
    rig.clock.advance(UNDO_MS);
    expect(undo(ports, ani, { items: [a!] }).items).toMatchObject([{ state: 'open', stage: 'new' }]);
    expect(rig.store.desk.claims.find(a!)).toMatchObject({ user: 1 });
    rig.clock.advance(1);
    expect(refusal(() => undo(ports, ani, { items: [b!] })).kind).toBe('undo-too-late');
    expect(decide(ports, ani, { items: [a!], outcome: outOfScope }).items).toMatchObject([
      { state: 'closed' },
    ]);
  });

  it('gives a second opinion to somebody else', () => {
    const [a] = landed();
    claimItems(ports, ani, [a!]);
    decide(ports, ani, { items: [a!], outcome: { kind: 'second-opinion' } });
    expect(readQueue(ports, budi, { limit: 5, stage: 'second-opinion' }).entries).toHaveLength(1);
    expect(claimNext(ports, ani, {}, 5)).toEqual([]);
    claimItems(ports, ani, [a!]);
    expect(refusal(() => decide(ports, ani, { items: [a!], outcome: outOfScope })).kind).toBe('same-person');
    releaseClaims(ports, ani, [a!]);
    expect(claimNext(ports, budi, {}, 5)).toHaveLength(1);
    decide(ports, budi, { items: [a!], outcome: outOfScope });
    expect(stateOf(a!)).toBe('closed');
  });
});

describe('a case', () => {
  const proposed = (): number => {
    const [a] = landed();
    claimItems(ports, sari, [a!]);
    proposeEscalation(ports, sari, { item: a!, checklist });
    return a!;
  };

  it('takes two people, and is released by one with the right', () => {
    const item = proposed();
    expect(readQueue(ports, sari, { limit: 5, stage: 'proposed' }).entries).toHaveLength(1);
    expect(refusal(() => approveEscalation(ports, sari, { item })).kind).toBe('same-person');
    expect(refusal(() => approveEscalation(ports, ani, { item })).kind).toBe('forbidden');
    expect(approveEscalation(ports, tono, { item })).toMatchObject({
      items: [{ state: 'escalated', stage: 'approved' }],
    });
    expect(refusal(() => releaseCase(ports, tono, { item })).kind).toBe('note-missing');
    releaseCase(ports, tono, { item, note: 'perkara selesai' });
    expect(stateOf(item)).toBe('closed');
    expect(audited()).toEqual([
      `escalation-proposed item:${item}`,
      `escalation-approved item:${item}`,
      `released item:${item}`,
    ]);
  });

  it('refused, is open again; criticism is never one', () => {
    const item = proposed();
    expect(refusal(() => refuseEscalation(ports, tono, { item })).kind).toBe('note-missing');
    refuseEscalation(ports, tono, { item, note: 'kritik biasa' });
    expect(stateOf(item)).toBe('open');
    claimItems(ports, ani, [item]);
    const criticism = { ...checklist, criticismOrOpinion: true, callToAct: false };
    expect(refusal(() => proposeEscalation(ports, ani, { item, checklist: criticism })).kind).toBe(
      'protected-expression',
    );
  });

  it('closed items are reopened with a reason, by supervisors', () => {
    const [a] = landed();
    claimItems(ports, ani, [a!]);
    decide(ports, ani, { items: [a!], outcome: outOfScope });
    expect(refusal(() => reopen(ports, ani, { item: a!, note: 'ada bukti' })).kind).toBe('forbidden');
    reopen(ports, sari, { item: a!, note: 'ada bukti baru' });
    expect(stateOf(a!)).toBe('open');
  });
});

describe('scope', () => {
  const officer = person(5, 'officer', 'polda-a');

  it('shows each unit its own, and what is handed to it', () => {
    const [own, below, other] = rig.land(
      { id: 'rekaan:1', region: '91' },
      { id: 'rekaan:2', region: '91.01' },
      { id: 'rekaan:3', region: '92' },
    );
    const seen = (who: typeof officer): number[] =>
      readQueue(ports, who, { limit: 10 })
        .entries.map(({ number }) => number)
        .toSorted((a, b) => a - b);
    expect(seen(officer)).toEqual([own]);
    expect(seen(person(6, 'supervisor', 'polda-a'))).toEqual([own, below]);
    expect(seen(person(7, 'auditor', 'polda-b'))).toEqual([own, below, other]);
    expect(countArrived(ports, officer, 0)).toEqual({ n: 1, more: false });
    for (const work of [
      () => claimItems(ports, officer, [other!]),
      () => itemHistory(ports, officer, other!),
      () => addNote(ports, officer, { item: other!, note: 'x' }),
      () => unsealName(ports, officer, other!, 'diperlukan untuk perkara'),
    ]) {
      expect(refusal(work).kind).toBe('no-item');
    }
    handOver(ports, officer, { item: own!, unit: 'polda-b' });
    expect(seen(officer)).toEqual([]);
    expect(seen(person(8, 'officer', 'polda-b'))).toEqual([own, other]);
    expect(refusal(() => handOver(ports, sari, { item: below!, unit: 'tiada' })).kind).toBe('no-unit');
  });

  it.each([
    ['humas', () => readQueue(ports, person(9, 'humas'), { limit: 5 })],
    ['admin', () => readQueue(ports, person(9, 'admin'), { limit: 5 })],
    ['auditor', () => claimItems(ports, person(9, 'auditor'), [])],
    ['auditor', () => decide(ports, person(9, 'auditor'), { items: [1], outcome: outOfScope })],
  ])('refuses what is not for %s', (_, work) => {
    expect(refusal(work).kind).toBe('forbidden');
  });
});

describe('what happened', () => {
  it('is followed from an event on, of one’s own items only', () => {
    const [own, other] = rig.land({ id: 'rekaan:1', region: '91' }, { id: 'rekaan:2', region: '92' });
    const officer = person(5, 'officer', 'polda-a');
    addNote(ports, sari, { item: other!, note: 'satu' });
    rig.clock.advance(60_000);
    const shift = new Date(rig.clock.now()).toISOString();
    addNote(ports, officer, { item: own!, note: 'dua' });
    addNote(ports, sari, { item: own!, note: 'tiga' });
    const notes = (who: typeof officer, after: number, limit: number) => {
      const { events, next } = followEvents(ports, who, after, limit);
      return { notes: events.map(({ note }) => note), next };
    };
    expect(notes(officer, 0, 10)).toEqual({ notes: ['dua', 'tiga'], next: undefined });
    expect(notes(officer, 0, 2)).toEqual({ notes: ['dua'], next: 2 });
    expect(notes(sari, 0, 10).notes).toEqual(['satu', 'dua', 'tiga']);
    const { reviews } = rig.store.desk;
    expect(notes(sari, reviews.lastBefore(shift), 10).notes).toEqual(['dua', 'tiga']);
    expect(reviews.lastBefore('2020-01-01T00:00:00.000Z')).toBe(0);
    expect(refusal(() => followEvents(ports, person(9, 'humas'), 0, 5)).kind).toBe('forbidden');
  });
});

describe('a sealed name', () => {
  it('is given for a reason, once it is on record; the record holds no name', () => {
    const [a] = rig.land({
      id: 'rekaan:1',
      url: 'https://rekaan.example/ujangrekaan/1',
      author: { id: 'akun-77', handle: 'ujangrekaan' },
    });
    expect(refusal(() => unsealName(ports, ani, a!, '  iseng     ')).kind).toBe('reason-missing');
    expect(refusal(() => unsealName(ports, person(9, 'humas'), a!, 'ingin tahu siapa dia')).kind).toBe(
      'forbidden',
    );
    expect(audited()).toEqual([]);
    expect(unsealName(ports, ani, a!, 'diperlukan untuk rujukan')).toMatchObject({
      url: 'https://rekaan.example/ujangrekaan/1',
      author: { handle: 'ujangrekaan' },
    });
    const [event] = rig.store.desk.audit.list({ limit: 5 });
    expect(event).toMatchObject({
      kind: 'name-unsealed',
      actor: '1',
      details: { reason: 'diperlukan untuk rujukan' },
    });
    expect(JSON.stringify(event)).not.toMatch(/ujang|akun-77/);
  });
});

describe('the blind second review', () => {
  it('hides the first verdict from the second person, and counts who agreed', () => {
    const blind = { ...ports, blindShare: 1 };
    const [a, b] = landed(2);
    claimItems(blind, ani, [a!, b!]);
    for (const item of [a!, b!]) decide(blind, ani, { items: [item], outcome: outOfScope, note: 'alasan' });
    expect(itemHistory(blind, ani, a!)).toMatchObject({ blind: false, events: [{}] });
    expect(itemHistory(blind, budi, a!)).toEqual({ blind: true, events: [] });
    expect(claimBlind(blind, ani, 5)).toEqual([]);
    expect(claimBlind(blind, budi, 5).map(({ item }) => item)).toEqual([a, b]);
    reviewBlind(blind, budi, { item: a!, verdict: outOfScope });
    reviewBlind(blind, budi, { item: b!, verdict: { kind: 'violation', category: 'hate' } });
    expect(rig.store.desk.reviews.agreement(0)).toEqual({ reviewed: 2, agreed: 1 });
    expect(itemHistory(blind, budi, b!).events).toHaveLength(2);
    expect(refusal(() => reviewBlind(blind, budi, { item: a!, verdict: outOfScope })).kind).toBe(
      'no-blind-review',
    );
    expect(stateOf(a!)).toBe('closed');
  });

  it('picks its share by the installation’s secret, always the same items', () => {
    const { reviews } = rig.store.desk;
    const draws = Array.from({ length: 2_000 }, (_, item) => reviews.draw(item + 1));
    expect(draws).toEqual(Array.from({ length: 2_000 }, (_, item) => reviews.draw(item + 1)));
    const picked = draws.filter((draw) => draw < 0.05).length;
    expect(picked).toBeGreaterThan(50);
    expect(picked).toBeLessThan(170);
  });

  it('falls away with an undone decision', () => {
    const blind = { ...ports, blindShare: 1 };
    const [a] = landed();
    claimItems(blind, ani, [a!]);
    decide(blind, ani, { items: [a!], outcome: outOfScope });
    undo(blind, ani, { items: [a!] });
    expect(claimBlind(blind, budi, 5)).toEqual([]);
  });
});
