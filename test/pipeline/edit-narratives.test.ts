import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeskRefusal } from '../../src/core/desk-refusal.js';
import type { Actor } from '../../src/core/user.js';
import {
  type EditPorts,
  mergeNarratives,
  noteClarification,
  removeClarification,
  renameNarrative,
  splitNarrative,
} from '../../src/pipeline/edit-narratives.js';
import { fingerprintOf } from '../../src/pipeline/score.js';
import { createStoryRig, type SaidPost, STORY_BEGIN, type StoryRig } from '../support/landed-stories.js';
import { landedPost } from '../support/scored.js';

/** What people do to narratives, and what pages are told of one. Texts and people are invented. */

const HOUR = 3_600_000;
const BARN = 'Gudang beras Wanasejuk ambruk semalam, puluhan karung hilang dibawa truk misterius';
const BARN_AGAIN = 'Heboh truk misterius mengangkut karung dari gudang beras Wanasejuk yang ambruk';
const BRIDGE = 'Jembatan Kalibintang retak parah sesudah banjir bandang menerjang kampung nelayan';

const humas: Actor = { user: 1, role: 'humas', unit: 'mabes' };
const officer: Actor = { user: 2, role: 'officer', unit: 'mabes' };

let rig: StoryRig;
beforeEach(() => {
  rig = createStoryRig();
});
afterEach(() => rig.remove());

let n = 0;
const said = (times: number, text: string, hour: number, more: Partial<SaidPost> = {}): SaidPost[] =>
  Array.from({ length: times }, () => {
    n += 1;
    return {
      id: `p${n}`,
      text,
      author: `penulis-${n}`,
      at: STORY_BEGIN + hour * HOUR + (n % 60) * 1_000,
      ...more,
    };
  });
const ports = (): EditPorts => ({
  store: rig.store().desk,
  clock: rig.clock,
  narratives: rig.reader(),
  edits: rig.store().narrativeEdits,
});
const idOf = (word: string): string => {
  const found = rig
    .reader()
    .listNarratives({ limit: 100 })
    .find(({ title }) => title.includes(word));
  if (found === undefined) throw new Error(`no narrative of ${word}`);
  return found.id;
};
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as DeskRefusal).kind;
  }
  return 'done';
};
const members = (id: string): string[] =>
  [...rig.reader().narrativeMembers(id)].map((member) => member.id).sort();

/** Two stories, the first in two wordings. */
function tell(): void {
  rig.land(true, [...said(4, BARN, 0), ...said(3, BARN_AGAIN, 1), ...said(5, BRIDGE, 1)]);
  rig.group(4);
}

