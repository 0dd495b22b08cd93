/**
 * `npm run bench:narratives`: a week of the labelled tweets and everyday talk of ../shared/data (invented posts where they
 * are not there) replayed with ten planted waves: what is found, what each post costs, and whether order within an hour
 * matters.
 */
import { performance } from 'node:perf_hooks';
import { month, readMonth } from './month.js';
import { randomFrom, replayPosts } from './planted-stories.js';
import { inventPosts } from './posts.js';
import { figuresOf, replay, WAVES } from './replay.js';
import { realTexts } from './replay-tweets.js';

/** `--month [posts [days]] [--keep HOME] [--until DAY]`, and `--pages HOME` for one that was kept. */
const optionOf = (option: string): string | undefined => {
  const at = process.argv.indexOf(option);
  return at < 0 ? undefined : process.argv[at + 1];
};
const DAYS = 7;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const pages = optionOf('--pages');
if (pages !== undefined) {
  readMonth(pages, say);
  process.exit();
}
const at = process.argv.indexOf('--month');
if (at > 0) {
  const given = process.argv.slice(at + 1);
  const [posts = 5_000_000, days = 30] = given
    .slice(0, given.findIndex((each) => !/^\d+$/.test(each)) >>> 0)
    .map(Number);
  const [keep, until] = [optionOf('--keep'), optionOf('--until')];
  month(
    {
      posts,
      days,
      ...(keep === undefined ? {} : { keep }),
      ...(until === undefined ? {} : { until: Date.parse(until) }),
    },
    say,
  );
  process.exit();
}
const real = realTexts();
if (real === undefined) say('../shared/data is not there: invented posts in its place');
const texts = real ?? inventPosts(15_000, 1, []).map(({ text }) => text);
for (const size of [12, 40, 120]) {
  const posts = replayPosts(texts, DAYS, size);
  const begin = performance.now();
  const replayed = replay(posts);
  const { precision, recall, found, falseAlarms } = figuresOf(replayed, posts, DAYS);
  const { fingerprint, landing, grouping, counting } = replayed.costs;
  say(
    `waves of ${size} in ${posts.length} posts: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, ` +
      `bursts found ${found} of ${WAVES}, false alarms ${falseAlarms}; ${replayed.narratives.length} narratives; ` +
      `us a post: fingerprint ${fingerprint.toFixed(1)}, landing ${landing.toFixed(1)}, grouping ${grouping.toFixed(1)}, counting ${counting.toFixed(1)}; ` +
      `store ${(replayed.storeBytes / posts.length).toFixed(0)} bytes a post; ${((performance.now() - begin) / 1000).toFixed(1)} s`,
  );
  if (process.argv.includes('--titles')) {
    for (const {
      title,
      life,
      posts: n,
      authors,
      variants,
      bursts,
      coordination,
    } of replayed.narratives.slice(0, 25)) {
      say(
        `  ${n} ${authors} ${variants} ${life} ${JSON.stringify(bursts)} ${JSON.stringify(coordination)} ${title}`,
      );
    }
  }
  if (size !== 40) continue;
  const random = randomFrom(3);
  const other = replay(posts, (hour) =>
    [...hour]
      .map((post) => [random(), post] as const)
      .sort(([a], [b]) => a - b)
      .map(([, post]) => post),
  );
  const same = JSON.stringify([...other.members]) === JSON.stringify([...replayed.members]);
  say(`the same whatever the order within an hour: ${same ? 'yes' : 'NO'}`);
}
