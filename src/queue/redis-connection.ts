import { performance } from 'node:perf_hooks';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { CannotRunError, messageOf, RetryableError, RondaError } from '../core/errors.js';

const RECONNECT_MAX_MS = 2_000;
/** So long a command waits for a server, where it does not wait for ever. */
const PATIENCE_MS = 15_000;
/** A server that takes commands and answers none (it is frozen, its host is gone) has so many times that. */
const ANSWER_IN = 2;
/** On a cluster: tries of a command while its node is away, and the pause between them, ms. */
const REDIRECTIONS = 16;
const FAILOVER_MS = 1_000;

/** Where Redis is: a server (`url`), what sentinels say (`redis.sentinels`, `redis.name`), or a cluster. */
export interface RedisPlace {
  /** `redis://` or `rediss://`, with user, password and database. */
  readonly url?: string;
  /** Some nodes of a cluster; the others are found through them. */
  readonly cluster?: readonly { readonly host: string; readonly port: number }[];
  /** Further settings of ioredis (user, password, TLS, Sentinel); what the URL says goes before them. */
  readonly redis?: RedisOptions;
  /** How long a command that is not to wait for ever waits for a server, ms. Default 15 s. */
  readonly patienceMs?: number;
}

/** A connection to a server, to the primary that sentinels name, or to a cluster. */
export type RedisClient = Redis | Cluster;

/** How a connection behaves. */
interface Manner {
  /** A command then fails after {@link RedisPlace.patienceMs} without a server; else it waits for as long as it takes, as workers need. */
  readonly impatient: boolean;
  /** Told of every failed attempt to connect. */
  readonly onError: (error: unknown) => void;
}

/**
 * A connection that comes back by itself.
 * @throws CannotRunError `queue-cannot-open` where the URL is none
 */
export function connectRedis(place: RedisPlace, { impatient, onError }: Manner): RedisClient {
  const { patienceMs = PATIENCE_MS } = place;
  const settings: Omit<RedisOptions, 'replyMapping'> = {
    retryStrategy,
    // After a failover the old primary answers for a while, as a replica: look for the new one, and ask it again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY ') ? 2 : false),
    ...place.redis,
    maxRetriesPerRequest: impatient ? retriesWithin(patienceMs) : null,
    ...(impatient ? { commandTimeout: patienceMs * ANSWER_IN } : {}),
  };
  let redis: RedisClient;
  try {
    if (place.cluster !== undefined) {
      const { retryStrategy: again, ...ofNodes } = settings;
      const own = impatient ? patience(patienceMs) : undefined;
      const cluster = new Cluster(
        place.cluster.map(({ host, port }) => ({ host, port })),
        {
          redisOptions: ofNodes,
          clusterRetryStrategy: own?.strategy ?? again ?? null,
          maxRedirections: REDIRECTIONS,
          retryDelayOnFailover: FAILOVER_MS,
          retryDelayOnClusterDown: FAILOVER_MS,
        },
      );
      own?.watch(cluster);
      redis = cluster;
    } else redis = place.url === undefined ? new Redis(settings) : new Redis(place.url, settings);
  } catch (error) {
    throw new CannotRunError('queue-cannot-open', `Redis URL not understood: ${messageOf(error)}`, {
      cause: error,
    });
  }
  endAtOnce(redis);
  redis.on('error', (error: unknown) => onError(redisFault(error)));
  return redis;
}

/**
 * Between two attempts to connect there is no socket whose end could be told: a client disconnected there would never
 * come to its `end`, and who waits for it, or for a command, waits for ever (ioredis 6.0.0). As before the first attempt
 * (`wait`), it then ends at once. Copies that are made of the client do likewise, and end with it: who made one (BullMQ, for
 * commands that block) may be waiting for the server when it should end it, and would leave it trying for ever.
 */
function endAtOnce(redis: RedisClient): void {
  const copies = new Set<RedisClient>();
  const disconnect = redis.disconnect.bind(redis);
  redis.disconnect = (reconnect = false) => {
    if (!reconnect) for (const copy of copies) copy.disconnect();
    if (!reconnect && redis.status === 'reconnecting') redis.status = 'wait';
    disconnect(reconnect);
  };
  const duplicate = redis.duplicate.bind(redis) as (...how: unknown[]) => RedisClient;
  redis.duplicate = ((...how: unknown[]) => {
    const copy = duplicate(...how);
    endAtOnce(copy);
    copies.add(copy);
    copy.once('end', () => copies.delete(copy));
    return copy;
  }) as typeof redis.duplicate;
}

function retryStrategy(times: number): number {
  return Math.min(100 * times, RECONNECT_MAX_MS);
}

/** Attempts to connect that {@link retryStrategy} makes in this time. */
function retriesWithin(ms: number): number {
  let attempts = 0;
  for (let spent = 0; spent < ms; spent += retryStrategy(attempts)) attempts += 1;
  return attempts;
}

/**
 * A cluster's client holds commands back until some node answers, and knows no number of attempts after which they fail:
 * only when its strategy says to give up does it end what waits. So it gives up, and is connected anew.
 */
function patience(ms: number): { strategy(): number | null; watch(cluster: Cluster): void } {
  let awaySince: number | undefined;
  let tries = 0;
  let gaveUp = false;
  let isClosed = false;
  const forget = (): void => {
    awaySince = undefined;
    tries = 0;
  };
  return {
    strategy() {
      awaySince ??= performance.now();
      tries += 1;
      if (performance.now() - awaySince < ms) return retryStrategy(tries);
      forget();
      gaveUp = true;
      return null;
    },
    watch(cluster) {
      const disconnect = cluster.disconnect.bind(cluster);
      cluster.disconnect = (reconnect = false) => {
        isClosed ||= !reconnect;
        disconnect(reconnect);
      };
      cluster.on('ready', forget);
      cluster.on('end', () => {
        if (!gaveUp) return;
        gaveUp = false;
        setTimeout(() => {
          // A connection of the pool that closes late makes of its `end` a `close`.
          const isAtEnd = cluster.status === 'end' || cluster.status === 'close';
          if (isAtEnd && !isClosed) cluster.connect().catch(() => undefined);
        }, retryStrategy(1));
      });
    },
  };
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
  ['NOAUTH', 'stop', 'queue-refused', 'Redis asks for a password; put it into RONDA_REDIS_PASSWORD'],
  ['WRONGPASS', 'stop', 'queue-refused', 'Redis refuses the user or password'],
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
  const isAway =
    name === 'MaxRetriesPerRequestError' ||
    name === 'ClusterAllFailedError' ||
    /^(?:Too many Cluster redirections|All sentinels are unreachable|Connection is closed)/.test(message) ||
    /^(?:None of startup nodes is available|Cluster is ended|Command timed out)/.test(message);
  if (isAway || typeof code === 'string') {
    // The client's own words tell of an option that is none of ours.
    const why =
      name === 'MaxRetriesPerRequestError' ? 'no connection came about, however often tried' : message;
    return new RetryableError('queue-unreachable', `queue: Redis cannot be reached (${why})`, cause);
  }
  return error;
}
