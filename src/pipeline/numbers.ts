import type { MEASURES, MeasureNumbers } from '../core/desk-numbers.js';
import type { Actor } from '../core/user.js';
import { type Agreement, agreementOf, type Share, standsApart, wilson } from '../triage/agreement.js';
import { dayOfHour, dayStart, firstHourOf, hourOf } from '../triage/days.js';
import {
  type Delays,
  decidedIn,
  delaysOf,
  judgedIn,
  type NumbersRow,
  rowsOf,
  type SeriesPoint,
  seriesOf,
} from '../triage/numbers.js';
import { type DeskPorts, mustMay, scopeFor } from './desk-access.js';

/** Days that the pages of numbers may look back on, today included. */
export const NUMBER_DAYS = [1, 7, 30, 90] as const;
export type NumberDays = (typeof NUMBER_DAYS)[number];

type Breakdown = Exclude<(typeof MEASURES)[number], 'arrive' | 'decide' | 'target'>;

/** What happened in some days, without an account, an item or a text in it. */
export interface NumbersView {
  readonly days: NumberDays;
  /** ISO 8601 UTC, when the first day begins. */
  readonly from: string;
  readonly now: string;
  /** ISO 8601 UTC, since when this installation counts; absent before the first post. */
  readonly countedFrom?: string;
  /** True where {@link series} goes by hours. */
  readonly hourly: boolean;
  readonly series: readonly SeriesPoint[];
  readonly landed: number;
  readonly decided: number;
  readonly outcomes: Readonly<Record<OutcomeName, number>>;
  /** Of what was judged. */
  readonly dismissed?: Share;
  readonly by: Readonly<Record<Breakdown, readonly NumbersRow[]>>;
  /** From post to desk. */
  readonly arrival?: Delays;
  /** From desk to decision. */
  readonly decision?: Delays;
}

type OutcomeName = 'violation' | 'hoax' | 'escalated' | 'dismissed' | 'duplicate' | 'outOfScope';

const NOTHING: Omit<MeasureNumbers, 'measure'> = {
  landed: 0,
  passed: 0,
  violation: 0,
  hoax: 0,
  escalated: 0,
  dismissed: 0,
  duplicate: 0,
  outOfScope: 0,
};

/**
 * The numbers of the actor's units.
 *
 * @throws DeskRefusal `forbidden`
 */
export function readNumbers(ports: DeskPorts, actor: Actor, days: NumberDays): NumbersView {
  mustMay(actor, 'numbers:read');
  const { store } = ports;
  const { measures, scope, from, to, now, span } = measured(ports, actor, days);
  const hours = store.numbers.hours(scope, firstHourOf(from), firstHourOf(to));
  const series = seriesOf(hours, from, to, hourOf(now));
  const { landed, passed: _, ...outcomes } = allOf(measures);
  const { hits, of } = judgedIn(outcomes);
  const dismissed = wilson(hits, of);
  const arrival = delaysOf(rowsOf(measures, 'arrive'), (row) => row.landed);
  const decision = delaysOf(rowsOf(measures, 'decide'), decidedIn);
  return {
    ...span,
    hourly: days <= 2,
    series,
    landed,
    decided: decidedIn(outcomes),
    outcomes,
    ...(dismissed === undefined ? {} : { dismissed }),
    by: {
      level: rowsOf(measures, 'level'),
      flag: rowsOf(measures, 'flag'),
      source: rowsOf(measures, 'source'),
      language: rowsOf(measures, 'language'),
      region: rowsOf(measures, 'region'),
    },
    ...(arrival === undefined ? {} : { arrival }),
    ...(decision === undefined ? {} : { decision }),
  };
}

/** What was said against a target, and what became of it. */
export interface TargetRow {
  /** E.g. `religion:contoh`. */
  readonly target: string;
  readonly landed: number;
  /** Of posts in which something was found against the target, the share that came to the desk; whole country only. */
  readonly flagged?: Share;
  /** Of items judged, the share dismissed. */
  readonly dismissed?: Share;
  readonly apart?: 'above' | 'below';
}

/** A lexicon entry or rule of whose hits most were dismissed. */
export interface DoubtedRule {
  readonly rule: string;
  readonly dismissed: Share;
}

