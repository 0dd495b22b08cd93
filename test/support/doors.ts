import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ConditionalStore, Fetcher } from '../../src/core/fetch-ports.js';
import { createFetcher, type FetcherOptions } from '../../src/fetch/fetcher.js';
import { SimulatedClock } from './simulated-clock.js';

const noFacts: ConditionalStore = { getConditional: () => undefined, setConditional: () => undefined };

/** A real door in a hurry: simulated waits, and no pace to speak of unless asked. Close it. */
export function quickDoor(options: Partial<FetcherOptions> = {}): Fetcher {
  return createFetcher({
    clock: new SimulatedClock(),
    conditional: noFacts,
    version: '0.1.0',
    contact: 'humas@polda.example',
    ...options,
    limits: { perSecond: 1_000, burst: 100, ...options.limits },
  });
}

/** How many sockets were opened while the work was done. */
export async function socketsOf(work: () => Promise<unknown>): Promise<number> {
  let sockets = 0;
  const count = (): void => {
    sockets += 1;
  };
  subscribe('net.client.socket', count);
  try {
    await work();
  } finally {
    unsubscribe('net.client.socket', count);
  }
  return sockets;
}

/** What the work failed with. */
export async function faultOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => 'no fault',
    (error: unknown) => error,
  );
}

/** All that a stream gives until it ends. */
export async function allOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of stream) values.push(value);
  return values;
}
