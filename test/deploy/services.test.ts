import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { kindSchemas, termsRequired } from '../../src/compose.js';
import { parseConfig } from '../../src/config.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { createBullmqQueues } from '../../src/queue/bullmq.js';
import { redisAvailable, startRedis } from '../support/redis.js';
import { projectRoot } from '../support/ronda.js';

/** What is put on machines: every command and option in it exists, nothing of it runs as root, and the guide names its paths. */

const folder = join(projectRoot, 'deploy');
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');
const units = readdirSync(join(folder, 'systemd'));
const services = units.filter((name) => name.endsWith('.service'));
const guide = readFileSync(join(projectRoot, 'docs', 'operating.md'), 'utf8');
const main = join(projectRoot, 'dist', 'src', 'cli', 'main.js');

/** Keys and values of a unit, in order; a key may stand several times. */
function entriesOf(unit: string): [string, string][] {
  return read('systemd', unit)
    .split('\n')
    .filter((line) => /^[A-Za-z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
}

/** The words after main.js of a command line. */
function argumentsOf(command: string): string[] {
  const after = command.split('/opt/ronda/dist/src/cli/main.js ')[1];
  if (after === undefined) throw new Error(`no ronda in ${command}`);
  return after.replace(/'$/, '').split(' ');
}

const helps = new Map<string, string>();

/** Asserts that a command line is one that `ronda` takes: its commands and every option are in their help. */
function expectKnown(words: readonly string[]): void {
  const own = words[0] === '--config' ? words.slice(2) : words;
  const names: string[] = [];
  for (const word of own) {
    if (!/^[a-z]+$/.test(word)) break;
    names.push(word);
  }
  expect(names.length, words.join(' ')).toBeGreaterThan(0);
  const key = names.join(' ');
  if (!helps.has(key)) {
    const asked = spawnSync(process.execPath, [main, ...names, '--help'], {
      encoding: 'utf8',
      cwd: tmpdir(),
    });
    expect(asked.status, `ronda ${key} --help: ${asked.stderr}`).toBe(0);
    // A word that is no command is shown the help of what stands before it.
    expect(asked.stdout).toContain(`Usage: ronda ${key}`);
    helps.set(key, asked.stdout);
  }
  for (const option of own.filter((word) => word.startsWith('--'))) {
    expect(helps.get(key), `${key} ${option}`).toContain(option);
  }
}

describe('the units of systemd', () => {
  it('are there for one machine, for several, for files and for backups', () => {
    for (const part of ['run', 'collect', 'score@', 'land', 'desk', 'batch', 'backup']) {
      expect(units).toContain(`ronda-${part}.service`);
    }
    expect(units).toEqual(expect.arrayContaining(['ronda-batch.timer', 'ronda-backup.timer']));
  });

  it.each(services)('%s starts a command that there is', (unit) => {
    const [command = ''] = entriesOf(unit).flatMap(([key, value]) => (key === 'ExecStart' ? [value] : []));
    expectKnown(argumentsOf(command));
  });

  it.each(services)('%s is not root, and may write to little', (unit) => {
    const keys = new Map(entriesOf(unit));
    expect(keys.get('User')).toBe('ronda');
    expect(keys.get('NoNewPrivileges')).toBe('yes');
    expect(keys.get('ProtectSystem')).toBe('strict');
    expect(keys.get('ProtectHome')).toBe('yes');
    expect(keys.get('CapabilityBoundingSet')).toBe('');
    expect(keys.get('StateDirectoryMode')).toBe('0700');
    expect(keys.get('UMask')).toBe('0077');
    expect(keys.get('MemoryMax')).toMatch(/^\dG$/);
    expect(keys.get('SystemCallFilter')).toBe('@system-service');
    expect(keys.get('PrivateDevices')).toBe('yes');
  });

  it.each(services)('%s holds no secret', (unit) => {
    for (const [key, value] of entriesOf(unit)) {
      if (key === 'Environment') expect(value).not.toMatch(/(SECRET|PASSWORD|KEY)=/);
    }
    // The scorer needs the queue alone.
    const loads = entriesOf(unit).some(([key]) => key === 'LoadCredential');
    expect(loads).toBe(unit !== 'ronda-score@.service');
  });

  it.each(services.filter((unit) => !/batch|backup/.test(unit)))(
    '%s is kept running and ends in time',
    (unit) => {
      const keys = new Map(entriesOf(unit));
      expect(keys.get('Restart')).toBe('always');
      expect(keys.get('StartLimitIntervalSec')).toBe('0');
      expect(keys.get('TimeoutStopSec')).toBe('30');
    },
  );

  it('give each process a port of its own for its metrics', () => {
    const ports = services.flatMap((unit) =>
      [...read('systemd', unit).matchAll(/--metrics-port (\d+)/g)].map(([, port]) => port),
    );
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('are what systemd takes for units', () => {
    if (spawnSync('systemd-analyze', ['--version']).status !== 0) {
      process.stderr.write('SKIPPED: systemd-analyze verify, because there is none here\n');
      return;
    }
    const copies = mkdtempSync(join(tmpdir(), 'ronda-units-'));
    try {
      for (const unit of units) {
        writeFileSync(
          join(copies, unit),
          read('systemd', unit).replaceAll('/usr/bin/node', process.execPath),
        );
      }
      const paths = units.map((unit) => join(copies, unit));
      const done = spawnSync('systemd-analyze', ['verify', ...paths], { encoding: 'utf8' });
      expect(done.stderr).not.toMatch(/ronda-[a-z@]+\.(service|timer):/);
      expect(done.status).toBe(0);
    } finally {
      rmSync(copies, { recursive: true });
    }
  });
});

interface Service {
  readonly image?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly command?: readonly string[];
  readonly secrets?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly mem_limit?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly deploy?: { readonly replicas?: number };
}

describe('the compose file', () => {
  const file = parse(read('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
    readonly secrets: Readonly<Record<string, { readonly file: string }>>;
    readonly volumes: Readonly<Record<string, object>>;
  };
  const all = Object.entries(file.services);
  const own = all.filter(([name]) => name !== 'redis');

  it('has Redis, two score workers, a lander with its stand-by, a collector and the desk', () => {
    expect(Object.keys(file.services).sort()).toEqual(['collect', 'desk', 'land', 'redis', 'score']);
    expect(file.services.score?.deploy?.replicas).toBe(2);
    expect(file.services.land?.command).toContain('--stand-by');
  });

  it.each(own)('%s starts a command that there is', (_, { command = [] }) => {
    expectKnown(command.map(String));
  });

  it.each(all)('%s is not root, may write to its volumes alone, and is bounded', (_, service) => {
    expect(Number(service.user?.split(':')[0])).toBeGreaterThan(0);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  });

  it.each(all)('%s has no secret in its environment', (_, { environment = {}, secrets = [] }) => {
    for (const [name, value] of Object.entries(environment)) {
      expect(name).not.toMatch(/(SECRET|PASSWORD|KEY)$/);
      if (name.endsWith('_FILE')) expect(secrets).toContain(value.replace('/run/secrets/', ''));
    }
    for (const name of secrets) expect(file.secrets[name]?.file).toMatch(/^\.\/secrets\//);
  });

  it('gives the secret to nobody who does without it', () => {
    expect(file.services.score?.secrets).toEqual(['redis_password']);
  });

  it('keeps what Redis acknowledged, and throws nothing away', () => {
    const command = file.services.redis?.command ?? [];
    expect(command.join(' ')).toContain('--appendonly yes');
    expect(command.join(' ')).toContain('--maxmemory-policy noeviction');
    expect(file.services.redis?.healthcheck?.test.join(' ')).toContain('redis-cli ping');
  });

  it('has the configuration that it names', () => {
    const config = parseConfig({
      document: parse(read('ronda.yaml')),
      file: 'deploy/ronda.yaml',
      environment: { RONDA_REDIS: 'redis://redis:6379', RONDA_REDIS_PASSWORD: 'rekaan' },
      kinds: kindSchemas,
      termsRequired,
      isSchedule,
    });
    expect(config.queue.kind).toBe('redis');
    expect(config.metrics.port).toBe(9478);
    for (const { volumes = [] } of Object.values(file.services)) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        expect(from.startsWith('./') ? existsSync(join(folder, from)) : from in file.volumes).toBe(true);
      }
    }
  });
});

describe('the users of Redis', () => {
  const lines = read('redis.acl').trimEnd().split('\n');

  it('stand a line each: the file takes no comments', () => {
    for (const line of lines) expect(line).toMatch(/^user /);
    expect(lines).toContain('user default off');
  });

  it.skipIf(!redisAvailable())('are let do what the queue does, and no more', async () => {
    const redis = await startRedis({ appendonly: true });
    const password = 'rahasia-rekaan';
    const keeper = new Redis(redis.url);
    try {
      const own = lines.find((line) => line.startsWith('user ronda')) ?? '';
      const rules = own
        .replace(/#0{64}/, `#${createHash('sha256').update(password).digest('hex')}`)
        .split(' ')
        .slice(2);
      await keeper.call('ACL', 'SETUSER', 'ronda', ...rules);
      const url = `redis://ronda:${password}@127.0.0.1:${redis.port}`;
      const queues = createBullmqQueues({ url, prefix: 'ronda' });
      const queue = queues.queue<string>('score');
      expect(await queue.enqueue([{ id: 'a1', lane: 'x', payload: 'halo' }])).toBe(1);
      const taken = await new Promise<string>((resolve) => {
        queue.consume(async (job) => resolve(job.payload));
      });
      expect(taken).toBe('halo');
      await queues.close({ force: true });
      const officer = new Redis(url, { maxRetriesPerRequest: 0 });
      for (const [command, ...args] of [
        ['FLUSHALL'],
        ['KEYS', '*'],
        ['CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru'],
        ['GET', 'other:key'],
        ['ACL', 'LIST'],
      ] as const) {
        await expect(officer.call(command, ...args)).rejects.toThrow(/NOPERM/);
      }
      officer.disconnect();
    } finally {
      keeper.disconnect();
      await redis.dispose();
    }
  });
});

describe('the image', () => {
  const lines = read('Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));

  it('ends as somebody who is not root', () => {
    const users = lines.filter((line) => line.startsWith('USER '));
    expect(users.at(-1)).toBe('USER 10001:10001');
    const start = lines.findIndex((line) => line.startsWith('ENTRYPOINT'));
    expect(lines.findIndex((line) => line.startsWith('USER'))).toBeLessThan(start);
  });

  it('takes only what is there, and nothing from elsewhere', () => {
    expect(lines.filter((line) => line.startsWith('ADD '))).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/curl|wget|https?:\/\/(?!127\.0\.0\.1)/);
    for (const line of lines.filter((each) => each.startsWith('COPY '))) {
      const sources = line.split(' ').slice(1, -1);
      const built = sources[0] === '--from=build';
      for (const path of built ? sources.slice(1) : sources) {
        const here = path.replace('/opt/ronda/', '');
        if (here !== 'node_modules' && here !== 'dist')
          expect(existsSync(join(projectRoot, here)), here).toBe(true);
      }
    }
  });

  it('holds what the code reads beside itself', () => {
    for (const path of [
      'package.json',
      'lexicons',
      'models',
      'docs/ronda.yaml',
      'src/web/static',
      'dist',
      'node_modules',
    ]) {
      expect(read('Dockerfile')).toContain(`COPY --from=build /opt/ronda/${path}`);
    }
  });

  it('asks itself whether it works', () => {
    expect(lines.some((line) => line.startsWith('HEALTHCHECK') && line.includes('/readyz'))).toBe(true);
    expect(lines).toContain('STOPSIGNAL SIGTERM');
  });

  it('leaves secrets and what is kept outside', () => {
    const ignored = read('Dockerfile.dockerignore').split('\n');
    for (const path of ['.git', 'data', '**/secret.key', '**/*.backup', 'node_modules'])
      expect(ignored).toContain(path);
  });
});

describe('docs/operating.md', () => {
  const files = [...units.map((name) => join('systemd', name)), 'compose.yaml', 'Dockerfile', 'ronda.yaml'];

  it.each(files)('names every path of %s outside the system’s own', (name) => {
    const paths = [...read(name).matchAll(/(?<![\w.@/*:-])\/(?:etc|opt|srv|var|run)\/[\w./-]*[\w-]/g)].map(
      ([path]) => path,
    );
    const known = paths.filter((path) => !/^\/(opt\/ronda\/|etc\/redis\/|run\/secrets\/)/.test(path));
    for (const path of known) expect(guide, path).toContain(path);
  });

  it.each(units)('names %s', (unit) => {
    expect(guide).toContain(unit.replace('.service', '').replace('ronda-score@', 'ronda-score@'));
  });
});
