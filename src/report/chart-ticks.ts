import { ZONES, type Zone } from '../core/user.js';
import { slotStart } from './chart-series.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const STEPS = [1, 3, 6, 12, 24, 48, 168, 336, 720, 2_160, 8_760].map((hours) => hours * HOUR_MS);

/** A label on the axis of time. */
export interface Tick {
  /** ms since the epoch */
  readonly at: number;
  readonly label: string;
}

/**
 * Labels at whole hours or days of a zone, as many as fit and no more: hours as `14.00`, days as `22 Nov`.
 *
 * @param most how many there is room for, 1 or more
 */
export function timeTicks(
  from: number,
  to: number,
  zone: Zone,
  language: 'id' | 'en',
  most: number,
): readonly Tick[] {
  if (!(to > from)) return [{ at: from, label: labelOf(from, zone, language) }];
  const step = STEPS.find((each) => (to - from) / each <= Math.max(1, most)) ?? to - from;
  const ticks: Tick[] = [];
  // From a midnight on, so that six hours fall on 00, 06, 12 and 18.
  for (let at = slotStart(from, 'day', zone); at < to && ticks.length < 1_000; at += step) {
    if (at >= from) ticks.push({ at, label: labelOf(at, zone, language) });
  }
  const [first] = ticks;
  return first === undefined ? [{ at: from, label: labelOf(from, zone, language) }] : ticks;
}

function labelOf(at: number, zone: Zone, language: 'id' | 'en'): string {
  const isMidnight = (at - slotStart(at, 'day', zone)) % DAY_MS === 0;
  return new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', {
    timeZone: ZONES[zone],
    ...(isMidnight
      ? { day: 'numeric', month: 'short' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }).format(new Date(at));
}
