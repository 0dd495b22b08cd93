import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReviewAct, SYSTEM_ACTOR, UNDO_MS } from '../../src/core/review.js';
import {
  NEW_STATUS,
  type Refusal,
  type Status,
  statusAfter,
  type TransitionEvent,
  transition,
} from '../../src/triage/transition.js';

const checklist = { targetKind: 'person', criticismOrOpinion: false, callToAct: true } as const;
const decided: ReviewAct = { kind: 'decided', verdict: { kind: 'out-of-scope' } };
const asked: ReviewAct = { kind: 'second-opinion-asked' };
const proposed: ReviewAct = { kind: 'escalation-proposed', checklist };
const ACTS: readonly ReviewAct[] = [
  decided,
  asked,
  proposed,
  { kind: 'undone' },
  { kind: 'escalation-approved' },
  { kind: 'escalation-refused' },
  { kind: 'released' },
  { kind: 'reopened' },
  { kind: 'handed-over', unit: 'polda' },
  { kind: 'reviewed-blind', verdict: { kind: 'out-of-scope' }, agrees: true },
  { kind: 'note' },
  { kind: 'withdrawn' },
  { kind: 'returned' },
];

/** Acts in the order of time, by three people and the system. */
const events: fc.Arbitrary<TransitionEvent[]> = fc
  .array(
    fc.record({
      actor: fc.constantFrom('1', '2', '3', SYSTEM_ACTOR),
      act: fc.constantFrom(...ACTS),
      wait: fc.constantFrom(0, 1_000, UNDO_MS, UNDO_MS + 1, 60_000),
    }),
    { maxLength: 25 },
  )
  .map((given) => {
    let at = 1_000_000;
    return given.map(({ actor, act, wait }) => {
      at += wait;
      return { actor, act, at };
    });
  });

/** Each accepted event with the status before and after it. */
function walk(given: readonly TransitionEvent[]): { event: TransitionEvent; from: Status; to: Status }[] {
  let status = NEW_STATUS;
  return given.flatMap((event) => {
    const next = transition(status, event);
    if ('refused' in next) return [];
    const step = { event, from: status, to: next.status };
    status = next.status;
    return [step];
  });
}

describe('transition', () => {
  const by = (actor: string, act: ReviewAct, at = 0): TransitionEvent => ({ actor, act, at });
  const reached = (...given: TransitionEvent[]): Status => statusAfter(given);

  it.each<[string, Status, TransitionEvent, Refusal]>([
    ['a decided item again', reached(by('1', decided)), by('2', decided), 'not-open'],
    ['a second opinion by who asked', reached(by('1', asked)), by('1', decided), 'same-person'],
    ['a case by an officer alone', reached(by('1', proposed)), by('1', decided), 'not-open'],
    [
      'approval by the proposer',
      reached(by('1', proposed)),
      by('1', { kind: 'escalation-approved' }),
      'same-person',
    ],
    [
      'refusal by the proposer',
      reached(by('1', proposed)),
      by('1', { kind: 'escalation-refused' }),
      'same-person',
    ],
    ['approval of nothing', NEW_STATUS, by('2', { kind: 'escalation-approved' }), 'not-proposed'],
    ['release before approval', reached(by('1', proposed)), by('2', { kind: 'released' }), 'not-escalated'],
    ['reopening what is open', NEW_STATUS, by('1', { kind: 'reopened' }), 'not-closed'],
    ['undo of nothing', NEW_STATUS, by('1', { kind: 'undone' }), 'nothing-to-undo'],
    ["undo of another's", reached(by('1', decided)), by('2', { kind: 'undone' }), 'undo-not-yours'],
    ['undo too late', reached(by('1', decided)), by('1', { kind: 'undone' }, UNDO_MS + 1), 'undo-too-late'],
    [
      'undo by a clock set back',
      reached(by('1', decided, 90_000)),
      by('1', { kind: 'undone' }, 0),
      'undo-too-late',
    ],
    ['a decision by the system', NEW_STATUS, by(SYSTEM_ACTOR, decided), 'not-the-system'],
    ['a return by a person', NEW_STATUS, by('1', { kind: 'returned' }), 'not-the-system'],
    ['a withdrawal by a person', NEW_STATUS, by('1', { kind: 'withdrawn' }), 'not-the-system'],
    [
      'a blind review by who decided',
      reached(by('1', decided)),
      by('1', { kind: 'reviewed-blind', verdict: { kind: 'out-of-scope' }, agrees: true }),
      'same-person',
    ],
  ])('refuses %s', (_, status, event, refusal) => {
    expect(transition(status, event)).toEqual({ refused: refusal });
  });

  it('lets the second opinion be given by another, and undoes within ten seconds', () => {
    expect(reached(by('1', asked), by('2', decided))).toMatchObject({ state: 'closed', by: '2' });
    expect(reached(by('1', decided), by('1', { kind: 'undone' }, UNDO_MS))).toEqual(NEW_STATUS);
    // An undo is one step: what was before it stays done.
    const twice = [by('1', asked), by('2', decided, 5), by('2', { kind: 'undone' }, 6)];
    expect(reached(...twice)).toMatchObject({ state: 'open', stage: 'second-opinion', asker: '1' });
    expect(transition(reached(...twice), by('2', { kind: 'undone' }, 7))).toEqual({
      refused: 'nothing-to-undo',
    });
  });

  it('keeps an escalated case that its place withdrew', () => {
    const status = reached(by('1', proposed), by(SYSTEM_ACTOR, { kind: 'withdrawn' }, 1));
    expect(status).toMatchObject({ state: 'escalated', stage: 'proposed' });
    expect(reached(by(SYSTEM_ACTOR, { kind: 'withdrawn' }))).toMatchObject({
      state: 'closed',
      stage: 'withdrawn',
    });
  });

  it('never leaves a case but by a second person, or by the proposer taking it back at once', () => {
    fc.assert(
      fc.property(events, (given) => {
        for (const { event, from, to } of walk(given)) {
          if (from.state !== 'escalated' || to.state === 'escalated') continue;
          if (event.act.kind === 'undone') {
            expect(from.stage).toBe('proposed');
            expect(event.actor).toBe(from.proposer);
            expect(event.at - (from.at ?? 0)).toBeLessThanOrEqual(UNDO_MS);
          } else if (event.act.kind === 'released') expect(from.stage).toBe('approved');
          else expect(event.actor).not.toBe(from.proposer);
        }
      }),
    );
  });

  it('never approves by the proposer, and never undoes what another did or what is older than ten seconds', () => {
    fc.assert(
      fc.property(events, (given) => {
        for (const { event, from } of walk(given)) {
          if (event.act.kind === 'escalation-approved') expect(event.actor).not.toBe(from.proposer);
          if (event.act.kind === 'undone') {
            expect(event.actor).toBe(from.by);
            expect(event.at - (from.at ?? 0)).toBeLessThanOrEqual(UNDO_MS);
          }
          if (event.act.kind === 'decided') expect(from.state).toBe('open');
        }
      }),
    );
  });

  it('follows from the accepted events alone', () => {
    fc.assert(
      fc.property(events, (given) => {
        const steps = walk(given);
        expect(statusAfter(steps.map(({ event }) => event))).toEqual(steps.at(-1)?.to ?? NEW_STATUS);
        // What was refused leaves no trace.
        expect(statusAfter(given)).toEqual(steps.at(-1)?.to ?? NEW_STATUS);
      }),
    );
  });
});
