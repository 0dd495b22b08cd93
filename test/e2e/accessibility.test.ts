import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import { ROLES, type Role } from '../../src/core/user.js';
import { addUser } from '../../src/pipeline/accounts.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import { decide, proposeEscalation } from '../../src/pipeline/review.js';
import { may } from '../../src/triage/rights.js';
import {
  axeFaults,
  browserAvailable,
  openBrowser,
  overflow,
  serveDesk,
  signIn,
  type TestBrowser,
} from '../support/browser.js';
import { addressOf, type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';
import { assessmentOf, landedPost } from '../support/scored.js';
import { tellStories } from '../support/told-stories.js';

/** Every page in Chromium, in both themes and at the width of a phone: no fault that axe knows of, no scrolling sideways. */

const available = browserAvailable();

const TEXT = 'Usir orang contoh dari kampung ini, dasar contoh bodoh, serbu nanti malam!';

/** A post with evidence of every kind, some of it on top of another. */
function marked(id: string) {
  const findings = (['hate', 'sara', 'threat', 'incitement', 'hoax', 'abusive'] as const).map(
    (category, at): Finding => ({
      rule: `entry:${category}`,
      category,
      start: at * 8,
      end: at * 8 + 11,
      text: TEXT.slice(at * 8, at * 8 + 11),
      weight: 0.6,
      reason: category === 'abusive' ? 'profane-word' : 'slur',
      params: { term: 'contoh' },
      ...(category === 'hoax'
        ? {
            claim: {
              id: 'cek-1',
              title: 'Keliru: kabar rekaan tentang contoh',
              publisher: 'Cek Rekaan',
              date: '2026-01-02',
              url: 'https://cek.example/1',
              similarity: 0.93,
            },
          }
        : {}),
    }),
  );
  const given = landedPost({ id, level: 'critical', text: TEXT });
  const flags = ['hate', 'sara', 'incitement', 'threat', 'hoax', 'abusive'] as const;
  return {
    ...given,
    assessment: assessmentOf(TEXT, {
      level: 'critical',
      flags,
      findings,
      context: ['reporting'],
      incomplete: ['model'],
    }),
  };
}

describe.runIf(available)('every page', () => {
  let rig: DeskAppRig;
  let people: Readonly<Record<Role, Person>>;
  let browser: TestBrowser;
  let served: Awaited<ReturnType<typeof serveDesk>>;
  const foreign: string[] = [];
  /** Address, and who opens it; nobody where undefined. */
  const pages: (readonly [string, Person | undefined])[] = [];

  beforeAll(async () => {
    rig = deskAppRig();
    people = Object.fromEntries(ROLES.map((role) => [role, rig.person(role)])) as Record<Role, Person>;
    const levels = ['low', 'medium', 'high', 'critical'] as const;
    const [mine = 0, proposed = 0, closed = 0] = rig.land(
      ...['a', 'b', 'c'].map(marked),
      ...levels.map((level) => landedPost({ id: level, level, region: '91' })),
    );
    const actor = { user: people.officer.user.id, role: 'officer', unit: 'mabes' } as const;
    const { ports } = rig.app;
    claimItems(ports, actor, [mine, proposed, closed]);
    const checklist = {
      targetKind: 'protected-group',
      target: 'religion:contoh',
      criticismOrOpinion: false,
      callToAct: true,
    } as const;
    proposeEscalation(ports, actor, { item: proposed, checklist, note: 'ada ajakan' });
    decide(ports, actor, { items: [closed], outcome: { kind: 'out-of-scope' }, note: 'bukan wilayah kami' });
    rig.token(people.officer);
    tellStories(rig.store, rig.clock);
    const [story = '', other = ''] = rig.app.narratives.listNarratives({ limit: 2 }).map(({ id }) => id);
    const { link } = addUser(ports, 'system', {
      name: 'baru',
      display: 'Baru',
      role: 'officer',
      unit: 'mabes',
    });
    browser = await openBrowser(foreign);
    served = await serveDesk(rig);
    for (const route of rig.routes) {
      const { access, method } = route;
      if (method !== 'GET' || access === 'anyone') continue;
      const role = ROLES.find((each) => access === 'signed-in' || may(each, access));
      if (role === undefined) continue;
      const address = addressOf(route, mine);
      const type = (await rig.get(address, people[role])).headers.get('content-type') ?? '';
      if (type.startsWith('text/html')) pages.push([address, people[role]]);
    }
    pages.push(
      ['/login', undefined],
      [`/welcome/${link}`, undefined],
      ['/welcome/tidak-ada', undefined],
      ['/tidak-ada', people.officer],
      ['/users', people.admin],
      ['/queue', people.auditor],
      ['/queue?state=closed', people.officer],
      [`/items/${proposed}`, people.supervisor],
      [`/items/${closed}`, people.supervisor],
      [`/items/${mine}`, people.supervisor],
      [`/narratives/${story}`, people.humas],
      [`/compare?a=${story}&b=${other}`, people.humas],
      ['/narratives?text=tidak-ada', people.humas],
    );
  });
  afterAll(async () => {
    await served?.close();
    await browser?.close();
    rig?.close();
  });

  it.each([
    ['light', 1_280],
    ['dark', 1_280],
    ['dark', 390],
  ] as const)('is open to everybody in the %s theme at %i px', async (theme, width) => {
    const faults: string[] = [];
    const window = await browser.window({ theme, width, height: 844, axe: true });
    const page = await window.newPage();
    page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security|Refused/.test(message.text())) {
        faults.push(`policy: ${message.text()}`);
      }
    });
    for (const [address, person] of pages) {
      await window.clearCookies();
      if (person !== undefined) await signIn(window, served.url, person);
      await page.goto(served.url + address, { waitUntil: 'load' });
      // What is folded away is read too.
      await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
      for (const fault of await axeFaults(page)) faults.push(`${address} ${fault}`);
      const wider = await overflow(page);
      if (wider > 0) faults.push(`${address} is ${wider} px wider than the window`);
    }
    await window.close();
    expect(faults).toEqual([]);
    expect(pages.length).toBeGreaterThan(15);
  });

  it('asks nothing of another host', () => {
    expect(foreign).toEqual([]);
  });
});
