import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { inventedPosts, jsonLines } from '../support/posts.js';
import { type Finished, freshHome, ronda } from '../support/ronda.js';
import { smallDisk } from '../support/tmpfs.js';

/** Each kind of bad input: a clear error, and nothing lost of what stands beside it. */

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

function home(): string {
  const fresh = freshHome();
  cleanUp.push(fresh.remove);
  return fresh.path;
}

const good = (id: string): string => JSON.stringify({ id, text: `kabar baik nomor ${id}` });

function countsOf(done: Finished): Record<string, number> {
  return JSON.parse(done.stdout) as Record<string, number>;
}

function rejectsIn(folder: string): { kind: string; reason: string; at: string }[] {
  const rejects = join(folder, 'rejects');
  return readdirSync(rejects).flatMap((file) =>
    readFileSync(join(rejects, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; reason: string; at: string }),
  );
}

describe('files', () => {
  it.each<[string, Buffer, RegExp]>([
    ['half a JSON line', Buffer.from('{"id":"x","text":"sepa'), /JSON/i],
    ['a line of 50 MB', Buffer.from(`{"id":"x","text":"${'a'.repeat(50_000_000)}"}`), /long|MB|kB|bytes/i],
    [
      'invalid UTF-8',
      Buffer.from([...Buffer.from('{"id":"x","text":"'), 0xc3, 0x28, 0xff, ...Buffer.from('"}')]),
      /UTF-8/i,
    ],
    ['a bare NUL byte', Buffer.from('{"id":"x","text":"a\u0000b"}'), /JSON/i],
    ['a row without text', Buffer.from('{"id":"x"}'), /text/],
  ])('%s is rejected with its reason and the rest goes on', async (_, line, reason) => {
    const folder = home();
    const body = Buffer.concat([Buffer.from(`${good('1')}\n`), line, Buffer.from(`\n${good('2')}\n`)]);
    writeFileSync(join(folder, 'a.jsonl'), body);
    const done = await ronda(['batch', 'a.jsonl', '--json'], { home: folder });
    expect(countsOf(done)).toMatchObject({ collected: 3, passed: 2, failed: 1 });
    expect(done.code).toBe(1);
    const rejects = rejectsIn(folder);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]?.reason).toMatch(reason);
    expect(statSync(join(folder, 'rejects')).mode & 0o077).toBe(0);
  });

  it('an escaped NUL in a text is text like any other', async () => {
    const folder = home();
    writeFileSync(join(folder, 'a.jsonl'), '{"id":"x","text":"Usir semua orang\\u0000Papua dari sini!"}\n');
    const done = await ronda(['batch', 'a.jsonl', '--json'], { home: folder });
    expect(countsOf(done)).toMatchObject({ collected: 1, failed: 0 });
    expect(done.code).toBe(0);
  });

  it('a CSV without the column that the map names is refused, naming those it has', async () => {
    const folder = home();
    writeFileSync(join(folder, 'a.csv'), 'nomor,teks\n1,halo\n');
    const done = await ronda(['batch', 'a.csv', '--columns', 'text=isi,id=nomor', '--json'], {
      home: folder,
    });
    expect(done.code).toBe(1);
    expect(done.stderr).toMatch(/isi/);
    expect(done.stderr).toMatch(/"nomor", "teks"/);
    expect(countsOf(done)).toMatchObject({ collected: 0, failed: 0, failedSources: ['a'] });
  });

  it('a file named where standard input is read is refused with how to give it', async () => {
    const done = await ronda(['score', '--jsonl', 'a.jsonl'], { home: home() });
    expect(done).toMatchObject({ code: 2, stdout: '' });
    expect(done.stderr).toContain('< posts.jsonl');
  });

  it('a file that is not there is status 2 and nothing is started', async () => {
    const folder = home();
    const done = await ronda(['batch', 'tidak-ada.jsonl'], { home: folder });
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/tidak-ada\.jsonl/);
  });
});

