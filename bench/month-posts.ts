/**
 * Invented posts of a month, as a scorer would hand them on: fingerprints made up of invented words (no text is read), most
 * of them everyday talk of one voice, some copies and rewordings of stories that come and go.
 */
import { createHash } from 'node:crypto';
import type { PassedPost, ScoredPost } from '../src/core/batch.js';
import { randomFrom } from './planted-stories.js';
import { NOTHING } from './replay.js';

const HOUR_MS = 3_600_000;
const VOCABULARY = 60_000;
const AUTHORS = 200_000;
/** Share of posts that are of a story; the stories of a day, and how long each is told. */
const OF_STORIES = 0.15;
const STORIES_A_DAY = 120;
const STORY_HOURS = 30;
/** Of so many posts one is flagged. */
const FLAGGED_EACH = 200;
const BATCH = 100;
/** Sources by share. */
const SOURCES = ['warung', 'warung', 'warung', 'alun-alun', 'alun-alun', 'pasar', 'surau'] as const;
export const MONTH_SOURCES: readonly string[] = [...new Set(SOURCES)];
/** Codes of provinces, those with the most people more often. */
const REGIONS = '32 32 32 32 35 35 35 33 33 12 36 31 31 73 18 16 34 51 14 13 64 53 52 81 94 71 74 11'.split(
  ' ',
);
const TOPICS = ['hoaks-bencana', 'gempa', 'banjir'];
const FLAGS = ['hoax', 'hoax', 'hate', 'abusive'] as const;
/** Local hours (WIB) and how much is posted in each, of the mean. */
const DAY_SHAPE = [
  0.5, 0.3, 0.2, 0.2, 0.3, 0.5, 0.8, 1, 1.1, 1.1, 1.1, 1.2, 1.3, 1.2, 1.1, 1.1, 1.2, 1.3, 1.5, 1.7, 1.8, 1.6,
  1.1, 0.8,
];
const SHAPE_SUM = DAY_SHAPE.reduce((a, b) => a + b, 0);

interface Story {
  readonly from: number;
  /** Share of the stories' posts, falling from story to story. */
  readonly weight: number;
  readonly wordings: readonly {
    readonly signature: Uint8Array;
    readonly terms: readonly string[];
    readonly text: string;
  }[];
  readonly hashtag: string;
  /** Where it began. */
  readonly region: string;
}

export interface MonthBatch {
  /** 16 hex digits. */
  readonly id: string;
  readonly source: string;
  readonly landed: ScoredPost[];
  readonly passed: PassedPost[];
}

