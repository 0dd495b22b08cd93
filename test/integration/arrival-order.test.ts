import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { randomFrom, replayPosts } from '../../bench/planted-stories.js';
import { inventPosts } from '../../bench/posts.js';
import { jsonLines } from '../support/posts.js';
import { redisAvailable, startRedis } from '../support/redis.js';
import { freshHome, ronda } from '../support/ronda.js';

/** The same posts, in whatever order each hour's arrive and by whichever queue they travel, are the same narratives. */

const cleanUp: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

const posts = replayPosts(
  inventPosts(300, 1, []).map(({ text }) => text),
  2,
  12,
).map(({ id, text, author, created_at, source }) => ({ id, text, author, created_at, source }));

/** The posts with those of each hour in another order. */
function shuffled(): typeof posts {
  const random = randomFrom(1);
  return posts
    .map((post) => ({ post, hour: post.created_at.slice(0, 13), at: random() }))
    .sort((a, b) => (a.hour === b.hour ? a.at - b.at : a.hour < b.hour ? -1 : 1))
    .map(({ post }) => post);
}

/** Narratives, and members of the largest, as the commands write them. */
async function toldOf(rows: typeof posts, environment: Record<string, string> = {}) {
  const home = freshHome();
  cleanUp.push(home.remove);
  writeFileSync(join(home.path, 'posts.jsonl'), jsonLines(rows));
  writeFileSync(join(home.path, 'ronda.yaml'), 'score: { workers: 1 }\n');
  // Hashes are keyed: two installations that are to say the same have one secret.
  const options = { home: home.path, environment: { RONDA_SECRET: '5a'.repeat(32), ...environment } };
  const done = await ronda(['batch', 'posts.jsonl', '--json'], options);
  expect(`${done.code} ${done.stderr}`).toMatch(/^0 /);
  const list = await ronda(['narratives', 'list', '--jsonl'], options);
  const narratives = list.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; posts: number });
  const members = new Map<string, string>();
  const largest = narratives.toSorted((a, b) => b.posts - a.posts || (a.id < b.id ? -1 : 1)).slice(0, 3);
  for (const { id } of largest) {
    members.set(id, (await ronda(['narratives', 'members', id, '--jsonl'], options)).stdout);
  }
  return { narratives, members };
}

describe('narratives of posts that arrive in another order', () => {
  it.skipIf(!redisAvailable())(
    'are the same, members too, by the embedded queue and by Redis',
    async () => {
      const redis = await startRedis();
      cleanUp.push(() => redis.dispose());
      const plain = await toldOf(posts);
      expect(plain.narratives.length).toBeGreaterThanOrEqual(10);
      const other = await toldOf(shuffled(), { RONDA_REDIS: redis.url });
      expect(other.narratives).toEqual(plain.narratives);
      expect(other.members).toEqual(plain.members);
    },
    240_000,
  );
});
