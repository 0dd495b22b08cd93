import { setImmediate as soon } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_BATCH_POSTS } from '../../src/core/batch.js';
import type { CollectContext, CollectedPage, Collector, Cursor } from '../../src/core/collector-ports.js';
import type { Post } from '../../src/core/post.js';

/** A source that is ready to be collected, and what must come of it. */
export interface CollectorCase {
  /** A collector as a new process would make it. */
  create(): Collector;
  readonly context: Omit<CollectContext, 'signal'>;
  /** Fields that each post must have, in order. */
  readonly expected: readonly Partial<Post>[];
  /** Everything that the source received, to find records in. */
  readonly received: () => readonly Buffer[];
  close(): Promise<void>;
}

/** What every collector must do, whatever it collects. */
export function collectorContract(name: string, open: () => Promise<CollectorCase>): void {
  describe(`collector: ${name}`, () => {
    let source: CollectorCase;
    beforeAll(async () => {
      source = await open();
    });
    afterAll(() => source.close());

    const collect = async (
      cursor?: Cursor,
      signal = new AbortController().signal,
    ): Promise<CollectedPage[]> => {
      const pages: CollectedPage[] = [];
      const context = { ...source.context, signal };
      for await (const page of source.create().collect(cursor, context)) pages.push(page);
      return pages;
    };
    const postsOf = (pages: readonly CollectedPage[]) => pages.flatMap((page) => page.posts);

    it('gives the posts that were recorded, in order, and rejects nothing', async () => {
      const pages = await collect();
      expect(postsOf(pages)).toMatchObject(source.expected);
      expect(postsOf(pages)).toHaveLength(source.expected.length);
      expect(pages.flatMap((page) => page.rejects)).toEqual([]);
    });

    it('gives whole posts: an id of its platform, a revision, a text, times in UTC', async () => {
      for (const post of postsOf(await collect())) {
        expect(post.id.startsWith(`${post.platform}:`)).toBe(true);
        expect(post.id.length).toBeGreaterThan(post.platform.length + 1);
        expect(post.revision).toMatch(/^[0-9a-f]{16}$/);
        expect(post.text).toMatch(/\S/);
        for (const time of [post.collectedAt, post.createdAt ?? post.collectedAt]) {
          expect(new Date(time).toISOString()).toBe(time);
        }
      }
    });

    it('gives the same ids and revisions every time, each once', async () => {
      const keys = async () => postsOf(await collect()).map((post) => `${post.id} ${post.revision}`);
      const first = await keys();
      expect(new Set(first).size).toBe(first.length);
      expect(await keys()).toEqual(first);
    });

    it('keeps each post’s own record, its bytes as they were received', async () => {
      for (const post of postsOf(await collect())) {
        const { record } = post;
        const bytes = Buffer.from(record?.bytes ?? '', record?.encoding === 'base64' ? 'base64' : 'utf8');
        expect(bytes.length).toBeGreaterThan(0);
        expect(source.received().some((body) => body.includes(bytes))).toBe(true);
      }
    });

    it('comes in pages that fit a job, with cursors that can be kept', async () => {
      for (const page of await collect()) {
        expect(page.posts.length).toBeLessThanOrEqual(MAX_BATCH_POSTS);
        const kept = JSON.stringify(page.cursor);
        expect(JSON.parse(kept)).toEqual(page.cursor);
        expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(64_000);
      }
    });

    it('brings nothing again after its last cursor', async () => {
      const last = (await collect()).at(-1)?.cursor;
      expect(postsOf(await collect(last))).toEqual([]);
    });

    it('loses nothing when it is cut off after any page', async () => {
      const pages = await collect();
      const all = postsOf(pages).map((post) => post.id);
      for (const [index, page] of pages.entries()) {
        const before = postsOf(pages.slice(0, index + 1)).map((post) => post.id);
        const after = postsOf(await collect(page.cursor)).map((post) => post.id);
        expect(new Set([...before, ...after])).toEqual(new Set(all));
      }
    });

    it('starts anew from a cursor that it does not understand', async () => {
      const pages = await collect({ strange: [1, { two: null }], offset: 'x', seen: 7 });
      expect(postsOf(pages)).toHaveLength(source.expected.length);
    });

    it('stops when it is told to', async () => {
      const stop = new AbortController();
      stop.abort(new Error('enough'));
      const outcome = await collect(undefined, stop.signal).then(
        (pages) => postsOf(pages).length,
        () => 0,
      );
      await soon();
      expect(outcome).toBe(0);
    });
  });
}
