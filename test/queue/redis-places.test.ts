import type { ChildProcess } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { freePorts } from '../../bench/load/free-ports.js';
import { kindSchemas } from '../../src/compose.js';
import { redisPlaceOf } from '../../src/compose-redis.js';
import { parseConfig } from '../../src/config.js';
import { PermanentError } from '../../src/core/errors.js';
import type { NewJob } from '../../src/core/queue-ports.js';
import { createBullmqQueues } from '../../src/queue/bullmq.js';
import { checkRedis } from '../../src/queue/redis-check.js';
import type { RedisPlace } from '../../src/queue/redis-connection.js';
import { createRedisLease } from '../../src/queue/redis-lease.js';
import { redisAvailable } from '../support/redis.js';
import { asking, RedisPlaces, redisTlsAvailable } from '../support/redis-places.js';
import { until } from '../support/until.js';

/** The queue where Redis is not one open server: TLS, a user of its own, Sentinel, Cluster; as ronda.yaml says it. */

interface Note {
  readonly n: number;
}

const QUICK = { backoff: { baseMs: 5, maxMs: 20, jitter: 0 }, leaseMs: 1_000, maxAttempts: 3 };
const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

function places(): RedisPlaces {
  const made = new RedisPlaces();
  cleanUp.push(() => made.dispose());
  return made;
}

/** Where ronda.yaml and the environment say that Redis is. */
function placeOf(redis: object, environment: Record<string, string> = {}): RedisPlace {
  const document = { queue: { redis } };
  const config = parseConfig({
    document,
    file: 'ronda.yaml',
    environment,
    kinds: kindSchemas,
    isSchedule: () => true,
  });
  expect(config.queue.kind).toBe('redis');
  const place = redisPlaceOf(config, environment);
  if (place === undefined) throw new Error('no place of Redis');
  return place;
}

function jobs(lane: string, count: number): NewJob<Note>[] {
  return Array.from({ length: count }, (_, n) => ({
    id: Buffer.from(`${lane}-${n}`).toString('hex'),
    lane,
    payload: { n },
  }));
}

function open(place: RedisPlace) {
  const queues = createBullmqQueues({ ...place, ...QUICK });
  cleanUp.push(() => queues.close({ force: true }));
  return queues;
}

/** Every kind of command that the queue and the lease send. */
async function carries(place: RedisPlace): Promise<void> {
  const queues = open(place);
  const queue = queues.queue<Note>('score');
  expect(await queue.enqueue([...jobs('a', 30), ...jobs('b', 30)])).toBe(60);
  expect(await queue.enqueue(jobs('a', 1))).toBe(0);
  expect((await queue.counts()).waiting).toBe(60);
  expect(await queue.rewrite(({ n }) => (n === 29 ? { n: 1_000 } : undefined))).toBe(2);
  const done = new Set<string>();
  let fails = true;
  const consumer = queue.consume(
    async ({ id, payload }) => {
      if (payload.n === 1_000) throw new PermanentError('bad-note', 'this one never goes');
      if (payload.n === 3 && fails) {
        fails = false;
        throw new Error('only once');
      }
      done.add(id);
    },
    { concurrency: 2 },
  );
  await until('all but two are done', async () => done.size === 58);
  await until('two are dead', async () => (await queue.counts()).dead === 2);
  expect((await queue.dead(10)).map(({ kind }) => kind)).toEqual(['bad-note', 'bad-note']);
  await consumer.close();
  expect(await queue.retryDead()).toBe(2);
  await queue.rewrite(() => ({ n: 0 }));
  queue.consume(async ({ id }) => void done.add(id));
  await until('the dead ones are done', () => done.size === 60);
  await queue.pause();
  await queue.resume();
  await queues.close();

  const never = (reason: string): void => {
    throw new Error(reason);
  };
  const [mine, other] = [
    createRedisLease({ ...place, name: 'x' }),
    createRedisLease({ ...place, name: 'x' }),
  ];
  expect(await mine.acquire(never)).toEqual({ held: true });
  expect(await other.acquire(never)).toMatchObject({ held: false, by: { pid: process.pid } });
  await mine.release();
  expect(await other.acquire(never)).toEqual({ held: true });
  await other.release();
}

