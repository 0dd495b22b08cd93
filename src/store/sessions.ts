import { randomBytes } from 'node:crypto';
import type {
  ApiToken,
  ApiTokenStore,
  LoginLimitStore,
  SessionLimits,
  SessionStore,
} from '../core/desk-ports.js';
import type { Scope } from '../core/user.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';
import { toUser } from './users.js';

type Hasher = Pick<Sealer, 'digest'>;
type UserRow = Parameters<typeof toUser>[0];

/** A session's last use is written down at most this often, ms: a page view then costs no write. */
const TOUCH_MS = 60_000;

/** Sessions by keyed hash of their token: whoever reads the store cannot use one. */
export function createSessionStore(db: Db, sealer: Hasher): SessionStore {
  const insert = db.prepare(
    'INSERT INTO sessions (token_hash, user, created_at, seen_at) VALUES (?, ?, ?, ?)',
  );
  const select = db.prepare<[Buffer], UserRow & { session_at: number; seen_at: number }>(
    `SELECT u.*, s.created_at AS session_at, s.seen_at FROM sessions s JOIN users u ON u.id = s.user
     WHERE s.token_hash = ? AND u.disabled_at IS NULL`,
  );
  const touch = db.prepare('UPDATE sessions SET seen_at = ? WHERE token_hash = ?');
  const remove = db.prepare('DELETE FROM sessions WHERE token_hash = ?');
  const removeAll = db.prepare('DELETE FROM sessions WHERE user = ?');
  const purge = db.prepare('DELETE FROM sessions WHERE seen_at < ? OR created_at < ?');
  const hash = (token: string): Buffer => sealer.digest(`session\n${token}`);
  const live = (token: string, now: number, { idle, absolute }: SessionLimits) => {
    const row = select.get(hash(token));
    if (row === undefined) return undefined;
    if (now - row.seen_at <= idle && now - row.session_at <= absolute) return row;
    remove.run(hash(token));
    return undefined;
  };
  return {
    open(user, now) {
      const token = randomBytes(32).toString('base64url');
      insert.run(hash(token), user, now, now);
      return token;
    },
    touch(token, now, limits) {
      const row = live(token, now, limits);
      if (row === undefined) return undefined;
      if (now - row.seen_at > Math.min(TOUCH_MS, limits.idle / 2)) touch.run(now, hash(token));
      return toUser(row);
    },
    peek(token, now, limits) {
      const row = live(token, now, limits);
      return row && toUser(row);
    },
    close: (token) => void remove.run(hash(token)),
    closeAll: (user) => void removeAll.run(user),
    csrf: (token) => sealer.digest(`csrf\n${token}`).toString('base64url'),
    purge: (now, { idle, absolute }) => purge.run(now - idle, now - absolute).changes,
  };
}

interface TokenRow {
  readonly id: number;
  readonly user: number;
  readonly name: string;
  readonly scopes: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly revoked_at: number | null;
}

/** Tokens of the JSON API; `ronda_` before them, so that a leaked one is recognised. */
export function createApiTokenStore(db: Db, sealer: Hasher): ApiTokenStore {
  const insert = db.prepare(
    `INSERT INTO api_tokens (token_hash, user, name, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const read = db.prepare<[Buffer, number], UserRow & { scopes: string }>(
    `SELECT u.*, t.scopes FROM api_tokens t JOIN users u ON u.id = t.user
     WHERE t.token_hash = ? AND t.expires_at > ? AND t.revoked_at IS NULL AND u.disabled_at IS NULL`,
  );
  const one = db.prepare<[number], TokenRow>('SELECT * FROM api_tokens WHERE id = ?');
  const all = db.prepare<[], TokenRow>('SELECT * FROM api_tokens ORDER BY id');
  const revoke = db.prepare('UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const hash = (token: string): Buffer => sealer.digest(`api token\n${token}`);
  return {
    make({ user, name, scopes, expiresAt }, now) {
      const token = `ronda_${randomBytes(32).toString('base64url')}`;
      const made = insert.run(hash(token), user, name, JSON.stringify(scopes), now, expiresAt);
      return { token, kept: toToken(one.get(Number(made.lastInsertRowid))!) };
    },
    read(token, now) {
      const row = read.get(hash(token), now);
      return row && { user: toUser(row), scopes: JSON.parse(row.scopes) as Scope[] };
    },
    list: (user) =>
      all
        .all()
        .filter((row) => user === undefined || row.user === user)
        .map(toToken),
    revoke: (id, now) => revoke.run(now, id).changes === 1,
  };
}

function toToken({ scopes, created_at, expires_at, revoked_at, ...row }: TokenRow): ApiToken {
  return {
    id: row.id,
    user: row.user,
    name: row.name,
    scopes: JSON.parse(scopes) as Scope[],
    createdAt: new Date(created_at).toISOString(),
    expiresAt: new Date(expires_at).toISOString(),
    ...(revoked_at === null ? {} : { revokedAt: new Date(revoked_at).toISOString() }),
  };
}

/** Failed logins under keyed hashes; names that do not exist count as those that do, so that the limit tells neither. */
export function createLoginLimits(db: Db, sealer: Hasher): LoginLimitStore {
  const select = db.prepare<[Buffer, number], { since: number; failures: number }>(
    'SELECT since, failures FROM login_failures WHERE key = ? AND since > ?',
  );
  const forget = db.prepare('DELETE FROM login_failures WHERE since <= ?');
  const add = db.prepare(
    `INSERT INTO login_failures (key, since, failures) VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET failures = failures + 1`,
  );
  const clear = db.prepare('DELETE FROM login_failures WHERE key = ?');
  const keyOf = (what: string, who: string): Buffer => sealer.digest(`login ${what}\n${who}`);
  return {
    failures(what, who, now, window) {
      const row = select.get(keyOf(what, who), now - window);
      return row === undefined ? { n: 0, until: now } : { n: row.failures, until: row.since + window };
    },
    addFailure(what, who, now, window) {
      forget.run(now - window);
      add.run(keyOf(what, who), now);
    },
    clear: (what, who) => void clear.run(keyOf(what, who)),
  };
}
