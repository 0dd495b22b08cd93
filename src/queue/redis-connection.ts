import { Redis, type RedisOptions } from 'ioredis';
import { CannotRunError, messageOf, RetryableError, RondaError } from '../core/errors.js';

const RECONNECT_MAX_MS = 2_000;

/**
 * A connection that comes back by itself. An `impatient` one fails a command after about 15 s without a
 * server; without it commands wait for as long as it takes, which workers need.
 *
 * @param onError told of every failed attempt to connect
 */
export function connectRedis(
  url: string,
  options: { impatient: boolean; redis?: RedisOptions; onError: (error: unknown) => void },
): Redis {
  const settings: Omit<RedisOptions, 'replyMapping'> = {
    retryStrategy: (times: number) => Math.min(100 * times, RECONNECT_MAX_MS),
    ...options.redis,
    maxRetriesPerRequest: options.impatient ? 15 : null,
  };
  let redis: Redis;
  try {
    redis = new Redis(url, settings);
  } catch (error) {
    throw new CannotRunError('queue-cannot-open', `Redis URL not understood: ${messageOf(error)}`, {
      cause: error,
    });
  }
  redis.on('error', (error: unknown) => options.onError(redisFault(error)));
  return redis;
}

/** Keys of one installation: a hash tag keeps them in one slot, so that scripts work on a cluster too. */
export function keyPrefix(prefix: string): string {
  return `{${prefix}}`;
}

/** By the code that opens an error reply of the protocol. */
const REPLIES: readonly (readonly [string, 'retry' | 'stop', string, string])[] = [
  ['OOM', 'retry', 'queue-full', 'Redis has no memory left; give it more or let workers catch up'],
  ['MISCONF', 'retry', 'queue-not-durable', 'Redis cannot write to its disk'],
  ['LOADING', 'retry', 'queue-unreachable', 'Redis is reading its data back'],
  ['READONLY', 'retry', 'queue-unreachable', 'this Redis is a replica; the primary may be changing'],
  ['MASTERDOWN', 'retry', 'queue-unreachable', 'the primary Redis is away'],
  ['CLUSTERDOWN', 'retry', 'queue-unreachable', 'the Redis cluster is incomplete'],
  ['NOAUTH', 'stop', 'queue-refused', 'Redis asks for a password; put it into the URL'],
  ['WRONGPASS', 'stop', 'queue-refused', 'Redis refuses the user or password of the URL'],
  ['NOPERM', 'stop', 'queue-refused', 'the Redis user may not do what a queue needs'],
];

/** Says what an error of the Redis client means for the queue. Addresses are shown, credentials never are. */
export function redisFault(error: unknown): unknown {
  if (error instanceof RondaError) return error;
  const message = messageOf(error);
  const name = error instanceof Error ? error.name : '';
  const cause = { cause: error };
  const reply = REPLIES.find(([code]) => message.startsWith(`${code} `));
  if (reply !== undefined) {
    const [, next, kind, meaning] = reply;
    const text = `queue: ${meaning} (${message})`;
    return next === 'retry' ? new RetryableError(kind, text, cause) : new CannotRunError(kind, text, cause);
  }
  const code = (error as { code?: unknown } | null)?.code;
  if (name === 'MaxRetriesPerRequestError' || typeof code === 'string' || message === 'Connection is closed.')
    return new RetryableError('queue-unreachable', `queue: Redis cannot be reached (${message})`, cause);
  return error;
}
