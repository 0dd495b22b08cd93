/** The counts of a span by buckets of an hour or a day, made of as few pieces as may be. */
import { type CountReader, type HourCounts, SUMMED_HOURS, type SummedCounts } from '../core/trend-ports.js';
import type { TrendKind } from '../core/trends.js';
import { sumHours } from './key-counts.js';

/** Counts that belong to buckets: to be added there, or taken off. */
export interface Piece {
  readonly counts: HourCounts & Partial<Pick<SummedCounts, 'cuts'>>;
  readonly parts: readonly { readonly bucket: number; readonly sign: number }[];
}

const [DAY, QUARTER] = SUMMED_HOURS;

/** Hours of `kind` from `begin` up to `to`, not included, each in the bucket of its own. */
export function* hourPieces(
  store: Pick<CountReader, 'countsOf'>,
  kind: TrendKind,
  begin: number,
  to: number,
): Generator<Piece> {
  for (const { hour, counts } of store.countsOf(kind, begin, to)) {
    yield { counts, parts: [{ bucket: hour - begin, sign: 1 }] };
  }
}

/**
 * The same in buckets of a day each that begin with `begin`, whatever hour of a day that is: days added up, and where a
 * bucket begins within one, its quarters and hours moved to the bucket before. What is not kept added up is added here.
 */
export function* dayPieces(
  store: Pick<CountReader, 'countsOf' | 'summed'>,
  kind: TrendKind,
  begin: number,
  to: number,
): Generator<Piece> {
  const shift = begin % DAY;
  for (let day = begin - shift; day < to; day += DAY) {
    const bucket = (day + shift - begin) / DAY;
    const end = Math.min(DAY, to - day);
    /** Signs in the bucket before and in that which begins within the day, by hour and length. */
    const signs = new Map<string, [from: number, length: number, before: number, within: number]>();
    const move = (upTo: number, before: number, within: number): void => {
      for (const [from, length, sign] of stretchesUpTo(upTo, end === DAY)) {
        const name = `${from} ${length}`;
        const known = signs.get(name) ?? [from, length, 0, 0];
        signs.set(name, [from, length, known[2] + before * sign, known[3] + within * sign]);
      }
    };
    move(Math.min(shift, end), 1, 0);
    if (end > shift) {
      move(end, 0, 1);
      move(shift, 0, -1);
    }
    for (const [from, length, before, within] of signs.values()) {
      const parts = [
        { bucket: bucket - 1, sign: before },
        { bucket, sign: within },
      ].filter((part) => part.bucket >= 0 && part.sign !== 0);
      if (parts.length === 0) continue;
      const counts = countsOf(store, kind, day + from, length);
      if (counts !== undefined) yield { counts, parts };
    }
  }
}

/**
 * Stretches, hours of a day and lengths, that come to its first `upTo` hours.
 * @param isOver of a day that is not over, what is kept of all of it says nothing
 */
function stretchesUpTo(
  upTo: number,
  isOver: boolean,
): readonly (readonly [from: number, length: number, sign: number])[] {
  if (upTo === DAY) return [[0, DAY, 1]];
  // The quarter that ends nearest: at most three hours are added to it or taken off.
  const quarters = Math.floor((upTo + QUARTER / 2 - 1) / QUARTER);
  const edge = quarters * QUARTER;
  const hours = Array.from(
    { length: Math.abs(upTo - edge) },
    (_, i) => [Math.min(upTo, edge) + i, 1] as const,
  );
  const isBeyond = edge > upTo ? -1 : 1;
  const whole = (from: number, to: number, sign: number) =>
    Array.from({ length: to - from }, (_, i) => [(from + i) * QUARTER, QUARTER, sign] as const);
  const signed = hours.map(([from, length]) => [from, length, isBeyond] as const);
  if (!isOver || quarters <= DAY / QUARTER / 2) return [...whole(0, quarters, 1), ...signed];
  return [[0, DAY, 1], ...whole(quarters, DAY / QUARTER, -1), ...signed];
}

function countsOf(
  store: Pick<CountReader, 'countsOf' | 'summed'>,
  kind: TrendKind,
  hour: number,
  hours: number,
): Piece['counts'] | undefined {
  const kept = hours === 1 ? undefined : store.summed(kind, hour, hours);
  if (kept !== undefined) return kept;
  const counted = [...store.countsOf(kind, hour, hour + hours)];
  return hours === 1 ? counted[0]?.counts : sumHours(counted);
}
