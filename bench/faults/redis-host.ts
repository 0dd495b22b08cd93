import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from './hosts.js';

/** A Redis with its append-only file on a host of the run's own. */
export interface RedisHost {
  readonly url: string;
  readonly pid: number;
  /** Ends it (`SIGKILL`: at once) and starts it again over its file. */
  restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Jobs on a queue that are not dead, and dead ones. */
  held(queue: string): { readonly live: number; readonly dead: number };
  close(): Promise<void>;
}

/** On a host of its own; this machine may have a Redis there already. */
const PORT = 6379;
const OWN_PORT = 26_479;
const READY_TRIES = 200;

/** @param folder where the append-only file lies; made when missing */
export async function startRedisOn(host: Host, folder: string, prefix = 'ronda'): Promise<RedisHost> {
  mkdirSync(folder, { recursive: true });
  const port = host.address === '127.0.0.1' ? OWN_PORT : PORT;
  const ask = (...args: string[]): string => {
    const [file = '', ...rest] = host.on(['redis-cli', '-h', host.address, '-p', String(port), ...args]);
    return spawnSync(file, rest, { encoding: 'utf8' }).stdout.trim();
  };
  let server: ChildProcess;
  const start = async (): Promise<void> => {
    const [file = '', ...args] = host.on([
      ...['redis-server', '--port', String(port), '--bind', host.address, '--protected-mode', 'no'],
      ...['--dir', folder, '--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'],
    ]);
    server = spawn(file, args, { stdio: 'ignore' });
    for (let tried = 0; ask('PING') !== 'PONG'; tried += 1) {
      if (tried === READY_TRIES || server.exitCode !== null) throw new Error('redis-server does not start');
      await sleep(50);
    }
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  };
  await start();
  return {
    url: `redis://${host.address}:${port}`,
    get pid() {
      return server.pid ?? 0;
    },
    async restart(signal) {
      await end(signal);
      await start();
    },
    held(queue) {
      const key = (name: string): string => `{${prefix}}:${queue}:${name}`;
      const number = (...args: string[]): number => Number(ask(...args));
      const live =
        number('ZCARD', key('prioritized')) +
        number('ZCARD', key('delayed')) +
        number('LLEN', key('wait')) +
        number('LLEN', key('active'));
      return { live, dead: number('ZCARD', key('failed')) };
    },
    close: () => end('SIGKILL'),
  };
}
