import type { NarrativeReader, NarrativeRow } from '../../src/core/narrative-ports.js';

const HOUR = 3_600_000;

/** Rows of a list as pages look through them, latest seen first. */
export function lookThrough(rows: readonly NarrativeRow[]): NarrativeReader['lookThrough'] {
  return function* ({ before } = {}) {
    const from = before === undefined ? 0 : rows.findIndex(({ narrative }) => narrative.id === before) + 1;
    for (const row of rows.slice(from)) {
      const { id, firstSeen, lastSeen, posts, title, life, bursts } = row.narrative;
      const last = Date.parse(lastSeen);
      yield {
        id,
        first: Date.parse(firstSeen) / 1000,
        last: last / 1000,
        place: Math.floor(last / HOUR),
        posts,
        hours: Object.fromEntries(
          row.hours.map(({ hour, posts: n, flagged }) => [Date.parse(hour) / HOUR, [n, flagged]]),
        ),
        claims: () => row.claims,
        places: () => row.places,
        title: () => title,
        life: () => life,
        bursts: () => bursts,
        row: () => row,
      };
    }
  };
}
