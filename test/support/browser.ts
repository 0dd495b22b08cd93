import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { listen } from '../../src/web/listen.js';
import type { DeskAppRig, Person } from './desk-app.js';

const CHROMIUM = '/usr/bin/chromium';

/**
 * Whether Debian's Chromium is installed. Where it is not, says so, so that no skip goes unseen; with
 * RONDA_TEST_REQUIRE=1 it fails instead.
 */
export function browserAvailable(): boolean {
  if (existsSync(CHROMIUM)) return true;
  if (process.env.RONDA_TEST_REQUIRE === '1') {
    throw new Error(`${CHROMIUM} is not installed, and RONDA_TEST_REQUIRE=1 allows no skip`);
  }
  process.stderr.write(`SKIPPED: tests in a browser, because ${CHROMIUM} is not installed\n`);
  return false;
}

/** One browser with a profile of its own; several people are several contexts. */
export interface TestBrowser {
  /** A window of somebody's own: cookies and storage are shared with nobody. */
  window(options?: WindowOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

export interface WindowOptions {
  /** CSS pixels; 1280 unless told otherwise. */
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Brings axe-core with it, for {@link axeFaults}. */
  readonly axe?: boolean;
  /** False: pages run no script. */
  readonly script?: boolean;
}

/** Starts Chromium. It reaches the loopback only: what pages ask of other hosts is refused and told in `foreign`. */
export async function openBrowser(foreign: string[] = []): Promise<TestBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-browser-'));
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-dev-shm-usage'],
      `--disk-cache-dir=${join(folder, 'cache')}`,
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
    ],
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder },
  });
  return {
    async window({ width = 1_280, height = 900, theme = 'light', axe = false, script = true } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        javaScriptEnabled: script,
      });
      context.on('request', (request) => {
        if (!/^(?:https?:\/\/127\.0\.0\.1[:/]|data:|blob:)/.test(request.url())) foreign.push(request.url());
      });
      if (axe) {
        const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
        await context.addInitScript({ path });
      }
      return context;
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Serves a rig's desk on a free port of the loopback. */
export function serveDesk(rig: DeskAppRig): Promise<{ readonly url: string; close(): Promise<void> }> {
  return listen(rig.desk, { host: '127.0.0.1', port: 0 }, 'desk');
}

/** Signs a window in without the form: the person's session is put in its cookies. */
export async function signIn(window: BrowserContext, url: string, person: Person): Promise<void> {
  const cookie = { name: 'ronda', value: person.session, url, httpOnly: true, sameSite: 'Strict' } as const;
  await window.addCookies([cookie]);
}

/** Signs in as people do; hashing the password takes a third of a second and more. */
export async function logIn(page: Page, url: string, name: string, password: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.fill('#name', name);
  await page.fill('#password', password);
  await Promise.all([
    page.waitForURL((to) => !to.pathname.startsWith('/login')),
    page.keyboard.press('Enter'),
  ]);
}

/** What axe finds wrong, as one line a fault: rule, element and why. Empty where nothing is. */
export async function axeFaults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await page.evaluate<{
    violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
  }>(`axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => {
      const why = failureSummary.replace(/\s+/g, ' ').trim();
      return `${id}: ${html.slice(0, 160)} (${why.slice(0, 240)})`;
    }),
  );
}

/** How far the page is wider than its window, in pixels; 0 where one need not scroll sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

const PICTURES = resolve(import.meta.dirname, '../../docs/pictures');

/** Takes a picture for the documentation, where they are asked for: RONDA_TEST_PICTURES=1. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  if (process.env.RONDA_TEST_PICTURES !== '1') return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage });
}
