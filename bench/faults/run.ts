import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { createNetwork, type Host, type Network, thisHost } from './hosts.js';
import { type ClockRole, describeStrike, type Plan, type QueueKind, type Strike } from './plan.js';
import { type RedisHost, startRedisOn } from './redis-host.js';
import { mountSmallDisk, type SmallDisk } from './small-disk.js';
import { differences, digestOf, readStoreFacts, type StoreFacts, StoreWatch } from './store-facts.js';
import { fakeTimeLibrary, WorkerProcess } from './worker-process.js';

/** The installation's secret of every run here, so that keyed hashes can be compared. Invented. */
const SECRET = '5a'.repeat(32);
const LOOK_MS = 50;

type Part = 'collect' | 'score' | 'land';
const ROLE_OF: Readonly<Record<Part, ClockRole>> = { collect: 'collector', score: 'scorer', land: 'lander' };

export interface FaultRunOptions {
  /** The built `ronda` (a path to main.js). */
  readonly ronda: string;
  readonly folder: string;
  readonly config: string;
  readonly rows: number;
  readonly queue: QueueKind;
  readonly scorers: number;
  readonly plan: Plan;
  /** Of the file system that the embedded run's home lies on, MB. */
  readonly diskMegabytes: number;
  /** The run is given up after this, ms. */
  readonly withinMs: number;
  /** Ends it, with everything it started. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface FaultReport {
  readonly queue: QueueKind;
  readonly seconds: number;
  /** When each strike fell (seconds into the run), at which post, and what it was. */
  readonly strikes: readonly { readonly at: number; readonly posts: number; readonly what: string }[];
  readonly redelivered: number;
  /** Batches that came to the lander after they had landed. */
  readonly known: number;
  /** Processes that ended by themselves and were started again, by name, with the last that they said. */
  readonly ended: readonly { readonly name: string; readonly times: number; readonly said: string }[];
  /** What was not as it should be; empty is the verdict that all is well. */
  readonly wrong: readonly string[];
  readonly digest: string;
}

/** The environment that a run's processes get: nothing of ours but the path. */
function environmentOf(home: string, redis: RedisHost | undefined): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    RONDA_HOME: home,
    RONDA_SECRET: SECRET,
    RONDA_LOG: 'info',
    ...(redis === undefined ? {} : { RONDA_REDIS: redis.url }),
  };
}

