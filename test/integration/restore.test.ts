import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readStoreFacts, StoreWatch } from '../../bench/faults/store-facts.js';
import { inventedPosts, jsonLines } from '../support/posts.js';
import { eventually, type Finished, freshHome, Ronda, ronda } from '../support/ronda.js';

/** Last night's backup onto a fresh folder, and on: by the commands that an operator types. */

const POSTS = 6_000;
const FIRST = 1_500;
const cleanUp: (() => void)[] = [];

afterEach(() => {
  for (const undo of cleanUp.splice(0).reverse()) undo();
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = freshHome();
  cleanUp.push(folder.remove);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  return folder.path;
}

function countsOf({ stdout }: Finished): Record<string, number> {
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
}

/** Every file under a folder that holds a text, as bytes. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));
}

describe('last night’s backup', () => {
  it('comes back onto a fresh folder and goes on to the end that an undisturbed run has', {
    timeout: 300_000,
  }, async () => {
    const posts = inventedPosts(POSTS);
    const marked = {
      ...(posts[3] ?? posts[0]!),
      id: 'hapus-1',
      text: 'Usir semua orang Papua, kata zzqmarka',
    };
    const folder = folderWith({
      'sore.jsonl': jsonLines([...posts.slice(0, FIRST), marked]),
      'malam.jsonl': jsonLines([...posts.slice(FIRST), { ...marked, id: 'hapus-2' }]),
      'malam-tanpa.jsonl': jsonLines(posts.slice(FIRST)),
      // Nobody scores, so that what was collected is known to stand on the queue.
      'tanpa-penilai.yaml': 'score: { workers: 0 }\n',
    });
    const [lost, fresh, calm] = ['lost', 'fresh', 'calm'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const at = (home: string, ...args: string[]) => ronda(args, { home, cwd: folder });
    for (const home of [lost, calm]) mkdirSync(home, { mode: 0o700 });

    // An evening's work, a decision's account, and a backup while the night's posts are on their way.
    expect((await at(lost, 'batch', 'sore.jsonl', '--json')).code).toBe(0);
    expect((await at(lost, 'users', 'add', 'sari', '--role', 'officer')).code).toBe(0);
    const night = new Ronda(['--config', 'tanpa-penilai.yaml', 'batch', 'malam.jsonl', '--json'], {
      home: lost,
      cwd: folder,
    });
    cleanUp.push(() => night.kill('SIGKILL'));
    const watch = new StoreWatch(join(lost, 'ronda.db'));
    await eventually('the night to be on the queue', () => watch.sums().collected === POSTS + 2);
    const made = await at(lost, 'backup', join(folder, 'malam.backup'), '--json');
    expect(made.stderr + made.stdout).toContain('"file"');
    watch.close();
    const head = (await at(lost, 'audit', 'head')).stdout.trim();

    // What happened since the backup: two erasures, whose list is kept elsewhere. Then the machine is gone.
    expect((await at(lost, 'erase', 'rekaan:hapus-1', 'rekaan:hapus-2', '--reason', 'surat 9')).code).toBe(0);
    writeFileSync(join(folder, 'erased.jsonl'), (await at(lost, 'erase', '--list')).stdout);
    night.kill('SIGKILL');
    await night.finished;
    const secret = readFileSync(join(lost, 'secret.key'), 'utf8').trim();
    rmSync(lost, { recursive: true });

    // Without the secret it is no use to anybody.
    const thief = await at(fresh, 'restore', join(folder, 'malam.backup'), '--json');
    expect(thief.code).toBe(2);
    expect(thief.stderr).toMatch(/secret/i);
    const environment = { RONDA_SECRET: secret };
    const restored = await ronda(
      ['restore', join(folder, 'malam.backup'), '--erasures', join(folder, 'erased.jsonl'), '--json'],
      { home: fresh, cwd: folder, environment },
    );
    expect(restored.stderr).toBe('');
    expect(restored.code).toBe(0);
    expect((await ronda(['audit', 'verify', '--head', head], { home: fresh, environment })).code).toBe(0);
    expect((await ronda(['users', 'list'], { home: fresh, environment })).stdout).toContain('sari');
    expect(filesWith(fresh, 'zzqmarka')).toEqual([]);
    expect(filesWith(folder, 'zzqmarka').map((path) => path.slice(folder.length + 1))).not.toEqual([]);

    // And on: the same command again, from where the backup's cursor stood.
    const on = await ronda(['batch', 'malam.jsonl', '--json'], { home: fresh, cwd: folder, environment });
    expect(on.stderr).toBe('');
    expect(countsOf(on)).toMatchObject({ resumed: true, collected: POSTS - FIRST, failed: 0 });

    for (const [file, source] of [
      ['sore.jsonl', 'sore'],
      ['malam-tanpa.jsonl', 'malam'],
    ] as const) {
      const done = await ronda(['batch', file, '--source', source, '--json'], {
        home: calm,
        cwd: folder,
        environment,
      });
      expect(done.code).toBe(0);
    }
    const erased = await ronda(['erase', 'rekaan:hapus-1'], {
      home: calm,
      cwd: folder,
      environment,
    });
    expect(erased.code).toBe(0);
    const [after, undisturbed] = [fresh, calm].map((home) => readStoreFacts(join(home, 'ronda.db')));
    expect(after?.items).toEqual(undisturbed?.items);
    expect(after?.posts).toEqual(undisturbed?.posts);
    expect(after?.counts).toEqual(undisturbed?.counts);
  });
});
