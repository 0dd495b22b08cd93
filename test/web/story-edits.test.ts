import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';
import { tellStories } from '../support/told-stories.js';

/** What humas do to narratives by the forms of their pages. */

let rig: DeskAppRig;
let humas: Person;
let ids: string[];

beforeEach(() => {
  rig = deskAppRig();
  tellStories(rig.store, rig.clock);
  humas = rig.person('humas');
  ids = rig.app.narratives.listNarratives({ limit: 10 }).map(({ id }) => id);
});
afterEach(() => {
  expect(rig.reported).toEqual([]);
  rig.close();
});

const at = (id: string | undefined): string => `/narratives/${id}`;
/** The page that a form leads to. */
async function follow(response: Response) {
  expect(response.status).toBe(303);
  const address = response.headers.get('location') ?? '';
  const page = await rig.get(address, humas);
  expect(page.status).toBe(200);
  return { address, $: load(await page.text()) };
}
async function shownAgain(response: Response) {
  expect(response.status).toBe(422);
  return load(await response.text());
}
const ANSWER = {
  url: 'https://humas.example/klarifikasi/1',
  at: '2026-11-22T09:30',
  channel: 'Siaran pers',
  note: 'Jembatan utuh; foto terlampir.',
};

describe('a clarification', () => {
  it('is noted in the unit’s own time, shown with the posts before and after, and taken back', async () => {
    const { $ } = await follow(await rig.post(`${at(ids[0])}/clarify`, ANSWER, humas));
    expect($('[role=status]').text()).not.toBe('');
    const [noted] = rig.app.narratives.narrativeDetail(ids[0] ?? '')?.clarifications ?? [];
    // 09.30 WIB
    expect(noted).toMatchObject({
      at: '2026-11-22T02:30:00.000Z',
      channel: 'Siaran pers',
      by: humas.user.name,
    });
    const answer = $('li.noted').first();
    expect(answer.text()).toContain('Siaran pers');
    expect(answer.text()).toMatch(/\d+ unggahan dalam 24 jam sebelumnya; sejauh ini \d+ sesudahnya/);
    expect(answer.find('a').attr('rel')).toContain('noreferrer');
    expect($('ol.marks').text()).toContain('Siaran pers');
    const undone = await follow(
      await rig.post(`${at(ids[0])}/clarifications/${noted?.id}/remove`, {}, humas),
    );
    expect(undone.$('li.noted').length).toBe(0);
  });

  it('with a very long address is shown by its begin, and leads to all of it', async () => {
    const url = `https://humas.example/${'rilis-'.repeat(60)}1`;
    const { $ } = await follow(await rig.post(`${at(ids[0])}/clarify`, { ...ANSWER, url }, humas));
    const link = $('li.noted a').first();
    expect(link.attr('href')).toBe(url);
    expect(link.text().length).toBeLessThan(130);
  });

  it('of long before is told beneath the curve, which shows the story alone', async () => {
    const { $ } = await follow(
      await rig.post(`${at(ids[0])}/clarify`, { ...ANSWER, at: '2026-09-01T09:30' }, humas),
    );
    expect($('ol.marks li.answer').text()).toContain('1 Sep 2026');
    expect($('figure.plot figcaption').first().text()).toContain('per jam');
  });

  it.each([
    ['no link', { url: 'bukan tautan' }],
    ['a link that runs something', { url: 'javascript:alert(1)' }],
    ['no time', { at: 'kemarin' }],
    ['a day that there is not', { at: '2025-02-30T10:00' }],
    ['a time to come', { at: '2031-01-01T00:00' }],
    ['no channel', { channel: ' ' }],
    ['a note without end', { note: 'x'.repeat(2_000) }],
  ])('with %s is refused, and what was written is still there', async (_, wrong) => {
    const given = { ...ANSWER, ...wrong };
    const $ = await shownAgain(await rig.post(`${at(ids[0])}/clarify`, given, humas));
    expect($('#clarify [role=alert]').length).toBe(1);
    expect($('#answer-url').attr('value')).toBe(given.url.trim());
    expect($('#answer-note').text().trim()).toBe(given.note);
    expect(rig.app.narratives.narrativeDetail(ids[0] ?? '')?.clarifications).toEqual([]);
  });
});

describe('a title', () => {
  it('is given and taken back', async () => {
    const before = rig.app.narratives.narrative(ids[0] ?? '')?.title;
    const { $ } = await follow(await rig.post(`${at(ids[0])}/rename`, { title: 'Kabar jembatan' }, humas));
    expect($('h1').text().trim()).toBe('Kabar jembatan');
    const again = await follow(await rig.post(`${at(ids[0])}/rename`, { title: '' }, humas));
    expect(again.$('h1').text().trim()).toBe(before);
  });

  it('that names an account is refused', async () => {
    const $ = await shownAgain(await rig.post(`${at(ids[0])}/rename`, { title: 'Ulah @akun_rekaan' }, humas));
    expect($('#edit[open] [role=alert]').text()).toContain('Judul');
    expect($('#edit-title').attr('value')).toBe('Ulah @akun_rekaan');
  });
});

describe('two narratives', () => {
  it('become one, by id or address, and the one page shows both', async () => {
    const address = `http://127.0.0.1/narratives/${ids[0]}?x=1`;
    const { address: to, $ } = await follow(await rig.post(`${at(ids[1])}/merge`, { into: address }, humas));
    expect(to).toContain(ids[0]);
    expect($('.headlines dd').first().text()).toBe('30');
    expect(rig.app.narratives.listNarratives({ limit: 10 })).toHaveLength(1);
    const old = await rig.get(at(ids[1]), humas);
    expect(
      load(await old.text())('.headlines dd')
        .first()
        .text(),
    ).toBe('30');
  });

  it.each([
    ['itself', () => ids[0]],
    ['none', () => '0000000000000000'],
    ['nothing', () => ''],
  ])('are not made one with %s', async (_, into) => {
    const $ = await shownAgain(await rig.post(`${at(ids[0])}/merge`, { into: into() ?? '' }, humas));
    expect($('#edit [role=alert]').text()).not.toBe('');
    expect(rig.app.narratives.listNarratives({ limit: 10 })).toHaveLength(2);
  });
});

describe('wordings', () => {
  it('become a narrative of their own', async () => {
    const wordings = rig.app.narratives.narrativeDetail(ids[0] ?? '')?.variants ?? [];
    expect(wordings.length).toBeGreaterThan(1);
    const last = wordings.at(-1);
    const form = { wording: last?.wording ?? '' };
    const { address, $ } = await follow(await rig.post(`${at(ids[0])}/split`, form, humas));
    expect(address).not.toContain(ids[0]);
    expect($('.headlines dd').first().text()).toBe(String(last?.posts));
  });

  it('are not all taken out, nor none', async () => {
    const $ = await shownAgain(await rig.post(`${at(ids[0])}/split`, {}, humas));
    expect($('#edit[open] [role=alert]').length).toBe(1);
  });
});

it('is for those with the right alone: others see no form', async () => {
  for (const role of ['officer', 'auditor'] as const) {
    const page = load(await (await rig.get(at(ids[0]), rig.person(role))).text());
    expect(page('form[method=post][action^="/narratives"]').length).toBe(0);
    const refused = await rig.post(`${at(ids[0])}/rename`, { title: 'Lain' }, rig.person(role));
    expect(refused.status).toBe(403);
  }
});
