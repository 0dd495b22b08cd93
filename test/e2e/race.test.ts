import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserAvailable, openBrowser, serveDesk, signIn, type TestBrowser } from '../support/browser.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';

/** Two people at two browsers work off the same queue at the same time. */

const ITEMS = 200;
/** Decided by keyboard before the rest goes by the same windows' requests, which are faster. */
const BY_KEYBOARD = 10;

describe.runIf(browserAvailable())('two browsers', () => {
  let rig: DeskAppRig;
  let browser: TestBrowser;
  let served: Awaited<ReturnType<typeof serveDesk>>;
  beforeEach(async () => {
    rig = deskAppRig();
    browser = await openBrowser();
    served = await serveDesk(rig);
  });
  afterEach(async () => {
    await served.close();
    await browser.close();
    rig.close();
  });

  /** What a person was told was decided, and what they were refused since somebody else held it. */
  interface Told {
    readonly decided: number[];
    readonly refused: number[];
  }

  async function workOff(person: Person, every: readonly number[]): Promise<Told> {
    const window = await browser.window();
    await signIn(window, served.url, person);
    const page = await window.newPage();
    await page.goto(`${served.url}/queue`);
    const told: Told = { decided: [], refused: [] };
    await Promise.all([
      page.waitForURL(/items/),
      page.getByRole('button', { name: 'Ambil 25 berikutnya' }).click(),
    ]);
    for (let n = 0; n < BY_KEYBOARD; n += 1) told.decided.push(await decideByKeyboard(page));
    const headers = { 'x-csrf': person.csrf };
    for (;;) {
      const mine = await (await window.request.get(`${served.url}/queue?mine=1`)).text();
      const held = [...mine.matchAll(/data-item="(\d+)"/g)].map(([, item]) => Number(item));
      if (held.length === 0) {
        const form = { csrf: person.csrf };
        const next = await window.request.post(`${served.url}/claims/next`, { form, maxRedirects: 0 });
        if (!(next.headers().location ?? '').startsWith('/items/')) return told;
        continue;
      }
      for (const item of held) {
        const form = { outcome: 'out-of-scope', key: `race-${person.user.id}-${item}` };
        // Somebody else's, whoever's it is: any item that is not held.
        const other = every[(item * 7) % every.length] ?? item;
        if (!held.includes(other) && !told.decided.includes(other)) {
          const taken = await window.request.post(`${served.url}/items/${other}/decide`, {
            headers,
            form: { ...form, key: `snatch-${person.user.id}-${item}` },
          });
          expect(taken.status()).toBe(409);
          told.refused.push(other);
        }
        // As after an answer that was lost: sent twice under one key.
        for (let time = 0; time < 2; time += 1) {
          const answer = await window.request.post(`${served.url}/items/${item}/decide`, { headers, form });
          expect([item, answer.status()]).toEqual([item, 200]);
        }
        told.decided.push(item);
      }
    }
  }

  async function decideByKeyboard(page: Page): Promise<number> {
    const item = Number(/\/items\/(\d+)/.exec(page.url())?.[1]);
    const loaded = page.waitForEvent('load');
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await loaded;
    return item;
  }

  it('race for the same 200 items: none is held or decided twice, no decision is lost', async () => {
    const items = rig.land(...Array.from({ length: ITEMS }, (_, n) => ({ id: `rekaan:${n}`, region: '91' })));
    const people = [rig.person('officer', 'polda-a'), rig.person('officer', 'polda-a')] as const;
    const [a, b] = await Promise.all(people.map((person) => workOff(person, items)));
    const decided = [...(a?.decided ?? []), ...(b?.decided ?? [])];
    expect(decided.toSorted((x, y) => x - y)).toEqual(items.toSorted((x, y) => x - y));
    expect(a?.decided.length).toBeGreaterThan(BY_KEYBOARD);
    expect(b?.decided.length).toBeGreaterThan(BY_KEYBOARD);
    const { reviews, audit } = rig.store.desk;
    for (const [person, told] of [
      [people[0], a],
      [people[1], b],
    ] as const) {
      for (const item of told?.decided ?? []) {
        expect(reviews.events(item)).toMatchObject([
          { actor: String(person.user.id), act: { kind: 'decided' } },
        ]);
      }
    }
    const events = audit.list({ limit: 1_000, kind: 'decided' });
    expect(events).toHaveLength(ITEMS);
    expect(audit.verify()).toMatchObject({ ok: true });
    expect(rig.reported).toEqual([]);
  });
});
