import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { redisAvailable, startRedis } from '../support/redis.js';
import { freshHome, projectRoot, ronda } from '../support/ronda.js';

/** The whole way over real labelled posts, on both queues. The rows are never part of the project. */

const file = resolve(projectRoot, '../shared/data/tweets-labelled.jsonl');
const present = existsSync(file);
const title = present ? 'real posts' : 'real posts: skipped, ../shared/data is not on this machine';

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

interface Landed {
  readonly counts: Record<string, number>;
  readonly items: readonly string[];
}

async function landed(environment: Record<string, string>): Promise<Landed> {
  const home = freshHome();
  cleanUp.push(home.remove);
  const options = { home: home.path, environment };
  const run = async (): Promise<Record<string, number>> =>
    JSON.parse((await ronda(['batch', file, '--json'], options)).stdout) as Record<string, number>;
  const counts = await run();
  const list = async (): Promise<string[]> =>
    lines((await ronda(['items', 'list', '--jsonl'], options)).stdout)
      .map(itemKey)
      .sort();
  const items = await list();
  expect(await run()).toMatchObject({ landed: 0, passed: 0, failed: 0, seen: counts.collected });
  expect(await list()).toEqual(items);
  return { counts, items };
}

function lines(text: string): unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

function itemKey(line: unknown): string {
  const { post, level, flags } = line as { post: { id: string }; level: string; flags: string[] };
  return `${post.id} ${level} ${flags.join('+')}`;
}

describe.skipIf(!present)(title, () => {
  it('land alike on both queues, as ronda score selects them, and once', { timeout: 300_000 }, async () => {
    const embedded = await landed({});
    const { collected, landed: kept, passed, seen, failed } = embedded.counts;
    expect(collected).toBe(lines(readFileSync(file, 'utf8')).length);
    expect((kept ?? 0) + (passed ?? 0) + (seen ?? 0) + (failed ?? 0)).toBe(collected);
    expect(embedded.items.length).toBeGreaterThanOrEqual(500);

    const home = freshHome();
    cleanUp.push(home.remove);
    const scored = await ronda(['score', '--jsonl'], { home: home.path, input: readFileSync(file) });
    const selected = (lines(scored.stdout) as { id: string; level: string; flags: string[] }[])
      .filter(({ flags }) => flags.some((flag) => flag !== 'abusive'))
      .map((row) => itemKey({ ...row, post: { id: `tweets-labelled:${row.id}` } }));
    expect(embedded.items).toEqual(selected.sort());

    if (!redisAvailable()) return;
    const redis = await startRedis();
    cleanUp.push(() => redis.dispose());
    const onRedis = await landed({ RONDA_REDIS: redis.url });
    expect(onRedis.items).toEqual(embedded.items);
    expect(onRedis.counts).toMatchObject({ collected, landed: kept, passed, seen, failed });
  });
});
