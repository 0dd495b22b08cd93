import { createHmac } from 'node:crypto';
import type { AlertChannel, AlertMessage } from '../core/alert.js';
import type { Fetcher } from '../core/fetch-ports.js';

export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  /** What both sides sign with. */
  readonly secret: string;
  readonly allowPrivate: boolean;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** ms since the epoch */
  readonly now: () => number;
}

/** Bytes of an answer that are read; nothing is made of them. */
const MAX_ANSWER_BYTES = 65_536;
const TIMEOUT_MS = 30_000;

/**
 * Posts messages as JSON, signed as partners sign what they push to `/ingest` (docs/sources.md): the channel's name in
 * `Ronda-Source`, seconds since the epoch in `Ronda-Timestamp`, and in `Ronda-Signature` `v1=` with the hex HMAC-SHA-256 of
 * `<timestamp>.<name>.<body>`. The message's id stands in `Idempotency-Key` too, the same at every attempt; 409 says that it
 * was taken before.
 */
export function createWebhook({
  name,
  url,
  secret,
  allowPrivate,
  fetcher,
  now,
}: WebhookOptions): AlertChannel {
  return {
    name,
    async send(message, signal) {
      const body = bodyOf(message);
      const timestamp = String(Math.floor(now() / 1_000));
      const mac = createHmac('sha256', secret).update(`${timestamp}.${name}.`).update(body).digest('hex');
      await fetcher.fetch({
        url,
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'idempotency-key': message.id,
          'ronda-source': name,
          'ronda-timestamp': timestamp,
          'ronda-signature': `v1=${mac}`,
        },
        body,
        robots: false,
        allowPrivate,
        acceptStatuses: [409],
        maxBytes: MAX_ANSWER_BYTES,
        timeoutMs: TIMEOUT_MS,
        signal,
      });
    },
  };
}

function bodyOf({ id, madeAt, subject, text, alerts }: AlertMessage): string {
  return JSON.stringify({ id, madeAt, subject, text, alerts });
}
