// Holds a Redis lease until it is killed: node lease-child.mjs '<json of RedisLeaseOptions>'
// Prints what acquiring came to, as JSON.
import { existsSync } from 'node:fs';

const built = new URL('../../dist/src/queue/redis-lease.js', import.meta.url);
if (!existsSync(built)) throw new Error('dist/ is missing: run `npm run build` first');
const { createRedisLease } = await import(built.href);
const lease = createRedisLease(JSON.parse(process.argv[2]));
const outcome = await lease.acquire((reason) => {
  throw new Error(reason);
});
process.stdout.write(`${JSON.stringify(outcome)}\n`);
