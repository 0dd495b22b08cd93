import { Cluster, type Redis } from 'ioredis';
import { messageOf } from '../core/errors.js';
import { connectRedis, type RedisClient, type RedisPlace } from './redis-connection.js';

const ANSWER_MS = 5_000;

/** What is wrong with a Redis for a queue that must lose nothing. */
export type RedisProblem =
  /** No answer, or the user or password was refused; `error` says which. */
  | 'unreachable'
  /** `maxmemory-policy` is not `noeviction`: jobs vanish when memory is short. */
  | 'evicts'
  /** `appendonly` is off: a restart forgets what came since the last snapshot. */
  | 'not-durable'
  /** Older than 6.2. */
  | 'too-old';

export interface RedisCheck {
  readonly ok: boolean;
  readonly problems: readonly RedisProblem[];
  readonly version?: string;
  /** `noeviction` is what a queue needs. */
  readonly maxmemoryPolicy?: string;
  readonly appendonly?: boolean;
  /** `always`, `everysec` or `no`; absent where the user may not ask. */
  readonly appendfsync?: string;
  /** Primaries looked at: several on a cluster, each of which must be fit. */
  readonly servers?: number;
  readonly error?: string;
}

/** Looks at a Redis, within some seconds; never throws. On a cluster at every primary: the worst of each is told. */
export async function checkRedis(place: RedisPlace): Promise<RedisCheck> {
  let lastError: unknown = new Error(`no answer within ${ANSWER_MS / 1_000} s`);
  let redis: RedisClient;
  try {
    redis = connectRedis(
      {
        ...place,
        redis: {
          ...place.redis,
          connectTimeout: ANSWER_MS,
          retryStrategy: () => null,
          sentinelRetryStrategy: () => null,
        },
      },
      {
        impatient: false,
        onError: (error) => {
          lastError = error;
        },
      },
    );
  } catch (error) {
    return { ok: false, problems: ['unreachable'], error: messageOf(error) };
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lastError), ANSWER_MS);
  });
  try {
    return worstOf(await Promise.race([Promise.all((await primariesOf(redis, late)).map(look)), late]));
  } catch (error) {
    // A closed connection says less than what closed it.
    const why = messageOf(error) === 'Connection is closed.' ? lastError : error;
    return { ok: false, problems: ['unreachable'], error: messageOf(why) };
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
}

/** The nodes of a cluster are known once it has answered; a cluster that is not whole takes no job of some slots. */
async function primariesOf(redis: RedisClient, late: Promise<never>): Promise<readonly Redis[]> {
  if (!(redis instanceof Cluster)) return [redis];
  const told = String(await Promise.race([redis.cluster('INFO'), late]));
  if (!told.includes('cluster_state:ok')) throw new Error('the cluster is not whole (cluster_state)');
  return redis.nodes('master');
}

async function look(redis: Redis): Promise<RedisCheck> {
  const info = readInfo(await redis.info());
  const appendfsync = await redis.config('GET', 'appendfsync').then(
    (pair) => (Array.isArray(pair) ? String(pair[1]) : undefined),
    () => undefined,
  );
  return judgeInfo(info, appendfsync);
}

function worstOf(checks: readonly RedisCheck[]): RedisCheck {
  const worst = checks.find(({ ok }) => !ok) ?? checks[0];
  if (worst === undefined)
    return { ok: false, problems: ['unreachable'], error: 'the cluster has no primary' };
  const problems = [...new Set(checks.flatMap((check) => check.problems))];
  return { ...worst, problems, servers: checks.length };
}

function judgeInfo(info: ReadonlyMap<string, string>, appendfsync: string | undefined): RedisCheck {
  const version = info.get('redis_version') ?? '0';
  const maxmemoryPolicy = info.get('maxmemory_policy') ?? 'unknown';
  const appendonly = info.get('aof_enabled') === '1';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const problems: RedisProblem[] = [];
  if (maxmemoryPolicy !== 'noeviction') problems.push('evicts');
  if (!appendonly) problems.push('not-durable');
  if (major < 6 || (major === 6 && minor < 2)) problems.push('too-old');
  return {
    ok: problems.length === 0,
    problems,
    version,
    maxmemoryPolicy,
    appendonly,
    ...(appendfsync === undefined ? {} : { appendfsync }),
  };
}

/** The reply of INFO: lines `key:value`, headings and empty lines between. */
function readInfo(text: string): Map<string, string> {
  const pairs = text.split(/\r?\n/).filter((line) => line.includes(':') && !line.startsWith('#'));
  return new Map(pairs.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}
