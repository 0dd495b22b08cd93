import type { RedisOptions } from 'ioredis';
import { messageOf } from '../core/errors.js';
import { connectRedis } from './redis-connection.js';

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
  readonly error?: string;
}

/** Looks at a Redis, within some seconds; never throws. */
export async function checkRedis(url: string, options: { redis?: RedisOptions } = {}): Promise<RedisCheck> {
  let lastError: unknown = new Error(`no answer within ${ANSWER_MS / 1_000} s`);
  let redis: ReturnType<typeof connectRedis>;
  try {
    redis = connectRedis(url, {
      impatient: false,
      redis: { ...options.redis, connectTimeout: ANSWER_MS, retryStrategy: () => null },
      onError: (error) => {
        lastError = error;
      },
    });
  } catch (error) {
    return { ok: false, problems: ['unreachable'], error: messageOf(error) };
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lastError), ANSWER_MS);
  });
  try {
    const info = readInfo(await Promise.race([redis.info(), late]));
    const appendfsync = await redis.config('GET', 'appendfsync').then(
      (pair) => (Array.isArray(pair) ? String(pair[1]) : undefined),
      () => undefined,
    );
    return judgeInfo(info, appendfsync);
  } catch (error) {
    // A closed connection says less than what closed it.
    const why = messageOf(error) === 'Connection is closed.' ? lastError : error;
    return { ok: false, problems: ['unreachable'], error: messageOf(why) };
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
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
