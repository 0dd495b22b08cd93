import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { inventedPosts, jsonLines } from '../support/posts.js';
import { eventually, freshHome, projectRoot, Ronda, ronda } from '../support/ronda.js';

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0)) undo();
});

function home(): string {
  const fresh = freshHome();
  cleanUp.push(fresh.remove);
  return fresh.path;
}

interface Summary {
  readonly outcome: string;
  readonly collected: number;
  readonly landed: number;
  readonly passed: number;
  readonly seen: number;
  readonly failed: number;
}

function sumOf({ landed, passed, seen, failed }: Summary): number {
  return landed + passed + seen + failed;
}

interface Told {
  readonly title: string;
  readonly last_seen: string;
  readonly flagged: number;
  readonly bursts: readonly { readonly size: number }[];
}

interface ItemLine {
  readonly number: number;
  readonly post: { readonly id: string; readonly source: string; readonly text: string };
  readonly level: string;
  readonly flags: readonly string[];
}

async function items(folder: string): Promise<ItemLine[]> {
  const { stdout } = await ronda(['items', 'list', '--jsonl'], { home: folder });
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ItemLine]));
}

describe('ronda run without a ronda.yaml', () => {
  it('shows the demo, from fetch to a readable table, and ends with counts that add up', async () => {
    const folder = home();
    const done = await ronda(['run', '--once'], { home: folder, environment: { RONDA_TEST_COLUMNS: '120' } });
    expect(done.stderr).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(done.code).toBe(0);
    const counts =
      /terkumpul (\d+) = masuk antrean (\d+) \+ lewat (\d+) \+ sudah pernah (\d+) \+ gagal (\d+)/.exec(
        done.stdout,
      );
    const [collected, ...parts] = (counts ?? []).slice(1).map(Number);
    expect(collected).toBeGreaterThan(100);
    expect(parts.reduce((sum, n) => sum + n, 0)).toBe(collected);
    expect(done.stdout).toContain('Temuan adalah petunjuk, bukan putusan');
    const listed = await items(folder);
    expect(listed.length).toBe(Number(counts?.[2]));
    expect(listed.length).toBeGreaterThan(5);
    const meant = meantInTheDemo();
    for (const { post } of listed) {
      expect(['hate', 'sara', 'incitement', 'threat', 'hoax-marker'], post.text).toContain(
        meant.get(post.text),
      );
    }
  });

  it('shows a story that several voices tell, its burst and the copies of its call', async () => {
    const folder = home();
    const done = await ronda(['run', '--once'], { home: folder });
    expect(done.stdout).toMatch(/Lonjakan: \d+ unggahan sejak .+ “mobil putih .+” \(sejauh ini \d\d penulis/);
    const { stdout } = await ronda(['narratives', 'list', '--jsonl'], { home: folder });
    const told = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Told]));
    const story = told.find(({ title }) => title.includes('mobil putih'));
    expect(story).toMatchObject({ flagged: 4, bursts: [{ size: 20 }] });
    // The recording is moved in time, so that its story is of today.
    expect(Date.now() - Date.parse(story?.last_seen ?? '')).toBeLessThan(2 * 3_600_000);
    const calls = (await items(folder)).filter(({ post }) => post.text.includes('bakar rumahnya'));
    expect(new Set(calls.map(({ post }) => post.source)).size).toBe(3);
  });

  it('shows feeds, pages, Mastodon, Telegram, Bluesky and files side by side', async () => {
    const folder = home();
    await ronda(['run', '--once'], { home: folder });
    const sources = JSON.parse((await ronda(['sources', 'list', '--json'], { home: folder })).stdout) as {
      name: string;
      kind: string;
      state: string;
    }[];
    expect(new Set(sources.map(({ kind }) => kind))).toEqual(
      new Set(['feed', 'web', 'mastodon', 'telegram', 'bluesky', 'file']),
    );
    expect(sources.filter(({ state }) => state !== 'well')).toEqual([]);
    const flagged = new Set((await items(folder)).map(({ post }) => post.source));
    for (const { name, kind } of sources) {
      if (['mastodon', 'telegram', 'bluesky'].includes(kind)) expect(flagged).toContain(name);
    }
  });

  it('adds nothing when it is run again', async () => {
    const folder = home();
    const first = JSON.parse((await ronda(['run', '--once', '--json'], { home: folder })).stdout) as Summary;
    const again = JSON.parse((await ronda(['run', '--once', '--json'], { home: folder })).stdout) as Summary;
    expect(first.landed).toBeGreaterThan(5);
    expect(again).toMatchObject({ outcome: 'done', landed: 0, passed: 0, failed: 0 });
    expect(again.collected).toBe(again.seen);
  });

  it('keeps running on its schedules until Ctrl-C, which stops it at once with nothing lost', async () => {
    const folder = home();
    const run = new Ronda(['run'], { home: folder });
    cleanUp.push(() => run.kill('SIGKILL'));
    await run.says(/Ctrl-C/);
    run.kill('SIGINT');
    const { code, stderr } = await run.finished;
    // One that has to be given up, within the five seconds that a person is promised, ends with 130.
    expect(code).toBe(0);
    expect(stderr).not.toContain('Warning');
    const left = JSON.parse((await ronda(['run', '--once', '--json'], { home: folder })).stdout) as Summary;
    expect(left.landed + left.passed).toBe(0);
  });
});

