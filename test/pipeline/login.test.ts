import { generateSync } from 'otplib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import { ThrottledError } from '../../src/core/errors.js';
import { SYSTEM_ACTOR } from '../../src/core/review.js';
import {
  addFirstAdmin,
  addUser,
  changeUser,
  disableUser,
  LINK_MS,
  listUsers,
  makeToken,
  resetUser,
  revokeToken,
} from '../../src/pipeline/accounts.js';
import {
  confirmTotp,
  LOGIN_FAILURES,
  LOGIN_WINDOW_MS,
  type LoginPorts,
  type LoginRequest,
  login,
  logout,
  offerTotp,
  SESSION_LIMITS,
  setPasswordByLink,
} from '../../src/pipeline/login.js';
import { createOneTimeCodes, createPasswordHasher } from '../../src/store/passwords.js';
import { type DeskRig, deskRig, person } from '../support/desk.js';

/** Whose session a token is, as each request asks. */
const sessionUser = ({ store, clock }: LoginPorts, token: string) =>
  store.sessions.touch(token, clock.now(), SESSION_LIMITS);

const PASSWORD = 'kuda terbang di atas pagar';

/** Counts and remembers what it was asked, and hashes cheaply: what scrypt itself does is tried below. */
function cheapHasher() {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    hash: async (password: string) => `hash of ${password}`,
    verify: async (password: string, hash: string | undefined) => {
      asked.push(hash);
      return hash === `hash of ${password}`;
    },
  };
}

let rig: DeskRig;
let hasher: ReturnType<typeof cheapHasher>;
let ports: LoginPorts & DeskRig['ports'];
beforeEach(async () => {
  rig = deskRig();
  hasher = cheapHasher();
  ports = { ...rig.ports, hasher, codes: createOneTimeCodes('Ronda'), rolesWithTotp: [] };
  const { link } = addUser(ports, SYSTEM_ACTOR, {
    name: 'sari',
    display: 'Sari',
    role: 'officer',
    unit: 'mabes',
  });
  await setPasswordByLink(ports, link, PASSWORD);
});
afterEach(() => rig.close());

const request: LoginRequest = { name: 'sari', password: PASSWORD, address: '192.0.2.7' };

async function refused(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error instanceof DeskRefusal || error instanceof ThrottledError).toBe(true);
  return (error as DeskRefusal).kind;
}
const kindOf = (work: () => unknown): Promise<string> => refused((async () => work())());

describe('logging in', () => {
  it('opens a session, rotates it, ends it, and keeps no token', async () => {
    const first = await login(ports, { ...request, name: ' SARI ' });
    expect(sessionUser(ports, first.token)).toMatchObject({ name: 'sari', role: 'officer' });
    const second = await login(ports, { ...request, session: first.token });
    expect(second.token).not.toBe(first.token);
    expect(sessionUser(ports, first.token)).toBeUndefined();
    const { sessions } = rig.store.desk;
    expect(sessions.csrf(second.token)).not.toBe(sessions.csrf(first.token));
    logout(ports, second.token);
    expect(sessionUser(ports, second.token)).toBeUndefined();
    expect(rig.store.desk.audit.list({ limit: 4 }).map(({ kind }) => kind)).toEqual([
      'logout',
      'login',
      'login',
      'password-set',
    ]);
  });

  it('ends a session that stands idle, or is too old', async () => {
    const { token } = await login(ports, request);
    for (
      let spent = 0;
      spent + SESSION_LIMITS.idle <= SESSION_LIMITS.absolute;
      spent += SESSION_LIMITS.idle
    ) {
      expect(sessionUser(ports, token)).toBeDefined();
      rig.clock.advance(SESSION_LIMITS.idle);
    }
    rig.clock.advance(1);
    expect(sessionUser(ports, token)).toBeUndefined();
    const idle = await login(ports, request);
    rig.clock.advance(SESSION_LIMITS.idle + 1);
    expect(sessionUser(ports, idle.token)).toBeUndefined();
    await login(ports, request);
    rig.clock.advance(SESSION_LIMITS.absolute + 1);
    expect(rig.store.desk.sessions.purge(rig.clock.now(), SESSION_LIMITS)).toBe(1);
  });

  it('answers an unknown name, a wrong password, a disabled and an unset account alike, after the same work', async () => {
    addUser(ports, SYSTEM_ACTOR, { name: 'baru', display: 'Baru', role: 'officer', unit: 'mabes' });
    addUser(ports, SYSTEM_ACTOR, { name: 'tutup', display: 'Tutup', role: 'officer', unit: 'mabes' });
    disableUser(ports, SYSTEM_ACTOR, 'tutup');
    const messages = new Set<string>();
    for (const name of ['tiada', 'sari', 'tutup', 'baru']) {
      const error = await login(ports, { ...request, name, password: 'salah sekali' }).catch(
        (thrown: Error) => thrown,
      );
      messages.add(`${(error as DeskRefusal).kind} ${(error as Error).message}`);
    }
    expect(messages.size).toBe(1);
    expect(hasher.asked).toHaveLength(4);
    // What was typed is nowhere in the record.
    expect(JSON.stringify(rig.store.desk.audit.list({ limit: 10, kind: 'login-failed' }))).not.toMatch(
      /tiada|salah/,
    );
  });

  it('makes an account wait after its failures, known or not, and an address after more', async () => {
    for (const name of ['sari', 'tiada']) {
      for (let n = 0; n < LOGIN_FAILURES.account; n += 1) {
        expect(await refused(login(ports, { ...request, name, password: 'salah' }))).toBe('bad-login');
      }
      expect(await refused(login(ports, { ...request, name }))).toBe('login-throttled');
    }
    rig.clock.advance(LOGIN_WINDOW_MS);
    await login(ports, request);
    for (let n = 0; n < LOGIN_FAILURES.address; n += 1) {
      await refused(login(ports, { ...request, name: `orang${n}`, password: 'salah' }));
    }
    expect(await refused(login(ports, request))).toBe('login-throttled');
    await login(ports, { ...request, address: '192.0.2.8' });
  });

  it('counts attempts that are made at once', async () => {
    const tries = Array.from({ length: 40 }, () => refused(login(ports, { ...request, password: 'salah' })));
    const kinds = await Promise.all(tries);
    expect(kinds.filter((kind) => kind === 'bad-login')).toHaveLength(LOGIN_FAILURES.account);
  });
});

