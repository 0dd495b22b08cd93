import { addToFilter, createFilter, createKeySet, KEY_WORDS, type KeySet, mayHold } from './key-set.js';
import { HASH_BYTES, type Sealer } from './seal.js';
import type { Db } from './sqlite.js';

/*
 * Which posts were seen before, as keyed hashes. Hashes arrive in no order, so a table keyed by them rewrites a page
 * of 4 kB for almost every post: 20 to 40 microseconds each, measured, and rising with the table. Here they go to a
 * log, one row a transaction, and when the log is long it is folded into a segment that never changes again: blocks
 * of hashes by bucket, and a filter, held in memory, that says for most posts that the segment does not know them.
 * A segment is dropped as a whole when its newest entry leaves the window.
 */

/** An entry: keyed hash of id and revision, then the first half of the author's (zeros where there is none). */
const ENTRY_BYTES = 24;
const ENTRY_WORDS = ENTRY_BYTES / 4;
const AUTHOR_BYTES = 8;
/** A full log is folded: 8 MB in memory, some 0.1 s of folding every so many posts. */
const LOG_ENTRIES = 262_144;
/** A shorter one is folded when it spans this part of the window, so that nothing outstays it by much more. */
const LOG_SPAN = 1 / 16;
const LEAST_SEGMENT = 4_096;
/** Blocks then almost never exceed a page of 4,096 bytes. */
const BUCKET_ENTRIES = 120;
const BLOCK_ID = 65_536;

export interface SeenPosts {
  /** Begins a transaction's work: brings memory in step with what other processes wrote. */
  begin(): void;
  /** Notes a post; false when the same id and revision was noted before within the window. */
  add(id: string, revision: string, authorId: string | undefined): boolean;
  /** Writes the first 8 bytes of the hashes of the post noted last, and of its author (zeros where there is none), as words. */
  last(words: Uint32Array, idAt: number, authorAt: number): void;
  /** Writes what was noted since {@link begin}, within the caller's transaction. */
  flush(now: number): void;
  /** To be called when the transaction failed: memory is read anew at the next {@link begin}. */
  forget(): void;
  /** Drops what was noted before `before` (ms), a piece a transaction; true while there is more. */
  purge(before: number): { removed: number; more: boolean };
}

interface Segment {
  readonly id: number;
  readonly buckets: number;
  readonly filter: Uint32Array;
}

interface Memory {
  readonly recent: KeySet;
  readonly segments: Segment[];
  /** Time of the log's oldest row, ms. */
  oldest: number;
  /** What the tables looked like when memory was in step with them. */
  lastLog: number;
  lastSegment: number;
}

/** @param windowMs how long a post is known; it decides how finely the log is folded */
export function createSeenPosts(
  db: Db,
  sealer: Pick<Sealer, 'digestInto' | 'digest'>,
  windowMs: number,
): SeenPosts {
  const state = db.prepare<[], { log: number | null; segment: number | null }>(
    'SELECT (SELECT max(n) FROM seen_log) AS log, (SELECT max(id) FROM seen_segments) AS segment',
  );
  const readLog = db.prepare<[], { at: number; entries: Buffer }>(
    'SELECT at, entries FROM seen_log ORDER BY n',
  );
  const readSegments = db.prepare<[], { id: number; buckets: number; filter: Buffer }>(
    'SELECT id, buckets, filter FROM seen_segments ORDER BY id DESC',
  );
  const readBlock = db.prepare<[number], Buffer>('SELECT entries FROM seen_blocks WHERE id = ?').pluck();
  const insertLog = db.prepare('INSERT INTO seen_log (at, entries) VALUES (?, ?)');
  const clearLog = db.prepare('DELETE FROM seen_log');
  const insertSegment = db.prepare(
    'INSERT INTO seen_segments (entries, buckets, newest, filter) VALUES (?, ?, ?, ?)',
  );
  const insertBlock = db.prepare('INSERT INTO seen_blocks (id, entries) VALUES (?, ?)');

  let memory: Memory | undefined;
  let noted = Buffer.alloc(128 * ENTRY_BYTES);
  let words = new Uint32Array(noted.buffer, noted.byteOffset, noted.length / 4);
  let count = 0;

  const load = (): Memory => {
    const { log, segment } = state.get()!;
    const recent = createKeySet();
    let oldest = Number.POSITIVE_INFINITY;
    for (const { at, entries } of readLog.iterate()) {
      oldest = Math.min(oldest, at);
      const keys = wordsOf(entries);
      for (let i = 0; i < keys.length; i += ENTRY_WORDS) recent.add(keys, i);
    }
    const segments = readSegments
      .all()
      .map(({ id, buckets, filter }) => ({ id, buckets, filter: wordsOf(filter) }));
    return { recent, segments, oldest, lastLog: log ?? 0, lastSegment: segment ?? 0 };
  };

  const inSegment = (segment: Segment, at: number): boolean => {
    if (!mayHold(segment.filter, words, at)) return false;
    const block = readBlock.get(segment.id * BLOCK_ID + bucketOf(words[at]!, segment.buckets));
    // A block that is gone was purged by another process.
    return block !== undefined && blockHolds(wordsOf(block), words, at);
  };

  const fold = (known: Memory): void => {
    const log = readLog.all();
    const all = wordsOf(Buffer.concat(log.map(({ entries }) => entries)));
    const entries = all.length / ENTRY_WORDS;
    const buckets = Math.ceil(entries / BUCKET_ENTRIES);
    const filter = createFilter(entries);
    const blocks = toBlocks(all, buckets);
    for (let i = 0; i < all.length; i += ENTRY_WORDS) addToFilter(filter, all, i);
    const newest = log.reduce((latest, { at }) => Math.max(latest, at), 0);
    const id = Number(insertSegment.run(entries, buckets, newest, bytesOf(filter)).lastInsertRowid);
    for (const [bucket, block] of blocks.entries()) insertBlock.run(id * BLOCK_ID + bucket, block);
    clearLog.run();
    memory = {
      recent: createKeySet(),
      segments: [{ id, buckets, filter }, ...known.segments],
      oldest: Number.POSITIVE_INFINITY,
      lastLog: 0,
      lastSegment: id,
    };
  };

  return {
    begin() {
      count = 0;
      if (memory === undefined) {
        memory = load();
        return;
      }
      const { log, segment } = state.get()!;
      if ((log ?? 0) !== memory.lastLog || (segment ?? 0) !== memory.lastSegment) memory = load();
    },
    add(id, revision, authorId) {
      const known = memory!;
      if ((count + 1) * ENTRY_BYTES > noted.length) {
        noted = Buffer.concat([noted], noted.length * 2);
        words = new Uint32Array(noted.buffer, noted.byteOffset, noted.length / 4);
      }
      const offset = count * ENTRY_BYTES;
      const at = count * ENTRY_WORDS;
      sealer.digestInto(`post\n${revision}\n${id}`, noted, offset, HASH_BYTES);
      for (const segment of known.segments) if (inSegment(segment, at)) return false;
      if (!known.recent.add(words, at)) return false;
      if (authorId === undefined) noted.fill(0, offset + HASH_BYTES, offset + ENTRY_BYTES);
      else sealer.digestInto(authorText(id, authorId), noted, offset + HASH_BYTES, AUTHOR_BYTES);
      count += 1;
      return true;
    },
    last(target, idAt, authorAt) {
      const at = (count - 1) * ENTRY_WORDS;
      for (let word = 0; word < 2; word += 1) {
        target[idAt + word] = words[at + word]!;
        target[authorAt + word] = words[at + HASH_BYTES / 4 + word]!;
      }
    },
    flush(now) {
      const known = memory!;
      if (count === 0) return;
      const row = insertLog.run(now, noted.subarray(0, count * ENTRY_BYTES));
      known.lastLog = Number(row.lastInsertRowid);
      known.oldest = Math.min(known.oldest, now);
      count = 0;
      const isLong = now - known.oldest > windowMs * LOG_SPAN && known.recent.size >= LEAST_SEGMENT;
      if (known.recent.size >= LOG_ENTRIES || isLong) fold(known);
    },
    forget() {
      memory = undefined;
      count = 0;
    },
    purge: createPurge(db),
  };
}

