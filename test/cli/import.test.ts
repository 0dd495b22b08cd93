import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { importCommand } from '../../src/cli/commands/import.js';
import { guessColumns } from '../../src/collectors/column-guess.js';
import { fileOptions } from '../../src/collectors/file-layout.js';
import { sampleFile } from '../../src/collectors/file-sample.js';
import { compose, kindSchemas } from '../../src/compose.js';
import { parseConfig } from '../../src/config.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { words } from '../../src/words/catalogue.js';
import { workbook } from '../support/workbook.js';

const folder = mkdtempSync(join(tmpdir(), 'ronda-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function saved(content: string | Buffer, extension: string): string {
  const path = join(folder, `berkas-${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

async function guessOf(path: string) {
  const sample = await sampleFile(fileOptions.parse({ path }), new AbortController().signal);
  return { ...guessColumns(sample) };
}

const REPORTS = [
  'Rekap pengaduan,,,,',
  'Nomor,Waktu Unggah,Isi Laporan,Nama Akun,Tautan',
  '1,22/11/2026 07.30,"Jembatan retak, mohon diperiksa segera",@akun_fiksi_1,https://forum.example/u/akun_fiksi_1/1',
  '2,22/11/2026 08.30,Jalan di depan pasar rusak sejak bulan lalu,akun_fiksi_2,https://forum.example/2',
  '3,22/11/2026 08.31,,akun_fiksi_3,https://forum.example/3',
  '',
].join('\n');

describe('the columns of a table', () => {
  it.each<[string, string, string, Record<string, string>]>([
    [
      'Indonesian names below a title',
      REPORTS,
      'csv',
      { id: 'Nomor', created_at: 'Waktu Unggah', text: 'Isi Laporan', author: 'Nama Akun', url: 'Tautan' },
    ],
    [
      'English names and semicolons',
      'post_id;created;message;user;permalink;like_count;channel\n9;2026-11-01;Harga cabai naik lagi hari ini;a;https://a.example/9;3;forum\n8;2026-11-02;Pasar ramai sekali pagi ini;b;https://a.example/8;0;forum\n',
      'csv',
      {
        id: 'post_id',
        created_at: 'created',
        text: 'message',
        author: 'user',
        url: 'permalink',
        likes: 'like_count',
        platform: 'channel',
      },
    ],
    [
      'names that say nothing',
      'a,b,c\nhttps://a.example/1,2026-11-01T00:00:00Z,Selokan mampet di gang kami\nhttps://a.example/2,2026-11-02T00:00:00Z,Lampu jalan sudah menyala\n',
      'csv',
      { url: 'a', created_at: 'b', text: 'c' },
    ],
    [
      'nested JSON',
      '{"id":"1","meta":{"time":1794009600},"data":{"caption":"Kerja bakti hari Minggu","user":{"username":"a"}}}\n{"id":"2","meta":{"time":1794009700},"data":{"caption":"Sungai sudah bersih","user":{"username":"b"}}}\n',
      'jsonl',
      { id: 'id', created_at: 'meta.time', text: 'data.caption', author: 'data.user.username' },
    ],
  ])('with %s are guessed', async (_, content, extension, expected) => {
    expect(await guessOf(saved(content, extension))).toEqual(expected);
  });

  it('of a workbook are guessed', async () => {
    const rows = [
      ['Laporan', null, null],
      ['No', 'Isi', 'Tanggal'],
      [1, 'Lampu jalan mati sejak kemarin', { days: 46_348 }],
      [2, 'Sampah menumpuk di pasar', { days: 46_349 }],
    ];
    expect(await guessOf(saved(workbook({ A: rows }), 'xlsx'))).toEqual({
      id: 'No',
      text: 'Isi',
      created_at: 'Tanggal',
    });
  });

  it('are never two fields’ own, and none is guessed of what holds no text', async () => {
    expect(await guessOf(saved('a,b\n1,2\n3,4\n', 'csv'))).toEqual({});
  });
});

async function run(args: readonly string[], answers?: string) {
  const home = mkdtempSync(join(folder, 'home-'));
  const config = parseConfig({
    document: {},
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
    home,
  });
  const app = await compose(config);
  const input = Object.assign(new PassThrough(), { isTTY: answers !== undefined });
  input.end(answers ?? '');
  let out = '';
  let err = '';
  let status = 0;
  const environment = {
    io: {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
      interactive: answers !== undefined,
      columns: 100,
      input,
    },
    words: words('en'),
    language: 'en' as const,
    zone: 'Asia/Jakarta',
    signal: new AbortController().signal,
    exitWith: (said: number) => {
      status = Math.max(status, said);
    },
  };
  const program = new Command().exitOverride();
  importCommand(program, {
    withImport: (work) =>
      work(
        {
          pipeline: () => ({ ...app.pipeline(), startScorers: async () => app.scoreHere() }),
          files: (names, options) => app.batchFiles(names, options),
          sample: (file) => app.sampleFile(file),
          firstPosts: (collector, count) => app.firstPosts(collector, count),
        },
        environment,
      ),
  });
  try {
    await program.parseAsync(['import', ...args], { from: 'user' });
    return { out, err, status };
  } finally {
    await app.close();
  }
}

const YAML = 'columns:\n  text: "Isi Laporan"\n';

describe('ronda import --map', () => {
  it('without a terminal shows the posts with authors masked, writes the columns and imports nothing', async () => {
    const { out, err, status } = await run(['--map', saved(REPORTS, 'csv'), '--utc-offset', '+07:00']);
    expect([out.startsWith(YAML), status]).toEqual([true, 0]);
    expect(err).toContain('Jembatan retak, mohon diperiksa segera');
    expect(err).toContain('2026-11-22T00:30:00.000Z');
    expect(err).not.toMatch(/akun_fiksi/);
  });

  it('asked to, imports as guessed; bad rows are rejected and the rest goes on', async () => {
    const { out, status } = await run(['--map', '--yes', '--json', saved(REPORTS, 'csv')]);
    expect([JSON.parse(out), status]).toMatchObject([{ collected: 3, failed: 1, passed: 2 }, 1]);
  });

  it('asks, takes a change, and imports on yes', async () => {
    const { out, err } = await run(
      ['--map', '--json', saved(REPORTS, 'csv')],
      'author=Nomor\nauthor=Tak Ada\ny\n',
    );
    expect(JSON.parse(out)).toMatchObject({ collected: 3 });
    expect(err).toContain('author (Nomor): 1•••');
    expect(err).toContain('There is no column "Tak Ada"');
  });

  it.each([
    ['n\n', '', 'Nothing was imported'],
    ['w\n', YAML, 'Nothing was imported'],
  ])('answered %j, imports nothing', async (answers, out, said) => {
    const found = await run(['--map', saved(REPORTS, 'csv')], answers);
    expect(found.out.startsWith(out)).toBe(true);
    expect([found.err.includes(said), found.status]).toEqual([true, 0]);
    if (out === '') expect(found.out).toBe('');
  });

  it('names the columns that there are where none could be the text', async () => {
    await expect(run(['--map', saved('a,b\n1,2\n', 'csv')])).rejects.toMatchObject({
      kind: 'no-text',
      message: expect.stringContaining('a, b') as string,
    });
  });

  it('knows an export, and says how the configuration names it', async () => {
    const file = new URL('../../fixtures/collectors/file/crowdtangle-facebook/payload.csv', import.meta.url);
    const { out, err } = await run(['--map', saved(readFileSync(file), 'csv')]);
    expect(out).toBe('map: crowdtangle\n');
    expect(err).toContain('CrowdTangle (Facebook)');
  });
});
