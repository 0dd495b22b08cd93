import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueueReading } from '../../src/core/desk-ports.js';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';

/** A queue that cannot be read in time is told of, and keeps nobody from deciding. */

const SENTENCE = 'Pencarian ini terlalu lama sekarang';
const late = async (): Promise<never> => {
  throw new DeskRefusal('too-slow', 'not within 3 s');
};
const apart: QueueReading = { page: late, count: late };

let rig: DeskAppRig;
let officer: Person;
beforeEach(() => {
  rig = deskAppRig({ adapt: (app) => ({ ...app, ports: { ...app.ports, apart } }) });
  officer = rig.person('officer', 'polda-a');
});
afterEach(() => {
  expect(rig.reported).toEqual([]);
  rig.close();
});

it('says so in place of the list, which is not called empty', async () => {
  const answer = await rig.get('/queue?text=kampung', officer);
  const page = await answer.text();
  expect(answer.status).toBe(503);
  expect(page).toContain(SENTENCE);
  expect(page).toContain('value="kampung"');
  expect(page).not.toContain('Tidak ada yang cocok');
  expect(page).not.toContain('0 butir');
});

it('says so by the API, as a kind of its own', async () => {
  const answer = await rig.api('/items?text=kampung', rig.token(officer));
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ error: { kind: 'too-slow' } });
});

it('shows the item that was asked for, and decides it', async () => {
  const [item = 0] = rig.land({ id: 'rekaan:1', region: '91' });
  const page = await rig.get(`/items/${item}?text=kampung`, officer);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('rekaan rekaan:1</p>');
  await rig.post(`/items/${item}/claim`, {}, officer);
  const decided = await rig.post(
    `/items/${item}/decide`,
    { outcome: 'out-of-scope', 'queue-text': 'kampung' },
    officer,
  );
  expect(decided.status).toBe(303);
  expect(decided.headers.get('location')).toBe('/queue?text=kampung');
  expect(rig.store.getItem(item)?.state).toBe('closed');
});
