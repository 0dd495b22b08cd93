import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { messageOf } from '../core/errors.js';
import type { Lease, LeaseHolder } from '../core/queue-ports.js';
import { hasEnded, ownIdentity } from '../sqlite/process-identity.js';
import { atMost } from './at-most.js';
import {
  connectRedis,
  keyPrefix,
  type RedisClient,
  type RedisPlace,
  redisFault,
} from './redis-connection.js';

const DEFAULT_TTL_MS = 30_000;
/** A holder renews so many times within its time. */
const RENEWALS = 4;
/** Takings tried when a dead holder of this host is put out of the way. */
const TRIES = 3;
/** A server that is away is not waited for longer when a lease is released. */
const RELEASE_MS = 2_000;

/** Deletes the key only where it still is what was seen. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end`;

/** 1: renewed, also when the key had run out and nobody has it; 0: another has it. */
const RENEW = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

interface Scripts {
  rondaRelease(key: string, value: string): Promise<number>;
  rondaRenew(key: string, value: string, ttlMs: number): Promise<number>;
}

interface Held {
  readonly nonce: string;
  readonly pid: number;
  readonly host: string;
  readonly start: string;
  readonly since: string;
}

export interface RedisLeaseOptions extends RedisPlace {
  /** What is leased, e.g. `land`. */
  readonly name: string;
  /** As of the queues, see bullmq.ts. */
  readonly prefix?: string;
  /** A holder that cannot renew for so long has lost it. Default 30 s. */
  readonly ttlMs?: number;
}

/** A lease in Redis. Its time runs by the server's clock, and by the holder's monotonic one. */
export function createRedisLease(options: RedisLeaseOptions): Lease {
  const ttlMs = options.ttlMs ?? DEFAULT_TTL_MS;
  const key = `${keyPrefix(options.prefix ?? 'ronda')}:lease:${options.name}`;
  let redis: (RedisClient & Scripts) | undefined;
  let value: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  function connection(): RedisClient & Scripts {
    if (redis === undefined) {
      // A command that fails tells; what the connection itself suffers on the way need not.
      const connected = connectRedis(options, { impatient: true, onError: () => {} });
      connected.defineCommand('rondaRelease', { numberOfKeys: 1, lua: RELEASE });
      connected.defineCommand('rondaRenew', { numberOfKeys: 1, lua: RENEW });
      redis = connected as RedisClient & Scripts;
    }
    return redis;
  }

  function letGo(): void {
    clearInterval(timer);
    timer = undefined;
    value = undefined;
    redis?.disconnect();
    redis = undefined;
  }

  function keepAlive(mine: string, onLost: (reason: string) => void): void {
    let renewedAt = performance.now();
    let trouble = 'the renewals did not come in time';
    const lose = (reason: string) => {
      if (value !== mine) return;
      letGo();
      onLost(reason);
    };
    timer = setInterval(() => {
      const asked = performance.now();
      if (asked - renewedAt >= ttlMs) {
        lose(`the lease on ${options.name} could not be renewed for ${ttlMs} ms: ${trouble}`);
        return;
      }
      connection()
        .rondaRenew(key, mine, ttlMs)
        .then(
          (renewed) => {
            if (renewed === 1) renewedAt = asked;
            else lose(`the lease on ${options.name} was taken by another process`);
          },
          (error: unknown) => {
            trouble = messageOf(error);
          },
        );
    }, ttlMs / RENEWALS);
  }

  return {
    async acquire(onLost) {
      if (value !== undefined) throw new Error(`the lease on ${options.name} is held already`);
      const own = ownIdentity();
      const since = new Date().toISOString();
      const mine = JSON.stringify({ nonce: randomUUID(), ...own, since } satisfies Held);
      try {
        for (let tried = 1; ; tried += 1) {
          if ((await connection().set(key, mine, 'PX', ttlMs, 'NX')) === 'OK') {
            value = mine;
            keepAlive(mine, onLost);
            return { held: true };
          }
          const held = await connection().get(key);
          // It ran out in between.
          if (held === null && tried < TRIES) continue;
          const by = parse(held);
          if (by !== undefined && hasEnded(by, own) && tried < TRIES) {
            await connection().rondaRelease(key, held ?? '');
            continue;
          }
          letGo();
          return { held: false, by: toHolder(by) };
        }
      } catch (error) {
        letGo();
        throw redisFault(error);
      }
    },
    async release() {
      const mine = value;
      clearInterval(timer);
      try {
        // Without a server the key runs out by itself.
        if (mine !== undefined) {
          await atMost(connection().rondaRelease(key, mine), RELEASE_MS);
        }
      } finally {
        letGo();
      }
    },
  };
}

function parse(held: string | null): Held | undefined {
  try {
    return JSON.parse(held ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

function toHolder(held: Held | undefined): LeaseHolder {
  // The host carries boot and pid namespace after its name, see sqlite/process-identity.ts.
  return { pid: held?.pid ?? 0, host: held?.host.split('|')[0] ?? 'unknown', since: held?.since ?? '' };
}
