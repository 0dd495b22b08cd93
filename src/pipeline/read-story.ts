/** One narrative, or two side by side, as pages show them. */
import type { Claim } from '../core/claim.js';
import type { Clarification, NarrativeDetail, NarrativeVariant } from '../core/narrative.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import { type DiffPart, wordDiff } from '../narrative/word-diff.js';

const HOUR_MS = 3_600_000;
/** Hours before and after an answer that are set against each other. */
const ANSWER_HOURS = 24;
/** A wording of fewer posts is a single voice or nearly: its text is for those who may read items. */
const LEAST_SHARED = 3;

/** A wording and how it differs from the one with the most posts. */
export interface VariantView extends NarrativeVariant {
  /** Absent of the first, and where either text is not kept. */
  readonly parts?: readonly DiffPart[];
  /** True where a text is there that this reader is not shown: too few posts share it. */
  readonly withheld?: true;
}

/** What was published in answer, and the posts around it. */
export interface AnswerView extends Clarification {
  readonly before: number;
  readonly after: number;
  /** Hours after it that are over, at most {@link ANSWER_HOURS}. */
  readonly afterHours: number;
}

export interface StoryView extends Omit<NarrativeDetail, 'variants' | 'clarifications'> {
  readonly variants: readonly VariantView[];
  /** Oldest first. */
  readonly answers: readonly AnswerView[];
  /** Those of the fact-checks that are known still, by id. */
  readonly checked: Readonly<Record<string, Claim>>;
}

export interface StoryQuery {
  readonly id: string;
  /** ms since the epoch */
  readonly now: number;
  /** True for readers who see items: they are shown texts of few posts, and the items' numbers. */
  readonly readsItems: boolean;
}

export interface StoryReaders {
  readonly narratives: Pick<NarrativeReader, 'narrativeDetail'>;
  /** A published fact-check by its id. */
  claim(id: string): Claim | undefined;
}

/** Undefined where there is no such narrative. */
export function readStory(
  { narratives, claim }: StoryReaders,
  { id, now, readsItems }: StoryQuery,
): StoryView | undefined {
  const detail = narratives.narrativeDetail(id);
  if (detail === undefined) return undefined;
  const { variants, clarifications, slurs: known = [], ...rest } = detail;
  const first = variants.find(
    ({ posts, text }) => text !== undefined && (readsItems || posts >= LEAST_SHARED),
  );
  const checked = detail.claims.flatMap((each) => {
    const found = claim(each.id);
    return found === undefined ? [] : [[each.id, found] as const];
  });
  const shown = variants.map((variant) => variantView(variant, first, readsItems));
  // A word of a text that is not shown is not shown either.
  const texts = [rest.exemplar?.text, ...shown.map(({ text }) => text)];
  const slurs = known.filter((slur) => texts.some((text) => text?.includes(slur)));
  return {
    ...rest,
    ...(slurs.length === 0 ? {} : { slurs }),
    variants: shown,
    answers: clarifications.map((answer) => ({ ...answer, ...around(detail.hours, answer.at, now) })),
    checked: Object.fromEntries(checked),
  };
}

function variantView(
  { text, item, ...variant }: NarrativeVariant,
  first: NarrativeVariant | undefined,
  readsItems: boolean,
): VariantView {
  if (text === undefined) return { ...variant, ...(item === undefined || !readsItems ? {} : { item }) };
  if (!readsItems && variant.posts < LEAST_SHARED) return { ...variant, withheld: true };
  return {
    ...variant,
    text,
    ...(item === undefined || !readsItems ? {} : { item }),
    ...(first?.text === undefined || first.wording === variant.wording
      ? {}
      : { parts: wordDiff(first.text, text) }),
  };
}

/** Posts in the hours before and after a time; its own hour is of neither side. */
function around(
  hours: NarrativeDetail['hours'],
  at: string,
  now: number,
): Pick<AnswerView, 'before' | 'after' | 'afterHours'> {
  const hour = Math.floor(Date.parse(at) / HOUR_MS);
  const postsIn = (from: number, to: number): number =>
    hours.reduce((sum, each) => {
      const of = Date.parse(each.hour) / HOUR_MS;
      return of >= from && of < to ? sum + each.posts : sum;
    }, 0);
  return {
    before: postsIn(hour - ANSWER_HOURS, hour),
    after: postsIn(hour + 1, hour + 1 + ANSWER_HOURS),
    afterHours: Math.min(ANSWER_HOURS, Math.max(0, Math.floor(now / HOUR_MS) - hour - 1)),
  };
}

/** What two narratives have in common, most telling first. */
export interface CompareView {
  readonly a: StoryView;
  readonly b: StoryView;
  readonly terms: readonly string[];
  readonly domains: readonly string[];
  readonly hashtags: readonly string[];
  readonly places: readonly string[];
  readonly sources: readonly string[];
  readonly claims: readonly string[];
}

/** What of two narratives is the same. */
export function compareStories(a: StoryView, b: StoryView): CompareView {
  const both = <T>(of: (story: StoryView) => readonly T[], name: (one: T) => string): readonly string[] => {
    const others = new Set(of(b).map(name));
    return of(a)
      .map(name)
      .filter((each) => others.has(each));
  };
  return {
    a,
    b,
    terms: both(
      (story) => story.terms,
      ({ text }) => text,
    ),
    domains: both(
      (story) => story.domains,
      ({ text }) => text,
    ),
    hashtags: both(
      (story) => story.hashtags,
      ({ text }) => text,
    ),
    places: both(
      (story) => story.places.filter(({ region }) => region !== 'unknown'),
      ({ region }) => region,
    ),
    sources: both(
      (story) => story.sources,
      ({ source }) => source,
    ),
    claims: both(
      (story) => story.claims,
      ({ id }) => id,
    ),
  };
}