/** How evenly the machine flags and people decide. */
export interface NeutralityView {
  readonly days: NumberDays;
  readonly from: string;
  readonly now: string;
  readonly countedFrom?: string;
  /** Protected groups; then political camps and institutions, of which criticism is no violation. */
  readonly groups: readonly TargetRow[];
  readonly camps: readonly TargetRow[];
  /** Share dismissed of everything judged. */
  readonly dismissed?: Share;
  readonly agreement?: Agreement;
  /** How often the first and the second reviewer gave which verdicts. */
  readonly pairs: readonly { readonly first: string; readonly second: string; readonly n: number }[];
  readonly rules: readonly DoubtedRule[];
  /** Rules with enough decisions to be looked at. */
  readonly rulesLooked: number;
}

/** Decisions from which a rule is looked at. */
export const LEAST_RULE_DECISIONS = 10;
const MOST_PAIRS = 5_000;
const MOST_RULES = 50;
const POLITICAL = new Set(['camp', 'institution']);

/**
 * What can be measured of neutrality in the actor's units.
 *
 * @throws DeskRefusal `forbidden`
 */
export function readNeutrality(ports: DeskPorts, actor: Actor, days: NumberDays): NeutralityView {
  mustMay(actor, 'neutrality:read');
  const { store } = ports;
  const { measures, scope, from, span } = measured(ports, actor, days);
  const whole = judgedIn(allOf(measures));
  const dismissed = wilson(whole.hits, whole.of);
  const targets = rowsOf(measures, 'target').map((row): TargetRow => {
    const judged = judgedIn(row);
    const share = wilson(judged.hits, judged.of);
    const apart = standsApart(judged, whole);
    const flagged = scope === 'all' ? wilson(row.landed, row.landed + row.passed) : undefined;
    return {
      target: row.key,
      landed: row.landed,
      ...(flagged === undefined ? {} : { flagged }),
      ...(share === undefined ? {} : { dismissed: share }),
      ...(apart === undefined ? {} : { apart }),
    };
  });
  const isPolitical = ({ target }: TargetRow): boolean => POLITICAL.has(target.split(':')[0] ?? '');
  const pairs = store.numbers.blindPairs(scope, dayStart(from), MOST_PAIRS);
  const agreement = agreementOf(pairs.map(({ first, second }) => [first, second] as const));
  const looked = store.numbers.rules(from, LEAST_RULE_DECISIONS);
  return {
    ...span,
    groups: targets.filter((row) => !isPolitical(row)),
    camps: targets.filter(isPolitical),
    ...(dismissed === undefined ? {} : { dismissed }),
    ...(agreement === undefined ? {} : { agreement }),
    pairs: countPairs(pairs),
    rules: looked
      .flatMap(({ rule, upheld, dismissed: hits }) => {
        const share = wilson(hits, upheld + hits);
        return share === undefined || share.share <= 0.5 ? [] : [{ rule, dismissed: share }];
      })
      .sort((a, b) => b.dismissed.low - a.dismissed.low)
      .slice(0, MOST_RULES),
    rulesLooked: looked.length,
  };
}

function countPairs(pairs: readonly { readonly first: string; readonly second: string }[]) {
  const counts = new Map<string, { first: string; second: string; n: number }>();
  for (const { first, second } of pairs) {
    const key = `${first} ${second}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { first, second, n: 1 });
    else known.n += 1;
  }
  return [...counts.values()];
}

/** What was measured of the actor's units in the days, and the days as a view tells of them. */
function measured(ports: DeskPorts, actor: Actor, days: NumberDays) {
  const { store, clock } = ports;
  const { now, from, to } = daysBack(clock.now(), days);
  const scope = scopeFor(ports, actor);
  const first = store.numbers.firstHour();
  const span = {
    days,
    from: iso(dayStart(from)),
    now: iso(now),
    ...(first === undefined ? {} : { countedFrom: iso(first * 3_600_000) }),
  };
  return { measures: store.numbers.measures(scope, from, to), scope, from, to, now, span };
}

/** The sums of everything. */
function allOf(measures: readonly MeasureNumbers[]): Omit<MeasureNumbers, 'measure'> {
  const found = measures.find(({ measure }) => measure === '');
  if (found === undefined) return NOTHING;
  const { measure: _, ...sums } = found;
  return sums;
}

/** The days, today included, up to and without tomorrow. */
function daysBack(now: number, days: NumberDays): { now: number; from: number; to: number } {
  const to = dayOfHour(hourOf(now)) + 1;
  return { now, from: to - days, to };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
