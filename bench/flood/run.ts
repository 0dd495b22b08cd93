import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreWatch } from '../faults/store-facts.js';
import { type Delays, delaysOf, readDelays } from '../load/delays.js';
import { bytesUnder, figuresOf, startInstallation } from '../load/installation.js';
import { newTally, type PartnerTally, type PushedPost, push } from '../load/partner.js';

export interface FloodOptions {
  readonly ronda: string;
  readonly folder: string;
  readonly workers: number;
  /** Copies of one post, which the first source sends as fast as it is let; one in ten is the very same post. */
  readonly copies: number;
  /** Posts that are slow to assess, which the second source sends as fast as it is let. */
  readonly slow: number;
  readonly copy: string;
  readonly slowTexts: readonly string[];
  /** What the other sources send. */
  readonly texts: readonly string[];
  readonly others: number;
  /** Posts a second of each of the others. */
  readonly rate: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface FloodReport {
  readonly seconds: number;
  readonly flood: readonly (PartnerTally & { readonly source: string })[];
  readonly others: PartnerTally;
  /** From the making of a post of the others to the desk. */
  readonly delays: Delays;
  readonly landed: number;
  readonly megabytesOnDisk: { readonly most: number; readonly end: number; readonly queueMost: number };
  readonly bytesPerFloodPost: number;
  readonly mostMemoryMegabytes: number;
  readonly wrong: readonly string[];
}

const COPIES_A_PUSH = 500;
const BYTES_A_PUSH = 700_000;
/** Pushes that a flooding source has under way at once. */
const AT_ONCE = 4;
/** A flooding source does not wait for as long as it is asked to, ms. */
const IMPATIENCE_MS = 200;
const DRAIN_MS = 3_600_000;

/** Two sources flood, the others go on as always: how long do these wait, and what does it cost? */
export async function flood(options: FloodOptions): Promise<FloodReport> {
  const { copies, slow, others, rate, signal, say } = options;
  const installation = await startInstallation({ ...options, sources: others + 2 });
  const store = join(installation.home, 'ronda.db');
  const watch = new StoreWatch(store);
  const [copying = '', slowing = '', ...quiet] = installation.sources;
  const tallies = { copying: newTally(), slowing: newTally(), quiet: newTally() };
  const wrong: string[] = [];
  const most = { disk: 0, queue: 0, memory: 0 };
  let flooding = true;
  const made = (): string => new Date().toISOString();
  const patient = (asked: number): number => asked;
  const settled = (): number => {
    const { landed, passed, seen, failed } = watch.sums();
    return landed + passed + seen + failed;
  };
  try {
    const warm: PushedPost = { id: 'hangat', text: 'pagi', author: 'a', created_at: made() };
    await push(installation, quiet[0] ?? '', [warm], tallies.quiet, patient, signal);
    while (!signal.aborted && settled() === 0) await sleep(100);
    const begin = Date.now();

    const floodWith = async (
      source: string,
      tally: PartnerTally,
      next: () => readonly PushedPost[] | undefined,
    ): Promise<void> => {
      const lane = async (): Promise<void> => {
        for (let posts = next(); posts !== undefined && !signal.aborted; posts = next()) {
          await push(installation, source, posts, tally, () => IMPATIENCE_MS, signal);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
    };
    let copied = 0;
    const nextCopies = (): PushedPost[] | undefined => {
      if (copied >= copies) return undefined;
      const from = copied;
      copied = Math.min(copies, copied + COPIES_A_PUSH);
      return Array.from({ length: copied - from }, (_, at) => {
        const n = from + at;
        const id = n % 10 === 0 ? 'salinan-sama' : `salinan-${n}`;
        return { id, text: options.copy, author: `akun-rekaan-${n % 9_973}`, created_at: made() };
      });
    };
    let slowed = 0;
    const nextSlow = (): PushedPost[] | undefined => {
      if (slowed >= slow) return undefined;
      const posts: PushedPost[] = [];
      let bytes = 0;
      while (slowed < slow && posts.length < COPIES_A_PUSH && bytes < BYTES_A_PUSH) {
        const text = `${slowed} ${options.slowTexts[slowed % options.slowTexts.length] ?? ''}`;
        posts.push({
          id: `lambat-${slowed}`,
          text,
          author: `akun-rekaan-${slowed % 97}`,
          created_at: made(),
        });
        bytes += Buffer.byteLength(JSON.stringify(text)) + 150;
        slowed += 1;
      }
      return posts;
    };
    const goOn = async (source: string, at: number): Promise<void> => {
      const everyMs = 1_000;
      for (let n = 0; flooding && !signal.aborted; n += 1) {
        const posts = Array.from({ length: rate }, (_, each): PushedPost => {
          const text = `${options.texts[(n * rate + each + at * 31) % options.texts.length] ?? ''} ${at}-${n}-${each}`;
          return { id: `${source}-${n}-${each}`, text, author: `warga-${each}`, created_at: made() };
        });
        const sentAt = Date.now();
        await push(installation, source, posts, tallies.quiet, patient, signal);
        await sleep(Math.max(0, everyMs - (Date.now() - sentAt)));
      }
    };
    const looking = (async () => {
      for (let n = 0; flooding && !signal.aborted; n += 1) {
        most.disk = Math.max(most.disk, bytesUnder(installation.home));
        most.queue = Math.max(most.queue, queueBytes(installation.home));
        const memory = figuresOf(installation.pid).reduce((sum, each) => sum + each.residentMegabytes, 0);
        most.memory = Math.max(most.memory, memory);
        if (n % 60 === 0) {
          say(
            `  ${Math.round((Date.now() - begin) / 1_000)} s: ${copied} copies, ${slowed} slow, ${settled()} came to an end`,
          );
        }
        await sleep(1_000);
      }
    })();
    const quietly = quiet.map(goOn);
    await Promise.all([
      floodWith(copying, tallies.copying, nextCopies),
      floodWith(slowing, tallies.slowing, nextSlow),
    ]);
    // The flood counts until it is worked off: the others go on meanwhile.
    const until = Date.now() + DRAIN_MS;
    const flooded = tallies.copying.sent + tallies.slowing.sent;
    while (!signal.aborted && settled() < flooded) {
      if (Date.now() > until) {
        wrong.push(`an hour after the flood ${settled()} posts had come to an end`);
        break;
      }
      await sleep(500);
    }
    const seconds = (Date.now() - begin) / 1_000;
    flooding = false;
    await Promise.all([...quietly, looking]);
    const sent = flooded + tallies.quiet.sent;
    const drained = Date.now() + 60_000;
    while (!signal.aborted && settled() < sent && Date.now() < drained) await sleep(200);
    const sums = watch.sums();
    if (sums.collected !== sent || settled() !== sent || sums.failed > 0) {
      wrong.push(`${sent} posts were taken, and the counts say ${JSON.stringify(sums)}`);
    }
    const { status } = await installation.stop();
    if (status !== 0 && status !== 130) wrong.push(`it ended with ${status}: ${installation.said()}`);
    const end = bytesUnder(installation.home);
    return {
      seconds,
      flood: [
        { source: copying, ...tallies.copying },
        { source: slowing, ...tallies.slowing },
      ],
      others: tallies.quiet,
      delays: delaysOf(readDelays(store, quiet).map(({ ms }) => ms)),
      landed: sums.landed,
      megabytesOnDisk: { most: most.disk / 1e6, end: end / 1e6, queueMost: most.queue / 1e6 },
      bytesPerFloodPost: end / Math.max(1, sent),
      mostMemoryMegabytes: most.memory,
      wrong,
    };
  } finally {
    flooding = false;
    watch.close();
    await installation.stop();
  }
}

function queueBytes(home: string): number {
  return bytesUnder(home, (name) => name.startsWith('queue.db'));
}
