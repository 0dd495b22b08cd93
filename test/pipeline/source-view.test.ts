import { describe, expect, it } from 'vitest';
import { createQuietWarning } from '../../src/compose-sources.js';
import type { CollectedPage, Collector } from '../../src/core/collector-ports.js';
import { PermanentError } from '../../src/core/errors.js';
import type { SourceFacts, SourceHour } from '../../src/core/source.js';
import { checkSource } from '../../src/pipeline/source-check.js';
import { viewSource } from '../../src/pipeline/source-view.js';
import { noNetwork } from '../support/no-network.js';
import { landedPost } from '../support/scored.js';
import { SimulatedClock } from '../support/simulated-clock.js';

const HOUR = 3_600_000;
/** 20 minutes past noon UTC. */
const now = Date.parse('2026-01-20T12:20:00.000Z');
const present = Math.floor(now / HOUR);

/** Two weeks of 30 posts an hour up to `silent` hours before the present one. */
function busy(silent: number): SourceHour[] {
  return Array.from({ length: 14 * 24 }, (_, at) => {
    const hour = present - 14 * 24 + at;
    return { hour, posts: hour < present - silent ? 30 : 0, rejected: 0, watched: true };
  });
}

const succeeded = {
  lastTriedAt: '2026-01-20T12:10:00.000Z',
  lastSucceededAt: '2026-01-20T12:10:00.000Z',
};
const facts = (given: Partial<SourceFacts>): SourceFacts => ({ hours: [], faults: [], gaps: [], ...given });
const source = { name: 'warung', kind: 'feed', schedule: '*/30 * * * *' };
const view = (given: Partial<SourceFacts>) => viewSource(source, facts(given), 'Asia/Jakarta', now);

describe('a source as a person sees it', () => {
  it.each<[string, Partial<SourceFacts>]>([
    ['never-read', {}],
    ['well', { status: succeeded }],
    ['well', { status: succeeded, hours: busy(0) }],
    ['quiet', { status: succeeded, hours: busy(6) }],
    ['failing', { status: { ...succeeded, error: { kind: 'timeout', message: 'x' } }, hours: busy(6) }],
    ['paused', { status: succeeded, hours: busy(6), pausedAt: succeeded.lastTriedAt }],
  ])('is %s', (state, given) => {
    expect(view(given).state).toBe(state);
  });

  it('tells of its pace, its lag and its next run', () => {
    const hours = [...busy(0), { hour: present, posts: 7, rejected: 0, watched: true }];
    expect(view({ status: succeeded, hours, newestPostAt: '2026-01-20T12:00:00.000Z' })).toMatchObject({
      postsThisHour: 7,
      postsLastHour: 30,
      usualPosts: 30,
      lagSeconds: 1_200,
      nextRunAt: '2026-01-20T12:30:00.000Z',
    });
    expect(view({ pausedAt: succeeded.lastTriedAt }).nextRunAt).toBeUndefined();
  });

  it('is warned of once a silence', () => {
    let hours = busy(6);
    const warned: string[] = [];
    const warn = createQuietWarning(
      () => [view({ status: succeeded, hours })],
      ({ name }) => warned.push(name),
    );
    warn(now);
    warn(now);
    hours = busy(0);
    warn(now);
    expect(warned).toHaveLength(1);
    hours = busy(6);
    warn(now);
    expect(warned).toHaveLength(2);
  });
});

describe('checking a source', () => {
  const clock = new SimulatedClock(now);
  const signal = new AbortController().signal;
  const page = (given: Partial<CollectedPage>): Collector['collect'] =>
    async function* () {
      yield { posts: [], rejects: [], cursor: {}, ...given };
    };
  const check = (collect: Collector['collect']) =>
    checkSource({ source: 'warung', kind: 'rekaan', collect }, { fetcher: noNetwork, clock, signal });
  const post = (createdAt: string | undefined) =>
    landedPost({
      id: 'rekaan:1',
      text: `kata @seseorang ${'panjang '.repeat(50)}`,
      author: { handle: 'nama-rekaan' },
      createdAt: createdAt as string,
    }).post;
  const reject = { at: 'line 1', kind: 'no-text', reason: 'none', excerpt: Buffer.from('x'), length: 1 };

  it.each<[string, Collector['collect'], string[]]>([
    ['all is well', page({ posts: [post('2026-01-20T12:00:00.000Z')] }), []],
    ['nothing', page({}), ['no-posts']],
    ['rejects only', page({ rejects: [reject] }), ['no-posts', 'rejects']],
    ['no times', page({ posts: [post(undefined)] }), ['no-times']],
    ['the future', page({ posts: [post('2026-01-20T19:00:00.000Z')] }), ['future-times']],
    ['long ago', page({ posts: [post('2025-01-20T19:00:00.000Z')] }), ['old']],
    [
      'a gap',
      page({ posts: [post('2026-01-20T12:00:00.000Z')], gaps: [{ to: '', kind: 'x', reason: 'y' }] }),
      ['gaps'],
    ],
    ['fact-checks alone', page({ claims: [{ id: '1', title: 't', publisher: '', date: '', url: '' }] }), []],
    [
      'a fault',
      // biome-ignore lint/correctness/useYield: a place that cannot be reached gives no page
      async function* () {
        throw new PermanentError('not-a-feed', 'it is a web page');
      },
      ['failed'],
    ],
    [
      'a stream that is silent',
      async function* (_cursor, context) {
        await new Promise((_, give) =>
          context.signal.addEventListener('abort', () => give(context.signal.reason)),
        );
      },
      ['no-page'],
    ],
  ])('%s', async (_, collect, problems) => {
    const found = await check(collect);
    expect(found.problems).toEqual(problems);
    expect(JSON.stringify(found)).not.toMatch(/nama-rekaan|seseorang/);
  });

  it('asks for what is there, not for what is new, and takes one page', async () => {
    const asked: unknown[] = [];
    let pages = 0;
    const found = await checkSource(
      {
        source: 'warung',
        kind: 'rekaan',
        async *collect(cursor, { fetcher }) {
          expect(cursor).toBeUndefined();
          await fetcher.fetch({ url: 'https://rekaan.example/', conditional: true }).catch(() => undefined);
          for (;;) {
            pages += 1;
            yield { posts: [post('2026-01-20T12:00:00.000Z')], rejects: [], cursor: {} };
          }
        },
      },
      {
        fetcher: {
          ...noNetwork,
          fetch: (request) => {
            asked.push(request.conditional);
            return noNetwork.fetch(request);
          },
        },
        clock,
        signal,
      },
    );
    expect([asked, pages, found.posts]).toEqual([[false], 1, 1]);
  });
});
