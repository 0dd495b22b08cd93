import type { Queue as BullQueue } from 'bullmq';
import type { NewJob } from '../core/queue-ports.js';
import { type RedisClient, redisFault } from './redis-connection.js';

/**
 * Fairness between lanes. BullMQ has no groups, so a job's priority carries its virtual start time
 * (start-time fair queueing with equal shares): one more than the last of its lane, and no less than the
 * job that is served next. Jobs of a lane stay in order, and lanes alternate however long one of them is.
 *
 * The script reads the head of BullMQ's sorted set of prioritised jobs (score = priority * 2^32 + counter);
 * when that set is empty, time begins anew. Priorities end at 2^21 - 1: on a queue that was never empty for
 * that many jobs of one lane, lanes fall back to first-in first-out among each other until it is empty once.
 */
const TAG = `
local head = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local now = 0
if #head == 0 then redis.call('DEL', KEYS[2]) else now = math.floor(tonumber(head[2]) / 4294967296) - 1 end
local tags = {}
local last = {}
for at = 2, #ARGV, 3 do
  local lane = ARGV[at + 1]
  if redis.call('EXISTS', ARGV[1] .. ARGV[at]) == 1 then
    tags[#tags + 1] = -1
  elseif ARGV[at + 2] == '1' then
    tags[#tags + 1] = 0
  else
    local before = last[lane] or tonumber(redis.call('HGET', KEYS[2], lane)) or 0
    last[lane] = math.min(math.max(before, now) + 1, 2097151)
    tags[#tags + 1] = last[lane]
  end
end
for lane, tag in pairs(last) do redis.call('HSET', KEYS[2], lane, tag) end
return tags
`;

/** Only where the job still exists: writing to one that is gone would leave a shell that blocks its id. */
const DEMOTE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'priority', 0)
if ARGV[1] == '1' then redis.call('HDEL', KEYS[1], 'stc') end
return 1
`;

/**
 * Jobs whose delay ends later than it could by the server's clock were put off by a worker whose clock is
 * ahead: their delay is counted anew. Scores are milliseconds * 4096 (and a counter); the latest come first.
 */
const MEND = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local late = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', (now + 5000) * 4096, 'WITHSCORES', 'LIMIT', 0, 1000)
for at = 1, #late, 2 do
  local delay = tonumber(redis.call('HGET', ARGV[1] .. late[at], 'delay')) or 0
  if math.floor(tonumber(late[at + 1]) / 4096) > now + delay + 5000 then
    redis.call('ZADD', KEYS[1], (now + delay) * 4096, late[at])
    -- BullMQ's marker, which wakes a worker that sleeps until the next delay it knew of.
    redis.call('ZADD', KEYS[2], 0, '0')
  end
end
return 0
`;

/**
 * The enqueueing of the job that waits longest, of a lane where one is named. Lanes are served in turn, so the first of
 * every lane stands among the next jobs; those without a priority were put back and go before.
 */
const OLDEST = `
local ids = redis.call('ZRANGE', KEYS[1], 0, 255)
for _, id in ipairs(redis.call('LRANGE', KEYS[2], -256, -1)) do ids[#ids + 1] = id end
local oldest = -1
for _, id in ipairs(ids) do
  local job = redis.call('HMGET', ARGV[1] .. id, 'name', 'timestamp')
  local at = tonumber(job[2] or '')
  if at and (ARGV[2] == '' or job[1] == ARGV[2]) and (oldest < 0 or at < oldest) then oldest = at end
end
return oldest
`;

interface Scripts {
  rondaOldest(prioritised: string, wait: string, keys: string, lane: string): Promise<number>;
  rondaMend(delayed: string, marker: string, keys: string): Promise<number>;
  rondaTag(prioritised: string, lanes: string, ...args: string[]): Promise<number[]>;
  rondaDemote(job: string, reset: '0' | '1'): Promise<number>;
}

const MAX_BULK_JOBS = 64;

/** BullMQ refuses ids that are whole numbers, which a hash in hexadecimal may be. */
export function toBullId(id: string): string {
  return `j${id}`;
}

export function fromBullId(id: string | undefined): string {
  return (id ?? '').slice(1);
}

