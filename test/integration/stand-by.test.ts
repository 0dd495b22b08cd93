import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inventedPosts, jsonLines } from '../support/posts.js';
import { eventually, freshHome, Ronda, ronda } from '../support/ronda.js';

/** Two landers on one store: the second stands by, and takes over when the first is gone. */

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0).reverse()) undo();
});

function start(home: string, ...args: string[]): Ronda {
  const started = new Ronda(args, { home, environment: { RONDA_LOG: 'info' } });
  cleanUp.push(() => started.kill('SIGKILL'));
  return started;
}

async function collected(home: string, name: string, posts: number): Promise<void> {
  writeFileSync(join(home, `${name}.jsonl`), jsonLines(inventedPosts(posts, name)));
  const done = await ronda(['batch', `${name}.jsonl`, '--json'], { home });
  expect(done.code).toBe(0);
  const { collected: all, landed, passed, seen } = JSON.parse(done.stdout) as Record<string, number>;
  expect([all, (landed ?? 0) + (passed ?? 0) + (seen ?? 0)]).toEqual([posts, posts]);
}

describe('ronda worker land --stand-by', () => {
  it('takes over from a lander that is killed, and from one that ends', { timeout: 120_000 }, async () => {
    const { path: home, remove } = freshHome();
    cleanUp.push(remove);
    const first = start(home, 'worker', 'land', '--stand-by');
    await first.says(/worker land|pekerja land/);
    const second = start(home, 'worker', 'land', '--stand-by');
    await second.says(new RegExp(`\\b${first.child.pid}\\b`));
    expect(second.stderr).not.toMatch(/worker land|pekerja land/);
    await collected(home, 'satu', 200);
    expect(first.stderr).toContain('"landed"');

    first.kill('SIGKILL');
    await second.says(/worker land|pekerja land/);
    await collected(home, 'dua', 200);
    expect(second.stderr).toContain('"landed"');

    const third = start(home, 'worker', 'land', '--stand-by');
    await third.says(new RegExp(`\\b${second.child.pid}\\b`));
    second.kill('SIGTERM');
    expect((await second.finished).code).toBe(0);
    await third.says(/worker land|pekerja land/);
    third.kill('SIGTERM');
    expect((await third.finished).code).toBe(0);
  });

  it('leaves the store to a lander that is merely stopped for a while', { timeout: 120_000 }, async () => {
    const { path: home, remove } = freshHome();
    cleanUp.push(remove);
    const first = start(home, 'worker', 'land');
    await first.says(/worker land|pekerja land/);
    first.kill('SIGSTOP');
    const second = start(home, 'worker', 'land', '--stand-by');
    await second.says(new RegExp(`\\b${first.child.pid}\\b`));
    first.kill('SIGCONT');
    first.kill('SIGTERM');
    expect((await first.finished).code).toBe(0);
    await second.says(/worker land|pekerja land/);
    second.kill('SIGTERM');
    await eventually('the stand-by ends', () => second.child.exitCode === 0);
  });
});

describe('ronda worker collect', () => {
  it('is refused where another process collects the sources of the home folder', {
    timeout: 120_000,
  }, async () => {
    const { path: home, remove } = freshHome();
    cleanUp.push(remove);
    writeFileSync(join(home, 'warga.jsonl'), jsonLines(inventedPosts(5, 'warga')));
    const source = '{ name: warga, kind: file, path: warga.jsonl, schedule: "0 0 1 1 *" }';
    writeFileSync(join(home, 'ronda.yaml'), `score: { workers: 0 }\nsources: [${source}]\n`);
    const first = start(home, 'worker', 'collect');
    await first.says(/worker collect|pekerja collect/);
    for (const second of [
      ['worker', 'collect'],
      ['run', '--once', '--json'],
    ]) {
      const refused = await ronda(second, { home });
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toContain(`${first.child.pid}`);
    }
    first.kill('SIGTERM');
    expect((await first.finished).code).toBe(0);
  });
});
