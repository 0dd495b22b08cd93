import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import { ROLES, type Role } from '../../src/core/user.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import { addNote, decide, proposeEscalation } from '../../src/pipeline/review.js';
import { addressOf, type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';
import { assessmentOf, landedPost } from '../support/scored.js';
import { groupAll, toldPost } from '../support/story.js';
import { countAll } from '../support/told-stories.js';

/**
 * A dump of every response under hostile posts: whatever people, places and colleagues wrote is text and nothing else.
 * The mark stands in everything that is hostile, so that no element or attribute can have been made of it unseen.
 */

const MARK = 'jahat7';
const TAGS = [
  `<script>${MARK}()</script>`,
  `<img src=x onerror=${MARK}() class=${MARK}>`,
  `"><svg/onload=${MARK}()><${MARK} ${MARK}="1">`,
  `'"--></title></textarea></style></noscript><iframe src="javascript:${MARK}()">`,
  `<a href="javascript:${MARK}()">x</a>`,
  `<style>*{background:url(//lain.example/${MARK})}</style>`,
  `<base href="https://lain.example/"><meta http-equiv=refresh content="0;url=https://lain.example/">`,
  `&lt;script&gt;${MARK}()&lt;/script&gt; &#x3c;b&#x3e;`,
  `{{${MARK}}} \${${MARK}} <%= ${MARK} %>`,
];
/** Right-to-left overrides, isolates that are left open, and what is not seen. */
const BIDI = `\u202e\u2066\u202b${MARK}\u200f gnatnem \u2067`;
const NOTE = `${TAGS.join(' ')} ${BIDI}`;
const LONG = `${MARK}${'w'.repeat(100_000)}`;
const FORMULA = `=cmd|'/c ${MARK}'!A1`;

let rig: DeskAppRig;
let people: Readonly<Record<Role, Person>>;
let items: number[];
/** Body and content type by role and address. */
const dump: { readonly of: string; readonly type: string; readonly body: string }[] = [];

function hostile(id: string, text: string, at: number) {
  const given = landedPost({
    id: `${MARK}:<b>${id}</b>`,
    text,
    level: 'critical',
    flags: ['hate', 'hoax'],
    url: `javascript:${MARK}('${id}')`,
    author: { id: `<i>${MARK}</i>`, handle: `${TAGS[0]}${BIDI}` },
    platform: `<u>${MARK}</u>`,
    ...(at > 8 && at % 2 === 0 ? { region: '91' } : {}),
  });
  const params = { term: NOTE, target: NOTE, claim: NOTE, group: NOTE, word: NOTE, title: NOTE };
  const finding = (start: number, end: number, more: Partial<Finding>): Finding => ({
    rule: `entry:<b>${MARK}</b>`,
    category: 'hate',
    start,
    end,
    text: text.slice(start, end),
    weight: 0.5,
    reason: 'slur',
    params,
    ...more,
  });
  const claim = {
    id: `<b>${MARK}</b>`,
    title: NOTE,
    publisher: NOTE,
    date: NOTE,
    url: `javascript:${MARK}()//`,
    similarity: 0.9,
  };
  return {
    ...given,
    assessment: assessmentOf(text, {
      level: 'critical',
      flags: ['hate', 'hoax'],
      language: { code: `<b>${MARK}</b>`, confidence: 1, mixed: [NOTE] },
      targets: [`religion:"><b>${MARK}</b>`],
      findings: [
        finding(0, Math.min(5, text.length), {}),
        finding(2, Math.min(12, text.length), { reason: `tidak-ada-<b>${MARK}</b>` }),
        finding(0, text.length, { category: 'hoax', reason: 'claim-match', claim }),
        finding(0, 1, { category: 'hoax', claim: { ...claim, url: 'https://cek.example/"><b>' } }),
        finding(0, 1, { category: 'hoax', claim: { ...claim, url: 'data:text/html,<b>' } }),
      ],
    }),
  };
}

/** Two stories of hostile wordings, with a hostile title, clarification and fact-check; their ids. */
function hostileStories(): readonly string[] {
  const words = [
    'jembatan gantung cikalunggu putus tadi pagi 14 warga sukaramping hanyut',
    'pabrik minyak sawitasih kertamulya digerebek petugas karena parafin 3 kilogram',
  ];
  const posts = words.flatMap((text, of) =>
    Array.from({ length: 12 }, (_, n) =>
      toldPost({
        id: `${MARK}-kisah:${of}:${n}`,
        text: n % 2 === 0 ? text : `${text} ${TAGS.slice(0, 3).join(' ')} ${BIDI} #${MARK}`,
        createdAt: new Date(rig.clock.now() - n * 600_000).toISOString(),
        author: { id: `<i>${MARK}</i>${n}` },
        source: 'warung',
        flags: ['hoax'],
      }),
    ),
  );
  rig.land(...posts);
  groupAll(rig.store, rig.clock);
  countAll(rig.store, rig.clock);
  const { narrativeEdits } = rig.store;
  const ids = rig.app.narratives.listNarratives({ limit: 10 }).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(1);
  const now = rig.clock.now();
  // Past the use case, which refuses such: what is kept already is shown too.
  for (const id of ids) {
    narrativeEdits.addNarrativeEdit({ kind: 'rename', narrative: id, title: `${TAGS[0]} ${BIDI}` }, '1', now);
    narrativeEdits.addClarification(
      {
        at: new Date(now - 3_600_000).toISOString(),
        channel: NOTE,
        url: `javascript:${MARK}()`,
        note: NOTE,
        by: `<b>${MARK}</b>`,
      },
      id,
      now,
    );
    narrativeEdits.addClarification(
      {
        at: new Date(now - 7_200_000).toISOString(),
        channel: BIDI,
        url: `https://humas.example/"><b>${MARK}</b>`,
        note: LONG,
        by: 'x',
      },
      id,
      now,
    );
  }
  return ids;
}

beforeAll(async () => {
  rig = deskAppRig();
  people = Object.fromEntries(ROLES.map((role) => [role, rig.person(role)])) as Record<Role, Person>;
  const { users } = rig.store.desk;
  for (const { user } of Object.values(people)) users.change(user.id, { display: `${TAGS[1]}${BIDI}` });
  people = Object.fromEntries(ROLES.map((role) => [role, rig.again(people[role])])) as Record<Role, Person>;
  items = rig.land(...[...TAGS, BIDI, NOTE, LONG, FORMULA].map((text, at) => hostile(String(at), text, at)));
  const { ports } = rig.app;
  const actor = { user: people.officer.user.id, role: 'officer', unit: 'mabes' } as const;
  const [a = 0, b = 0, c = 0] = items;
  claimItems(ports, actor, [a, b, c]);
  addNote(ports, actor, { item: a, note: NOTE });
  decide(ports, actor, {
    items: [b],
    outcome: { kind: 'hoax', claim: `<b>${MARK}</b>`, source: `https://cek.example/"><b>${MARK}</b>` },
    note: NOTE,
  });
  proposeEscalation(ports, actor, {
    item: c,
    checklist: {
      targetKind: 'person',
      criticismOrOpinion: false,
      callToAct: true,
      factCheck: `"><b>${MARK}</b>`,
    },
    note: FORMULA,
  });
  for (const { user } of Object.values(people)) {
    rig.store.desk.tokens.make(
      { user: user.id, name: NOTE, scopes: ['items:read'], expiresAt: Date.parse('2027-01-01') },
      0,
    );
  }
  const stories = hostileStories();
  const query = new URLSearchParams({
    text: NOTE.slice(0, 150),
    source: TAGS[0] ?? '',
    after: TAGS[1] ?? '',
  });
  for (const role of ROLES) {
    const person = people[role];
    for (const route of rig.routes.filter(({ method }) => method === 'GET')) {
      const numbered = /:number/.test(route.path);
      for (const item of numbered ? items : [a]) {
        for (const search of numbered
          ? ['']
          : ['', `?${query}`, `?to=javascript:${MARK}()&kind=${MARK}&state=closed`]) {
          const address = addressOf(route, item) + search;
          const response = await rig.get(address, person);
          const type = response.headers.get('content-type') ?? '';
          if (type.startsWith('text/event-stream')) await response.body?.cancel();
          else dump.push({ of: `${role} ${address}`, type, body: await response.text() });
        }
      }
    }
  }
  const [story = '', other = ''] = stories;
  for (const role of ['officer', 'supervisor', 'humas', 'auditor'] as const) {
    for (const address of [
      `/narratives/${story}`,
      `/narratives/${other}`,
      `/compare?a=${story}&b=${other}`,
    ]) {
      const response = await rig.get(address, people[role]);
      expect([address, response.status]).toEqual([address, 200]);
      dump.push({ of: `${role} ${address}`, type: 'text/html', body: await response.text() });
    }
  }
  for (const [act, fields] of Object.entries({
    rename: { title: NOTE },
    merge: { into: TAGS[0] ?? '' },
    split: { wording: TAGS[1] ?? '' },
    clarify: { url: `javascript:${MARK}()`, at: TAGS[2] ?? '', channel: NOTE, note: NOTE },
  })) {
    const refused = await rig.post(`/narratives/${story}/${act}`, fields, people.humas);
    expect([act, refused.status]).toEqual([act, 422]);
    dump.push({ of: `humas POST ${act}`, type: 'text/html', body: await refused.text() });
  }
  const failed = await rig.post('/login', { name: TAGS[1] ?? '', password: 'x', to: `javascript:${MARK}()` });
  dump.push({ of: 'nobody /login', type: 'text/html', body: await failed.text() });
  const user = await rig.post(
    '/users',
    { name: TAGS[0] ?? '', display: NOTE, unit: TAGS[2] ?? '' },
    people.admin,
  );
  dump.push({ of: 'admin POST /users', type: 'text/html', body: await user.text() });
  for (const path of ['/tidak-ada/<script>', `/${MARK}?<svg onload=1>`]) {
    dump.push({ of: path, type: 'text/html', body: await (await rig.get(path, people.officer)).text() });
  }
});
afterAll(() => rig.close());

const pages = () => dump.filter(({ type }) => type.startsWith('text/html'));

/** Attributes that hold what people wrote as a value, which no browser reads as anything else. */
const VALUES = new Set(['title', 'value', 'aria-label', 'datetime', 'content', 'alt', 'label']);
const LINKS = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'data-normalised',
  'poster',
  'data',
  'xlink:href',
]);