describe('sources on the network', () => {
  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else listener(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    cleanUp.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** The bad source stands beside a good one, which must come through. */
  async function runWith(url: string): Promise<Finished> {
    const folder = home();
    writeFileSync(join(folder, 'baik.jsonl'), `${good('1')}\n${good('2')}\n`);
    writeFileSync(
      join(folder, 'ronda.yaml'),
      `sources:\n  - { name: buruk, kind: feed, url: "${url}", allow_private: true }\n  - { name: baik, kind: file, path: baik.jsonl }\n`,
    );
    const done = await ronda(['run', '--once', '--json'], { home: folder });
    expect(countsOf(done)).toMatchObject({ collected: 2, passed: 2, failed: 0, failedSources: ['buruk'] });
    expect(done.code).toBe(1);
    return done;
  }

  it('a feed that is HTML', async () => {
    const url = await serve((_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Masuk</title><p>Silakan masuk'),
    );
    expect((await runWith(`${url}/rss`)).stderr).toMatch(/not-a-feed/);
  });

  it('a gzip bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const url = await serve((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip' })
        .end(bomb),
    );
    expect((await runWith(`${url}/rss`)).stderr).toMatch(/body-too-large/);
  });

  it('a redirect loop', async () => {
    const url = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/a' ? '/b' : '/a' }).end(),
    );
    expect((await runWith(`${url}/a`)).stderr).toMatch(/redirect/);
  });

  it('a redirect to a link-local address, refused even where private addresses are meant', async () => {
    const url = await serve((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    );
    expect((await runWith(`${url}/rss`)).stderr).toMatch(/forbidden-address/);
  });
});

describe('the store', () => {
  const batch = ['batch', 'a.jsonl', '--json'];

  async function withStore(): Promise<string> {
    const folder = home();
    writeFileSync(join(folder, 'a.jsonl'), jsonLines(inventedPosts(50)));
    expect((await ronda(batch, { home: folder })).code).toBe(0);
    return folder;
  }

  it('of a newer version is refused and left as it is', async () => {
    const folder = await withStore();
    const db = new Database(join(folder, 'ronda.db'));
    db.pragma('user_version = 9999');
    db.close();
    const done = await ronda(batch, { home: folder });
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/9999/);
    expect(done.stderr).toMatch(/newer/i);
  });

  it('that is no database is refused', async () => {
    const folder = home();
    writeFileSync(join(folder, 'a.jsonl'), `${good('1')}\n`);
    writeFileSync(
      join(folder, 'ronda.db'),
      'this is a letter, not a database, and long enough to be told from one\n'.repeat(20),
    );
    const done = await ronda(batch, { home: folder });
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/ronda\.db/);
  });

  it('on a read-only file system is refused with what to do', async (test) => {
    const folder = await withStore();
    const disk = smallDisk('16m');
    if (disk === undefined) return test.skip();
    cleanUp.push(() => disk.dispose());
    const mount = disk.path;
    execFileSync('sh', [
      '-c',
      `cp ${folder}/ronda.db* ${folder}/queue.db* ${folder}/secret.key ${folder}/a.jsonl ${mount}/`,
    ]);
    disk.remount('ro');
    const done = await ronda(batch, { home: mount, cwd: mount });
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/make the file and its folder writable/);
  });

  it('on a disk that fills: the run says so and, with room again, ends as if nothing had been', {
    timeout: 900_000,
  }, async (test) => {
    const outside = home();
    const posts = jsonLines(inventedPosts(20_000));
    writeFileSync(join(outside, 'a.jsonl'), posts);
    const disk = smallDisk('3m');
    if (disk === undefined) return test.skip();
    cleanUp.push(() => disk.dispose());
    const mount = disk.path;
    const args = ['batch', join(outside, 'a.jsonl'), '--json'];
    const full = await ronda(args, { home: mount, cwd: outside });
    expect(full.code).not.toBe(0);
    expect(full.stderr).toMatch(/disk|full|space/i);
    disk.remount('size=256m');
    const after = await ronda(args, { home: mount, cwd: outside });
    const counts = countsOf(after);
    expect(counts.collected).toBe(20_000);
    expect(counts.failed).toBe(0);

    const undisturbed = home();
    writeFileSync(join(undisturbed, 'a.jsonl'), posts);
    const reference = countsOf(await ronda(['batch', 'a.jsonl', '--json'], { home: undisturbed }));
    expect((counts.landed ?? 0) + (counts.passed ?? 0)).toBe(
      (reference.landed ?? 0) + (reference.passed ?? 0),
    );
    const kept = await ronda(['items', 'list', '--jsonl'], { home: mount, cwd: outside });
    expect(kept.stdout.trimEnd().split('\n')).toHaveLength(reference.landed ?? -1);
  });

  it('keeps its files for the owner alone', async () => {
    const folder = await withStore();
    for (const file of readdirSync(folder).filter((name) => /\.(db|key)/.test(name))) {
      expect(statSync(join(folder, file)).mode & 0o077, file).toBe(0);
    }
  });

  it('that was sealed with another secret is refused', async () => {
    const folder = await withStore();
    chmodSync(join(folder, 'secret.key'), 0o600);
    const done = await ronda(batch, { home: folder, environment: { RONDA_SECRET: 'ab'.repeat(32) } });
    expect(done.code).toBe(2);
    expect(done.stderr).toMatch(/secret/i);
  });
});
