import type {
  Brief,
  BriefDetail,
  BriefLimit,
  BriefRegion,
  BriefRequest,
  BriefSource,
  BriefSpan,
  BriefStory,
  BriefTrend,
} from '../core/brief.js';
import type { Claim } from '../core/claim.js';
import { CannotRunError } from '../core/errors.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import type { Clock } from '../core/ports.js';
import type { SourceFacts } from '../core/source.js';
import type { TimeSpan, TrendReader } from '../core/trends.js';
import { LEAST_POSTS } from '../narrative/facts.js';
import { maskHost, maskNames } from '../text/mask.js';
import { type CountRow, countsOf, countsWithin, hoursOf } from './brief-counts.js';
import { hoaxesOf } from './brief-hoaxes.js';
import { literacyPoints } from './brief-points.js';
import { named, provincesOf, regionsOf } from './brief-regions.js';
import { coverageOf } from './brief-sources.js';
import { dayIn, spanAround, spanOfDays } from './brief-span.js';
import { briefStory, clarificationsOf, cut, movedBy, type StoryInSpan, storiesIn } from './brief-stories.js';

/** What a report is gathered from. */
export interface BriefPorts {
  readonly narratives: Pick<NarrativeReader, 'narrative' | 'listStories' | 'narrativeDetail'>;
  readonly trends: Pick<TrendReader, 'top' | 'rising' | 'falling' | 'totalsOf'>;
  /** Published fact-checks. */
  claims(): readonly Claim[];
  /** Counts of everything, `from <= hour < to`. */
  counts(from: string, to: string): readonly CountRow[];
  /** Each configured source with what is known of it. */
  sources(): readonly { readonly source: string; readonly facts: SourceFacts }[];
  /** Name of a province or regency. */
  regionName(code: string): string | undefined;
  /** Name of a watched topic. */
  topicName(id: string): string | undefined;
  readonly clock: Pick<Clock, 'now'>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_SHOWN = 10;
const MOST_TRENDS = 5;
const MOST_VARIANTS = 10;
const MOST_VARIANT_CHARS = 400;
const MOST_TERMS = 20;
/** Days before a span whose clarifications are still told of. */
const CLARIFIED_BEFORE_MS = 3 * DAY_MS;

/**
 * Gathers a report.
 *
 * @throws CannotRunError `bad-date`, `no-narrative`
 */
export function gatherBrief(ports: BriefPorts, request: BriefRequest): Brief {
  if (request.kind === 'narrative') return ofStory(ports, request);
  const now = ports.clock.now();
  const days = request.kind === 'weekly' ? 7 : 1;
  // Without a date: the last day that is over.
  const span = spanOfDays(request.date ?? dayIn(now - DAY_MS, request.zone), days, request.zone);
  const earlier = rightBefore(span);
  const { unit } = request;
  const { stories, more } = storiesIn(ports.narratives, span, earlier, unit?.regions);
  const rose: BriefStory[] = [];
  const fell: BriefStory[] = [];
  const fresh: BriefStory[] = [];
  for (const story of stories) {
    const told = briefStory(story, span);
    if (story.posts > 0 && story.narrative.firstSeen >= span.from) {
      // One of few posts that has no phrase yet tells a reader nothing.
      if (story.posts >= LEAST_POSTS && (told.title !== '' || told.bursts > 0)) fresh.push(told);
    } else {
      const moved = movedBy(story.posts, story.earlierPosts);
      if (moved === 'rose') rose.push(told);
      if (moved === 'fell') fell.push(told);
    }
  }
  fell.sort((a, b) => b.earlierPosts - a.earlierPosts || (a.id < b.id ? -1 : 1));
  const shown = {
    rose: rose.slice(0, MOST_SHOWN),
    fell: fell.slice(0, MOST_SHOWN),
    fresh: fresh.slice(0, MOST_SHOWN),
  };
  const counts =
    unit === undefined ? countsOf(ports, span, earlier) : countsWithin(ports, unit.regions, span, earlier);
  const hoaxes = hoaxesOf(ports.claims(), stories, span);
  const sources = coverageOf(ports, span, now);
  const regions = regionsOf(ports, span, unit?.regions);
  return {
    schema: 'ronda-brief/1',
    kind: request.kind,
    madeAt: new Date(now).toISOString(),
    span,
    ...(unit === undefined ? {} : { unit }),
    earlier,
    ...counts,
    ...shown,
    stories: stories.filter(({ posts }) => posts > 0).length,
    trends: unit === undefined ? trendsOf(ports, span) : [],
    hoaxes,
    points: literacyPoints({
      hoaxes,
      categories: counts.categories,
      stories: [...shown.rose, ...shown.fresh],
      fresh: shown.fresh.length,
      sharedLink: sharedLinkOf(stories.slice(0, MOST_SHOWN)),
      topics: ports.trends.top({ ...span, kind: 'topic', limit: 20 }).map(({ key }) => key),
    }),
    regions,
    sources: sources ?? [],
    clarifications: stories.flatMap((story) =>
      clarificationsOf(
        story,
        { from: iso(Date.parse(span.from) - CLARIFIED_BEFORE_MS), to: span.to },
        Math.min(now, Date.parse(span.to) + DAY_MS),
      ),
    ),
    limits: limitsOf({
      now,
      span,
      more,
      sources,
      regions,
      incomplete: counts.totals.incomplete,
      // Terms, which habits are of, are left out of a report of regions.
      hasHabit: unit !== undefined || hasHabit(ports, span),
      isOfUnit: unit !== undefined,
    }),
  };
}

function ofStory(ports: BriefPorts, { story: id = '', zone }: BriefRequest): Brief {
  const detail = ports.narratives.narrativeDetail(id);
  if (detail === undefined) {
    throw new CannotRunError(
      'no-narrative',
      `There is no narrative "${id}"; "ronda narratives list" shows those there are.`,
    );
  }
  const now = ports.clock.now();
  const { narrative } = detail;
  const { hours } = detail;
  const span = spanAround(Date.parse(narrative.firstSeen), Date.parse(narrative.lastSeen) + 1, zone);
  const within: StoryInSpan = {
    narrative,
    hours,
    detail,
    posts: narrative.posts,
    earlierPosts: 0,
    flagged: narrative.flagged,
  };
  const told = briefStory(within, span);
  const hoaxes = hoaxesOf(ports.claims(), [within], span);
  const places = detail.places.map((place) => ({ ...place, ...named(ports, place.region) }));
  const counted = hoursOf(hours, span);
  const regions = provincesOf(
    ports,
    detail.places.map(({ region, posts }) => ({ key: region, posts, flagged: 0 })),
  );
  return {
    schema: 'ronda-brief/1',
    kind: 'narrative',
    madeAt: iso(now),
    span,
    earlier: rightBefore(span),
    totals: {
      posts: narrative.posts,
      flagged: narrative.flagged,
      earlierPosts: 0,
      earlierFlagged: 0,
      incomplete: 0,
      hours: counted,
    },
    categories: [],
    languages: [],
    rose: [],
    fell: [],
    fresh: [],
    stories: 1,
    trends: [],
    hoaxes,
    points: literacyPoints({
      hoaxes,
      categories: [],
      stories: [told],
      fresh: 0,
      sharedLink: sharedLinkOf([within]),
      topics: [],
    }),
    regions,
    sources: [],
    clarifications: clarificationsOf(within, { from: '', to: '~' }, now),
    limits: limitsOf({ now, span, more: false, sources: [], regions, incomplete: 0, hasHabit: true }),
    story: { ...told, ...detailOf(within), hours, places },
  };
}

function detailOf({ detail, narrative }: StoryInSpan): Omit<BriefDetail, 'hours' | 'places'> {
  const masked = (
    rows: readonly { readonly text: string; readonly posts: number }[] = [],
    mask: (text: string) => string = maskNames,
  ) => rows.slice(0, MOST_TERMS).map(({ text, posts }) => ({ text: mask(text), posts }));
  const { coordination } = narrative;
  return {
    // Links and fact-checks, which stories are joined by too, are told of elsewhere.
    terms: masked(detail?.terms.filter(({ text }) => !/^[~!]/.test(text))),
    hashtags: masked(shared(detail?.hashtags)),
    domains: masked(shared(detail?.domains), maskHost),
    wordings: (detail?.variants ?? []).slice(0, MOST_VARIANTS).map(({ text, posts, firstSeen }) => ({
      posts,
      firstSeen,
      // What fewer posts say is a post, not a wording: who takes reports away may see no single one.
      ...(text === undefined || posts < LEAST_POSTS
        ? {}
        : { text: cut(maskNames(text), MOST_VARIANT_CHARS) }),
    })),
    coordination:
      coordination.is === 'cannot-tell'
        ? { reason: coordination.reason }
        : {
            copies: coordination.copies,
            halfWithinMinutes: coordination.halfWithinMinutes,
            busiestTenth: coordination.busiestTenth,
            authorsPerPost: coordination.authorsPerPost,
            sharedLink: coordination.sharedLink,
          },
  };
}

/** Without what one or two posts of a story link to: that tells of them, and not of it. */
function shared<T extends { readonly posts: number }>(rows: readonly T[] = []): readonly T[] {
  return rows.filter(({ posts }) => posts >= LEAST_POSTS);
}

function trendsOf({ trends, topicName }: BriefPorts, { from, to }: TimeSpan): readonly BriefTrend[] {
  return (['hashtag', 'term', 'domain', 'topic'] as const).flatMap((kind) =>
    (['rising', 'falling'] as const).flatMap((direction) =>
      trends[direction]({ from, to, kind, limit: MOST_TRENDS }).map(
        ({ key, posts, usual, p }): BriefTrend => ({
          kind,
          direction,
          key:
            kind === 'domain' ? maskHost(key) : maskNames(kind === 'topic' ? (topicName(key) ?? key) : key),
          posts,
          ...(usual === undefined ? {} : { usual }),
          ...(p === undefined ? {} : { p }),
        }),
      ),
    ),
  );
}

/** Whether earlier days are known, so that rising and falling can be told from habit. */
function hasHabit({ trends }: BriefPorts, { from, to }: TimeSpan): boolean {
  return trends.top({ from, to, kind: 'language', limit: 1 })[0]?.usual !== undefined;
}

function sharedLinkOf(stories: readonly StoryInSpan[]): number {
  return Math.max(
    0,
    ...stories.map(({ narrative: { coordination } }) =>
      coordination.is === 'measured' ? coordination.sharedLink : 0,
    ),
  );
}

function limitsOf(known: {
  readonly now: number;
  readonly span: BriefSpan;
  readonly more: boolean;
  readonly sources: readonly BriefSource[] | undefined;
  readonly regions: readonly BriefRegion[];
  readonly incomplete: number;
  readonly hasHabit: boolean;
  readonly isOfUnit?: boolean;
}): readonly BriefLimit[] {
  const { now, span, more, sources, regions, incomplete, hasHabit: isHabitKnown } = known;
  const limits: BriefLimit[] = ['public-only', 'sources-chosen', 'machine-hints'];
  if (known.isOfUnit === true) limits.push('unit-regions');
  if (now < Date.parse(span.to)) limits.push('day-not-over');
  if (sources === undefined) limits.push('sources-forgotten');
  if (sources?.some(({ state }) => state === 'quiet' || state === 'paused') === true)
    limits.push('sources-quiet');
  if (sources?.some(({ state }) => state === 'unread') === true) limits.push('sources-unread');
  if (incomplete > 0) limits.push('incomplete');
  if (!isHabitKnown) limits.push('no-habit');
  if (regions.some(({ region }) => region === 'unknown')) limits.push('regions-unknown');
  if (more) limits.push('more-stories');
  limits.push('authors-estimated', 'small-stories', 'no-cause');
  return limits;
}

function rightBefore({ from, to }: TimeSpan): { readonly from: string; readonly to: string } {
  const begin = Date.parse(from);
  return { from: iso(begin - (Date.parse(to) - begin)), to: from };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
