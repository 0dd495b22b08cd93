import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotRunError } from '../../src/core/errors.js';
import { readClaimsFile } from '../../src/files/claims-files.js';
import { mergeClaims, readClaimsStore, writeClaimsStore } from '../../src/files/claims-store.js';
import { rejectText } from '../../src/words/claims.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-claims-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const BRIDGE = {
  id: 'k-1',
  title: 'Jembatan Mahoni Runtuh',
  claim: 'Jembatan Mahoni runtuh dihantam ombak',
  verdict: 'salah',
  publisher: 'Periksa Kampung',
  date: '2024-05-02',
  url: 'https://periksa.example/1',
};

describe('a file of fact-checks', () => {
  it('is read as JSON Lines; bad rows are listed and the rest goes on', async () => {
    const rows = [
      JSON.stringify(BRIDGE),
      'no json',
      '[1]',
      JSON.stringify({ id: 'k-2', publisher: 'x' }),
      JSON.stringify({ title: 'Tanpa tanda pengenal' }),
      JSON.stringify({ ...BRIDGE, id: 'k-3', url: 'javascript:alert(1)' }),
      JSON.stringify({ ...BRIDGE, id: 'k-4', date: 'kemarin' }),
      '',
      JSON.stringify({ id: 7, title: '  Nomor   saja ', date: '2024-06-01T08:00:00+07:00' }),
      JSON.stringify({ title: 'Tautan saja', url: 'https://periksa.example/9' }),
    ];
    const { claims, rejects } = await readClaimsFile(file('rows.jsonl', rows.join('\n')));
    expect(claims).toEqual([
      BRIDGE,
      { id: '7', title: 'Nomor saja', publisher: '', date: '2024-06-01', url: '' },
      {
        id: 'https://periksa.example/9',
        title: 'Tautan saja',
        publisher: '',
        date: '',
        url: 'https://periksa.example/9',
      },
    ]);
    expect(rejects.map(({ at }) => at)).toEqual(['line 2', 'line 3', 'line 4', 'line 5', 'line 6', 'line 7']);
    for (const { at, reason } of rejects) {
      // Each is told in the person's language.
      expect(rejectText(at, reason, 'en')).toBe(`${at}: ${reason}`);
      expect(rejectText(at, reason, 'id')).toMatch(/^baris \d+: (?!it|the )/);
    }
  });

  it('names the second of two rows that have one id and say different things', async () => {
    const rows = [BRIDGE, BRIDGE, { ...BRIDGE, title: 'Lain sama sekali' }].map((row) => JSON.stringify(row));
    const { claims, rejects } = await readClaimsFile(file('twice.jsonl', rows.join('\n')));
    expect(claims.every(({ title }) => title === BRIDGE.title)).toBe(true);
    expect(rejects).toEqual([
      { at: 'line 3', reason: `its id is that of line 1, which says something else: ${BRIDGE.id}` },
    ]);
  });

  it.each([
    ['2026-11-02', '2026-11-02'],
    // The day as its publisher wrote it, not that of Greenwich or of this machine.
    ['Mon, 02 Nov 2026 00:30:00 +0700', '2026-11-02'],
    ['2026-11-02T00:30:00+07:00', '2026-11-02'],
    ['2 November 2026', '2026-11-02'],
    ['Senin, 2 Desember 2026', '2026-12-02'],
    ['17 Agustus 2026 08:00', '2026-08-17'],
    ['May 3, 2026', '2026-05-03'],
    ['03-Mei-2026', '2026-05-03'],
    ['', ''],
    // February or January? Nobody is asked here, so nothing is guessed.
    ['02/01/2026', undefined],
    ['31/05/2026', undefined],
    ['30 Februari 2026', undefined],
    ['2026-13-01', undefined],
    ['kemarin', undefined],
    ['2026', undefined],
  ])('reads the date %j as %j', async (date, day) => {
    const { claims, rejects } = await readClaimsFile(
      file('date.json', JSON.stringify([{ ...BRIDGE, date }])),
    );
    expect(claims.map((claim) => claim.date)).toEqual(day === undefined ? [] : [day]);
    expect(rejects.length).toBe(day === undefined ? 1 : 0);
  });

  it('refuses an address in place of a file, and a link with a password', async () => {
    await expect(readClaimsFile('https://periksa.example/umpan.xml')).rejects.toThrow(
      /is an address.*factcheck/,
    );
    await expect(readClaimsFile('tidak-ada.jsonl')).rejects.toThrow(/there is no such file/);
    const row = JSON.stringify({ ...BRIDGE, url: 'https://saya:rahasia@periksa.example/1' });
    const { claims, rejects } = await readClaimsFile(file('sandi.jsonl', row));
    expect(claims).toEqual([]);
    expect(rejects[0]?.reason).toMatch(/password/);
    expect(rejects[0]?.reason).not.toContain('rahasia');
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
  ])('is read as CSV with %s, quotes and line ends in fields', async (_, delimiter) => {
    const rows = [
      ['ID', 'Title', 'Claim', 'Verdict', 'Publisher', 'Date', 'URL'].join(delimiter),
      [
        'k-1',
        '"Jembatan, ""Mahoni""; Runtuh"',
        '"baris satu\nbaris dua"',
        'salah',
        'Periksa Kampung',
        '2024-05-02',
        'https://periksa.example/1',
      ].join(delimiter),
      ['k-2', '', '', '', '', '', ''].join(delimiter),
      ['k-3', 'Sumur Beracun', '', '', 'Periksa Kampung', '', '', 'lebih', 'satu'].join(delimiter),
    ];
    const { claims, rejects } = await readClaimsFile(file('rows.csv', `\ufeff${rows.join('\r\n')}\r\n`));
    expect(claims).toEqual([
      { ...BRIDGE, title: 'Jembatan, "Mahoni"; Runtuh', claim: 'baris satu baris dua' },
    ]);
    expect(rejects.map(({ at }) => at)).toEqual(['line 4', 'line 5']);
  });

  const review = {
    '@context': 'https://schema.org',
    '@type': 'ClaimReview',
    url: 'https://periksa.example/1',
    claimReviewed: 'Jembatan Mahoni runtuh dihantam ombak',
    headline: 'Jembatan Mahoni Runtuh',
    author: { '@type': 'Organization', name: 'Periksa Kampung' },
    reviewRating: { '@type': 'Rating', ratingValue: 1, alternateName: 'salah' },
    datePublished: '2024-05-02',
  };
  const reviewed = { ...BRIDGE, id: 'https://periksa.example/1' };

  it.each([
    ['alone', review],
    ['in a list', [review]],
    ['in a graph', { '@graph': [{ '@type': 'WebPage' }, review] }],
    [
      'in a data feed',
      { '@type': 'DataFeed', dataFeedElement: [{ '@type': 'DataFeedItem', item: [review] }] },
    ],
    ['with several types', { ...review, '@type': ['Article', 'ClaimReview'] }],
    ['with the whole name of the type', { ...review, '@type': 'http://schema.org/ClaimReview' }],
  ])('is read as ClaimReview %s', async (_, document) => {
    const read = await readClaimsFile(file('review.json', JSON.stringify(document)));
    expect(read).toEqual({ claims: [reviewed], rejects: [] });
  });

  it('is read as ClaimReview from a saved page, past broken blocks', async () => {
    const page = `<!doctype html><html><head><script type="application/ld+json">{broken</script>
      <script type='application/ld+json'>${JSON.stringify(review)}</script></head><body>teks</body></html>`;
    expect(await readClaimsFile(file('page.html', page))).toEqual({ claims: [reviewed], rejects: [] });
  });

  it('is read as RSS', async () => {
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Periksa Kampung</title>
      <item><title>[SALAH] Jembatan &amp;quot;Mahoni&amp;quot; Runtuh</title><link>https://periksa.example/1</link>
      <guid isPermaLink="false">pk-1</guid><pubDate>Thu, 02 May 2024 08:00:00 +0000</pubDate></item>
      <item><link>https://periksa.example/2</link></item></channel></rss>`;
    const { claims, rejects } = await readClaimsFile(file('feed.xml', feed));
    expect(claims).toEqual([
      {
        id: 'pk-1',
        title: '[SALAH] Jembatan "Mahoni" Runtuh',
        publisher: 'Periksa Kampung',
        date: '2024-05-02',
        url: 'https://periksa.example/1',
      },
    ]);
    expect(rejects.map(({ at }) => at)).toEqual(['entry 2']);
  });

  it('is read as Atom', async () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Periksa Kampung</title><entry><id>tag:periksa.example,2024:1</id>
      <title>Jembatan Mahoni Runtuh</title><link href="https://periksa.example/1"/><published>2024-05-02T08:00:00Z</published></entry></feed>`;
    const { claims } = await readClaimsFile(file('atom.xml', feed));
    expect(claims).toEqual([
      {
        id: 'tag:periksa.example,2024:1',
        title: 'Jembatan Mahoni Runtuh',
        publisher: 'Periksa Kampung',
        date: '2024-05-02',
        url: 'https://periksa.example/1',
      },
    ]);
  });

  it('may be empty', async () => {
    expect(await readClaimsFile(file('empty.jsonl', ''))).toEqual({ claims: [], rejects: [] });
  });

  it.each([
    ['a page without fact-checks', 'page.html', '<html><body>halo</body></html>'],
    ['a table without titles', 'table.csv', 'nama,umur\nA,1\n'],
    ['bytes that are no UTF-8', 'bytes.csv', Buffer.from([0x69, 0x64, 0xff, 0xfe])],
  ])('is refused where it is %s', async (_, name, content) => {
    await expect(readClaimsFile(file(name, content))).rejects.toThrow(CannotRunError);
  });

  it('is refused where it is not there', async () => {
    await expect(readClaimsFile(join(folder, 'nowhere.csv'))).rejects.toThrow(CannotRunError);
  });
});

describe('the imported fact-checks', () => {
  it('are none before the first import', () => {
    expect(readClaimsStore(join(folder, 'never.jsonl'))).toEqual([]);
  });

  it('keep each id once, the last said of it, in its old place', () => {
    const first = mergeClaims([], [BRIDGE, { ...BRIDGE, id: 'k-2' }]);
    expect(first).toMatchObject({ added: 2, changed: 0, unchanged: 0 });
    const again = mergeClaims(first.claims, [
      { ...BRIDGE, verdict: 'benar' },
      { ...BRIDGE, id: 'k-2' },
      { ...BRIDGE, id: 'k-3' },
    ]);
    expect(again).toMatchObject({ added: 1, changed: 1, unchanged: 1 });
    expect(again.claims.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'k-1 benar',
      'k-2 salah',
      'k-3 salah',
    ]);
  });

  it('are written for the owner alone and leave nothing beside', () => {
    const home = mkdtempSync(join(folder, 'home-'));
    const path = join(home, 'claims.jsonl');
    writeClaimsStore(path, [BRIDGE]);
    writeClaimsStore(path, [BRIDGE, { ...BRIDGE, id: 'k-2' }]);
    expect(readClaimsStore(path).map(({ id }) => id)).toEqual(['k-1', 'k-2']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(home)).toEqual(['claims.jsonl']);
  });

  it('are refused where a line is damaged, by its number', () => {
    const path = file('damaged.jsonl', `${JSON.stringify(BRIDGE)}\n{"id":\n`);
    expect(() => readClaimsStore(path)).toThrow(/line 2/);
    expect(readFileSync(path, 'utf8')).toContain('k-1');
  });
});
