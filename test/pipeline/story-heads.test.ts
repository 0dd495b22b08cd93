import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import type { NarrativeRow } from '../../src/core/narrative-ports.js';
import { mergeNarratives, renameNarrative, splitNarrative } from '../../src/pipeline/edit-narratives.js';
import { createHeadFiller } from '../../src/pipeline/fill-heads.js';
import { atOnce } from '../../src/pipeline/group-loop.js';
import { createNarrativeReader } from '../../src/pipeline/read-narratives.js';
import { createStoryRig, STORY_BEGIN, type StoryRig } from '../support/landed-stories.js';

/** What lists show is kept apart from all that is known of a story: it is the same as counted anew, whatever happened. */

const HOUR = 3_600_000;
const TEXTS = [
  'Gudang beras Wanasejuk ambruk semalam, puluhan karung hilang dibawa truk misterius',
  'Heboh truk misterius mengangkut karung dari gudang beras Wanasejuk yang ambruk',
  'Jembatan Kalibintang retak parah sesudah banjir bandang menerjang kampung nelayan',
  'Sumur desa Ranumaja keruh sejak pabrik cat Warnadipa membuang limbah malam-malam',
];
const humas = { user: 1, role: 'humas', unit: 'mabes' } as const;

type Step =
  | { is: 'land'; text: number; posts: number; hour: number; flagged: boolean; claim: boolean }
  | { is: 'group'; hours: number }
  | { is: 'hold' | 'reopen' | 'rename' | 'merge' | 'split' }
  | { is: 'erase'; post: number };

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record<Step & { is: 'land' }>({
        is: fc.constant('land'),
        text: fc.nat({ max: TEXTS.length - 1 }),
        posts: fc.integer({ min: 1, max: 12 }),
        hour: fc.nat({ max: 60 }),
        flagged: fc.boolean(),
        claim: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record<Step & { is: 'group' }>({ is: fc.constant('group'), hours: fc.nat(30) }),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Step>(
        { is: 'hold' },
        { is: 'reopen' },
        { is: 'rename' },
        { is: 'merge' },
        { is: 'split' },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record<Step & { is: 'erase' }>({ is: fc.constant('erase'), post: fc.nat(40) }),
    },
  ),
  { minLength: 2, maxLength: 14 },
);

function take(rig: StoryRig, step: Step, nextId: () => number): void {
  const ports = {
    store: rig.store().desk,
    clock: rig.clock,
    narratives: rig.reader(),
    edits: rig.store().narrativeEdits,
  };
  const [first, second] = ports.narratives.listNarratives({ limit: 2 });
  switch (step.is) {
    case 'land':
      rig.land(
        step.flagged,
        Array.from({ length: step.posts }, () => {
          const n = nextId();
          const at = STORY_BEGIN + step.hour * HOUR + n * 1_000;
          const claim = step.claim ? { claim: 'https://cek.example/1' } : {};
          return { id: `p${n}`, text: TEXTS[step.text]!, author: `a${n % 17}`, at, ...claim };
        }),
      );
      return;
    case 'group':
      rig.group(step.hours);
      return;
    case 'hold':
      rig.hold();
      return;
    case 'reopen':
      rig.reopen();
      return;
    case 'rename':
      if (first !== undefined) renameNarrative(ports, humas, { narrative: first.id, title: 'Kabar gudang' });
      return;
    case 'merge':
      if (first !== undefined && second !== undefined)
        mergeNarratives(ports, humas, { narrative: first.id, into: second.id });
      return;
    case 'split': {
      const items = [...(first === undefined ? [] : ports.narratives.narrativeMembers(first.id))];
      const [item] = items.flatMap((member) => member.item ?? []);
      if (first !== undefined && item !== undefined)
        splitNarrative(ports, humas, { narrative: first.id, items: [item] });
      return;
    }
    case 'erase':
      rig.store().erasures.erase(`rekaan:p${step.post}`, { cases: false }, rig.clock.now());
  }
}

/** Without what is kept for lists. */
function recounted(rig: StoryRig): readonly NarrativeRow[] {
  const { stories, counted } = rig.store();
  const facts = {
    ...stories,
    head: () => undefined,
    stories: (query: Parameters<typeof stories.stories>[0]) =>
      stories.stories(query).map(({ id, lastHour }) => ({ id, lastHour })),
  };
  return createNarrativeReader(facts, counted).listStories({ limit: 100 });
}

