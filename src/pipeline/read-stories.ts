/** A page of the list of narratives, filtered. */
import type { Life, Narrative } from '../core/narrative.js';
import type { NarrativeReader, NarrativeRow } from '../core/narrative-ports.js';
import { coversRegion } from '../core/region.js';

/** What of the narratives is asked for. */
export interface StoryFilter {
  readonly life?: Life;
  /** Last seen in so many days before the end of what is known. */
  readonly days?: number;
  /** Words that all stand in the title, whatever their case; at most 200 characters. */
  readonly text?: string;
  /** Of so many posts at least. */
  readonly least?: number;
  /** Only those with a burst. */
  readonly burst?: boolean;
  /** Only those with posts known to be of these regions, by code. */
  readonly regions?: readonly string[];
}

export interface StoryQuery extends StoryFilter {
  /** 1..100 */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
  /** ms since the epoch, which {@link days} are counted back from. */
  readonly until: number;
}

/** Latest seen first. */
export interface StoryPage {
  readonly narratives: readonly {
    readonly narrative: Narrative;
    readonly hours: readonly number[];
    /** Published fact-checks that its posts match. */
    readonly checks: number;
  }[];
  /** Where the next page begins. A page may be short and still go on: the work for one is bounded. */
  readonly next?: string;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CHUNK = 100;
/** Narratives looked through for one page. */
const MOST_LOOKED = 500;
/** Stretches of a row's small curve, over its last days. */
const CURVE_STEPS = 48;
const CURVE_STEP_MS = 2 * HOUR_MS;

/** Reads a page; a filter that finds little gives a short page with a place to go on. */
export function readStories(
  reader: Pick<NarrativeReader, 'listStories'>,
  { limit, after, ...filter }: StoryQuery,
): StoryPage {
  const found: NarrativeRow[] = [];
  const from = filter.days === undefined ? undefined : iso(filter.until - filter.days * DAY_MS);
  let before = after;
  for (let looked = 0; looked < MOST_LOOKED; looked += CHUNK) {
    const chunk = reader.listStories({ limit: CHUNK, ...(before === undefined ? {} : { before }) });
    for (const row of chunk) {
      const { narrative } = row;
      // They come by when they were last seen, to the hour.
      if (from !== undefined && narrative.lastSeen < iso(Date.parse(from) - HOUR_MS)) return page(found);
      before = narrative.id;
      if (fits(narrative, filter, from) && isOf(row, filter.regions)) found.push(row);
      if (found.length === limit) return page(found, before);
    }
    if (chunk.length < CHUNK) return page(found);
  }
  return page(found, before);
}

function page(found: readonly NarrativeRow[], next?: string): StoryPage {
  return {
    narratives: found.map((row) => ({
      narrative: row.narrative,
      hours: curveOf(row),
      checks: row.claims.length,
    })),
    ...(next === undefined ? {} : { next }),
  };
}

function curveOf({ narrative, hours }: NarrativeRow): readonly number[] {
  const end = Date.parse(narrative.lastSeen);
  const steps = new Array<number>(CURVE_STEPS).fill(0);
  for (const { hour, posts } of hours) {
    const back = Math.floor((end - Date.parse(hour)) / CURVE_STEP_MS);
    if (back >= 0 && back < CURVE_STEPS) steps[CURVE_STEPS - 1 - back]! += posts;
  }
  return steps;
}

/** True of a story of these regions; without any, of every one. */
export function isOf({ places }: Pick<NarrativeRow, 'places'>, regions?: readonly string[]): boolean {
  return regions === undefined || places.some((code) => coversRegion(regions, code));
}

function fits(
  narrative: Narrative,
  { life, text, burst, least = 0 }: StoryFilter,
  from: string | undefined,
): boolean {
  if ((life !== undefined && narrative.life !== life) || narrative.posts < least) return false;
  if (from !== undefined && narrative.lastSeen < from) return false;
  if (burst === true && narrative.bursts.length === 0) return false;
  const title = narrative.title.toLocaleLowerCase('id');
  return (text ?? '')
    .toLocaleLowerCase('id')
    .split(/\s+/)
    .every((word) => title.includes(word));
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
