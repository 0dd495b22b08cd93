import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLegalFiles } from '../../src/files/legal-files.js';
import { legalDay, legalRowsAt, withSignature } from '../../src/triage/legal.js';

const shown = (at: string) => legalRowsAt(readLegalFiles(), [], at);
/** Ids of the rows in force for certain, and of those that perhaps no longer are. */
const ids = (at: string): { sure: string[]; unsure: string[] } => ({
  sure: shown(at).flatMap(({ row, standing }) => (standing === 'in-force' ? [row.id] : [])),
  unsure: shown(at).flatMap(({ row, standing }) => (standing === 'unsure' ? [row.id] : [])),
});

describe('the legal reference that is shipped', () => {
  it.each([
    {
      at: '2023-05-01T05:00:00Z',
      sure: [
        'uu-ite-2016-27-3',
        'uu-ite-2016-28-2',
        'skb-2021',
        'kuhp-1946-156',
        'uu-1-1946-14-15',
        'uu-40-2008-16',
      ],
      unsure: [],
      hidden: ['uu-ite-2024-27a', 'mk-105-2024', 'kuhp-2023-242', 'uu-1-2026'],
    },
    {
      at: '2024-01-03T05:00:00Z',
      sure: ['uu-ite-2024-27a', 'uu-ite-2024-28-2', 'uu-ite-2024-28-3', 'kuhp-1946-160', 'uu-7-2017-280'],
      unsure: ['skb-2021'],
      hidden: ['uu-ite-2016-27-3', 'uu-ite-2016-28-2', 'mk-105-2024', 'mk-115-2024', 'kuhp-2023-263'],
    },
    {
      at: '2025-04-29T05:00:00Z',
      sure: ['mk-105-2024', 'mk-115-2024', 'mk-78-2023', 'uu-ite-2024-27a', 'uu-27-2022-65-67'],
      unsure: ['skb-2021'],
      hidden: ['uu-1-1946-14-15', 'kuhp-2023-242'],
    },
    {
      at: '2026-01-01T05:00:00Z',
      sure: ['uu-ite-2024-28-2', 'kuhp-1946-156a', 'uu-40-2008-16', 'uu-pilkada-69'],
      unsure: ['skb-2021'],
      hidden: ['kuhp-2023-242', 'kuhp-2023-622', 'uu-1-2026'],
    },
    {
      at: '2026-01-02T05:00:00Z',
      sure: [
        'kuhp-2023-242',
        'kuhp-2023-247',
        'kuhp-2023-263',
        'kuhp-2023-301',
        'kuhp-2023-622',
        'uu-1-2026',
      ],
      unsure: ['uu-ite-2024-27a', 'uu-ite-2024-28-2', 'uu-ite-2024-28-3', 'uu-40-2008-16', 'skb-2021'],
      hidden: ['kuhp-1946-156', 'kuhp-1946-156a', 'kuhp-1946-160', 'uu-ite-2016-28-2'],
    },
    {
      at: '2026-11-22T05:00:00Z',
      sure: ['kuhp-2023-246', 'kuhp-2023-300', 'kuhp-2023-264', 'mk-105-2024', 'uu-27-2022-65-67'],
      unsure: ['uu-ite-2024-27a', 'uu-ite-2024-28-2'],
      hidden: ['kuhp-1946-156', 'uu-1-1946-14-15'],
    },
  ])('shows for $at what was in force then', ({ at, sure, unsure, hidden }) => {
    const found = ids(at);
    expect(found.sure).toEqual(expect.arrayContaining(sure));
    expect(found.unsure).toEqual(expect.arrayContaining(unsure));
    for (const id of hidden) expect([...found.sure, ...found.unsure]).not.toContain(id);
  });

  it('changes with midnight in Jakarta, not in Greenwich', () => {
    expect(legalDay('2026-01-01T16:59:59.999Z')).toBe('2026-01-01');
    expect(legalDay('2026-01-01T17:00:00Z')).toBe('2026-01-02');
    expect(ids('2026-01-01T16:59:59Z').sure).not.toContain('kuhp-2023-242');
    expect(ids('2026-01-01T17:00:00Z').sure).toContain('kuhp-2023-242');
  });

  it('shows defamation with its condition alone, and what is not punishable before any offence', () => {
    for (const at of ['2020-01-01T00:00:00Z', '2024-06-01T00:00:00Z', '2026-06-01T00:00:00Z']) {
      const rows = shown(at);
      for (const { row } of rows.filter(
        ({ row }) => /Pasal 27/.test(row.article) && row.kind === 'offence',
      )) {
        expect(row.condition).toMatch(/pengaduan/);
        expect(row.condition).toMatch(/institusi/);
      }
      const kinds = rows.map(({ row }) => row.kind);
      expect(kinds.lastIndexOf('limit')).toBeLessThan(kinds.indexOf('offence'));
    }
  });

  it('is signed by the hash of its content: a changed row is unsigned again', () => {
    const [entry] = readLegalFiles();
    const signature = {
      row: entry!.row.id,
      hash: entry!.hash,
      user: 1,
      reviewer: 'x',
      at: '2026-01-01T00:00:00Z',
    };
    expect(withSignature(entry!, [signature]).signature).toEqual(signature);
    expect(withSignature({ ...entry!, hash: 'f'.repeat(64) }, [signature]).signature).toBeUndefined();
    for (const { signature: none } of shown('2026-06-01T00:00:00Z')) expect(none).toBeUndefined();
  });
});

