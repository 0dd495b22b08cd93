import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileCollector, fileKind } from '../../src/collectors/file.js';
import { revisionOf } from '../../src/collectors/post-builder.js';
import type { CollectedPage, Cursor } from '../../src/core/collector-ports.js';
import { noNetwork } from '../support/no-network.js';

const folder = mkdtempSync(join(tmpdir(), 'ronda-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.parse('2026-11-22T05:00:00Z');
const clock = { now: () => NOW };
const fetcher = noNetwork;

let files = 0;
function file(content: string | Buffer, extension = 'jsonl'): string {
  const path = join(folder, `rows-${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

interface Options {
  readonly [key: string]: unknown;
}

function collectorOf(path: string, options: Options = {}) {
  return fileKind.create({ name: 'ekspor', allowPrivate: false, options: { path, ...options } });
}

async function pages(path: string, options: Options = {}, cursor?: Cursor): Promise<CollectedPage[]> {
  const found: CollectedPage[] = [];
  const context = { fetcher, clock, signal: new AbortController().signal };
  for await (const page of collectorOf(path, options).collect(cursor, context)) found.push(page);
  return found;
}

async function all(path: string, options: Options = {}, cursor?: Cursor) {
  const found = await pages(path, options, cursor);
  return {
    posts: found.flatMap((page) => page.posts),
    rejects: found.flatMap((page) => page.rejects),
    cursor: found.at(-1)?.cursor ?? cursor,
  };
}

describe('a JSONL file', () => {
  it('gives each row as a post, the row itself as its record', async () => {
    const line =
      '{"id":"p1","text":"Jalan di kampung kami rusak","created_at":"2026-11-20T08:00:00+07:00","author":{"id":"77","handle":"@siti_contoh"},"platform":"Forum.Example","url":"https://forum.example/p1","likes":3,"views":"12"}';
    const { posts, rejects } = await all(file(`${line}\n`), {});
    expect(rejects).toEqual([]);
    expect(posts).toEqual([
      {
        id: 'forum.example:p1',
        revision: createHash('sha256').update('Jalan di kampung kami rusak').digest('hex').slice(0, 16),
        source: 'ekspor',
        platform: 'forum.example',
        text: 'Jalan di kampung kami rusak',
        createdAt: '2026-11-20T01:00:00.000Z',
        collectedAt: '2026-11-22T05:00:00.000Z',
        url: 'https://forum.example/p1',
        author: { id: '77', handle: 'siti_contoh' },
        reach: { likes: 3, views: 12 },
        record: {
          mediaType: 'application/json',
          encoding: 'utf8',
          bytes: line,
          from: expect.stringMatching(/^rows-\d+\.jsonl$/),
          receivedAt: '2026-11-22T05:00:00.000Z',
          headers: {},
          bodySha256: null,
        },
      },
    ]);
  });

  it.each<[name: string, row: string, id: string, more?: Options]>([
    ['a row that names no platform is the source’s', '{"id":"a","text":"x"}', 'ekspor:a'],
    ['a number is an id', '{"id":7,"text":"x"}', 'ekspor:7'],
    [
      'an id too large for a number keeps its digits',
      '{"id":1234567890123456789,"text":"x"}',
      'ekspor:1234567890123456789',
    ],
    ['a row names its source', '{"id":"a","text":"x","source":"grup-warga"}', 'grup-warga:a'],
    [
      'a mapped id',
      '{"no":12345678901234567891,"isi":"x"}',
      'ekspor:12345678901234567891',
      { columns: { id: 'no', text: 'isi' } },
    ],
  ])('knows a post: %s', async (_name, row, id, options) => {
    const { posts } = await all(file(row), options);
    expect(posts.map((post) => post.id)).toEqual([id]);
  });

  it('knows a row without an id by what it says', async () => {
    const rows = ['{"text":"sama"}', '{"text":"sama","author":"lain"}', '{"text":"sama"}'];
    const { posts } = await all(file(rows.join('\n')));
    const ids = posts.map((post) => post.id);
    expect(ids[0]).toMatch(/^ekspor:hash-[0-9a-f]{24}$/);
    expect(ids[2]).toBe(ids[0]);
    expect(ids[1]).not.toBe(ids[0]);
  });

  const LAST = '{"id":"last","text":"tetap terbaca"}';
  it.each<[name: string, bad: string | Buffer, kind: string]>([
    ['half a line', '{"id":"a","text":"terpo', 'bad-json'],
    ['a raw NUL in the JSON', '{"id":"a","text":"a\0b"}', 'bad-json'],
    ['a line that is no object', '[1,2]', 'not-an-object'],
    ['a row without text', '{"id":"a"}', 'no-text'],
    ['a text of blanks', '{"id":"a","text":" \\n "}', 'no-text'],
    ['a text that is a number', '{"id":"a","text":5}', 'no-text'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"id":"a","text":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
      'invalid-utf8',
    ],
    ['a text beyond a million characters', `{"id":"a","text":"${'x'.repeat(1_000_001)}"}`, 'text-too-long'],
    ['a line of 50 MB', `{"id":"a","text":"${'x'.repeat(50_000_000)}"}`, 'line-too-long'],
    ['content of X by platform', '{"id":"a","text":"x","platform":"Twitter"}', 'terms-refuse'],
    [
      'content of X by address',
      '{"id":"a","text":"x","url":"https://mobile.twitter.com/u/status/1"}',
      'terms-refuse',
    ],
    [
      'content of Reddit by address',
      '{"id":"a","text":"x","url":"https://old.reddit.com/r/x/1"}',
      'terms-refuse',
    ],
  ])('rejects %s and goes on', async (_name, bad, kind) => {
    const bytes = Buffer.from(bad);
    const path = file(
      Buffer.concat([Buffer.from('{"id":"first","text":"x"}\n'), bytes, Buffer.from(`\n${LAST}\n`)]),
    );
    const { posts, rejects } = await all(path);
    expect(posts.map((post) => post.id)).toEqual(['ekspor:first', 'ekspor:last']);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]).toMatchObject({ at: 'line 2', kind, length: bytes.length });
    expect(rejects[0]?.excerpt).toEqual(bytes.subarray(0, 4_096));
    expect(rejects[0]?.reason).not.toBe('');
  });

  it('does not quote the row in the reason', async () => {
    const { rejects } = await all(file('{"text": rahasia}\n'));
    expect(rejects[0]?.reason).not.toContain('rahasia');
  });

  it('keeps escaped NUL bytes, blanks and emoji of a text as they are', async () => {
    const text = ' a\0b \u{1F525}  ';
    const { posts } = await all(file(JSON.stringify({ id: 1, text })));
    expect(posts[0]?.text).toBe(text);
  });

  it('skips blank lines and a byte order mark, and reads Windows line ends', async () => {
    const { posts, rejects } = await all(
      file('\ufeff{"id":1,"text":"a"}\r\n\r\n  \n{"id":2,"text":"b"}\r\n'),
    );
    expect(posts.map((post) => post.record?.bytes)).toEqual(['{"id":1,"text":"a"}', '{"id":2,"text":"b"}']);
    expect(rejects).toEqual([]);
  });

  it.each<[name: string, content: string | Buffer, kind: string]>([
    ['one JSON array', '[{"id":1,"text":"a"}]', 'not-jsonl'],
    ['UTF-16', Buffer.from('\ufeff{"id":1,"text":"a"}', 'utf16le'), 'utf-16'],
  ])('refuses %s', async (_name, content, kind) => {
    await expect(all(file(content))).rejects.toMatchObject({ name: 'PermanentError', kind });
  });

  it.each([
    ['a file that is not there', join(folder, 'tiada.jsonl'), 'file-missing'],
    ['a folder', folder, 'not-a-file'],
  ])('refuses %s', async (_name, path, kind) => {
    await expect(all(path)).rejects.toMatchObject({ name: 'PermanentError', kind });
  });
});

describe('where a file is read on', () => {
  const rows = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, index) => `{"id":${from + index},"text":"baris ${from + index}"}\n`,
    ).join('');

  it('comes in pages of at most 100 posts whose cursors lead to the rest', async () => {
    const path = file(rows(0, 250));
    const whole = await pages(path);
    expect(whole.map((page) => page.posts.length)).toEqual([100, 100, 50]);
    expect(whole.at(-1)?.progress).toBe(1);
    for (const [index, page] of whole.entries()) {
      const rest = await pages(path, {}, page.cursor);
      expect(rest.map((each) => each.posts)).toEqual(whole.slice(index + 1).map((each) => each.posts));
    }
  });

  it('keeps a page within what a job may hold', async () => {
    const long = (id: number) => `${JSON.stringify({ id, text: 'z'.repeat(60_000) })}\n`;
    const found = await pages(file(long(1) + long(2) + long(3) + long(4)));
    expect(found.map((page) => page.posts.length)).toEqual([1, 1, 1, 1]);
  });

  it('reads what was added since, and nothing twice', async () => {
    const path = file(rows(0, 3));
    const first = await all(path);
    expect((await pages(path, {}, first.cursor)).length).toBe(0);
    appendFileSync(path, rows(3, 5));
    const second = await all(path, {}, first.cursor);
    expect(second.posts.map((post) => post.id)).toEqual(['ekspor:3', 'ekspor:4']);
    expect(second.posts.every((post) => post.record?.bytes.startsWith('{"id"'))).toBe(true);
  });

  it('takes a half line up again once the file holds the rest of it', async () => {
    const path = file('{"id":1,"text":"a"}\n{"id":2,"te');
    const first = await all(path);
    expect(first.rejects.map((reject) => [reject.at, reject.kind])).toEqual([['line 2', 'bad-json']]);
    expect(await pages(path, {}, first.cursor)).toEqual([]);
    appendFileSync(path, 'xt":"b"}\n');
    const second = await all(path, {}, first.cursor);
    expect(second.posts.map((post) => post.id)).toEqual(['ekspor:2']);
    expect(second.rejects).toEqual([]);
  });

  it('reads a file anew that was replaced by another', async () => {
    const path = file(rows(0, 50));
    const first = await all(path);
    writeFileSync(path, rows(100, 160));
    const second = await all(path, {}, first.cursor);
    expect(second.posts).toHaveLength(60);
  });

  it('reads a file anew that became shorter', async () => {
    const path = file(rows(0, 50));
    const first = await all(path);
    writeFileSync(path, rows(0, 10));
    expect((await all(path, {}, first.cursor)).posts).toHaveLength(10);
  });

  it('numbers lines on across pages', async () => {
    const path = file(`${rows(0, 150)}bukan json\n`);
    const [first] = await pages(path);
    const rest = await all(path, {}, first?.cursor);
    expect(rest.rejects.map((reject) => reject.at)).toEqual(['line 151']);
  });
});

describe('a CSV file', () => {
  it('maps columns, and reads quotes, delimiters and line ends inside fields (RFC 4180)', async () => {
    const path = file(
      'No;Isi;Waktu;Akun\r\n' +
        '1;"Kata ""mereka""; baris satu\nbaris dua";2026-11-20 08:00;@budi_contoh\r\n' +
        '\r\n' +
        '2;tanpa kutip 5" pipa;;\r\n' +
        '3;"";;\r\n',
      'csv',
    );
    const options = {
      columns: { id: 'no', text: 'Isi', created_at: 'Waktu', author: 'Akun' },
      utc_offset: '+07:00',
    };
    const { posts, rejects } = await all(path, options);
    expect(posts).toMatchObject([
      {
        id: 'ekspor:1',
        text: 'Kata "mereka"; baris satu\nbaris dua',
        createdAt: '2026-11-20T01:00:00.000Z',
        author: { handle: 'budi_contoh' },
        record: { mediaType: 'text/csv' },
      },
      { id: 'ekspor:2', text: 'tanpa kutip 5" pipa' },
    ]);
    expect(rejects.map((reject) => [reject.at, reject.kind])).toEqual([['line 6', 'no-text']]);
  });

  it('names the columns that it found when one is missing, with an example', async () => {
    const path = file('no,isi,waktu\n1,halo,kini\n', 'csv');
    const fault = await all(path).catch((error: unknown) => error);
    expect(fault).toMatchObject({ kind: 'missing-column' });
    expect(String(fault)).toContain('no column "text"');
    expect(String(fault)).toContain('"no", "isi", "waktu"');
    expect(String(fault)).toMatch(/columns: \{ text: "isi" \}/);
  });

  it('refuses a map that names a column which is not there', async () => {
    const path = file('id,text\n1,halo\n', 'csv');
    await expect(all(path, { columns: { author: 'akun' } })).rejects.toMatchObject({
      kind: 'missing-column',
    });
  });

  it.each<[name: string, row: string, kind: string]>([
    ['more fields than the header has', '2,dua, potong', 'wrong-columns'],
    ['a quote that nobody closes', '2,"dua', 'unclosed-quote'],
  ])('rejects %s and goes on', async (_name, row, kind) => {
    const { posts, rejects } = await all(file(`id,text\n1,satu\n${row}\n3,tiga\n4,empat\n`, 'csv'));
    expect(posts.map((post) => post.text)).toEqual(['satu', 'tiga', 'empat']);
    expect(rejects.map((reject) => [reject.at, reject.kind])).toEqual([['line 3', kind]]);
  });

  it('reads on after a quote left open before more than a record’s worth of bytes', async () => {
    const many = Array.from(
      { length: 60_000 },
      (_, index) => `${index},baris nomor ${index} yang biasa\n`,
    ).join('');
    const { posts, rejects } = await all(file(`id,text\nx,"lupa ditutup\n${many}`, 'csv'));
    expect(posts).toHaveLength(60_000);
    expect(rejects.map((reject) => reject.kind)).toEqual(['unclosed-quote']);
  });

  it('rejects a field of 50 MB and goes on', async () => {
    const { posts, rejects } = await all(file(`id,text\n1,"${'x'.repeat(50_000_000)}"\n2,dua\n`, 'csv'));
    expect(posts.map((post) => post.text)).toEqual(['dua']);
    expect(rejects.map((reject) => [reject.kind, reject.length])).toEqual([['line-too-long', 50_000_004]]);
  });

  it('resumes behind the header', async () => {
    const path = file(
      `id,text\n${Array.from({ length: 130 }, (_, index) => `${index},"baris\n${index}"\n`).join('')}`,
      'csv',
    );
    const [first] = await pages(path);
    const rest = await all(path, {}, first?.cursor);
    expect(rest.posts.map((post) => post.id)).toEqual(
      Array.from({ length: 30 }, (_, index) => `ekspor:${100 + index}`),
    );
  });

  it('gives back any table that was written by the rules', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', ';', ' ', 'é', '\u{1F410}'),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (texts) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const path = file(
          `id,text\n${texts.map((text, index) => `${index},${quote(text)}\n`).join('')}`,
          'csv',
        );
        const { posts, rejects } = await all(path);
        const kept = texts.filter((text) => /\S/.test(text));
        expect(posts.map((post) => post.text)).toEqual(kept);
        expect(posts.length + rejects.length).toBe(texts.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('standard input', () => {
  const fromStream = async (chunks: readonly (string | Buffer)[], options: Options = {}) => {
    const source = {
      name: 'ekspor',
      allowPrivate: false,
      options: { path: '-', format: 'auto', map: 'auto', columns: {}, utc_offset: 'Z', ...options } as const,
    };
    const collector = createFileCollector(source, () =>
      Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
    );
    const posts = [];
    const context = { fetcher, clock, signal: new AbortController().signal };
    for await (const page of collector.collect(undefined, context)) posts.push(...page.posts);
    return posts;
  };

  it('reads JSONL, however it is cut', async () => {
    const text = '{"id":1,"text":"añ"}\n{"id":2,"text":"b"}';
    const bytes = [...Buffer.from(text)].map((byte) => Buffer.from([byte]));
    const posts = await fromStream(bytes);
    expect(posts.map((post) => [post.id, post.text, post.record?.from])).toEqual([
      ['ekspor:1', 'añ', '-'],
      ['ekspor:2', 'b', '-'],
    ]);
  });

  it('knows CSV by its first line', async () => {
    const posts = await fromStream(['id,te', 'xt\n1,"halo,\nsemua"\n']);
    expect(posts.map((post) => post.text)).toEqual(['halo,\nsemua']);
  });
});

describe('parse', () => {
  it('gives of a recorded body what collecting the file gives', async () => {
    const body = Buffer.from('id,text\n1,satu\n2,"du\na"\n3,\n');
    const collected = await all(file(body, 'csv'));
    const source = { name: 'ekspor', allowPrivate: false, options: { path: 'rows.csv' } };
    const payload = {
      body,
      text: body.toString(),
      from: 'rows.csv',
      headers: {},
      receivedAt: new Date(NOW).toISOString(),
    };
    const parsed = await fileKind.parse(source, payload);
    expect(parsed.posts.map((post) => [post.id, post.revision])).toEqual(
      collected.posts.map((post) => [post.id, post.revision]),
    );
    expect(parsed.rejects).toEqual(collected.rejects);
  });

  it('gives the same revision to the same text only', () => {
    expect(revisionOf('a')).toMatch(/^[0-9a-f]{16}$/);
    expect(revisionOf('a')).not.toBe(revisionOf('b'));
  });
});