/** What pages look at before they show some, made into what lists show. */
function lookedAt(rig: StoryRig): readonly object[] {
  return [...rig.reader().lookThrough()].map((glance) => ({
    ...{ id: glance.id, title: glance.title(), life: glance.life(), posts: glance.posts },
    seen: [glance.first, glance.last].map((seconds) => new Date(seconds * 1000).toISOString()),
    hours: Object.entries(glance.hours),
    ...{ claims: glance.claims(), places: glance.places(), bursts: glance.bursts(), row: glance.row() },
  }));
}

function listed(rig: StoryRig): readonly object[] {
  return recounted(rig).map((row) => {
    const { id, title, life, posts, firstSeen, lastSeen, bursts } = row.narrative;
    const hours = row.hours.map(({ hour, posts: n, flagged }) => [
      String(Date.parse(hour) / HOUR),
      [n, flagged],
    ]);
    const { claims, places } = row;
    return { id, title, life, posts, seen: [firstSeen, lastSeen], hours, claims, places, bursts, row };
  });
}

describe('a list of narratives', () => {
  it('is what all that is known of each comes to, after any steps', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const rig = createStoryRig(20);
        try {
          let n = 0;
          for (const step of taken) {
            try {
              take(rig, step, () => n++);
            } catch (error) {
              // What may not be done to a story changes nothing.
              if (!(error instanceof DeskRefusal)) throw error;
            }
            expect(rig.reader().listStories({ limit: 100 })).toEqual(recounted(rig));
            expect(lookedAt(rig)).toEqual(listed(rig));
          }
          rig.group(2);
          expect(rig.reader().listStories({ limit: 100 })).toEqual(recounted(rig));
        } finally {
          rig.remove();
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('keeps a head for every story that it shows', () => {
    const rig = createStoryRig();
    try {
      const post = (i: number) => ({ id: `p${i}`, text: TEXTS[0]!, author: `a${i}`, at: STORY_BEGIN + i });
      rig.land(
        false,
        Array.from({ length: 5 }, (_, i) => post(i)),
      );
      rig.group();
      const { stories } = rig.store();
      const listed = () => stories.stories({ leastPosts: 1, limit: 10 });
      expect(listed().map(({ head }) => typeof head)).toEqual(['string']);
      rig.group(3);
      expect(listed().map(({ head }) => typeof head)).toEqual(['string']);
      expect(JSON.parse(listed()[0]!.head!)).toMatchObject({ posts: 5, authors: 5 });
    } finally {
      rig.remove();
    }
  });

  it('makes heads for stories that were kept before there were any', () => {
    const rig = createStoryRig();
    try {
      for (const [text, flagged] of [
        [0, true],
        [2, false],
      ] as const) {
        const post = (i: number) => ({
          id: `p${text}-${i}`,
          text: TEXTS[text]!,
          author: `a${i}`,
          at: STORY_BEGIN + i,
        });
        rig.land(
          flagged,
          Array.from({ length: 5 }, (_, i) => post(i)),
        );
        // The second is of an hour that is still open.
        rig.group(flagged ? 3 : 0);
      }
      const before = rig.reader().listStories({ limit: 10 });
      expect(before).toHaveLength(2);
      const heads = (): readonly unknown[] => {
        const db = new Database(join(rig.home, 'ronda.db'));
        const rows = db.prepare('SELECT * FROM narrative_heads ORDER BY story').all();
        db.close();
        return rows;
      };
      const kept = heads();
      const db = new Database(join(rig.home, 'ronda.db'));
      db.exec('DELETE FROM narrative_heads');
      db.close();
      const filler = createHeadFiller(rig.store().heads);
      atOnce(filler.close(false));
      expect(heads()).toEqual([]);
      expect(rig.reader().listStories({ limit: 10 })).toEqual(before);
      atOnce(filler.close(true));
      expect(heads()).toEqual(kept);
      expect(rig.reader().listStories({ limit: 10 })).toEqual(before);
    } finally {
      rig.remove();
    }
  });
});
