import { setTimeout as sleep } from 'node:timers/promises';
import { signPush } from '../../src/web/ingest.js';
import { type Installation, PARTNER_SECRET } from './installation.js';

/** Broken connections in a row after which a push is given up. */
const MOST_CUTS = 5;

/** A post as a partner sends it. */
export interface PushedPost {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  /** ISO 8601 UTC: when it was made, from which its delay at the desk counts. */
  readonly created_at: string;
}

/** What a partner's pushes came to. */
export interface PartnerTally {
  sent: number;
  pushes: number;
  /** Answers 503. */
  refused: number;
  /** Connections that broke under a push, which was then sent again: the same push is taken once. */
  cut: number;
  /** The longest that a push took with its repeats, ms. */
  slowestMs: number;
}

/**
 * Pushes posts until they are taken. `patience`: how long to wait after a 503, ms, given what the answer asks for.
 * @throws on any other answer than 202 and 503
 */
export async function push(
  { url }: Pick<Installation, 'url'>,
  source: string,
  posts: readonly PushedPost[],
  tally: PartnerTally,
  patience: (askedMs: number) => number,
  signal: AbortSignal,
): Promise<void> {
  const body = posts.map((post) => JSON.stringify(post)).join('\n');
  const begin = Date.now();
  let cuts = 0;
  while (!signal.aborted) {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = signPush(body, { secret: PARTNER_SECRET, source, timestamp });
    const headers = { 'ronda-source': source, 'ronda-timestamp': timestamp, 'ronda-signature': signature };
    let answer: Response;
    let said: string;
    try {
      answer = await fetch(url, { method: 'POST', body, headers });
      said = await answer.text();
    } catch (error) {
      // An idle connection may be closed by the server just as it is used again.
      tally.cut += 1;
      cuts += 1;
      if (cuts > MOST_CUTS) throw error;
      await sleep(200);
      continue;
    }
    if (answer.status === 202) {
      tally.sent += posts.length;
      tally.pushes += 1;
      tally.slowestMs = Math.max(tally.slowestMs, Date.now() - begin);
      return;
    }
    if (answer.status === 408 || answer.status >= 504) {
      // Too late by the server's clock: sent again as after a broken connection.
      tally.cut += 1;
      continue;
    }
    if (answer.status !== 503) throw new Error(`${source}: ${answer.status} ${said.slice(0, 300)}`);
    tally.refused += 1;
    const asked = Number(answer.headers.get('retry-after') ?? 1) * 1_000;
    await sleep(patience(asked), undefined, { signal }).catch(() => undefined);
  }
}

export function newTally(): PartnerTally {
  return { sent: 0, pushes: 0, refused: 0, cut: 0, slowestMs: 0 };
}