describe('a narrative', () => {
  it('was seen at the places that its rows name, up to a number of names', () => {
    rig.land(true, [
      ...said(3, BARN, 0, { place: 'kanal-satu' }),
      ...said(3, BARN, 1, { place: 'kanal-dua' }),
    ]);
    rig.land(
      false,
      Array.from({ length: 1_100 }, (_, at) => said(1, BRIDGE, 0, { place: `kanal-${at + 3}` })).flat(),
    );
    rig.land(false, said(1, BARN, 2, { place: 'kanal-terlalu-banyak' }), 'forum');
    rig.group(4);
    const detail = rig.reader().narrativeDetail(idOf('karung'))!;
    expect(detail.sources.map(({ source }) => source)).toEqual(['kanal-satu', 'kanal-dua', 'forum']);
  });

  it('is told whole: terms, hashtags, hosts, fact-checks, places, sources, wordings', () => {
    const tagged = { hashtags: ['wanasejuk'], domains: ['kabar.example'] };
    rig.land(
      true,
      said(3, BARN, 0, { ...tagged, claim: 'https://cek.example/salah/gudang-wanasejuk-ambruk' }),
    );
    rig.land(false, said(12, BARN, 1, { ...tagged, region: '32.73' }), 'forum');
    rig.land(true, said(2, `${BARN_AGAIN} kata @saksi_mata`, 2, { region: '31' }));
    rig.group(4);
    const detail = rig.reader().narrativeDetail(idOf('karung'))!;
    expect(detail.narrative).toMatchObject({ posts: 17, flagged: 5, authors: 17, variants: 2 });
    expect(detail.terms.map(({ text }) => text)).toEqual(expect.arrayContaining(['wanasejuk', 'karung']));
    expect(detail.terms.map(({ text }) => text).join(' ')).not.toContain('cek.example');
    expect(detail.hashtags).toEqual([{ text: 'wanasejuk', posts: 15 }]);
    expect(detail.domains).toEqual([{ text: 'kabar.example', posts: 15 }]);
    expect(detail.claims).toEqual([{ id: 'https://cek.example/salah/gudang-wanasejuk-ambruk', posts: 3 }]);
    expect(detail.places.map(({ region, posts }) => [region, posts])).toEqual([
      ['unknown', 3],
      ['32.73', 12],
      ['31', 2],
    ]);
    expect(detail.sources.map(({ source }) => source)).toEqual(['warung', 'forum']);
    expect(detail.variants.map(({ posts }) => posts)).toEqual([15, 2]);
    expect(detail.variants[0]!.text).toBe(BARN);
    expect(detail.variants[1]!.text).toBe(`${BARN_AGAIN} kata @…`);
    expect(detail.exemplar?.text).toBe(BARN);
    expect(detail.clarifications).toEqual([]);
    expect(JSON.stringify(detail)).not.toMatch(/penulis|saksi_mata/);
  });

  it('that there is not is undefined everywhere', () => {
    const reader = rig.reader();
    expect(reader.narrativeDetail('0123456789abcdef')).toBeUndefined();
    expect(reader.narrative('')).toBeUndefined();
    expect(reader.narrativeDetail('tak-ada')).toBeUndefined();
    expect([...reader.narrativeMembers('tak-ada')]).toEqual([]);
    expect(reader.listNarratives({ limit: 10, before: 'tak-ada' })).toEqual([]);
  });
});

describe('a name', () => {
  it('stays with the story whatever comes, and can be given back', () => {
    tell();
    const id = idOf('karung');
    expect(renameNarrative(ports(), humas, { narrative: id, title: '  Gudang\n Wanasejuk ' }).title).toBe(
      'Gudang Wanasejuk',
    );
    rig.land(true, said(4, `${BARN} sekali lagi`, 6));
    rig.group(3);
    rig.reopen();
    expect(rig.reader().narrative(id)).toMatchObject({ title: 'Gudang Wanasejuk', posts: 11 });
    renameNarrative(ports(), humas, { narrative: id, title: '' });
    expect(rig.reader().narrative(id)!.title).toContain('karung');
  });

  it.each([
    ['an account', 'kelakuan @saksi_mata'],
    ['a link', 'lihat https://forum.example/u/1'],
    ['a telephone', 'hubungi 081234567890'],
    ['too much', 'panjang '.repeat(30)],
  ])('with %s is refused', (_, title) => {
    tell();
    expect(refusal(() => renameNarrative(ports(), humas, { narrative: idOf('karung'), title }))).toBe(
      'bad-title',
    );
  });
});

describe('narratives that are made one', () => {
  it('keep what a person called either of them', () => {
    tell();
    const [barn, bridge] = [idOf('karung'), idOf('kalibintang')];
    renameNarrative(ports(), humas, { narrative: bridge, title: 'Kabar rekaan' });
    expect(mergeNarratives(ports(), humas, { narrative: bridge, into: barn }).title).toBe('Kabar rekaan');
    expect(renameNarrative(ports(), humas, { narrative: barn, title: 'Kabar lain' }).title).toBe(
      'Kabar lain',
    );
  });

  it('are counted, listed and told together, and stay so when either goes on', () => {
    tell();
    const [barn, bridge] = [idOf('karung'), idOf('kalibintang')];
    const all = [...members(barn), ...members(bridge)].sort();
    expect(mergeNarratives(ports(), humas, { narrative: bridge, into: barn })).toMatchObject({
      id: barn,
      posts: 12,
    });
    rig.land(true, said(2, `${BRIDGE} lagi`, 6));
    rig.group(3);
    rig.reopen();
    const reader = rig.reader();
    expect(reader.listNarratives({ limit: 10 })).toHaveLength(1);
    expect(reader.narrative(bridge)).toMatchObject({ id: barn, posts: 14 });
    expect(members(barn)).toHaveLength(all.length + 2);
    expect(reader.narrativeDetail(barn)!.variants).toHaveLength(3);
    expect(refusal(() => mergeNarratives(ports(), humas, { narrative: bridge, into: barn }))).toBe(
      'same-narrative',
    );
  });
});

