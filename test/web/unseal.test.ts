import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';

/** Author and link of an item: for a reason, once, and on the record. */

let rig: DeskAppRig;
let officer: Person;
beforeEach(() => {
  rig = deskAppRig();
  officer = rig.person('officer', 'polda-a');
});
afterEach(() => rig.close());

const REASON = 'rujukan laporan polisi rekaan nomor 7';
const events = () => rig.store.desk.audit.list({ limit: 10 }).filter(({ kind }) => kind === 'name-unsealed');

function land(url: string): number {
  const author = { id: 'akun-7', handle: '@rekaan_<b>' };
  return rig.land({ id: 'rekaan:1', region: '91', url, author })[0] ?? 0;
}

describe('a sealed name', () => {
  it('is shown once to who gives a reason, kept by no cache, and recorded with the reason before', async () => {
    const item = land('https://forum.example/t/1');
    const before = await (await rig.get(`/items/${item}`, officer)).text();
    expect(before).not.toMatch(/rekaan_|forum\.example/);
    const answer = await rig.post(`/items/${item}/unseal`, { reason: REASON }, officer);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(page).toContain('@rekaan_&lt;b&gt;');
    expect(page).toMatch(
      /<a href="https:\/\/forum\.example\/t\/1" rel="noopener noreferrer external" target="_blank"/,
    );
    expect(page).toContain('Tautan menuju situs lain');
    expect(events()).toMatchObject([
      { actor: String(officer.user.id), subject: `item:${item}`, details: { reason: REASON } },
    ]);
    // There is no address under which it could be read again.
    expect((await rig.get(`/items/${item}/unseal`, officer)).status).toBe(404);
    expect(await (await rig.get(`/items/${item}`, officer)).text()).not.toMatch(/rekaan_|forum\.example/);
  });

  it.each([
    ['none', ''],
    ['too short a one', 'perlu'],
    ['spaces', ' '.repeat(40)],
    ['too long a one', 'x'.repeat(501)],
  ])('stays sealed where the reason is %s', async (_, reason) => {
    const item = land('https://forum.example/t/1');
    const answer = await rig.post(`/items/${item}/unseal`, { reason }, officer);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('Jelaskan dalam 10 sampai 500 huruf');
    expect(page).not.toMatch(/rekaan_|forum\.example/);
    expect(events()).toEqual([]);
  });

  it('stays sealed for another unit', async () => {
    const item = land('https://forum.example/t/1');
    const other = rig.person('officer', 'polda-b');
    expect((await rig.post(`/items/${item}/unseal`, { reason: REASON }, other)).status).toBe(404);
    expect(events()).toEqual([]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://'])(
    'is text where %s is no link',
    async (url) => {
      const page = await (await rig.post(`/items/${land(url)}/unseal`, { reason: REASON }, officer)).text();
      expect(page).toContain(`<bdi>${url}</bdi>`);
      expect(page).not.toMatch(/href="(?:javascript|data|http:\/\/")/);
    },
  );
});
