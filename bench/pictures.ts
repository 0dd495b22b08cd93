import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { compose, kindSchemas } from '../src/compose.js';
import { parseConfig } from '../src/config.js';
import type { Actor, Role, User } from '../src/core/user.js';
import { readDeskAssets } from '../src/files/desk-assets.js';
import { packageRoot } from '../src/files/package-root.js';
import { claimItems, claimNext } from '../src/pipeline/claim-items.js';
import { noteClarification } from '../src/pipeline/edit-narratives.js';
import { readQueue } from '../src/pipeline/read-queue.js';
import { approveEscalation, decide, proposeEscalation } from '../src/pipeline/review.js';
import { isSchedule } from '../src/pipeline/schedule.js';
import { createDesk } from '../src/web/desk.js';
import { listen } from '../src/web/listen.js';
import type { DeskApp } from '../src/web/route.js';
import { deskRoutes } from '../src/web/routes.js';
import { toPalette } from './palette-png.js';
import { writeSpreading } from './spreading-posts.js';

/*
 * The pictures of docs/pictures: `npm run pictures`. Runs the demo into a folder of its own, lets invented people work on
 * what landed, and takes each page of the desk in both themes and at the width of a phone, with Debian's Chromium.
 */

const OUT = join(packageRoot, 'docs/pictures');
const CHROMIUM = '/usr/bin/chromium';
/** Words of the demo's call that several voices repeat. */
const ALIKE = 'bakar rumahnya';
/** The command that stands beside this file. */
const COMMAND = fileURLToPath(new URL('../src/cli/main.js', import.meta.url));

/** What is pictured: each part of the desk over a folder of its own. */
const PARTS = ['queue', 'humas'] as const;
type Part = (typeof PARTS)[number];

for (const part of PARTS.filter((each) => process.argv.length < 3 || process.argv.includes(each))) {
  const home = mkdtempSync(join(tmpdir(), 'ronda-pictures-'));
  const workers: ChildProcess[] = [];
  try {
    if (part === 'queue') {
      ronda(home, 'run', '--once');
      workers.push(await startWorker(home, 'land'), await startWorker(home, 'score'));
    } else {
      writeSpreading(home, Date.now());
      ronda(home, 'claims', 'import', join(home, 'claims-of-pictures.jsonl'));
      ronda(home, 'batch', join(home, 'spreading.jsonl'), '--source', 'forum-rekaan');
    }
    await takeAll(home, part);
  } finally {
    for (const worker of workers) {
      worker.kill();
      await once(worker, 'close');
    }
    rmSync(home, { recursive: true, force: true });
  }
}

/** A worker that is at work, for the room of operations to show. */
async function startWorker(home: string, verb: 'land' | 'score'): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [COMMAND, '--home', home, 'worker', verb], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Its first words are that it is at work.
  if (worker.stderr !== null) await once(worker.stderr, 'data');
  return worker;
}

/** The demo's sources, which are not asked for anything here. */
function demoSources(): unknown {
  const folder = join(packageRoot, 'fixtures/demo');
  const written = readFileSync(join(folder, 'sources.json'), 'utf8')
    .replaceAll('{base}', 'http://127.0.0.1:9')
    .replaceAll('{stream}', 'ws://127.0.0.1:9')
    .replaceAll('{folder}', folder);
  return (JSON.parse(written) as { sources: unknown }).sources;
}

