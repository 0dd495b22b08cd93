/** Hourly counts that are kept added up, so that a month is read by its days. */
import type { DueSum, SummedCounts, TrendStore } from '../core/trend-ports.js';
import { TREND_KINDS } from '../core/trends.js';
import type { Fence } from './lease.js';
import type { Db } from './sqlite.js';

interface DueRow extends Omit<DueSum, 'kind'> {
  readonly kind: number;
}

/**
 * A row for each stretch with hours that were counted, without counts where one of its hours changed since they were added
 * up: triggers see to that, whoever writes hours.
 */
export const trendSumsMigration = `
  CREATE TABLE trend_sums (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    hours INTEGER NOT NULL CHECK (hours IN (6, 24)),
    -- The first of them.
    hour INTEGER NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    rows BLOB,
    UNIQUE (kind, hours, hour)
  ) STRICT;
  CREATE INDEX trend_sums_due ON trend_sums (hour) WHERE rows IS NULL;
  INSERT INTO trend_sums (kind, hours, hour)
    SELECT DISTINCT kind, 24, hour / 24 * 24 FROM trend_hours
    UNION ALL SELECT DISTINCT kind, 6, hour / 6 * 6 FROM trend_hours;
  CREATE TRIGGER trend_hours_added AFTER INSERT ON trend_hours BEGIN
    INSERT INTO trend_sums (kind, hours, hour)
      VALUES (NEW.kind, 24, NEW.hour / 24 * 24), (NEW.kind, 6, NEW.hour / 6 * 6)
      ON CONFLICT (kind, hours, hour) DO UPDATE SET rows = NULL, version = version + 1;
  END;
  CREATE TRIGGER trend_hours_changed AFTER UPDATE OF rows ON trend_hours BEGIN
    UPDATE trend_sums SET rows = NULL, version = version + 1
      WHERE kind = NEW.kind
        AND (hours = 24 AND hour = NEW.hour / 24 * 24 OR hours = 6 AND hour = NEW.hour / 6 * 6);
  END;
  CREATE TRIGGER trend_hours_gone AFTER DELETE ON trend_hours BEGIN
    UPDATE trend_sums SET rows = NULL, version = version + 1
      WHERE kind = OLD.kind
        AND (hours = 24 AND hour = OLD.hour / 24 * 24 OR hours = 6 AND hour = OLD.hour / 6 * 6);
  END;
`;

/** What counting keeps of them; callers map errors. */
export function createTrendSums(
  db: Db,
  fence: Pick<Fence, 'check'>,
): Pick<TrendStore, 'dueSums' | 'saveSums'> {
  const due = db.prepare<[number, number], DueRow>(
    `SELECT id, kind, hour, hours, version FROM trend_sums
     WHERE rows IS NULL AND hour + hours <= ? ORDER BY hour DESC LIMIT ?`,
  );
  const put = db.prepare('UPDATE trend_sums SET rows = ? WHERE id = ? AND version = ?');
  const drop = db.prepare('DELETE FROM trend_sums WHERE id = ? AND version = ?');
  const save = db.transaction((sums: Parameters<TrendStore['saveSums']>[0]): void => {
    fence.check();
    for (const { due, counts } of sums) {
      if (counts === undefined) drop.run(due.id, due.version);
      else put.run(encodeSum(counts), due.id, due.version);
    }
  });
  return {
    dueSums: (hour, limit) => due.all(hour, limit).map((row) => ({ ...row, kind: TREND_KINDS[row.kind]! })),
    saveSums: (sums) => save.immediate(sums),
  };
}

/** Reads one. */
export function trendSumReader(
  db: Db,
): (kind: number, hour: number, hours: number) => SummedCounts | undefined {
  const one = db
    .prepare<[number, number, number], Buffer | null>(
      'SELECT rows FROM trend_sums WHERE kind = ? AND hours = ? AND hour = ?',
    )
    .pluck();
  return (kind, hour, hours) => {
    const rows = one.get(kind, hours, hour);
    return rows === undefined || rows === null ? undefined : decodeSum(rows);
  };
}

/** How many keys, what was cut, and four columns of 32-bit words (little-endian wherever Node runs). */
function encodeSum({ keys, posts, flagged, cuts, cut }: SummedCounts): Buffer {
  const size = keys.length;
  const words = new Uint32Array(2 + size * 4);
  words[0] = size;
  words[1] = cut;
  for (const [column, of] of [keys, posts, flagged, cuts].entries()) words.set(of, 2 + size * column);
  return Buffer.from(words.buffer);
}

function decodeSum(bytes: Buffer): SummedCounts {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.copyBytesFrom(bytes);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  const [size = 0, cut = 0] = words;
  const column = (at: number): Uint32Array => words.subarray(2 + size * at, 2 + size * (at + 1));
  return { keys: column(0), posts: column(1), flagged: column(2), cuts: column(3), cut };
}
