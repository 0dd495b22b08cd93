import { MOST_TERMS, WORD_TERM } from '../core/print.js';
import type { LoggedCounts } from '../core/trend-ports.js';
import { type Observation, TREND_KINDS } from '../core/trends.js';
import type { PrintKey } from './print-key.js';
import type { Db } from './sqlite.js';

/** What is counted of a post that is not yet added up; rows are those of {@link LoggedCounts}. */
export interface TrendLog {
  begin(): void;
  /**
   * @param terms where the keyed hashes of its terms stand in `words`, zeros behind them
   * @param author a hash of who speaks
   * @returns the hashes of its hashtags and domains
   */
  add(
    post: {
      readonly language: string;
      readonly item: number;
      readonly observation?: Observation | undefined;
    },
    words: Uint32Array,
    terms: number,
    seconds: number,
    author: number,
  ): { readonly hashtags: readonly number[]; readonly domains: readonly number[] };
  flush(): void;
}

/** Of each post, at most. */
const MOST = { hashtags: 15, domains: 7, topics: 15 } as const;
const NONE: readonly number[] = [];
const ROWS_AT_ONCE = 64;

export function createTrendLog(db: Db, key: Pick<PrintKey, 'named'>): TrendLog {
  const insert = db.prepare('INSERT INTO trend_log (rows) VALUES (?)');
  const nameCode = db.prepare('INSERT OR IGNORE INTO trend_keys (kind, key, text, day) VALUES (?, ?, ?, 0)');
  const codes = {
    language: new Map<string, number>(),
    region: new Map<string, number>(),
    topic: new Map<string, number>(),
  } as const;
  /** What is nobody's word is named at once. */
  const codeOf = (kind: 'language' | 'region' | 'topic', text: string): number => {
    let hash = codes[kind].get(text);
    if (hash === undefined) {
      hash = key.named(kind, text);
      nameCode.run(TREND_KINDS.indexOf(kind), hash, text);
      codes[kind].set(text, hash);
    }
    return hash;
  };
  const namedAll = (kind: string, texts: readonly string[] | undefined, most: number): readonly number[] =>
    texts === undefined || texts.length === 0
      ? NONE
      : texts.slice(0, most).map((text) => key.named(kind, text));
  let rows = new Uint32Array(8_192);
  let end = 0;

  return {
    begin() {
      end = 0;
      // A transaction that was undone may have taken a name with it.
      for (const known of Object.values(codes)) known.clear();
    },
    add({ language, item, observation }, words, terms, seconds, author) {
      if (end + 64 > rows.length) {
        const more = new Uint32Array(rows.length * 2);
        more.set(rows);
        rows = more;
      }
      const hashtags = namedAll('hashtag', observation?.hashtags, MOST.hashtags);
      const domains = namedAll('domain', observation?.domains, MOST.domains);
      const topics = observation?.topics ?? [];
      const begin = end;
      rows[begin] = Math.floor(seconds / 3600);
      rows[begin + 1] = author;
      rows[begin + 3] = codeOf('language', language);
      rows[begin + 4] = codeOf('region', observation?.region ?? 'unknown');
      end = begin + 5;
      let told = 0;
      for (let i = 0; i < MOST_TERMS && words[terms + i] !== 0; i += 1) {
        const term = words[terms + i]!;
        if ((term & 3) !== WORD_TERM) continue;
        rows[end++] = term;
        told += 1;
      }
      for (const hash of hashtags) rows[end++] = hash;
      for (const hash of domains) rows[end++] = hash;
      const followed = Math.min(topics.length, MOST.topics);
      for (let i = 0; i < followed; i += 1) rows[end++] = codeOf('topic', topics[i]!);
      rows[begin + 2] =
        (item === 0 ? 0 : 1) |
        (told << 1) |
        (hashtags.length << 6) |
        (domains.length << 10) |
        (followed << 13);
      return { hashtags, domains };
    },
    flush() {
      if (end > 0) insert.run(Buffer.from(rows.buffer, rows.byteOffset, end * 4));
      end = 0;
    },
  };
}

/** Reads what was logged after a row. */
export function trendLogReader(db: Db): (n: number) => readonly LoggedCounts[] {
  const select = db.prepare<[number], { n: number; rows: Buffer }>(
    `SELECT n, rows FROM trend_log WHERE n > ? ORDER BY n LIMIT ${ROWS_AT_ONCE}`,
  );
  return (after) =>
    select.all(after).map(({ n, rows }) => {
      const words = new Uint32Array(rows.length >>> 2);
      Buffer.from(words.buffer).set(rows);
      return { n, words };
    });
}
