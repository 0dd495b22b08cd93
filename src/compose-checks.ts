import { accessSync, constants, statfsSync } from 'node:fs';
import { olderLine } from './compose-instruments.js';
import { redisPlaceOf } from './compose-redis.js';
import { candidateOf } from './compose-shadow.js';
import type { Config } from './config.js';
import { messageOf } from './core/errors.js';
import type { OperationsStore } from './core/operations.js';
import type { QueueCounts } from './core/ports.js';
import { olderScorers } from './pipeline/scorer-versions.js';
import type { SourceView } from './pipeline/source-view.js';
import type { RedisProblem } from './queue/redis-check.js';

/** What one test of a deployment came to, as `ronda doctor` shows it. */
interface CheckResult {
  readonly ok: boolean;
  readonly found: string;
  readonly advice?: string;
}

interface Check {
  readonly name: string;
  run(): Promise<CheckResult>;
}

interface Parts {
  home(): string;
  store(): {
    countItems(): Readonly<Record<string, number>>;
    readonly operations: Pick<OperationsStore, 'lease' | 'scorerVersions'>;
  };
  now(): number;
  sources(): readonly SourceView[];
  queues(): { queue(name: string): { counts(): Promise<QueueCounts> } };
  assessor(): Promise<{ assess(text: string): { incomplete: readonly string[]; versions: object } }>;
}

const MIN_FREE_BYTES = 500_000_000;
const HOUR_MS = 3_600_000;

const REDIS_ADVICE: Readonly<Record<RedisProblem, string>> = {
  unreachable:
    'start Redis, or say where it is (RONDA_REDIS, queue.redis); where it refuses the user or password, correct queue.redis.user and RONDA_REDIS_PASSWORD',
  evicts: 'set "maxmemory-policy noeviction" in redis.conf, else jobs vanish when memory is short',
  'not-durable': 'set "appendonly yes" in redis.conf, else a restart forgets jobs',
  'too-old': 'use Redis 6.2 or newer',
};

/** The tests of `ronda doctor`, in the order in which one thing needs the other. */
export function deploymentChecks(config: Config, parts: Parts): readonly Check[] {
  return [
    { name: 'node', run: async () => checkNode(process.versions.node) },
    { name: 'home', run: async () => checkHome(parts.home()) },
    {
      name: 'store',
      run: async () => {
        const items = Object.values(parts.store().countItems()).reduce((sum, n) => sum + n, 0);
        return { ok: true, found: `opens; ${items} item(s)` };
      },
    },
    ...(config.queue.kind === 'redis' ? [{ name: 'redis', run: () => checkQueueServer(config) }] : []),
    {
      name: 'queue',
      run: async () => {
        const score = await parts.queues().queue('score').counts();
        const land = await parts.queues().queue('land').counts();
        const dead = score.dead + land.dead;
        const found = `${score.waiting + land.waiting} batch(es) waiting, ${dead} dead`;
        return dead === 0
          ? { ok: true, found }
          : { ok: false, found, advice: '"ronda dead list" tells why each died' };
      },
    },
    {
      name: 'assess',
      run: async () => {
        const { incomplete, versions } = (await parts.assessor()).assess('Selamat pagi, warga.');
        const found = Object.entries(versions)
          .map(([part, version]) => `${part} ${version}`)
          .join(', ');
        return incomplete.length === 0
          ? { ok: true, found }
          : {
              ok: false,
              found: `steps that fail: ${incomplete.join(', ')}`,
              advice: 'run "ronda lexicon lint", and install the package anew where models/ is damaged',
            };
      },
    },
    { name: 'workers', run: async () => checkWorkers(parts.store().operations, parts.now()) },
    ...(candidateOf(config) === undefined
      ? []
      : [{ name: 'shadow', run: () => checkCandidate(candidateOf(config) ?? config) }]),
    { name: 'sources', run: async () => checkSources(config, parts.sources()) },
  ];
}

function checkNode(version: string): CheckResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return ok ? { ok, found: version } : { ok, found: version, advice: 'install Node 20.19 or newer' };
}

