import { setTimeout } from 'node:timers/promises';
import { MAX_BATCH_POSTS } from '../core/batch.js';
import type { CollectContext, CollectedPage, Cursor, Gap } from '../core/collector-ports.js';
import { PermanentError, RetryableError, ThrottledError } from '../core/errors.js';
import type { BlueskyOptions } from './bluesky.js';
import { recordFilter } from './bluesky-filter.js';
import { Findings, POST } from './bluesky-parse.js';
import type { SourceSetting } from './collector-kind.js';
import { type JetstreamEvent, readEvent } from './jetstream-event.js';
import { listen } from './listening.js';
import { SeenEntries } from './seen.js';

/** Events handed on together, and how long the first of them waits: the cursor moves as often. */
const TOGETHER = 500;
const LINGER_MS = 1_000;
const QUIET_MS = 50;
const MAX_CUTS = 5;
const MAX_WAIT_MS = 30_000;
/** Another instance numbers and times events by itself: that much is read again, µs. */
const REWIND_US = 10_000_000;
/** A number of an event is good for as long as its instance keeps it; a time is understood even later, ms. */
const NUMBER_GOOD_MS = 30 * 3_600_000;
/** Posts come several a second: a longer silence after a cursor means that what was there is gone, µs. */
const CLAMPED_US = 300_000_000;
/** A clock that is further behind the place’s than this says nothing of when it was caught up with, µs. */
const SKEW_US = 60_000_000;
/** No clock is further off than this, ms. */
const MOST_AHEAD_MS = 24 * 3_600_000;

/**
 * Reads Jetstream from the cursor until it has caught up with the start of the pass. What is not wanted is left before
 * anything is made of it; deletions pass whatever they are of, and so do edits, since what was taken may have changed.
 */
export async function* followJetstream(
  source: SourceSetting<BlueskyOptions>,
  cursor: Cursor | undefined,
  context: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { options, allowPrivate } = source;
  const { clock, fetcher, signal } = context;
  const place = new Place(options, cursor, clock.now());
  const wanted = recordFilter(options);
  const startUs = clock.now() * 1_000;
  const endsAt = clock.now() + options.listen_seconds * 1_000;
  let byTime = false;
  let mayEndEarly = true;
  for (let cuts = 0; ; ) {
    const listenMs = endsAt - clock.now();
    if (listenMs <= 0) return;
    const url = place.url(byTime);
    const open = (stop: AbortSignal): AsyncIterable<string>[] => [
      fetcher.messages({ url, allowPrivate, signal: stop }),
    ];
    place.connected();
    let cut: unknown;
    let items = 0;
    const together = { most: TOGETHER, lingerMs: LINGER_MS, quietMs: QUIET_MS, listenMs, signal };
    for await (const heard of listen(open, together)) {
      const receivedAt = new Date(clock.now()).toISOString();
      const from = options.jetstream;
      const findings = new Findings(source, { from, headers: {}, receivedAt, bodySha256: null });
      let caughtUp = false;
      for (const message of heard.items) {
        const event = eventOf(message);
        if (event === undefined) {
          findings.reject(`a message of ${receivedAt}`, 'bad-event', 'it is no event of Jetstream', message);
          continue;
        }
        if (event.kind === 'error') {
          cut = refused(event, options.jetstream);
          break;
        }
        if (items === 0 && event.us !== undefined) mayEndEarly = event.us <= startUs + SKEW_US;
        items += 1;
        place.heard(event);
        if (event.kind === 'commit' && isWanted(event, wanted)) {
          findings.event(event, message, `event ${event.seq ?? event.us ?? receivedAt}`);
        }
        caughtUp ||= mayEndEarly && event.us !== undefined && event.us >= startUs;
      }
      if (heard.items.length > 0) yield* place.pages(findings.parsed());
      if (cut !== undefined) break;
      if (caughtUp || heard.end === 'time') return;
      if (heard.end !== undefined) cut = heard.end === 'closed' ? closed(options.jetstream) : heard.end.cut;
    }
    cuts += 1;
    // An instance may refuse a number that it no longer keeps; a time it understands.
    if (cut instanceof PermanentError && items === 0 && !byTime && place.numbered) {
      byTime = true;
      continue;
    }
    const waitMs = cut instanceof ThrottledError ? cut.retryAfterMs : 0;
    const mayReturn = cut instanceof RetryableError && waitMs <= MAX_WAIT_MS;
    if (!mayReturn || cuts > MAX_CUTS || (items === 0 && cuts > 1)) throw cut;
    await setTimeout(waitMs, undefined, { signal });
  }
}

function eventOf(message: string): JetstreamEvent | undefined {
  try {
    return readEvent(JSON.parse(message));
  } catch {
    return undefined;
  }
}