describe.skipIf(!redisTlsAvailable())('over TLS', () => {
  it('carries jobs where the authority is known, and says why where it is not', async () => {
    const servers = places();
    const { cert, key } = servers.certificate();
    const [port = 0] = await freePorts(1);
    await servers.start(
      [
        ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
        ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert],
      ],
      { port, tls: { rejectUnauthorized: false } },
    );
    const RONDA_REDIS = `rediss://127.0.0.1:${port}`;
    const known = placeOf({ tls: { ca: cert } }, { RONDA_REDIS });
    await carries(known);
    expect(await checkRedis(known)).toMatchObject({ ok: true });
    const unknown = await checkRedis(placeOf({}, { RONDA_REDIS }));
    expect(unknown).toMatchObject({ ok: false, problems: ['unreachable'] });
    expect(unknown.error).toContain('certificate');
  });

  it('shows its own certificate where the server asks for one', async () => {
    const servers = places();
    const { cert, key } = servers.certificate();
    const [port = 0] = await freePorts(1);
    const client = { tls: { ca: cert, cert, key } };
    await servers.start(
      [
        ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'yes'],
        ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert],
      ],
      { ...placeOf(client, { RONDA_REDIS: `rediss://127.0.0.1:${port}` }).redis, port },
    );
    const RONDA_REDIS = `rediss://127.0.0.1:${port}`;
    expect(await checkRedis(placeOf(client, { RONDA_REDIS }))).toMatchObject({ ok: true });
    expect(await checkRedis(placeOf({ tls: { ca: cert } }, { RONDA_REDIS }))).toMatchObject({ ok: false });
  });
});

/** As docs/configuration.md gives it. */
const LEAST_RIGHTS = [
  '~{ronda}:*',
  '+@all',
  '-@dangerous',
  '-@admin',
  '+info',
  '+config|get',
  '+cluster|info',
];

describe.skipIf(!redisAvailable())('as a user of its own', () => {
  it('needs no more rights than the documentation says, and tells a wrong password', async () => {
    const servers = places();
    const [port = 0] = await freePorts(1);
    await servers.start(['--port', String(port)], { port });
    await asking({ port }, async (redis) => {
      await redis.call('ACL', 'SETUSER', 'ronda', 'on', '>rahasia sekali', ...LEAST_RIGHTS);
      await redis.call('ACL', 'SETUSER', 'default', 'off');
    });
    const RONDA_REDIS = `redis://127.0.0.1:${port}`;
    const file = servers.file('password', 'rahasia sekali\n');
    for (const place of [
      placeOf({ user: 'ronda' }, { RONDA_REDIS, RONDA_REDIS_PASSWORD: 'rahasia sekali' }),
      placeOf({ user: 'ronda' }, { RONDA_REDIS, RONDA_REDIS_PASSWORD_FILE: file }),
      placeOf({}, { RONDA_REDIS: `redis://ronda@127.0.0.1:${port}`, RONDA_REDIS_PASSWORD_FILE: file }),
    ]) {
      expect(await checkRedis(place)).toMatchObject({ ok: true, appendfsync: 'everysec' });
      await carries(place);
    }
    const wrong = { user: 'ronda' };
    const environment = { RONDA_REDIS, RONDA_REDIS_PASSWORD: 'bukan itu' };
    expect((await checkRedis(placeOf(wrong, environment))).error).toContain('WRONGPASS');
    await expect(open(placeOf(wrong, environment)).queue('score').counts()).rejects.toMatchObject({
      kind: 'queue-refused',
    });
    // Keys of others stay others'.
    const elsewhere = createBullmqQueues({
      ...placeOf({ user: 'ronda' }, { RONDA_REDIS, RONDA_REDIS_PASSWORD_FILE: file }),
      prefix: 'lain',
    });
    cleanUp.push(() => elsewhere.close({ force: true }));
    await expect(elsewhere.queue('score').counts()).rejects.toMatchObject({ kind: 'queue-refused' });
  });
});