/** @param begin ms since the epoch, an hour's begin; @returns the batches of an hour, asked for one after another */
export function monthPosts(posts: number, days: number, begin: number): (hour: number) => MonthBatch[] {
  const random = randomFrom(11);
  const pick = (n: number): number => Math.floor(random() * n);
  // Few words are said often, most seldom (Zipf).
  const word = (): string => inventedWord(Math.floor(VOCABULARY ** random()) % VOCABULARY);
  const wordsOf = (n: number): string[] => [...new Set(Array.from({ length: n }, word))];
  const signature = (): Uint8Array => Uint8Array.from({ length: 64 }, () => pick(256));
  const near = (from: Uint8Array, changed: number): Uint8Array => {
    const to = from.slice();
    for (let i = 0; i < changed; i++) to[pick(64)] = pick(256);
    return to;
  };
  const region = (): string => REGIONS[pick(REGIONS.length)]!;
  let named = 0;
  const newStory = (from: number): Story => {
    named += 1;
    const core = Array.from({ length: 6 }, (_, i) => inventedWord(VOCABULARY + named * 6 + i));
    return {
      from,
      weight: 1 / (1 + pick(STORIES_A_DAY)),
      hashtag: `${core[0]}${core[1]}`,
      region: region(),
      wordings: Array.from({ length: 1 + pick(5) }, () => {
        const terms = [...core.slice(0, 4 + pick(3)), ...wordsOf(5)];
        const said = terms.flatMap((term) => [term, inventedWord(pick(30))]).join(' ');
        return { signature: signature(), terms, text: `${said[0]!.toUpperCase()}${said.slice(1)}.` };
      }),
    };
  };
  let stories: Story[] = [];
  let made = 0;
  let job = 0;
  let due = 0;
  return (hour) => {
    for (let i = 0; i < STORIES_A_DAY / 24; i++) stories.push(newStory(hour));
    stories = stories.filter(({ from }) => hour - from < STORY_HOURS);
    const weights = stories.map(({ from, weight }) => weight * Math.exp(-(hour - from) / 8));
    const all = weights.reduce((a, b) => a + b, 0);
    const storyAt = (): Story => {
      let left = random() * all;
      for (let i = 0; i < stories.length; i++) {
        left -= weights[i]!;
        if (left <= 0) return stories[i]!;
      }
      return stories[0]!;
    };
    const local = (Math.floor(begin / HOUR_MS) + hour + 7) % 24;
    due += (posts / days / SHAPE_SUM) * DAY_SHAPE[local]!;
    const of = Math.round(due) - made;
    const batches: MonthBatch[] = [];
    for (let i = 0; i < of; i++) {
      if (i % BATCH === 0) {
        job += 1;
        const id = job.toString(16).padStart(16, '0');
        batches.push({ id, source: SOURCES[job % SOURCES.length]!, landed: [], passed: [] });
      }
      const batch = batches.at(-1)!;
      const n = made + i;
      const at = new Date(begin + hour * HOUR_MS + Math.floor((i / of) * HOUR_MS)).toISOString();
      const story = random() < OF_STORIES ? storyAt() : undefined;
      const wording = story?.wordings[pick(story.wordings.length)];
      const bytes = wording === undefined ? signature() : near(wording.signature, pick(12));
      const terms = wording === undefined ? wordsOf(10) : wording.terms;
      const text = wording?.text ?? terms.join(' ');
      // A story stays near where it began for its first hours.
      const isNear = story !== undefined && random() < 1 / (1 + (hour - story.from) / 6);
      const place = isNear ? story.region : random() < 0.6 ? region() : undefined;
      const tags = story !== undefined ? [story.hashtag] : random() < 0.2 ? [`tagar${pick(20_000)}`] : [];
      const more = {
        fingerprint: { signature: Buffer.from(bytes).toString('base64'), terms: terms.join('\n') },
        observation: {
          ...(place === undefined ? {} : { region: place }),
          hashtags: tags,
          domains: random() < 0.2 ? [`situs${Math.floor(5_000 ** random())}.example`] : [],
          ...(random() < 0.01 ? { topics: [TOPICS[pick(TOPICS.length)]!] } : {}),
        },
        ...(story === undefined ? {} : { excerpt: { text } }),
      };
      const id = `rekaan:${n}`;
      const revision = createHash('sha256').update(id).digest('hex').slice(0, 16);
      const author = `penulis-${Math.floor(AUTHORS ** random())}-${pick(40)}`;
      if (n % FLAGGED_EACH === 0) {
        const post = { id, revision, source: batch.source, platform: 'rekaan', text };
        const flags = [FLAGS[pick(FLAGS.length)]!];
        const assessment = { ...NOTHING, flags, level: 'low' as const, score: 0.5 };
        const whole = { ...post, createdAt: at, collectedAt: at, author: { id: author } };
        batch.landed.push({ post: whole, assessment, ...more });
      } else {
        const facts = { id, revision, at, authorId: author, language: n % 9 === 0 ? 'jav' : 'ind' };
        batch.passed.push({ ...facts, incomplete: false, level: 'none', flags: [], ...more });
      }
    }
    made += of;
    return batches;
  };
}

const BEGINS = ['b', 'd', 'g', 'h', 'j', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'w', 'c', 'ng'];
const VOWELS = ['a', 'i', 'u', 'e', 'o'];
const ENDS = ['', 'n', 'r', 's', 'k', 'ng', 't', 'l'];

/** A word that nobody says, of two to four syllables; each number has its own. */
function inventedWord(n: number): string {
  let left = n + BEGINS.length * VOWELS.length;
  let said = '';
  while (left > 0) {
    said += BEGINS[left % BEGINS.length]!;
    left = Math.floor(left / BEGINS.length);
    said += VOWELS[left % VOWELS.length]!;
    left = Math.floor(left / VOWELS.length);
  }
  return said + ENDS[n % ENDS.length]!;
}
