import type { Credentials, OneTimeCodes, PasswordHasher, SessionLimits } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import { ThrottledError } from '../core/errors.js';
import type { Role, User } from '../core/user.js';
import type { DeskPorts } from './desk-access.js';

export interface LoginPorts extends Pick<DeskPorts, 'store' | 'clock'> {
  readonly hasher: PasswordHasher;
  readonly codes: OneTimeCodes;
  /** Roles that log in with a second factor only: admins, where the desk can be reached from elsewhere. */
  readonly rolesWithTotp: readonly Role[];
}

/** An hour without a click, or a shift's twelve hours. */
export const SESSION_LIMITS: SessionLimits = { idle: 3_600_000, absolute: 43_200_000 };

/** Failures within {@link LOGIN_WINDOW_MS} after which an account or an address waits. */
export const LOGIN_FAILURES = { account: 10, address: 50 } as const;
export const LOGIN_WINDOW_MS = 900_000;

/** A secret of 10 to 40 bytes. */
const BASE32 = /^[A-Z2-7]{16,64}$/;

export const PASSWORD_CHARS = { least: 12, most: 200 } as const;

export interface LoginRequest {
  readonly name: string;
  readonly password: string;
  /** Six digits, where the account has a second factor. */
  readonly code?: string;
  /** Address of whoever asks, as the server sees it. */
  readonly address: string;
  /** The session that the browser had; it ends, whoever's it is. */
  readonly session?: string;
}

/**
 * Logs in: a new session's token. An unknown name, a disabled account and a wrong password get the same answer after the
 * same work; that a code is needed is said only after the right password.
 *
 * @throws DeskRefusal `bad-login`, `code-needed`, `bad-code`, `totp-required`
 * @throws ThrottledError `login-throttled`, `login-busy`
 */
export async function login(
  ports: LoginPorts,
  request: LoginRequest,
): Promise<{ readonly token: string; readonly user: User }> {
  const { store, hasher, clock } = ports;
  const name = request.name.trim().toLowerCase().slice(0, 100);
  throttle(ports, 'account', name);
  throttle(ports, 'address', request.address);
  // Counted before it is known to fail, so that many tried at once are counted too.
  const began = clock.now();
  store.limits.addFailure('account', name, began, LOGIN_WINDOW_MS);
  const known = store.users.credentials(name);
  const usable = known?.user.disabledAt === undefined ? known : undefined;
  const isRight =
    request.password.length <= PASSWORD_CHARS.most &&
    (await hasher.verify(request.password, usable?.password));
  if (!isRight || usable === undefined) return refuse(ports, request, known, 'bad-login');
  if (usable.totp === undefined) {
    if (ports.rolesWithTotp.includes(usable.user.role)) {
      throw new DeskRefusal('totp-required', 'this role logs in here with a second factor only; set one up');
    }
  } else {
    if (request.code === undefined) {
      store.limits.clear('account', name);
      throw new DeskRefusal('code-needed', 'give the six digits of your authenticator app');
    }
    const step = ports.codes.verify(usable.totp, request.code, clock.now());
    if (step === undefined || !store.users.useTotpStep(usable.user.id, step)) {
      return refuse(ports, request, known, 'bad-code');
    }
  }
  const { user } = usable;
  return store.atomically(() => {
    const now = clock.now();
    // Disabled while the password was looked at.
    if (store.users.find(user.id)?.disabledAt !== undefined) throw badLogin('bad-login');
    if (request.session !== undefined) store.sessions.close(request.session);
    store.limits.clear('account', name);
    const token = store.sessions.open(user.id, now);
    store.audit.append({ actor: String(user.id), kind: 'login', subject: `user:${user.id}` }, now);
    return { token, user };
  });
}

/** Ends a session. */
export function logout({ store, clock }: LoginPorts, token: string): void {
  store.atomically(() => {
    const user = store.sessions.touch(token, clock.now(), SESSION_LIMITS);
    store.sessions.close(token);
    if (user === undefined) return;
    store.audit.append({ actor: String(user.id), kind: 'logout', subject: `user:${user.id}` }, clock.now());
  });
}

/** A second factor as it is set up: the secret that was offered, and a code of the app that took it. */
export interface TotpProof {
  /** Base32 */
  readonly secret: string;
  /** Six digits. */
  readonly code: string;
}

/** True where this account cannot log in before it has a second factor. */
export function mustSetTotp({ rolesWithTotp }: LoginPorts, { role, hasTotp }: User): boolean {
  return rolesWithTotp.includes(role) && !hasTotp;
}

/**
 * Sets the password by a one-time link, which is spent by it, and ends the user's sessions. Where the role logs in with a
 * second factor only, it is set with the password: nobody could log in to set it later.
 *
 * @throws DeskRefusal `bad-link`, `bad-password`, `totp-required`, `bad-code`
 */
