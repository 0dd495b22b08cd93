/**
 * What a report for humas says, whatever file it becomes: counts, stories, fact-checks. Aggregate only: nothing in it is an
 * account, an author or a link to one, and every quoted text comes with such things masked. Documented in docs/reports.md.
 */
import type { Category } from './assessment.js';
import type { Life, NarrativeHour } from './narrative.js';
import type { HourCount, TrendKind } from './trends.js';
import type { Zone } from './user.js';

export const BRIEF_KINDS = ['daily', 'weekly', 'narrative'] as const;
export type BriefKind = (typeof BRIEF_KINDS)[number];

export const BRIEF_FORMATS = ['html', 'pdf', 'md', 'csv', 'xlsx', 'json'] as const;
export type BriefFormat = (typeof BRIEF_FORMATS)[number];

/** Days of a place, named as people there name them. */
export interface BriefSpan {
  /** ISO 8601 UTC; from its midnight on, up to and without the midnight after the last day. */
  readonly from: string;
  readonly to: string;
  /** `YYYY-MM-DD` in the zone. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly zone: Zone;
  /** E.g. `+07:00`. */
  readonly utcOffset: string;
}

/** How much a narrative looks coordinated, as a property of it and of nobody. */
export type BriefSigns = 'none' | 'some' | 'many' | 'cannot-tell';

/** A story in a span. */
export interface BriefStory {
  readonly id: string;
  /** Masked; empty while none may be kept. */
  readonly title: string;
  readonly life: Life;
  /** In the span, and in one as long right before it. */
  readonly posts: number;
  readonly earlierPosts: number;
  readonly flagged: number;
  /** In all, since it was first seen. */
  readonly allPosts: number;
  readonly authors: number;
  readonly variants: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly signs: BriefSigns;
  /** Bursts that began in the span; the largest of them. */
  readonly bursts: number;
  readonly burst?: { readonly at: string; readonly size: number; readonly p: number };
  /** One text that stands for all, masked, at most 400 characters. */
  readonly exemplar?: string;
  /** Codes of regions in the order in which they were first seen, `unknown` among them. */
  readonly places: readonly string[];
  /** Ids of fact-checks that its posts match. */
  readonly claims: readonly string[];
}

/** A known hoax that circulated in the span. */
export interface BriefHoax {
  readonly id: string;
  readonly title: string;
  readonly verdict?: string;
  readonly publisher: string;
  /** ISO 8601 date; empty where none is known. */
  readonly date: string;
  /** Absent where none is known, and where it leads to a place of accounts. */
  readonly url?: string;
  /** Posts in the span of the stories that match it. */
  readonly posts: number;
  /** Ids of the stories. */
  readonly stories: readonly string[];
}

/** A term, hashtag, domain or topic that rose or fell beyond its habit. */
export interface BriefTrend {
  readonly kind: TrendKind;
  readonly direction: 'rising' | 'falling';
  readonly key: string;
  readonly posts: number;
  readonly usual?: number;
  readonly p?: number;
}

export interface BriefRegion {
  /** Code of a province, or `unknown`. */
  readonly region: string;
  /** Absent where the code is no province's. */
  readonly name?: string;
  readonly posts: number;
  readonly flagged: number;
}

/** How well a source was covered in the span. */
export interface BriefSource {
  readonly name: string;
  /** At the span's end: gone quiet against its own habit, paused, without one successful reading in the span, or well. */
  readonly state: 'quiet' | 'paused' | 'unread' | 'well';
  readonly posts: number;
  /** Hours of the span in which it was read or listened to, of how many; both by the hour of collecting. */
  readonly watchedHours: number;
  readonly hours: number;
  /** Longest time without a post, in watched hours of the span. */
  readonly silentHours: number;
  /** Recorded gaps that touch the span. */
  readonly gaps: number;
}

/** What was published in answer to a story, and the story's posts before and after. */
export interface BriefClarification {
  readonly story: string;
  readonly storyTitle: string;
  /** ISO 8601 UTC */
  readonly at: string;
  readonly channel: string;
  /** Absent where it leads to a place of accounts. */
  readonly url?: string;
  readonly note: string;
  /** Posts in so many hours before and after it. */
  readonly windowHours: number;
  readonly before: number;
  readonly after: number;
  /** Hours of the window after it that have passed; fewer than {@link windowHours} where it was just published. */
  readonly afterHours: number;
}

