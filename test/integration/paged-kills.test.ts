import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Item } from '../../src/core/item.js';
import { openStore } from '../../src/store/store.js';
import { freshHome } from '../support/ronda.js';

/** A paged place with deletions and gaps, read by a process that is killed again and again, in mid-page too. */

const PAGES = 24;
const POSTS_A_PAGE = 15;
const SECRET = Buffer.alloc(32, 7);

interface Page {
  readonly posts: readonly { readonly id: string; readonly text: string }[];
  readonly withdrawn: readonly { readonly id: string; readonly at: string }[];
  readonly gaps: readonly { readonly to: string; readonly kind: string; readonly reason: string }[];
  readonly last: boolean;
}

const idOf = (page: number, n: number): string => `papan:${page}-${n}`;
const textOf = (id: string): string => `tulisan-rekaan ${id} selesai`;
const at = '2026-01-05T09:55:00.000Z';

/** Each page withdraws a post of its own and one of two pages before; every fifth could not give all. */
function pageOf(page: number): Page {
  return {
    posts: Array.from({ length: POSTS_A_PAGE }, (_, n) => ({
      id: idOf(page, n),
      text: textOf(idOf(page, n)),
    })),
    withdrawn: [idOf(page, 3), ...(page < 2 ? [] : [idOf(page - 2, 7)])].map((id) => ({ id, at })),
    gaps:
      page % 5 === 4
        ? [
            {
              to: new Date(Date.UTC(2026, 0, 1, page)).toISOString(),
              kind: 'max-pages',
              reason: `halaman ${page}`,
            },
          ]
        : [],
    last: page === PAGES - 1,
  };
}

it('loses and repeats nothing, whenever the process is killed', { timeout: 120_000 }, async () => {
  const home = freshHome();
  let child: ChildProcess | undefined;
  // Where it is killed: in the middle of a body, as a page is asked for, and some time after one was given.
  const kills = new Map<number, (response: ServerResponse, body: string) => Promise<void>>();
  const kill = async (): Promise<void> => {
    const killed = child;
    killed?.kill('SIGKILL');
    if (killed !== undefined && killed.exitCode === null && killed.signalCode === null)
      await once(killed, 'exit');
  };
  for (const page of [0, 5, 11]) {
    kills.set(page, async (response, body) => {
      response.write(body.slice(0, body.length / 2));
      await kill();
    });
  }
  for (const page of [3, 8, 23]) kills.set(page, kill);
  for (const [index, page] of [6, 13, 15, 17, 19, 21].entries()) {
    kills.set(page, async (response, body) => {
      response.end(body);
      await sleep(index * 25);
      await kill();
    });
  }
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    const page = Number(new URL(request.url ?? '', 'http://place').searchParams.get('page'));
    const body = JSON.stringify(pageOf(page));
    const strike = kills.get(page);
    kills.delete(page);
    if (strike === undefined) response.end(body);
    else void strike(response, body).then(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    let starts = 0;
    for (let killed = true; killed; starts += 1) {
      child = spawn(
        process.execPath,
        [fileURLToPath(new URL('../support/collect-child.mjs', import.meta.url))],
        {
          stdio: ['pipe', 'inherit', 'inherit'],
        },
      );
      child.stdin?.end(JSON.stringify({ home: home.path, url, secret: SECRET.toString('hex') }));
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      killed = signal === 'SIGKILL';
      if (!killed) expect(code).toBe(0);
    }
    expect(kills.size).toBe(0);
    expect(starts).toBeGreaterThan(6);

    const store = openStore({
      path: join(home.path, 'ronda.db'),
      secret: SECRET,
      clock: { now: Date.now, sleep: (ms) => sleep(ms) },
      seenWindowDays: 30,
    });
    const items = store.listItems({ limit: 1_000 });
    const [run] = store.listRuns(10);
    const { gaps, hours } = store.sourceFacts('papan');
    store.close();

    const withdrawn = new Set(
      Array.from({ length: PAGES }, (_, page) => pageOf(page).withdrawn.map(({ id }) => id)).flat(),
    );
    const all = Array.from({ length: PAGES }, (_, page) => pageOf(page).posts.map(({ id }) => id)).flat();
    const byId = (found: readonly Item[]): string[] => found.map(({ post }) => post.id).sort();
    const kept = items.filter((item) => item.withdrawn === undefined);
    expect(byId(kept)).toEqual(all.filter((id) => !withdrawn.has(id)).sort());
    expect(kept.every(({ post, revisions }) => post.text === textOf(post.id) && revisions === 1)).toBe(true);
    // A withdrawn post either landed before its deletion came, and lost its text, or never landed.
    expect(items.filter((item) => item.withdrawn !== undefined && item.post.text !== '')).toEqual([]);
    expect(byId(items.filter((item) => item.withdrawn !== undefined)).every((id) => withdrawn.has(id))).toBe(
      true,
    );
    const bytes = readdirSync(home.path)
      .filter((name) => name.startsWith('ronda.db'))
      .map((name) => readFileSync(join(home.path, name), 'utf8'))
      .join('');
    expect([...withdrawn].filter((id) => bytes.includes(textOf(id)))).toEqual([]);

    expect(run).toMatchObject({ outcome: 'done', counts: { collected: all.length, passed: 0, failed: 0 } });
    expect((run?.counts.landed ?? 0) + (run?.counts.seen ?? 0)).toBe(all.length);
    expect(run?.counts.landed).toBe(items.length);
    expect(gaps.map(({ reason }) => reason).sort()).toEqual(
      [4, 9, 14, 19].map((page) => `halaman ${page}`).sort(),
    );
    expect(hours.reduce((sum, { posts }) => sum + posts, 0)).toBe(all.length);
  } finally {
    child?.kill('SIGKILL');
    server.closeAllConnections();
    server.close();
    home.remove();
  }
});