describe('ronda run with a ronda.yaml', () => {
  it('runs the sources that it names', async () => {
    const folder = home();
    writeFileSync(join(folder, 'warga.jsonl'), jsonLines(inventedPosts(40, 'warga')));
    writeFileSync(join(folder, 'ronda.yaml'), 'sources: [{ name: warga, kind: file, path: warga.jsonl }]\n');
    const done = await ronda(['run', '--once', '--json'], { home: folder });
    const counts = JSON.parse(done.stdout) as Summary;
    expect(counts).toMatchObject({ outcome: 'done', collected: 40, failed: 0 });
    expect(sumOf(counts)).toBe(40);
    expect(done.code).toBe(0);
  });

  it('writes no text of a post where its output is no terminal but a log', async () => {
    const folder = home();
    writeFileSync(join(folder, 'warga.jsonl'), jsonLines(inventedPosts(40, 'warga')));
    writeFileSync(join(folder, 'ronda.yaml'), 'sources: [{ name: warga, kind: file, path: warga.jsonl }]\n');
    const run = new Ronda(['run'], { home: folder });
    cleanUp.push(() => run.kill('SIGKILL'));
    await run.says(/Berjaga sesuai jadwal/);
    run.kill('SIGINT');
    const { stdout, stderr } = await run.finished;
    const listed = await items(folder);
    expect(listed.length).toBeGreaterThan(0);
    expect(stdout).toContain(`${listed.length} butir masuk antrean`);
    for (const { post } of listed) expect(`${stdout}${stderr}`).not.toContain(post.text.slice(0, 20));
  });

  it('says that it waits when each source was read, however often a faster one was read before', async () => {
    const folder = home();
    let answer = () => {};
    const released = new Promise<void>((done) => {
      answer = done;
    });
    const server = createServer(async ({ url }, response) => {
      if (url !== '/umpan.xml') return void response.writeHead(404).end();
      await released;
      const item = '<item><guid>satu</guid><title>Jalan desa dibuka</title></item>';
      const channel = `<channel><title>Lambat</title>${item}</channel>`;
      response.setHeader('content-type', 'application/rss+xml').end(`<rss version="2.0">${channel}</rss>`);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    cleanUp.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(folder, 'warga.jsonl'), jsonLines(inventedPosts(5, 'warga')));
    writeFileSync(
      join(folder, 'ronda.yaml'),
      `sources:
  - { name: cepat, kind: file, path: warga.jsonl, schedule: "* * * * * *" }
  - { name: lambat, kind: feed, url: "http://127.0.0.1:${port}/umpan.xml", allow_private: true }\n`,
    );
    const run = new Ronda(['run'], { home: folder });
    cleanUp.push(() => run.kill('SIGKILL'));
    await run.says(/(cepat:.*){3}/s);
    expect(run.stderr).not.toMatch(/lambat:|Ctrl-C/);
    answer();
    await run.says(/lambat:.*Ctrl-C/s);
    run.kill('SIGINT');
    const done = await run.finished;
    expect(done.code).toBe(0);
    expect(done.stderr).not.toContain('Warning');
  });

  it('refuses a second run on one store and names the pid of the first', async () => {
    const folder = home();
    const first = new Ronda(['run'], { home: folder });
    cleanUp.push(() => first.kill('SIGKILL'));
    await first.says(/Ctrl-C/);
    for (const second of [
      ['run', '--once'],
      ['worker', 'land'],
    ]) {
      const refused = await ronda(second, { home: folder });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(String(first.child.pid));
    }
    first.kill('SIGTERM');
    expect((await first.finished).code).toBe(0);
  });

  it('lets readers and a batch work beside it', async () => {
    const folder = home();
    const run = new Ronda(['run'], { home: folder });
    cleanUp.push(() => run.kill('SIGKILL'));
    await run.says(/Ctrl-C/);
    writeFileSync(join(folder, 'titipan.jsonl'), jsonLines(inventedPosts(300, 'titipan')));
    const batch = await ronda(['batch', 'titipan.jsonl', '--json'], { home: folder });
    const counts = JSON.parse(batch.stdout) as Summary;
    expect(JSON.parse(batch.stdout)).toMatchObject({ landedBy: { pid: run.child.pid } });
    expect(batch.stderr).toBe('');
    expect(counts.collected).toBe(300);
    expect(sumOf(counts)).toBe(300);
    // What the run itself collects may still be landing.
    const fromFile = (await items(folder)).filter(({ post }) => post.source === 'titipan');
    expect(fromFile.length).toBe(counts.landed);
    expect(counts.landed).toBeGreaterThan(0);
    run.kill('SIGINT');
    await run.finished;
  });
});

describe('ronda batch', () => {
  it('lands what ronda score selects, and a second run adds nothing', async () => {
    const folder = home();
    const posts = inventedPosts(1_500);
    writeFileSync(join(folder, 'rekaan.jsonl'), jsonLines(posts));
    const first = JSON.parse(
      (await ronda(['batch', 'rekaan.jsonl', '--json'], { home: folder })).stdout,
    ) as Summary;
    expect(first.collected).toBe(1_500);
    expect(sumOf(first)).toBe(1_500);
    const scored = await ronda(['score', '--jsonl'], { home: folder, input: jsonLines(posts) });
    const selected = scored.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; flags: string[]; level: string })
      .filter(({ flags }) => flags.some((flag) => flag !== 'abusive'));
    const landed = await items(folder);
    expect(landed.map(({ post, level }) => `${post.id} ${level}`).sort()).toEqual(
      selected.map(({ id, level }) => `rekaan:${id} ${level}`).sort(),
    );
    const second = JSON.parse(
      (await ronda(['batch', 'rekaan.jsonl', '--json'], { home: folder })).stdout,
    ) as Summary;
    expect(second).toMatchObject({ collected: 1_500, landed: 0, passed: 0, seen: 1_500, failed: 0 });
    expect((await items(folder)).length).toBe(landed.length);
  });

  it('goes on where it was when it was killed', async () => {
    const folder = home();
    const posts = inventedPosts(30_000);
    writeFileSync(join(folder, 'panjang.jsonl'), jsonLines(posts));
    const batch = new Ronda(['batch', 'panjang.jsonl', '--json'], { home: folder });
    await eventually('some posts landing', () => landedSoFar(folder) > 0);
    batch.kill('SIGKILL');
    expect((await batch.finished).signal).toBe('SIGKILL');
    const partly = landedSoFar(folder);
    const resumed = await ronda(['batch', 'panjang.jsonl', '--json'], { home: folder });
    expect(JSON.parse(resumed.stdout)).toMatchObject({ resumed: true });
    const counts = JSON.parse(resumed.stdout) as Summary;
    expect(counts.collected).toBe(30_000);
    expect(counts).toMatchObject({ seen: 0, failed: 0 });
    expect(counts.landed).toBeGreaterThan(partly);
    const all = await items(folder);
    expect(all.length).toBe(counts.landed);
    expect(new Set(all.map(({ post }) => post.id)).size).toBe(all.length);
  });

  it('starts a scorer anew that was killed, and leaves none behind when it is killed itself', async () => {
    const folder = home();
    writeFileSync(join(folder, 'panjang.jsonl'), jsonLines(inventedPosts(30_000)));
    const batch = new Ronda(['batch', 'panjang.jsonl', '--json'], { home: folder });
    await eventually('some posts landing', () => landedSoFar(folder) > 0);
    const [first] = childrenOf(batch.child.pid);
    expect(first).toBeDefined();
    process.kill(first as number, 'SIGKILL');
    const anew = await eventually('another scorer', () =>
      childrenOf(batch.child.pid).find((pid) => pid !== first),
    );
    batch.kill('SIGKILL');
    await batch.finished;
    await eventually('its scorer ending', () => !isAlive(anew));
    const counts = JSON.parse(
      (await ronda(['batch', 'panjang.jsonl', '--json'], { home: folder })).stdout,
    ) as Summary;
    expect(counts).toMatchObject({ outcome: 'done', collected: 30_000, seen: 0, failed: 0 });
    expect(sumOf(counts)).toBe(30_000);
  });

  it('stops politely on Ctrl-C with status 130, and goes on at the next start', async () => {
    const folder = home();
    writeFileSync(join(folder, 'panjang.jsonl'), jsonLines(inventedPosts(30_000)));
    const batch = new Ronda(['batch', 'panjang.jsonl', '--json'], { home: folder });
    await eventually('some posts landing', () => landedSoFar(folder) > 0);
    batch.kill('SIGINT');
    expect((await batch.finished).code).toBe(130);
    const counts = JSON.parse(
      (await ronda(['batch', 'panjang.jsonl', '--json'], { home: folder })).stdout,
    ) as Summary;
    expect(counts).toMatchObject({ collected: 30_000, seen: 0, failed: 0 });
    expect(sumOf(counts)).toBe(30_000);
  });

  it('keeps no text of a post that did not land in any file', async () => {
    const folder = home();
    const secret = 'kalimat rahasia zebra ungu';
    writeFileSync(
      join(folder, 'a.jsonl'),
      `${JSON.stringify({ id: '1', text: secret, author: 'warga-zebra' })}\n`,
    );
    const done = await ronda(['batch', 'a.jsonl', '--json'], { home: folder });
    expect(JSON.parse(done.stdout)).toMatchObject({ passed: 1 });
    for (const file of ['ronda.db', 'ronda.db-wal', 'queue.db', 'queue.db-wal']) {
      const bytes = readIfThere(join(folder, file));
      expect(bytes.includes('zebra'), file).toBe(false);
    }
  });
});