export async function setPasswordByLink(
  ports: LoginPorts,
  token: string,
  password: string,
  totp?: TotpProof,
): Promise<User> {
  const { store, clock, hasher } = ports;
  const user = store.users.readLink(token, clock.now(), false);
  if (user === undefined) throw badLink();
  checkPassword(password, user.name);
  const sets = mustSetTotp(ports, user);
  if (sets && totp === undefined) {
    throw new DeskRefusal('totp-required', `the role ${user.role} logs in here with a second factor only`);
  }
  const proven = sets && totp !== undefined ? { ...totp, step: provenStep(ports, totp) } : undefined;
  const hash = await hasher.hash(password);
  return store.atomically(() => {
    const now = clock.now();
    if (store.users.readLink(token, now, true) === undefined) throw badLink();
    store.users.setPassword(user.id, hash);
    if (proven !== undefined) keepTotp(ports, user, proven.secret, proven.step, now);
    store.sessions.closeAll(user.id);
    store.limits.clear('account', user.name);
    store.audit.append({ actor: String(user.id), kind: 'password-set', subject: `user:${user.id}` }, now);
    return { ...user, hasPassword: true, hasTotp: user.hasTotp || proven !== undefined };
  });
}

/** A second factor to be set up, kept nowhere yet. */
export interface TotpOffer {
  /** Base32, for an authenticator app. */
  readonly secret: string;
  /** The same as an `otpauth:` URI. */
  readonly uri: string;
}

/**
 * A secret for an authenticator app and its `otpauth:` URI; kept only once {@link confirmTotp} saw a code of it.
 *
 * @param secret offered before and shown again, where it can be read
 */
export function offerTotp({ codes }: LoginPorts, user: User, secret = ''): TotpOffer {
  const shown = BASE32.test(secret) ? secret : codes.newSecret();
  return { secret: shown, uri: codes.uri(shown, user.name) };
}

/**
 * Keeps a second factor that was offered. One that is there is replaced only after a reset by who keeps the accounts:
 * whoever found an open browser does not take the account over.
 *
 * @throws DeskRefusal `bad-code`, `totp-there`
 */
export function confirmTotp(ports: LoginPorts, user: User, secret: string, code: string): void {
  const { store, clock } = ports;
  const step = provenStep(ports, { secret, code });
  store.atomically(() => {
    if (store.users.find(user.id)?.hasTotp === true) {
      throw new DeskRefusal('totp-there', 'this account has a second factor; only a reset takes it away');
    }
    keepTotp(ports, user, secret, step, clock.now());
  });
}

/** @throws DeskRefusal `bad-code` */
function provenStep({ codes, clock }: LoginPorts, { secret, code }: TotpProof): number {
  const step = BASE32.test(secret) ? codes.verify(secret, code, clock.now()) : undefined;
  if (step === undefined) throw badLogin('bad-code');
  return step;
}

function keepTotp({ store }: LoginPorts, user: User, secret: string, step: number, now: number): void {
  store.users.setTotp(user.id, secret);
  // The code that confirmed it logs nobody in.
  store.users.useTotpStep(user.id, step);
  store.audit.append({ actor: String(user.id), kind: 'totp-set', subject: `user:${user.id}` }, now);
}

/** @throws DeskRefusal `bad-password` */
export function checkPassword(password: string, name: string): void {
  const { least, most } = PASSWORD_CHARS;
  const length = [...password].length;
  const isPlain = password.toLowerCase().includes(name) || new Set(password).size < 5;
  if (length < least || password.length > most || isPlain) {
    throw new DeskRefusal(
      'bad-password',
      `a password has ${least} to ${most} characters, five different ones at least, and not the user's name in it`,
    );
  }
}

function throttle({ store, clock }: LoginPorts, what: 'account' | 'address', who: string): void {
  const now = clock.now();
  const { n, until } = store.limits.failures(what, who, now, LOGIN_WINDOW_MS);
  if (n >= LOGIN_FAILURES[what]) {
    throw new ThrottledError(
      'login-throttled',
      'too many failed logins; wait a quarter of an hour',
      until - now,
    );
  }
}

function refuse(
  { store, clock }: LoginPorts,
  { address }: LoginRequest,
  known: Credentials | undefined,
  kind: 'bad-login' | 'bad-code',
): never {
  store.atomically(() => {
    const now = clock.now();
    store.limits.addFailure('address', address, now, LOGIN_WINDOW_MS);
    // What was typed as a name may be a password typed in the wrong place: it is not recorded.
    const subject = known === undefined ? 'user:unknown' : `user:${known.user.id}`;
    store.audit.append({ actor: 'system', kind: 'login-failed', subject, details: { reason: kind } }, now);
  });
  throw badLogin(kind);
}

function badLogin(kind: 'bad-login' | 'bad-code'): DeskRefusal {
  return kind === 'bad-login'
    ? new DeskRefusal(kind, 'name or password is wrong')
    : new DeskRefusal(kind, 'the code is wrong or was used already; wait for the next one');
}

function badLink(): DeskRefusal {
  return new DeskRefusal('bad-link', 'this link was used or has expired; ask for a new one');
}
