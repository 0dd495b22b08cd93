import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server on loopback that remembers what it was asked. */
export interface WebServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly seen: SeenRequest[];
  /** Requests other than for robots.txt, as `METHOD path`. */
  pages(): string[];
  /** Closes the connections that are kept open. */
  dropConnections(): void;
  close(): Promise<void>;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** Serves by path; a path that is not there, robots.txt among them, is a 404. */
export async function serve(answers: Readonly<Record<string, Answer>>): Promise<WebServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    response.on('error', () => undefined);
    bodyOf(request).then(
      (body) => {
        const path = request.url ?? '/';
        const asked = { method: request.method ?? '', path, headers: request.headers, body };
        seen.push(asked);
        const answer = answers[path] ?? answers[path.split('?', 1)[0] ?? ''];
        if (answer === undefined) response.writeHead(404).end('not here');
        else void answer(asked, response);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    pages: () =>
      seen.filter(({ path }) => path !== '/robots.txt').map(({ method, path }) => `${method} ${path}`),
    dropConnections: () => server.closeAllConnections(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with this body. */
export function body(
  content: string | Buffer,
  headers: Readonly<Record<string, string | string[]>> = {},
): Answer {
  return (_request, response) => {
    response.writeHead(200, headers).end(content);
  };
}

/** Answers with this status. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) => {
    response.writeHead(code, headers).end('a body that nobody needs');
  };
}
