import { describe, expect, it } from 'vitest';
import { Echoes } from '../../src/narrative/echoes.js';
import { read, signatureOf } from '../../src/narrative/fingerprint.js';
import { scoreBatch } from '../../src/pipeline/score.js';
import { assessmentOf } from '../support/scored.js';

const TEXT = 'Gudang beras Wanasejuk ambruk semalam, puluhan karung hilang dibawa truk misterius';
const signature = (text: string): Uint32Array => signatureOf(read(text))!;

describe('echoes', () => {
  it.each([
    ['the same text', TEXT, true],
    ['one word more', `${TEXT} waduh`, true],
    ['a cut one', TEXT.slice(0, 70), true],
    ['another story', 'Jembatan Kalibintang retak parah sesudah banjir bandang menerjang kampung', false],
  ])('know %s', (_, text, known) => {
    const echoes = new Echoes();
    expect(echoes.meets(signature(TEXT))).toBe(false);
    expect(echoes.meets(signature(text))).toBe(known);
  });

  it('let a scorer hand on the text of near-copies alone, without names and not too long', () => {
    const nothing = { flags: [], level: 'none', findings: [], targets: [] } as const;
    const assessor = { assess: (text: string) => assessmentOf(text, nothing) };
    const post = (n: number, text: string) => ({
      id: `rekaan:${n}`,
      revision: `revisi-${n}`,
      source: 'warung',
      platform: 'rekaan',
      collectedAt: '2026-01-05T09:00:00.000Z',
      url: `https://forum.example/t/${n}`,
      text,
    });
    const named = `${TEXT} kata @saksi_mata telp 081234567890 `;
    const posts = [post(1, named), post(2, 'pendek'), post(3, named + 'panjang sekali '.repeat(40))];
    const batch = { run: 'run', source: 'warung', posts: [...posts, post(4, named)] };
    const { passed } = scoreBatch(assessor, batch, {}, undefined, new Echoes());
    expect(passed.map(({ excerpt }) => excerpt?.url)).toEqual([
      undefined,
      undefined,
      'https://forum.example/t/3',
      'https://forum.example/t/4',
    ]);
    expect(passed[2]!.excerpt!.text).toContain('Wanasejuk');
    expect(JSON.stringify(passed.map(({ excerpt }) => excerpt))).not.toMatch(/saksi_mata|081234/);
    for (const { excerpt } of passed) expect(excerpt?.text.length ?? 0).toBeLessThanOrEqual(280);
  });
});
