import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/core/user.js';
import { changeUser, disableUser } from '../../src/pipeline/accounts.js';
import { SESSION_LIMITS } from '../../src/pipeline/login.js';
import { addressOf, type DeskAppRig, deskAppRig, ORIGIN } from '../support/desk-app.js';

/** Headers, sessions, limits, and what is sent that nobody understands. */

let rig: DeskAppRig;
beforeEach(() => {
  rig = deskAppRig();
});
afterEach(() => rig.close());

describe('every answer', () => {
  it.each<[string, string, RequestInit, number]>([
    ['a page', '/login', {}, 200],
    ['a redirect', '/queue', {}, 303],
    ['no page', '/tidak-ada', {}, 404],
    ['style', '/static/desk.css', {}, 200],
    ['no file', '/static/tidak-ada.css', {}, 404],
    ['too long an address', `/queue?text=${'x'.repeat(5_000)}`, {}, 414],
    ['another name', '/login', { headers: { host: 'lain.example' } }, 421],
    [
      'too much',
      '/login',
      {
        method: 'POST',
        body: `name=${'x'.repeat(70_000)}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      413,
    ],
    [
      'what cannot be read',
      '/login',
      { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } },
      400,
    ],
    [
      'of another site',
      '/login',
      { method: 'POST', body: '', headers: { 'sec-fetch-site': 'cross-site' } },
      403,
    ],
    ['the API’s document', '/api/v1/openapi.json', {}, 200],
    ['the API’s refusal', '/api/v1/items', {}, 401],
    ['another method', '/login', { method: 'DELETE' }, 404],
  ])('has the headers that keep it in: %s', async (_, path, init, status) => {
    const response = await rig.desk.request(`${ORIGIN}${path}`, {
      ...init,
      headers: { host: '127.0.0.1', ...(init.headers as Record<string, string> | undefined) },
    });
    expect(response.status).toBe(status);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe(
      path === '/static/desk.css' ? 'private, max-age=300' : 'no-store',
    );
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('server')).toBeNull();
  });

  it('to a defect tells a number that the log has, and no more', async () => {
    const broken = deskAppRig();
    const person = broken.person('officer');
    try {
      Object.assign(broken.app.ports.store.queue, {
        page: () => {
          throw new Error('SQLITE_CORRUPT: rahasia');
        },
      });
      const response = await broken.get('/queue', person);
      expect(response.status).toBe(500);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      const page = await response.text();
      expect(page).not.toMatch(/SQLITE|rahasia|\.ts\b/);
      const [, number = '-'] = /<code>(\w{8})<\/code>/.exec(page) ?? [];
      expect(String(broken.reported[0])).toContain(number);
    } finally {
      broken.close();
    }
  });

  it('gives no file but the desk’s own', async () => {
    for (const path of [
      '/static/../package.json',
      '/static/..%2f..%2fpackage.json',
      '/static/%2e%2e/%2e%2e/package.json',
      '/static/..%5c..%5cpackage.json',
      '/static/desk.css%00.js',
      '/static//etc/passwd',
      '/static/__proto__',
      '/static/constructor',
      '/static/',
    ]) {
      const response = await rig.get(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).not.toContain('"dependencies"');
    }
  });
});

describe('a session', () => {
  const isIn = async (person: Parameters<DeskAppRig['get']>[1]) =>
    (await rig.get('/account', person)).status === 200;

  it('ends when its user is disabled, at once, and when role or unit change', async () => {
    const person = rig.person('officer');
    expect(await isIn(person)).toBe(true);
    disableUser(rig.app.ports, 'system', person.user.name);
    expect(await isIn(person)).toBe(false);
    const other = rig.person('officer');
    changeUser(rig.app.ports, 'system', other.user.name, { role: 'humas' });
    expect(await isIn(other)).toBe(false);
  });

  it('that ended tells a script so in the reader’s language, and leads a form back to its item', async () => {
    const [item = 0] = rig.land({ id: 'satu' });
    const script = await rig.desk.request(`${ORIGIN}/items/${item}/decide`, {
      method: 'POST',
      headers: { host: '127.0.0.1', 'x-csrf': 'x', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'outcome=out-of-scope',
    });
    expect(script.status).toBe(401);
    expect(await script.json()).toEqual({
      error: {
        kind: 'signed-out',
        message: 'Sesi Anda sudah berakhir; tidak ada yang terkirim, dan catatan Anda tersimpan.',
        again: 'Masuk lagi',
      },
    });
    const form = await rig.post(`/items/${item}/decide`, { outcome: 'out-of-scope' });
    expect([form.status, form.headers.get('location')]).toEqual([303, `/login?to=%2Fitems%2F${item}`]);
  });

  it('that is another than the page’s gives back what was typed, as text', async () => {
    const [item = 0] = rig.land({ id: 'dua' });
    const person = rig.person('officer');
    const old = rig.again(person);
    const fields = { outcome: 'out-of-scope', note: 'catatan <b>panjang</b>' };
    const response = await rig.post(`/items/${item}/decide`, fields, { ...person, csrf: old.csrf });
    expect(response.status).toBe(403);
    const page = await response.text();
    expect(page).toContain('catatan &lt;b&gt;panjang&lt;/b&gt;');
    expect(page).toContain(`href="/items/${item}"`);
  });

  it('ends at the log-out, on this browser only', async () => {
    const person = rig.person('officer');
    const elsewhere = rig.again(person);
    const response = await rig.post('/logout', {}, person);
    expect(response.headers.get('set-cookie')).toMatch(/^ronda=;.*Max-Age=0/);
    expect(await isIn(person)).toBe(false);
    expect(await isIn(elsewhere)).toBe(true);
  });

  it('ends when nobody uses it, whatever its pages ask by themselves', async () => {
    const person = rig.person('officer');
    for (let spent = 0; spent <= SESSION_LIMITS.idle; spent += 600_000) {
      rig.clock.advance(600_000);
      await (await rig.get('/queue/arrivals?after=0', person)).body?.cancel();
    }
    expect(await isIn(person)).toBe(false);
  });

  it('ends after a shift, however busy', async () => {
    const person = rig.person('officer');
    for (let spent = 0; spent + 1_800_000 <= SESSION_LIMITS.absolute; spent += 1_800_000) {
      rig.clock.advance(1_800_000);
      expect(await isIn(person)).toBe(true);
    }
    rig.clock.advance(1);
    expect(await isIn(person)).toBe(false);
  });

  it.each(['', 'x', 'x'.repeat(4_000), '"; DROP TABLE sessions; --', '%00', '../..'])(
    'is none with the cookie %j',
    async (session) => {
      const response = await rig.get('/account', undefined, {
        cookie: `ronda=${encodeURIComponent(session)}`,
      });
      expect(response.status).toBe(303);
    },
  );
});

describe('what nobody understands', () => {
  const NAMES = [
    ...['state', 'category', 'level', 'source', 'region', 'language', 'text', 'stage', 'after', 'before'],
    ...['mine', 'kind', 'check', 'to', 'limit', 'since', 'until', 'unit', 'outcome', 'note', 'key', 'also'],
    ...[
      'name',
      'role',
      'display',
      'secret',
      'code',
      'scope',
      'days',
      'label',
      'token',
      'reason',
      'of',
      'theme',
    ],
    ...['targetKind', 'target', 'factCheck', 'criticismOrOpinion', 'callToAct', 'ground', 'claim', 'from'],
  ];
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '',
      '-1',
      '0',
      '1',
      '1e400',
      'NaN',
      '9'.repeat(30),
      "'",
      '"',
      '%',
      '*',
      '\u0000',
      '\u202e',
    ),
    fc.constantFrom(
      'open',
      'escalated',
      'yes',
      'violation',
      'duplicate',
      'hoax',
      'propose',
      '2026-02-30',
      '1:2',
    ),
    fc.constantFrom('"a" OR "b', 'NEAR(a b)', 'text:*', '../../etc/passwd', '__proto__', '\ud800'),
  );
  const pairs = fc.array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ maxLength: 12 })),
      value,
    ),
    { maxLength: 8 },
  );
  async function mustNotFail(work: () => Promise<Response>): Promise<void> {
    const response = await work();
    await response.body?.cancel();
    expect(response.status).toBeLessThan(500);
    expect(rig.reported).toEqual([]);
  }

  it.each(ROLES)('in an address is no fault of the server, as %s', async (role: Role) => {
    const [item = 0] = rig.land({ id: 'a' }, { id: 'b' });
    const person = rig.person(role);
    for (const route of rig.routes.filter(({ method }) => method === 'GET')) {
      await fc.assert(
        fc.asyncProperty(pairs, fc.constantFrom(String(item), '0', '999999999999999'), (query, number) =>
          mustNotFail(() => rig.get(`${addressOf(route, number)}?${new URLSearchParams(query)}`, person)),
        ),
        { numRuns: 6 },
      );
      for (const raw of ['?%', '?%zz=%c3%28', '?&&==&', `?${'a=1&'.repeat(500)}`]) {
        await mustNotFail(() => rig.get(addressOf(route, '1') + raw, person));
      }
    }
  });

  it.each(ROLES)('in a form is no fault of the server, as %s', async (role: Role) => {
    const person = rig.person(role);
    const [item = 0] = rig.land({ id: 'a' }, { id: 'b' });
    // Each would cost a hash of a password, or end the session.
    const posts = rig.routes.filter(
      ({ method, path }) => method === 'POST' && !/login|logout|welcome/.test(path),
    );
    for (const route of posts) {
      await fc.assert(
        fc.asyncProperty(pairs, (fields) =>
          mustNotFail(() => {
            rig.store.desk.claims.take([item], person.user.id, rig.clock.now());
            const sent = rig.again(person);
            const form = new URLSearchParams([...fields, ['csrf', sent.csrf]]);
            return Promise.resolve(
              rig.desk.request(`${ORIGIN}${addressOf(route, String(item))}`, {
                method: 'POST',
                headers: { ...sent.headers, 'content-type': 'application/x-www-form-urlencoded' },
                body: form.toString(),
              }),
            );
          }),
        ),
        { numRuns: 6 },
      );
    }
  });

  it.each(['{', '[]', '"x"', 'null', '{"a":{"b":1}}', `{"a":[${'[1],'.repeat(9)}1]}`, '\u0000'])(
    'as JSON is told so: %j',
    async (body) => {
      const person = rig.person('officer');
      const response = await rig.desk.request(`${ORIGIN}/claims/next`, {
        method: 'POST',
        headers: { ...person.headers, 'x-csrf': person.csrf, 'content-type': 'application/json' },
        body,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { kind: 'badRequest' } });
    },
  );
});
