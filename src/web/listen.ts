import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { CannotRunError, messageOf } from '../core/errors.js';

/** A server that listens. */
export interface Listening {
  /** `http://host:port` */
  readonly url: string;
  /** Takes no new connection, gives what is under way two seconds, and ends. */
  close(): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const MAX_CONNECTIONS = 64;
const CLOSE_MS = 2_000;

/**
 * Serves an app over HTTP with limits against slow and many clients. TLS is for a proxy before it.
 * @param section of ronda.yaml that names host and port
 * @throws CannotRunError kind `cannot-listen`
 */
export async function listen(
  app: Hono,
  { host, port }: { readonly host: string; readonly port: number },
  section: 'ingest' | 'desk',
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 5_000,
    },
  }) as Server;
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new CannotRunError(
          'cannot-listen',
          `Nothing can listen on ${host}:${port}: ${messageOf(error)}. Name another under "${section}" in ronda.yaml.`,
          { cause: error },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const { address, port: own, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${own}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(late);
    },
  };
}
