import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Hono } from 'hono';
import { compose, kindSchemas } from '../src/compose.js';
import { parseConfig } from '../src/config.js';
import { CATEGORIES, LEVELS } from '../src/core/assessment.js';
import { readDeskAssets } from '../src/files/desk-assets.js';
import { isSchedule } from '../src/pipeline/schedule.js';
import { openStore } from '../src/store/store.js';
import { createDesk } from '../src/web/desk.js';
import { listen } from '../src/web/listen.js';
import { deskRoutes } from '../src/web/routes.js';
import {
  fill,
  filling,
  option,
  PEOPLE,
  PROVINCES,
  pick,
  random,
  SOURCES,
  say,
  UNITS,
  VOCABULARY,
} from './desk-items.js';

/*
 * People at work on the desk over HTTP: `npm run bench:desk -- [--items N] [--people 20] [--seconds 60] [--think MS]`.
 * 200,000 items unless told otherwise; `--keep FOLDER` keeps the filled store and uses it again; `--direct` reads the
 * queue in the desk's own process, as a comparison. The server is a process of its own, and its times are told, from the
 * request's arrival in its code to the whole answer; how late its loop was comes on top and is told apart. Invented words.
 */

const SECRET = Buffer.alloc(32, 7);
const items = Number(option('--items') ?? 200_000);
const people = Number(option('--people') ?? 20);
const seconds = Number(option('--seconds') ?? 60);
const think = Number(option('--think') ?? 1_000);
const isDirect = process.argv.includes('--direct');

/** What the server tells when it stands: where, and the sessions of its people. */
interface Standing {
  readonly url: string;
  readonly people: readonly { readonly cookie: string; readonly csrf: string }[];
}
/** Milliseconds by kind of request. */
type Times = Readonly<Record<string, readonly number[]>>;

interface Measured {
  readonly times: Times;
  readonly loop: { readonly p95: number; readonly max: number };
  readonly statuses: Readonly<Record<string, number>>;
}

const home = option('--home');
if (process.argv[2] === 'serve' && home !== undefined) await serve(home);
else await measure();

function kindOf(method: string, url: URL): string | undefined {
  if (method === 'POST') {
    if (url.pathname.endsWith('/decide')) return 'decision';
    return url.pathname === '/claims/next' ? 'claim of 25' : undefined;
  }
  if (url.pathname === '/queue') return url.searchParams.has('text') ? 'search' : 'queue page';
  return /^\/items\/\d+$/.test(url.pathname) ? 'item' : undefined;
}

async function serve(folder: string): Promise<void> {
  const config = parseConfig({
    document: {
      units: UNITS.map(({ zone: _, ...unit }) => unit),
      desk: { port: 0 },
    },
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
    home: folder,
  });
  const app = await compose(config);
  const served = app.deskServer();
  const { apart: _, ...direct } = served.ports;
  const given = { ...served, ports: isDirect ? direct : served.ports };
  const desk = { ...given, language: 'id' as const, assets: readDeskAssets() };
  const inner = createDesk(desk, deskRoutes(desk));
  const times: Record<string, number[]> = {};
  const statuses: Record<string, number> = {};
  const timed: Hono['fetch'] = async (request, ...rest) => {
    const begin = process.hrtime.bigint();
    const response = await inner.fetch(request, ...rest);
    const kind = kindOf(request.method, new URL(request.url));
    if (kind === undefined) return response;
    // Pages are made whole before they are sent: what follows is the network's.
    const ms = Number(process.hrtime.bigint() - begin) / 1e6;
    times[kind] ??= [];
    times[kind].push(ms);
    const what = `${kind} ${response.status}`;
    statuses[what] = (statuses[what] ?? 0) + 1;
    return response;
  };
  const server = await listen(
    Object.assign(Object.create(inner) as Hono, { fetch: timed }),
    { host: '127.0.0.1', port: 0 },
    'desk',
  );
  const { users, sessions } = served.ports.store;
  const standing: Standing = {
    url: server.url,
    people: Array.from({ length: people }, (_each, n) => {
      const { role, unit } = PEOPLE[n % PEOPLE.length]!;
      const name = `petugas-${n}`;
      const user = users.findByName(name) ?? users.add({ name, display: name, role, unit }, Date.now());
      const session = sessions.open(user.id, Date.now());
      return { cookie: `ronda=${session}`, csrf: sessions.csrf(session) };
    }),
  };
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  process.send?.(standing);
  process.on('message', async (order) => {
    if (order === 'begin') {
      for (const kind of Object.keys(times)) delete times[kind];
      for (const what of Object.keys(statuses)) delete statuses[what];
      loop.reset();
      return;
    }
    const delay = { p95: loop.percentile(95) / 1e6 - 5, max: loop.max / 1e6 - 5 };
    process.send?.({ times, loop: delay, statuses } satisfies Measured);
    await server.close();
    await app.close();
    process.disconnect?.();
  });
}