function isWanted(event: JetstreamEvent, wanted: ReturnType<typeof recordFilter>): boolean {
  if (event.operation !== 'create' || event.collection !== POST) return true;
  // Without a record it is a fault of the place, to be told.
  return event.record === undefined || wanted(event.record);
}

function closed(url: string): RetryableError {
  return new RetryableError('stream-closed', `${url}: the instance closed the stream; it is opened again`);
}

function refused({ name }: JetstreamEvent, url: string): RetryableError {
  const kind = name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  const safe = /^[a-z0-9-]{1,40}$/.test(kind) ? kind : 'stream-error';
  return new RetryableError(safe, `${url}: the instance ended the stream: ${name.slice(0, 60)}`);
}

/** How far an instance was read, and what it did not give. */
class Place {
  readonly #url: URL;
  readonly #seen: SeenEntries;
  /** Time and number of the last event. */
  #us: number;
  #seq: number | undefined;
  #resumed: boolean;
  readonly #now: number;
  #fresh = true;
  #outdated = false;
  #gaps: Gap[] = [];
  /** What the last page that was whole left as the cursor. */
  #kept: Readonly<Record<string, unknown>>;

  constructor(options: BlueskyOptions, cursor: Cursor | undefined, now: number) {
    this.#url = new URL(options.jetstream);
    this.#now = now;
    this.#seen = new SeenEntries(cursor);
    const us = cursor?.us;
    const seq = cursor?.seq;
    const own = cursor?.instance === this.#url.host;
    this.#resumed = isNumber(us);
    this.#us = isNumber(us) ? us - (own ? 0 : REWIND_US) : (now - options.lookback_minutes * 60_000) * 1_000;
    if (own && isNumber(seq) && isNumber(us)) this.#seq = seq;
    this.#kept = this.#standing;
  }

  /** True where the instance is asked to go on from an event’s number. */
  get numbered(): boolean {
    return this.#seq !== undefined && this.#now - this.#us / 1_000 < NUMBER_GOOD_MS;
  }

  url(byTime: boolean): string {
    const url = new URL(this.#url);
    if (/subscribeEvents$/.test(url.pathname)) {
      url.searchParams.set('kinds', 'commit');
      url.searchParams.set('collections', POST);
    } else url.searchParams.set('wantedCollections', POST);
    url.searchParams.set('cursor', String(this.numbered && !byTime ? this.#seq : this.#us));
    return url.href;
  }

  connected(): void {
    this.#fresh = true;
  }

  heard(event: JetstreamEvent): void {
    if (event.kind === 'info') this.#outdated ||= event.name === 'OutdatedCursor';
    const { us } = event;
    if (us === undefined) return;
    const clamped = this.#outdated || us - this.#us > CLAMPED_US;
    if (this.#fresh && this.#resumed && clamped) {
      this.#gaps.push({
        from: new Date(this.#us / 1_000).toISOString(),
        to: new Date(us / 1_000).toISOString(),
        kind: 'cursor-clamped',
        reason:
          `${this.#url.host} keeps about 36 hours and went on from its oldest event; ` +
          'what was posted before that is not to be had by the stream: search for it, or collect more often',
      });
    }
    this.#fresh = false;
    this.#outdated = false;
    this.#resumed = true;
    // A time that cannot be would make the instance skip all that comes before it.
    if (us > (this.#now + MOST_AHEAD_MS) * 1_000) return;
    this.#us = Math.max(this.#us, us);
    this.#seq = event.seq ?? this.#seq;
  }

  /** What was not there before, as pages; the last moves the cursor. */
  *pages(found: ReturnType<Findings['parsed']>): Generator<CollectedPage> {
    const fresh = this.#seen.fresh(found);
    const gaps = this.#gaps.splice(0);
    const { posts } = fresh;
    for (let from = 0; from === 0 || from < posts.length; from += MAX_BATCH_POSTS) {
      const last = from + MAX_BATCH_POSTS >= posts.length;
      const page = { posts: posts.slice(from, from + MAX_BATCH_POSTS), rejects: last ? fresh.rejects : [] };
      const { seen } = this.#seen.cursorAfter(page, false);
      // A page before the last may be kept alone: what follows it is then read again.
      if (last) this.#kept = this.#standing;
      const cursor = { ...this.#kept, seen };
      yield {
        ...page,
        cursor,
        ...(last && found.withdrawn.length > 0 ? { withdrawn: found.withdrawn } : {}),
        ...(last && gaps.length > 0 ? { gaps } : {}),
      };
    }
  }

  get #standing(): Readonly<Record<string, unknown>> {
    const { host: instance } = this.#url;
    return { instance, us: this.#us, ...(this.#seq === undefined ? {} : { seq: this.#seq }) };
  }
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}