describe('slurs in the texts of wordings', () => {
  it('are told with them, for readers who want them blurred, and go with the item', () => {
    const landed = ['p1', 'p2', 'p3'].map((id) => {
      const post = landedPost({
        id: `rekaan:${id}`,
        text: BARN,
        createdAt: new Date(STORY_BEGIN).toISOString(),
      });
      const fingerprint = fingerprintOf(BARN, { findings: [] });
      const [finding] = post.assessment.findings;
      const slur = { ...finding!, reason: 'slur', start: 7, end: 12, text: BARN.slice(7, 12) };
      const assessment = { ...post.assessment, findings: [finding!, slur] };
      return { ...post, assessment, ...(fingerprint === undefined ? {} : { fingerprint }) };
    });
    rig.landBatch({ landed, passed: [] });
    rig.group(3);
    const [story] = rig.reader().listNarratives({ limit: 1 });
    expect(rig.reader().narrativeDetail(story!.id)?.slurs).toEqual(['beras']);
    for (const { post } of landed) rig.store().erasures.erase(post.id, { cases: false }, rig.clock.now());
    expect(rig.reader().narrativeDetail(story!.id)).not.toHaveProperty('slurs');
  });
});

describe('wordings that are taken out', () => {
  it('are a narrative of their own, and what is left is without them', () => {
    tell();
    const id = idOf('karung');
    const items = rig.reader().narrativeDetail(id)!.variants;
    expect(items.map(({ posts }) => posts)).toEqual([4, 3]);
    const own = splitNarrative(ports(), humas, { narrative: id, items: [items[1]!.item!] });
    expect(own).toMatchObject({ posts: 3, flagged: 3, variants: 1 });
    expect(own.title).toContain('karung');
    rig.reopen();
    const reader = rig.reader();
    expect(reader.narrative(id)).toMatchObject({ posts: 4, variants: 1 });
    expect(reader.narrativeDetail(id)?.hours.map(({ posts }) => posts)).toEqual([4]);
    expect(reader.narrativeDetail(own.id)?.hours.map(({ posts }) => posts)).toEqual([3]);
    expect(members(own.id)).toHaveLength(3);
    expect(members(id)).toHaveLength(4);
    expect(reader.narrativeOf(items[1]!.item!)!.narrative.id).toBe(own.id);
    const listed = reader.listNarratives({ limit: 10 }).map((each) => each.id);
    expect(listed).toHaveLength(3);
    // A page that ends between a story and what was taken out of it goes on behind it.
    const pages: string[] = [];
    for (let before: string | undefined; pages.length < 3; before = pages.at(-1)) {
      const [next] = reader.listNarratives({ limit: 1, ...(before === undefined ? {} : { before }) });
      pages.push(next!.id);
    }
    expect(pages).toEqual(listed);
    expect(reader.listNarratives({ limit: 1, before: pages[2]! })).toEqual([]);
  });

  it('are told by no word that only flagged posts of the other part have, until enough authors share it', () => {
    rig.land(true, said(4, BARN, 0));
    rig.land(false, said(3, BARN_AGAIN, 1));
    rig.group(4);
    const id = idOf('karung');
    const split = rig
      .reader()
      .narrativeDetail(id)!
      .variants.find(({ posts }) => posts === 3)!;
    const own = splitNarrative(ports(), humas, { narrative: id, wordings: [split.wording] });
    expect(own).toMatchObject({ posts: 3, flagged: 0, title: '' });
    expect(rig.reader().narrativeDetail(own.id)!.terms).toEqual([]);
    expect(rig.reader().narrative(id)!.title).toContain('beras');
    rig.land(false, said(8, BARN_AGAIN, 6));
    rig.group(3);
    expect(rig.reader().narrative(own.id)).toMatchObject({
      flagged: 0,
      title: expect.stringContaining('karung'),
    });
  });

  it('are not told by the text that stands for the story that they were of', () => {
    rig.land(false, said(12, BARN, 0));
    rig.land(true, said(3, BARN_AGAIN, 1));
    rig.group(4);
    const id = idOf('karung');
    expect(rig.reader().narrativeDetail(id)!.exemplar?.text).toBe(BARN);
    const split = rig
      .reader()
      .narrativeDetail(id)!
      .variants.find(({ posts }) => posts === 3)!;
    const own = splitNarrative(ports(), humas, { narrative: id, wordings: [split.wording] });
    expect(rig.reader().narrativeDetail(own.id)).not.toHaveProperty('exemplar');
    expect(rig.reader().narrativeDetail(id)!.exemplar?.text).toBe(BARN);
  });

  it('have places and sources of their own, as far as they are known', () => {
    const near = { region: '32', hashtags: ['gudang'], domains: ['kabar.example'] };
    rig.land(true, said(4, BARN, 1, near), 'warung');
    rig.land(true, said(2, BARN_AGAIN, 2, { region: '35', hashtags: ['truk'] }), 'pasar');
    rig.land(false, said(1, BARN_AGAIN, 2), 'pasar');
    rig.group(6);
    const id = idOf('karung');
    const variant = rig
      .reader()
      .narrativeDetail(id)!
      .variants.find(({ posts }) => posts === 3)!;
    const own = splitNarrative(ports(), humas, { narrative: id, wordings: [variant.wording] });
    const told = (of: string) => {
      const { places, sources } = rig.reader().narrativeDetail(of)!;
      return {
        places: Object.fromEntries(places.map(({ region, posts }) => [region, posts])),
        sources: sources.map(({ source }) => source),
      };
    };
    const places = { 35: 2, unknown: 1 };
    expect(told(own.id)).toEqual({ places, sources: ['pasar'] });
    expect(told(id).places).toEqual({ 32: 4 });
    // Once fingerprints are gone, where the posts were is not known, and nothing else is made of it.
    rig.store().narratives.purgePrints({ hour: Math.floor(STORY_BEGIN / HOUR) + 100, part: 0 });
    expect(told(own.id)).toEqual({ places: { unknown: 3 }, sources: [] });
    expect(told(id).places).toEqual({ 32: 4, 35: 2, unknown: 1 });
  });

  it('can be made part of another, as a narrative can', () => {
    tell();
    const [barn, bridge] = [idOf('karung'), idOf('kalibintang')];
    const [, second] = rig.reader().narrativeDetail(barn)!.variants;
    const own = splitNarrative(ports(), humas, { narrative: barn, wordings: [second!.wording] });
    mergeNarratives(ports(), humas, { narrative: own.id, into: bridge });
    expect(rig.reader().narrative(bridge)!.posts).toBe(8);
    expect(rig.reader().narrative(barn)!.posts).toBe(4);
    // And back again.
    const back = splitNarrative(ports(), humas, { narrative: bridge, wordings: [second!.wording] });
    expect(back.posts).toBe(3);
    expect(rig.reader().narrative(bridge)!.posts).toBe(5);
    // It was taken out of both, and is one narrative: listed once, at once or page by page.
    const reader = rig.reader();
    const listed = reader.listNarratives({ limit: 10 }).map((one) => one.id);
    expect([...listed].sort()).toEqual([barn, bridge, back.id].sort());
    const pages: string[] = [];
    for (;;) {
      const before = pages.at(-1);
      const [next] = reader.listNarratives({ limit: 1, ...(before === undefined ? {} : { before }) });
      if (next === undefined || pages.length > 10) break;
      pages.push(next.id);
    }
    expect(pages).toEqual(listed);
  });

  it('must be some of its wordings, and not all', () => {
    tell();
    const id = idOf('karung');
    const wordings = rig
      .reader()
      .narrativeDetail(id)!
      .variants.map(({ wording }) => wording);
    for (const given of [{ wordings }, { wordings: [] }, { items: [999] }, { wordings: ['ffff'] }]) {
      expect(refusal(() => splitNarrative(ports(), humas, { narrative: id, ...given }))).toBe(
        'nothing-to-split',
      );
    }
  });
});

