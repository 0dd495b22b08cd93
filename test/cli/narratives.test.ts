import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHome, Ronda } from '../support/ronda.js';

/** `ronda narratives` as it is typed, over an invented rumour told by several voices. */

let home: ReturnType<typeof freshHome>;
beforeEach(() => {
  home = freshHome();
});
afterEach(() => home.remove());

const ronda = (...args: string[]) => new Ronda(args, { home: home.path }).finished;

describe('ronda narratives show', () => {
  it('prints what is known of a narrative without an account, and says where there is none', async () => {
    const posts = Array.from({ length: 14 }, (_, at) => ({
      id: `p${at}`,
      text: `Kabar rekaan: garam habis di pasar Tirtalaya, tanya @warga_rekaan_${at}`,
      author: `warga-rekaan-${at}`,
      created_at: `2026-01-05T0${at % 6}:10:00Z`,
    }));
    writeFileSync(join(home.path, 'a.jsonl'), posts.map((post) => `${JSON.stringify(post)}\n`).join(''));
    expect((await ronda('batch', 'a.jsonl', '--json')).code).toBe(0);
    const listed = await ronda('narratives', 'list', '--jsonl');
    const { id } = JSON.parse(listed.stdout) as { id: string };

    const shown = await ronda('narratives', 'show', id);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('14 unggahan');
    expect(shown.stdout).toContain('garam');
    expect(shown.stdout).not.toMatch(/warga[-_]rekaan/);
    const json = JSON.parse((await ronda('narratives', 'show', id, '--json')).stdout);
    expect(json).toMatchObject({ narrative: { id, posts: 14, authors: 14 } });
    expect(json.hours).toHaveLength(6);

    const none = await ronda('narratives', 'show', 'tiada');
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain('tiada');
  });
});
