import type { ApiToken, NewUser } from '../core/desk-ports.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import { type Actor, SCOPES, type Scope, USER_NAME, type User } from '../core/user.js';
import { may } from '../triage/rights.js';
import { type DeskPorts, mustMay } from './desk-access.js';

/** How long a one-time link may be used, ms. */
export const LINK_MS = 86_400_000;
const DISPLAY_CHARS = 100;
const TOKEN_DAYS = { least: 1, most: 366 };
const DAY_MS = 86_400_000;

/** Who keeps accounts: an admin at the desk, or whoever may run `ronda` on the machine. */
export type Keeper = Actor | typeof SYSTEM_ACTOR;

/**
 * Adds an account and gives the token of the one-time link by which its password is set.
 *
 * @throws DeskRefusal `forbidden`, `bad-user-name`, `no-unit`
 * @throws PermanentError `user-exists`
 */
export function addUser(ports: DeskPorts, keeper: Keeper, user: NewUser): { user: User; link: string } {
  mustManage(keeper);
  const { store, clock, units } = ports;
  const display = user.display.trim();
  if (!USER_NAME.test(user.name) || display === '' || display.length > DISPLAY_CHARS) {
    throw new DeskRefusal(
      'bad-user-name',
      `"${user.name}" cannot be a user name; 2 to 64 of a-z 0-9 . _ -, and a display name of at most ${DISPLAY_CHARS} characters`,
    );
  }
  mustBeUnit(ports, user.unit);
  return store.atomically(() => {
    const now = clock.now();
    const added = store.users.add({ ...user, display }, now);
    record(ports, keeper, 'user-added', added.id, {
      role: added.role,
      unit: units.find(added.unit)?.id ?? '',
    });
    return { user: added, link: store.users.makeLink(added.id, now + LINK_MS) };
  });
}

/** The first admin, where there is no account at all; undefined where there is one. */
export function addFirstAdmin(
  ports: DeskPorts,
  name: string,
  unit: string,
): { user: User; link: string } | undefined {
  return ports.store.atomically(() =>
    ports.store.users.list().length > 0
      ? undefined
      : addUser(ports, SYSTEM_ACTOR, { name, display: name, role: 'admin', unit }),
  );
}

/** Every account. */
export function listUsers({ store }: DeskPorts, keeper: Keeper): readonly User[] {
  if (keeper !== SYSTEM_ACTOR) mustMay(keeper, 'user:read');
  return store.users.list();
}

/** Changes name on show, role or unit; whoever's role or unit changes logs in anew. */
export function changeUser(
  ports: DeskPorts,
  keeper: Keeper,
  name: string,
  changes: Partial<Pick<User, 'display' | 'role' | 'unit'>>,
): void {
  mustManage(keeper);
  if (changes.unit !== undefined) mustBeUnit(ports, changes.unit);
  const { store } = ports;
  store.atomically(() => {
    const user = mustBeUser(ports, name);
    if (changes.role !== undefined && changes.role !== 'admin') mustNotBeLast(ports, user);
    store.users.change(user.id, changes);
    store.sessions.closeAll(user.id);
    const { role, unit } = changes;
    record(ports, keeper, 'user-changed', user.id, {
      ...(role === undefined ? {} : { role }),
      ...(unit === undefined ? {} : { unit }),
    });
  });
}

/** Shuts an account out at once: its sessions end, its tokens stop; what it decided stays. */
export function disableUser(ports: DeskPorts, keeper: Keeper, name: string): void {
  mustManage(keeper);
  const { store, clock } = ports;
  store.atomically(() => {
    const user = mustBeUser(ports, name);
    if (user.disabledAt !== undefined) return;
    mustNotBeLast(ports, user);
    store.users.setDisabled(user.id, clock.now());
    store.sessions.closeAll(user.id);
    for (const token of store.tokens.list(user.id)) store.tokens.revoke(token.id, clock.now());
    record(ports, keeper, 'user-disabled', user.id);
  });
}

