import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRINT_BYTES } from '../../src/core/print.js';
import { createStoryRig, type SaidPost, STORY_BEGIN, type StoryRig } from '../support/landed-stories.js';

/** What is forgotten leaves narratives too: words, texts, rows of hashes, memory. Texts and people are invented. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TEXT = 'Gudang beras Wanasejuk ambruk semalam, puluhan karung hilang dibawa truk misterius';
const OTHER = 'Jembatan Kalibintang retak parah sesudah banjir bandang menerjang kampung nelayan';

let rig: StoryRig;
beforeEach(() => {
  rig = createStoryRig();
});
afterEach(() => rig.remove());

const post = (n: number, text = TEXT, more: Partial<SaidPost> = {}): SaidPost => ({
  id: `kiriman-${n}`,
  text,
  author: `penulis-${n}`,
  at: STORY_BEGIN + n * 60_000,
  url: `https://forum.example/t/${n}`,
  ...more,
});
const posts = (from: number, to: number, text = TEXT): SaidPost[] =>
  Array.from({ length: to - from }, (_, i) => post(from + i, text));

/** Rows of fingerprints in the files. */
function rows(): number {
  const db = new Database(join(rig.home, 'ronda.db'), { readonly: true });
  const sum = db
    .prepare<[], number>(
      `SELECT coalesce(sum(length(rows)), 0) / ${PRINT_BYTES} FROM
       (SELECT rows FROM print_log UNION ALL SELECT rows FROM print_hours)`,
    )
    .pluck()
    .get();
  db.close();
  return sum ?? 0;
}
const erase = (named: string): void => {
  rig.store().erasures.erase(named, { cases: false }, rig.clock.now());
  rig.store().erasures.truncateLog();
};
const withdraw = (...ids: string[]): void => {
  const toldAt = new Date(rig.clock.now()).toISOString();
  rig.landBatch({ withdrawn: { toldAt, posts: ids.map((id) => ({ id, at: toldAt })) } });
  rig.store().erasures.truncateLog();
};
const titles = (): string[] =>
  rig
    .reader()
    .listNarratives({ limit: 10 })
    .map(({ title }) => title);

describe.each([
  ['in an open hour', 0],
  ['in a closed hour', 3],
])('the words of flagged posts, %s', (_, hours) => {
  beforeEach(() => {
    rig.land(true, posts(1, 2));
    rig.land(false, posts(2, 5));
    rig.group(hours);
  });

  it('go when the post is erased, and do not come back', () => {
    expect(titles().join()).toContain('karung');
    expect(rig.onDisk()).toContain('karung');
    expect(rows()).toBe(4);
    erase('https://forum.example/t/1');
    expect(rig.onDisk()).not.toMatch(/wanasejuk|karung|misterius/i);
    expect(rows()).toBe(3);
    // The process that groups had them in its memory.
    rig.land(false, [post(15, TEXT, { at: rig.clock.now() })]);
    rig.group(3);
    rig.land(false, [post(16, TEXT, { at: rig.clock.now() })]);
    rig.group(3);
    expect(rig.onDisk()).not.toMatch(/wanasejuk|karung|misterius/i);
    expect(titles()).toEqual(['']);
    expect(rig.reader().listNarratives({ limit: 1 })[0]!.posts).toBeGreaterThanOrEqual(5);
  });

  it('go when the place withdraws the post', () => {
    withdraw('rekaan:kiriman-1');
    rig.group(3);
    expect(rig.onDisk()).not.toMatch(/wanasejuk|karung|misterius/i);
    expect(titles()).toEqual(['']);
  });

  it('go when the time of the item is over', async () => {
    const { reviews } = rig.store().desk;
    const act = { kind: 'decided', verdict: { kind: 'out-of-scope' } } as const;
    reviews.append({ item: 1, actor: '7', act, state: 'closed', stage: 'decided' }, STORY_BEGIN);
    await rig.store().purge(STORY_BEGIN + 31 * DAY);
    rig.store().erasures.truncateLog();
    expect(rig.onDisk()).not.toMatch(/wanasejuk|karung|misterius/i);
    expect(titles()).toEqual(['']);
  });

  it('stay while another flagged post stands for them', () => {
    rig.land(true, [post(9)]);
    rig.group();
    erase('rekaan:kiriman-1');
    rig.group(3);
    expect(titles().join()).toContain('karung');
    erase('rekaan:kiriman-9');
    expect(titles()).toEqual(['']);
  });

  it('stay where ten authors share them', () => {
    rig.land(false, posts(10, 20));
    rig.group(3);
    erase('rekaan:kiriman-1');
    expect(titles().join()).toContain('karung');
  });

  it('leave other stories alone', () => {
    rig.land(true, posts(30, 33, OTHER));
    rig.group(3);
    erase('rekaan:kiriman-1');
    expect(titles().sort()).toEqual(['', expect.stringContaining('kalibintang')]);
  });
});

