import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { acceptSocket, type TalkingSocket } from './demo-websocket.js';

/** Something always happens at a real instance: here an account is told of as often, ms. */
const TICK_MS = 1_000;
/** The recording ends that long before the demo begins, ms. */
const BEFORE_MS = 1_000;
const ACCOUNT = 'did:plc:rekaandetakaaaaaaaaaaaaa';

/** An event as it is sent, and when it happened, µs since the epoch. */
export interface DemoEvent {
  readonly us: number;
  readonly text: string;
}

/**
 * A recording of Jetstream, an event a line, moved in time so that it ends just before `now` (ms since the epoch): an
 * instance keeps only the last hours.
 */
export function jetstreamEvents(recording: string, now: number): DemoEvent[] {
  const events = recording
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { time_us: number });
  const shift = (now - BEFORE_MS) * 1_000 - Math.max(0, ...events.map((event) => event.time_us));
  return events.map((event) => {
    const us = event.time_us + shift;
    return { us, text: JSON.stringify({ ...event, time_us: us }) };
  });
}

/** What `com.atproto.repo.getRecord` answers of a post of the recording: its latest text; nothing where it is not there. */
export function recordedPost(recording: string, url: URL): string | undefined {
  const [repo, rkey] = [url.searchParams.get('repo'), url.searchParams.get('rkey')];
  const said = recording
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) =>
        JSON.parse(line) as { did: string; commit?: { rkey: string; cid?: string; record?: unknown } },
    )
    .findLast(({ did, commit }) => did === repo && commit?.rkey === rkey)?.commit;
  if (said?.record === undefined) return undefined;
  const uri = `at://${repo}/app.bsky.feed.post/${rkey}`;
  return JSON.stringify({ uri, cid: said.cid, value: said.record });
}

/** An instance of Jetstream: replays from `cursor` what it has, then goes on with whatever happens. */
export class DemoJetstream {
  readonly #events: readonly DemoEvent[];
  readonly #now: () => number;
  readonly #open = new Set<TalkingSocket>();

  /** `now` gives ms since the epoch. */
  constructor(recording: string, now: () => number) {
    this.#now = now;
    this.#events = jetstreamEvents(recording, now());
  }

  /** Takes an upgrade of `/subscribe`. */
  accept(request: IncomingMessage, carrier: Duplex): void {
    const asked = Number(new URL(request.url ?? '/', 'http://demo').searchParams.get('cursor') ?? Number.NaN);
    const socket = acceptSocket(request, carrier);
    if (socket === undefined) return;
    const now = this.#now() * 1_000;
    const from = Number.isSafeInteger(asked) && asked >= 0 ? Math.min(asked, now) : now;
    const replayed = this.#events.filter(({ us }) => us >= from).map(({ text }) => text);
    // The first event says that nothing between the cursor and the recording was lost.
    socket.send([accountEvent(from), ...replayed, accountEvent(now)]);
    const ticking = setInterval(() => socket.send([accountEvent(this.#now() * 1_000)]), TICK_MS);
    this.#open.add(socket);
    socket.closed.addEventListener('abort', () => {
      clearInterval(ticking);
      this.#open.delete(socket);
    });
  }

  close(): void {
    for (const socket of this.#open) socket.cut();
  }
}

/** An event that every subscriber gets, whatever collections it wants. */
function accountEvent(us: number): string {
  const account = { active: true, did: ACCOUNT, seq: 1, time: new Date(us / 1_000).toISOString() };
  return JSON.stringify({ did: ACCOUNT, time_us: us, kind: 'account', account });
}
