/** Numbers and times as readers of a report write them. */

import { ZONES, type Zone } from '../core/user.js';
import { TO_THE_MINUTE } from '../words/figures.js';
import type { Cell } from './report-document.js';

export interface BriefFigures {
  number(n: number): string;
  /** A number as a cell. */
  count(n: number): Cell;
  /** 0..1 as a percentage. */
  share(part: number): string;
  /** `22 November 2026` of `2026-11-22`. */
  day(day: string): string;
  /** `22 Nov 2026 14.05 WIB` of ISO 8601. */
  time(iso: string): string;
  /** The same for tables: `22 Nov 14.05`, with the year where it is not the report's. */
  moment(iso: string): string;
}

/** @param year of the report's end, in the zone */
export function figuresFor(language: 'id' | 'en', zone: Zone, year: string): BriefFigures {
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const days = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'long' });
  const times = new Intl.DateTimeFormat(locale, { timeZone: ZONES[zone], ...TO_THE_MINUTE });
  const moments = new Intl.DateTimeFormat(locale, {
    timeZone: ZONES[zone],
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const years = new Intl.DateTimeFormat('en', { timeZone: ZONES[zone], year: 'numeric' });
  return {
    number: (n) => numbers.format(n),
    // A spreadsheet shows a value as it is.
    count: (n) => ({ value: Math.round(n * 100) / 100, text: numbers.format(n) }),
    share: (part) => (part > 0 && part < 0.005 ? `< ${shares.format(0.01)}` : shares.format(part)),
    day: (day) => days.format(new Date(`${day}T00:00:00Z`)),
    time(iso) {
      const at = new Date(iso);
      return Number.isNaN(at.getTime()) ? iso : `${times.format(at).replace(' pukul', '')} ${zone}`;
    },
    moment(iso) {
      const at = new Date(iso);
      if (Number.isNaN(at.getTime())) return iso;
      const format = years.format(at) === year ? moments : times;
      return format.format(at).replace(' pukul', '').replace(',', '');
    },
  };
}