/** The same sources without any fault, by `ronda run --once` over the embedded queue. */
export function undisturbedRun(options: Pick<FaultRunOptions, 'ronda' | 'folder' | 'config'>): StoreFacts {
  const home = join(options.folder, 'undisturbed');
  mkdirSync(home, { mode: 0o700 });
  const args = [options.ronda, '--home', home, '--config', options.config, 'run', '--once', '--json'];
  const done = spawnSync(process.execPath, args, {
    cwd: options.folder,
    env: { ...environmentOf(home, undefined), RONDA_LOG: 'warn' },
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  // 1: rows that were no posts.
  if (done.status !== 0 && done.status !== 1) {
    throw new Error(`the undisturbed run ended with ${done.status}: ${done.stderr.slice(-2_000)}`);
  }
  return readStoreFacts(join(home, 'ronda.db'));
}

/** One run through all strikes of its plan, held against the undisturbed one. */
export async function disturbedRun(options: FaultRunOptions, expected: StoreFacts): Promise<FaultReport> {
  const { queue, folder, plan, scorers } = options;
  const home = join(folder, queue);
  const closers: (() => unknown)[] = [];
  const workers: WorkerProcess[] = [];
  try {
    const network = queue === 'redis' ? createNetwork(namesOf(scorers)) : undefined;
    if (network !== undefined) closers.push(() => network.close());
    const disk = queue === 'embedded' ? mountSmallDisk(home, options.diskMegabytes) : undefined;
    if (disk === undefined) mkdirSync(home, { recursive: true, mode: 0o700 });
    else closers.push(() => disk.close());
    const redis = network && (await startRedisOn(network.host('redis'), join(folder, 'redis-data')));
    if (redis !== undefined) closers.push(() => redis.close());
    const watch = new StoreWatch(join(home, 'ronda.db'));
    closers.push(() => watch.close());

    const start = (name: string, host: Host, part: Part): WorkerProcess => {
      // Of several scorers, the first one's.
      const jumps = plan.clock === ROLE_OF[part] && (part !== 'score' || name === 'score-1');
      const worker = new WorkerProcess({
        name,
        host,
        command: [
          ...[process.execPath, options.ronda, '--home', home, '--config', options.config],
          ...['worker', part, ...(part === 'land' ? ['--stand-by'] : [])],
        ],
        environment: environmentOf(home, redis),
        cwd: folder,
        ...(jumps ? { clockFile: join(folder, `${queue}-${name}.clock`) } : {}),
      });
      workers.push(worker);
      return worker;
    };
    const at = (name: string): Host => network?.host(name) ?? thisHost;
    const landers = ['land-a', 'land-b'].map((name) => start(name, at('store'), 'land'));
    const scoring = Array.from({ length: scorers }, (_, n) =>
      start(`score-${n + 1}`, at(`score${n + 1}`), 'score'),
    );
    const collector = start('collect', at('store'), 'collect');
    const fleet: Fleet = { landers, scoring, collector, watch, redis, network, disk, plan };
    const begin = Date.now();
    const { strikes, wrong } = await strikeUntilDone(options, fleet, begin);
    const seconds = (Date.now() - begin) / 1_000;
    await untilEmpty(options, home, redis);
    // The clock of none is off when they end, so that the ends are those of the product.
    const ends = await Promise.all(workers.map((worker) => worker.stop()));
    wrong.push(...ends.filter((end) => end !== undefined));
    wrong.push(...leftOn(queue, home, redis));
    const facts = readStoreFacts(join(home, 'ronda.db'));
    wrong.push(...differences(facts, expected));
    if (strikes.length < plan.strikes.length) {
      wrong.push(`${plan.strikes.length - strikes.length} strikes of the plan did not come to pass`);
    }
    const tallies = workers.map(({ tally }) => tally);
    return {
      queue,
      seconds,
      strikes,
      redelivered: tallies.reduce((sum, { redelivered }) => sum + redelivered, 0),
      known: tallies.reduce((sum, { known }) => sum + known, 0),
      ended: workers
        .filter(({ tally }) => tally.endedItself > 0)
        .map(({ name, tally }) => ({
          name,
          times: tally.endedItself,
          said: tally.said.at(-1) ?? '',
        })),
      wrong,
      digest: digestOf(facts),
    };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop(0)));
    for (const close of closers.reverse()) await close();
  }
}

interface Fleet {
  readonly landers: readonly WorkerProcess[];
  readonly scoring: readonly WorkerProcess[];
  readonly collector: WorkerProcess;
  readonly watch: StoreWatch;
  readonly redis: RedisHost | undefined;
  readonly network: Network | undefined;
  readonly disk: SmallDisk | undefined;
  readonly plan: Plan;
}

function namesOf(scorers: number): string[] {
  return ['redis', 'store', ...Array.from({ length: scorers }, (_, n) => `score${n + 1}`)];
}

