import { setTimeout as sleep } from 'node:timers/promises';
import { signPush } from '../../src/web/ingest.js';
import { type Installation, PARTNER_SECRET } from './installation.js';

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
  while (!signal.aborted) {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'ronda-source': source,
        'ronda-timestamp': timestamp,
        'ronda-signature': signPush(body, { secret: PARTNER_SECRET, source, timestamp }),
      },
    });
    const said = await answer.text();
    if (answer.status === 202) {
      tally.sent += posts.length;
      tally.pushes += 1;
      tally.slowestMs = Math.max(tally.slowestMs, Date.now() - begin);
      return;
    }
    if (answer.status !== 503) throw new Error(`${source}: ${answer.status} ${said.slice(0, 300)}`);
    tally.refused += 1;
    const asked = Number(answer.headers.get('retry-after') ?? 1) * 1_000;
    await sleep(patience(asked), undefined, { signal }).catch(() => undefined);
  }
}

export function newTally(): PartnerTally {
  return { sent: 0, pushes: 0, refused: 0, slowestMs: 0 };
}
