// A person at the desk in a process of its own; on standard input it is given JSON:
// { path, secret (hex), user, mode: 'race' | 'once' }
// race: claims batches until nothing is left, decides each item and prints its number once it is decided
// once: decides one item, prints its number and waits to be killed
import { existsSync, readFileSync } from 'node:fs';

const { path, secret, user, mode } = JSON.parse(readFileSync(0, 'utf8'));
const built = (file) => {
  const url = new URL(`../../dist/src/${file}`, import.meta.url);
  if (!existsSync(url)) throw new Error('dist/ is missing: run `npm run build` first');
  return import(url.href);
};
const { openStore } = await built('store/store.js');
const { claimNext } = await built('pipeline/claim-items.js');
const { decide } = await built('pipeline/review.js');
const { createUnits } = await built('triage/scope.js');
const clock = { now: () => Date.now(), sleep: async () => undefined };
const store = openStore({ path, secret: Buffer.from(secret, 'hex'), clock, seenWindowDays: 30 });
const ports = { store: store.desk, units: createUnits([]), clock, blindShare: 0.5 };
const actor = { user, role: 'officer', unit: 'pusat' };
const tell = (value) => process.stdout.write(`${value}\n`);
tell('ready');
// Both begin together.
while (Date.now() % 1_000 > 50) await new Promise((resolve) => setTimeout(resolve, 5));
for (;;) {
  const held = claimNext(ports, actor, {}, mode === 'once' ? 1 : 7);
  if (held.length === 0) break;
  for (const { item } of held) {
    decide(ports, actor, {
      items: [item],
      outcome: { kind: 'out-of-scope' },
      key: `balapan-${user}-${item}`,
    });
    tell(item);
    if (mode === 'once') await new Promise((resolve) => setTimeout(resolve, 60_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
store.close();
