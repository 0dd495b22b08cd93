/** The stories of a span: which there are, how they moved, and what is told of each. */
import type { BriefClarification, BriefSpan, BriefStory } from '../core/brief.js';
import type { Narrative, NarrativeDetail, NarrativeHour } from '../core/narrative.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import { maskNames, publicLink } from '../text/mask.js';
import { isOf } from './read-stories.js';

/** Stories looked at for a report, latest seen first. */
const MOST_LOOKED = 5_000;
/** Stories whose details are read: the largest of the span. */
const MOST_DETAILED = 200;
const PAGE = 500;
const MOST_EXEMPLAR_CHARS = 400;
const MOST_NOTE_CHARS = 400;
const HOUR_MS = 3_600_000;
/** Hours before and after a clarification that are compared. */
const CLARIFICATION_HOURS = 24;

type StoryPorts = Pick<NarrativeReader, 'listStories' | 'narrativeDetail'>;

/** A story with posts in the span. */
export interface StoryInSpan {
  readonly narrative: Narrative;
  readonly hours: readonly NarrativeHour[];
  readonly posts: number;
  readonly earlierPosts: number;
  readonly flagged: number;
  /** Of the largest ones. */
  readonly detail?: NarrativeDetail;
}

export interface StoriesInSpan {
  /** Most posts in the span first; stories that had posts only right before it among them. */
  readonly stories: readonly StoryInSpan[];
  /** True where there were more than could be looked at. */
  readonly more: boolean;
}

/** Every story with posts in the span or right before it. */
export function storiesIn(
  reader: StoryPorts,
  span: Pick<BriefSpan, 'from' | 'to'>,
  earlier: { readonly from: string },
  regions?: readonly string[],
): StoriesInSpan {
  const found: StoryInSpan[] = [];
  let looked = 0;
  let before: string | undefined;
  let more = false;
  for (;;) {
    const page = reader.listStories({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    looked += page.length;
    for (const row of page) {
      const { narrative, hours } = row;
      if (!isOf(row, regions)) continue;
      if (narrative.lastSeen < earlier.from || narrative.firstSeen >= span.to) continue;
      const { posts, flagged } = postsIn(hours, span.from, span.to);
      const earlierPosts = postsIn(hours, earlier.from, span.from).posts;
      if (posts + earlierPosts > 0) found.push({ narrative, hours, posts, flagged, earlierPosts });
    }
    const last = page.at(-1)?.narrative;
    // What was split from a story stands behind it, however old: newer ones may follow.
    const isOver = page.every(({ narrative }) => narrative.lastSeen < earlier.from);
    if (last === undefined || page.length < PAGE || isOver) break;
    if (looked >= MOST_LOOKED) {
      more = true;
      break;
    }
    before = last.id;
  }
  found.sort((a, b) => b.posts - a.posts || (a.narrative.id < b.narrative.id ? -1 : 1));
  const stories = found.map((story, index): StoryInSpan => {
    if (index >= MOST_DETAILED) return story;
    const detail = reader.narrativeDetail(story.narrative.id);
    return detail === undefined ? story : { ...story, detail };
  });
  return { stories, more };
}

/** Posts of the hours that begin in a span. */
export function postsIn(
  hours: readonly NarrativeHour[],
  from: string,
  to: string,
): { readonly posts: number; readonly flagged: number } {
  let posts = 0;
  let flagged = 0;
  for (const each of hours) {
    if (each.hour < from || each.hour >= to) continue;
    posts += each.posts;
    flagged += each.flagged;
  }
  return { posts, flagged };
}

/** A count of fewer posts than this in both spans says nothing of rise or fall. */
const LEAST_MOVED = 10;
/** How many standard deviations of chance two counts must be apart: one false alarm in about a hundred. */
const APART = 2.58;

/**
 * Whether a count rose or fell beyond chance against the one before it: as two Poisson counts of one rate would differ
 * (Przyborowski and Wilenski, 1940, by the normal approximation).
 */
export function movedBy(now: number, before: number): 'rose' | 'fell' | 'alike' {
  const all = now + before;
  if (all < LEAST_MOVED || Math.abs(now - before) <= APART * Math.sqrt(all)) return 'alike';
  return now > before ? 'rose' : 'fell';
}

/** A story as reports tell of it. */
export function briefStory(story: StoryInSpan, span: Pick<BriefSpan, 'from' | 'to'>): BriefStory {
  const { narrative, detail, posts, earlierPosts, flagged } = story;
  const { coordination } = narrative;
  const bursts = narrative.bursts.filter(({ at }) => at >= span.from && at < span.to);
  const [burst] = bursts.toSorted((a, b) => b.size - a.size);
  const exemplar = detail?.exemplar?.text;
  return {
    id: narrative.id,
    title: maskNames(narrative.title),
    life: narrative.life,
    posts,
    earlierPosts,
    flagged,
    allPosts: narrative.posts,
    authors: narrative.authors,
    variants: narrative.variants,
    firstSeen: narrative.firstSeen,
    lastSeen: narrative.lastSeen,
    signs: coordination.is === 'measured' ? coordination.signs : 'cannot-tell',
    bursts: bursts.length,
    ...(burst === undefined ? {} : { burst: { at: burst.at, size: burst.size, p: burst.p } }),
    ...(exemplar === undefined ? {} : { exemplar: cut(maskNames(exemplar), MOST_EXEMPLAR_CHARS) }),
    places: (detail?.places ?? []).map(({ region }) => region),
    claims: (detail?.claims ?? []).map(({ id }) => id),
  };
}

/** What was published in answer to a story within a time, oldest first, with the posts before and after. */
export function clarificationsOf(
  { narrative, detail, hours }: StoryInSpan,
  within: { readonly from: string; readonly to: string },
  now: number,
): readonly BriefClarification[] {
  return (detail?.clarifications ?? [])
    .filter(({ at }) => at >= within.from && at < within.to)
    .map((given) => {
      const { at, channel, note } = given;
      // The hour of the clarification itself is of neither side.
      const hour = Math.floor(Date.parse(at) / HOUR_MS);
      const next = hour + 1;
      const url = publicLink(given.url);
      return {
        story: narrative.id,
        storyTitle: maskNames(narrative.title),
        at,
        channel: maskNames(channel),
        ...(url === undefined ? {} : { url }),
        note: cut(maskNames(note), MOST_NOTE_CHARS),
        windowHours: CLARIFICATION_HOURS,
        before: postsIn(hours, hourText(hour - CLARIFICATION_HOURS), hourText(hour)).posts,
        after: postsIn(hours, hourText(next), hourText(next + CLARIFICATION_HOURS)).posts,
        afterHours: Math.min(CLARIFICATION_HOURS, Math.max(0, Math.floor(now / HOUR_MS) - next)),
      };
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

function hourText(hour: number): string {
  return new Date(hour * HOUR_MS).toISOString();
}

/** The text, cut between characters with an ellipsis where it is longer. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
