import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { createBullmqQueues } from '../../src/queue/bullmq.js';
import { queueContract } from '../contract/queue.js';
import { type RedisServer, redisAvailable, startRedis } from '../support/redis.js';

describe.skipIf(!redisAvailable())('on a Redis of its own', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis({ appendonly: true });
  });

  afterAll(async () => {
    await server?.dispose();
  });

  queueContract('bullmq', async () => {
    const place = { url: server.url, prefix: randomUUID() };
    return {
      adapter: 'bullmq',
      open: (tuning) => createBullmqQueues({ ...place, ...tuning }),
      childOptions: (tuning) => ({ ...place, ...tuning }),
      dispose: () => server.flush(),
    };
  });
});
