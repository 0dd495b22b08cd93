import { createHash } from 'node:crypto';
import { LEVELS } from '../core/assessment.js';
import type { BlindReview, ItemFacts, ReviewStore } from '../core/desk-ports.js';
import type { ItemState } from '../core/item.js';
import type { ReviewAct, ReviewEvent, Stage } from '../core/review.js';
import { createDeskTally } from './desk-tally.js';
import type { Sealer } from './seal.js';
import type { Db } from './sqlite.js';

/** How long an answer is remembered, ms. */
const ANSWER_MS = 86_400_000;

interface EventRow {
  readonly seq: number;
  readonly item: number;
  readonly at: string;
  readonly actor: string;
  readonly state: ItemState;
  readonly stage: Stage;
  readonly details: string;
  readonly note: string | null;
}

interface FactsRow {
  readonly number: number;
  readonly state: ItemState;
  readonly stage: Stage;
  readonly level: number;
  readonly region: string | null;
  readonly unit: string | null;
}

interface BlindRow {
  readonly item: number;
  readonly first_by: string;
  readonly first_event: number;
  readonly second_event: number | null;
  readonly agrees: number | null;
}

/** Review events, answers already given, and the blind second reviews. */
export function createReviewStore(db: Db, sealer: Pick<Sealer, 'digest'>): ReviewStore {
  const facts = db.prepare<[number], FactsRow>(
    'SELECT number, state, stage, level, region, unit FROM items WHERE number = ?',
  );
  const events = db.prepare<[number], EventRow>(
    `SELECT e.seq, e.item, e.at, e.actor, e.state, e.stage, e.details, n.note
     FROM review_events e LEFT JOIN review_notes n ON n.event = e.seq WHERE e.item = ? ORDER BY e.seq`,
  );
  const after = db.prepare<
    [number, number],
    EventRow & { number: number | null; region: string | null; unit: string | null }
  >(
    `SELECT e.seq, e.item, e.at, e.actor, e.state, e.stage, e.details, n.note, i.number, i.region, i.unit
     FROM review_events e LEFT JOIN review_notes n ON n.event = e.seq LEFT JOIN items i ON i.number = e.item
     WHERE e.seq > ? ORDER BY e.seq LIMIT ?`,
  );
  const lastBefore = db
    .prepare<[string], number | null>(
      'SELECT max(seq) FROM (SELECT seq FROM review_events WHERE at < ? ORDER BY at DESC, seq DESC LIMIT 1000)',
    )
    .pluck();
  const insert = db.prepare(
    'INSERT INTO review_events (item, at, actor, kind, state, stage, details) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertNote = db.prepare('INSERT INTO review_notes (event, item, note) VALUES (?, ?, ?)');
  const answer = db.prepare<[string], { user: number; request: Buffer; answer: string }>(
    'SELECT user, request, answer FROM answers WHERE key = ?',
  );
  const remember = db.prepare('INSERT INTO answers (key, user, request, answer, at) VALUES (?, ?, ?, ?, ?)');
  const forget = db.prepare('DELETE FROM answers WHERE at < ?');
  const addBlind = db.prepare(
    `INSERT INTO blind_reviews (item, first_by, first_event, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const finishBlind = db.prepare('UPDATE blind_reviews SET second_event = ?, agrees = ? WHERE item = ?');
  const dropBlind = db.prepare('DELETE FROM blind_reviews WHERE item = ? AND second_event IS NULL');
  const findBlind = db.prepare<[number], BlindRow>('SELECT * FROM blind_reviews WHERE item = ?');
  const waiting = db
    .prepare<[string, number], number>(
      'SELECT item FROM blind_reviews WHERE second_event IS NULL AND first_by <> ? ORDER BY at, item LIMIT ?',
    )
    .pluck();
  const agreement = db.prepare<[number], { reviewed: number; agreed: number }>(
    `SELECT count(*) AS reviewed, coalesce(sum(agrees), 0) AS agreed FROM blind_reviews
     WHERE second_event IS NOT NULL AND at >= ?`,
  );
  const tally = createDeskTally(db);
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

  const append = db.transaction((event: Omit<ReviewEvent, 'seq' | 'at'>, now: number): ReviewEvent => {
    const { item, actor, act, state, stage, note } = event;
    const at = new Date(now).toISOString();
    const row = insert.run(item, at, actor, act.kind, state, stage, JSON.stringify(act));
    const seq = Number(row.lastInsertRowid);
    if (note !== undefined) insertNote.run(seq, item, note);
    tally.event(item, act, now, seq);
    return { ...event, seq, at };
  });

  return {
    facts(item) {
      const row = facts.get(item);
      return row && toFacts(row);
    },
    events: (item) => events.all(item).map(toEvent),
    after: (seq, limit) =>
      after.all(seq, Math.min(Math.max(Math.trunc(limit), 1), 1_000)).map((row) => {
        const { number, region, unit, ...event } = row;
        if (number === null) return { event: toEvent(event) };
        const item = {
          ...(region === null ? {} : { region }),
          ...(unit === null ? {} : { unit }),
        };
        return { event: toEvent(event), item };
      }),
    lastBefore: (at) => lastBefore.get(at) ?? 0,
    append: (event, now) => append.immediate(event, now),
    answered(key, user, request) {
      const row = answer.get(key);
      return row && { answer: row.answer, same: row.user === user && row.request.equals(digest(request)) };
    },
    remember(key, user, request, given, now) {
      forget.run(now - ANSWER_MS);
      remember.run(key, user, digest(request), given, now);
    },
    draw: (item) => sealer.digest(`blind review\n${item}`).readUInt32BE(0) / 2 ** 32,
    addBlind: (item, firstBy, firstEvent, now) => void addBlind.run(item, firstBy, firstEvent, now),
    finishBlind: (item, second, agrees) => void finishBlind.run(second, agrees ? 1 : 0, item),
    dropBlind: (item) => void dropBlind.run(item),
    findBlind(item) {
      const row = findBlind.get(item);
      return row && toBlind(row);
    },
    waitingBlind: (user, limit) => waiting.all(user, Math.min(Math.max(limit, 1), 1_000)),
    agreement: (since) => agreement.get(since) ?? { reviewed: 0, agreed: 0 },
  };
}

function toFacts({ level, region, unit, ...row }: FactsRow): ItemFacts {
  return {
    ...row,
    level: LEVELS[level] ?? 'none',
    ...(region === null ? {} : { region }),
    ...(unit === null ? {} : { unit }),
  };
}

function toEvent({ details, note, ...row }: EventRow): ReviewEvent {
  return { ...row, act: JSON.parse(details) as ReviewAct, ...(note === null ? {} : { note }) };
}

function toBlind(row: BlindRow): BlindReview {
  return {
    item: row.item,
    firstBy: row.first_by,
    firstEvent: row.first_event,
    ...(row.second_event === null ? {} : { secondEvent: row.second_event }),
    ...(row.agrees === null ? {} : { agrees: row.agrees === 1 }),
  };
}
