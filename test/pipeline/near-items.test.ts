import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLAIM_MS } from '../../src/core/desk-ports.js';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import { type NearPorts, nearItems } from '../../src/pipeline/near-items.js';
import { createNarrativeReader } from '../../src/pipeline/read-narratives.js';
import { decide, undo } from '../../src/pipeline/review.js';
import { type DeskRig, deskRig, person } from '../support/desk.js';
import { groupAll, toldPost } from '../support/story.js';

let rig: DeskRig;
let ports: NearPorts & DeskRig['ports'];
beforeEach(() => {
  rig = deskRig();
  ports = { ...rig.ports, narratives: createNarrativeReader(rig.store.stories) };
});
afterEach(() => rig.close());

const ani = person(1);
const budi = person(2);
const resor = person(3, 'officer', 'polda-b');
const outOfScope = { kind: 'out-of-scope' } as const;
const WORDING = 'Gudang beras Sukaramping dibakar pendatang malam tadi, usir mereka semua sekarang juga';

/** Lands these wordings as posts of one story; their items. */
function landStory(texts: readonly string[], region?: string): number[] {
  const items = rig.land(
    ...texts.map((text, n) =>
      toldPost({
        id: `rekaan:${n}`,
        text,
        createdAt: new Date(rig.clock.now() - 3_600_000).toISOString(),
        author: { id: `akun-${n}` },
        ...(region === undefined ? {} : { region }),
      }),
    ),
  );
  rig.clock.advance(2 * 3_600_000);
  groupAll(rig.store, rig.clock);
  return items;
}

const stateOf = (item: number) => rig.store.getItem(item)?.state;

describe('near-duplicates of an item', () => {
  it('stand together by wording, with what differs', () => {
    const [own, copy, spaced, other, stranger] = landStory([
      WORDING,
      WORDING,
      `${WORDING.replaceAll(' ', '  ')}`,
      WORDING.replace('malam tadi', 'tadi pagi'),
      'Jadwal kerja bakti kampung rekaan dipindah ke hari Minggu depan',
    ]);
    const { wordings, beyond } = nearItems(ports, ani, own!);
    expect(beyond).toBe(0);
    expect(wordings).toHaveLength(2);
    expect(wordings[0]).toMatchObject({ free: [copy, spaced], held: [], settled: [] });
    expect(wordings[0]?.parts.every(({ is }) => is === 'same')).toBe(true);
    expect(wordings[1]).toMatchObject({ free: [other] });
    const parts = (is: string) =>
      wordings[1]?.parts.flatMap((part) => (part.is === is ? [part.text.trim()] : []));
    expect([parts('removed'), parts('added')]).toEqual([['malam'], ['pagi']]);
    expect(wordings.flatMap(({ free }) => free)).not.toContain(stranger);
  });

  it('say which of them somebody else has, and which are settled', () => {
    const [own, free, held, settled] = landStory([WORDING, WORDING, WORDING, WORDING]);
    claimItems(ports, budi, [held!]);
    claimItems(ports, ani, [settled!]);
    decide(ports, ani, { items: [settled!], outcome: outOfScope });
    expect(nearItems(ports, ani, own!).wordings).toMatchObject([
      { free: [free], held: [held], settled: [settled] },
    ]);
    rig.clock.advance(CLAIM_MS + 1);
    expect(nearItems(ports, ani, own!).wordings).toMatchObject([{ free: [free, held], held: [] }]);
  });

  it('are those of the reader’s own units alone', () => {
    const [own] = landStory([WORDING, WORDING], '91');
    expect(() => nearItems(ports, resor, own!)).toThrow(DeskRefusal);
    rig.store.desk.atomically(() =>
      rig.store.desk.reviews.append(
        {
          item: own!,
          actor: '1',
          act: { kind: 'handed-over', unit: 'polda-b' },
          state: 'open',
          stage: 'new',
        },
        rig.clock.now(),
      ),
    );
    expect(nearItems(ports, resor, own!).wordings).toEqual([]);
  });

  it('are read in the queue by their narrative', () => {
    const items = landStory([
      WORDING,
      WORDING,
      WORDING,
      'Jadwal kerja bakti kampung rekaan dipindah ke Minggu',
    ]);
    const story = ports.narratives.near(items[0]!).length;
    expect(story).toBe(2);
    const id = rig.store.stories.storyItem(items[0]!)?.story ?? '';
    const page = rig.store.desk.queue.page({ scope: 'all', limit: 10, stories: [id] }, rig.clock.now());
    expect(page.entries.map(({ number }) => number).toSorted()).toEqual(items.slice(0, 3));
    const searched = rig.store.desk.queue.page(
      { scope: 'all', limit: 10, stories: [id], text: 'kerja bakti' },
      rig.clock.now(),
    );
    expect(searched.entries).toEqual([]);
    expect(
      rig.store.desk.queue.count({ scope: 'all', stories: [id], state: 'closed' }, rig.clock.now()).n,
    ).toBe(0);
  });
});

describe('one decision for all of them', () => {
  it('leaves out what cannot be decided and names it, decides the rest, and is undone as a whole', () => {
    const [own, free, held, settled, asked] = landStory([WORDING, WORDING, WORDING, WORDING, WORDING]);
    claimItems(ports, ani, [settled!, asked!]);
    decide(ports, ani, { items: [settled!], outcome: outOfScope });
    decide(ports, ani, { items: [asked!], outcome: { kind: 'second-opinion' } });
    claimItems(ports, ani, [own!]);
    claimItems(ports, budi, [held!]);
    const request = {
      items: [own!, free!, held!, settled!, asked!, 999],
      outcome: outOfScope,
      leaveOut: true,
      key: 'sekali-saja',
    };
    const answer = decide(ports, ani, request);
    expect(answer.items.map(({ number }) => number)).toEqual([own, free]);
    expect(answer.leftOut).toEqual([
      { number: held, why: 'held' },
      { number: settled, why: 'not-open' },
      { number: asked, why: 'same-person' },
      { number: 999, why: 'no-item' },
    ]);
    expect([own, free, held, asked].map((item) => stateOf(item!))).toEqual([
      'closed',
      'closed',
      'open',
      'open',
    ]);
    expect(decide(ports, ani, request)).toEqual({ ...answer, repeated: true });
    undo(ports, ani, { items: answer.items.map(({ number }) => number) });
    expect([own, free].map((item) => stateOf(item!))).toEqual(['open', 'open']);
  });

  it('never leaves the item itself out', () => {
    const [own, free] = landStory([WORDING, WORDING]);
    claimItems(ports, budi, [own!]);
    expect(() => decide(ports, ani, { items: [own!, free!], outcome: outOfScope, leaveOut: true })).toThrow(
      /held by somebody else/,
    );
    expect(stateOf(free!)).toBe('open');
  });
});
