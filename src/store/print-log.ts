import type { Excerpt } from '../core/batch.js';
import type { Fingerprint } from '../core/narrative.js';
import type { LoggedPrints } from '../core/narrative-ports.js';
import {
  AUTHOR_AT,
  HOST_AT,
  hexAt,
  ID_AT,
  ITEM_AT,
  MOST_TAGS,
  PRINT_BYTES,
  PRINT_WORDS,
  SOURCE_AT,
  TAGS_AT,
  TERMS_AT,
  TIME_AT,
  VARIANT_AT,
} from '../core/print.js';
import { regionNumber } from '../core/region.js';
import type { Observation } from '../core/trends.js';
import type { Excerpts } from './excerpts.js';
import type { PrintKey } from './print-key.js';
import type { SeenPosts } from './seen.js';
import type { Db } from './sqlite.js';
import { createTrendLog } from './trend-log.js';

/** What of a post is noted for narratives and counts. */
export interface NotedPost {
  readonly id: string;
  /** ISO 8601 */
  readonly at: string;
  readonly language: string;
  readonly source: string;
  /** Number of the item, 0 of a post that did not land. */
  readonly item: number;
  readonly fingerprint?: Fingerprint | undefined;
  readonly observation?: Observation | undefined;
  /** What may come to stand for its story. */
  readonly excerpt?: Excerpt | undefined;
}

/** Fingerprints and counts as they land: a row a transaction and hour, so that a post costs some microseconds. */
export interface PrintLog {
  begin(): void;
  /** Notes the post that `seen` noted last. */
  add(post: NotedPost, now: number): void;
  /** Writes what was noted since {@link begin}, within the caller's transaction. */
  flush(): void;
  after(n: number): readonly LoggedPrints[];
}

/** Log rows read at a time. */
const ROWS_AT_ONCE = 64;
const MOST_SOURCES = 65_535;
/** Names that rows may give to places; of further ones the batch's source stands. */
const MOST_NAMED = 1_000;

export function createPrintLog(
  db: Db,
  key: PrintKey,
  seen: Pick<SeenPosts, 'last'>,
  excerpts: Pick<Excerpts, 'put'>,
): PrintLog {
  const insert = db.prepare('INSERT INTO print_log (hour, rows) VALUES (?, ?)');
  const select = db.prepare<[number], { n: number; hour: number; rows: Buffer }>(
    `SELECT n, hour, rows FROM print_log WHERE n > ? ORDER BY n LIMIT ${ROWS_AT_ONCE}`,
  );
  const findSource = db.prepare<[string], number>('SELECT id FROM narrative_sources WHERE name = ?').pluck();
  const addSource = db.prepare('INSERT OR IGNORE INTO narrative_sources (name) VALUES (?)');
  const sources = new Map<string, number>();
  const countSources = db.prepare<[], number>('SELECT count(*) FROM narrative_sources').pluck();
  const sourceId = (name: string, batch: string): number => {
    let id = sources.get(name);
    if (id === undefined) {
      const isFull =
        name !== batch && findSource.get(name) === undefined && countSources.get()! >= MOST_NAMED;
      if (isFull) id = sourceId(batch, batch);
      else {
        addSource.run(name);
        id = Math.min(findSource.get(name)!, MOST_SOURCES);
      }
      sources.set(name, id);
    }
    return id;
  };
  const trends = createTrendLog(db, key);
  let words = new Uint32Array(256 * PRINT_WORDS);
  let count = 0;

  return {
    begin() {
      count = 0;
      trends.begin();
      // A transaction that was undone may have taken a source's number with it.
      sources.clear();
    },
    add(post, now) {
      const { id, at, source, item, fingerprint, observation } = post;
      if ((count + 1) * PRINT_WORDS > words.length) {
        const more = new Uint32Array(words.length * 2);
        more.set(words);
        words = more;
      }
      const row = count * PRINT_WORDS;
      const isPrint = fingerprint !== undefined && key.write(fingerprint, words, row);
      if (!isPrint) words.fill(0, row + TERMS_AT, row + ID_AT);
      seen.last(words, row + ID_AT, row + AUTHOR_AT);
      const time = Date.parse(at);
      // A place whose clock runs ahead would open hours that are yet to come.
      const seconds = Math.floor((Number.isNaN(time) ? now : Math.min(Math.max(time, 0), now)) / 1000);
      const own = sourceId(observation?.source ?? source, source);
      // Of a place that names no authors, the place is the one who speaks.
      const author = words[row + AUTHOR_AT] === 0 ? own : words[row + AUTHOR_AT]!;
      const counted = trends.add(post, words, row + TERMS_AT, seconds, author);
      if (!isPrint) return;
      words[row + ID_AT] = key.idOf(id);
      words[row + TIME_AT] = seconds;
      words[row + ITEM_AT] = item;
      words[row + SOURCE_AT] = own | (regionNumber(observation?.region) << 16);
      words[row + VARIANT_AT] = 0;
      words[row + VARIANT_AT + 1] = 0;
      for (let i = 0; i < MOST_TAGS; i += 1) words[row + TAGS_AT + i] = counted.hashtags[i] ?? 0;
      words[row + HOST_AT] = counted.domains[0] ?? 0;
      if (post.excerpt !== undefined) {
        excerpts.put(hexAt(words, row + ID_AT), post.excerpt);
      }
      count += 1;
    },
    flush() {
      trends.flush();
      const byHour = new Map<number, number[]>();
      for (let i = 0; i < count; i += 1) {
        const hour = Math.floor(words[i * PRINT_WORDS + TIME_AT]! / 3600);
        const rows = byHour.get(hour);
        if (rows === undefined) byHour.set(hour, [i]);
        else rows.push(i);
      }
      for (const [hour, rows] of byHour) {
        const bytes = Buffer.alloc(rows.length * PRINT_BYTES);
        const target = new Uint32Array(bytes.buffer, bytes.byteOffset, rows.length * PRINT_WORDS);
        for (const [to, from] of rows.entries()) {
          target.set(words.subarray(from * PRINT_WORDS, (from + 1) * PRINT_WORDS), to * PRINT_WORDS);
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
