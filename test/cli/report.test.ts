import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHome, Ronda, type RondaOptions } from '../support/ronda.js';

/** `ronda report` and `ronda alerts` as they are typed. */

let home: ReturnType<typeof freshHome>;
beforeEach(() => {
  home = freshHome();
});
afterEach(() => home.remove());

const ronda = (args: readonly string[], options: Partial<RondaOptions> = {}) =>
  new Ronda(args, { home: home.path, ...options }).finished;
const file = (name: string): string => join(home.path, name);

describe('ronda report --unit', () => {
  it('tells only what is known to be of the unit’s regions, says so, and refuses a unit that is none', async () => {
    writeFileSync(
      file('ronda.yaml'),
      [
        'units:',
        '  - { id: mabes, name: Mabes Rekaan, regions: ["*"] }',
        '  - { id: polda, name: Polda Rekaan, regions: ["32"], parent: mabes }',
        'sources: []',
        '',
      ].join('\n'),
    );
    const rumour = (place: string, at: number) => ({
      id: `${place}${at}`,
      text: `Kabar rekaan: garam langka di ${place}, warga antre panjang sejak subuh`,
      author: `warga-${place}-${at}`,
      created_at: `2026-01-05T0${at}:10:00Z`,
    });
    const posts = ['Kota Bandung', 'Kota Semarang'].flatMap((place) =>
      [1, 2, 3, 4].map((at) => rumour(place, at)),
    );
    writeFileSync(file('a.jsonl'), posts.map((post) => `${JSON.stringify(post)}\n`).join(''));
    expect((await ronda(['batch', 'a.jsonl', '--json'])).code).toBe(0);
    const report = async (...more: string[]) =>
      JSON.parse(
        (await ronda(['report', 'daily', '--date', '2026-01-05', '--format', 'json', ...more])).stdout,
      );
    expect(await report()).toMatchObject({ totals: { posts: 8 } });
    const own = await report('--unit', 'polda');
    expect(own).toMatchObject({
      unit: { id: 'polda', name: 'Polda Rekaan', regions: ['32'] },
      totals: { posts: 4 },
      regions: [{ region: '32', posts: 4 }],
      trends: [],
    });
    expect(own.limits).toContain('unit-regions');
    expect(await report('--unit', 'mabes')).not.toHaveProperty('unit');
    const text = await ronda([
      'report',
      'daily',
      '--date',
      '2026-01-05',
      '--format',
      'md',
      '--unit',
      'polda',
    ]);
    expect(text.stdout).toContain('wilayah Polda Rekaan');
    const none = await ronda(['report', 'daily', '--unit', 'tiada']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('polda');
  });
});

describe('ronda report', () => {
  it('writes files for their owner alone, to standard output without --out, and says what cannot be', async () => {
    const posts = Array.from({ length: 12 }, (_, at) => ({
      id: `p${at}`,
      text: `Kabar rekaan: garam habis di pasar Tirtalaya, warga diminta tenang ${at % 3}`,
      author: `warga-rekaan-${at}`,
      created_at: `2026-01-05T0${at % 6}:10:00Z`,
    }));
    writeFileSync(file('a.jsonl'), posts.map((post) => `${JSON.stringify(post)}\n`).join(''));
    expect((await ronda(['batch', 'a.jsonl', '--json'])).code).toBe(0);

    const pdf = await ronda(['report', 'daily', '--date', '2026-01-05', '--format', 'pdf', '--out', 'a.pdf']);
    expect(pdf).toMatchObject({ code: 0, stdout: '' });
    expect(pdf.stderr).toMatch(/^a\.pdf ditulis \(\d+ bita\)\.\n$/);
    expect(readFileSync(file('a.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(statSync(file('a.pdf')).mode & 0o777).toBe(0o600);

    const json = await ronda([
      'report',
      'weekly',
      '--date',
      '2026-01-06',
      '--format',
      'json',
      '--zone',
      'WIT',
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'weekly',
      span: { firstDay: '2025-12-31', lastDay: '2026-01-06', zone: 'WIT' },
      totals: { posts: 12 },
    });
    const page = await ronda(['report', 'daily', '--date', '2026-01-05', '--lang', 'en']);
    expect(page.stdout).toContain('12 posts were collected');
    expect(page.stdout).not.toContain('warga-rekaan');

    // Each that was given out is in the audit chain, with its hash and nothing of its text.
    const db = new Database(file('ronda.db'), { readonly: true });
    const told = db
      .prepare<[], { actor: string; subject: string; details: string }>(
        "SELECT actor, subject, details FROM audit_events WHERE kind = 'exported' ORDER BY seq",
      )
      .all();
    db.close();
    expect(told.map(({ actor, subject }) => `${actor} ${subject}`)).toEqual([
      'system report:daily',
      'system report:weekly',
      'system report:daily',
    ]);
    const hash = createHash('sha256')
      .update(readFileSync(file('a.pdf')))
      .digest('hex');
    expect(JSON.parse(told[0]!.details)).toMatchObject({ format: 'pdf', date: '2026-01-05', sha256: hash });

    expect(await ronda(['report', 'daily', '--date', '2026-02-30'])).toMatchObject({ code: 2, stdout: '' });
    const none = await ronda(['report', 'narrative', '3f0c9a5be1d24477']);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toContain('ronda narratives list');
    const nowhere = await ronda(['report', 'daily', '--out', 'tidak/ada/a.html']);
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('cannot be written');
  });

  it('says that there is no store yet', async () => {
    const none = await ronda(['report', 'daily']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('There is no store');
  });
});

describe('ronda alerts', () => {
  it('tests a channel, lists what there is, and says what cannot be', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
      request.on('end', () => response.writeHead(bodies.length === 1 ? 202 : 500).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      writeFileSync(
        file('ronda.yaml'),
        `alerts: { channels: [{ name: posko, kind: webhook, url: "http://127.0.0.1:${port}/", allow_private: true, secret_env: POSKO_SECRET }] }\n`,
      );
      const environment = { POSKO_SECRET: 'rahasia-bersama-yang-cukup-panjang' };
      const told = await ronda(['alerts', 'test', 'posko'], { environment });
      expect(told).toMatchObject({ code: 0, stdout: 'posko: diterima.\n' });
      expect(bodies[0]).toContain('Ini uji saluran peringatan');
      expect(await ronda(['alerts', 'test', 'posko'], { environment })).toMatchObject({ code: 1 });
      const unset = await ronda(['alerts', 'test', 'posko']);
      expect(unset.code).toBe(1);
      expect(unset.stderr).toContain('POSKO_SECRET is not set');
      expect(await ronda(['alerts', 'test', 'lain'], { environment })).toMatchObject({ code: 2 });
    } finally {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
    expect(await ronda(['alerts', 'ack', '1'])).toMatchObject({ code: 1 });
    const list = await ronda(['alerts', 'list', '--json']);
    expect(JSON.parse(list.stdout)).toEqual({ alerts: [], counts: { open: 0, waiting: 0, dead: 0 } });
    expect((await ronda(['alerts', 'retry'])).stdout).toBe('0 pesan akan dicoba lagi.\n');
  });
});
