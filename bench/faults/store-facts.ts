import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/*
 * What a store holds, read from its tables as they are, in an order of its own: so that two runs over the same posts
 * and with the same secret can be compared. Read-only; nothing of the code under proof is used.
 */

/** Sums over all runs. */
export interface RunSums {
  readonly collected: number;
  readonly landed: number;
  readonly passed: number;
  readonly seen: number;
  readonly failed: number;
}

export interface StoreFacts {
  readonly sums: RunSums;
  /** A line an item: id, source, level, flags, score, language, then its revisions and findings. */
  readonly items: readonly string[];
  /** Keyed hashes of every post that landed or passed, sorted, in hex. */
  readonly posts: readonly string[];
  /** Hourly counts, a line a cell. */
  readonly counts: readonly string[];
  /**
   * Fingerprints that stories are made of, a line each: the hour, then keyed hashes of the post's id and revision. How many
   * are left of a long run goes by when its hours were closed; none may be there twice.
   */
  readonly prints: readonly string[];
}

const ENTRY_BYTES = 24;
/** A fingerprint's row, and where in it the keyed hashes of a post's id and revision stand. */
const PRINT = { bytes: 176, id: 128, idBytes: 8 };

/** A store that is being written by others, looked into. */
export class StoreWatch {
  readonly #path: string;
  #db: Database.Database | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  #open(): Database.Database | undefined {
    if (this.#db === undefined && existsSync(this.#path)) {
      try {
        this.#db = new Database(this.#path, { readonly: true, fileMustExist: true, timeout: 2_000 });
      } catch {
        return undefined;
      }
    }
    return this.#db;
  }

  /** Zeros while there is no store, or where it cannot be read just now. */
  sums(): RunSums {
    const none = { collected: 0, landed: 0, passed: 0, seen: 0, failed: 0 };
    try {
      const row = this.#open()
        ?.prepare<[], { [Name in keyof RunSums]: number | null }>(
          `SELECT sum(collected + rejected) AS collected, sum(landed) AS landed, sum(passed) AS passed,
             sum(seen) AS seen, sum(failed + rejected) AS failed FROM run_counts`,
        )
        .get();
      if (row === undefined || row.collected === null) return none;
      return row as RunSums;
    } catch {
      return none;
    }
  }

  /** The process that holds the right to land. */
  landerPid(): number | undefined {
    try {
      return this.#open()?.prepare<[], { pid: number }>("SELECT pid FROM leases WHERE name = 'land'").get()
        ?.pid;
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }
}

interface ItemRow {
  readonly number: number;
  readonly post_id: string;
  readonly source: string;
  readonly level: number;
  readonly flags: number;
  readonly score: number;
  readonly language: string;
  readonly state: string;
  readonly revisions: number;
}

/** All of a store that does not depend on when, and in which order, its posts landed. */
export function readStoreFacts(path: string): StoreFacts {
  const watch = new StoreWatch(path);
  const sums = watch.sums();
  watch.close();
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const posts = db.prepare<[number], { id: number; revision: string; text: string; assessment: string }>(
      'SELECT id, revision, text, assessment FROM posts WHERE item = ? ORDER BY revision',
    );
    const findings = db.prepare<[number], unknown[]>(
      `SELECT ordinal, rule, category, span_start, span_end, weight, reason, params, claim FROM findings
       WHERE post = ? ORDER BY ordinal`,
    );
    findings.raw();
    const items = db
      .prepare<[], ItemRow>(
        'SELECT number, post_id, source, level, flags, score, language, state, revisions FROM items',
      )
      .all()
      .map(({ number, ...item }) => {
        const revisions = posts.all(number).map(({ id, ...post }) => [post, findings.all(id)]);
        return JSON.stringify([Object.values(item), revisions]);
      })
      .sort();
    const counts = db
      .prepare<[], object>('SELECT * FROM counts')
      .all()
      .map((row) => JSON.stringify(row))
      .sort();
    return { sums, items, posts: seenPosts(db), counts, prints: fingerprints(db) };
  } finally {
    db.close();
  }
}

function seenPosts(db: Database.Database): string[] {
  const blobs = ['seen_log', 'seen_blocks'].flatMap((table) =>
    db.prepare<[], Buffer>(`SELECT entries FROM ${table}`).pluck().all(),
  );
  const hashes: string[] = [];
  for (const blob of blobs) {
    for (let at = 0; at < blob.length; at += ENTRY_BYTES) {
      hashes.push(blob.toString('hex', at, at + ENTRY_BYTES));
    }
  }
  return hashes.sort();
}

/** Of hours that are open still, and of closed ones. */
function fingerprints(db: Database.Database): string[] {
  const lines: string[] = [];
  for (const table of ['print_log', 'print_hours']) {
    const rows = db.prepare<[], { hour: number; rows: Buffer }>(`SELECT hour, rows FROM ${table}`);
    for (const { hour, rows: bytes } of rows.iterate()) {
      for (let at = PRINT.id; at < bytes.length; at += PRINT.bytes) {
        lines.push(`${hour} ${bytes.toString('hex', at, at + PRINT.idBytes)}`);
      }
    }
  }
  return lines.sort();
}

/** Where two stores differ, in words; empty where they hold the same. */
export function differences(disturbed: StoreFacts, undisturbed: StoreFacts): string[] {
  const found: string[] = [];
  for (const [what, here, there] of [
    ['items', disturbed.items, undisturbed.items],
    ['posts known', disturbed.posts, undisturbed.posts],
    ['hourly counts', disturbed.counts, undisturbed.counts],
  ] as const) {
    if (here.length !== there.length) found.push(`${what}: ${here.length} in place of ${there.length}`);
    const twice = here.length - new Set(here).size;
    if (twice > 0) found.push(`${what}: ${twice} are there twice`);
    const [left, right] = [new Set(here), new Set(there)];
    const missing = there.filter((line) => !left.has(line));
    const more = here.filter((line) => !right.has(line));
    if (missing.length > 0)
      found.push(`${what}: ${missing.length} missing, e.g. ${missing[0]?.slice(0, 300)}`);
    if (more.length > 0) found.push(`${what}: ${more.length} too many, e.g. ${more[0]?.slice(0, 300)}`);
  }
  const prints = disturbed.prints.length - new Set(disturbed.prints).size;
  if (prints > 0) found.push(`fingerprints: ${prints} are there twice`);
  for (const name of ['collected', 'landed', 'passed', 'seen', 'failed'] as const) {
    const [here, there] = [disturbed.sums[name], undisturbed.sums[name]];
    if (here !== there) found.push(`${name}: ${here} in place of ${there}`);
  }
  return found;
}

/** A short name of what a store holds. */
export function digestOf({ items, posts, counts }: StoreFacts): string {
  const hash = createHash('sha256');
  for (const line of [...items, ...posts, ...counts]) hash.update(line).update('\n');
  return hash.digest('hex').slice(0, 16);
}
