/** What was collected in a span, by hour, kind of content and language; or what is known to be of some regions. */
import { CATEGORIES } from '../core/assessment.js';
import type { Brief } from '../core/brief.js';
import type { HourCount, TimeSpan } from '../core/trends.js';
import type { BriefPorts } from './gather-brief.js';

const HOUR_MS = 3_600_000;
const MOST_LANGUAGES = 10;

/** Posts of one hour that came to one outcome, by one measure, as the store counts them. */
export interface CountRow {
  /** ISO 8601 UTC, the hour's begin. */
  readonly hour: string;
  readonly language: string;
  readonly outcome: 'landed' | 'passed';
  /** `level:…` once a post, `flag:…` for each flag, `incomplete`. */
  readonly measure: string;
  readonly n: number;
}

/** What was counted of everything in the span and right before it. */
export function countsOf(
  ports: Pick<BriefPorts, 'counts'>,
  span: TimeSpan,
  earlier: TimeSpan,
): Pick<Brief, 'totals' | 'categories' | 'languages'> {
  const hours = new Map<string, { posts: number; flagged: number }>();
  const categories = new Map<string, number>();
  const languages = new Map<string, number>();
  let incomplete = 0;
  let [posts, flagged, earlierPosts, earlierFlagged] = [0, 0, 0, 0];
  for (const { hour, language, outcome, measure, n } of ports.counts(span.from, span.to)) {
    if (measure.startsWith('level:')) {
      const sum = hours.get(hour) ?? { posts: 0, flagged: 0 };
      sum.posts += n;
      posts += n;
      languages.set(language, (languages.get(language) ?? 0) + n);
      if (outcome === 'landed') {
        sum.flagged += n;
        flagged += n;
      }
      hours.set(hour, sum);
    } else if (measure === 'incomplete') incomplete += n;
    else if (outcome === 'landed') categories.set(measure, (categories.get(measure) ?? 0) + n);
  }
  for (const { outcome, measure, n } of ports.counts(earlier.from, earlier.to)) {
    if (!measure.startsWith('level:')) continue;
    earlierPosts += n;
    if (outcome === 'landed') earlierFlagged += n;
  }
  return {
    totals: {
      posts,
      flagged,
      earlierPosts,
      earlierFlagged,
      incomplete,
      hours: hoursOf(
        [...hours].map(([hour, sum]) => ({ hour, ...sum })),
        span,
      ),
    },
    categories: CATEGORIES.flatMap((category) => {
      const n = categories.get(`flag:${category}`) ?? 0;
      return n === 0 ? [] : [{ category, posts: n }];
    }).toSorted((a, b) => b.posts - a.posts),
    languages: [...languages]
      .map(([language, n]) => ({ language, posts: n }))
      .sort((a, b) => b.posts - a.posts || (a.language < b.language ? -1 : 1))
      .slice(0, MOST_LANGUAGES),
  };
}

/** What is known to be of some regions; kinds of content and languages are not counted so. */
export function countsWithin(
  { trends }: Pick<BriefPorts, 'trends'>,
  regions: readonly string[],
  span: TimeSpan,
  earlier: TimeSpan,
): Pick<Brief, 'totals' | 'categories' | 'languages'> {
  const sum = (hours: readonly HourCount[], of: 'posts' | 'flagged'): number =>
    hours.reduce((all, hour) => all + hour[of], 0);
  const hours = trends.totalsOf(regions, span);
  const before = trends.totalsOf(regions, earlier);
  return {
    totals: {
      posts: sum(hours, 'posts'),
      flagged: sum(hours, 'flagged'),
      earlierPosts: sum(before, 'posts'),
      earlierFlagged: sum(before, 'flagged'),
      incomplete: 0,
      hours: hoursOf(hours, span),
    },
    categories: [],
    languages: [],
  };
}

/** Every hour of a span, those without posts too. */
export function hoursOf(counted: readonly HourCount[], { from, to }: TimeSpan): readonly HourCount[] {
  const known = new Map(counted.map((each) => [each.hour, each]));
  const all: HourCount[] = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += HOUR_MS) {
    const hour = iso(at);
    const { posts = 0, flagged = 0 } = known.get(hour) ?? {};
    all.push({ hour, posts, flagged });
  }
  return all;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
