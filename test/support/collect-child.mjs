// A process that collects, scores and lands a paged place, as `ronda run --once` does, with a collector of the test's own.
// On standard input it is given JSON: { home, url, secret (hex) }. The place answers `/?page=N` with
// { posts: [{ id, text }], withdrawn: [{ id, at }], gaps: [...], last: boolean }.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const { home, url, secret } = JSON.parse(readFileSync(0, 'utf8'));
const built = (path) => {
  const file = new URL(`../../dist/src/${path}`, import.meta.url);
  if (!existsSync(file)) throw new Error('dist/ is missing: run `npm run build` first');
  return import(file.href);
};
const [
  { openStore },
  { createRejectFiles },
  { createEmbeddedQueues },
  { pass },
  { consumeScore },
  { consumeLand },
] = await Promise.all(
  [
    'store/store.js',
    'store/rejects.js',
    'queue/embedded.js',
    'pipeline/pass.js',
    'pipeline/score.js',
    'pipeline/land.js',
  ].map(built),
);

const clock = { now: Date.now, sleep: (ms, signal) => sleep(ms, undefined, { signal }) };
const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 32);
const store = openStore({
  path: join(home, 'ronda.db'),
  secret: Buffer.from(secret, 'hex'),
  clock,
  seenWindowDays: 30,
});
const queues = createEmbeddedQueues({ path: join(home, 'queue.db') });
const score = queues.queue('score');
const land = queues.queue('land');

const collector = {
  source: 'papan',
  kind: 'rekaan',
  async *collect(cursor, { signal }) {
    for (let page = cursor?.next ?? 0; ; page += 1) {
      const { posts, withdrawn, gaps, last } = await (await fetch(`${url}/?page=${page}`, { signal })).json();
      const collectedAt = new Date().toISOString();
      yield {
        posts: posts.map(({ id, text }) => ({
          id,
          text,
          revision: hash(text).slice(0, 16),
          source: 'papan',
          platform: 'papan',
          collectedAt,
          url: `${url}/${id}`,
        })),
        rejects: [],
        withdrawn,
        gaps,
        cursor: { next: page + 1 },
      };
      if (last) return;
    }
  },
};

const assessment = {
  language: { code: 'ind', confidence: 1 },
  categories: { hate: 0, sara: 0.7, incitement: 0, threat: 0, hoax: 0, abusive: 0 },
  flags: ['sara'],
  level: 'medium',
  score: 0.7,
  targets: [],
  findings: [],
  context: [],
  incomplete: [],
  versions: { rules: '1', lexicon: '1', model: '1', language: '1' },
};
const consumers = [
  consumeScore({ assessor: { assess: () => assessment }, landing: { sara: 'low' }, score, land }),
  consumeLand({ store, land }),
];
const { run } = store.openRun('once', 'papan');
await pass(
  {
    store,
    score,
    land,
    claims: { add: () => undefined },
    rejects: createRejectFiles(home, clock, store.rejectsSize),
    fetcher: {},
    clock,
    hash,
  },
  { run, collectors: [collector], maxWaiting: 50, signal: new AbortController().signal },
);
for (const consumer of consumers) await consumer.close();
await queues.close();
store.close();
