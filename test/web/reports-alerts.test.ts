import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BRIEF_FORMATS } from '../../src/core/brief.js';
import { type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';

/** The desk's pages of reports and alerts, over a real store. */

let rig: DeskAppRig;
beforeEach(() => {
  rig = deskAppRig();
});
afterEach(() => rig.close());

const exports = () => rig.store.desk.audit.list({ limit: 20 }).filter(({ kind }) => kind === 'exported');

describe('/reports', () => {
  const ask = (as: Person, fields: Record<string, string> = {}) =>
    rig.post(
      '/reports',
      { kind: 'daily', date: '2026-01-05', format: 'html', language: 'id', ...fields },
      as,
    );

  it.each(BRIEF_FORMATS)(
    'gives a report as %s, recorded with its hash before it is given out',
    async (format) => {
      rig.land({ id: 'a' }, { id: 'b' });
      const response = await ask(rig.person('humas'), { format });
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="ronda-harian-2026-01-05.${format}"`,
      );
      const bytes = Buffer.from(await response.arrayBuffer());
      const [event] = exports();
      expect(event).toMatchObject({
        subject: 'report:daily',
        details: {
          ...{ what: 'report', report: 'daily', date: '2026-01-05', zone: 'WIB', format, language: 'id' },
          bytes: bytes.length,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        },
      });
      expect(exports().length).toBe(1);
    },
  );

  it('counts in the days of the unit’s zone, in the language asked for', async () => {
    rig.close();
    rig = deskAppRig({ document: { units: [{ id: 'mabes', name: 'Mabes', regions: ['*'], zone: 'WIT' }] } });
    rig.land({ id: 'a' });
    const page = await (await ask(rig.person('humas'), { language: 'en' })).text();
    expect(page).toContain('Daily brief');
    expect(page).toContain('00:00 WIT (UTC+09:00)');
    expect(page).toContain('1 posts were collected');
  });

  it.each([
    ['kind', 'monthly'],
    ['format', 'exe'],
    ['language', 'xx'],
    ['date', '2026-02-30'],
    ['date', 'kemarin'],
  ])('refuses %s %s and records nothing', async (name, value) => {
    expect((await ask(rig.person('humas'), { [name]: value })).status).toBe(422);
    expect(exports()).toEqual([]);
  });

  it('tells that there is no such narrative', async () => {
    const asked = { kind: 'narrative', story: '3f0c9a5be1d24477' };
    expect((await ask(rig.person('humas'), asked)).status).toBe(404);
    expect((await ask(rig.person('humas'), { kind: 'narrative', story: '../x' })).status).toBe(422);
    expect(exports()).toEqual([]);
  });

  it('is not for officers and admins', async () => {
    for (const role of ['officer', 'admin'] as const) {
      const person = rig.person(role);
      expect((await ask(person)).status).toBe(403);
      expect((await rig.get('/reports', person)).status).toBe(403);
    }
  });

  it('takes a narrative over from an address', async () => {
    const page = await (await rig.get('/reports?story=3f0c9a5be1d24477', rig.person('humas'))).text();
    expect(page).toContain('value="3f0c9a5be1d24477"');
    const hostile = await (await rig.get('/reports?story="><script>', rig.person('humas'))).text();
    expect(hostile).not.toContain('<script>');
  });
});

describe('/alerts', () => {
  const raise = (
    about: Parameters<typeof rig.store.alerts.raise>[0]['about'],
    story = JSON.stringify(about),
  ) => rig.store.alerts.raise({ key: story, story, about }, ['posko'], rig.clock.now(), 0);
  const ofItem = (item: number, region?: string) =>
    raise({
      ...{ kind: 'level', item, level: 'critical', categories: ['incitement'] },
      ...(region === undefined ? {} : { region }),
    });

  it('shows what is open with its sentence and fate, and says who acknowledged it', async () => {
    raise({ kind: 'silent', source: 'warung', why: 'failing', hours: 9 });
    const officer = rig.person('officer');
    const before = await (await rig.get('/alerts', officer)).text();
    expect(before).toContain('Sumber warung tidak dapat dibaca selama 9 jam');
    expect(before).toContain('posko: menunggu');
    const done = await rig.post('/alerts/1/acknowledge', {}, officer);
    expect([done.status, done.headers.get('location')]).toEqual([303, '/alerts']);
    expect(await (await rig.get('/alerts', officer)).text()).not.toContain('Sumber warung');
    const all = await (await rig.get('/alerts?all=1', officer)).text();
    expect(all).toContain(`Ditanggapi oleh ${officer.user.display}`);
    expect(rig.store.desk.audit.list({ limit: 1 })[0]).toMatchObject({
      kind: 'alert-acknowledged',
      subject: 'alert:1',
      actor: String(officer.user.id),
    });
    // Again is no second event.
    await rig.post('/alerts/1/acknowledge', {}, officer);
    expect(
      rig.store.desk.audit.list({ limit: 9 }).filter(({ kind }) => kind === 'alert-acknowledged').length,
    ).toBe(1);
  });

  it('shows of items those of the reader’s units, and no item to humas', async () => {
    const [a = 0, b = 0] = rig.land({ id: 'a', region: '91' }, { id: 'b', region: '92' });
    ofItem(a, '91');
    ofItem(b, '92');
    const seen = async (person: Person) => {
      const page = await (await rig.get('/alerts', person)).text();
      return [a, b].filter((item) => page.includes(`Butir ${item} menunggu`));
    };
    expect(await seen(rig.person('officer', 'polda-a'))).toEqual([a]);
    expect(await seen(rig.person('supervisor', 'mabes'))).toEqual([a, b]);
    expect(await seen(rig.person('humas', 'mabes'))).toEqual([]);
    expect((await rig.post('/alerts/2/acknowledge', {}, rig.person('officer', 'polda-a'))).status).toBe(404);
    expect((await rig.post('/alerts/9/acknowledge', {}, rig.person('officer'))).status).toBe(404);
  });

  it('warns of messages that were given up', async () => {
    raise({ kind: 'silent', source: 'warung', why: 'failing', hours: 9 });
    const made = { id: '0'.repeat(32), channel: 'posko', madeAt: new Date(rig.clock.now()).toISOString() };
    const line = {
      id: 1,
      raisedAt: made.madeAt,
      text: '',
      about: { kind: 'silent', source: 'warung', why: 'failing', hours: 9 },
    } as const;
    rig.store.alerts.make({ ...made, subject: '', text: '', alerts: [line] });
    rig.store.alerts.markFailed(made.id, { kind: 'forbidden', message: '403', counts: true });
    const page = await (await rig.get('/alerts', rig.person('admin'))).text();
    expect(page).toContain('1 pesan gagal tetap');
    expect(page).toContain('posko: gagal tetap');
    // An admin keeps the machine and acknowledges nothing.
    expect(page).not.toContain('/alerts/1/acknowledge');
  });

  it('is read and answered by the API too', async () => {
    raise({ kind: 'silent', source: 'warung', why: 'quiet', hours: 9, usualHours: 2 });
    const token = rig.token(rig.person('officer'));
    const listed = (await (await rig.api('/alerts?open=1', token)).json()) as { alerts: { id: number }[] };
    expect(listed.alerts.map(({ id }) => id)).toEqual([1]);
    const done = await rig.api('/alerts/1/acknowledge', token, { body: {} });
    expect([done.status, await done.json()]).toEqual([200, { acknowledged: true }]);
    expect(await (await rig.api('/alerts?open=1', token)).json()).toMatchObject({
      alerts: [],
      counts: { open: 0 },
    });
    expect((await rig.api('/alerts/7/acknowledge', token, { body: {} })).status).toBe(404);
  });
});
