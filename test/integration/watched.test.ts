import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../bench/load/free-ports.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { eventually, freshHome, Ronda, ronda } from '../support/ronda.js';

/** What a process tells of itself: metrics, readiness, and a log with nothing of a post in it. */

const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0).reverse()) undo();
});

function home(): string {
  const made = freshHome();
  cleanUp.push(made.remove);
  return made.path;
}

function start(at: string, environment: Record<string, string>, ...args: string[]): Ronda {
  const started = new Ronda(args, { home: at, environment });
  cleanUp.push(() => started.kill('SIGKILL'));
  return started;
}

/** Words that stand in no log, each in a part of a post of its own. */
const SECRET = {
  text: 'kalimatrahasiasatu',
  author: 'akunrahasiadua',
  authorId: 'nomorrahasiatiga',
  url: 'tautanrahasiaempat',
  id: 'idrahasialima',
  bad: 'barisrahasiaenam',
};

function posts(count: number): string {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: `${SECRET.id}-${n}`,
    text:
      n % 3 === 0
        ? `Usir dan bakar rumah kafir itu! ${SECRET.text} ${n}`
        : `Selamat pagi ${SECRET.text} ${n}`,
    author: SECRET.author,
    author_id: SECRET.authorId,
    url: `https://rekaan.example/${SECRET.url}/${n}`,
    created_at: '2026-03-01T08:00:00Z',
  }));
  const bad = `{"id": "${SECRET.bad}", "text": 7}\n{"text": "${SECRET.bad}`;
  return `${rows.map((row) => JSON.stringify(row)).join('\n')}\n${bad}\n`;
}

interface Line {
  readonly msg: string;
  readonly job?: string;
}

function logOf(text: string): Line[] {
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
}

describe('the log', () => {
  it('follows a batch by its job through every stage, at every level without a word of a post', {
    timeout: 120_000,
  }, async () => {
    for (const level of ['trace', 'warn']) {
      const at = home();
      writeFileSync(join(at, 'warga.jsonl'), posts(250));
      writeFileSync(
        join(at, 'ronda.yaml'),
        'score: { workers: 0 }\nsources: [{ name: warga, kind: file, path: warga.jsonl }]\n',
      );
      const scorer = start(at, { RONDA_LOG: level }, 'worker', 'score');
      const run = start(at, { RONDA_LOG: level }, 'run', '--once', '--json');
      const done = await run.finished;
      scorer.kill('SIGTERM');
      const { stderr } = await scorer.finished;
      expect(JSON.parse(done.stdout)).toMatchObject({
        outcome: 'done-with-failures',
        collected: 252,
        failed: 2,
      });
      const all = done.stderr + stderr + done.stdout;
      for (const word of Object.values(SECRET)) expect(all).not.toContain(word);
      if (level === 'warn') continue;
      const lines = logOf(all);
      const jobs = (stage: string) => lines.filter(({ msg }) => msg === stage).map(({ job }) => job);
      expect(jobs('queued')).toHaveLength(3);
      expect(jobs('scored').sort()).toEqual(jobs('queued').sort());
      expect(jobs('landed').sort()).toEqual(jobs('queued').sort());
    }
  });

  it('keeps silent of posts whose batches die, and of those that are erased', {
    timeout: 120_000,
  }, async () => {
    const at = home();
    const trace = { home: at, environment: { RONDA_LOG: 'trace' } };
    writeFileSync(join(at, 'warga.jsonl'), posts(30));
    writeFileSync(
      join(at, 'ronda.yaml'),
      'queue: { max_attempts: 1 }\nsources: [{ name: warga, kind: file, path: warga.jsonl }]\n',
    );
    const queues = createEmbeddedQueues({ path: join(at, 'queue.db') });
    const post = {
      id: `x:${SECRET.id}`,
      url: SECRET.url,
      author: { id: SECRET.authorId, handle: SECRET.author },
    };
    const broken = [{ post: { ...post, text: SECRET.text }, assessment: SECRET.text }];
    const batch = { run: 'r', source: 'warga', landed: broken, passed: [], failed: 0 };
    await queues.queue('land').enqueue([{ id: 'aa', lane: 'warga', payload: batch }]);
    const unread = { run: 'r', source: 'warga', posts: [{ ...post, text: { [SECRET.text]: 1 } }] };
    await queues.queue('score').enqueue([{ id: 'bb', lane: 'warga', payload: unread }]);
    const run = await ronda(['run', '--once', '--json'], trace);
    await eventually('both are dead', async () => {
      if ((await queues.queue('land').counts()).dead + (await queues.queue('score').counts()).dead === 2)
        return true;
      return (await ronda(['run', '--once', '--json'], trace)).code === undefined;
    });
    await queues.close();
    const told = [
      run,
      await ronda(['dead', 'list', '--json'], trace),
      await ronda(['dead', 'retry', '--all'], trace),
      await ronda(['run', '--once', '--json'], trace),
      await ronda(['purge'], trace),
      await ronda(['doctor'], trace),
    ].map(({ stdout, stderr }) => stderr + stdout);
    for (const word of Object.values(SECRET)) expect(told.join('\n')).not.toContain(word);
    expect(told[0]).toContain('"queued"');
    expect(told[1]).toContain('"defect"');
  });
});