async function strikeUntilDone(
  options: FaultRunOptions,
  fleet: Fleet,
  begin: number,
): Promise<{ strikes: { at: number; posts: number; what: string }[]; wrong: string[] }> {
  const { plan, rows, say } = options;
  const strikes: { at: number; posts: number; what: string }[] = [];
  const wrong: string[] = [];
  const lasting: Promise<void>[] = [];
  const waiting = [...plan.strikes];
  for (;;) {
    const { collected, landed, passed, seen, failed } = fleet.watch.sums();
    const settled = landed + passed + seen + failed;
    const next = waiting[0];
    if (next !== undefined && settled >= next.at * rows) {
      waiting.shift();
      if (next.kind === 'fill-disk' && fleet.disk === undefined) {
        say('no small disk can be mounted here: the full disk is left out');
      } else {
        const what = describeStrike(next, plan.clock);
        const seconds = Math.round((Date.now() - begin) / 100) / 10;
        strikes.push({ at: seconds, posts: settled, what });
        say(`  ${seconds.toFixed(1).padStart(6)} s  ${String(settled).padStart(7)} posts  ${what}`);
        lasting.push(strike(next, fleet));
        // One after the other where they last: what overlaps cannot be told apart.
        if (next.kind === 'fill-disk' || next.kind === 'cut-redis') await lasting.at(-1);
      }
    }
    if (waiting.length === 0 && collected >= rows && settled === collected) break;
    if (Date.now() - begin > options.withinMs) {
      wrong.push(`given up after ${options.withinMs / 1_000} s: ${settled} of ${rows} posts came to an end`);
      break;
    }
    await sleep(LOOK_MS);
    options.signal.throwIfAborted();
  }
  await Promise.all(lasting);
  return { strikes, wrong };
}

async function strike({ kind, scorer, forMs, offset }: Strike, fleet: Fleet): Promise<void> {
  const { landers, scoring, collector, watch, redis, network, disk, plan } = fleet;
  const struck = scoring[scorer ?? 0];
  switch (kind) {
    case 'kill-scorer':
      struck?.kill();
      break;
    case 'freeze-scorer':
      await struck?.freeze(forMs ?? 0);
      break;
    case 'kill-lander': {
      const holder = watch.landerPid();
      (landers.find(({ pid }) => pid === holder) ?? landers[0])?.kill();
      break;
    }
    case 'kill-collector':
      collector.kill();
      break;
    case 'jump-clock': {
      if (fakeTimeLibrary() === undefined) break;
      const whose =
        plan.clock === 'scorer' ? scoring.slice(0, 1) : plan.clock === 'lander' ? landers : [collector];
      for (const each of whose) each.setClock(offset ?? '+0');
      break;
    }
    case 'kill-redis':
      await redis?.restart('SIGKILL');
      break;
    case 'stop-redis':
      await redis?.restart('SIGTERM');
      break;
    case 'cut-redis':
      network?.host('redis').setLink(false);
      await sleep(forMs ?? 0);
      network?.host('redis').setLink(true);
      break;
    case 'fill-disk':
      disk?.fill();
      await sleep(forMs ?? 0);
      disk?.free();
      break;
  }
}

/** What a killed worker had done and not said lies on the queue until its lease runs out, and is known then. */
const LEASE_RUNS_OUT_MS = 90_000;

async function untilEmpty(
  { queue, signal }: Pick<FaultRunOptions, 'queue' | 'signal'>,
  home: string,
  redis: RedisHost | undefined,
): Promise<void> {
  const end = Date.now() + LEASE_RUNS_OUT_MS;
  while (leftOn(queue, home, redis).length > 0 && Date.now() < end) {
    await sleep(500);
    signal.throwIfAborted();
  }
}

/** What is left on the queues when all posts came to an end: nothing should be. */
function leftOn(queue: QueueKind, home: string, redis: RedisHost | undefined): string[] {
  const left = ['score', 'land'].map((name) => {
    if (redis !== undefined) return { name, ...redis.held(name) };
    const db = new Database(join(home, 'queue.db'), { readonly: true });
    const states = db
      .prepare<[string], { live: number; dead: number }>(
        `SELECT count(*) FILTER (WHERE died_at IS NULL) AS live, count(*) FILTER (WHERE died_at IS NOT NULL) AS dead
         FROM job JOIN queue ON queue.id = job.queue WHERE queue.name = ?`,
      )
      .get(name);
    db.close();
    return { name, live: states?.live ?? 0, dead: states?.dead ?? 0 };
  });
  return left
    .filter(({ live, dead }) => live + dead > 0)
    .map(
      ({ name, live, dead }) => `${live} batches and ${dead} dead letters are left on "${name}" (${queue})`,
    );
}
