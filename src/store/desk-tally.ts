import type { Statement } from 'better-sqlite3';
import { CATEGORIES, LEVELS } from '../core/assessment.js';
import type { PassedPost, ScoredPost } from '../core/batch.js';
import { COUNTED_OUTCOMES, type CountedOutcome } from '../core/desk-numbers.js';
import { regionOfItem } from '../core/region.js';
import type { ReviewAct, Verdict } from '../core/review.js';
import { dayOfHour, firstHourOf, hourOf, weekOfDay } from '../triage/days.js';
import { delayClass } from '../triage/delays.js';
import { CATEGORY_BIT, carriedRegion } from './items.js';
import type { Db } from './sqlite.js';

const DAY_MS = 86_400_000;
/** Days that sums are kept. */
const KEPT_DAYS = 400;
/** Targets of one post that are counted. */
const MOST_TARGETS = 8;
const EVERYWHERE = '*';

/** Counts what lands, by transaction: added up in memory, so that a batch costs a few statements. */
export interface LandingTally {
  add(scored: ScoredPost): void;
  pass(post: Pick<PassedPost, 'targets'>): void;
  /** Writes what was added, within the caller's transaction. */
  flush(): void;
}

/** The writing side of core/desk-numbers.ts; callers hold the transaction. */
export interface DeskTally {
  landing(now: number): LandingTally;
  /** Counts what an event decided, or takes back what an undone one had counted. Called after it is in the store. */
  event(item: number, act: ReviewAct, at: number, seq: number): void;
  /**
   * Does `change`, which has an item read otherwise, and moves what was counted of it by level, flags, language, targets and
   * rules to where it belongs now: its landing and the decisions on it that stand, each on its own day.
   */
  reread(item: number, change: () => void): void;
  /** Removes what is past its time; rows. */
  purge(now: number): number;
}

interface ItemRow {
  readonly level: number;
  readonly flags: number;
  readonly source: string;
  readonly language: string;
  readonly region: string | null;
  readonly unit: string | null;
  readonly landed_at: number;
  readonly targets: string | null;
}

type Column = 'landed' | 'passed' | CountedOutcome;
type Upserts = Readonly<Record<Column, Statement<(string | number)[]>>>;

const OUTCOME_OF: Readonly<Record<Verdict['kind'], CountedOutcome>> = {
  violation: 'violation',
  hoax: 'hoax',
  'not-a-violation': 'dismissed',
  duplicate: 'duplicate',
  'out-of-scope': 'outOfScope',
};

/** What of an act counts as a decision. */
function outcomeOf(act: ReviewAct): CountedOutcome | undefined {
  if (act.kind === 'decided') return OUTCOME_OF[act.verdict.kind];
  return act.kind === 'escalation-approved' ? 'escalated' : undefined;
}

