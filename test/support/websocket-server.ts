import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Opcodes of RFC 6455. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** The server's end of one WebSocket. */
export interface ServedSocket {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Frames that the client sent, unmasked, in order. */
  readonly received: Frame[];
  readonly carrier: Duplex;
  /** Sends a text message; resolves when the system has taken it. */
  text(message: string): Promise<void>;
  /** Sends any frame; `fin` false when a continuation follows, `first` to set other bits of the first byte. */
  frame(opcode: number, payload: string | Buffer, options?: { fin?: boolean; first?: number }): Promise<void>;
  /** Sends a close frame and hangs up. */
  close(code: number, reason?: string): void;
  /** Hangs up without a word. */
  cut(): void;
}

/** A real WebSocket server on loopback that does and forgets nothing by itself. */
export interface SocketServer {
  /** `ws://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly sockets: ServedSocket[];
  close(): Promise<void>;
}

/** A frame as a server sends it: not masked. */
export function frameOf(opcode: number, payload: string | Buffer, fin = true, first = 0): Buffer {
  const body = Buffer.from(payload);
  const head = Buffer.alloc(body.length < 126 ? 2 : body.length < 65_536 ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | first | opcode;
  head[1] = body.length < 126 ? body.length : body.length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(body.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

/** Accepts every WebSocket and hands it to `connected`; `headers` are added to the answer of the handshake. */
export async function serveSockets(
  connected: (socket: ServedSocket) => void,
  headers: Readonly<Record<string, string>> = {},
): Promise<SocketServer> {
  const sockets: ServedSocket[] = [];
  const server = createServer((_request, response) => void response.writeHead(426).end());
  server.on('upgrade', (request, carrier: Duplex) => {
    carrier.on('error', () => undefined);
    carrier.on('end', () => carrier.destroy());
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const answer = {
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-accept': createHash('sha1').update(key).digest('base64'),
      ...headers,
    };
    const lines = Object.entries(answer).map(([name, value]) => `${name}: ${value}\r\n`);
    carrier.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    const socket = socketOf(request.url ?? '/', request.headers, carrier);
    sockets.push(socket);
    connected(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    port,
    sockets,
    close: async () => {
      for (const { carrier } of sockets) carrier.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function socketOf(path: string, headers: IncomingHttpHeaders, carrier: Duplex): ServedSocket {
  const received: Frame[] = [];
  let rest = Buffer.alloc(0);
  carrier.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    for (let found = takeFrame(rest); found !== undefined; found = takeFrame(rest)) {
      received.push(found.frame);
      rest = rest.subarray(found.length);
    }
  });
  const send = (bytes: Buffer): Promise<void> =>
    new Promise((resolve) => void carrier.write(bytes, () => resolve()));
  return {
    path,
    headers,
    received,
    carrier,
    text: (message) => send(frameOf(OPCODE.text, message)),
    frame: (opcode, payload, { fin, first } = {}) => send(frameOf(opcode, payload, fin, first)),
    close: (code, reason = '') => {
      const body = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
      carrier.end(frameOf(OPCODE.close, body));
    },
    cut: () => void carrier.destroy(),
  };
}

/** The first whole frame; clients send small ones, masked. */
function takeFrame(bytes: Buffer): { frame: Frame; length: number } | undefined {
  const size = (bytes[1] ?? 0) & 0x7f;
  const length = 6 + size;
  if (bytes.length < length) return undefined;
  if (size > 125) throw new Error('a client of these tests sends no large frame');
  const payload = Buffer.from(bytes.subarray(6, length).map((byte, at) => byte ^ (bytes[2 + (at % 4)] ?? 0)));
  return { frame: { opcode: (bytes[0] ?? 0) & 0x0f, payload }, length };
}
