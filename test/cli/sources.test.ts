import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/store.js';
import { eventually, type Finished, freshHome, Ronda, ronda } from '../support/ronda.js';
import { CHANNEL, serveTelegram } from '../support/telegram-server.js';
import { serve, type WebServer } from '../support/web-server.js';

/** `ronda sources` as its user meets it: the built command over a home of its own and a place on loopback. */

const feed = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Warta Rekaan</title>${items}</channel></rss>`;
const item = (n: number, text = `Kabar rekaan ${n}`): string =>
  `<item><title>${text}</title><link>https://warta.example/${n}</link><author>nama-rekaan@warta.example</author>
   <pubDate>${new Date(Date.now() - n * 60_000).toUTCString()}</pubDate></item>`;

let home: ReturnType<typeof freshHome>;
let server: WebServer;
let body: string;

beforeEach(async () => {
  home = freshHome();
  body = feed(item(1) + item(2));
  server = await serve({ '/rss': (_, response) => void response.end(body) });
});
afterEach(async () => {
  await server.close();
  home.remove();
});

const yaml = (more = ''): string => `contact: uji@rekaan.example
desk: { language: en, port: 0 }
sources:
  - { name: warta, kind: feed, url: "${server.url}/rss", allow_private: true, requests_per_second: 50${more} }
  - { name: hilang, kind: feed, url: "${server.url}/tiada", allow_private: true, requests_per_second: 50 }
