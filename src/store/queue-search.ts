import type { QueueFilter, QueuePosition } from '../core/desk-ports.js';
import { boundsOf, type Found, type QueueWalk, storedState } from './queue-walk.js';
import type { TextSearch } from './search-reading.js';
import type { Db } from './sqlite.js';

/** How much a search may look at. */
export interface SearchLimits {
  /** Posts that the trigrams find, up to which their items are put in order one by one. */
  readonly named: number;
  /** Up to which it is known of each post of the queue whether it is among them. */
  readonly members: number;
  /** Of the latest {@link sample} posts, from how many on a word is so common that texts are read straight away. */
  readonly common: number;
  readonly sample: number;
  /** Items of the queue looked at for {@link members}. */
  readonly walked: number;
  /** Texts of the queue read where there are more than {@link members}. */
  readonly texts: number;
  /** Items looked at at a time. */
  readonly piece: number;
}

/*
 * With 1,000,000 items and 2.5 GHz: to name 5,000 posts and order their items takes 15 ms, to learn of 60,000 posts 10 to
 * 20, to walk 8,000 items 15, to read 3,000 texts 8.
 */
export const SEARCH_LIMITS: SearchLimits = {
  named: 5_000,
  members: 60_000,
  common: 1_000,
  sample: 20_000,
  walked: 8_000,
  texts: 3_000,
  piece: 1_000,
};

/** Finds places of a filter whose texts hold the words of a search, in the queue's order; bounded, however common they are. */
export type QueueSearch = (
  filter: QueueFilter,
  search: TextSearch,
  after: QueuePosition,
  limit: number,
  now: number,
) => Found;

export function createQueueSearch(db: Db, queue: QueueWalk, limits: SearchLimits): QueueSearch {
  const textsOf = db.prepare<[string], { number: number; text: string }>(
    'SELECT i.number, p.text FROM json_each(?) j CROSS JOIN items i ON i.number = j.value JOIN posts p ON p.id = i.shown',
  );
  const shownOf = db.prepare<[string], { number: number; shown: number }>(
    'SELECT i.number, i.shown FROM json_each(?) j CROSS JOIN items i ON i.number = j.value',
  );

  const matching = (places: readonly QueuePosition[], search: TextSearch): readonly QueuePosition[] => {
    if (places.length === 0) return places;
    const read = new Map(textsOf.all(numbersOf(places)).map(({ number, text }) => [number, text]));
    return places.filter(({ number }) => search.matches(read.get(number) ?? ''));
  };

  /** Items that show one of these posts, in order, their texts read only as far as needed. */
  const among: (posts: readonly number[], ...asked: Parameters<QueueSearch>) => Found = (
    posts,
    filter,
    search,
    after,
    limit,
    now,
  ) => {
    const { least, before } = boundsOf(filter, after);
    const { sql, values } = queue.conditionsOf(filter);
    const conditions = ['shown = c.post', 'state = ?', ...sql];
    const isClaimed = filter.state === 'claimed';
    if (filter.stage !== undefined) conditions.push(`stage = '${filter.stage}'`);
    if (isClaimed) conditions.push('number IN (SELECT item FROM item_claims WHERE until > ?)');
    const places = queue
      .statement(
        `SELECT priority, number
         FROM (SELECT p.id AS post, p.item FROM json_each(?) j CROSS JOIN posts p ON p.id = j.value) c
           CROSS JOIN items ON items.number = c.item
         WHERE ${conditions.join(' AND ')} AND priority >= ? AND (priority, number) < (?, ?)
         ORDER BY priority DESC, number DESC`,
      )
      .all(
        JSON.stringify(posts),
        storedState(filter),
        ...values,
        ...(isClaimed ? [now] : []),
        ...[least, before.priority, before.number],
      ) as QueuePosition[];
    const found: QueuePosition[] = [];
    for (let at = 0; at < places.length && found.length < limit; at += limits.piece) {
      found.push(...matching(places.slice(at, at + limits.piece), search));
    }
    return { found: found.slice(0, limit) };
  };

  /** The queue in its order, of which what may match is kept, until there is enough or `most` was looked at. */
  const along = (
    mayMatch: (places: readonly QueuePosition[]) => readonly QueuePosition[],
    most: number,
    ...[filter, search, after, limit, now]: Parameters<QueueSearch>
  ): Found => {
    const found: QueuePosition[] = [];
    const size = Math.min(limits.piece, most);
    let place = after;
    for (let looked = 0; looked < most; looked += size) {
      const piece = queue.walk(filter, place, size, now);
      found.push(...matching(mayMatch(piece.found), search));
      if (found.length >= limit) return { found: found.slice(0, limit) };
      const last = piece.found.length === size ? piece.found.at(-1) : piece.stopped;
      if (last === undefined) return { found };
      place = last;
    }
    return { found, stopped: place };
  };

  return (...asked) => {
    const [, search] = asked;
    const few = search.candidates(limits.named);
    if (few !== undefined) return among(few, ...asked);
    const known = search.isCommon(limits.sample, limits.common)
      ? undefined
      : search.candidates(limits.members);
    if (known === undefined) return along((places) => places, limits.texts, ...asked);
    const members = setOf(known);
    const isMember = (places: readonly QueuePosition[]): readonly QueuePosition[] => {
      const shown = new Map(shownOf.all(numbersOf(places)).map((row) => [row.number, row.shown]));
      return places.filter(({ number }) => members(shown.get(number) ?? 0));
    };
    return along(isMember, limits.walked, ...asked);
  };
}

function numbersOf(places: readonly QueuePosition[]): string {
  return JSON.stringify(places.map(({ number }) => number));
}

/** True for one of these numbers; a bit each, since there are many and they are close. */
function setOf(numbers: readonly number[]): (number: number) => boolean {
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  const bits = new Uint8Array((most >> 3) + 1);
  for (const number of numbers) bits[number >> 3]! |= 1 << (number & 7);
  return (number) => number <= most && (bits[number >> 3]! & (1 << (number & 7))) !== 0;
}