describe('a clarification', () => {
  const given = {
    at: '2026-01-05T03:30:00+07:00',
    channel: 'siaran pers',
    url: 'https://humas.example/rilis/12',
    note: 'gudang utuh',
  };

  it('is noted on a narrative, goes with it into another, and can be taken back', () => {
    tell();
    const [barn, bridge] = [idOf('karung'), idOf('kalibintang')];
    rig.clock.advance(24 * HOUR);
    const noted = noteClarification(ports(), humas, bridge, given);
    expect(noted).toMatchObject({
      at: '2026-01-04T20:30:00.000Z',
      channel: 'siaran pers',
      note: 'gudang utuh',
    });
    expect(rig.reader().narrativeDetail(bridge)!.clarifications).toEqual([noted]);
    mergeNarratives(ports(), humas, { narrative: bridge, into: barn });
    expect(rig.reader().narrativeDetail(barn)!.clarifications).toEqual([noted]);
    removeClarification(ports(), humas, noted.id);
    expect(rig.reader().narrativeDetail(barn)!.clarifications).toEqual([]);
    expect(refusal(() => removeClarification(ports(), humas, noted.id))).toBe('no-clarification');
  });

  it('is noted once, however often its form is sent', () => {
    tell();
    rig.clock.advance(24 * HOUR);
    const id = idOf('karung');
    const noted = noteClarification(ports(), humas, id, given);
    expect(noteClarification(ports(), humas, id, { ...given, note: 'dikirim lagi' })).toEqual(noted);
    const later = noteClarification(ports(), humas, id, { ...given, at: '2026-01-05T04:30:00+07:00' });
    expect(rig.reader().narrativeDetail(id)!.clarifications).toEqual([noted, later]);
  });

  it.each([
    ['without an address', { url: 'humas.example' }],
    ['with another kind of address', { url: 'javascript:alert(1)' }],
    ['with a password in it', { url: 'https://a:b@humas.example/' }],
    ['without a time', { at: 'kemarin' }],
    ['that is yet to come', { at: '2036-01-01T00:00:00Z' }],
    ['without a channel', { channel: ' ' }],
    ['with too long a note', { note: 'x'.repeat(1_001) }],
  ])('%s is refused', (_, wrong) => {
    tell();
    const id = idOf('karung');
    expect(refusal(() => noteClarification(ports(), humas, id, { ...given, ...wrong }))).toBe(
      'bad-clarification',
    );
  });
});

