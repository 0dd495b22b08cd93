import PQueue from 'p-queue';
import { ThrottledError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';
import { quotaSpentForMs, type RawHeaders, retryAfterMs } from './rate-headers.js';

export interface RateLimits {
  /** Requests a second to one host; a request may ask for fewer or, where a place's terms allow it, more. */
  readonly perSecond: number;
  /** Requests that may go at once after a quiet time. */
  readonly burst: number;
  /** Requests under way at once to one host. */
  readonly concurrency: number;
  /** A turn farther away than this is refused with ThrottledError instead of waited for, ms. */
  readonly maxWaitMs: number;
}

/** How a request wishes to be paced. */
export interface Pace {
  /** What the place's terms or the source's setting say: kept from request to request, without a burst. */
  readonly perSecond?: number | undefined;
  /** Least time between two requests (Crawl-delay), ms. */
  readonly minGapMs?: number | undefined;
}

export interface RateLimiter {
  /** Runs the task when the host's turn comes. @throws ThrottledError `rate-limited` when that is too far away. */
  run<T>(host: string, pace: Pace, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
  /** Takes note of what a host answered; resolves to how long it wants to be left alone (ms), if it does. */
  observe(host: string, status: number, headers: RawHeaders): number | undefined;
}

interface Host {
  readonly queue: PQueue;
  /** When the next request would be due if all before it had come one interval apart (GCRA). */
  dueAt: number;
  lastAt: number;
  blockedUntil: number;
  /** Requests sent and not yet answered. */
  underWay: number;
  /** Refusals in a row that named no time. */
  strikes: number;
}

const FIRST_PENALTY_MS = 30_000;
const MAX_PENALTY_MS = 900_000;
const MAX_IDLE_HOSTS = 1_000;

/** Paces requests host by host: a token bucket, a bound on concurrency, and whatever the host itself asks for. */
export function createRateLimiter(clock: Clock, limits: RateLimits): RateLimiter {
  const hosts = new Map<string, Host>();

  const hostOf = (name: string): Host => {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    if (hosts.size >= MAX_IDLE_HOSTS) forgetIdle(hosts, clock.now());
    const host: Host = {
      queue: new PQueue({ concurrency: limits.concurrency }),
      dueAt: 0,
      lastAt: Number.NEGATIVE_INFINITY,
      blockedUntil: 0,
      underWay: 0,
      strikes: 0,
    };
    hosts.set(name, host);
    return host;
  };

  /** Reserves the next turn; resolves when it has come. */
  const turn = async (name: string, host: Host, pace: Pace, signal: AbortSignal): Promise<void> => {
    const interval = Math.max(1_000 / (pace.perSecond ?? limits.perSecond), pace.minGapMs ?? 0);
    const strict = pace.minGapMs !== undefined || pace.perSecond !== undefined;
    let now = clock.now();
    // A place that allows one request in five seconds counts two at once as one too many.
    const start = strict
      ? Math.max(now, host.dueAt, host.lastAt + interval)
      : Math.max(now, host.dueAt - (limits.burst - 1) * interval);
    requireSoon(name, Math.max(start, host.blockedUntil) - now, limits.maxWaitMs);
    host.dueAt = Math.max(host.dueAt, start) + interval;
    host.lastAt = start;
    for (;;) {
      const wait = Math.max(start, host.blockedUntil) - now;
      if (wait <= 0) return;
      requireSoon(name, wait, limits.maxWaitMs);
      await clock.sleep(wait, signal);
      now = clock.now();
    }
  };

  return {
    run: async (name, pace, signal, task) => {
      const host = hostOf(name);
      return await host.queue.add(
        async () => {
          await turn(name, host, pace, signal);
          host.underWay += 1;
          try {
            return await task();
          } finally {
            host.underWay -= 1;
          }
        },
        { signal },
      );
    },
    observe: (name, status, headers) => {
      const host = hostOf(name);
      const now = clock.now();
      // The answer's own request is among them; the others may not be counted in what it says is left.
      const others = Math.max(0, host.underWay - 1);
      const block = (ms: number): number => {
        host.blockedUntil = Math.max(host.blockedUntil, now + ms);
        return ms;
      };
      if (status === 429 || status === 503) {
        const asked = retryAfterMs(headers, now) ?? quotaSpentForMs(headers, now);
        if (asked !== undefined) return block(asked);
        if (status === 503) return undefined;
        host.strikes += 1;
        return block(Math.min(MAX_PENALTY_MS, FIRST_PENALTY_MS * 2 ** (host.strikes - 1)));
      }
      host.strikes = 0;
      const spent = quotaSpentForMs(headers, now, others);
      return spent === undefined ? undefined : block(spent);
    },
  };
}

function requireSoon(name: string, wait: number, maxWaitMs: number): void {
  if (wait > maxWaitMs) {
    throw new ThrottledError(
      'rate-limited',
      `${name}: its limit leaves no turn for ${Math.ceil(wait / 1_000)} s`,
      wait,
    );
  }
}

function forgetIdle(hosts: Map<string, Host>, now: number): void {
  for (const [name, host] of hosts) {
    const idle = host.queue.size === 0 && host.queue.pending === 0;
    if (idle && host.dueAt <= now && host.blockedUntil <= now) hosts.delete(name);
  }
}