describe('ronda score', () => {
  it('writes one assessment a line in the order of the posts, evidence by offset', async () => {
    const posts = [
      { id: 'a', text: 'Selamat pagi, warga!' },
      { id: 7, text: 'Usir semua orang Papua dari sini!' },
      { text: 'tanpa id' },
    ];
    const done = await ronda(['score', '--jsonl'], {
      home: home(),
      input: posts.map((post) => `${JSON.stringify(post)}\n`).join(''),
    });
    const lines = done.stdout
      .trimEnd()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            id: unknown;
            flags: string[];
            level: string;
            score: number;
            findings: { start: number; end: number; text: string; why: string }[];
          },
      );
    expect(lines.map(({ id }) => id)).toEqual(['a', 7, null]);
    expect(lines[0]).toMatchObject({ flags: [], level: 'none' });
    expect(lines[1]?.flags).toContain('sara');
    for (const { start, end, text, why } of lines[1]?.findings ?? []) {
      expect(posts[1]?.text.slice(start, end)).toBe(text);
      expect(why).not.toBe('');
    }
    expect(done.code).toBe(0);
    expect(done.stderr).toBe('');
  });

  it('puts an error in the place of a malformed line and ends with status 1', async () => {
    const input = Buffer.concat([
      Buffer.from('{"id":"a","text":"halo"}\n{"id":"b","te\n[1]\n{"id":"c"}\n'),
      Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
      Buffer.from(`{"id":"d","text":"${'x'.repeat(3_000_000)}"}\n{"id":"e","text":"pagi"}`),
    ]);
    const done = await ronda(['score', '--jsonl'], { home: home(), input });
    const lines = done.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: unknown; error?: string });
    expect(lines.map(({ id, error }) => (error === undefined ? id : 'error'))).toEqual([
      'a',
      'error',
      'error',
      'error',
      'error',
      'error',
      'e',
    ]);
    expect(done.code).toBe(1);
  });
});

/** What the texts of the demo were written to be, by the table that they were written from. */
function meantInTheDemo(): Map<string, string> {
  const folder = join(projectRoot, 'fixtures', 'demo', 'expected');
  const posts = readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { text: string; meant: string }[],
  );
  return new Map(posts.map(({ text, meant }) => [text, meant]));
}

/** Items in the store of a run that is under way, read without a process of its own. */
function landedSoFar(folder: string): number {
  try {
    const db = new Database(join(folder, 'ronda.db'), { readonly: true, fileMustExist: true });
    try {
      return db.prepare<[], number>('SELECT count(*) FROM items').pluck().get() ?? 0;
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** The processes that a process started, by the kernel's own list. */
function childrenOf(pid: number | undefined): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
