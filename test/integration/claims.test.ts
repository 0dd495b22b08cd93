import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshHome, ronda } from '../support/ronda.js';

const row = {
  id: 'pk-1',
  title: 'Jembatan Mahoni di Kota Karangwaru Runtuh Dihantam Ombak 12 Meter',
  claim: '',
  verdict: 'salah',
  publisher: 'Periksa Kampung',
  date: '2024-05-02',
  url: 'https://periksa.example/1',
};
const spreading = 'GEGER! jembatan mahoni karangwaru ambruk dihantam ombak 12 meter, sebarkan';
const post = (id: string, text: string): string => `${JSON.stringify({ id, text })}\n`;

interface Line {
  readonly id: string;
  readonly flags: readonly string[];
  readonly findings: readonly {
    readonly rule: string;
    readonly why: string;
    readonly claim?: { readonly id: string; readonly similarity: number };
  }[];
  readonly versions: { readonly claims?: string };
}
const lines = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe('ronda claims', () => {
  it('imports once, lists, and has posts matched from then on', { timeout: 60_000 }, async () => {
    const home = freshHome();
    try {
      const file = join(home.path, 'checks.jsonl');
      writeFileSync(file, `${JSON.stringify(row)}\n{"id":"pk-2"}\n`);
      const options = { home: home.path };

      const before = await ronda(['score', '--jsonl'], { ...options, input: post('a', spreading) });
      expect(lines(before.stdout)[0]).toMatchObject({ flags: [] });
      expect(lines(before.stdout)[0]?.versions.claims).toBeUndefined();

      const first = await ronda(['claims', 'import', file, '--json'], options);
      expect(first.code).toBe(1);
      expect(JSON.parse(first.stdout)).toMatchObject({
        added: 1,
        changed: 0,
        unchanged: 0,
        total: 1,
        rejects: [{ file, at: 'line 2' }],
      });
      const second = await ronda(['claims', 'import', file, '--json'], options);
      expect(JSON.parse(second.stdout)).toMatchObject({ added: 0, changed: 0, unchanged: 1, total: 1 });

      const listed = await ronda(['claims', 'list'], options);
      expect(listed.stdout).toContain(row.title);
      expect(listed.stdout).toContain(row.url);

      const input = post('a', spreading) + post('b', 'selamat pagi warga karangwaru');
      const { stdout } = await ronda(['score', '--jsonl'], { ...options, input });
      const [hoax, greeting] = lines(stdout);
      expect(hoax).toMatchObject({ flags: ['hoax'] });
      expect(hoax?.findings[0]).toMatchObject({ rule: 'claim-match', claim: { id: 'pk-1', url: row.url } });
      expect(hoax?.findings[0]?.why).toContain(row.title);
      expect(hoax?.versions.claims).toMatch(/^[0-9a-f]{12}$/);
      expect(greeting).toMatchObject({ flags: [] });
    } finally {
      home.remove();
    }
  });

  it('matches with the fact-checks of a file for one run, and tells of the nearest', {
    timeout: 60_000,
  }, async () => {
    const home = freshHome();
    try {
      const file = join(home.path, 'checks.jsonl');
      writeFileSync(file, `${JSON.stringify(row)}\nnone\n`);
      const input = post('a', spreading) + post('b', 'kemarin lewat jembatan itu, sepi');
      const { stdout, stderr } = await ronda(['score', '--jsonl', '--claims', file], {
        home: home.path,
        input,
      });
      const [hoax, passing] = lines(stdout);
      expect(hoax?.flags).toEqual(['hoax']);
      expect(passing?.flags).toEqual([]);
      expect(passing?.findings[0]).toMatchObject({ rule: 'claim-near', claim: { id: 'pk-1' } });
      expect(passing?.findings[0]?.claim?.similarity).toBeLessThan(0.5);
      expect(stderr).toContain('line 2');
      const after = await ronda(['claims', 'list', '--jsonl'], { home: home.path });
      expect(after.stdout).toBe('');
    } finally {
      home.remove();
    }
  });
});