describe('a second factor', () => {
  const codeAt = (secret: string): string =>
    generateSync({ secret, epoch: Math.floor(rig.clock.now() / 1_000) });

  it('is asked for after the password only, and takes no code twice', async () => {
    const user = rig.store.desk.users.findByName('sari')!;
    const { secret, uri } = offerTotp(ports, user);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Ronda/);
    expect(await kindOf(() => confirmTotp(ports, user, secret, '000000'))).toBe('bad-code');
    confirmTotp(ports, user, secret, codeAt(secret));
    expect(await refused(login(ports, { ...request, password: 'salah', code: codeAt(secret) }))).toBe(
      'bad-login',
    );
    expect(await refused(login(ports, request))).toBe('code-needed');
    // The code that set it up is spent.
    expect(await refused(login(ports, { ...request, code: codeAt(secret) }))).toBe('bad-code');
    rig.clock.advance(30_000);
    const code = codeAt(secret);
    await login(ports, { ...request, code });
    expect(await refused(login(ports, { ...request, code }))).toBe('bad-code');
    rig.clock.advance(120_000);
    expect(await refused(login(ports, { ...request, code }))).toBe('bad-code');
    await login(ports, { ...request, code: codeAt(secret) });
  });

  it('is required of the roles that are named', async () => {
    const admins = { ...ports, rolesWithTotp: ['officer'] as const };
    expect(await refused(login(admins, request))).toBe('totp-required');
  });
});

