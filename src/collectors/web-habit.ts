import type { Cursor } from '../core/collector-ports.js';
import type { ParsedPage, WebField } from './web-parse.js';

/** What a source's first page has always had, kept in its cursor: readings in a row in which a selector found something. */
export type WebHabit = Readonly<Record<string, number>>;

/** After as many readings something is a habit. */
const HABITUAL = 3;
/** Of fewer items nothing can be said. */
const ENOUGH_ITEMS = 3;

/** The habit that a cursor keeps, as far as it can be understood. */
export function habitOf(cursor: Cursor | undefined): WebHabit {
  const kept = cursor?.habit;
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept)
      .filter(([, count]) => typeof count === 'number')
      .slice(0, 10),
  );
}

/** The habit with one more reading. */
export function habitAfter(habit: WebHabit, page: Pick<ParsedPage, 'found' | 'items'>): WebHabit {
  if (page.items < ENOUGH_ITEMS) return habit;
  return Object.fromEntries(
    [...page.found].map(([field, count]) => [field, count > 0 ? Math.min(100, (habit[field] ?? 0) + 1) : 0]),
  );
}

/** What a page lacks that it always had: its markup changed, though items are found. Nothing where it lacks nothing. */
export function brokenHabit(habit: WebHabit, page: Pick<ParsedPage, 'found' | 'items'>): string | undefined {
  if (page.items < ENOUGH_ITEMS) return undefined;
  const lost = [...page.found]
    .filter(([field, count]) => count === 0 && (habit[field] ?? 0) >= HABITUAL)
    .map(([field]: readonly [WebField, number]) => `selectors.${field}`);
  if (lost.length === 0) return undefined;
  return `${lost.join(' and ')} found something in every reading before, and now nothing in ${page.items} items`;
}