/** The text whose keyed hash stands for an account: accounts of one id on two platforms are two. */
export function authorText(postId: string, authorId: string): string {
  return `author\n${postId.slice(0, postId.indexOf(':') + 1)}\n${authorId}`;
}

function createPurge(db: Db): SeenPosts['purge'] {
  const oldLog = db.prepare<[number], { entries: number | null }>(
    `SELECT sum(length(entries)) / ${ENTRY_BYTES} AS entries FROM seen_log WHERE at < ?`,
  );
  const deleteLog = db.prepare('DELETE FROM seen_log WHERE at < ?');
  const oldSegments = db.prepare<[number], { id: number; entries: number }>(
    'SELECT id, entries FROM seen_segments WHERE newest < ? ORDER BY id LIMIT 2',
  );
  const deleteBlocks = db.prepare('DELETE FROM seen_blocks WHERE id >= ? AND id < ?');
  const deleteSegment = db.prepare('DELETE FROM seen_segments WHERE id = ?');
  return db.transaction((before: number) => {
    const [segment, next] = oldSegments.all(before);
    if (segment === undefined) {
      const removed = oldLog.get(before)?.entries ?? 0;
      if (removed > 0) deleteLog.run(before);
      return { removed, more: false };
    }
    deleteBlocks.run(segment.id * BLOCK_ID, (segment.id + 1) * BLOCK_ID);
    deleteSegment.run(segment.id);
    return { removed: segment.entries, more: next !== undefined || oldLog.get(before)?.entries !== null };
  }).immediate;
}

function bucketOf(word: number, buckets: number): number {
  return Math.floor((word * buckets) / 4_294_967_296);
}

/** Entries by bucket, each block its own bytes (counting sort). */
function toBlocks(entries: Uint32Array, buckets: number): Buffer[] {
  const ends = new Uint32Array(buckets + 1);
  for (let i = 0; i < entries.length; i += ENTRY_WORDS)
    ends[bucketOf(entries[i]!, buckets) + 1]! += ENTRY_WORDS;
  for (let bucket = 0; bucket < buckets; bucket += 1) ends[bucket + 1]! += ends[bucket]!;
  const sorted = new Uint32Array(entries.length);
  const next = ends.slice();
  for (let i = 0; i < entries.length; i += ENTRY_WORDS) {
    const bucket = bucketOf(entries[i]!, buckets);
    sorted.set(entries.subarray(i, i + ENTRY_WORDS), next[bucket]!);
    next[bucket]! += ENTRY_WORDS;
  }
  return Array.from({ length: buckets }, (_, bucket) =>
    bytesOf(sorted.subarray(ends[bucket]!, ends[bucket + 1]!)),
  );
}

function blockHolds(block: Uint32Array, words: Uint32Array, at: number): boolean {
  for (let i = 0; i < block.length; i += ENTRY_WORDS) {
    let same = 0;
    while (same < KEY_WORDS && block[i + same] === words[at + same]) same += 1;
    if (same === KEY_WORDS) return true;
  }
  return false;
}

/** The bytes as words of this machine (little-endian wherever Node runs), copied where they do not lie aligned. */
function wordsOf(bytes: Buffer): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.copyBytesFrom(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
}

function bytesOf(words: Uint32Array): Buffer {
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
}
