import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../bench/load/free-ports.js';
import { until } from './until.js';

/**
 * Whether redis-server is installed. Where it is not, says so, so that no skip goes unseen; with
 * RONDA_TEST_REQUIRE=1 it fails instead.
 */
export function redisAvailable(): boolean {
  if (spawnSync('redis-server', ['--version']).status === 0) return true;
  if (process.env.RONDA_TEST_REQUIRE === '1')
    throw new Error('redis-server is not installed, and RONDA_TEST_REQUIRE=1 allows no skip');
  process.stderr.write('SKIPPED: tests of the Redis queue, because redis-server is not installed\n');
  return false;
}

/** A redis-server of the test's own, on a free port of the loopback and in a folder of its own. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it as an operator would; what it holds stays in the append-only file, if it keeps one. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL). */
  kill(): Promise<void>;
  /** Lets it answer no more (SIGSTOP), until it is killed. */
  freeze(): void;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  flush(): Promise<void>;
  /** Ends it and removes its folder. */
  dispose(): Promise<void>;
}

/** Starts a server; with `appendonly` it survives {@link RedisServer.kill} with all it acknowledged. */
export async function startRedis(
  options: { appendonly?: boolean; settings?: readonly string[] } = {},
): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  async function ask<R>(question: (redis: Redis) => Promise<R>): Promise<R> {
    const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on('error', () => {});
    try {
      await redis.connect();
      return await question(redis);
    } finally {
      redis.disconnect();
    }
  }

  async function start(): Promise<void> {
    server = spawn(
      'redis-server',
      [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
        ...['--appendonly', options.appendonly ? 'yes' : 'no', '--maxmemory-policy', 'noeviction'],
        ...(options.settings ?? []),
      ],
      { stdio: 'ignore' },
    );
    await until('redis-server answers', () =>
      ask((redis) => redis.ping()).then(
        () => true,
        () => false,
      ),
    );
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    port,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => {
      server?.kill('SIGSTOP');
    },
    flush: async () => {
      await ask((redis) => redis.flushall());
    },
    dispose: async () => {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
