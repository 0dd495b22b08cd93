/** The door to the network, opened when something is first asked of it: a part of compose.ts. */
import type { Once } from './compose-store.js';
import type { Config } from './config.js';
import type { CollectContext } from './core/collector-ports.js';
import type { Fetcher } from './core/fetch-ports.js';
import type { Clock } from './core/ports.js';
import { packageVersion } from './files/package-root.js';
import type { Store } from './store/store.js';

/** @param store where the validators of conditional requests are kept */
export function networkOf(
  { contact }: Config,
  store: () => Store,
  clock: Clock,
  once: Once,
): CollectContext['fetcher'] {
  const fetcher = once(
    async (): Promise<Fetcher> => {
      const { createFetcher } = await import('./fetch/fetcher.js');
      return createFetcher({
        clock,
        conditional: store(),
        version: packageVersion,
        ...(contact === undefined ? {} : { contact }),
      });
    },
    async (opened) => (await opened).close(),
  );
  return {
    fetch: async (request) => (await fetcher()).fetch(request),
    async *events(request) {
      yield* (await fetcher()).events(request);
    },
    async *messages(request) {
      yield* (await fetcher()).messages(request);
    },
  };
}
