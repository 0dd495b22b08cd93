import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import type { Narrative } from '../../src/core/narrative.js';
import type { Machinery } from '../../src/pipeline/operations.js';
import { apiEndpoints } from '../../src/web/api/endpoints.js';
import { createDesk } from '../../src/web/desk.js';
import { deskRoutes } from '../../src/web/routes.js';
import { type DeskAppRig, deskAppRig, ORIGIN, type Person } from '../support/desk-app.js';
import { tellStories } from '../support/told-stories.js';

/** The humas desk over stories that landed, were grouped and counted. */

let rig: DeskAppRig;
let humas: Person;
let officer: Person;
let told: readonly Narrative[];

beforeAll(() => {
  rig = deskAppRig();
  tellStories(rig.store, rig.clock);
  humas = rig.person('humas');
  officer = rig.person('officer');
  told = rig.app.narratives.listNarratives({ limit: 10 });
});
afterAll(() => {
  expect(rig.reported).toEqual([]);
  rig.close();
});

const pageOf = async (path: string, as: Person = humas) => {
  const response = await rig.get(path, as);
  const body = await response.text();
  expect({ path, status: response.status }).toEqual({ path, status: 200 });
  return { response, body, $: load(body) };
};
const titles = ($: ReturnType<typeof load>): string[] =>
  $('.story-list h2')
    .toArray()
    .map((each) => $(each).text().trim());

describe('the pages of humas', () => {
  it('find the stories that landed', () => {
    expect(told.map(({ posts }) => posts)).toEqual([20, 10]);
  });

  it('name no account, and lead to no single post', async () => {
    const [a, b] = told.map(({ id }) => id);
    for (const path of [
      '/today',
      '/today?days=30',
      '/narratives',
      `/narratives/${a}`,
      `/compare?a=${a}&b=${b}`,
      '/calendar',
      '/wall',
    ]) {
      const { body, $ } = await pageOf(path);
      expect(body, path).not.toMatch(/akun-|rekaan:|jembatan:\d/);
      expect($('a[href^="/items"]').length, path).toBe(0);
      expect($('a[href^="/queue"]').length, path).toBe(0);
    }
  });

  it('draw every chart with words for those who do not see it, and with its numbers', async () => {
    const { $ } = await pageOf(`/narratives/${told[0]?.id}`);
    const charts = $('main svg[role=img]').toArray();
    expect(charts.length).toBeGreaterThan(0);
    for (const chart of charts) {
      expect($(chart).find('title').text()).not.toBe('');
      expect($(chart).find('desc').text()).toMatch(/20|terbanyak/i);
    }
    const ids = $('[id]')
      .toArray()
      .map((each) => $(each).attr('id'));
    expect(new Set(ids).size).toBe(ids.length);
    const sum = $('figure table tbody tr')
      .toArray()
      .reduce((all, row) => all + Number($(row).find('td').first().text()), 0);
    expect(sum).toBe(20);
  });
});

describe('today', () => {
  it('counts everything collected, and says what is usual', async () => {
    const { $ } = await pageOf('/today');
    const [posts] = $('.headlines dd').toArray();
    // Eight everyday posts and seventeen of the story fell within a day.
    expect($(posts).text()).toBe('25');
    expect($('.headlines').text()).toContain('biasanya');
  });

  it('tells of a story that rises, and not of one that was quiet', async () => {
    const { $ } = await pageOf('/today');
    const links = $('.story-lines a').toArray();
    expect(links.map((each) => $(each).attr('href'))).toEqual([`/narratives/${told[0]?.id}`]);
    expect($('.story-lines').text()).toMatch(/sejak \d+ \w+ \d{4} \d\d\.\d\d/);
    expect($('.story-lines').text()).toContain('belum ada cek fakta');
  });

  it.each([
    ['none is named', []],
    ['it is served without them', undefined],
  ])('knows of no source whether it is silent where %s', async (_, named) => {
    const nothing = () => [];
    const machinery: Machinery = {
      ...{ queues: nothing, runs: nothing, checks: nothing, setPaused: () => undefined },
      ...{
        known: () => rig.store.operations,
        incomplete: (since) => rig.store.desk.numbers.incomplete(since),
      },
      sources: () => named ?? [],
      sizes: () => ({ store: 0, queue: 0, rejects: 0 }),
    };
    const app = named === undefined ? rig.app : { ...rig.app, machinery };
    const response = await createDesk(app, deskRoutes(app)).request(`${ORIGIN}/today`, {
      headers: humas.headers,
    });
    const text = load(await response.text())('main').text();
    expect(text).toContain('senyap tidaknya sumber tidak diketahui');
    expect(text).not.toContain('Semua sumber terdengar');
  });

  it('takes a period that it knows', async () => {
    for (const days of ['30', '3', 'x']) {
      const { $ } = await pageOf(`/today?days=${days}`);
      expect($('.period a[aria-current]').text()).toBe(days === '30' ? '30 hari' : '24 jam');
    }
  });
});

