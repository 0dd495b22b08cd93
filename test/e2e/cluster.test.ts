import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserAvailable, openBrowser, serveDesk, signIn, type TestBrowser } from '../support/browser.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';
import { groupAll, toldPost } from '../support/story.js';

/** Near-duplicates decided once for all, at the page, by keyboard. */

const WORDING = 'Gudang beras Sukaramping dibakar pendatang malam tadi, usir mereka semua sekarang juga';
const OTHER = WORDING.replace('malam tadi', 'tadi pagi');

describe.runIf(browserAvailable())('a cluster of near-duplicates', () => {
  let rig: DeskAppRig;
  let browser: TestBrowser;
  let served: Awaited<ReturnType<typeof serveDesk>>;
  let sari: Person;
  let items: number[];
  beforeEach(async () => {
    rig = deskAppRig();
    items = rig.land(
      ...[WORDING, WORDING, WORDING, OTHER, WORDING].map((text, n) =>
        toldPost({
          id: `rekaan:${n}`,
          text,
          region: '91',
          author: { id: `akun-${n}` },
          createdAt: new Date(rig.clock.now() - 3_600_000).toISOString(),
        }),
      ),
    );
    rig.clock.advance(2 * 3_600_000);
    groupAll(rig.store, rig.clock);
    sari = rig.person('officer', 'polda-a', 'sari');
    browser = await openBrowser();
    served = await serveDesk(rig);
  });
  afterEach(async () => {
    await served.close();
    await browser.close();
    rig.close();
  });

  async function open(item: number, options?: { readonly script: boolean }): Promise<Page> {
    const window = await browser.window(options);
    await signIn(window, served.url, sari);
    const page = await window.newPage();
    await page.goto(`${served.url}/items/${item}`);
    return page;
  }

  async function pressOn(page: Page, ...keys: string[]): Promise<void> {
    const loaded = page.waitForEvent('load');
    for (const key of keys) await page.keyboard.press(key);
    await loaded;
  }

  const stateOf = (item: number | undefined) => rig.store.getItem(item ?? 0)?.state;
  const holdBy = (who: Person, item: number) =>
    rig.store.desk.claims.take([item], who.user.id, rig.clock.now());

  it('is read by how it differs, decided once by keyboard, what others hold left out, and taken back whole', async () => {
    const [own = 0, copy = 0, held = 0, other = 0, late = 0] = items;
    const tono = rig.person('officer', 'polda-a', 'tono');
    holdBy(tono, held);
    const page = await open(own);
    // Nothing is ticked before the item is in hand.
    expect(await page.locator('#near li').count()).toBe(2);
    expect(await page.locator('#near input').count()).toBe(0);
    await pressOn(page, 'c');
    expect(await page.locator('#near del').innerText()).toContain('malam');
    expect(await page.locator('#near ins').innerText()).toContain('pagi');
    expect(await page.locator('#near').innerText()).toContain(`Di tangan orang lain, tidak ikut: ${held}`);
    await page.keyboard.press('a');
    expect(await page.locator('#near input[name=also]:checked').count()).toBe(2);
    expect(await page.locator('#outcome button[type=submit]').innerText()).toBe('Putuskan 4 butir');
    // Taken by somebody else between reading and deciding.
    holdBy(tono, late);
    await pressOn(page, '5', 'Enter');
    expect([own, copy, other, held, late].map(stateOf)).toEqual([
      'closed',
      'closed',
      'closed',
      'open',
      'open',
    ]);
    const toast = await page.locator('#undo').innerText();
    expect(toast).toContain(`${own} dan 2 yang mirip`);
    expect(toast).toContain(`tidak ikut diputuskan: ${late}`);
    await pressOn(page, 'z');
    expect([own, copy, other].map(stateOf)).toEqual(['open', 'open', 'open']);
    expect(rig.store.desk.audit.list({ limit: 2 })).toMatchObject([
      { kind: 'undone', details: { items: [own, copy, other] } },
      { kind: 'decided', details: { items: [own, copy, other] } },
    ]);
    expect(rig.reported).toEqual([]);
  });

  it('is decided in part, by ticking one wording', async () => {
    const [own = 0, copy = 0, , other = 0] = items;
    holdBy(sari, own);
    const page = await open(own);
    await page
      .locator('#near li', { has: page.locator('ins') })
      .locator('input')
      .focus();
    await page.keyboard.press('Space');
    await pressOn(page, '3', 'Enter');
    expect([own, other, copy].map(stateOf)).toEqual(['closed', 'closed', 'open']);
  });

  it('works without script, and tells on the item’s page what was left out', async () => {
    const [own = 0, copy = 0, , , late = 0] = items;
    holdBy(sari, own);
    const page = await open(own, { script: false });
    for (const box of await page.locator('#near input[name=also]').all()) await box.check();
    holdBy(rig.person('officer', 'polda-a'), late);
    await page.check('input[name=outcome][value=out-of-scope]');
    await Promise.all([page.waitForNavigation(), page.locator('#outcome button[type=submit]').click()]);
    expect([own, copy, late].map(stateOf)).toEqual(['closed', 'closed', 'open']);
    expect(page.url()).toContain(`/items/${own}`);
    expect(await page.locator('#near').innerText()).toContain(`Di tangan orang lain, tidak ikut: ${late}`);
  });

  it('shows the narrative’s curve beside the item, and the whole narrative in the queue', async () => {
    const page = await open(items[0] ?? 0);
    const sheet = page.locator('section', { has: page.locator('#narrative-title') });
    expect(await sheet.innerText()).toContain('5');
    await sheet.getByText('Semuanya dalam antrean').click();
    await page.waitForURL(/narrative=/);
    expect(await page.locator('.queue a').count()).toBe(5);
    expect(await page.locator('main').innerText()).toContain('Hanya butir narasi');
  });
});