describe('a file of rows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-legal-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const row = {
    id: 'uu-rekaan-1',
    kind: 'offence',
    law: 'UU Rekaan',
    article: 'Pasal 1',
    text: 'Isi rekaan.',
    element: 'Unsur rekaan.',
    inForce: { from: '2020-01-01', to: '2021-01-01' },
    source: { gazette: 'LN rekaan', url: 'https://peraturan.example/1' },
    reviewedBy: null,
  };

  it.each([
    ['no such date', { ...row, inForce: { from: '2020-02-31' } }],
    ['an end before its beginning', { ...row, inForce: { from: '2021-01-01', to: '2020-01-01' } }],
    ['a word that it is reviewed', { ...row, reviewedBy: 'saya' }],
    ['an unknown key', { ...row, penalty: 4 }],
    ['a link of plain http', { ...row, source: { ...row.source, url: 'http://peraturan.example' } }],
    ['defamation without its condition', { ...row, article: 'Pasal 27A jo. Pasal 45' }],
    [
      'a doubt about an end that it does not name',
      { ...row, inForce: { from: '2020-01-01' }, unsure: [{ what: 'to', why: 'belum pasti' }] },
    ],
    ['no list', 'x'],
  ])('with %s is refused, naming the file', (_, given) => {
    writeFileSync(
      join(folder, 'a.json'),
      JSON.stringify(given === 'x' ? {} : [row, { ...(given as object), id: 'lain-1' }]),
    );
    expect(() => readLegalFiles(folder)).toThrow(/a\.json/);
  });

  it('with an id that stands twice is refused; the order of keys does not change the hash', () => {
    writeFileSync(join(folder, 'a.json'), JSON.stringify([row, row]));
    expect(() => readLegalFiles(folder)).toThrow(/twice/);
    writeFileSync(join(folder, 'a.json'), JSON.stringify([row]));
    const [first] = readLegalFiles(folder);
    writeFileSync(
      join(folder, 'a.json'),
      JSON.stringify([Object.fromEntries(Object.entries(row).toReversed())]),
    );
    expect(readLegalFiles(folder)[0]!.hash).toBe(first!.hash);
    writeFileSync(join(folder, 'a.json'), JSON.stringify([{ ...row, text: 'Isi lain.' }]));
    expect(readLegalFiles(folder)[0]!.hash).not.toBe(first!.hash);
  });
});