export function createDeskTally(db: Db): DeskTally {
  const columns: readonly Column[] = ['landed', 'passed', ...COUNTED_OUTCOMES];
  // Sums do not fall below zero, whatever order an undo and a purge come in.
  const added = (column: Column): string => `${column} = max(0, ${column} + excluded.${column})`;
  const upserts = (table: string, key: string): Upserts =>
    Object.fromEntries(
      columns
        .filter((column) => table === 'desk_days' || column !== 'passed')
        .map((column) => [
          column,
          db.prepare<(string | number)[]>(
            `INSERT INTO ${table} (${key}, ${column}) VALUES (${key.replaceAll(/\w+/g, '?')}, ?)
             ON CONFLICT DO UPDATE SET ${added(column)}`,
          ),
        ]),
    ) as Upserts;
  const addHour = upserts('desk_hours', 'region, hour');
  const addDay = upserts('desk_days', 'region, day, measure');
  const addRule = db.prepare(
    `INSERT INTO desk_rules (week, rule, upheld, dismissed) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET upheld = max(0, upheld + excluded.upheld), dismissed = max(0, dismissed + excluded.dismissed)`,
  );
  const find = db.prepare<[number], ItemRow>(
    `SELECT i.level, i.flags, i.source, i.language, i.region, i.unit, i.landed_at, p.assessment ->> '$.targets' AS targets
     FROM items i JOIN posts p ON p.id = i.shown WHERE i.number = ?`,
  );
  const rulesOf = db
    .prepare<[number], string>(
      `SELECT DISTINCT f.rule FROM items i JOIN findings f ON f.post = i.shown
       WHERE i.number = ? AND f.category IN (${CATEGORIES.map((category) => `'${category}'`).join(', ')})`,
    )
    .pluck();
  // One undo at most goes back from here, over notes and hand-overs between.
  const undone = db.prepare<[number, number], { at: string; details: string }>(
    `SELECT at, details FROM review_events
     WHERE item = ? AND seq < ? AND kind IN ('decided', 'second-opinion-asked', 'escalation-proposed')
     ORDER BY seq DESC LIMIT 1`,
  );
  const standing = createStanding(db);
  const isKept = db
    .prepare<[string, number], number>(
      `SELECT 1 FROM desk_days WHERE region = ? AND day = ? AND measure = ''`,
    )
    .pluck();
  const takeDay = Object.fromEntries(
    columns.map((column) => [
      column,
      db.prepare<[string, number, string]>(
        `UPDATE desk_days SET ${column} = max(0, ${column} - 1) WHERE region = ? AND day = ? AND measure = ?`,
      ),
    ]),
  ) as Readonly<Record<Column, Statement<[string, number, string]>>>;
  const takeRule = db.prepare(
    `UPDATE desk_rules SET upheld = max(0, upheld - ?), dismissed = max(0, dismissed - ?) WHERE week = ? AND rule = ?`,
  );

  /** What of an item's sums follows from how it reads. */
  const readingOf = (item: number) => {
    const row = find.get(item);
    if (row === undefined) return undefined;
    const { level, flags, language, targets } = row;
    const measures = new Set([
      `level:${LEVELS[level] ?? 'none'}`,
      ...CATEGORIES.filter((category) => (flags & CATEGORY_BIT[category]) !== 0).map(
        (flag) => `flag:${flag}`,
      ),
      `language:${language}`,
      ...targetMeasures(targets === null ? [] : (JSON.parse(targets) as string[])),
    ]);
    return { row, measures, rules: new Set(rulesOf.all(item)) };
  };

  /** Moves one count of a day, and of its place, between measures; what was purged stays gone. */
  const move = (where: string, day: number, column: Column, gone: string[], come: string[]): void => {
    if (isKept.get(where, day) === undefined) return;
    for (const measure of gone) takeDay[column].run(where, day, measure);
    for (const measure of come) addDay[column].run(where, day, measure, 1);
  };

  const oldHours = db.prepare('DELETE FROM desk_hours WHERE hour < ?');
  const oldDays = db.prepare('DELETE FROM desk_days WHERE day < ?');
  const oldRules = db.prepare('DELETE FROM desk_rules WHERE week < ?');

  const decided = (item: number, outcome: CountedOutcome, at: number, sign: 1 | -1): void => {
    const row = find.get(item);
    if (row === undefined) return;
    const hour = hourOf(at);
    const day = dayOfHour(hour);
    const { level, flags, source, language, region, unit, landed_at, targets } = row;
    const own = unit === null ? (region ?? '') : `unit:${unit}`;
    const shownOwn = unit === null ? shownRegion(own) : own;
    const measures = [
      '',
      `level:${LEVELS[level] ?? 'none'}`,
      ...CATEGORIES.filter((category) => (flags & CATEGORY_BIT[category]) !== 0).map(
        (flag) => `flag:${flag}`,
      ),
      `source:${source}`,
      `language:${language}`,
      ...targetMeasures(targets === null ? [] : (JSON.parse(targets) as string[])),
      `decide:${delayClass((at - landed_at) / 1_000)}`,
    ];
    for (const [where, shown] of [
      [EVERYWHERE, provinceOf(region)],
      [own, shownOwn],
    ] as const) {
      addHour[outcome].run(where, hour, sign);
      for (const measure of measures) addDay[outcome].run(where, day, measure, sign);
      addDay[outcome].run(where, day, `region:${shown}`, sign);
    }
    const upheld = outcome === 'violation' || outcome === 'hoax' || outcome === 'escalated';
    if (!upheld && outcome !== 'dismissed') return;
    for (const rule of rulesOf.all(item)) {
      addRule.run(weekOfDay(day), rule, upheld ? sign : 0, upheld ? 0 : sign);
    }
  };

  return {
    landing(now) {
      const hour = hourOf(now);
      const day = dayOfHour(hour);
      const hours = new Map<string, number>();
      const days = new Map<
        string,
        { where: string; measure: string; column: 'landed' | 'passed'; n: number }
      >();
      const count = (where: string, measure: string, column: 'landed' | 'passed'): void => {
        const key = `${column} ${where} ${measure}`;
        const cell = days.get(key);
        if (cell === undefined) days.set(key, { where, measure, column, n: 1 });
        else cell.n += 1;
      };
      return {
        add(scored) {
          const { post, assessment } = scored;
          const { level, flags, language, targets } = assessment;
          const own = carriedRegion(scored) ?? '';
          const postedAt = Date.parse(post.createdAt ?? '');
          const measures = [
            '',
            `level:${level}`,
            ...flags.map((flag) => `flag:${flag}`),
            `source:${post.source}`,
            `language:${language.code}`,
            ...targetMeasures(targets),
            ...(Number.isNaN(postedAt) ? [] : [`arrive:${delayClass((now - postedAt) / 1_000)}`]),
          ];
          for (const [where, shown] of [
            [EVERYWHERE, provinceOf(own)],
            [own, shownRegion(own)],
          ] as const) {
            hours.set(where, (hours.get(where) ?? 0) + 1);
            for (const measure of measures) count(where, measure, 'landed');
            count(where, `region:${shown}`, 'landed');
          }
        },
        pass({ targets = [] }) {
          count(EVERYWHERE, '', 'passed');
          for (const measure of targetMeasures(targets)) count(EVERYWHERE, measure, 'passed');
        },
        flush() {
          for (const [where, n] of hours) addHour.landed.run(where, hour, n);
          for (const { where, measure, column, n } of days.values())
            addDay[column].run(where, day, measure, n);
        },
      };
    },
    event(item, act, at, seq) {
      if (act.kind === 'undone') {
        const row = undone.get(item, seq);
        const outcome = row && outcomeOf(JSON.parse(row.details) as ReviewAct);
        if (row !== undefined && outcome !== undefined) decided(item, outcome, Date.parse(row.at), -1);
        return;
      }
      const outcome = outcomeOf(act);
      if (outcome !== undefined) decided(item, outcome, at, 1);
    },
    reread(item, change) {
      const before = readingOf(item);
      change();
      const after = readingOf(item);
      if (before === undefined || after === undefined) return;
      const gone = [...before.measures].filter((measure) => !after.measures.has(measure));
      const come = [...after.measures].filter((measure) => !before.measures.has(measure));
      const { region, unit, landed_at } = after.row;
      const landedOn = dayOfHour(hourOf(landed_at));
      for (const where of [EVERYWHERE, region ?? '']) move(where, landedOn, 'landed', gone, come);
      for (const { outcome, at } of standing(item)) {
        const day = dayOfHour(hourOf(at));
        const own = unit === null ? (region ?? '') : `unit:${unit}`;
        for (const where of [EVERYWHERE, own]) move(where, day, outcome, gone, come);
        const upheld = outcome === 'violation' || outcome === 'hoax' || outcome === 'escalated';
        if ((!upheld && outcome !== 'dismissed') || isKept.get(EVERYWHERE, day) === undefined) continue;
        const [up, down] = upheld ? [1, 0] : [0, 1];
        const week = weekOfDay(day);
        for (const rule of before.rules) if (!after.rules.has(rule)) takeRule.run(up, down, week, rule);
        for (const rule of after.rules) if (!before.rules.has(rule)) addRule.run(week, rule, up, down);
      }
    },
    purge(now) {
      const day = dayOfHour(hourOf(now - KEPT_DAYS * DAY_MS));
      return (
        oldHours.run(firstHourOf(day)).changes +
        oldDays.run(day).changes +
        oldRules.run(weekOfDay(day)).changes
      );
    },
  };
}

