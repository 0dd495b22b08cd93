import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Opcodes of RFC 6455 that the demo needs. */
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
/** Clients send pings and a close, nothing larger than a control frame: what is longer ends the connection. */
const MAX_RECEIVED = 4_096;

/** The server's end of a WebSocket that only talks: it answers pings and a close, and hears nothing else. */
export interface TalkingSocket {
  /** All messages in one write. */
  send(messages: readonly string[]): void;
  readonly closed: AbortSignal;
  cut(): void;
}

/** Takes an upgrade; nothing where the request is none of a WebSocket. */
export function acceptSocket(request: IncomingMessage, carrier: Duplex): TalkingSocket | undefined {
  const key = request.headers['sec-websocket-key'];
  const ended = new AbortController();
  carrier.on('error', () => carrier.destroy());
  carrier.on('end', () => carrier.destroy());
  carrier.on('close', () => ended.abort());
  if (request.headers.upgrade?.toLowerCase() !== 'websocket' || key === undefined) {
    carrier.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    return undefined;
  }
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  carrier.write(
    `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
  );
  let rest = Buffer.alloc(0);
  carrier.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    if (rest.length > MAX_RECEIVED) carrier.destroy();
    for (let frame = takeFrame(rest); frame !== undefined; frame = takeFrame(rest)) {
      rest = rest.subarray(frame.length);
      if (frame.opcode === PING) carrier.write(frameOf(PONG, frame.payload));
      if (frame.opcode === CLOSE) carrier.end(frameOf(CLOSE, frame.payload));
    }
  });
  return {
    send(messages) {
      if (carrier.writable)
        carrier.write(Buffer.concat(messages.map((text) => frameOf(TEXT, Buffer.from(text)))));
    },
    closed: ended.signal,
    cut: () => void carrier.destroy(),
  };
}

/** A whole frame as a server sends it: not masked. */
function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

/** The first whole frame of a client, unmasked; control frames hold at most 125 bytes. */
function takeFrame(bytes: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  const size = (bytes[1] ?? 0) & 0x7f;
  const length = 6 + size;
  if (bytes.length < length) return undefined;
  const payload = Buffer.from(bytes.subarray(6, length).map((byte, at) => byte ^ (bytes[2 + (at % 4)] ?? 0)));
  return { opcode: (bytes[0] ?? 0) & 0x0f, payload, length };
}