describe.skipIf(!redisAvailable())('with Sentinel', () => {
  it('goes on with the new primary when the old one is gone', { timeout: 120_000 }, async () => {
    const servers = places();
    const [first = 0, second = 0, watching = 0] = await freePorts(3);
    const primary = await servers.start(['--port', String(first)], { port: first });
    await servers.start(
      [
        '--port',
        String(second),
        '--replicaof',
        '127.0.0.1',
        String(first),
        '--repl-diskless-sync-delay',
        '0',
      ],
      { port: second },
    );
    await servers.start(
      ['--port', String(watching)],
      { port: watching },
      {
        sentinel: [
          `sentinel monitor ronda 127.0.0.1 ${first} 1`,
          'sentinel down-after-milliseconds ronda 500',
          'sentinel failover-timeout ronda 3000',
        ].join('\n'),
      },
    );
    await until('the sentinel knows the replica', () =>
      asking({ port: watching }, async (redis) =>
        String(await redis.call('SENTINEL', 'replicas', 'ronda')).includes(`127.0.0.1:${second}`),
      ),
    );
    const place = placeOf({ sentinel: { name: 'ronda', addresses: [`127.0.0.1:${watching}`] } });
    expect(await checkRedis(place)).toMatchObject({ ok: true });
    const queue = open(place).queue<Note>('score');
    await queue.enqueue(jobs('a', 40));
    const taken = new Set<string>();
    let slow = true;
    queue.consume(async ({ id }) => {
      taken.add(id);
      // The rest is for after the change.
      if (taken.size >= 5 && slow) await until('the primary has changed', () => !slow);
    });
    await until('it is at work', () => taken.size >= 5);
    await asking({ port: first }, (redis) => redis.wait(1, 5_000));
    primary.kill('SIGKILL');
    await until('the replica is the primary', () =>
      asking({ port: second }, async (redis) => (await redis.role())[0] === 'master').catch(() => false),
    );
    slow = false;
    expect(await queue.enqueue(jobs('b', 20))).toBe(20);
    await until('nothing is left', async () => {
      const { waiting, delayed, active } = await queue.counts();
      return waiting + delayed + active === 0;
    });
    expect(taken.size).toBe(60);
  });
});

interface Node {
  readonly port: number;
  readonly bus: number;
}

async function nodesOf(count: number): Promise<readonly Node[]> {
  const ports = await freePorts(count * 2);
  return Array.from({ length: count }, (_, at) => ({ port: ports[at] ?? 0, bus: ports[at + count] ?? 0 }));
}

/** A new cluster of primaries alone that share the slots. */
async function startCluster(servers: RedisPlaces, nodes: readonly Node[]): Promise<readonly ChildProcess[]> {
  const started: ChildProcess[] = [];
  const share = Math.ceil(16_384 / nodes.length);
  const first = nodes[0]?.port ?? 0;
  for (const { port, bus } of nodes) {
    started.push(
      await servers.start(
        ['--port', String(port), '--cluster-enabled', 'yes', '--cluster-port', String(bus)],
        { port },
      ),
    );
  }
  for (const [at, { port, bus }] of nodes.entries()) {
    await asking({ port }, async (redis) => {
      await redis.call('CLUSTER', 'ADDSLOTSRANGE', at * share, Math.min(16_383, (at + 1) * share - 1));
      if (at > 0) await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', at + 1);
    });
    if (at > 0)
      await asking({ port: first }, (redis) => redis.call('CLUSTER', 'MEET', '127.0.0.1', port, bus));
  }
  for (const { port } of nodes) {
    await until('the cluster is whole', () =>
      asking({ port }, async (redis) => {
        const told = String(await redis.cluster('INFO'));
        return told.includes('cluster_state:ok') && told.includes(`cluster_known_nodes:${nodes.length}`);
      }),
    );
  }
  return started;
}