function checkHome(home: string): CheckResult {
  try {
    accessSync(home, constants.W_OK);
  } catch {
    return {
      ok: false,
      found: `${home} cannot be written`,
      advice: 'give this user the right to write there, or name another folder with --home',
    };
  }
  const { bavail, bsize } = statfsSync(home);
  const free = bavail * bsize;
  const found = `${home}, ${Math.round(free / 1e6)} MB free`;
  return free < MIN_FREE_BYTES
    ? { ok: false, found, advice: `free some space: less than ${MIN_FREE_BYTES / 1e6} MB is left` }
    : { ok: true, found };
}

async function checkQueueServer(config: Config): Promise<CheckResult> {
  const { checkRedis } = await import('./queue/redis-check.js');
  const place = redisPlaceOf(config, process.env) ?? {};
  const { ok, problems, version, maxmemoryPolicy, appendonly, servers, error } = await checkRedis(place);
  const found =
    error ??
    `Redis ${version}, maxmemory-policy ${maxmemoryPolicy}, appendonly ${appendonly === true ? 'yes' : 'no'}${place.cluster === undefined ? '' : `, ${servers} primaries of a cluster`}`;
  return ok
    ? { ok, found }
    : { ok, found, advice: problems.map((problem) => REDIS_ADVICE[problem]).join('; ') };
}

/** Who lands, and whether all scorers of the last hour assess with the same. */
function checkWorkers(known: Pick<OperationsStore, 'lease' | 'scorerVersions'>, now: number): CheckResult {
  const lander = known.lease('land');
  const rows = known.scorerVersions(now - HOUR_MS);
  const older = olderScorers(rows, now);
  const hosts = new Set(rows.map(({ worker }) => worker)).size;
  const lands =
    lander === undefined
      ? 'nobody lands now'
      : `process ${lander.pid} on ${lander.host} ${lander.alive ? 'lands' : 'held the right to land, and has ended'}`;
  const found = `${lands}; scorers of ${hosts} host(s) in the last hour`;
  return older.length === 0
    ? { ok: true, found }
    : { ok: false, found: `${found}, ${older.length} behind`, advice: older.map(olderLine).join('; ') };
}

/** Whether the candidate that scorers are to try can be loaded at all; they go on without it where it cannot. */
async function checkCandidate(candidate: Config): Promise<CheckResult> {
  const { loadAssessor } = await import('./compose-assessor.js');
  const closers: (() => Promise<void> | void)[] = [];
  const clock = { now: () => Date.now(), sleep: () => new Promise<void>(() => undefined) };
  try {
    const { versions } = await loadAssessor(candidate, clock, () => undefined, closers);
    return {
      ok: true,
      found: `rules ${versions?.rules}, lexicon ${versions?.lexicon}, model ${versions?.model}`,
    };
  } catch (error) {
    return { ok: false, found: messageOf(error), advice: 'correct score.shadow, or leave it out' };
  } finally {
    for (const close of closers) await close();
  }
}

function checkSources(config: Config, known: readonly SourceView[]): CheckResult {
  if (config.sources.length === 0) {
    return { ok: true, found: 'none named; "ronda run" shows the demo, "ronda init" writes a ronda.yaml' };
  }
  const failing = known.filter(({ state }) => state === 'failing');
  const quiet = known.filter(({ state }) => state === 'quiet');
  const found = `${config.sources.length} named, ${failing.length} failing, ${quiet.length} quiet`;
  if (failing.length + quiet.length > 0) {
    const told = [
      ...failing.map(({ name, error }) => `${name}: ${error?.message}`),
      ...quiet.map(({ name, quiet: silence }) => `${name}: no post in ${silence?.silentHours} hours`),
    ].join('; ');
    return {
      ok: false,
      found: `${found}: ${told}`,
      advice: [
        ...(failing.length > 0
          ? ['mend what each error names; a source that fails brings nothing, and that is not silence']
          : []),
        ...(quiet.length > 0
          ? ['look at the quiet places themselves and try "ronda sources check NAME"; silence is not safety']
          : []),
      ].join('; '),
    };
  }
  const remote = config.sources.some(({ kind, allowPrivate }) => kind !== 'file' && !allowPrivate);
  return remote && config.contact === undefined
    ? {
        ok: false,
        found: `${found}, no contact`,
        advice: 'set "contact" in ronda.yaml: places that are fetched from must be able to ask',
      }
    : { ok: true, found };
}
