/** Which points for public literacy a report suggests, by what circulates: kinds of content, never a person or a camp. */
import type { Brief, BriefStory, LiteracyPoint } from '../core/brief.js';

const MOST_POINTS = 5;
/** Flagged posts from which a kind of content is worth a word to the public. */
const LEAST_FLAGGED = 5;
/** Share of a story's posts with one link from which links are worth a word. */
const SHARED_LINK = 0.3;

/** Words of subjects in titles of stories and fact-checks, and in the ids of watched topics. */
const SUBJECTS: readonly (readonly [LiteracyPoint, RegExp])[] = [
  [
    'disaster',
    /\b(?:gempa|tsunami|banjir|longsor|erupsi|gunung|kebakaran|cuaca|bmkg|bencana|mengungsi|evakuasi|disaster)/iu,
  ],
  ['health', /\b(?:vaksin|imunisasi|obat|virus|penyakit|puskesmas|rumah sakit|kesehatan|keracunan|health)/iu],
  [
    'election',
    /\b(?:pemilu|pilkada|pilpres|pileg|pemungutan|surat suara|tps|kpu|bawaslu|kampanye|election)/iu,
  ],
  ['holiday', /\b(?:nataru|natal|tahun baru|idul|lebaran|ramadan|mudik|nyepi|waisak|imlek|holiday)/iu],
];

/** What the choice is made of. */
export interface PointGrounds {
  readonly hoaxes: Brief['hoaxes'];
  readonly categories: Brief['categories'];
  readonly stories: readonly BriefStory[];
  readonly fresh: number;
  /** Of the most shared link of any story shown, 0..1. */
  readonly sharedLink: number;
  /** Ids of watched topics that were spoken of. */
  readonly topics: readonly string[];
}

/** At most five, the most needed first; that of looking before sharing holds always. */
export function literacyPoints(grounds: PointGrounds): readonly LiteracyPoint[] {
  const { hoaxes, categories, stories, fresh, sharedLink, topics } = grounds;
  const flagged = (...wanted: readonly string[]): boolean =>
    categories.some(({ category, posts }) => wanted.includes(category) && posts >= LEAST_FLAGGED);
  const spoken = [...hoaxes.map(({ title }) => title), ...stories.map(({ title }) => title), ...topics].join(
    '\n',
  );
  const chosen: LiteracyPoint[] = [];
  if (hoaxes.length > 0) chosen.push('known-hoax');
  if (flagged('incitement')) chosen.push('incitement');
  if (flagged('threat')) chosen.push('threat');
  if (flagged('hate', 'sara')) chosen.push('group-hatred');
  for (const [point, words] of SUBJECTS) if (words.test(spoken)) chosen.push(point);
  if (stories.some(({ signs }) => signs === 'many')) chosen.push('chain-message');
  if (sharedLink >= SHARED_LINK) chosen.push('shared-link');
  if (fresh > 0) chosen.push('early-news');
  return [...chosen.slice(0, MOST_POINTS - 1), 'check-first'];
}
