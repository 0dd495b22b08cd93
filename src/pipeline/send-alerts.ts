import type { AlertChannel, AlertStore } from '../core/alert.js';
import { kindOf, messageOf, OutOfSpaceError, PermanentError, ThrottledError } from '../core/errors.js';
import { type AlertTelling, alertMessage } from './alert-text.js';
import { type ChannelPace, messagesNow, waitAfter } from './alert-times.js';

/** A channel with how it wants its alerts. */
export interface AlertRoute {
  readonly channel: AlertChannel;
  readonly pace: ChannelPace;
  readonly telling: AlertTelling;
}

export interface SendSettings {
  readonly maxAttempts: number;
  /** Of a message: 32 hex digits. */
  newId(): string;
  readonly now: () => number;
}

const HOUR_MS = 3_600_000;
/** What waits at once for one channel; more goes with the next message. */
const MOST_WAITING = 500;
/** Messages sent to a channel before the others have their turn. */
const MOST_SENT = 10;
/** A message that could not be sent for so long, whatever the reason, is given up. */
const MOST_AGE_MS = 7 * 24 * HOUR_MS;
/** Of one attempt. */
const SEND_TIMEOUT_MS = 60_000;

/** Makes messages of what waits for a channel and may go out now; written before anything is sent. How many. */
export function makeMessages(
  store: Pick<AlertStore, 'waiting' | 'madeSince' | 'make'>,
  { channel, pace, telling }: AlertRoute,
  { newId, now }: Pick<SendSettings, 'newId' | 'now'>,
): number {
  const time = now();
  const waiting = store
    .waiting(channel.name, MOST_WAITING)
    .map((alert) => ({ alert, raised: Date.parse(alert.raisedAt) }));
  const messages = messagesNow(waiting, pace, store.madeSince(channel.name, time - HOUR_MS), time);
  for (const together of messages) {
    const alerts = together.map(({ alert }) => alert);
    store.make(alertMessage(newId(), channel.name, alerts, telling, time));
  }
  return messages.length;
}

/**
 * Sends what is due on a channel, oldest first. A message is marked as sent only after the other side took it: a process
 * killed between the two sends it again, under the same id. After a failure the channel is left alone until the next time,
 * unless only that message was refused. How many were sent.
 */
export async function sendMessages(
  store: Pick<AlertStore, 'due' | 'markSent' | 'markFailed'>,
  { channel }: Pick<AlertRoute, 'channel'>,
  { maxAttempts, now }: Pick<SendSettings, 'maxAttempts' | 'now'>,
  signal: AbortSignal,
): Promise<number> {
  let sent = 0;
  for (let tried = 0; tried < MOST_SENT && !signal.aborted; tried += 1) {
    const message = store.due(channel.name, now());
    if (message === undefined) break;
    const { attempts, ...rest } = message;
    try {
      await channel.send(rest, AbortSignal.any([signal, AbortSignal.timeout(SEND_TIMEOUT_MS)]));
      store.markSent(message.id, now());
      sent += 1;
    } catch (error) {
      // Stopping is no failure of the message.
      if (signal.aborted) break;
      const age = now() - Date.parse(message.madeAt);
      const next = nextAttempt(error, attempts + 1, { maxAttempts, age, now: now() });
      store.markFailed(message.id, {
        kind: kindOf(error),
        message: messageOf(error),
        counts: !(error instanceof ThrottledError),
        ...(next === undefined ? {} : { nextAt: next }),
      });
      if (!(error instanceof PermanentError)) break;
    }
  }
  return sent;
}

/** When a message is tried again by the class of its error, ms; undefined for never. */
function nextAttempt(
  error: unknown,
  attempts: number,
  { maxAttempts, age, now }: { readonly maxAttempts: number; readonly age: number; readonly now: number },
): number | undefined {
  if (error instanceof PermanentError || age > MOST_AGE_MS) return undefined;
  if (error instanceof OutOfSpaceError || error instanceof ThrottledError) return now + error.retryAfterMs;
  return attempts >= maxAttempts ? undefined : now + waitAfter(attempts);
}
