// A process of its own on a store; on standard input it is given JSON:
// { path, secret (hex), mode: 'land' | 'lease', jobs? }
// land: lands the jobs one by one and prints each one's id once it is landed; lease: takes the lease `land` and holds it.
import { existsSync, readFileSync } from 'node:fs';

const { path, secret, mode, jobs } = JSON.parse(readFileSync(0, 'utf8'));
const built = new URL('../../dist/src/store/store.js', import.meta.url);
if (!existsSync(built)) throw new Error('dist/ is missing: run `npm run build` first');
const { openStore } = await import(built.href);
const clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};
const store = openStore({ path, secret: Buffer.from(secret, 'hex'), clock, seenWindowDays: 30 });
if (mode === 'lease') {
  const taken = await store.lease('land').acquire(() => process.exit(3));
  process.stdout.write(taken.held ? 'held\n' : `refused by ${taken.by.pid}\n`);
} else {
  for (const { id, batch } of jobs) {
    store.land(id, batch);
    process.stdout.write(`${id}\n`);
    // Lets what was printed go out, so that a kill strikes between and within landings alike.
    await new Promise((resolve) => setImmediate(resolve));
  }
  store.close();
}