/** Opens a disabled account again, and any account anew: password and second factor go, a one-time link comes. */
export function resetUser(ports: DeskPorts, keeper: Keeper, name: string): { user: User; link: string } {
  mustManage(keeper);
  const { store, clock } = ports;
  return store.atomically(() => {
    const user = mustBeUser(ports, name);
    store.users.setDisabled(user.id, undefined);
    store.users.setPassword(user.id, undefined);
    store.users.setTotp(user.id, undefined);
    store.sessions.closeAll(user.id);
    record(ports, keeper, 'user-reset', user.id);
    return { user, link: store.users.makeLink(user.id, clock.now() + LINK_MS) };
  });
}

/**
 * A token of the JSON API, shown once. It can never do more than its user's role.
 *
 * @param days that it lasts, 1 to 366
 */
export function makeToken(
  ports: DeskPorts,
  keeper: Keeper,
  request: {
    readonly user: string;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly days: number;
  },
): { readonly token: string; readonly kept: ApiToken } {
  const { store, clock } = ports;
  const scopes = SCOPES.filter((scope) => request.scopes.includes(scope));
  const days = Math.min(Math.max(Math.trunc(request.days), TOKEN_DAYS.least), TOKEN_DAYS.most);
  return store.atomically(() => {
    const user = mustBeUser(ports, request.user);
    if (keeper === SYSTEM_ACTOR || keeper.user !== user.id) mustManage(keeper);
    if (!may(user.role, 'token:own')) throw new DeskRefusal('forbidden', `${user.role} may have no token`);
    const now = clock.now();
    const made = store.tokens.make(
      { user: user.id, name: request.name.slice(0, 100), scopes, expiresAt: now + days * DAY_MS },
      now,
    );
    record(ports, keeper, 'token-made', user.id, { token: made.kept.id, scopes });
    return made;
  });
}

/** Stops a token; false where it was stopped or never was. */
export function revokeToken(ports: DeskPorts, keeper: Keeper, id: number): boolean {
  const { store, clock } = ports;
  return store.atomically(() => {
    const token = store.tokens.list().find((one) => one.id === id);
    if (token === undefined) return false;
    if (keeper === SYSTEM_ACTOR || keeper.user !== token.user) mustManage(keeper);
    const revoked = store.tokens.revoke(id, clock.now());
    if (revoked) record(ports, keeper, 'token-revoked', token.user, { token: id });
    return revoked;
  });
}

function mustManage(keeper: Keeper): void {
  if (keeper !== SYSTEM_ACTOR) mustMay(keeper, 'user:manage');
}

function mustBeUser({ store }: DeskPorts, name: string): User {
  const user = store.users.findByName(name.trim().toLowerCase());
  if (user === undefined) throw new DeskRefusal('no-user', `there is no user ${name}`);
  return user;
}

function mustBeUnit({ units }: DeskPorts, unit: string): void {
  if (units.find(unit) === undefined) {
    const known = units.all.map(({ id }) => id).join(', ');
    throw new DeskRefusal('no-unit', `there is no unit ${unit}; ronda.yaml names: ${known}`);
  }
}

function mustNotBeLast({ store }: DeskPorts, user: User): void {
  const isAdmin = (one: User): boolean => one.role === 'admin' && one.disabledAt === undefined;
  if (isAdmin(user) && store.users.list().filter(isAdmin).length === 1) {
    throw new DeskRefusal('last-admin', `${user.name} is the only admin; add another first`);
  }
}

function record(
  { store, clock }: DeskPorts,
  keeper: Keeper,
  kind: 'user-added' | 'user-changed' | 'user-disabled' | 'user-reset' | 'token-made' | 'token-revoked',
  user: number,
  details: Readonly<Record<string, string | number | readonly string[]>> = {},
): void {
  const actor = keeper === SYSTEM_ACTOR ? SYSTEM_ACTOR : String(keeper.user);
  store.audit.append({ actor, kind, subject: `user:${user}`, details }, clock.now());
}
