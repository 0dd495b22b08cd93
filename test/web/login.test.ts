import { generateSync } from 'otplib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PasswordHasher } from '../../src/core/desk-ports.js';
import { addUser, disableUser } from '../../src/pipeline/accounts.js';
import { LOGIN_FAILURES, LOGIN_WINDOW_MS, setPasswordByLink } from '../../src/pipeline/login.js';
import { createOneTimeCodes } from '../../src/store/passwords.js';
import { type DeskAppRig, deskAppRig, ORIGIN } from '../support/desk-app.js';

/** Logging in as a browser does it: cookies, second factors, limits, and what an answer gives away. */

const PASSWORD = 'lentera kampung sebelah';
/** Passwords hashed or compared: what a login costs, whoever it is for. */
let hashes: number;
let rig: DeskAppRig;

function counted(hasher: PasswordHasher): PasswordHasher {
  return {
    hash: (password) => {
      hashes += 1;
      return hasher.hash(password);
    },
    verify: (password, hash) => {
      hashes += 1;
      return hasher.verify(password, hash);
    },
  };
}

function open(document: Record<string, unknown> = {}): DeskAppRig {
  return deskAppRig({
    document,
    adapt: (app) => ({ ...app, ports: { ...app.ports, hasher: counted(app.ports.hasher) } }),
  });
}

beforeEach(() => {
  hashes = 0;
  rig = open();
});
afterEach(() => rig.close());

async function account(name: string, role: 'officer' | 'admin' = 'officer'): Promise<void> {
  const { link } = addUser(rig.app.ports, 'system', { name, display: name, role, unit: 'mabes' });
  await setPasswordByLink(rig.app.ports, link, PASSWORD);
  hashes = 0;
}

