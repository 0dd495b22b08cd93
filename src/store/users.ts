import { randomBytes } from 'node:crypto';
import type { NewUser, UserStore } from '../core/desk-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Role, User } from '../core/user.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';

interface UserRow {
  readonly id: number;
  readonly name: string;
  readonly display: string;
  readonly role: Role;
  readonly unit: string;
  readonly password: string | null;
  readonly totp: Buffer | null;
  readonly totp_step: number | null;
  readonly created_at: number;
  readonly disabled_at: number | null;
}

/** Accounts of the desk. A second factor's secret is sealed with the installation's, a link's token kept as a hash. */
export function createUserStore(db: Db, sealer: Pick<Sealer, 'digest' | 'seal' | 'open'>): UserStore {
  const byId = db.prepare<[number], UserRow>('SELECT * FROM users WHERE id = ?');
  const byName = db.prepare<[string], UserRow>('SELECT * FROM users WHERE name = ?');
  const all = db.prepare<[], UserRow>('SELECT * FROM users ORDER BY name');
  const insert = db.prepare(
    'INSERT INTO users (name, display, role, unit, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const setDetails = db.prepare('UPDATE users SET display = ?, role = ?, unit = ? WHERE id = ?');
  const setDisabled = db.prepare('UPDATE users SET disabled_at = ? WHERE id = ?');
  const setPassword = db.prepare('UPDATE users SET password = ? WHERE id = ?');
  const setTotp = db.prepare('UPDATE users SET totp = ?, totp_step = NULL WHERE id = ?');
  const useStep = db.prepare(
    'UPDATE users SET totp_step = @step WHERE id = @id AND (totp_step IS NULL OR totp_step < @step)',
  );
  const dropLinks = db.prepare('DELETE FROM user_links WHERE user = ? OR expires_at <= ?');
  const addLink = db.prepare('INSERT INTO user_links (token_hash, user, expires_at) VALUES (?, ?, ?)');
  const findLink = db.prepare<[Buffer, number], UserRow>(
    `SELECT u.* FROM user_links l JOIN users u ON u.id = l.user
     WHERE l.token_hash = ? AND l.expires_at > ? AND u.disabled_at IS NULL`,
  );
  const dropLink = db.prepare('DELETE FROM user_links WHERE token_hash = ?');
  const linkHash = (token: string): Buffer => sealer.digest(`link\n${token}`);

  const makeLink = db.transaction((user: number, expiresAt: number): string => {
    const token = randomBytes(32).toString('base64url');
    dropLinks.run(user, 0);
    addLink.run(linkHash(token), user, expiresAt);
    return token;
  });
  const readLink = db.transaction((token: string, now: number, use: boolean): User | undefined => {
    const row = findLink.get(linkHash(token), now);
    if (row !== undefined && use) dropLink.run(linkHash(token));
    return row && toUser(row);
  });

  return {
    add({ name, display, role, unit }: NewUser, now) {
      const { changes, lastInsertRowid } = insert.run(name, display, role, unit, now);
      if (changes === 0) {
        throw new PermanentError('user-exists', `there is a user ${name} already; choose another name`);
      }
      return toUser(byId.get(Number(lastInsertRowid))!);
    },
    list: () => all.all().map(toUser),
    find(id) {
      const row = byId.get(id);
      return row && toUser(row);
    },
    findByName(name) {
      const row = byName.get(name);
      return row && toUser(row);
    },
    credentials(name) {
      const row = byName.get(name);
      if (row === undefined) return undefined;
      return {
        user: toUser(row),
        ...(row.password === null ? {} : { password: row.password }),
        ...(row.totp === null ? {} : { totp: sealer.open(row.totp, `totp ${row.id}`) }),
        ...(row.totp_step === null ? {} : { totpStep: row.totp_step }),
      };
    },
    change(id, changes) {
      const row = byId.get(id);
      if (row === undefined) return;
      const { display, role, unit } = { ...row, ...changes };
      setDetails.run(display, role, unit, id);
    },
    setDisabled: (id, at) => void setDisabled.run(at ?? null, id),
    setPassword: (id, hash) => void setPassword.run(hash ?? null, id),
    setTotp: (id, secret) =>
      void setTotp.run(secret === undefined ? null : sealer.seal(secret, `totp ${id}`), id),
    useTotpStep: (id, step) => useStep.run({ id, step }).changes === 1,
    makeLink: (user, expiresAt) => makeLink.immediate(user, expiresAt),
    readLink: (token, now, use) => (use ? readLink.immediate : readLink.deferred)(token, now, use),
  };
}

/** A user as everyone may see it. */
export function toUser(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    display: row.display,
    role: row.role,
    unit: row.unit,
    createdAt: new Date(row.created_at).toISOString(),
    hasPassword: row.password !== null,
    hasTotp: row.totp !== null,
    ...(row.disabled_at === null ? {} : { disabledAt: new Date(row.disabled_at).toISOString() }),
  };
}
