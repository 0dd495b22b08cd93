import { createHash } from 'node:crypto';
import type {
  AuditCheck,
  AuditEvent,
  AuditHead,
  AuditKind,
  AuditValue,
  NewAuditEvent,
} from '../core/audit.js';
import type { AuditStore } from '../core/desk-ports.js';
import { PermanentError } from '../core/errors.js';
import type { Db } from './sqlite.js';

interface AuditRow {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly details: string;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

const HASH_BYTES = 32;
const MAX_SUBJECT = 200;
const MAX_DETAILS_BYTES = 4_096;
const MAX_LIMIT = 1_000;

/** The audit chain: each event holds the hash of the one before; the schema's triggers refuse to change or remove any. */
export function createAuditStore(db: Db): AuditStore {
  const last = db.prepare<[], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1',
  );
  const insert = db.prepare(
    `INSERT INTO audit_events (seq, at, actor, kind, subject, details, previous, hash)
     VALUES (@seq, @at, @actor, @kind, @subject, @details, @previous, @hash)`,
  );
  const after = db.prepare<[number, number], AuditRow>(
    'SELECT * FROM audit_events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  const every = db.prepare<[number, number], AuditRow>(
    'SELECT * FROM audit_events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  // SQLite's own count of the numbers that it ever gave: it stays when rows at the end are cut off.
  const given = db.prepare<[], number>(`SELECT seq FROM sqlite_sequence WHERE name = 'audit_events'`).pluck();

  const append = db.transaction(({ actor, kind, subject, details = {} }: NewAuditEvent, now: number) => {
    const json = canonicalJson(details);
    if (subject.length > MAX_SUBJECT || Buffer.byteLength(json) > MAX_DETAILS_BYTES) {
      throw new PermanentError(
        'audit-event-too-large',
        `an audit event (${kind}) has a subject of ${subject.length} characters and ${Buffer.byteLength(json)} bytes of details; at most ${MAX_SUBJECT} and ${MAX_DETAILS_BYTES} are kept`,
      );
    }
    const before = last.get();
    const row = {
      seq: (before?.seq ?? 0) + 1,
      at: new Date(now).toISOString(),
      actor,
      kind,
      subject,
      details: json,
      previous: before?.hash ?? Buffer.alloc(HASH_BYTES),
    };
    const whole: AuditRow = { ...row, hash: hashOf(row) };
    insert.run(whole);
    return toEvent(whole);
  });

  /** Goes on after an event that was whole; the end is only looked at where it was reached. */
  const check = (
    after: AuditHead | undefined,
    limit: number,
    known?: AuditHead,
  ): AuditCheck & { readonly isEnd: boolean } => {
    let seq = after?.seq ?? 0;
    let previous: Buffer = after === undefined ? Buffer.alloc(HASH_BYTES) : Buffer.from(after.hash, 'hex');
    const wrong = (at: number, fault: Extract<AuditCheck, { ok: false }>['fault']) =>
      ({ ok: false, seq: at, fault, isEnd: true }) as const;
    let looked = 0;
    for (const row of every.iterate(seq, limit)) {
      seq += 1;
      looked += 1;
      if (row.seq !== seq) return wrong(seq, 'missing');
      if (!row.previous.equals(previous)) return wrong(seq, 'broken-link');
      if (!row.hash.equals(hashOf(row))) return wrong(seq, 'changed');
      if (known?.seq === seq && known.hash !== row.hash.toString('hex')) return wrong(seq, 'other-head');
      previous = row.hash;
    }
    const isEnd = looked < limit;
    const most = isEnd ? Math.max(given.get() ?? 0, known?.seq ?? 0) : seq;
    if (most > seq) return wrong(seq + 1, 'cut-tail');
    return { ok: true, events: seq, head: { seq, hash: previous.toString('hex') }, isEnd };
  };

  return {
    append: (event, now) => append.immediate(event, now),
    list({ limit, before, kind, subject }) {
      const where: string[] = [];
      const values: (string | number)[] = [];
      const given: [string, string | number | undefined][] = [
        ['seq < ?', before],
        ['kind = ?', kind],
        ['subject = ?', subject],
      ];
      for (const [sql, value] of given) {
        if (value === undefined) continue;
        where.push(sql);
        values.push(value);
      }
      return db
        .prepare<(string | number)[], AuditRow>(
          `SELECT * FROM audit_events ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
           ORDER BY seq DESC LIMIT ${clamp(limit)}`,
        )
        .all(...values)
        .map(toEvent);
    },
    after: (seq, limit) => after.all(seq, clamp(limit)).map(toEvent),
    head() {
      const row = last.get();
      return row && { seq: row.seq, hash: row.hash.toString('hex') };
    },
    verify(known) {
      const { isEnd: _, ...whole } = check(undefined, Number.MAX_SAFE_INTEGER, known);
      return whole;
    },
    verifyPart: (after, limit) => check(after, limit),
  };
}

/** JSON with sorted keys and no spaces, so that the same event is always the same bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${fields.join(',')}}`;
}

/** SHA-256 over `{"actor","at","details","kind","previous","seq","subject"}`; details stand in it as they are stored. */
function hashOf({ seq, at, actor, kind, subject, details, previous }: Omit<AuditRow, 'hash'>): Buffer {
  const json = canonicalJson({ seq, at, actor, kind, subject, details, previous: previous.toString('hex') });
  return createHash('sha256').update(json).digest();
}

function toEvent({ kind, details, previous, hash, ...row }: AuditRow): AuditEvent {
  return {
    ...row,
    kind: kind as AuditKind,
    details: JSON.parse(details) as Record<string, AuditValue>,
    previous: previous.toString('hex'),
    hash: hash.toString('hex'),
  };
}

function clamp(limit: number): number {
  return Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT);
}
