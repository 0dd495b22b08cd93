import type { PassedPost, ScoredPost } from '../../src/core/batch.js';
import { createTrendCounter } from '../../src/pipeline/count-trends.js';
import { atOnce } from '../../src/pipeline/group-loop.js';
import { fingerprintOf } from '../../src/pipeline/score.js';
import type { Store } from '../../src/store/store.js';
import { assessmentOf, batchOf, passedPost } from './scored.js';
import type { SimulatedClock } from './simulated-clock.js';
import { groupAll, toldPost } from './story.js';

/** Stories that spread, invented: landed, grouped and counted, as the lander leaves them for those who read. */

const HOUR_MS = 3_600_000;

/** Each: wordings of one story, the hours ago at which its posts came, and how many of them are flagged. */
const STORIES = [
  {
    name: 'jembatan',
    wordings: [
      'Jembatan gantung Cikalunggu putus tadi pagi, 14 warga Sukaramping dilaporkan hanyut, tolong sebarkan!',
      'BREAKING: 14 orang warga Sukaramping hanyut setelah jembatan Cikalunggu putus pagi ini',
    ],
    ago: [30, 29, 29, 5, 5, 4, 4, 4, 3, 3, 3, 3, 2, 2, 2, 2, 2, 1, 1, 1],
    flagged: 6,
  },
  {
    name: 'minyak',
    wordings: [
      'Awas! Minyak goreng merek Sawitasih dicampur parafin, sudah 3 pabrik di Kertamulya digerebek petugas',
      'Pabrik minyak Sawitasih di Kertamulya digerebek karena campur parafin, jangan beli dulu ya bund',
    ],
    ago: [70, 70, 69, 69, 68, 68, 68, 67, 67, 66],
    flagged: 4,
  },
] as const;

/** Lands the stories, and everyday posts of other days beside them; the rest is done as the lander's loop does it. */
export function tellStories(store: Store, clock: SimulatedClock): void {
  const now = clock.now();
  const at = (hours: number, minute: number): string =>
    new Date(now - hours * HOUR_MS - minute * 60_000).toISOString();
  const landed: ScoredPost[] = [];
  const passed: PassedPost[] = [];
  for (const { name, wordings, ago, flagged } of STORIES) {
    for (const [index, hours] of ago.entries()) {
      const text = wordings[index % 3 === 2 ? 1 : 0];
      const id = `${name}:${index}`;
      const createdAt = at(hours, index);
      const author = { id: `akun-${name}-${index}`, handle: `akun-rahasia-${index}` };
      if (index < flagged) {
        landed.push(
          toldPost({ id, text, createdAt, author, flags: ['hoax'], source: `sumber-${index % 2}` }),
        );
      } else {
        const fingerprint = fingerprintOf(text, assessmentOf(text));
        passed.push(
          passedPost({
            id,
            at: createdAt,
            authorId: author.id,
            ...(fingerprint === undefined ? {} : { fingerprint }),
          }),
        );
      }
    }
  }
  for (let day = 0; day < 12; day++) {
    for (let hour = 0; hour < 24; hour += 3) {
      passed.push(passedPost({ id: `biasa:${day}:${hour}`, at: at(day * 24 + hour, 30) }));
    }
  }
  store.land('kisah', batchOf('run', { landed, passed }));
  groupAll(store, clock);
  countAll(store, clock);
}

/** Counts everything that landed by the hour, as the lander's loop does. */
export function countAll(store: Store, clock: SimulatedClock): void {
  const counter = createTrendCounter({ store: store.trends, clock, windowHours: 24 * 21, knownAuthors: 3 });
  while (counter.take());
  atOnce(counter.close(true));
}
