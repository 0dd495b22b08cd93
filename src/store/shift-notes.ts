import { MAX_SHIFT_NOTE_CHARS, type ShiftEvent, type ShiftStore } from '../core/desk-numbers.js';
import { PermanentError } from '../core/errors.js';
import type { Db } from './sqlite.js';

const DAY_MS = 86_400_000;
/** Days that notes are kept: they may speak of cases, and the next shift has long read them. */
const KEPT_DAYS = 180;
const MAX_LIMIT = 200;

interface ShiftRow {
  readonly seq: number;
  readonly at: number;
  readonly unit: string;
  readonly actor: number;
  readonly receiver: number | null;
  readonly since: number | null;
  readonly note: string | null;
}

/** Notes and hand-overs of shifts, never changed; the audit chain holds who handed over to whom for good. */
export function createShiftStore(db: Db): ShiftStore {
  const insert = db.prepare(
    'INSERT INTO shift_events (at, unit, actor, receiver, since, note) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const forget = db.prepare('DELETE FROM shift_events WHERE at < ?');
  const ofAll = db.prepare<[number], ShiftRow>('SELECT * FROM shift_events ORDER BY seq DESC LIMIT ?');
  const ofUnits = db.prepare<[string, number], ShiftRow>(
    'SELECT * FROM shift_events WHERE unit IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT ?',
  );
  const last = db.prepare<[string], ShiftRow>(
    'SELECT * FROM shift_events WHERE unit = ? AND receiver IS NOT NULL ORDER BY seq DESC LIMIT 1',
  );
  const add = db.transaction((event: Omit<ShiftEvent, 'seq' | 'at'>, now: number): ShiftEvent => {
    forget.run(now - KEPT_DAYS * DAY_MS);
    const { unit, actor, handedOver, note } = event;
    const since = handedOver === undefined ? null : Date.parse(handedOver.since);
    const done = insert.run(now, unit, actor, handedOver?.to ?? null, since, note ?? null);
    return { ...event, seq: Number(done.lastInsertRowid), at: new Date(now).toISOString() };
  });
  return {
    add(event, now) {
      const chars = event.note?.length ?? 0;
      if (chars > MAX_SHIFT_NOTE_CHARS) {
        throw new PermanentError(
          'note-too-long',
          `a note of ${chars} characters; at most ${MAX_SHIFT_NOTE_CHARS} are kept`,
        );
      }
      return add.immediate(event, now);
    },
    list(units, limit) {
      const most = Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT);
      const rows = units === 'all' ? ofAll.all(most) : ofUnits.all(JSON.stringify(units), most);
      return rows.map(toEvent);
    },
    lastHandOver(unit) {
      const row = last.get(unit);
      return row && toEvent(row);
    },
  };
}

function toEvent({ seq, at, unit, actor, receiver, since, note }: ShiftRow): ShiftEvent {
  return {
    seq,
    at: new Date(at).toISOString(),
    unit,
    actor,
    ...(receiver === null || since === null
      ? {}
      : { handedOver: { to: receiver, since: new Date(since).toISOString() } }),
    ...(note === null ? {} : { note }),
  };
}
