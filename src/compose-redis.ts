/** Where Redis is and how it is reached, of the configuration and the environment: a part of compose.ts. */
import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { Config } from './config.js';
import { CannotRunError, messageOf } from './core/errors.js';
import { secretOf } from './files/secret-files.js';
import type { RedisPlace } from './queue/redis-connection.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Nothing where the queue is the embedded one. Passwords are read anew at each call, and are in no configuration.
 * @throws CannotRunError `config`, `secret` where a file cannot be read
 */
export function redisPlaceOf(config: Config, environment: Environment): RedisPlace | undefined {
  if (config.queue.kind !== 'redis') return undefined;
  const { user, tls: files, sentinel, cluster } = config.queue.redis;
  const password = secretOf(environment, 'RONDA_REDIS_PASSWORD');
  const tls = files && tlsOf(files);
  const access = {
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
  };
  if (cluster !== undefined) return { cluster, redis: access };
  if (sentinel === undefined) {
    if (config.redis === undefined || password === undefined) {
      return { ...(config.redis === undefined ? {} : { url: config.redis }), redis: access };
    }
    const { url, username } = withoutUser(config.redis);
    return { url, redis: { ...(username === '' ? {} : { username }), ...access } };
  }
  const sentinelPassword = secretOf(environment, 'RONDA_SENTINEL_PASSWORD');
  return {
    redis: {
      ...access,
      name: sentinel.name,
      sentinels: sentinel.addresses.map(({ host, port }) => ({ host, port })),
      ...(tls === undefined ? {} : { enableTLSForSentinelMode: true }),
      ...(sentinel.tls ? { sentinelTLS: tls ?? {} } : {}),
      ...(sentinel.user === undefined ? {} : { sentinelUsername: sentinel.user }),
      ...(sentinelPassword === undefined ? {} : { sentinelPassword }),
    },
  };
}

/** `redis://ronda@host` says an empty password too, which would go before the one that is given apart. */
function withoutUser(address: string): { readonly url: string; readonly username: string } {
  if (!URL.canParse(address)) return { url: address, username: '' };
  const url = new URL(address);
  const username = decodeURIComponent(url.username);
  url.username = '';
  url.password = '';
  return { url: url.href, username };
}

function tlsOf(files: NonNullable<Config['queue']['redis']['tls']>): ConnectionOptions {
  const read = (key: 'ca' | 'cert' | 'key'): Buffer | undefined => {
    const path = files[key];
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch (error) {
      throw new CannotRunError(
        'config',
        `queue.redis.tls.${key}: ${path} cannot be read (${messageOf(error)}); name a PEM file that this user may read.`,
        { cause: error },
      );
    }
  };
  const [ca, cert, key] = [read('ca'), read('cert'), read('key')];
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(files.server_name === undefined ? {} : { servername: files.server_name }),
  };
}
