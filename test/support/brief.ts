import type { Brief, BriefStory } from '../../src/core/brief.js';
import { spanOfDays } from '../../src/pipeline/brief-span.js';

/** Reports of invented stories, for what writes them. */

const HOUR_MS = 3_600_000;

export function briefStoryOf(given: Partial<BriefStory> = {}): BriefStory {
  return {
    id: '3f0c9a5be1d24477',
    title: 'garam Tirtalaya · borong',
    life: 'rising',
    posts: 120,
    earlierPosts: 14,
    flagged: 31,
    allPosts: 140,
    authors: 84,
    variants: 6,
    firstSeen: '2026-01-04T20:10:00.000Z',
    lastSeen: '2026-01-05T15:40:00.000Z',
    signs: 'some',
    bursts: 1,
    burst: { at: '2026-01-05T05:00:00.000Z', size: 88, p: 3e-9 },
    exemplar: 'Warga rekaan memborong garam di Tirtalaya karena kabar berantai; @… minta dicek 😟🧂',
    places: ['32', 'unknown'],
    claims: ['cf-1'],
    ...given,
  };
}

export function briefOf(given: Partial<Brief> = {}): Brief {
  const span = spanOfDays('2026-01-05', 1, 'WIB');
  const from = Date.parse(span.from);
  const hours = Array.from({ length: 24 }, (_, at) => ({
    hour: new Date(from + at * HOUR_MS).toISOString(),
    posts: Math.round(40 + 30 * Math.sin(at / 3) + (at === 12 ? 180 : 0)),
    flagged: at === 12 ? 60 : 4,
  }));
  return {
    schema: 'ronda-brief/1',
    kind: 'daily',
    madeAt: '2026-01-06T00:30:00.000Z',
    span,
    earlier: { from: new Date(from - 24 * HOUR_MS).toISOString(), to: span.from },
    totals: { posts: 1_204, flagged: 152, earlierPosts: 998, earlierFlagged: 90, incomplete: 2, hours },
    categories: [
      { category: 'hoax', posts: 80 },
      { category: 'sara', posts: 40 },
    ],
    languages: [
      { language: 'ind', posts: 1_000 },
      { language: 'jav', posts: 120 },
      { language: 'und', posts: 84 },
    ],
    rose: [
      briefStoryOf(),
      briefStoryOf({
        id: 'aa0c9a5be1d24471',
        title: 'تحذير من الفيضان (عاجل) 2026 في تيرتالايا',
        exemplar: 'يقول النص: «تحذير من الفيضان» (عاجل) عام ٢٠٢٦ في تيرتالايا، ثم kata biasa 😀 kembali.',
        signs: 'cannot-tell',
      }),
    ],
    fell: [
      briefStoryOf({ id: 'bb0c9a5be1d24472', title: 'tol Bantarwangi 87.500', life: 'fading', posts: 3 }),
    ],
    fresh: [briefStoryOf({ id: 'cc0c9a5be1d24473', title: '', life: 'emerging', posts: 9, earlierPosts: 0 })],
    stories: 17,
    trends: [
      { kind: 'hashtag', direction: 'rising', key: 'garam', posts: 90, usual: 2.4, p: 1e-12 },
      { kind: 'term', direction: 'falling', key: 'tol', posts: 4, usual: 40, p: 0.00002 },
      { kind: 'domain', direction: 'rising', key: '*.blogspot.com', posts: 30, usual: 1, p: 1e-6 },
    ],
    hoaxes: [
      {
        id: 'cf-1',
        title: '[SALAH] Garam akan hilang dari pasar Tirtalaya',
        verdict: 'salah',
        publisher: 'Cek Fakta Rekaan',
        date: '2026-01-04',
        url: 'https://cekfakta.example/2026/01/garam-akan-hilang-dari-pasar-tirtalaya-menurut-pesan-berantai',
        posts: 120,
        stories: ['3f0c9a5be1d24477'],
      },
    ],
    points: ['known-hoax', 'group-hatred', 'disaster', 'early-news', 'check-first'],
    regions: [
      { region: '32', name: 'Jawa Barat', posts: 300, flagged: 40 },
      { region: '73', name: 'Sulawesi Selatan', posts: 120, flagged: 3 },
      { region: 'unknown', posts: 784, flagged: 109 },
    ],
    sources: [
      {
        name: 'berita-rekaan',
        state: 'quiet',
        posts: 40,
        watchedHours: 24,
        hours: 24,
        silentHours: 11,
        gaps: 1,
      },
      {
        name: 'forum-warga',
        state: 'well',
        posts: 1_164,
        watchedHours: 23,
        hours: 24,
        silentHours: 2,
        gaps: 0,
      },
    ],
    clarifications: [
      {
        story: '3f0c9a5be1d24477',
        storyTitle: 'garam Tirtalaya · borong',
        at: '2026-01-05T08:00:00.000Z',
        channel: 'Siaran pers',
        url: 'https://humas.example/siaran/12',
        note: 'Persediaan garam cukup, dijelaskan bersama dinas.',
        windowHours: 24,
        before: 110,
        after: 22,
        afterHours: 15,
      },
    ],
    limits: ['public-only', 'sources-chosen', 'machine-hints', 'sources-quiet', 'incomplete', 'no-cause'],
    ...given,
  };
}

/** A report on one story, its curve over three days. */
export function storyBriefOf(given: Partial<Brief> = {}): Brief {
  const { places: _, ...told } = briefStoryOf();
  const span = { ...spanOfDays('2026-01-06', 3, 'WITA') };
  const from = Date.parse(span.from);
  const hours = Array.from({ length: 40 }, (_, at) => ({
    hour: new Date(from + (at + 20) * HOUR_MS).toISOString(),
    posts: Math.max(1, Math.round(40 * Math.exp(-((at - 12) ** 2) / 40))),
    flagged: at % 3,
  }));
  return briefOf({
    kind: 'narrative',
    span,
    story: {
      ...told,
      hours,
      terms: [
        { text: 'garam', posts: 110 },
        { text: 'Tirtalaya', posts: 96 },
      ],
      hashtags: [{ text: 'garam', posts: 60 }],
      domains: [{ text: '*.blogspot.com', posts: 12 }],
      places: [
        { region: '32', name: 'Jawa Barat', firstSeen: '2026-01-04T20:10:00.000Z', posts: 60 },
        { region: 'unknown', firstSeen: '2026-01-04T21:10:00.000Z', posts: 80 },
      ],
      wordings: [
        {
          text: 'Warga rekaan memborong garam di Tirtalaya',
          posts: 90,
          firstSeen: '2026-01-04T20:10:00.000Z',
        },
        { text: 'اشترى الناس الملح (كله) في تيرتالايا 😀', posts: 30, firstSeen: '2026-01-04T22:10:00.000Z' },
      ],
      coordination: {
        copies: 0.62,
        halfWithinMinutes: 95,
        busiestTenth: 0.3,
        authorsPerPost: 0.61,
        sharedLink: 0.2,
      },
    },
    ...given,
  });
}