/** Elements that a selector finds, scripts and styles too. */
function elementsOf(body: string, selector: string) {
  const $ = load(body);
  return $(selector)
    .toArray()
    .flatMap((element) => ('attribs' in element ? [{ element, $: $(element) }] : []));
}

describe('a dump of every response under hostile posts', () => {
  it('holds what is hostile, or it would prove nothing', () => {
    expect(pages().filter(({ body }) => body.includes(MARK)).length).toBeGreaterThan(30);
    const texts = pages().map(({ body }) => load(body).text());
    for (const each of [...TAGS.slice(0, 7), BIDI, LONG]) {
      expect(
        texts.some((text) => text.includes(each)),
        each.slice(0, 60),
      ).toBe(true);
    }
    expect(rig.reported).toEqual([]);
  });

  it('holds no element, attribute, script or style that was made of it', () => {
    const faults: string[] = [];
    for (const { of, body } of pages()) {
      for (const { element, $ } of elementsOf(body, '*')) {
        const name = element.tagName;
        const where = `${of}: <${name}>`;
        if (/^(iframe|object|embed|base|style|noscript|template|frame|applet|marquee)$/.test(name))
          faults.push(where);
        if (name.includes(MARK)) faults.push(where);
        if (name === 'script' && $.text() !== '') faults.push(`${where} with a text of its own`);
        if (name === 'meta' && element.attribs['http-equiv'] !== undefined) faults.push(where);
        for (const [key, value] of Object.entries(element.attribs)) {
          if (/^on|^style$|^srcdoc$/.test(key) || key.includes(MARK)) faults.push(`${where} ${key}`);
          if (LINKS.has(key) && !/^(?:https?:\/\/|\/(?!\/)|#)/.test(value))
            faults.push(`${where} ${key}=${value}`);
          if (value.includes(MARK) && !VALUES.has(key) && !LINKS.has(key))
            faults.push(`${where} ${key}=${value.slice(0, 80)}`);
        }
      }
    }
    expect([...new Set(faults)].slice(0, 20)).toEqual([]);
  });

  it('leads out of the desk by links only that say so and take nothing along', () => {
    let outward = 0;
    for (const { of, body } of pages()) {
      const asked = elementsOf(body, '[src^="http"], [action^="http"], link[href^="http"]');
      expect(asked.map(({ element }) => `${of}: <${element.tagName}>`)).toEqual([]);
      for (const { element, $ } of elementsOf(body, 'a[href^="http"]')) {
        outward += 1;
        expect(element.attribs.rel, of).toContain('noopener');
        expect(element.attribs.rel, of).toContain('noreferrer');
        expect((element.attribs.title ?? $.text()).length, of).toBeGreaterThan(0);
      }
    }
    expect(outward).toBeGreaterThan(0);
  });

  it('isolates the direction of whatever was written', () => {
    const open = new Set<string>();
    for (const { of, body } of pages()) {
      for (const { element, $ } of elementsOf(body, 'body *')) {
        const own = element.children.some((node) => node.type === 'text' && node.data.includes('\u202e'));
        if (!own || /^(option|textarea)$/.test(element.tagName)) continue;
        const isolated = $.closest('bdi, [dir=auto], .post').length > 0;
        if (!isolated) open.add(`${of.split('?')[0]?.replace(/\d+/g, 'N')}: <${element.tagName}>`);
      }
    }
    expect([...open].slice(0, 20)).toEqual([]);
  });

  it('defuses what a spreadsheet would run', () => {
    for (const { of, type, body } of dump.filter((each) => each.type.includes('csv'))) {
      for (const cell of body.split(/\r?\n|,/)) {
        expect(/^"?[=+\-@\t\r](?!\d+(?:\.\d+)?"?$)/.test(cell), `${of} (${type}): ${cell.slice(0, 60)}`).toBe(
          false,
        );
      }
    }
  });

  it('gives text as text, and JSON as JSON', async () => {
    for (const { of, type, body } of dump.filter((each) => !each.type.startsWith('text/html'))) {
      if (body.includes(MARK)) expect(type, of).toMatch(/^(?:text\/plain|text\/csv|application\/json)/);
    }
    const token = rig.token(people.officer);
    for (const path of [
      '/items',
      `/items/${items[0]}`,
      `/items?text=${encodeURIComponent(TAGS[0] ?? '')}`,
      '/events',
    ]) {
      const response = await rig.api(path, token);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/json');
    }
  });
});
