import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../src/core/assessment.js';
import { BRIEF_FORMATS, type Brief } from '../../src/core/brief.js';
import type { Claim } from '../../src/core/claim.js';
import type { Post } from '../../src/core/post.js';
import { readPacketFonts } from '../../src/files/packet-fonts.js';
import { createTrendCounter } from '../../src/pipeline/count-trends.js';
import { gatherBrief } from '../../src/pipeline/gather-brief.js';
import { createGrouper } from '../../src/pipeline/group.js';
import { atOnce } from '../../src/pipeline/group-loop.js';
import { createNarrativeReader } from '../../src/pipeline/read-narratives.js';
import { createTrendReader } from '../../src/pipeline/read-trends.js';
import { scoreBatch } from '../../src/pipeline/score.js';
import { briefFile } from '../../src/report/brief-file.js';
import { openStore, type Store } from '../../src/store/store.js';
import { everythingIn } from '../support/report-text.js';
import { assessmentOf, revisionOf } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

/**
 * What posts bring of people, all of it invented, and never to be found in any report: names of accounts as they are
 * mentioned, ids of authors, addresses, telephones, mail.
 */
const HANDLES = ['siti_rekaan88', 'tono.contoh', 'akun-bayangan', 'penutur_utama'];
const NUMBERS = ['081234567890', '0812-3456-7890', '6281234567890', '3273010101900001'];
const HOUR_MS = 3_600_000;
const BEGIN = Date.parse('2026-01-05T02:00:00.000Z');

interface Case {
  readonly name: string;
  /** Texts of a post by number. */
  text(at: number, handle: string): string;
  isFlagged(at: number): boolean;
}

const STORY = 'Gempa dahsyat diramal melanda Teluk Marandai tanggal 27 malam menurut peramal Ki Sondoro';

const CASES: readonly Case[] = [
  {
    name: 'an ordinary store, where nothing is flagged',
    text: (at) => (at % 3 === 0 ? STORY : `${STORY} warga diminta mengungsi ${at % 2 === 0 ? '#gempa' : ''}`),
    isFlagged: () => false,
  },
  {
    name: 'an ordinary store with mentions, links and retweets',
    text: (at, handle) =>
      `RT @${handle}: ${STORY} https://media.example/@${handle}/${at} hubungi ${NUMBERS[at % NUMBERS.length]} #gempa`,
    isFlagged: (at) => at % 2 === 0,
  },
  {
    name: 'a hostile store, whose every post is about an account',
    text: (at, handle) =>
      `@${handle} ＠${handle} ${handle}@surat.example ${STORY} t.me/${handle} https://${handle}.blogspot.com/p IG: ${handle} u/${handle} ${NUMBERS[at % NUMBERS.length]}`,
    isFlagged: () => true,
  },
];

