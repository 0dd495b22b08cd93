import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimItems } from '../../src/pipeline/claim-items.js';
import { approveEscalation, proposeEscalation } from '../../src/pipeline/review.js';
import { checkPacket, readPublicKey } from '../../src/report/packet-check.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';

let rig: DeskAppRig;
let sari: Person;
let tono: Person;
beforeEach(() => {
  rig = deskAppRig();
  sari = rig.person('supervisor', 'polda-a');
  tono = rig.person('supervisor', 'polda-a');
});
afterEach(() => {
  expect(rig.reported).toEqual([]);
  rig.close();
});

const actorOf = ({ user }: Person) => ({ user: user.id, role: user.role, unit: user.unit });

function approved(): number {
  const [item] = rig.land({
    id: 'rekaan:1',
    region: '91',
    text: '<script>alert(1)</script> ajakan rekaan',
    author: { handle: 'tokohkarangan' },
    createdAt: '2024-02-01T00:00:00.000Z',
  });
  const { ports } = rig.app;
  const checklist = { targetKind: 'person', criticismOrOpinion: false, callToAct: true } as const;
  claimItems(ports, actorOf(sari), [item!]);
  proposeEscalation(ports, actorOf(sari), { item: item!, checklist });
  approveEscalation(ports, actorOf(tono), { item: item! });
  return item!;
}

describe('the page of a packet', () => {
  it('tells what will be in it, without the name, and gives the packet that the shown key checks', async () => {
    const item = approved();
    const page = await rig.get(`/items/${item}/packet`, tono);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain('belum ditinjau ahli hukum');
    expect(html).toContain('UU 11/2008 (ITE) jo. UU 1/2024, Pasal 27A');
    expect(html).not.toContain('tokohkarangan');
    expect(html).not.toContain('<script>alert');
    const [key = ''] = /-----BEGIN PUBLIC KEY-----[^<]+/.exec(html) ?? [];
    const answer = await rig.post(`/items/${item}/packet`, { addressee: 'komdigi' }, tono);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="ronda-perkara-\d+-\d{8}T\d{6}Z\.zip"$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(checkPacket(bytes, [readPublicKey(key)])).toMatchObject({ ok: true, item });
    expect(rig.store.desk.audit.list({ limit: 5, kind: 'exported' })).toHaveLength(1);
  });

  it('is linked from the case, for who may export it alone', async () => {
    const item = approved();
    const link = `href="/items/${item}/packet"`;
    const officer = rig.person('officer', 'polda-a');
    expect(await (await rig.get(`/items/${item}`, tono)).text()).toContain(link);
    expect(await (await rig.get(`/items/${item}`, officer)).text()).not.toContain(link);
  });

  it.each([
    ['no addressee', (item: number) => rig.post(`/items/${item}/packet`, {}, tono), 422],
    [
      'an unknown addressee',
      (item: number) => rig.post(`/items/${item}/packet`, { addressee: 'kampus' }, tono),
      422,
    ],
    ['no session', (item: number) => rig.post(`/items/${item}/packet`, { addressee: 'komdigi' }), 303],
    [
      'another page’s token',
      (item: number) => rig.post(`/items/${item}/packet`, { addressee: 'komdigi', csrf: 'x' }, tono),
      403,
    ],
    [
      'an officer',
      (item: number) =>
        rig.post(`/items/${item}/packet`, { addressee: 'komdigi' }, rig.person('officer', 'polda-a')),
      403,
    ],
    [
      'another unit',
      (item: number) =>
        rig.post(`/items/${item}/packet`, { addressee: 'komdigi' }, rig.person('supervisor', 'polda-b')),
      404,
    ],
    ['no such case', () => rig.post('/items/999/packet', { addressee: 'komdigi' }, tono), 404],
  ])('gives nothing for %s', async (_, ask, status) => {
    const answer = await ask(approved());
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).not.toBe('application/zip');
    expect(rig.store.desk.audit.list({ limit: 5, kind: 'exported' })).toEqual([]);
  });
});

describe('the legal reference', () => {
  it('is shown by day to everybody who works here', async () => {
    for (const role of ['officer', 'humas', 'auditor', 'admin'] as const) {
      const html = await (await rig.get('/legal?day=2023-05-01', rig.person(role))).text();
      const [onDay = '', otherDays = ''] = html.split('id="other-days"');
      expect(onDay).toContain('UU 11/2008 (ITE) jo. UU 19/2016, Pasal 28 ayat (2)');
      expect(onDay).not.toContain('Pasal 242');
      expect(otherDays).toContain('Pasal 242');
      expect(html.includes('action="/legal/sign"')).toBe(role === 'admin');
    }
    for (const day of ['2026-02-31', 'x', '9999999-01-01']) {
      expect((await rig.get(`/legal?day=${day}`, sari)).status).toBe(200);
    }
  });

  it('says of an item’s post what the law was on its day', async () => {
    const [item] = rig.land({ id: 'rekaan:2', region: '91', createdAt: '2026-03-01T00:00:00.000Z' });
    const html = await (await rig.get(`/items/${item}`, sari)).text();
    expect(html).toContain('KUHP 2023 (UU 1/2023 jo. UU 1/2026), Pasal 242');
    expect(html).not.toContain('UU 19/2016, Pasal 28');
  });

  it('is signed by an administrator for what was read, and shown so with the name as text', async () => {
    const admin = rig.person('admin');
    const { row, hash } = rig.app.packets.legal.find(({ row: { id } }) => id === 'kuhp-2023-242')!;
    const fields = { row: row.id, hash, reviewer: 'Ahli <b>Rekaan</b>', day: '2026-03-01' };
    expect((await rig.post('/legal/sign', fields, sari)).status).toBe(403);
    expect((await rig.post('/legal/sign', { ...fields, hash: 'x' }, admin)).status).toBe(422);
    const answer = await rig.post('/legal/sign', fields, admin);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/legal?day=2026-03-01']);
    const html = await (await rig.get('/legal?day=2026-03-01', sari)).text();
    expect(html).toContain('ditinjau oleh Ahli &lt;b&gt;Rekaan&lt;/b&gt;');
    expect(rig.store.desk.audit.list({ limit: 5, kind: 'legal-signed' })).toHaveLength(1);
  });
});
