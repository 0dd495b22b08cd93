import { DEFAULT_KEEPING, type Keeping } from '../core/keeping.js';
import type { CountReader, CountResult, HourCounts, HourTotal, TrendStore } from '../core/trend-ports.js';
import { TREND_KINDS, type TrendKind } from '../core/trends.js';
import type { Fence } from './lease.js';
import type { PrintKey } from './print-key.js';
import type { Db } from './sqlite.js';
import { trendLogReader } from './trend-log.js';
import { createTrendSums, trendSumReader } from './trend-sums.js';

const HOUR_MS = 3_600_000;
/** Hours for which everything that was counted is kept; of older ones the most frequent. */
const FULL_HOURS = 60 * 24;
const KEPT_OF_OLD = 100;
/** Hours thinned in a transaction. */
const PIECE = 200;

/** Hourly counts as the counting process works on them; callers map errors. */
export function createTrendStore(
  db: Db,
  key: Pick<PrintKey, 'text'>,
  fence: Pick<Fence, 'check'>,
): TrendStore {
  const total = db.prepare<[number], HourTotal>(
    'SELECT hour, posts, flagged FROM trend_totals WHERE hour = ?',
  );
  const hour = db
    .prepare<[number, number], Buffer>('SELECT rows FROM trend_hours WHERE kind = ? AND hour = ?')
    .pluck();
  const names = db.prepare<[], { kind: number; key: number; day: number }>(
    'SELECT kind, key, day FROM trend_keys',
  );
  const shared = db.prepare<[], Buffer>('SELECT rows FROM trend_sharing').pluck();
  const putTotal = db.prepare(
    `INSERT INTO trend_totals (hour, posts, flagged) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET posts = excluded.posts, flagged = excluded.flagged`,
  );
  const putHour = db.prepare(
    `INSERT INTO trend_hours (kind, hour, rows) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rows = excluded.rows`,
  );
  const putName = db.prepare(
    'INSERT INTO trend_keys (kind, key, text, day) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const putDay = db.prepare('UPDATE trend_keys SET day = ? WHERE kind = ? AND key = ?');
  const putSharing = db.prepare(
    'INSERT INTO trend_sharing VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at, rows = excluded.rows',
  );
  const clearLog = db.prepare('DELETE FROM trend_log WHERE n <= ?');
  const save = db.transaction((result: CountResult): void => {
    fence.check();
    for (const { hour: of, posts, flagged } of result.totals) putTotal.run(of, posts, flagged);
    for (const { kind, hour: of, counts } of result.hours) putHour.run(numberOf(kind), of, encode(counts));
    for (const { kind, key: of, text, day } of result.names) putName.run(numberOf(kind), of, text, day);
    for (const { kind, key: of, day } of result.days) putDay.run(day, numberOf(kind), of);
    const { sharing } = result;
    if (sharing !== undefined)
      putSharing.run(result.at, Buffer.from(sharing.buffer, sharing.byteOffset, sharing.byteLength));
    clearLog.run(result.upTo);
  });
  return {
    countsAfter: trendLogReader(db),
    hourTotal: (of) => total.get(of),
    hourCounts(kind, of) {
      const rows = hour.get(numberOf(kind), of);
      return rows && decode(rows);
    },
    *namedKeys() {
      for (const { kind, key: of, day } of names.iterate()) yield { kind: TREND_KINDS[kind]!, key: of, day };
    },
    sharing() {
      const rows = shared.get();
      if (rows === undefined) return undefined;
      const words = new Uint32Array(rows.length >>> 2);
      Buffer.from(words.buffer).set(rows);
      return words;
    },
    saveCounts: (result) => save.immediate(result),
    ...createTrendSums(db, fence),
    keyText: key.text,
  };
}

/** Hourly counts as they are read; fit for a read-only connection. */
export function createCountReader(db: Db): CountReader {
  const totals = db.prepare<[number, number], HourTotal>(
    'SELECT hour, posts, flagged FROM trend_totals WHERE hour >= ? AND hour < ? ORDER BY hour',
  );
  // One after another: to group them SQLite puts all hours in order first.
  const stretch = db
    .prepare<[number, number], number | null>(
      'SELECT sum(posts) FROM trend_totals WHERE hour >= ? AND hour < ?',
    )
    .pluck();
  const posts = db
    .prepare<[number, number, number], [place: number, posts: number]>(
      'SELECT hour - ?, posts FROM trend_totals WHERE hour >= ? AND hour < ?',
    )
    .raw();
  // Each by itself is the end of an index, both at once a look at every row.
  const ends = db.prepare<[], { oldest: number | null; newest: number | null }>(
    `SELECT (SELECT min(hour) FROM trend_totals) AS oldest, (SELECT max(hour) FROM trend_totals) AS newest`,
  );
  const hours = db.prepare<[number, number, number], { hour: number; rows: Buffer }>(
    'SELECT hour, rows FROM trend_hours WHERE kind = ? AND hour >= ? AND hour < ? ORDER BY hour',
  );
  const text = db
    .prepare<[number, number], string>('SELECT text FROM trend_keys WHERE kind = ? AND key = ?')
    .pluck();
  const keyOf = db
    .prepare<[number, string], number>('SELECT key FROM trend_keys WHERE kind = ? AND text = ? LIMIT 1')
    .pluck();
  const summed = trendSumReader(db);
  return {
    hourTotals: (from, to) => totals.all(from, to),
    stretchTotals(from, to, width) {
      if (width === 1) return posts.all(from, from, to);
      return Array.from({ length: Math.ceil((to - from) / width) }, (_, place) => {
        const begin = from + place * width;
        return [place, stretch.get(begin, Math.min(begin + width, to)) ?? 0] as const;
      });
    },
    countedHours() {
      const { oldest, newest } = ends.get()!;
      return oldest === null || newest === null ? undefined : { oldest, newest };
    },
    *countsOf(kind, from, to) {
      for (const { hour, rows } of hours.iterate(numberOf(kind), from, to))
        yield { hour, counts: decode(rows) };
    },
    summed: (kind, hour, hours) => summed(numberOf(kind), hour, hours),
    textOfKey: (kind, key) => text.get(numberOf(kind), key),
    keyOfText: (kind, of) => keyOf.get(numberOf(kind), of),
  };
}

/** Removes counts past their time and hashes past theirs, and thins counts of long ago; rows of counts that went. */
export function createTrendPurge(db: Db): (keep: Keeping, now: number) => number {
  // Stretches that only begin before it lose hours, and are added up anew.
  const dropSums = db.prepare('DELETE FROM trend_sums WHERE hour + hours <= ?');
  const drops = ['trend_hours', 'trend_totals'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE hour < ?`),
  );
  const dropKeys = db.prepare('DELETE FROM trend_keys WHERE day > 0 AND day < ?');
  const old = db.prepare<[number], { id: number; rows: Buffer }>(
    `SELECT id, rows FROM trend_hours WHERE thinned = 0 AND hour < ? LIMIT ${PIECE}`,
  );
  const thin = db.prepare('UPDATE trend_hours SET rows = ?, thinned = 1 WHERE id = ?');
  const thinSome = db.transaction((before: number): number => {
    const found = old.all(before);
    for (const { id, rows } of found) thin.run(encode(mostOf(decode(rows), KEPT_OF_OLD)), id);
    return found.length;
  });
  const dropSharing = db.prepare('DELETE FROM trend_sharing WHERE at < ?');
  return ({ counts, fingerprints = DEFAULT_KEEPING.fingerprints }, at) => {
    const now = Math.floor(at / HOUR_MS);
    const oldest = now - Math.floor(counts / HOUR_MS);
    dropSharing.run(at - fingerprints);
    const removed = drops.reduce((sum, drop) => sum + drop.run(oldest).changes, 0);
    dropSums.run(oldest);
    dropKeys.run(Math.floor(oldest / 24));
    while (thinSome.immediate(now - FULL_HOURS) === PIECE);
    return removed;
  };
}

function numberOf(kind: TrendKind): number {
  return TREND_KINDS.indexOf(kind);
}

/** The keys with the most posts, so many; what was left out is said in `cut`. */
function mostOf(counts: HourCounts, most: number): HourCounts {
  const { keys, posts, flagged } = counts;
  if (keys.length <= most) return counts;
  const order = Uint32Array.from(keys, (_, i) => i).sort(
    (a, b) => posts[b]! - posts[a]! || keys[a]! - keys[b]!,
  );
  const cut = Math.max(counts.cut, posts[order[most]!]!);
  const kept = order.slice(0, most).sort();
  return {
    keys: kept.map((i) => keys[i]!),
    posts: kept.map((i) => posts[i]!),
    flagged: kept.map((i) => flagged[i]!),
    cut,
  };
}

/** How many keys, what was cut, and three columns of 32-bit words (little-endian wherever Node runs). */
function encode({ keys, posts, flagged, cut }: HourCounts): Buffer {
  const words = new Uint32Array(2 + keys.length * 3);
  words[0] = keys.length;
  words[1] = cut;
  words.set(keys, 2);
  words.set(posts, 2 + keys.length);
  words.set(flagged, 2 + keys.length * 2);
  return Buffer.from(words.buffer);
}

function decode(bytes: Buffer): HourCounts {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.copyBytesFrom(bytes);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  const [size = 0, cut = 0] = words;
  return {
    keys: words.subarray(2, 2 + size),
    posts: words.subarray(2 + size, 2 + size * 2),
    flagged: words.subarray(2 + size * 2, 2 + size * 3),
    cut,
  };
}