`;
const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(home.path, name), content);
  return name;
};
const run = (...args: string[]) => ronda(args, { home: home.path });
const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The one JSON value that a command wrote; where it wrote none, what it said instead is the failure's message. */
const json = ({ stdout, stderr }: Finished): unknown => {
  expect(stdout, stderr).not.toBe('');
  return JSON.parse(stdout);
};

/** Makes a home whose store knows a source that was busy for weeks and has been silent since. */
function quietFor(hours: number): Store {
  mkdirSync(home.path, { recursive: true });
  const secret = Buffer.alloc(32, 7);
  writeFileSync(join(home.path, 'secret.key'), `${secret.toString('hex')}\n`, { mode: 0o600 });
  let now = Date.now();
  const store = openStore({
    path: join(home.path, 'ronda.db'),
    secret,
    clock: { now: () => now, sleep: async () => {} },
    seenWindowDays: 30,
  });
  const end = now;
  for (let at = end - 15 * 86_400_000; at < end; at += 3_600_000) {
    now = at;
    const isBusy = at < end - hours * 3_600_000;
    const jobs = isBusy ? [{ id: `job-${at}`, posts: 9 }] : [];
    const time = new Date(at).toISOString();
    store.saveCursor({ source: 'warta', run: 'run', cursor: {}, jobs, rejected: 0, at: time });
  }
  return store;
}

describe('ronda sources list, check, pause and resume', { timeout: 180_000 }, () => {
  it('shows what became of each source, pauses one and lets it go on', async () => {
    write('ronda.yaml', yaml(', schedule: "*/5 * * * *"'));
    const before = await run('sources', 'list', '--json');
    expect(json(before)).toMatchObject([{ state: 'never-read' }, { state: 'never-read' }]);
    await run('run', '--once');
    const after = await run('sources', 'list', '--json');
    expect(json(after)).toMatchObject([
      {
        name: 'warta',
        kind: 'feed',
        state: 'well',
        postsThisHour: 2,
        faults: [],
        nextRunAt: expect.any(String),
      },
      { name: 'hilang', state: 'failing', faults: [{ kind: 'not-found', count: 1 }] },
    ]);
    const table = await run('sources', 'list');
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/warta +feed +well.* 0, 2 now /);
    expect(table.stdout).toMatch(/hilang +feed +FAILING/);
    expect(table.stdout).not.toContain('nama-rekaan');

    expect((await run('sources', 'pause', 'warta', 'hilang')).code).toBe(0);
    const asked = server.seen.length;
    const paused = await run('run', '--once', '--json');
    expect(json(paused)).toMatchObject({ outcome: 'done', collected: 0 });
    expect(server.seen.length).toBe(asked);
    await run('sources', 'resume', 'warta');
    body = feed(item(1) + item(3));
    const resumed = await run('run', '--once', '--json');
    expect(json(resumed)).toMatchObject({ collected: 1 });
    const unknown = await run('sources', 'pause', 'bukan');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('warta, hilang')]);
  });

  it('pauses and resumes a source of a running ronda without a restart', async () => {
    write('ronda.yaml', yaml());
    await run('sources', 'pause', 'warta');
    const running = new Ronda(['run'], { home: home.path });
    try {
      await running.says(/warta: paused/);
      await running.says(/hilang: failed/);
      expect(server.pages().filter((page) => page.endsWith('/rss'))).toEqual([]);
      await run('sources', 'resume', 'warta');
      await running.says(/warta: 2 post/);
    } finally {
      running.kill('SIGTERM');
      await running.finished;
    }
  });

  it('checks a source without keeping anything, and says what to do', async () => {
    write('ronda.yaml', yaml());
    const well = await run('sources', 'check', 'warta');
    expect(well.code).toBe(0);
    expect(well.stdout).toContain('Kabar rekaan 1');
    expect(well.stdout).not.toContain('nama-rekaan');
    expect((await run('sources', 'check', 'warta')).stdout).toContain('2 post(s)');
    const missing = await run('sources', 'check', 'hilang', '--json');
    expect(missing.code).toBe(1);
    expect(json(missing)).toMatchObject({ problems: ['failed'], error: { kind: 'not-found' } });
    body = '<html><body>Warta</body></html>';
    const changed = await run('sources', 'check', 'warta');
    expect([changed.code, changed.stdout]).toEqual([1, expect.stringContaining('what to do')]);
    expect(json(await run('sources', 'list', '--json'))).toMatchObject([
      { state: 'never-read' },
      { state: 'never-read' },
    ]);
  });

  it('raises the alarm for a source that has gone quiet against its own habit', async () => {
    write('ronda.yaml', yaml());
    quietFor(8).close();
    const listed = await run('sources', 'list');
    expect(listed.stdout).toMatch(/warta +feed +QUIET/);
    expect(listed.stdout).toContain('Silence is not safety');
    const doctor = await run('doctor');
    expect([doctor.code, doctor.stdout]).toEqual([
      1,
      expect.stringMatching(/not ok {2}sources: .*1 quiet.*warta/),
    ]);
    body = feed('');
    const running = new Ronda(['run'], { home: home.path });
    try {
      await running.says(/"kind":"quiet".*warta has gone quiet/);
    } finally {
      running.kill('SIGTERM');
      await running.finished;
    }
  });

  it('shows what a source could not give, and takes out what its place has deleted since', async () => {
    const telegram = await serveTelegram();
    try {
      const message = (number: number) => ({ number, text: `Kabar rekaan nomor ${number}` });
      telegram.messages = Array.from({ length: 20 }, (_, index) => message(index + 1));
      telegram.messages[9] = { number: 10, text: 'Orang Kristen itu hama, basmi mereka semua' };
      const terms = '{ basis: kanal rekaan, acknowledged_by: uji, date: 2026-01-01 }';
      write(
        'ronda.yaml',
        `desk: { language: en }\nsources: [{ name: kanal, kind: telegram, base: "${telegram.url}", channel: ${CHANNEL}, max_pages: 1, requests_per_second: 5, allow_private: true, terms: ${terms} }]\n`,
      );
      await run('run', '--once');
      telegram.messages = [...telegram.messages, ...Array.from({ length: 60 }, (_, at) => message(at + 21))];
      await run('run', '--once');
      const listed = JSON.parse((await run('sources', 'list', '--json')).stdout) as unknown;
      expect(listed).toMatchObject([{ state: 'well', gaps: [{ kind: 'max-pages' }] }]);
      expect((await run('sources', 'list')).stdout).toMatch(/kanal: .*max_pages/);

      const open = lines((await run('items', 'list', '--jsonl')).stdout);
      expect(open).toMatchObject([{ post: { text: expect.stringContaining('Kristen') } }]);
      const there = await run('sources', 'recheck', '--every', '0', '--json');
      expect(lines(there.stdout)).toMatchObject([{ source: 'kanal', there: 1, gone: 0 }]);
      telegram.messages = telegram.messages.filter(({ number }) => number !== 10);
      const gone = await run('sources', 'recheck', 'kanal', '--every', '0', '--json');
      expect([gone.code, lines(gone.stdout)]).toMatchObject([0, [{ source: 'kanal', there: 0, gone: 1 }]]);
      const left = await run('items', 'list', '--jsonl');
      expect(lines(left.stdout)).toHaveLength(1);
      expect(left.stdout).not.toContain('Kristen');
    } finally {
      await telegram.close();
    }
  });

  it('follows what is collected and flagged, without a word of it', async () => {
    write('ronda.yaml', yaml());
    body = feed(item(1, 'Orang Kristen itu hama, basmi mereka semua'));
    const tail = new Ronda(['sources', 'tail', '--json'], { home: home.path });
    try {
      await tail.says(/Following/);
      await run('run', '--once');
      await eventually('both lines', () => lines(tail.stdout).length >= 2);
    } finally {
      tail.kill('SIGINT');
      await tail.finished;
    }
    expect(lines(tail.stdout)).toEqual(
      expect.arrayContaining([
        { at: expect.any(String), source: 'warta', posts: 1 },
        { at: expect.any(String), source: 'warta', item: 1, level: expect.any(String) },
      ]),
    );
    expect(tail.stdout).not.toMatch(/Kristen|nama-rekaan/);
  });
});

describe('ronda sources parse', { timeout: 180_000 }, () => {
  it('writes posts as they are, errors in their place, and nothing else', async () => {
    const good = write('baik.xml', feed(item(1) + item(2)));
    const latin = write(
      'latin.xml',
      Buffer.from(feed(item(3, 'Caf\u00e9')).replace('"1.0"', '"1.0" encoding="ISO-8859-1"'), 'latin1'),
    );
    const page = write('laman.html', '<html><body>Warta</body></html>');
    const large = write('besar.xml', Buffer.alloc(64_000_001));
    const files = [good, page, 'tiada.xml', large, '.', latin];
    const done = await run('sources', 'parse', 'feed', ...files, '--jsonl');
    expect(done.code).toBe(1);
    const out = lines(done.stdout);
    expect(out.map(({ file, id, error }) => [file, id ?? String(error).split(':')[0]])).toEqual([
      [good, 'feed:https://warta.example/1'],
      [good, 'feed:https://warta.example/2'],
      [page, 'not-a-feed'],
      ['tiada.xml', 'no-file'],
      [large, 'too-large'],
      ['.', 'no-file'],
      [latin, 'feed:https://warta.example/3'],
    ]);
    expect(out[0]).toMatchObject({
      platform: 'feed',
      source: 'feed',
      text: 'Kabar rekaan 1',
      url: 'https://warta.example/1',
      createdAt: expect.stringMatching(/Z$/),
      revision: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(out.at(-1)).toMatchObject({ text: 'Caf\u00e9' });
    expect(Object.keys(out[2] ?? {})).toEqual(['file', 'error']);
    expect((await run('sources', 'parse', 'feed', good, '--jsonl')).code).toBe(0);
    expect((await run('sources', 'list')).code).toBe(0);
  });

  it('tells of a file of which no line can be read, and writes no row of X or Reddit', async () => {
    const broken = write('rusak.jsonl', '{"id":1,\n[]\n');
    const refused = write(
      'campur.jsonl',
      `${JSON.stringify({ id: 1, text: 'dari sana', url: 'https://x.com/a/status/1' })}\n` +
        `${JSON.stringify({ id: 2, text: 'dari sini', platform: 'warga.example' })}\n` +
        `${JSON.stringify({ id: 3, text: 'dari situ', platform: 'reddit' })}\n`,
    );
    const done = await run('sources', 'parse', 'file', broken, refused, '--jsonl');
    expect(done.code).toBe(1);
    expect(lines(done.stdout)).toMatchObject([
      { file: broken, error: expect.stringMatching(/^bad-json: nothing in it can be read/) },
      { file: refused, id: 'warga.example:2' },
    ]);
    expect(done.stderr.match(/terms-refuse/g)).toHaveLength(2);
  });

  it('takes the keys of a kind from options or from a configured source', async () => {
    const page = write('papan.html', '<ul><li class="isi"><b>Kabar papan</b><a href="/7">#</a></li></ul>');
    const options = [
      '--option',
      'selectors.item=li.isi',
      '--option',
      'selectors.text=b',
      '--option',
      'url=https://papan.example/',
      '--option',
      'max_pages=3',
    ];
    const [post] = lines((await run('sources', 'parse', 'web', page, '--jsonl', ...options)).stdout);
    expect(post).toMatchObject({ text: 'Kabar papan', platform: 'papan.example' });
    write(
      'ronda.yaml',
      'sources: [{ name: papan, kind: web, url: "https://papan.example/", terms: { basis: izin, acknowledged_by: uji, date: 2026-01-01 }, selectors: { item: li.isi, text: b } }]\n',
    );
    const configured = lines(
      (await run('sources', 'parse', 'web', page, '--jsonl', '--config-source', 'papan')).stdout,
    );
    expect(configured).toMatchObject([{ text: 'Kabar papan', source: 'papan', id: post?.id }]);
  });

  it.each<[string, string[], RegExp]>([
    ['a kind that does not exist', ['nihil', 'x'], /no kind of source "nihil"; there are: file, feed/],
    ['a key that is missing', ['web', 'x'], /selectors/],
    ['a key that does not exist', ['feed', 'x', '--option', 'warna=1'], /warna/],
    ['a source that does not exist', ['feed', 'x', '--config-source', 'bukan'], /no source "bukan"/],
    ['an option that is none', ['feed', 'x', '--option', 'url'], /key=value/],
  ])('refuses %s', async (_, args, message) => {
    const { code, stdout, stderr } = await run('sources', 'parse', ...args, '--jsonl');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
