import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { COLUMN_MAPS } from '../../src/collectors/column-maps.js';
import { fileKind } from '../../src/collectors/file.js';
import { collectorKind } from '../../src/collectors/registry.js';
import { believableTime, rowTime } from '../../src/collectors/row-time.js';
import type { CollectedPage, Cursor } from '../../src/core/collector-ports.js';
import { noNetwork } from '../support/no-network.js';
import { type WorkbookCell, workbook } from '../support/workbook.js';

/** Exports that people hold, as files: `fixtures/collectors/file/<case>/`, and workbooks. */

const fixtures = resolve(import.meta.dirname, '../../fixtures/collectors/file');
const folder = mkdtempSync(join(tmpdir(), 'ronda-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RECEIVED = '2026-11-22T05:00:00.000Z';
const TERMS = { basis: 'izin rekaan', acknowledged_by: 'petugas rekaan', date: '2026-11-01' };

function linesOf(path: string): unknown[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}

async function parse(body: Buffer, from: string, options: object = {}) {
  const source = { name: 'rekaman', allowPrivate: false, options: { path: from, ...options } };
  return await fileKind.parse(source, {
    body,
    text: body.toString('utf8'),
    from,
    headers: {},
    receivedAt: RECEIVED,
  });
}

let files = 0;
function saved(body: Buffer | string, extension: string): string {
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, body);
  return path;
}

async function collected(
  path: string,
  setting: object = { terms: TERMS },
  options: object = {},
  cursor?: Cursor,
) {
  const collector = fileKind.create({
    name: 'rekaman',
    allowPrivate: false,
    options: { path, ...options },
    ...setting,
  });
  const pages: CollectedPage[] = [];
  const signal = new AbortController().signal;
  const context = { fetcher: noNetwork, clock: { now: () => Date.parse(RECEIVED) }, signal };
  for await (const page of collector.collect(cursor, context)) pages.push(page);
  return {
    pages,
    posts: pages.flatMap((page) => page.posts),
    rejects: pages.flatMap((page) => page.rejects),
  };
}

describe('an export', () => {
  it.each(readdirSync(fixtures))('%s gives the posts and rejects that it holds', async (name) => {
    const path = join(fixtures, name);
    const file = readdirSync(path).find((each) => each.startsWith('payload.')) ?? '';
    const optionsFile = join(path, 'options.json');
    const options = existsSync(optionsFile) ? (JSON.parse(readFileSync(optionsFile, 'utf8')) as object) : {};
    const { posts, rejects } = await parse(readFileSync(join(path, file)), file, options);
    const expected = linesOf(join(path, 'expected.jsonl'));
    expect(posts).toMatchObject(expected);
    expect(posts).toHaveLength(expected.length);
    const refused = linesOf(join(path, 'rejects.jsonl'));
    expect(rejects).toMatchObject(refused);
    expect(rejects).toHaveLength(refused.length);
  });

  const csv = join(fixtures, 'crowdtangle-facebook', 'payload.csv');

  it('is told, and read, only where its terms are acknowledged or a person hands it over', async () => {
    await expect(collected(csv, {})).rejects.toMatchObject({ kind: 'terms-missing' });
    for (const setting of [{ terms: TERMS }, { attended: true }]) {
      const told: string[] = [];
      const { posts } = await collected(csv, { ...setting, notice: (text: string) => told.push(text) });
      expect([posts.length, told]).toEqual([2, ['CrowdTangle (Facebook)']]);
    }
  });

  it('is read by the map that is named, by columns that are named before it, or by none', async () => {
    const body = readFileSync(csv);
    const named = await parse(body, 'a.csv', { map: 'crowdtangle', columns: { author: 'Page Name' } });
    expect(named.posts[0]?.author?.handle).toBe('Kabar Rekaan');
    await expect(parse(body, 'a.csv', { map: 'brandwatch' })).rejects.toMatchObject({
      kind: 'not-that-export',
    });
    await expect(parse(body, 'a.csv', { map: 'none' })).rejects.toMatchObject({ kind: 'missing-column' });
    const own = await parse(body, 'a.csv', { columns: { text: 'Page Name' } });
    expect(own.posts[0]).toMatchObject({ platform: 'rekaman', text: 'Kabar Rekaan' });
  });

  it('goes on where it was left, below what stands before its header', async () => {
    const original = readFileSync(join(fixtures, 'brandwatch', 'payload.csv'), 'utf8');
    const path = saved(original, 'csv');
    const first = await collected(path);
    const row = original.split('\r\n').find((line) => line.includes('r-1')) ?? '';
    writeFileSync(path, `${original}${row.replace('r-1', 'r-9')}\r\n`);
    const { posts } = await collected(path, { terms: TERMS }, {}, first.pages.at(-1)?.cursor);
    expect(posts.map((post) => post.id)).toEqual(['instagram:r-9']);
  });

  it('of every map needs terms, as its kind says', () => {
    for (const { name } of COLUMN_MAPS) {
      expect(collectorKind('file')?.termsRequired({ path: 'a.csv', map: name })).toBeTruthy();
    }
    expect(collectorKind('file')?.termsRequired({ path: 'a.csv' })).toBeUndefined();
  });
});

const ROWS: readonly (readonly WorkbookCell[])[] = [
  ['Rekap pengaduan', null, null],
  ['No', 'Isi', 'Waktu'],
  [1, 'Lampu jalan mati & gelap', { days: 46_348.3125 }],
  [null, null, null],
  [2, '', null],
  [1.2345678901234567e19, 'Nomor yang dibulatkan', 'kemarin'],
];
const OWN = { columns: { id: 'No', text: 'Isi', created_at: 'Waktu' }, utc_offset: '+07:00' };

describe('a workbook', () => {
  it('gives its rows as posts, times without a zone as the source says', async () => {
    const body = workbook({ Data: ROWS });
    const { posts, rejects } = await parse(body, 'a.xlsx', OWN);
    expect(posts).toMatchObject([
      { id: 'rekaman:1', text: 'Lampu jalan mati & gelap', createdAt: '2026-11-22T00:30:00.000Z' },
      { text: 'Nomor yang dibulatkan' },
    ]);
    expect(posts[1]?.id).toMatch(/^rekaman:hash-/);
    expect(posts[1]).not.toHaveProperty('createdAt');
    expect(rejects).toMatchObject([{ at: 'row 5', kind: 'no-text' }]);
    expect(posts[0]?.record).toMatchObject({ mediaType: 'application/json', from: 'a.xlsx' });
    expect(posts[0]?.record?.bodySha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is collected as it is parsed, known again by its bytes, and read anew once it was saved anew', async () => {
    const path = saved(workbook({ Data: ROWS }), 'xlsx');
    const { posts, pages } = await collected(path, {}, OWN);
    expect(posts).toHaveLength(2);
    const cursor = pages.at(-1)?.cursor;
    expect((await collected(path, {}, OWN, cursor)).pages).toEqual([]);
    writeFileSync(path, workbook({ Data: [...ROWS, [3, 'Baris baru', null]] }));
    expect((await collected(path, {}, OWN, cursor)).posts).toHaveLength(3);
  });

  it('comes in pages, and goes on after each of them', async () => {
    const rows = Array.from({ length: 250 }, (_, n) => [n, `Kabar rekaan ${n}`]);
    const path = saved(workbook({ Data: [['id', 'text'], ...rows] }), 'xlsx');
    const { pages, posts } = await collected(path, {});
    expect([pages.length, posts.length]).toEqual([3, 250]);
    const rest = await collected(path, {}, {}, pages[0]?.cursor);
    expect(rest.posts.map((post) => post.id)).toEqual(posts.slice(100).map((post) => post.id));
  });

  it('is recognised as an export, and its sheet is found by name or number', async () => {
    const header = ['url', 'content', 'published', 'source_type', 'extra_author_attributes.name'];
    const row = [
      'https://www.instagram.com/p/B/',
      'Sawah kering',
      '2026-11-01 00:00',
      'SOCIALMEDIA_INSTAGRAM',
      'a',
    ];
    const body = workbook({ Sampul: [['Ringkasan']], Hasil: [header, row] });
    for (const sheet of ['Hasil', 2]) {
      expect((await parse(body, 'a.xlsx', { sheet })).posts).toMatchObject([{ platform: 'instagram' }]);
    }
    await expect(parse(body, 'a.xlsx', { sheet: 'Lain' })).rejects.toMatchObject({ kind: 'no-sheet' });
  });

  // Packed once: to pack that much takes seconds.
  let packed: Buffer | undefined;
  const bomb = (): Buffer => {
    packed ??= Buffer.from(
      zipSync({
        'xl/worksheets/sheet1.xml': Buffer.alloc(160_000_000, 32),
        'xl/workbook.xml': Buffer.from('<a/>'),
      }),
    );
    return Buffer.from(packed);
  };
  const lying = (): Buffer => {
    const bytes = bomb();
    for (const [signature, offset] of [
      [0x04034b50, 22],
      [0x02014b50, 24],
    ] as const) {
      for (let at = 0; at + 4 <= bytes.length; at++) {
        if (bytes.readUInt32LE(at) === signature) bytes.writeUInt32LE(1_000, at + offset);
      }
    }
    return bytes;
  };

  it.each<[string, () => Buffer, string]>([
    ['that unpacks to too much', bomb, 'workbook-too-large'],
    ['that lies about its size', lying, 'not-xlsx'],
    [
      'with a cell in the last row',
      () => workbook({ A: [] }, '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
      'workbook-too-large',
    ],
    [
      'with a cell in the last column',
      () => workbook({ A: [] }, '<row r="1"><c r="XFD1"><v>1</v></c></row>'),
      'workbook-too-large',
    ],
    [
      'with cells far apart',
      () =>
        workbook(
          { A: [] },
          '<row r="1"><c r="ALL1"><v>1</v></c></row><row r="200000"><c r="A200000"><v>1</v></c></row>',
        ),
      'workbook-too-large',
    ],
    ['that is no archive', () => Buffer.from('PK\u0003\u0004 bukan arsip'), 'not-xlsx'],
    ['that is cut off', () => workbook({ Data: ROWS }).subarray(0, 900), 'not-xlsx'],
    ['that is another archive', () => Buffer.from(zipSync({ 'a.txt': Buffer.from('a') })), 'not-xlsx'],
  ])('%s is refused', async (_, body, kind) => {
    await expect(parse(body(), 'a.xlsx', { columns: { text: 'Isi' } })).rejects.toMatchObject({ kind });
  });
});

describe('a time in a row', () => {
  it.each([
    ['2026-11-22 07:30', '+07:00', '2026-11-22T00:30:00.000Z'],
    ['2026-11-22 07:30:00 WITA', 'Z', '2026-11-21T23:30:00.000Z'],
    ['2024-07-01 12:00:00 EDT', '+07:00', '2024-07-01T16:00:00.000Z'],
    ['22/11/2026', 'Z', '2026-11-22T00:00:00.000Z'],
    ['3/4/2026 9.05', 'Z', '2026-04-03T09:05:00.000Z'],
    ['11/22/2026 07:30', 'Z', '2026-11-22T07:30:00.000Z'],
    ['Minggu, 22 Nov 2026 07:30 WIB', 'Z', '2026-11-22T00:30:00.000Z'],
    ['1 Agustus 2026 pukul 10.00', '+07:00', '2026-08-01T03:00:00.000Z'],
    ['22-11-2026 07:30:05+07:00', 'Z', '2026-11-22T00:30:05.000Z'],
    [1_794_009_600, 'Z', '2026-11-07T00:00:00.000Z'],
    ['1794009600', 'Z', '2026-11-07T00:00:00.000Z'],
    ['31/02/2026', 'Z', undefined],
    ['22/22/2026', 'Z', undefined],
    ['2026-11-22 07:30 XYZ', 'Z', undefined],
    ['kemarin', 'Z', undefined],
    ['22 Foo 2026', 'Z', undefined],
    [null, 'Z', undefined],
  ])('%j at %s is %s', (value, offset, expected) => {
    expect(rowTime(value, offset)).toBe(expected);
  });
});

describe('a time that is not to be believed', () => {
  const READ = '2026-11-22T07:00:00.000Z';
  it.each([
    ['2026-11-21T08:00:00Z', { time: '2026-11-21T08:00:00.000Z', isMisread: false }],
    [1_794_009_600_000, { time: '2026-11-07T00:00:00.000Z', isMisread: false }],
    [1_794_009_600, { time: '2026-11-07T00:00:00.000Z', isMisread: false }],
    // Ahead, as a plan or a rehearsal may be.
    ['2027-02-01', { time: '2027-02-01T00:00:00.000Z', isMisread: false }],
    ['2027-11-24', { isMisread: true }],
    ['2099-01-01T00:00:00Z', { isMisread: true }],
    ['kemarin sore', { isMisread: true }],
    ['31/02/2026', { isMisread: true }],
    [{ day: 22 }, { isMisread: true }],
    [0, { isMisread: true }],
    [true, { isMisread: true }],
    // None is said.
    ['', { isMisread: false }],
    ['  ', { isMisread: false }],
    [null, { isMisread: false }],
    [undefined, { isMisread: false }],
  ])('%j', (value, expected) => {
    expect(believableTime(value, 'Z', READ)).toEqual(expected);
  });
});
