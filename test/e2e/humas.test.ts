import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserAvailable, openBrowser, serveDesk, signIn, type TestBrowser } from '../support/browser.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';
import { tellStories } from '../support/told-stories.js';

/** A morning of somebody of humas, in Chromium: what is going on, one story, an answer to it; without a script. */

const available = browserAvailable();

describe.runIf(available)('somebody of humas', () => {
  let rig: DeskAppRig;
  let humas: Person;
  let browser: TestBrowser;
  let served: Awaited<ReturnType<typeof serveDesk>>;
  const foreign: string[] = [];

  beforeAll(async () => {
    rig = deskAppRig();
    tellStories(rig.store, rig.clock);
    humas = rig.person('humas');
    browser = await openBrowser(foreign);
    served = await serveDesk(rig);
  });
  afterAll(async () => {
    await served?.close();
    await browser?.close();
    rig?.close();
  });

  it('looks at today, reads the story that rises, answers it and sees the answer on its curve', async () => {
    const window = await browser.window({ script: false });
    await signIn(window, served.url, humas);
    const page = await window.newPage();
    await page.goto(`${served.url}/`);
    // What the role opens first.
    expect(new URL(page.url()).pathname).toBe('/today');
    const rooms = await page.locator('nav.side a').allTextContents();
    expect(rooms.map((each) => each.trim())).not.toContain('Antrean');

    await page.locator('.story-lines a').first().click();
    const title = await page.locator('h1').innerText();
    expect(title).toContain('jembatan');
    expect(await page.locator('main a[href^="/items"]').count()).toBe(0);
    const curve = page.locator('figure.plot svg[role=img]').first();
    expect(await curve.boundingBox()).toMatchObject({ height: expect.any(Number) });

    await page.fill('#answer-url', 'https://humas.example/siaran/12');
    await page.fill('#answer-at', '2026-11-22T10:15');
    await page.fill('#answer-channel', 'Siaran pers');
    await page.fill('#answer-note', 'Jembatan utuh.');
    await page.locator('#clarify button[type=submit]').click();
    expect(await page.locator('[role=status]').innerText()).toContain('Klarifikasi');
    expect(await page.locator('.noted').innerText()).toContain('humas.example');
    expect(await page.locator('ol.marks li.answer').innerText()).toContain('22 Nov 2026 10.15 WIB');

    await page.locator('#edit > summary').click();
    await page.fill('#edit-title', 'Kabar jembatan Cikalunggu');
    await page.locator('form[action$="/rename"] button').click();
    expect(await page.locator('h1').innerText()).toBe('Kabar jembatan Cikalunggu');

    await page.goto(`${served.url}/narratives`);
    for (const box of await page.locator('.story-list input[type=checkbox]').all()) await box.check();
    await page.locator('form[action="/compare"] button').click();
    expect(await page.locator('.columns.two > section').count()).toBe(2);

    await page.goto(`${served.url}/calendar`);
    await page.locator('.period a').first().click();
    expect(await page.locator('.month td').count()).toBeGreaterThan(27);
    await window.close();
  });

  it('has the numbers of a curve on paper, where nothing can be opened', async () => {
    const window = await browser.window({ script: false });
    await signIn(window, served.url, humas);
    const page = await window.newPage();
    await page.goto(`${served.url}/today`);
    const numbers = page.locator('figure.plot details table').first();
    const height = async () => (await numbers.boundingBox())?.height ?? 0;
    expect(await height()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await height()).toBeGreaterThan(100);
    expect(await numbers.locator('tbody tr').first().innerText()).toMatch(/\d/);
    await window.close();
  });

  it('leaves a screen on a wall to itself, which asks anew by itself', async () => {
    const window = await browser.window({ script: false, width: 1_920, height: 1_080 });
    await signIn(window, served.url, humas);
    const page = await window.newPage();
    await page.goto(`${served.url}/wall`);
    // Nobody scrolls it.
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/wall') asked.push(request.url());
    });
    // A minute is too long for a test: the page is the same, its answer says to come again in a second.
    await page.route('**/wall', async (route) => {
      const response = await route.fetch();
      expect(response.headers().refresh).toBe('60');
      await route.fulfill({ response, headers: { ...response.headers(), refresh: '1' } });
    });
    await page.goto(`${served.url}/wall`);
    await page.waitForRequest('**/wall', { timeout: 20_000 });
    expect(asked.length).toBeGreaterThan(1);
    await window.close();
  });

  it('is let into no queue, and asks nothing of another host', async () => {
    const window = await browser.window();
    await signIn(window, served.url, humas);
    const page = await window.newPage();
    for (const address of ['/queue', '/items/1', '/cases']) {
      expect((await page.goto(served.url + address))?.status()).toBe(403);
    }
    await window.close();
    expect(foreign).toEqual([]);
  });
});