/** Decisions on an item that were counted and not taken back, as {@link DeskTally.event} counts them. */
function createStanding(db: Db): (item: number) => readonly { outcome: CountedOutcome; at: number }[] {
  const events = db.prepare<[number], { at: string; kind: string; details: string }>(
    `SELECT at, kind, details FROM review_events WHERE item = ?
       AND kind IN ('decided', 'second-opinion-asked', 'escalation-proposed', 'escalation-approved', 'undone')
     ORDER BY seq`,
  );
  return (item) => {
    const kept: { outcome: CountedOutcome | undefined; at: number; undoable: boolean }[] = [];
    for (const { at, kind, details } of events.all(item)) {
      if (kind === 'undone') {
        const last = kept.findLastIndex(({ undoable }) => undoable);
        if (last >= 0) kept.splice(last, 1);
        continue;
      }
      const outcome = outcomeOf(JSON.parse(details) as ReviewAct);
      kept.push({ outcome, at: Date.parse(at), undoable: kind !== 'escalation-approved' });
    }
    return kept.flatMap(({ outcome, at }) => (outcome === undefined ? [] : [{ outcome, at }]));
  };
}

function targetMeasures(targets: readonly string[]): string[] {
  return targets.slice(0, MOST_TARGETS).map((target) => `target:${target}`);
}

/** `32` of `32.73`: a table over the whole country has provinces. */
function provinceOf(region: string | null): string {
  return shownRegion(region).split('.')[0] ?? '';
}

/** Counted under one code, whether the source's setting or the text gave it. */
function shownRegion(region: string | null): string {
  return regionOfItem(region)?.code ?? '';
}