describe('the probes of ronda run', () => {
  it('are at the desk’s address: what is counted adds up, and readiness names its parts', {
    timeout: 120_000,
  }, async () => {
    const at = home();
    const port = await freePort();
    writeFileSync(join(at, 'warga.jsonl'), posts(250));
    writeFileSync(
      join(at, 'ronda.yaml'),
      `desk: { port: ${port} }\nsources: [{ name: warga, kind: file, path: warga.jsonl, schedule: "0 0 1 1 *" }]\n`,
    );
    const run = start(at, {}, 'run');
    const url = `http://127.0.0.1:${port}`;
    const value = async (name: string): Promise<number | undefined> => {
      const answer = await fetch(`${url}/metrics`).catch(() => undefined);
      const body = answer?.ok === true ? await answer.text() : '';
      const line = body.split('\n').find((each) => each.startsWith(`${name} `));
      return line === undefined ? undefined : Number(line.split(' ')[1]);
    };
    await eventually('all posts landed or passed', async () => {
      const landed = await value('ronda_posts_total{stage="land",outcome="landed"}');
      const passed = await value('ronda_posts_total{stage="land",outcome="passed"}');
      return (landed ?? 0) + (passed ?? 0) === 250;
    });
    expect(await value('ronda_posts_total{stage="collect",outcome="queued"}')).toBe(250);
    expect(await value('ronda_posts_total{stage="collect",outcome="rejected"}')).toBe(2);
    expect(await value('ronda_collections_total{outcome="ok"}')).toBe(1);
    expect(await value('ronda_lander')).toBe(1);
    expect(await value('ronda_lease_held')).toBe(1);
    expect(await value('ronda_queue_jobs{queue="score",state="waiting"}')).toBe(0);
    const landed = await value('ronda_posts_total{stage="land",outcome="landed"}');
    expect(await value('ronda_post_to_desk_seconds_count')).toBe(landed);
    const body = await (await fetch(`${url}/metrics`)).text();
    for (const word of Object.values(SECRET)) expect(body).not.toContain(word);
    const ready = await fetch(`${url}/readyz`);
    const told = (await ready.json()) as { ready: boolean; parts: { part: string; ready: boolean }[] };
    expect([ready.status, told.ready]).toEqual([200, true]);
    expect(told.parts.map(({ part }) => part).sort()).toEqual(['lander', 'queue', 'scorers', 'store']);
    run.kill('SIGTERM');
    expect((await run.finished).code).toBe(0);
  });

  it('of a worker stand at a port of their own, and a scorer makes no store', {
    timeout: 120_000,
  }, async () => {
    const at = home();
    const port = await freePort();
    const scorer = start(at, {}, 'worker', 'score', '--metrics-port', String(port));
    const told = await eventually('the scorer is ready', async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      const parts = answer?.ok === true ? ((await answer.json()) as { parts: { part: string }[] }).parts : [];
      return parts.some(({ part }) => part === 'scorer') ? parts : undefined;
    });
    expect(told.map(({ part }) => part).sort()).toEqual(['queue', 'scorer']);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toContain('ronda_ready{part="scorer"} 1');
    scorer.kill('SIGTERM');
    expect((await scorer.finished).code).toBe(0);
    expect((await ronda(['items', 'list'], { home: at })).stderr).toContain('There is no store');
  });
});

describe('a service manager that stops a run', () => {
  it('may signal its scorers too: nothing is started anew, and what is left goes on', {
    timeout: 120_000,
  }, async () => {
    const at = home();
    writeFileSync(join(at, 'warga.jsonl'), posts(6_000));
    writeFileSync(
      join(at, 'ronda.yaml'),
      'desk: { port: 0 }\nsources: [{ name: warga, kind: file, path: warga.jsonl, schedule: "0 0 1 1 *" }]\n',
    );
    const run = start(at, { RONDA_LOG: 'info' }, 'run');
    await run.says(/"msg":"landed"/);
    const pid = run.child.pid ?? 0;
    const scorers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    for (const scorer of scorers) process.kill(scorer, 'SIGTERM');
    run.kill('SIGTERM');
    const { code, stderr } = await run.finished;
    expect(code).toBe(0);
    expect(stderr).not.toContain('scorer-failed');
    const again = start(at, {}, 'run');
    await eventually('every post has landed or passed', async () => {
      const { stdout } = await ronda(['runs', 'list', '--json'], { home: at });
      const sums = stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { counts: Record<string, number> }).counts)
        .map(({ landed = 0, passed = 0 }) => landed + passed);
      return sums.reduce((sum, n) => sum + n, 0) === 6_000;
    });
    again.kill('SIGTERM');
    expect((await again.finished).code).toBe(0);
  });
});