describe.skipIf(!redisAvailable())('on a Cluster', () => {
  it('keeps all of an installation in one slot, so that every script runs there', async () => {
    const nodes = await nodesOf(3);
    await startCluster(places(), nodes);
    const place = placeOf({ cluster: [`127.0.0.1:${nodes[0]?.port}`] });
    expect(await checkRedis(place)).toMatchObject({ ok: true, servers: 3 });
    await carries(place);
    const queue = open(place).queue<Note>('land');
    await queue.enqueue(jobs('c', 5));
    const sizes = await Promise.all(nodes.map(({ port }) => asking({ port }, (redis) => redis.dbsize())));
    expect(sizes.filter((keys) => keys > 0)).toHaveLength(1);
  });

  it('says when all of it is away, and goes on once it is back', { timeout: 120_000 }, async () => {
    const nodes = await nodesOf(3);
    const before = await startCluster(places(), nodes);
    const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`);
    const place = { ...placeOf({ cluster: addresses }), patienceMs: 700 };
    const queue = open(place).queue<Note>('score');
    const taken = new Set<string>();
    const consumer = queue.consume(async ({ id }) => void taken.add(id));
    await queue.enqueue(jobs('a', 5));
    await until('it is at work', () => taken.size === 5);
    const lease = createRedisLease({ ...place, name: 'x' });
    cleanUp.push(() => lease.release());
    for (const server of before) server.kill('SIGKILL');
    const away = { kind: 'queue-unreachable', message: expect.stringContaining('Redis cannot be reached') };
    // Again and again: what gave up once is tried anew.
    for (let n = 0; n < 3; n += 1) {
      await Promise.all([
        expect(queue.enqueue(jobs('b', 5))).rejects.toMatchObject(away),
        expect(queue.counts()).rejects.toMatchObject(away),
        expect(lease.acquire(() => {})).rejects.toMatchObject(away),
      ]);
    }
    await startCluster(places(), nodes);
    await until('it takes jobs again', () =>
      queue.enqueue(jobs('c', 5)).then(
        () => true,
        () => false,
      ),
    );
    await until('they are done', () => jobs('c', 5).every(({ id }) => taken.has(id)));
    expect(await lease.acquire(() => {})).toEqual({ held: true });
    await consumer.close();
  });

  it('says when it is frozen', async () => {
    const nodes = await nodesOf(2);
    const servers = await startCluster(places(), nodes);
    const place = { ...placeOf({ cluster: [`127.0.0.1:${nodes[0]?.port}`] }), patienceMs: 500 };
    const queue = open(place).queue<Note>('score');
    await until('it takes jobs', () =>
      queue.enqueue(jobs('a', 1)).then(
        () => true,
        () => false,
      ),
    );
    for (const server of servers) server.kill('SIGSTOP');
    await expect(queue.enqueue(jobs('b', 1))).rejects.toMatchObject({ kind: 'queue-unreachable' });
  });
});

describe('ronda.yaml', () => {
  const parse =
    (document: unknown, environment: Record<string, string> = {}) =>
    () =>
      parseConfig({ document, file: 'ronda.yaml', environment, kinds: kindSchemas, isSchedule: () => true });

  it.each([
    [{ sentinel: { name: 'a b', addresses: ['h:1'] } }, {}, 'queue.redis.sentinel.name'],
    [{ sentinel: { name: 'ronda', addresses: [] } }, {}, 'queue.redis.sentinel.addresses'],
    [{ cluster: ['no-port'] }, {}, 'queue.redis.cluster.0'],
    [{ cluster: ['h:70000'] }, {}, 'queue.redis.cluster.0'],
    [{ tls: { cert: '/a.pem' } }, { RONDA_REDIS: 'redis://h:1' }, 'cert and key together'],
    [{ cluster: ['h:1'] }, { RONDA_REDIS: 'redis://h:1' }, 'more than one place'],
    [{ password: 'x' }, { RONDA_REDIS: 'redis://h:1' }, 'a key that does not exist'],
  ])('refuses %j', (redis, environment, told) => {
    expect(parse({ queue: { redis } }, environment)).toThrow(told);
  });

  it('says which file of a secret cannot be read, and does not take two', () => {
    const config = parse(
      { queue: { redis: { tls: { ca: '/nowhere/ca.pem' } } } },
      { RONDA_REDIS: 'redis://h:1' },
    )();
    expect(() => redisPlaceOf(config, {})).toThrow('/nowhere/ca.pem');
    const plain = parse({}, { RONDA_REDIS: 'redis://h:1' })();
    expect(() => redisPlaceOf(plain, { RONDA_REDIS_PASSWORD_FILE: '/nowhere/pw' })).toThrow('/nowhere/pw');
    const both = { RONDA_REDIS_PASSWORD_FILE: '/nowhere/pw', RONDA_REDIS_PASSWORD: 'x' };
    expect(() => redisPlaceOf(plain, both)).toThrow('keep one of them');
  });
});
