import type { CollectContext } from '../../src/core/collector-ports.js';

/** A door that opens to nothing: whoever knocks in the wrong test is told so. */
export const noNetwork: CollectContext['fetcher'] = {
  fetch: () => Promise.reject(new Error('no network here')),
  events: () => refused(),
  messages: () => refused(),
};

// biome-ignore lint/correctness/useYield: a stream that fails before its first event
async function* refused(): AsyncGenerator<never> {
  throw new Error('no network here');
}
