import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RedisOptions as AllOptions, Redis } from 'ioredis';
import { redisAvailable } from './redis.js';
import { until } from './until.js';

/** How a server is reached. */
type RedisOptions = Omit<AllOptions, 'replyMapping'>;

/** Whether Redis can be tried over TLS: with a redis-server that was built with it, and openssl for the certificate. */
export function redisTlsAvailable(): boolean {
  if (!redisAvailable()) return false;
  // Built without TLS it does not know the setting, and ends with a fault of its configuration.
  const { stdout, stderr } = spawnSync('redis-server', ['--port', '0', '--tls-port', '0'], {
    timeout: 1_500,
  });
  const hasTls = !`${stdout}${stderr}`.includes('FATAL CONFIG FILE ERROR');
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  if (hasTls && hasOpenssl) return true;
  const missing = hasTls ? 'openssl' : 'a redis-server with TLS';
  if (process.env.RONDA_TEST_REQUIRE === '1')
    throw new Error(`${missing} is not installed, and RONDA_TEST_REQUIRE=1 allows no skip`);
  process.stderr.write(`SKIPPED: tests of Redis over TLS, because ${missing} is not installed\n`);
  return false;
}

/** Processes of redis-server and a folder for their files, ended and removed together. */
export class RedisPlaces {
  readonly folder = mkdtempSync(join(tmpdir(), 'ronda-redis-'));
  readonly #running = new Set<ChildProcess>();

  /** Starts a server and waits until it answers. `reach` says how; settings are the server's arguments. */
  async start(
    settings: readonly string[],
    reach: RedisOptions,
    options: { readonly sentinel?: string } = {},
  ): Promise<ChildProcess> {
    const folder = mkdtempSync(join(this.folder, 'server-'));
    const file = join(folder, 'sentinel.conf');
    if (options.sentinel !== undefined) writeFileSync(file, options.sentinel);
    const server = spawn(
      'redis-server',
      [
        ...(options.sentinel === undefined ? [] : [file, '--sentinel']),
        ...['--bind', '127.0.0.1', '--dir', folder],
        ...(options.sentinel === undefined
          ? ['--save', '', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction']
          : []),
        ...settings,
      ],
      { stdio: 'ignore' },
    );
    this.#running.add(server);
    await until('redis-server answers', () =>
      asking(reach, async (redis) => (await redis.ping()) === 'PONG').catch(() => false),
    );
    return server;
  }

  /** A self-signed certificate for 127.0.0.1 with its key, PEM. */
  certificate(): { cert: string; key: string } {
    const [cert, key] = [join(this.folder, 'redis.pem'), join(this.folder, 'redis.key')];
    const request = [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', '/CN=redis.example', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-keyout', key, '-out', cert],
    ];
    execFileSync('openssl', request, { stdio: 'ignore' });
    return { cert, key };
  }

  /** A file that holds a text, for its owner alone. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  async dispose(): Promise<void> {
    for (const server of this.#running) {
      if (server.exitCode !== null || server.signalCode !== null) continue;
      const gone = once(server, 'exit');
      server.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Asks a server something over a connection of its own. */
export async function asking<R>(reach: RedisOptions, question: (redis: Redis) => Promise<R>): Promise<R> {
  const redis = new Redis({
    host: '127.0.0.1',
    ...reach,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  redis.on('error', () => {});
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}
