import { afterEach } from 'vitest';
import type { Fetcher } from '../../src/core/fetch-ports.js';
import type { FetcherOptions } from '../../src/fetch/fetcher.js';
import { quickDoor } from './doors.js';
import { type Answer, serve, type WebServer } from './web-server.js';

/** What the tests of a file open, closed after each of them, the last first. To be called once, outside of the tests. */
export function opened() {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return {
    closers,
    async web(answers: Readonly<Record<string, Answer>>): Promise<WebServer> {
      const server = await serve(answers);
      closers.push(server.close);
      return server;
    },
    door(options: Partial<FetcherOptions> = {}): Fetcher {
      const fetcher = quickDoor(options);
      closers.push(() => fetcher.close());
      return fetcher;
    },
  };
}