describe('what is kept of unflagged posts', () => {
  it('is no word and no text while fewer than ten authors share it', () => {
    rig.land(false, posts(1, 10));
    rig.land(false, [post(40, TEXT, { author: 'penulis-3' })]);
    rig.group(3);
    expect(rig.onDisk()).not.toMatch(/wanasejuk|karung|penulis-|kiriman-|forum\.example/i);
    expect(rig.reader().listNarratives({ limit: 1 })[0]).toMatchObject({ posts: 10, authors: 9, title: '' });
  });

  it('is one text without names, once ten share it, for a time of its own', async () => {
    const named = `${TEXT} kata @saksi_mata di https://berita.example/a telp 081234567890`;
    rig.land(false, posts(1, 12, named));
    rig.group();
    const [id] = rig
      .reader()
      .listNarratives({ limit: 1 })
      .map((each) => each.id);
    expect(rig.reader().narrativeDetail(id!)?.exemplar?.text).toContain('Wanasejuk');
    rig.group(3);
    const { exemplar } = rig.reader().narrativeDetail(id!)!;
    expect(exemplar!.text).toContain('Wanasejuk ambruk');
    expect(exemplar!.text).not.toMatch(/saksi|berita\.example|0812/);
    expect(rig.onDisk()).not.toMatch(/saksi_mata|berita\.example|081234/);
    await rig.store().purge(rig.clock.now() + 29 * DAY);
    expect(rig.reader().narrativeDetail(id!)?.exemplar).toBeDefined();
    await rig.store().purge(rig.clock.now() + 31 * DAY);
    expect(rig.reader().narrativeDetail(id!)?.exemplar).toBeUndefined();
    rig.store().erasures.truncateLog();
    expect(rig.onDisk()).not.toContain('ambruk semalam');
  });

  it.each([
    ['by its link', (n: number) => `https://forum.example/t/${n}`],
    ['by its id', (n: number) => `rekaan:kiriman-${n}`],
  ])('is without a post that was erased %s, its text too', (_, named) => {
    rig.land(false, posts(1, 12));
    rig.group(3);
    const text = () =>
      rig.reader().narrativeDetail(rig.reader().listNarratives({ limit: 1 })[0]!.id)?.exemplar?.text;
    expect(text()).toBeDefined();
    // Whichever it was that stands for all.
    for (let n = 1; n < 12; n++) erase(named(n));
    expect(text()).toBeUndefined();
    expect(rig.onDisk()).not.toContain('ambruk semalam');
  });

  it('is without the row of a post that was withdrawn or erased by its id', () => {
    rig.land(false, posts(1, 6));
    rig.group(3);
    withdraw('rekaan:kiriman-2', 'rekaan:tak-pernah-ada');
    rig.group(3);
    expect(rows()).toBe(4);
    erase('rekaan:kiriman-3');
    expect(rows()).toBe(3);
    expect([...rig.reader().narrativeMembers(rig.reader().listNarratives({ limit: 1 })[0]!.id)]).toHaveLength(
      3,
    );
  });

  it('loses its hashes when the window is over, and keeps its numbers', async () => {
    rig.land(false, posts(1, 8));
    rig.land(true, posts(8, 12));
    rig.group(3);
    const before = rig.reader().listNarratives({ limit: 1 })[0]!;
    await rig.store().purge(rig.clock.now() + 8 * DAY);
    expect(rows()).toBe(0);
    const db = new Database(join(rig.home, 'ronda.db'), { readonly: true });
    const facts = db.prepare<[], string>('SELECT facts FROM narratives').pluck().get()!;
    db.close();
    // Whatever is left of authors is empty days.
    expect(facts).toContain('"days":{}');
    expect(facts).not.toMatch(/"days":\{"/);
    expect(rig.reader().listNarratives({ limit: 1 })[0]).toEqual(before);
  });

  it('goes as well when the window moves on with what is posted', () => {
    rig.land(false, posts(1, 8));
    rig.group(3);
    rig.land(false, [post(50, TEXT, { at: STORY_BEGIN + 9 * DAY })]);
    rig.group(3);
    rig.land(false, [post(51, TEXT, { at: STORY_BEGIN + 10 * DAY })]);
    rig.group(3);
    expect(rows()).toBe(2);
  });
});

it('what another process erased leaves the memory of the one that groups before it writes', () => {
  rig.land(true, posts(1, 2));
  rig.land(false, posts(2, 5));
  rig.group(3);
  rig.land(false, [post(7, TEXT, { at: rig.clock.now() })]);
  const { narratives } = rig.store();
  // As if it were erased between what is found and what is kept of it.
  const found = { at: 0, goneTo: narratives.lastGone() };
  const nothing = {
    hour: 0,
    prints: { words: new Uint32Array(), count: 0 },
    upTo: 0,
    wordings: [],
    joined: [],
  };
  const writes = [
    () => narratives.closePart({ ...found, ...nothing, facts: [], items: [], exemplars: [] }),
    () => narratives.saveFacts([], found),
    () => narratives.showOpen([], [], found),
    () => narratives.endOpen([], [], found),
  ];
  for (const write of writes) expect(write()).toBe(true);
  erase('rekaan:kiriman-1');
  for (const write of writes) expect(write()).toBe(false);
  rig.group(3);
  expect(rig.onDisk()).not.toMatch(/wanasejuk/i);
});

it('a word goes with the flagged post that it is told by, where that turns out to be of another story', () => {
  rig.land(true, posts(1, 3));
  rig.land(false, posts(3, 6));
  rig.group(3);
  const { narratives, stories } = rig.store();
  const [number = 0, second = 0] = rig
    .store()
    .listItems({ limit: 2 })
    .map((item) => item.number);
  const { story } = stories.storyItem(number)!;
  const moved = (item: number) => ({ ...stories.storyItem(item)!, story: 'f'.repeat(16) });
  const found = { at: 0, goneTo: narratives.lastGone() };
  expect(narratives.showOpen([], [moved(number)], found)).toBe(true);
  // The other one has it still.
  expect([...stories.words(story, false).values()].join()).toContain('karung');
  narratives.showOpen([], [moved(second)], found);
  expect(stories.words(story, false).size).toBe(0);
});
