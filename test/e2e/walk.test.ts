import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLAIM_MS } from '../../src/core/desk-ports.js';
import { scoreBatch } from '../../src/pipeline/score.js';
import { checkPacket, readPublicKey } from '../../src/report/packet-check.js';
import { DEFAULT_LANDING } from '../../src/triage/landing.js';
import { theAssessor } from '../score/assessor.js';
import {
  browserAvailable,
  logIn,
  openBrowser,
  overflow,
  serveDesk,
  signIn,
  type TestBrowser,
  type WindowOptions,
} from '../support/browser.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';
import { batchOf, landedPost } from '../support/scored.js';

/** The desk as people use it: the real server over a real store, in Chromium, by keyboard where it can be. */

const available = browserAvailable();
const PASSWORD = 'kentungan-malam-42';

const TEXTS = [
  'Usir orang Kristen dari kampung rekaan ini malam ini juga!',
  'Serbu dan bakar rumah mereka malam ini, kawan-kawan kampung rekaan!',
  'Dasar kafir, orang Kristen itu najis semua, usir dari desa karangan!',
];

describe.runIf(available)('a walk through the desk', () => {
  let rig: DeskAppRig;
  let browser: TestBrowser;
  let served: Awaited<ReturnType<typeof serveDesk>>;
  const foreign: string[] = [];
  const people = {} as Record<
    'sari' | 'tono' | 'wati' | 'joko' | 'budi' | 'resor' | 'humas' | 'auditor' | 'admin',
    Person
  >;
  const windows = new Map<string, BrowserContext>();
  let landed = 0;

  /** Lands posts as the pipeline does: assessed by the real rules and lexicon, then in one batch. */
  function land(count: number, region = '91'): number[] {
    const posts = Array.from({ length: count }, () => {
      landed += 1;
      const text = `${TEXTS[landed % TEXTS.length]} (${landed})`;
      const author = { id: `akun-${landed}`, handle: `warga_rekaan_${landed}` };
      return landedPost({
        id: `rekaan:${landed}`,
        text,
        region,
        author,
        url: `https://forum.example/t/${landed}`,
        createdAt: new Date(rig.clock.now() - landed * 60_000).toISOString(),
      }).post;
    });
    const scored = scoreBatch(
      theAssessor(),
      { run: 'run', source: 'warung', posts } as Parameters<typeof scoreBatch>[1],
      DEFAULT_LANDING,
    );
    expect(scored.landed).toHaveLength(count);
    return [...rig.store.land(`walk-${landed}`, batchOf('run', scored)).items];
  }

  /** A page of somebody's own window, signed in; the same window each time. */
  async function pageOf(who: keyof typeof people, at: string, options?: WindowOptions): Promise<Page> {
    let window = windows.get(who);
    if (window === undefined || options !== undefined) {
      window = await browser.window(options);
      await signIn(window, served.url, rig.again(people[who]));
      if (options === undefined) windows.set(who, window);
    }
    const page = await window.newPage();
    await page.goto(served.url + at);
    return page;
  }

  /** Presses keys, then waits until another page is there. */
  async function pressOn(page: Page, ...keys: string[]): Promise<void> {
    const loaded = page.waitForEvent('load');
    for (const key of keys) await page.keyboard.press(key);
    await loaded;
  }

  const numberAt = (page: Page): number => Number(/\/items\/(\d+)/.exec(page.url())?.[1]);
  const eventsOf = (item: number) => rig.store.desk.reviews.events(item);
  const holder = (item: number) => rig.store.desk.claims.find(item)?.user;
  const fault = (page: Page) => page.locator('.fault').filter({ visible: true }).innerText();
  const idOf = (who: keyof typeof people): string => String(people[who].user.id);

  async function takeItem(who: keyof typeof people, item: number): Promise<Page> {
    const page = await pageOf(who, `/items/${item}`);
    await pressOn(page, 'c');
    expect(holder(item)).toBe(people[who].user.id);
    return page;
  }

  beforeAll(async () => {
    rig = deskAppRig({ document: { desk: { blind_share: 1 } } });
    for (const [who, role, unit] of [
      ['sari', 'officer', 'polda-a'],
      ['tono', 'officer', 'polda-a'],
      ['wati', 'supervisor', 'polda-a'],
      ['joko', 'supervisor', 'polda-a'],
      ['budi', 'officer', 'polda-b'],
      ['resor', 'officer', 'polres-a1'],
      ['humas', 'humas', 'mabes'],
      ['auditor', 'auditor', 'mabes'],
      ['admin', 'admin', 'mabes'],
    ] as const) {
      people[who] = rig.person(role, unit, who);
    }
    browser = await openBrowser(foreign);
    served = await serveDesk(rig);
  });
  afterAll(async () => {
    await served?.close();
    await browser?.close();
    rig?.close();
  });
  // What others hold would be in the way.
  beforeEach(() => rig.clock.advance(CLAIM_MS + 1));
  afterEach(async () => {
    for (const window of windows.values()) await window.close();
    windows.clear();
  });

  it('logs in, takes the next 25, moves by j and k, and decides by keyboard alone, each outcome', async () => {
    land(30);
    const { hasher, store } = rig.app.ports;
    store.users.setPassword(people.sari.user.id, await hasher.hash(PASSWORD));
    const page = await (await browser.window()).newPage();
    await page.goto(`${served.url}/queue`);
    expect(page.url()).toContain('/login?to=');
    await logIn(page, served.url, 'sari', PASSWORD);
    await page.goto(`${served.url}/queue`);
    await page.getByRole('button', { name: 'Ambil 25 berikutnya' }).focus();
    await pressOn(page, 'Enter');
    expect(store.claims.heldBy(people.sari.user.id, rig.clock.now())).toHaveLength(25);
    expect(await page.locator('.queue a').count()).toBe(25);

    const first = numberAt(page);
    await pressOn(page, 'j');
    const second = numberAt(page);
    expect(second).not.toBe(first);
    await pressOn(page, 'k');
    expect(numberAt(page)).toBe(first);
    expect(await page.locator('article mark').count()).toBeGreaterThan(0);
    await page.keyboard.press('?');
    expect(await page.locator('dialog#keys').isVisible()).toBe(true);
    await page.keyboard.press('Escape');

    const decided: number[] = [];
    const at = (): number => decided[decided.push(numberAt(page)) - 1] ?? 0;
    at();
    await pressOn(page, '1', 'Enter');
    at();
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault');
    expect(await fault(page)).toContain('Sebutkan cek fakta');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('https://cek.example/7');
    await pressOn(page, 'Enter');
    at();
    await page.keyboard.press('3');
    await page.keyboard.press('n');
    await page.keyboard.type('kritik, tanpa ajakan');
    await pressOn(page, 'Control+Enter');
    at();
    await page.keyboard.press('4');
    await page.keyboard.press('Tab');
    await page.keyboard.type(String(decided[0]));
    await pressOn(page, 'Enter');
    at();
    await pressOn(page, '5', 'Enter');
    at();
    await pressOn(page, '6', 'Enter');

    expect(new Set(decided).size).toBe(6);
    expect(decided.map((item) => eventsOf(item).map(({ act }) => act))).toMatchObject([
      [{ kind: 'decided', verdict: { kind: 'violation' } }],
      [{ kind: 'decided', verdict: { kind: 'hoax', source: 'https://cek.example/7' } }],
      [{ kind: 'decided', verdict: { kind: 'not-a-violation' } }],
      [{ kind: 'decided', verdict: { kind: 'duplicate', of: decided[0] } }],
      [{ kind: 'decided', verdict: { kind: 'out-of-scope' } }],
      [{ kind: 'second-opinion-asked' }],
    ]);
    expect(eventsOf(decided[2] ?? 0)[0]?.note).toBe('kritik, tanpa ajakan');
    expect(store.claims.heldBy(people.sari.user.id, rig.clock.now())).toHaveLength(19);
  });

  it('takes a decision back by z, and is refused after ten seconds', async () => {
    const [item = 0] = land(1);
    const page = await takeItem('sari', item);
    await pressOn(page, '5', 'Enter');
    expect(rig.store.getItem(item)?.state).toBe('closed');
    expect(await page.locator('#undo').isVisible()).toBe(true);
    await pressOn(page, 'z');
    expect(numberAt(page)).toBe(item);
    expect(rig.store.getItem(item)?.state).toBe('open');
    expect(holder(item)).toBe(people.sari.user.id);

    await pressOn(page, '5', 'Enter');
    rig.clock.advance(10_001);
    await page.keyboard.press('z');
    await expect.poll(() => page.locator('#undo span').innerText()).toContain('Sepuluh detik');
    expect(rig.store.getItem(item)?.state).toBe('closed');
  });

  it('keeps what was written when the item has gone to somebody else, and says so', async () => {
    const [item = 0] = land(1);
    const page = await takeItem('sari', item);
    await page.keyboard.press('n');
    await page.keyboard.type('catatan yang panjang');
    rig.clock.advance(CLAIM_MS + 1);
    const other = await takeItem('tono', item);
    await page.keyboard.press('Escape');
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault');
    expect(await fault(page)).toContain('Orang lain sedang menanganinya');
    expect(await page.inputValue('#note')).toBe('catatan yang panjang');
    expect(eventsOf(item)).toEqual([]);
    // Once it is free again, the note is there again.
    await page.reload();
    expect(await page.locator('#outcome').count()).toBe(0);
    await other.getByRole('button', { name: 'Kembalikan' }).click();
    await expect.poll(() => holder(item)).toBe(undefined);
    await page.reload();
    await pressOn(page, 'c');
    expect(await page.inputValue('#note')).toBe('catatan yang panjang');
    await other.close();
  });

  it('keeps what was written when the session has ended, and leads back to it by the login', async () => {
    const [item = 0] = land(1);
    const page = await takeItem('sari', item);
    await page.keyboard.press('n');
    await page.keyboard.type('catatan sebelum sesi berakhir');
    const kept = await page.context().cookies();
    await page.context().clearCookies();
    await page.keyboard.press('Escape');
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault a');
    expect(await fault(page)).toContain('Sesi Anda sudah berakhir');
    expect(await page.locator('.fault a').getAttribute('href')).toBe(
      `/login?to=${encodeURIComponent(`/items/${item}`)}`,
    );
    await page.context().addCookies(kept);
    await page.goto(`${served.url}/items/${item}`);
    expect(await page.inputValue('#note')).toBe('catatan sebelum sesi berakhir');
    expect(eventsOf(item)).toEqual([]);
    await page.close();
  });

  it('gives a second opinion to another person only', async () => {
    const [item = 0] = land(1);
    const page = await takeItem('sari', item);
    await pressOn(page, '6', 'Enter');
    await page.goto(`${served.url}/items/${item}`);
    await pressOn(page, 'c');
    await page.keyboard.press('5');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault');
    expect(await fault(page)).toContain('orang lain');
    await page.getByRole('button', { name: 'Kembalikan' }).click();
    await expect.poll(() => holder(item)).toBe(undefined);

    const other = await pageOf('tono', '/cases');
    await other.locator(`a[data-item="${item}"]`).click();
    await other.waitForURL(/items/);
    await pressOn(other, 'c');
    await pressOn(other, '3', 'Enter');
    expect(rig.store.getItem(item)?.state).toBe('closed');
    expect(eventsOf(item).at(-1)).toMatchObject({ actor: idOf('tono'), act: { kind: 'decided' } });
  });

  /** Fills the checklist in by keyboard, after `e`. */
  async function propose(page: Page, criticism: 'yes' | 'no', call: 'yes' | 'no'): Promise<void> {
    await page.keyboard.press('e');
    await page.selectOption('#target-kind', 'protected-group');
    await page.fill('#target', 'religion:kristen');
    await page.check(`#escalate input[name=criticismOrOpinion][value=${criticism}]`);
    await page.check(`#escalate input[name=callToAct][value=${call}]`);
  }
  const proposeButton = (page: Page) => page.locator('#escalate button[type=submit]');

  it('takes four eyes for a case, and makes none of protected expression', async () => {
    const [item = 0, back = 0] = land(2);
    const page = await takeItem('wati', item);
    await propose(page, 'yes', 'no');
    await proposeButton(page).focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.fault');
    expect(await fault(page)).toContain('ungkapan yang dilindungi: ini bukan perkara');
    expect(eventsOf(item)).toEqual([]);
    await page.check('#escalate input[name=criticismOrOpinion][value=no]');
    await page.check('#escalate input[name=callToAct][value=yes]');
    await proposeButton(page).focus();
    await pressOn(page, 'Enter');
    expect(eventsOf(item).at(-1)).toMatchObject({ stage: 'proposed' });

    // Not by who proposed it.
    await page.goto(`${served.url}/items/${item}`);
    await page.getByRole('button', { name: 'Setujui perkara' }).click();
    await page.waitForSelector('.fault');
    expect(await fault(page)).toContain('empat mata');
    expect(eventsOf(item).at(-1)).toMatchObject({ stage: 'proposed' });
    // An officer has no such button.
    const officer = await pageOf('sari', `/items/${item}`);
    expect(await officer.getByRole('button', { name: 'Setujui perkara' }).count()).toBe(0);

    const other = await pageOf('joko', '/cases');
    await other.locator(`a[data-item="${item}"]`).click();
    await other.waitForURL(/items/);
    await other.getByRole('button', { name: 'Setujui perkara' }).focus();
    await pressOn(other, 'Enter');
    expect(eventsOf(item).at(-1)).toMatchObject({ stage: 'approved', actor: idOf('joko') });

    // Refused, with a note: back to the queue.
    const again = await takeItem('sari', back);
    await propose(again, 'no', 'yes');
    await proposeButton(again).focus();
    await pressOn(again, 'Enter');
    await other.goto(`${served.url}/items/${back}`);
    await other.fill('#note-refuse', 'tidak ada ajakan di dalamnya');
    await other.locator('#note-refuse').focus();
    await pressOn(other, 'Control+Enter');
    expect(eventsOf(back).at(-1)).toMatchObject({ act: { kind: 'escalation-refused' } });
    expect(rig.store.getItem(back)?.state).toBe('open');
  });

  it('gives an approved case out as a packet that its key checks', async () => {
    const item = approvedCase();
    const page = await pageOf('wati', `/items/${item}`);
    await page.click(`a[href="/items/${item}/packet"]`);
    await page.waitForURL(/packet$/);
    const key = readPublicKey((await page.locator('pre').innerText()).trim());
    await page.selectOption('#addressee', 'bawaslu');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('main form button[type=submit]').click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    expect(checkPacket(bytes, [key])).toMatchObject({ ok: true, item });
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(checkPacket(bytes, [key])).toMatchObject({ ok: false });
  });

  /** An approved case of Sari's, as others' tests prove by the pages. */
  function approvedCase(): number {
    const item = rig.store.desk.reviews
      .after(0, 1_000)
      .find(({ event }) => event.stage === 'approved' && event.act.kind === 'escalation-approved');
    expect(item).toBeDefined();
    return item?.event.item ?? 0;
  }

  it('opens a sealed name for a reason, once', async () => {
    const [item = 0] = land(1);
    const page = await pageOf('sari', `/items/${item}`);
    expect(await page.content()).not.toContain('warga_rekaan_');
    await page.getByText('Buka nama dan tautan').first().click();
    await page.fill('#reason', 'rujukan laporan rekaan nomor 7');
    await page.locator('#unseal button').click();
    await page.waitForURL(/unseal$/);
    expect(await page.locator('main').innerText()).toContain(`warga_rekaan_${landed}`);
    const link = page.locator('main a[target=_blank]');
    expect(await link.getAttribute('rel')).toContain('noopener noreferrer');
    expect(rig.store.desk.audit.list({ limit: 1 })).toMatchObject([
      { kind: 'name-unsealed', actor: idOf('sari'), subject: `item:${item}` },
    ]);
    await page.goBack();
    expect(await page.content()).not.toContain('warga_rekaan_');
  });

  it('shows each unit its own, and hands over from one to another', async () => {
    const [item = 0] = land(1, '91');
    const [deep = 0] = land(1, '91.01');
    const sees = async (who: keyof typeof people, number: number): Promise<boolean> =>
      (await rig.get(`/items/${number}`, people[who])).status === 200;
    expect([await sees('sari', item), await sees('budi', item), await sees('resor', item)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([await sees('resor', deep), await sees('budi', deep)]).toEqual([true, false]);
    expect(await sees('auditor', deep)).toBe(true);

    const page = await takeItem('sari', item);
    await page.getByText('Serahkan kepada …').click();
    await page.selectOption('#unit', 'polda-b');
    await page.fill('#hand-over-note', 'wilayah sana');
    await page.locator('#hand-over-note').focus();
    await pressOn(page, 'Control+Enter');
    expect([await sees('sari', item), await sees('budi', item)]).toEqual([false, true]);
    const other = await pageOf('budi', `/items/${item}`);
    expect(await other.locator('blockquote').innerText()).toContain('wilayah sana');
  });

  it('has decided items looked at a second time, blind', async () => {
    const [item = 0] = land(1);
    const page = await takeItem('sari', item);
    await page.keyboard.press('1');
    await page.keyboard.press('n');
    await page.keyboard.type('jelas ajakan mengusir');
    await pressOn(page, 'Control+Enter');
    const other = await pageOf('tono', '/cases');
    await other.getByRole('button', { name: 'Ambil butir untuk tinjauan kedua' }).focus();
    await pressOn(other, 'Enter');
    // Oldest first, and this one is the latest: along the list to its end.
    await other.locator(`a[data-item="${item}"]`).click();
    await other.waitForURL(new RegExp(`/${item}\\b`));
    const text = await other.locator('article').innerText();
    expect(text).toContain('tanpa melihat putusan peninjau pertama');
    expect(text).not.toContain('jelas ajakan mengusir');
    await pressOn(other, '3', 'Enter');
    expect(rig.store.desk.reviews.findBlind(item)).toMatchObject({ agrees: false });
    expect(rig.store.getItem(item)?.state).toBe('closed');
  });

  it('tells what arrives without moving what is read', async () => {
    const page = await pageOf('sari', '/queue');
    const rows = () => page.locator('.queue a').allInnerTexts();
    const before = await rows();
    await page.mouse.wheel(0, 400);
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(0);
    land(12);
    const arrived = page.locator('#arrived');
    await arrived.waitFor({ state: 'visible', timeout: 30_000 });
    expect(await arrived.innerText()).toBe('12 baru');
    expect(await rows()).toEqual(before);
    expect(await page.evaluate('scrollY')).toBeGreaterThan(0);
    await page.close();
  });

  it('hands a shift over: what was decided, what waits, and a note for the next', async () => {
    const page = await pageOf('sari', '/shift');
    expect(await page.locator('main').innerText()).toContain('Giliran jaga');
    const form = page.locator('form[action="/shift/hand-over"]');
    await form.locator('select').selectOption({ label: people.tono.user.display });
    await form.locator('textarea').fill('dua perkara menunggu persetujuan');
    await Promise.all([page.waitForEvent('load'), form.locator('button[type=submit]').click()]);
    const other = await pageOf('tono', '/shift');
    expect(await other.locator('main').innerText()).toContain('dua perkara menunggu persetujuan');
    expect(rig.store.desk.shifts.lastHandOver('polda-a')).toBeDefined();
  });

  it.each([
    ['humas', ['/queue', '/cases', '/items/1', '/audit', '/users']],
    ['admin', ['/queue', '/cases', '/items/1']],
    ['auditor', ['/items/1/packet']],
    ['sari', ['/audit', '/users', '/items/1/packet']],
  ] as const)('refuses %s what is not theirs, in a sentence', async (who, paths) => {
    for (const path of paths) {
      const page = await pageOf(who, path);
      expect(await page.locator('main').innerText()).toContain('Peran Anda tidak membuka halaman ini');
      expect(await page.locator(`nav.side a[href="${path}"]`).count()).toBe(0);
      await page.close();
    }
  });

  it('lets an auditor read an item and change nothing of it', async () => {
    const [item = 0] = land(1);
    const page = await pageOf('auditor', `/items/${item}`);
    expect(await page.locator('#decide form').count()).toBe(1);
    expect(await page.locator('#decide form#unseal').count()).toBe(1);
  });

  it('works without script: taking, deciding, giving back', async () => {
    const [item = 0, second = 0] = land(2);
    const page = await pageOf('sari', `/items/${item}`, { script: false });
    const took = Promise.all([page.waitForNavigation(), page.locator('#claim button').click()]);
    await took;
    await page.check('input[name=outcome][value=not-a-violation]');
    await page.selectOption('#ground', 'satire');
    await page.fill('#note', 'satire tentang kampung rekaan');
    await Promise.all([page.waitForNavigation(), page.locator('#outcome button').click()]);
    expect(eventsOf(item)).toMatchObject([
      { act: { verdict: { kind: 'not-a-violation', ground: 'satire' } }, actor: idOf('sari') },
    ]);
    await page.goto(`${served.url}/items/${second}`);
    await Promise.all([page.waitForNavigation(), page.locator('#claim button').click()]);
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Kembalikan' }).click()]);
    expect(holder(second)).toBe(undefined);
  });

  it('works at the width of a phone', async () => {
    const [item = 0] = land(1);
    const page = await pageOf('sari', `/items/${item}`, { width: 390, height: 844 });
    expect(await overflow(page)).toBe(0);
    await page.locator('#claim button').click();
    await page.waitForSelector('#outcome');
    await page.locator('label', { has: page.locator('input[value=out-of-scope]') }).click();
    await Promise.all([page.waitForEvent('load'), page.locator('#outcome button').click()]);
    expect(rig.store.getItem(item)?.state).toBe('closed');
    expect(await overflow(page)).toBe(0);
  });

  it('asked nothing of another host, and hid no fault', () => {
    expect(foreign).toEqual([]);
    expect(rig.reported).toEqual([]);
    expect(rig.store.desk.audit.verify()).toMatchObject({ ok: true });
  });
});
