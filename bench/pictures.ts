import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { compose, kindSchemas } from '../src/compose.js';
import { parseConfig } from '../src/config.js';
import type { Actor, Role, User } from '../src/core/user.js';
import { readDeskAssets } from '../src/files/desk-assets.js';
import { packageRoot } from '../src/files/package-root.js';
import { claimItems, claimNext } from '../src/pipeline/claim-items.js';
import { readQueue } from '../src/pipeline/read-queue.js';
import { approveEscalation, decide, proposeEscalation } from '../src/pipeline/review.js';
import { isSchedule } from '../src/pipeline/schedule.js';
import { createDesk } from '../src/web/desk.js';
import { listen } from '../src/web/listen.js';
import { deskRoutes } from '../src/web/routes.js';
import { toPalette } from './palette-png.js';

/*
 * The pictures of docs/pictures: `npm run pictures`. Runs the demo into a folder of its own, lets invented people work on
 * what landed, and takes each page of the desk in both themes and at the width of a phone, with Debian's Chromium.
 */

const OUT = join(packageRoot, 'docs/pictures');
const CHROMIUM = '/usr/bin/chromium';

const home = mkdtempSync(join(tmpdir(), 'ronda-pictures-'));
try {
  execFileSync(
    process.execPath,
    [join(packageRoot, 'dist/src/cli/main.js'), '--home', home, 'run', '--once'],
    {
      cwd: home,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  await takeAll();
} finally {
  rmSync(home, { recursive: true, force: true });
}

async function takeAll(): Promise<void> {
  const document = {
    units: [
      { id: 'polda-contoh', name: 'Polda Contoh', regions: ['*'], zone: 'WIB' },
      {
        id: 'polres-karangan',
        name: 'Polres Karangan',
        regions: ['99.01'],
        parent: 'polda-contoh',
        zone: 'WIB',
      },
    ],
    desk: { blind_share: 0.3 },
  };
  const config = parseConfig({
    document,
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
    home,
  });
  const app = await compose(config);
  const served = app.deskServer();
  const { ports } = served;
  const desk = { ...served, language: 'id' as const, assets: readDeskAssets() };
  const server = await listen(createDesk(desk, deskRoutes(desk)), { host: '127.0.0.1', port: 0 }, 'desk');
  const people = new Map<Role, { readonly user: User; readonly cookie: string }>();
  for (const [role, display] of [
    ['officer', 'Sari Rekaan'],
    ['supervisor', 'Joko Rekaan'],
    ['humas', 'Wati Rekaan'],
    ['auditor', 'Budi Rekaan'],
    ['admin', 'Tono Rekaan'],
  ] as const) {
    const name = display.split(' ')[0]?.toLowerCase() ?? role;
    const user = ports.store.users.add({ name, display, role, unit: 'polda-contoh' }, Date.now());
    people.set(role, { user, cookie: ports.store.sessions.open(user.id, Date.now()) });
  }
  const actor = (role: Role): Actor => ({
    user: people.get(role)?.user.id ?? 0,
    role,
    unit: 'polda-contoh',
  });
  const { held, approved } = workOn(ports, actor('officer'), actor('supervisor'));

  const pages: readonly (readonly [string, string, Role | undefined])[] = [
    ['login', '/login', undefined],
    ['queue', '/queue', 'officer'],
    ['item', `/items/${held}?mine=1`, 'officer'],
    ['cases', '/cases', 'supervisor'],
    ['packet', `/items/${approved}/packet`, 'supervisor'],
    ['shift', '/shift', 'supervisor'],
    ['numbers', '/numbers', 'humas'],
    ['neutrality', '/neutrality', 'auditor'],
    ['narratives', '/narratives', 'humas'],
    ['legal', '/legal', 'officer'],
    ['audit', '/audit', 'auditor'],
    ['users', '/users', 'admin'],
    ['operations', '/operations', 'admin'],
    ['account', '/account', 'officer'],
  ];
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
      '--disable-background-networking',
    ],
    env: { ...process.env, HOME: home },
  });
  mkdirSync(OUT, { recursive: true });
  for (const [suffix, colorScheme, width, height] of [
    ['', 'light', 1_200, 800],
    ['-dark', 'dark', 1_200, 800],
    ['-phone', 'light', 390, 844],
  ] as const) {
    const window = await browser.newContext({ colorScheme, viewport: { width, height } });
    for (const [name, address, role] of pages) {
      await take(window, server.url + address, people.get(role ?? 'officer')?.cookie, role, name + suffix);
    }
    await window.close();
  }
  await browser.close();
  await server.close();
  await app.close();
  const bytes = readdirSync(OUT).reduce((sum, name) => sum + statSync(join(OUT, name)).size, 0);
  process.stdout.write(`${(bytes / 1e6).toFixed(2)} MB of pictures\n`);
}

/** Some work of a morning: what was decided, what is in hand, a case that waits and one that was approved. */
function workOn(
  ports: Parameters<typeof decide>[0],
  officer: Actor,
  supervisor: Actor,
): { readonly held: number; readonly approved: number } {
  const { entries } = readQueue(ports, officer, { limit: 60 });
  const numbers = entries.map(({ number }) => number);
  const checklist = {
    targetKind: 'protected-group',
    target: 'religion:kristen',
    criticismOrOpinion: false,
    callToAct: true,
  } as const;
  const [approved = 0, proposed = 0, ...rest] = numbers;
  for (const item of [approved, proposed]) {
    claimItems(ports, officer, [item]);
    proposeEscalation(ports, officer, {
      item,
      checklist,
      note: 'Ada ajakan mengusir; sasaran kelompok agama.',
    });
  }
  approveEscalation(ports, supervisor, { item: approved });
  const levels = new Map(entries.map((entry) => [entry.number, entry]));
  // As people would: what is grave is a violation, and where the machine was in doubt it was often criticism.
  rest.slice(8).forEach((item, at) => {
    if (at % 4 === 0) return;
    claimItems(ports, officer, [item]);
    const { level, flags: [category = 'hate'] = [] } = levels.get(item) ?? {};
    const isGrave = level === 'critical' || level === 'high';
    decide(ports, officer, {
      items: [item],
      outcome: isGrave ? { kind: 'violation', category } : { kind: 'not-a-violation', ground: 'criticism' },
    });
  });
  const [first] = claimNext(ports, officer, {}, 6);
  return { held: first?.item ?? rest[0] ?? 0, approved };
}

async function take(
  window: BrowserContext,
  url: string,
  cookie: string | undefined,
  role: Role | undefined,
  name: string,
): Promise<void> {
  await window.clearCookies();
  if (role !== undefined && cookie !== undefined) {
    await window.addCookies([{ name: 'ronda', value: cookie, url, httpOnly: true, sameSite: 'Strict' }]);
  }
  const page: Page = await window.newPage();
  const response = await page.goto(url, { waitUntil: 'load' });
  if (response?.status() === 200) {
    writeFileSync(join(OUT, `${name}.png`), toPalette(await page.screenshot()));
  } else process.stderr.write(`no picture of ${name}: ${response?.status()}\n`);
  await page.close();
}