/** A wording of a story, masked. */
export interface BriefWording {
  readonly text?: string;
  readonly posts: number;
  readonly firstSeen: string;
}

/** All of one story, in a report of its own. */
export interface BriefDetail {
  readonly hours: readonly NarrativeHour[];
  readonly terms: readonly { readonly text: string; readonly posts: number }[];
  readonly hashtags: readonly { readonly text: string; readonly posts: number }[];
  readonly domains: readonly { readonly text: string; readonly posts: number }[];
  readonly places: readonly {
    readonly region: string;
    readonly name?: string;
    readonly firstSeen: string;
    readonly posts: number;
  }[];
  readonly wordings: readonly BriefWording[];
  /** Of coordination, each 0..1 but the minutes; absent where it cannot be told, with why. */
  readonly coordination:
    | { readonly reason: 'too-few-posts' | 'authors-unknown' }
    | {
        readonly copies: number;
        readonly halfWithinMinutes: number;
        readonly busiestTenth: number;
        readonly authorsPerPost: number;
        readonly sharedLink: number;
      };
}

/** Points for public literacy, of a catalogue of our own words (words/literacy.ts). */
export const LITERACY_POINTS = [
  'known-hoax',
  'health',
  'disaster',
  'election',
  'holiday',
  'chain-message',
  'shared-link',
  'group-hatred',
  'incitement',
  'threat',
  'early-news',
  'check-first',
] as const;
export type LiteracyPoint = (typeof LITERACY_POINTS)[number];

/** What the numbers of a report cannot say. */
export const BRIEF_LIMITS = [
  'public-only',
  'sources-chosen',
  'machine-hints',
  'no-habit',
  'sources-quiet',
  'sources-unread',
  'sources-forgotten',
  'incomplete',
  'regions-unknown',
  'authors-estimated',
  'small-stories',
  'no-cause',
  'more-stories',
  'day-not-over',
  'unit-regions',
] as const;
export type BriefLimit = (typeof BRIEF_LIMITS)[number];

export interface Brief {
  /** Of this form. */
  readonly schema: 'ronda-brief/1';
  readonly kind: BriefKind;
  /** ISO 8601 UTC */
  readonly madeAt: string;
  readonly span: BriefSpan;
  /** Whose regions alone it is of; absent: of everything. */
  readonly unit?: BriefUnit;
  /** As long, right before it. */
  readonly earlier: { readonly from: string; readonly to: string };
  readonly totals: {
    readonly posts: number;
    readonly flagged: number;
    readonly earlierPosts: number;
    readonly earlierFlagged: number;
    /** Assessed in part only. */
    readonly incomplete: number;
    /** Each hour of the span. */
    readonly hours: readonly HourCount[];
  };
  /** Of flagged posts; one post may be of several. */
  readonly categories: readonly { readonly category: Category; readonly posts: number }[];
  readonly languages: readonly { readonly language: string; readonly posts: number }[];
  /** Most posts first, at most ten each; a story is in one of them. */
  readonly rose: readonly BriefStory[];
  readonly fell: readonly BriefStory[];
  readonly fresh: readonly BriefStory[];
  /** Stories with posts in the span; a report of one story has it alone. */
  readonly stories: number;
  readonly trends: readonly BriefTrend[];
  readonly hoaxes: readonly BriefHoax[];
  readonly points: readonly LiteracyPoint[];
  readonly regions: readonly BriefRegion[];
  readonly sources: readonly BriefSource[];
  readonly clarifications: readonly BriefClarification[];
  readonly limits: readonly BriefLimit[];
  /** Of a report on one story. */
  readonly story?: Omit<BriefStory, 'places'> & BriefDetail;
}

/** A report as a file. */
export interface BriefFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A unit whose regions a report is of. */
export interface BriefUnit {
  readonly id: string;
  readonly name: string;
  /** Codes of its regions and of those of the units below it. */
  readonly regions: readonly string[];
}

/** What a report is asked for with. */
export interface BriefRequest {
  readonly kind: BriefKind;
  /** The day, or the last of the week, `YYYY-MM-DD` in the zone. Not of a story. */
  readonly date?: string;
  /** Id of the narrative. */
  readonly story?: string;
  readonly zone: Zone;
  /** Only what is known to be of its regions. Not of a story. */
  readonly unit?: BriefUnit;
}