describe('the list of narratives', () => {
  it('stands in the order in which they were last seen, and is filtered', async () => {
    const all = titles((await pageOf('/narratives')).$);
    expect(all).toHaveLength(2);
    const checked = (await pageOf('/narratives')).$('.story-list li').first().text();
    expect(checked).toContain('belum ada cek fakta');
    expect(titles((await pageOf('/narratives?days=1')).$)).toEqual(all.slice(0, 1));
    expect(titles((await pageOf('/narratives?text=minyak')).$)).toEqual(all.slice(1));
    expect(titles((await pageOf('/narratives?text=tidakada')).$)).toEqual([]);
    expect(titles((await pageOf('/narratives?life=tidak-ada&days=-1&after=%00')).$)).toEqual(all);
    const lives = new Set<string>(told.map(({ life }) => life));
    for (const life of lives) {
      expect(titles((await pageOf(`/narratives?life=${life}`)).$)).toHaveLength(
        told.filter((each) => each.life === life).length,
      );
    }
  });

  it('goes on where a page ended, with none twice and none left out', async () => {
    const token = rig.token(humas);
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 5; pages++) {
      const response = await rig.api(`/narratives?limit=1${after}`, token);
      const page = (await response.json()) as { narratives: { id: string }[]; next?: string };
      seen.push(...page.narratives.map(({ id }) => id));
      if (page.next === undefined) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toEqual(told.map(({ id }) => id));
  });
});

describe('a narrative', () => {
  it('leads those who read items to them', async () => {
    const { $ } = await pageOf(`/narratives/${told[0]?.id}`, officer);
    expect($('a[href^="/queue?narrative="]').length).toBe(1);
  });

  it('that is not there is said to be not there', async () => {
    for (const id of ['0000000000000000', 'x', '%3Cb%3E', 'a'.repeat(200)]) {
      const response = await rig.get(`/narratives/${id}`, humas);
      expect([id, response.status]).toEqual([id, 404]);
    }
  });

  it('is set beside another, by ids or by addresses', async () => {
    const [a = '', b = ''] = told.map(({ id }) => id);
    for (const query of [
      `a=${a}&b=${b}`,
      `id=${a}&id=${b}`,
      `a=http://127.0.0.1/narratives/${a}?x=1&b=%20/narratives/${b}%20`,
    ]) {
      const { $ } = await pageOf(`/compare?${query}`);
      expect($('.columns.two > section').length, query).toBe(2);
    }
    expect((await pageOf('/compare')).$('.columns.two').length).toBe(0);
    expect((await rig.get(`/compare?a=${a}&b=0000000000000000`, humas)).status).toBe(404);
  });
});

describe('the calendar', () => {
  it('counts each day of a month in the unit’s zone, and nothing before counting began', async () => {
    const { $ } = await pageOf('/calendar');
    const days = $('.month td:not(.none)').toArray();
    expect(days.length).toBeGreaterThanOrEqual(28);
    expect($('.month').text()).toContain('tidak dihitung');
    const month = new Date(rig.clock.now()).toISOString().slice(0, 7);
    expect($('.period a').first().attr('href')).toMatch(/^\/calendar\?month=20\d\d-\d\d$/);
    const older = await pageOf('/calendar?month=2020-02');
    expect(older.$('.month td:not(.none)').length).toBe(29);
    expect(older.$('.month .counts').length).toBe(0);
    expect(older.$('.period a').last().attr('href')).toBe('/calendar?month=2020-03');
    for (const odd of ['2020-13', '1999-01', '%3Cscript%3E', '2020-2']) {
      const page = await pageOf(`/calendar?month=${odd}`);
      expect(page.$('.period a').first().attr('href')).toBe(
        `/calendar?month=${new Date(Date.parse(`${month}-01`) - 1).toISOString().slice(0, 7)}`,
      );
    }
  });
});