const enter = (fields: Record<string, string>, headers: Record<string, string> = {}, env = {}) =>
  Promise.resolve(
    rig.desk.request(
      `${ORIGIN}/login`,
      {
        method: 'POST',
        headers: { host: '127.0.0.1', 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams({ password: PASSWORD, ...fields }).toString(),
      },
      env,
    ),
  );
const cookieOf = (response: Response): string => response.headers.get('set-cookie') ?? '';
const isIn = async (cookie: string): Promise<boolean> =>
  (await rig.get('/account', undefined, { cookie })).status === 200;

describe('a login', () => {
  it('gives a cookie that no script reads and no other site sends, and leads on', async () => {
    await account('sari');
    const response = await enter({ name: 'Sari', to: '/queue?level=high' });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/queue?level=high']);
    const cookie = cookieOf(response);
    expect(cookie).toMatch(/^ronda=[\w-]{43}; /);
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(flag);
    expect(cookie).not.toMatch(/Domain|Secure/);
    expect(await isIn(cookie.split(';')[0] ?? '')).toBe(true);
  });

  it('never goes on in a session that the browser brought', async () => {
    await account('sari');
    const planted = rig.person('officer');
    const response = await enter({ name: 'sari' }, { cookie: `ronda=${planted.session}` });
    const [own = ''] = cookieOf(response).split(';');
    expect(own).not.toContain(planted.session);
    expect(await isIn(own)).toBe(true);
    expect(await isIn(`ronda=${planted.session}`)).toBe(false);
    const made = await enter({ name: 'sari' }, { cookie: `ronda=${'x'.repeat(43)}` });
    expect(cookieOf(made)).not.toContain('x'.repeat(43));
  });

  it('says and does the same for every account that cannot log in', async () => {
    await account('sari');
    await account('tutup');
    disableUser(rig.app.ports, 'system', 'tutup');
    addUser(rig.app.ports, 'system', { name: 'baru', display: 'Baru', role: 'officer', unit: 'mabes' });
    const answers = new Set<string>();
    for (const name of ['sari', 'tutup', 'baru', 'tidak-ada']) {
      hashes = 0;
      const response = await enter({ name, password: 'bukan kata sandinya' });
      const page = (await response.text()).replaceAll(`value="${name}"`, '');
      answers.add(JSON.stringify([response.status, cookieOf(response), hashes, page]));
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('[401,"",1,');
  });

  it('asks for a code only after the right password', async () => {
    await account('sari');
    const user = rig.store.desk.users.findByName('sari');
    const secret = createOneTimeCodes('Ronda').newSecret();
    rig.store.desk.users.setTotp(user?.id ?? 0, secret);
    const wrong = await (await enter({ name: 'sari', password: 'bukan kata sandinya' })).text();
    expect(wrong).not.toContain('enam angka dari');
    const bare = await enter({ name: 'sari' });
    expect(bare.status).toBe(401);
    expect(await bare.text()).toContain('enam angka dari');
    const code = generateSync({ secret, epoch: Math.floor(rig.clock.now() / 1_000) });
    expect((await enter({ name: 'sari', code: `${code.slice(0, 3)} ${code.slice(3)}` })).status).toBe(303);
    // A code that was seen once opens nothing again.
    expect((await enter({ name: 'sari', code })).status).toBe(401);
  });

  it.each(['account', 'address'] as const)(
    'waits after too many failures of an %s, with no work done',
    async (what) => {
      await account('sari');
      const who = what === 'account' ? 'sari' : '192.0.2.9';
      for (let n = 0; n < LOGIN_FAILURES[what]; n += 1) {
        rig.store.desk.limits.addFailure(what, who, rig.clock.now(), LOGIN_WINDOW_MS);
      }
      const peer = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
      const response = await enter({ name: 'sari' }, {}, peer('192.0.2.9'));
      expect([response.status, response.headers.get('retry-after'), hashes]).toEqual([429, '900', 0]);
      // What anybody writes into a header changes nothing where no proxy is stated.
      const forged = await enter({ name: 'sari' }, { 'x-forwarded-for': '192.0.2.77' }, peer('192.0.2.9'));
      expect(forged.status).toBe(429);
      rig.clock.advance(LOGIN_WINDOW_MS);
      expect((await enter({ name: 'sari' }, {}, peer('192.0.2.9'))).status).toBe(303);
    },
  );
});

describe('a one-time link', () => {
  it('sets the password once, after the same twice', async () => {
    const { link } = addUser(rig.app.ports, 'system', {
      name: 'baru',
      display: 'B',
      role: 'officer',
      unit: 'mabes',
    });
    const send = (password: string, again: string) => rig.post(`/welcome/${link}`, { password, again });
    expect((await send(PASSWORD, 'lain')).status).toBe(400);
    expect((await send('pendek', 'pendek')).status).toBe(400);
    expect(hashes).toBe(0);
    expect((await send(PASSWORD, PASSWORD)).status).toBe(303);
    expect((await send(PASSWORD, PASSWORD)).status).toBe(404);
    expect((await rig.get(`/welcome/${link}`)).status).toBe(404);
    expect((await enter({ name: 'baru' })).status).toBe(303);
  });
});

describe('a second factor', () => {
  const secretIn = (page: string): string => /name="secret" value="([A-Z2-7]+)"/.exec(page)?.[1] ?? '';
  const codeFor = (secret: string): string =>
    generateSync({ secret, epoch: Math.floor(rig.clock.now() / 1_000) });

  it('is set up at “My account”, with the key as text and no picture from elsewhere', async () => {
    const person = rig.person('officer');
    const page = await (await rig.get('/account/totp', person)).text();
    const secret = secretIn(page);
    expect(page.replaceAll(' ', '')).toContain(`<code>${secret}</code>`);
    expect(page).toContain('otpauth://totp/');
    const wrong = await rig.post('/account/totp', { secret, code: '000000' }, person);
    expect(wrong.status).toBe(422);
    expect(secretIn(await wrong.text())).toBe(secret);
    expect(rig.store.desk.users.find(person.user.id)?.hasTotp).toBe(false);
    expect((await rig.post('/account/totp', { secret, code: codeFor(secret) }, person)).status).toBe(303);
    expect(rig.store.desk.users.find(person.user.id)?.hasTotp).toBe(true);
    // An open browser does not put another in its place.
    const other = createOneTimeCodes('Ronda').newSecret();
    expect((await rig.post('/account/totp', { secret: other, code: codeFor(other) }, person)).status).toBe(
      422,
    );
    expect(rig.store.desk.users.credentials(person.user.name)?.totp).toBe(secret);
  });

  it('is set with the password where the role needs one, and the link is good until then', async () => {
    rig.close();
    rig = open({ desk: { proxy: { addresses: ['127.0.0.1'], names: ['meja.example'] } } });
    const host = { host: 'meja.example' };
    const env = { incoming: { socket: { remoteAddress: '127.0.0.1' } } };
    const send = (path: string, fields?: Record<string, string>) =>
      Promise.resolve(
        rig.desk.request(
          `http://meja.example${path}`,
          fields === undefined
            ? { headers: host }
            : {
                method: 'POST',
                headers: { ...host, 'content-type': 'application/x-www-form-urlencoded' },
                body: new URLSearchParams(fields).toString(),
              },
          env,
        ),
      );
    const { link } = addUser(rig.app.ports, 'system', {
      name: 'kepala',
      display: 'K',
      role: 'admin',
      unit: 'mabes',
    });
    const secret = secretIn(await (await send(`/welcome/${link}`)).text());
    expect(secret).not.toBe('');
    const both = { password: PASSWORD, again: PASSWORD };
    for (const bad of [both, { ...both, secret, code: '000000' }, { ...both, code: codeFor(secret) }]) {
      expect((await send(`/welcome/${link}`, bad)).status).toBe(400);
    }
    expect(rig.store.desk.users.findByName('kepala')?.hasPassword).toBe(false);
    expect((await send(`/welcome/${link}`, { ...both, secret, code: codeFor(secret) })).status).toBe(303);
    expect((await send('/login', { name: 'kepala', password: PASSWORD })).status).toBe(401);
    rig.clock.advance(30_000);
    const entered = await send('/login', { name: 'kepala', password: PASSWORD, code: codeFor(secret) });
    expect(entered.status).toBe(303);
    expect(cookieOf(entered)).toMatch(/^__Host-ronda=.*Secure/);
    expect(entered.headers.get('strict-transport-security')).toContain('max-age=');
  });
});

describe('one’s own tokens', () => {
  it('are made, shown once, work, and are stopped by their owner only', async () => {
    const person = rig.person('officer');
    const page = await (
      await rig.post('/account/tokens', { label: '<b>mitra</b>', scope: 'items:read', days: '7' }, person)
    ).text();
    const [token = ''] = /ronda_[\w-]{43}/.exec(page) ?? [];
    expect((await rig.api('/items', token)).status).toBe(200);
    expect((await rig.api('/events', token)).status).toBe(403);
    const later = await (await rig.get('/account/tokens', person)).text();
    expect(later).not.toContain(token);
    expect(later).toContain('&lt;b&gt;mitra&lt;/b&gt;');
    const [kept] = rig.store.desk.tokens.list(person.user.id);
    await rig.post('/account/tokens/stop', { token: String(kept?.id) }, rig.person('admin'));
    expect((await rig.api('/items', token)).status).toBe(200);
    await rig.post('/account/tokens/stop', { token: String(kept?.id) }, person);
    expect((await rig.api('/items', token)).status).toBe(401);
    expect((await rig.post('/account/tokens', { label: 'x' }, person)).status).toBe(422);
    expect(rig.store.desk.audit.list({ limit: 2 }).map(({ kind }) => kind)).toEqual([
      'token-revoked',
      'token-made',
    ]);
  });
});