/** The next message of a process, or its end. */
function told<T>(server: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    server.once('message', (message) => resolve(message as T));
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)));
  });
}

async function measure(): Promise<void> {
  const kept = option('--keep');
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'ronda-bench-desk-'));
  try {
    const path = join(folder, 'ronda.db');
    const clock = { now: () => filling.at ?? Date.now(), sleep: async () => undefined };
    const isFilled = existsSync(path);
    const store = openStore({ path, secret: SECRET, clock, seenWindowDays: 30 });
    if (!isFilled || store.desk.queue.newest() < items) fill(store, items);
    store.close();
    const server = fork(
      fileURLToPath(import.meta.url),
      ['serve', '--home', folder, ...process.argv.slice(2)],
      {
        env: { ...process.env, RONDA_SECRET: SECRET.toString('hex') },
      },
    );
    const { url, people: all } = await told<Standing>(server);
    // The readers start when they are first asked.
    await Promise.all(
      ['/queue', '/queue?text=mula'].map(async (path) =>
        (await fetch(url + path, { headers: { cookie: all[0]?.cookie ?? '' } })).text(),
      ),
    );
    server.send('begin');
    const before = loadavg()[0] ?? 0;
    const until = Date.now() + seconds * 1_000;
    await Promise.all(all.map((person) => work(url, person, until)));
    const measuring = told<Measured>(server);
    server.send('enough');
    const { times, loop, statuses } = await measuring;
    const [cpu] = cpus();
    say(
      `${items} items, ${people} people, ${think} ms of thought, ${seconds} s, queue read ${isDirect ? 'in the desk’s process' : 'apart'}; ${availableParallelism()} cores (${cpu?.model.trim()}), load ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after; Node ${process.versions.node}`,
    );
    for (const kind of ['queue page', 'item', 'claim of 25', 'decision', 'search']) {
      const sorted = (times[kind] ?? []).toSorted((a, b) => a - b);
      const at = (share: number): string =>
        (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1);
      say(
        `${kind.padEnd(12)} ${String(sorted.length).padStart(6)} requests   median ${at(0.5).padStart(7)} ms   p95 ${at(0.95).padStart(7)} ms   most ${at(1).padStart(8)} ms`,
      );
    }
    say(`the server’s loop was late by ${loop.p95.toFixed(1)} ms (p95), at most ${loop.max.toFixed(1)} ms`);
    say(`answers: ${JSON.stringify(statuses)}`);
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Somebody who reads, decides and searches, until the time is over. */
async function work(url: string, { cookie, csrf }: Standing['people'][number], until: number): Promise<void> {
  const get = async (path: string): Promise<string> =>
    (await fetch(url + path, { headers: { cookie } })).text();
  const post = (path: string, fields: Record<string, string>) =>
    fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, 'x-csrf': csrf },
      body: new URLSearchParams(fields),
    });
  let held: string[] = [];
  let seen: string[] = [];
  await sleep(random() * think);
  while (Date.now() < until) {
    const what = random();
    if (what < 0.3) {
      if (held.length === 0) {
        await post('/claims/next', {});
        held = [...(await get('/queue?mine=1')).matchAll(/data-item="(\d+)"/g)].map(([, item]) => item ?? '');
      }
      const item = held.shift();
      if (item !== undefined) await (await post(`/items/${item}/decide`, { outcome: 'out-of-scope' })).text();
    } else if (what < 0.6 && seen.length > 0) await get(`/items/${pick(seen)}`);
    else if (what < 0.8) {
      const query = new URLSearchParams({
        ...(random() < 0.3 ? { category: pick(CATEGORIES) } : {}),
        ...(random() < 0.3 ? { level: pick(LEVELS.slice(1)) } : {}),
        ...(random() < 0.2 ? { source: pick(SOURCES) } : {}),
        ...(random() < 0.2 ? { region: pick(PROVINCES) } : {}),
      });
      seen = [...(await get(`/queue?${query}`)).matchAll(/data-item="(\d+)"/g)].map(([, item]) => item ?? '');
    } else {
      const term = pick(VOCABULARY);
      await get(`/queue?text=${random() < 0.3 ? term.slice(0, 3) : term}`);
    }
    await sleep(think * (0.5 + random()));
  }
}
