import type { Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { CannotRunError, messageOf } from '../core/errors.js';

/** A server that listens. */
export interface Listening {
  /** `http://host:port`, with TLS `https://host:port` */
  readonly url: string;
  /** Takes no new connection, gives what is under way two seconds, and ends. */
  close(): Promise<void>;
}

const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
/** A desk's page holds a connection for what arrives; a partner's push does not. */
const MAX_CONNECTIONS = { ingest: 64, desk: 512, metrics: 16 } as const;
const CLOSE_MS = 2_000;

/** Where to listen. */
export interface ListenAt {
  readonly host: string;
  readonly port: number;
  /** Certificate chain and key, PEM; without them HTTP is served. */
  readonly tls?: { readonly cert: Uint8Array; readonly key: Uint8Array };
}

/**
 * Serves an app over HTTP or HTTPS with limits against slow and many clients.
 * @param section of ronda.yaml that names host and port
 * @throws CannotRunError kind `cannot-listen`
 */
export async function listen(
  app: Hono,
  { host, port, tls }: ListenAt,
  section: keyof typeof MAX_CONNECTIONS,
): Promise<Listening> {
  const limits = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 5_000,
  };
  const server = createAdaptorServer(
    tls === undefined
      ? { fetch: app.fetch, serverOptions: limits }
      : {
          fetch: app.fetch,
          createServer,
          serverOptions: { ...limits, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) },
        },
  ) as Server;
  server.maxConnections = MAX_CONNECTIONS[section];
  server.on('clientError', refuseUnread);
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
    url: `${tls === undefined ? 'http' : 'https'}://${family === 'IPv6' ? `[${address}]` : address}:${own}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

const UNREAD: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Answers what never became a request, in the shape of the API's errors and with what browsers must not guess. */
function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body =
    '{"error":{"kind":"bad-request","message":"The request cannot be read as HTTP, or its headers are too large."}}';
  const head = [
    `HTTP/1.1 ${UNREAD[error.code ?? ''] ?? '400 Bad Request'}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${body.length}`,
    'cache-control: no-store',
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options: nosniff',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
