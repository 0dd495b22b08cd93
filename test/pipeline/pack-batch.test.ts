import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assessment, CATEGORIES, LEVELS } from '../../src/core/assessment.js';
import type { PassedPost, ScoredBatch, ScoredPost } from '../../src/core/batch.js';
import type { Author, Post, Reach, ReceivedRecord } from '../../src/core/post.js';
import type { Observation } from '../../src/core/trends.js';
import { POST_BATCH, SCORED_BATCH } from '../../src/pipeline/pack-batch.js';

/** One arbitrary for each field: a field that is added and not written on the queue fails to compile, or the test. */
type Fields<T> = { readonly [Key in keyof Required<T>]: fc.Arbitrary<NonNullable<T[Key]> | (null & T[Key])> };

const few = fc.constantFrom('', 'warga', 'kota', '0', '\u0000', '🐷 halo', 'a "quote"');
const text = fc.oneof(few, fc.string({ unit: 'grapheme', maxLength: 30 }));
const texts = fc.array(text, { maxLength: 3 });

const author: Fields<Author> = { id: text, handle: text };
const count = fc.nat(9);
const reach: Fields<Reach> = { likes: count, reposts: count, replies: count, views: count };
const record: Fields<ReceivedRecord> = {
  mediaType: few,
  encoding: fc.constantFrom('utf8', 'base64'),
  bytes: text,
  from: few,
  receivedAt: few,
  headers: fc.dictionary(few, text, { maxKeys: 2 }),
  bodySha256: fc.constantFrom(null, 'ab', 'cd'),
};
const post: Fields<Post> = {
  id: text,
  revision: text,
  source: few,
  platform: few,
  text,
  createdAt: few,
  collectedAt: few,
  url: text,
  author: fc.record(author, { requiredKeys: [] }),
  reach: fc.record(reach, { requiredKeys: [] }),
  region: few,
  record: fc.record(record),
};
const observation: Fields<Observation> = {
  region: few,
  hashtags: texts,
  domains: texts,
  topics: texts,
  source: text,
};
const print = {
  fingerprint: fc.record({ signature: text, terms: text }),
  observation: fc.record(observation, { requiredKeys: [] }),
  excerpt: fc.record({ text, url: text }, { requiredKeys: ['text'] }),
};
const passed: Fields<PassedPost> = {
  id: text,
  revision: text,
  authorId: text,
  at: few,
  language: few,
  level: fc.constantFrom(...LEVELS),
  flags: fc.subarray([...CATEGORIES]),
  incomplete: fc.boolean(),
  targets: texts,
  ...print,
};
const posts = fc.record(post, {
  requiredKeys: ['id', 'revision', 'source', 'platform', 'text', 'collectedAt'],
});
const versions = { rules: '1', lexicon: 'a', model: 'b', language: 'c' };
const assessment: Assessment = {
  language: { code: 'ind', confidence: 1 },
  categories: { hate: 0.5, sara: 0, incitement: 0, threat: 0, hoax: 0, abusive: 0 },
  flags: ['hate'],
  level: 'low',
  score: 0.5,
  targets: [],
  findings: [],
  context: [],
  incomplete: [],
  versions,
};
const scored: Fields<ScoredPost> = {
  post: posts,
  assessment: fc.constant(assessment),
  watch: fc.constantFrom(0, 0.25, 1),
  wording: text,
  ...print,
};
const batch: Fields<ScoredBatch> = {
  run: text,
  source: text,
  landed: fc.array(fc.record(scored, { requiredKeys: ['post', 'assessment'] }), { maxLength: 5 }),
  passed: fc.array(
    fc.record(passed, { requiredKeys: ['id', 'revision', 'at', 'language', 'level', 'flags', 'incomplete'] }),
    { maxLength: 5 },
  ),
  failed: count,
  versions: fc.constant(versions),
  by: text,
  shadow: fc.constant({ versions, posts: 1, differ: 0, landMore: 0, landLess: 0, changes: [] } as never),
  withdrawn: fc.constant({ toldAt: '2026-01-05T08:00:00.000Z', posts: [{ id: 'a:1', at: 'b' }] }),
};

const POST: Post = {
  id: 'rekaan:1',
  revision: 'r1',
  source: 's',
  platform: 'rekaan',
  text: 'gudang ditolak',
  collectedAt: '2026-01-05T08:00:00.000Z',
};
const PASSED: PassedPost = {
  id: 'rekaan:2',
  revision: 'r2',
  at: '2026-01-05T08:00:00.000Z',
  language: 'ind',
  level: 'none',
  flags: [],
  incomplete: false,
};

/** As a queue keeps it. */
const kept = (packed: unknown): unknown => JSON.parse(JSON.stringify(packed));

describe('batches as they are written on the queues', () => {
  it('come back as they were, every field that is there and none that is not', () => {
    const batches = fc.record({ run: text, source: text, posts: fc.array(posts, { maxLength: 6 }) });
    fc.assert(
      fc.property(batches, (whole) => {
        expect(POST_BATCH.unpack(kept(POST_BATCH.pack(whole)))).toStrictEqual(kept(whole));
      }),
    );
    fc.assert(
      fc.property(
        fc.record(batch, { requiredKeys: ['run', 'source', 'landed', 'passed', 'failed'] }),
        (whole) => {
          expect(SCORED_BATCH.unpack(kept(SCORED_BATCH.pack(whole)))).toStrictEqual(kept(whole));
        },
      ),
    );
  });

  it('are read where a version before this form wrote them as objects', () => {
    const whole = { run: 'r', source: 's', posts: [] };
    expect(POST_BATCH.unpack(kept(whole))).toEqual(whole);
    const done = { run: 'r', source: 's', landed: [], passed: [], failed: 3 };
    expect(SCORED_BATCH.unpack(kept(done))).toEqual(done);
  });

  it('are read where a version before wrote terms as a list', () => {
    const fingerprint = { signature: 'AA==', terms: 'gudang\nditolak=tolak' };
    const whole: ScoredBatch = {
      run: 'r',
      source: 's',
      landed: [{ post: POST, assessment, fingerprint }],
      passed: [{ ...PASSED, fingerprint }],
      failed: 0,
    };
    const listed = (written: unknown): unknown =>
      JSON.parse(
        JSON.stringify(written).replaceAll('"gudang\\nditolak=tolak"', '["gudang","ditolak=tolak"]'),
      );
    const [, ...rows] = listed(SCORED_BATCH.pack(whole)) as unknown[];
    expect(SCORED_BATCH.unpack([1, ...rows])).toStrictEqual(whole);
    expect(SCORED_BATCH.unpack(listed(whole))).toStrictEqual(whole);
  });

  it('are refused, not misread, where a newer version wrote them', () => {
    for (const form of [POST_BATCH, SCORED_BATCH]) {
      expect(() => form.unpack([3, 'r', 's', []])).toThrow(
        expect.objectContaining({ kind: 'unknown-payload' }),
      );
    }
  });
});