describe('accounts', () => {
  const sari = { ...request };

  it('the first admin is made once', () => {
    const other = deskRig();
    const first = addFirstAdmin(other.ports, 'admin', 'mabes');
    expect(first?.user).toMatchObject({ role: 'admin', hasPassword: false });
    expect(addFirstAdmin(other.ports, 'admin', 'mabes')).toBeUndefined();
    other.close();
  });

  it('a link is used once, within a day, for a password worth the name', async () => {
    const { link } = resetUser(ports, SYSTEM_ACTOR, 'sari');
    expect(await refused(login(ports, sari))).toBe('bad-login');
    for (const weak of ['pendek', 'a'.repeat(40), 'rahasianya sari dan budi', 'x'.repeat(201)]) {
      expect(await refused(setPasswordByLink(ports, link, weak))).toBe('bad-password');
    }
    await setPasswordByLink(ports, link, PASSWORD);
    expect(await refused(setPasswordByLink(ports, link, PASSWORD))).toBe('bad-link');
    await login(ports, sari);
    const late = resetUser(ports, SYSTEM_ACTOR, 'sari');
    const newer = resetUser(ports, SYSTEM_ACTOR, 'sari');
    expect(await refused(setPasswordByLink(ports, late.link, PASSWORD))).toBe('bad-link');
    rig.clock.advance(LINK_MS);
    expect(await refused(setPasswordByLink(ports, newer.link, PASSWORD))).toBe('bad-link');
  });

  it('disabled, are out at once, with sessions and tokens; the last admin stays', async () => {
    const { token } = await login(ports, sari);
    const api = makeToken(ports, SYSTEM_ACTOR, {
      user: 'sari',
      name: 'uji',
      scopes: ['items:read'],
      days: 3,
    });
    const { tokens } = rig.store.desk;
    expect(tokens.read(api.token, rig.clock.now())).toMatchObject({
      user: { name: 'sari' },
      scopes: ['items:read'],
    });
    disableUser(ports, SYSTEM_ACTOR, 'sari');
    expect(sessionUser(ports, token)).toBeUndefined();
    expect(tokens.read(api.token, rig.clock.now())).toBeUndefined();
    resetUser(ports, SYSTEM_ACTOR, 'sari');
    expect(tokens.read(api.token, rig.clock.now())).toBeUndefined();
    addUser(ports, SYSTEM_ACTOR, { name: 'ketua', display: 'Ketua', role: 'admin', unit: 'mabes' });
    expect(await kindOf(() => disableUser(ports, SYSTEM_ACTOR, 'ketua'))).toBe('last-admin');
    expect(await kindOf(() => changeUser(ports, SYSTEM_ACTOR, 'ketua', { role: 'officer' }))).toBe(
      'last-admin',
    );
  });

  it('a token runs out, is revoked, and no secret is in the store', async () => {
    const made = makeToken(ports, SYSTEM_ACTOR, {
      user: 'sari',
      name: 'uji',
      scopes: ['items:read'],
      days: 1,
    });
    const { tokens } = rig.store.desk;
    expect(tokens.read(`${made.token}x`, rig.clock.now())).toBeUndefined();
    rig.clock.advance(86_400_000);
    expect(tokens.read(made.token, rig.clock.now())).toBeUndefined();
    const other = makeToken(ports, SYSTEM_ACTOR, { user: 'sari', name: 'uji', scopes: [], days: 9 });
    expect(revokeToken(ports, SYSTEM_ACTOR, other.kept.id)).toBe(true);
    expect(revokeToken(ports, SYSTEM_ACTOR, other.kept.id)).toBe(false);
    expect(tokens.read(other.token, rig.clock.now())).toBeUndefined();
  });

  it('are kept by admins alone', async () => {
    const officer = person(1);
    for (const work of [
      () => addUser(ports, officer, { name: 'x1', display: 'x', role: 'admin', unit: 'mabes' }),
      () => disableUser(ports, officer, 'sari'),
      () => resetUser(ports, person(2, 'supervisor'), 'sari'),
      () => changeUser(ports, person(3, 'auditor'), 'sari', { role: 'admin' }),
      () => makeToken(ports, person(99), { user: 'sari', name: 'x', scopes: [], days: 1 }),
      () => listUsers(ports, officer),
    ]) {
      expect(await kindOf(work)).toBe('forbidden');
    }
    const admin = person(4, 'admin');
    expect(
      await kindOf(() => addUser(ports, admin, { name: 'X', display: 'x', role: 'humas', unit: 'mabes' })),
    ).toBe('bad-user-name');
    expect(
      await kindOf(() => addUser(ports, admin, { name: 'xy', display: 'x', role: 'humas', unit: 'tiada' })),
    ).toBe('no-unit');
  });
});

describe('scrypt', () => {
  it('knows its password, no other, and nobody’s', async () => {
    const real = createPasswordHasher();
    const hash = await real.hash(PASSWORD);
    expect(hash).toMatch(/^scrypt\$131072\$8\$1\$/);
    expect(await real.verify(PASSWORD, hash)).toBe(true);
    expect(await real.verify(`${PASSWORD} `, hash)).toBe(false);
    expect(await real.verify(PASSWORD, undefined)).toBe(false);
    expect(await real.verify('e\u0301tude panjang', await real.hash('\u00e9tude panjang'))).toBe(true);
  });

  it('works on few at once, lets some wait and refuses the rest', async () => {
    const real = createPasswordHasher({ atOnce: 1, waiting: 1 });
    const tries = [1, 2, 3].map(() => real.verify(PASSWORD, undefined));
    const ends = await Promise.allSettled(tries);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect((ends[2] as PromiseRejectedResult).reason).toMatchObject({ kind: 'login-busy' });
    expect(await real.verify(PASSWORD, undefined)).toBe(false);
  });
});
