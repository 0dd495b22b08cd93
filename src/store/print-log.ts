import type { Fingerprint } from '../core/narrative.js';
import type { LoggedPrints } from '../core/narrative-ports.js';
import {
  AUTHOR_AT,
  ID_AT,
  ITEM_AT,
  PRINT_BYTES,
  PRINT_WORDS,
  SOURCE_AT,
  TIME_AT,
  VARIANT_AT,
} from '../core/print.js';
import type { PrintKey } from './print-key.js';
import type { SeenPosts } from './seen.js';
import type { Db } from './sqlite.js';

/** Fingerprints as they land: a row a transaction and hour, so that a post costs some microseconds. */
export interface PrintLog {
  begin(): void;
  /** Notes the post that `seen` noted last. @param at ISO 8601; @param item 0 for one that did not land */
  add(fingerprint: Fingerprint | undefined, at: string, source: string, item: number, now: number): void;
  /** Writes what was noted since {@link begin}, within the caller's transaction. */
  flush(): void;
  after(n: number): readonly LoggedPrints[];
}

/** Log rows read at a time. */
const ROWS_AT_ONCE = 64;

export function createPrintLog(db: Db, key: PrintKey, seen: Pick<SeenPosts, 'last'>): PrintLog {
  const insert = db.prepare('INSERT INTO print_log (hour, rows) VALUES (?, ?)');
  const select = db.prepare<[number], { n: number; hour: number; rows: Buffer }>(
    `SELECT n, hour, rows FROM print_log WHERE n > ? ORDER BY n LIMIT ${ROWS_AT_ONCE}`,
  );
  const findSource = db.prepare<[string], number>('SELECT id FROM narrative_sources WHERE name = ?').pluck();
  const addSource = db.prepare('INSERT OR IGNORE INTO narrative_sources (name) VALUES (?)');
  const sources = new Map<string, number>();
  const sourceId = (name: string): number => {
    let id = sources.get(name);
    if (id === undefined) {
      addSource.run(name);
      id = findSource.get(name)!;
      sources.set(name, id);
    }
    return id;
  };
  let words = new Uint32Array(256 * PRINT_WORDS);
  let count = 0;

  return {
    begin() {
      count = 0;
      // A transaction that was undone may have taken a source's number with it.
      sources.clear();
    },
    add(fingerprint, at, source, item, now) {
      if (fingerprint === undefined) return;
      if ((count + 1) * PRINT_WORDS > words.length) {
        const more = new Uint32Array(words.length * 2);
        more.set(words);
        words = more;
      }
      const row = count * PRINT_WORDS;
      if (!key.write(fingerprint, words, row)) return;
      seen.last(words, row + ID_AT, row + AUTHOR_AT);
      const time = Date.parse(at);
      // A place whose clock runs ahead would open hours that are yet to come.
      words[row + TIME_AT] = Math.floor((Number.isNaN(time) ? now : Math.min(Math.max(time, 0), now)) / 1000);
      words[row + ITEM_AT] = item;
      words[row + SOURCE_AT] = sourceId(source);
      words[row + VARIANT_AT] = 0;
      words[row + VARIANT_AT + 1] = 0;
      count += 1;
    },
    flush() {
      const byHour = new Map<number, number[]>();
      for (let i = 0; i < count; i += 1) {
        const hour = Math.floor(words[i * PRINT_WORDS + TIME_AT]! / 3600);
        const rows = byHour.get(hour);
        if (rows === undefined) byHour.set(hour, [i]);
        else rows.push(i);
      }
      for (const [hour, rows] of byHour) {
        const bytes = Buffer.alloc(rows.length * PRINT_BYTES);
        for (const [to, from] of rows.entries()) {
          for (let word = 0; word < PRINT_WORDS; word += 1) {
            bytes.writeUInt32LE(words[from * PRINT_WORDS + word]!, to * PRINT_BYTES + word * 4);
          }
        }
        insert.run(hour, bytes);
      }
      count = 0;
    },
    after: (n) => select.all(n).map((row) => logged(row.n, row.hour, row.rows)),
  };
}

/** A blob of rows as words of this machine (little-endian wherever Node runs). */
export function logged(n: number, hour: number, rows: Buffer): LoggedPrints {
  const words = new Uint32Array(rows.length >>> 2);
  Buffer.from(words.buffer).set(rows);
  return { n, hour, words, count: rows.length / PRINT_BYTES };
}