interface Asked<T> {
  readonly jobs: readonly NewJob<T>[];
  readonly resolve: (added: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Puts jobs on one BullMQ queue, in the order asked for; what is asked for meanwhile shares the next round trip. */
export class LaneQueue<T> {
  readonly #redis: RedisClient & Scripts;
  readonly #queue: BullQueue;
  readonly #keys: string;
  #waiting: Asked<T>[] = [];
  #busy = false;

  /** @param keys what BullMQ puts before a job's id, e.g. `{ronda}:score:` */
  constructor(redis: RedisClient, queue: BullQueue, keys: string) {
    redis.defineCommand('rondaTag', { numberOfKeys: 2, lua: TAG });
    redis.defineCommand('rondaDemote', { numberOfKeys: 1, lua: DEMOTE });
    redis.defineCommand('rondaMend', { numberOfKeys: 2, lua: MEND });
    redis.defineCommand('rondaOldest', { numberOfKeys: 2, lua: OLDEST });
    this.#redis = redis as RedisClient & Scripts;
    this.#queue = queue;
    this.#keys = keys;
  }

  /** Resolves, once Redis has them, to how many were not there yet. */
  add(jobs: readonly NewJob<T>[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ jobs, resolve, reject });
      if (!this.#busy) void this.#work();
    });
  }

  /**
   * Takes a job out of its lane's turn, before it is put off, given back or retried: its place in virtual
   * time is past. `reset` also forgets the workers that it lost.
   */
  async demote(bullId: string, reset = false): Promise<boolean> {
    return (await this.#redis.rondaDemote(`${this.#keys}${bullId}`, reset ? '1' : '0')) === 1;
  }

  /** When the job that waits longest was enqueued, ms; of one lane where it is named. */
  async oldest(lane = ''): Promise<number | undefined> {
    const keys = this.#keys;
    const at = Number(await this.#redis.rondaOldest(`${keys}prioritized`, `${keys}wait`, keys, lane));
    return at < 0 ? undefined : at;
  }

  /** Keeps jobs from waiting for a clock that was wrong when they were put off. */
  async mendDelays(): Promise<void> {
    await this.#redis.rondaMend(`${this.#keys}delayed`, `${this.#keys}marker`, this.#keys);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const asked: Asked<T>[] = [this.#waiting.shift()!];
      let count = asked[0]!.jobs.length;
      while (this.#waiting.length > 0 && count + this.#waiting[0]!.jobs.length <= MAX_BULK_JOBS) {
        const next = this.#waiting.shift()!;
        count += next.jobs.length;
        asked.push(next);
      }
      try {
        const added = await this.#addAll(asked);
        asked.forEach((one, at) => {
          one.resolve(added[at]!);
        });
      } catch (error) {
        for (const one of asked) one.reject(redisFault(error));
      }
    }
    this.#busy = false;
  }

  /** How many were new, for each that asked. */
  async #addAll(asked: readonly Asked<T>[]): Promise<number[]> {
    const known = new Set<string>();
    const owners: number[] = [];
    const jobs: NewJob<T>[] = [];
    asked.forEach((one, owner) => {
      for (const job of one.jobs) {
        if (known.has(job.id)) continue;
        known.add(job.id);
        jobs.push(job);
        owners.push(owner);
      }
    });
    const added = asked.map(() => 0);
    for (let from = 0; from < jobs.length; from += MAX_BULK_JOBS) {
      const part = jobs.slice(from, from + MAX_BULK_JOBS);
      const isNew = await this.#addSome(part);
      isNew.forEach((yes, at) => {
        if (yes) added[owners[from + at]!]! += 1;
      });
    }
    return added;
  }

  async #addSome(jobs: readonly NewJob<T>[]): Promise<boolean[]> {
    const args = jobs.flatMap((job) => [toBullId(job.id), job.lane, (job.delayMs ?? 0) > 0 ? '1' : '0']);
    const tags = await this.#redis.rondaTag(
      `${this.#keys}prioritized`,
      `${this.#keys}lanes`,
      this.#keys,
      ...args,
    );
    const fresh = jobs.flatMap((job, at) => {
      const tag = tags[at]!;
      if (tag < 0) return [];
      const opts = {
        jobId: toBullId(job.id),
        // The consumer judges by its own limit; BullMQ must not bury what it would try again.
        attempts: Number.MAX_SAFE_INTEGER,
        backoff: { type: 'custom' },
        removeOnComplete: true,
        stackTraceLimit: 0,
        ...(tag > 0 ? { priority: tag } : {}),
        ...((job.delayMs ?? 0) > 0 ? { delay: job.delayMs! } : {}),
      };
      return [{ name: job.lane, data: job.payload, opts }];
    });
    if (fresh.length > 0) await this.#queue.addBulk(fresh);
    return tags.map((tag) => tag >= 0);
  }
}