/** Runs the command to its end. */
function ronda(home: string, ...args: readonly string[]): void {
  execFileSync(process.execPath, [COMMAND, '--home', home, ...args], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
async function takeAll(home: string, part: Part): Promise<void> {
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
    ...(part === 'queue' ? { sources: demoSources() } : {}),
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
  const desk = { ...served, machinery: app.machinery(), language: 'id' as const, assets: readDeskAssets() };
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
  if (part === 'humas') {
    // Its first look raises what there is to be told.
    const alerts = await app.pipeline().startAlerts();
    await sleep(1_000);
    await alerts.close();
  }
  const pages =
    part === 'queue'
      ? queuePages(workOn(ports, actor('officer'), actor('supervisor')))
      : humasPages(answerStories(desk, actor('humas')));
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
      // It is dark whatever the theme, and no page of a phone.
      if (name === 'wall' && suffix !== '') continue;
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

/** Name, address, and who looks at it. */
type Pictured = readonly (readonly [string, string, Role | undefined])[];

function queuePages({ held, approved }: ReturnType<typeof workOn>): Pictured {
  return [
    ['login', '/login', undefined],
    ['queue', '/queue', 'officer'],
    ['item', `/items/${held}?mine=1`, 'officer'],
    ['cases', '/cases', 'supervisor'],
    ['packet', `/items/${approved}/packet`, 'supervisor'],
    ['shift', '/shift', 'supervisor'],
    ['numbers', '/numbers', 'humas'],
    ['neutrality', '/neutrality', 'auditor'],
    ['legal', '/legal', 'officer'],
    ['audit', '/audit', 'auditor'],
    ['users', '/users', 'admin'],
    ['operations', '/operations', 'admin'],
    ['account', '/account', 'officer'],
  ];
}

function humasPages({ rising, other }: ReturnType<typeof answerStories>): Pictured {
  return [
    ['today', '/today', 'humas'],
    ['narratives', '/narratives?least=10', 'humas'],
    ['narrative', `/narratives/${rising}`, 'humas'],
    ['compare', `/compare?a=${rising}&b=${other}`, 'humas'],
    ['calendar', '/calendar', 'humas'],
    ['alerts', '/alerts', 'humas'],
    ['reports', '/reports', 'humas'],
    ['wall', '/wall', 'humas'],
  ];
}

/** The largest narrative with an answer to it, and another. */
function answerStories(desk: DeskApp, humas: Actor): { readonly rising: string; readonly other: string } {
  const { ports, narratives, edits } = desk;
  const told = narratives.listNarratives({ limit: 200 }).toSorted((a, b) => b.posts - a.posts);
  const known = told.filter(({ bursts }) => bursts.length > 0);
  const rising = known.find(({ lastSeen }) => Date.parse(lastSeen) > Date.now() - 7_200_000) ?? told[0];
  const other = known.find(({ id }) => id !== rising?.id) ?? told[1];
  if (rising === undefined || other === undefined) throw new Error('there are no narratives to be shown');
  noteClarification({ ...ports, narratives, edits }, humas, rising.id, {
    at: new Date(Date.now() - 2 * 3_600_000).toISOString(),
    channel: 'Siaran pers',
    url: 'https://humas.example/siaran/12',
    note: 'Stok garam di pasar Lembahsari cukup untuk tiga bulan; tidak ada toko yang tutup.',
  });
  return { rising: rising.id, other: other.id };
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
  // One that others are much like is left for the picture of an item.
  const alike = new Set(entries.flatMap(({ number, excerpt }) => (excerpt.includes(ALIKE) ? [number] : [])));
  rest.slice(8).forEach((item, at) => {
    if (at % 4 === 0 || alike.has(item)) return;
    claimItems(ports, officer, [item]);
    const { level, flags: [category = 'hate'] = [] } = levels.get(item) ?? {};
    const isGrave = level === 'critical' || level === 'high';
    decide(ports, officer, {
      items: [item],
      outcome: isGrave ? { kind: 'violation', category } : { kind: 'not-a-violation', ground: 'criticism' },
    });
  });
  const [held = rest[0] ?? 0] = alike;
  claimItems(ports, officer, [held]);
  claimNext(ports, officer, {}, 5);
  return { held, approved };
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
  if (name === 'wall') await page.setViewportSize({ width: 1_600, height: 900 });
  const response = await page.goto(url, { waitUntil: 'load' });
  if (response?.status() === 200) {
    writeFileSync(join(OUT, `${name}.png`), toPalette(await page.screenshot()));
  } else process.stderr.write(`no picture of ${name}: ${response?.status()}\n`);
  await page.close();
}
