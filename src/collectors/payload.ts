import type { FetchResponse } from '../core/fetch-ports.js';
import type { Clock } from '../core/ports.js';
import type { Payload } from './collector-kind.js';

/** A response as parsers take it. */
export function payloadOf(response: FetchResponse, clock: Pick<Clock, 'now'>): Payload {
  return {
    body: response.body,
    text: response.text(),
    from: response.url,
    headers: response.headers,
    receivedAt: new Date(clock.now()).toISOString(),
  };
}