describe.each(CASES)('reports of $name', ({ text, isFlagged }) => {
  let folder: string;
  let store: Store;
  let briefs: readonly Brief[];
  const clock = new SimulatedClock(BEGIN + 30 * HOUR_MS);
  const forbidden = new Set<string>([...HANDLES, ...NUMBERS, 'surat.example', 'media.example/@']);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-leaks-'));
    store = openStore({
      path: join(folder, 'ronda.db'),
      secret: Buffer.alloc(32, 7),
      clock,
      seenWindowDays: 30,
    });
    const posts = Array.from({ length: 60 }, (_, at): Post => {
      const handle = HANDLES[at % HANDLES.length] ?? '';
      const author = { id: `did:plc:rekaan${at % 25}x`, handle: `${handle}${at % 25}` };
      const url = `https://media.example/@${handle}/${at}`;
      for (const each of [author.id, author.handle, url, `rekaan:nomor-${at}`]) forbidden.add(each);
      return {
        id: `rekaan:nomor-${at}`,
        revision: revisionOf(`${at}`),
        source: 'warung',
        platform: 'rekaan',
        text: text(at, handle),
        author,
        url,
        createdAt: new Date(BEGIN + Math.floor(at / 15) * HOUR_MS + at * 1_000).toISOString(),
        collectedAt: new Date(BEGIN + 5 * HOUR_MS).toISOString(),
      };
    });
    const flagged = new Set(posts.filter((_, at) => isFlagged(at)).map((post) => post.text));
    const assessor = {
      assess: (said: string): Assessment =>
        flagged.has(said)
          ? assessmentOf(said, { flags: ['hoax'], level: 'high' })
          : assessmentOf(said, { flags: [], level: 'none', findings: [] }),
    };
    const landing = { hoax: 'low' } as const;
    store.land('job', scoreBatch(assessor, { run: 'run', source: 'warung', posts }, landing));
    const bounds = { windowHours: 168, knownAuthors: 10 };
    const grouper = createGrouper({
      mostHeld: 100_000,
      store: store.narratives,
      upkeep: store.desk.upkeep,
      clock,
      ...bounds,
    });
    const counter = createTrendCounter({ store: store.trends, clock, ...bounds });
    while (grouper.take());
    atOnce(grouper.close(true));
    while (counter.take());
    atOnce(counter.close(true));
    const narratives = createNarrativeReader(store.stories);
    const [story] = narratives.listNarratives({ limit: 1 });
    if (story === undefined) throw new Error('the posts made no narrative');
    const [handle = ''] = HANDLES;
    // What people at the desk write may hold a name as well.
    const title = `Ramalan oleh @${handle} t.me/${handle}`;
    const claims: readonly Claim[] = [
      {
        id: 'cf-1',
        title: `[SALAH] Ramalan gempa oleh @${handle}`,
        publisher: 'Cek Fakta Rekaan',
        date: '2026-01-05',
        url: `https://media.example/@${handle}/9`,
      },
    ];
    const ports = {
      narratives: {
        ...narratives,
        listStories: (query: { limit: number; before?: string }) =>
          narratives.listStories(query).map((each) => ({ ...each, narrative: { ...each.narrative, title } })),
        narrativeDetail(id: string) {
          const found = narratives.narrativeDetail(id);
          return (
            found && {
              ...found,
              narrative: { ...found.narrative, title },
              claims: [{ id: 'cf-1', posts: 60 }],
              clarifications: [
                {
                  id: 1,
                  at: new Date(BEGIN + 2 * HOUR_MS).toISOString(),
                  channel: `akun @${handle}`,
                  url: `https://media.example/@${handle}/status/1`,
                  note: `menjawab ${handle}@surat.example, telepon ${NUMBERS[0]}`,
                  by: 'petugas',
                  notedAt: new Date(BEGIN).toISOString(),
                },
              ],
            }
          );
        },
      },
      trends: createTrendReader(store.counted),
      claims: () => claims,
      counts: store.hourlyCounts,
      sources: () => [{ source: 'warung', facts: store.sourceFacts('warung') }],
      regionName: () => undefined,
      topicName: () => undefined,
      clock,
    };
    briefs = [
      gatherBrief(ports, { kind: 'daily', date: '2026-01-05', zone: 'WIB' }),
      gatherBrief(ports, { kind: 'weekly', date: '2026-01-06', zone: 'WIT' }),
      gatherBrief(ports, { kind: 'narrative', story: story.id, zone: 'WITA' }),
    ];
  });
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('tell of the story, so that there is something to leak', () => {
    const [daily, , story] = briefs;
    expect(daily?.totals.posts).toBe(60);
    expect(daily?.fresh.map(({ posts }) => posts)).toEqual([60]);
    expect(daily?.clarifications.length).toBe(1);
    expect(story?.story?.posts).toBe(60);
  });

  it.each(BRIEF_FORMATS)('name no account, author, address of one or number as %s', async (format) => {
    for (const brief of briefs) {
      // A paper costs half a second, and says the same in both.
      for (const language of format === 'pdf' ? (['id'] as const) : (['id', 'en'] as const)) {
        const { bytes, name } = await briefFile(brief, format, language, readPacketFonts);
        const said = `${name}\n${everythingIn(format, bytes)}`.toLowerCase();
        const found = [...forbidden].filter((each) => said.includes(each.toLowerCase()));
        expect(found).toEqual([]);
      }
    }
  });
});
