/** A page of the list of narratives, filtered. */
import type { Life, Narrative } from '../core/narrative.js';
import type { NarrativeReader, NarrativeRow, StoryGlance } from '../core/narrative-ports.js';
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
/** Narratives looked through for one page. */
const MOST_LOOKED = 500;
/** Stretches of a row's small curve, over its last days. */
const CURVE_STEPS = 48;
const CURVE_STEP_MS = 2 * HOUR_MS;

/** Reads a page; a filter that finds little gives a short page with a place to go on. */
export function readStories(
  reader: Pick<NarrativeReader, 'lookThrough'>,
  { limit, after, ...filter }: StoryQuery,
): StoryPage {
  const found: StoryGlance[] = [];
  const from = filter.days === undefined ? undefined : filter.until - filter.days * DAY_MS;
  let looked = 0;
  for (const glance of reader.lookThrough(after === undefined ? {} : { before: after })) {
    // They come by when they were last seen, to the hour.
    if (from !== undefined && isBefore(glance, from - HOUR_MS)) break;
    looked++;
    if (fits(glance, filter, from) && isSeenIn(glance, filter.regions)) found.push(glance);
    if (found.length === limit || looked === MOST_LOOKED) return page(found, glance.id);
  }
  return page(found);
}

/** True of what stands where nothing later comes: what was split off may be older than the story that it stands behind. */
function isBefore({ last, place }: StoryGlance, time: number): boolean {
  return last * 1000 < time && place * HOUR_MS < time;
}

function page(found: readonly StoryGlance[], next?: string): StoryPage {
  return {
    narratives: found.map((glance) => {
      const row = glance.row();
      return { narrative: row.narrative, hours: curveOf(row), checks: row.claims.length };
    }),
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

/** The same, without asking for its places where that does not matter. */
export function isSeenIn(glance: StoryGlance, regions?: readonly string[]): boolean {
  return regions === undefined || isOf({ places: glance.places() }, regions);
}

function fits(
  glance: StoryGlance,
  { life, text = '', burst, least = 0 }: StoryFilter,
  from: number | undefined,
): boolean {
  if (glance.posts < least || (from !== undefined && glance.last * 1000 < from)) return false;
  if (life !== undefined && glance.life() !== life) return false;
  if (burst === true && glance.bursts().length === 0) return false;
  const words = text
    .toLocaleLowerCase('id')
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return true;
  const title = glance.title().toLocaleLowerCase('id');
  return words.every((word) => title.includes(word));
}
