/** When alerts may go out: quiet hours, digests, so many an hour. Pure: times come in. */

/** A time of the day in which nothing is sent, e.g. from 22:00 to 05:00; it may span midnight. */
export interface QuietHours {
  /** Minutes since midnight, 0..1439. */
  readonly from: number;
  readonly to: number;
  /** Hours that the zone's clocks are ahead of UTC. */
  readonly ahead: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MINUTES = 24 * 60;

/** True within quiet hours; `from` is in them, `to` is not. */
export function isQuietAt(quiet: QuietHours | undefined, now: number): boolean {
  if (quiet === undefined || quiet.from === quiet.to) return false;
  const local = Math.floor((now + quiet.ahead * HOUR_MS) / MINUTE_MS) % DAY_MINUTES;
  return quiet.from < quiet.to
    ? local >= quiet.from && local < quiet.to
    : local >= quiet.from || local < quiet.to;
}

/** How a channel wants its alerts. */
export interface ChannelPace {
  readonly quiet?: QuietHours;
  /** So long an alert waits for others; 0 for none. */
  readonly digestMs: number;
  readonly mostAnHour: number;
}

/**
 * What of the alerts that wait (oldest first, by when each was raised, ms) goes out now, as messages of one or more: one each
 * while the hour has room, and all that is left in its last message; with a digest, all in one once the oldest waited so long.
 *
 * @param made messages of the last hour
 */
export function messagesNow<T extends { readonly raised: number }>(
  waiting: readonly T[],
  { quiet, digestMs, mostAnHour }: ChannelPace,
  made: number,
  now: number,
): readonly (readonly T[])[] {
  const [oldest] = waiting;
  const room = mostAnHour - made;
  if (oldest === undefined || room <= 0 || isQuietAt(quiet, now)) return [];
  if (digestMs > 0) return now - oldest.raised >= digestMs ? [waiting] : [];
  const alone = waiting.length <= room ? waiting : waiting.slice(0, room - 1);
  const rest = waiting.slice(alone.length);
  return [...alone.map((each) => [each]), ...(rest.length === 0 ? [] : [rest])];
}

const FIRST_WAIT_MS = 30_000;

/** How long to wait after so many failed attempts (1 or more), ms: half a minute, doubled each time, an hour at most. */
export function waitAfter(attempts: number): number {
  return Math.min(HOUR_MS, FIRST_WAIT_MS * 2 ** Math.min(20, Math.max(0, attempts - 1)));
}