it('is refused to those without the right, and of narratives that there are not; done, it is in the audit chain', () => {
  tell();
  const [barn, bridge] = [idOf('karung'), idOf('kalibintang')];
  expect(refusal(() => renameNarrative(ports(), officer, { narrative: barn, title: 'x' }))).toBe('forbidden');
  expect(refusal(() => mergeNarratives(ports(), officer, { narrative: barn, into: bridge }))).toBe(
    'forbidden',
  );
  expect(refusal(() => splitNarrative(ports(), officer, { narrative: barn }))).toBe('forbidden');
  expect(refusal(() => removeClarification(ports(), officer, 1))).toBe('forbidden');
  expect(refusal(() => renameNarrative(ports(), humas, { narrative: 'tak-ada', title: 'x' }))).toBe(
    'no-narrative',
  );
  expect(refusal(() => mergeNarratives(ports(), humas, { narrative: barn, into: 'tak-ada' }))).toBe(
    'no-narrative',
  );
  expect(refusal(() => splitNarrative(ports(), humas, { narrative: 'tak-ada' }))).toBe('no-narrative');
  renameNarrative(ports(), humas, { narrative: barn, title: 'Gudang' });
  mergeNarratives(ports(), humas, { narrative: bridge, into: barn });
  const { audit } = rig.store().desk;
  expect(audit.list({ limit: 10 }).map(({ kind, subject }) => [kind, subject])).toEqual([
    ['narrative-merged', `narrative:${bridge}`],
    ['narrative-renamed', `narrative:${barn}`],
  ]);
});