describe('the wall', () => {
  it('asks for itself anew without script, and has no menu', async () => {
    const { response, $ } = await pageOf('/wall');
    expect(response.headers.get('refresh')).toBe('60');
    expect($('nav, script, form').length).toBe(0);
    expect($('html').attr('data-theme')).toBe('dark');
  });

  it('accounts for each narrative that it counts, with a title or without', async () => {
    const { $ } = await pageOf('/wall');
    const heading = (_: number, at: Parameters<typeof $>[0]) => $(at).text() === 'Narasi naik atau baru';
    const n = Number(/\d+/.exec($('dt').filter(heading).next('dd').text())?.[0]);
    const sheet = $('h2').filter(heading).parent();
    const more = Number(/(\d+) lagi/.exec(sheet.find('p.soft').text())?.[1] ?? 0);
    expect(n).toBeGreaterThan(0);
    expect(sheet.find('li').length + more).toBe(n);
  });
});

describe('what cannot be read in time', () => {
  it('is told of, in words and by the API', async () => {
    const answer = async (): Promise<never> => {
      throw new DeskRefusal('too-slow', 'not within 3 s');
    };
    const slow = deskAppRig({ adapt: (app) => ({ ...app, stories: { ...app.stories, answer } }) });
    try {
      const person = slow.person('humas');
      for (const path of ['/today', '/narratives', '/calendar', '/wall', `/narratives/${told[0]?.id}`]) {
        const response = await slow.get(path, person);
        expect([path, response.status]).toEqual([path, 503]);
        expect(await response.text()).toContain('terlalu lama');
      }
      expect((await slow.api('/narratives', slow.token(person))).status).toBe(503);
    } finally {
      slow.close();
    }
  });
});

describe('the API', () => {
  const ok = async (id: string, path: string, as: Person = humas): Promise<Record<string, unknown>> => {
    const response = await rig.api(path, rig.token(as));
    const body = (await response.json()) as Record<string, unknown>;
    expect({ status: response.status, body }).toMatchObject({ status: 200 });
    const read = apiEndpoints(rig.app)
      .find((each) => each.id === id)
      ?.answer.safeParse(body);
    expect(read?.error, `${id}: ${JSON.stringify(body)}`).toBeUndefined();
    return body;
  };

  it('gives narratives and trends as its document says', async () => {
    const end = new Date(rig.clock.now() + 3_600_000).toISOString();
    const span = `from=${new Date(rig.clock.now() - 3 * 86_400_000).toISOString()}&to=${end}`;
    await ok('listNarratives', '/narratives?days=30&limit=5');
    const story = await ok('readNarrative', `/narratives/${told[0]?.id}`);
    expect(JSON.stringify(story)).not.toMatch(/akun-/);
    const { hours } = await ok('readTotals', `/totals?${span}`);
    const sum = (hours as { posts: number }[]).reduce((all, { posts }) => all + posts, 0);
    expect(sum).toBeGreaterThan(30);
    for (const by of ['top', 'rising', 'falling']) {
      await ok('listTrends', `/trends?${span}&kind=term&by=${by}`);
    }
    const { trends } = await ok('listTrends', `/trends?${span}&kind=language`);
    expect(trends).toMatchObject([{ kind: 'language', key: 'ind', posts: sum }]);
    const series = await ok('readTrendHours', `/trends/hours?${span}&kind=language&key=ind`);
    expect((series.hours as unknown[]).length).toBeGreaterThan(3);
  });

  it.each([
    '/totals',
    '/totals?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    '/totals?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
    '/totals?from=kemarin&to=2026-01-01T00:00:00Z',
    '/trends?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&kind=akun',
    '/narratives?limit=1000',
    '/narratives?life=mati',
  ])('refuses %s, saying what is wrong', async (path) => {
    const response = await rig.api(path, rig.token(humas));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error: { kind: 'bad-field' } });
  });

  it('knows no narrative that is not there', async () => {
    const response = await rig.api('/narratives/0000000000000000', rig.token(humas));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { kind: 'no-narrative' } });
  });
});
