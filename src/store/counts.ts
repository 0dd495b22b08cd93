import type { Category, Level } from '../core/assessment.js';
import type { Db } from './sqlite.js';

const HOUR_MS = 3_600_000;

export type CountedOutcome = 'landed' | 'passed';
export type Measure = `level:${Level}` | `flag:${Category}` | 'incomplete';

/** Posts of one hour, source and language that came to one outcome; every post has exactly one level. */
export interface HourlyCount {
  /** ISO 8601 UTC, the hour's begin. */
  readonly hour: string;
  readonly source: string;
  readonly language: string;
  readonly outcome: CountedOutcome;
  readonly measure: Measure;
  readonly n: number;
}

/** What is counted of a post. */
export interface Counted {
  /** ISO 8601 UTC */
  readonly at: string;
  readonly language: string;
  readonly level: Level;
  readonly flags: readonly Category[];
  readonly incomplete: boolean;
}

interface Cell {
  readonly hour: number;
  readonly source: string;
  readonly language: string;
  readonly outcome: CountedOutcome;
  readonly measure: Measure;
  n: number;
}

/** Adds up the posts of a transaction in memory, so that a batch costs a few statements. */
export interface HourlyTally {
  add(source: string, outcome: CountedOutcome, post: Counted): void;
  /** Writes what was added, within the caller's transaction. */
  flush(): void;
}

export interface HourlyCounts {
  /** @param now ms; stands in for a post's time that cannot be read */
  tally(now: number): HourlyTally;
  /** Moves a post that landed from how it was counted to how it reads now; callers hold the transaction. */
  reread(source: string, before: Counted, after: Counted): void;
  /** Counts with `from <= hour < to` (ISO 8601), by hour, then source. */
  list(from: string, to: string): readonly HourlyCount[];
}

export function createHourlyCounts(db: Db): HourlyCounts {
  const upsert = db.prepare(
    `INSERT INTO counts (hour, source, language, outcome, measure, n) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  );
  const select = db.prepare<[number, number], Omit<HourlyCount, 'hour'> & { hour: number }>(
    'SELECT * FROM counts WHERE hour >= ? AND hour < ? ORDER BY hour, source, language, outcome, measure',
  );
  const take = db.prepare(
    `UPDATE counts SET n = max(0, n - 1)
     WHERE hour = ? AND source = ? AND language = ? AND outcome = 'landed' AND measure = ?`,
  );
  return {
    tally(now) {
      const cells = new Map<string, Cell>();
      const hours = new Map<string, number>();
      const hourOf = (at: string): number => {
        // Most posts of a batch share their hour, and its text is shorter than the time's.
        const prefix = at.endsWith('Z') ? at.slice(0, 13) : at;
        let hour = hours.get(prefix);
        if (hour === undefined) {
          const time = Date.parse(at);
          hour = Math.floor((Number.isNaN(time) ? now : time) / HOUR_MS);
          hours.set(prefix, hour);
        }
        return hour;
      };
      const count = (
        hour: number,
        source: string,
        language: string,
        outcome: CountedOutcome,
        measure: Measure,
      ): void => {
        const key = `${hour} ${outcome} ${measure} ${language} ${source}`;
        const cell = cells.get(key);
        if (cell === undefined) cells.set(key, { hour, source, language, outcome, measure, n: 1 });
        else cell.n += 1;
      };
      return {
        add(source, outcome, { at, language, level, flags, incomplete }) {
          const hour = hourOf(at);
          count(hour, source, language, outcome, `level:${level}`);
          for (const flag of flags) count(hour, source, language, outcome, `flag:${flag}`);
          if (incomplete) count(hour, source, language, outcome, 'incomplete');
        },
        flush() {
          for (const { hour, source, language, outcome, measure, n } of cells.values()) {
            upsert.run(hour, source, language, outcome, measure, n);
          }
        },
      };
    },
    reread(source, before, after) {
      const hour = Math.floor(Date.parse(before.at) / HOUR_MS);
      if (Number.isNaN(hour)) return;
      const [gone, come] = [cellsOf(before), cellsOf(after)];
      for (const [key, { language, measure }] of gone) {
        if (!come.has(key)) take.run(hour, source, language, measure);
      }
      for (const [key, { language, measure }] of come) {
        if (!gone.has(key)) upsert.run(hour, source, language, 'landed', measure, 1);
      }
    },
    list(from, to) {
      return select
        .all(Math.floor(Date.parse(from) / HOUR_MS), Math.ceil(Date.parse(to) / HOUR_MS))
        .map((row) => ({ ...row, hour: new Date(row.hour * HOUR_MS).toISOString() }));
    },
  };
}

/** The cells that a post is counted in, by a key of their own. */
function cellsOf({
  language,
  level,
  flags,
  incomplete,
}: Counted): Map<string, { language: string; measure: Measure }> {
  const measures: Measure[] = [
    `level:${level}`,
    ...flags.map((flag): Measure => `flag:${flag}`),
    ...(incomplete ? (['incomplete'] as const) : []),
  ];
  return new Map(measures.map((measure) => [`${language} ${measure}`, { language, measure }]));
}
