import { type ServedSocket, type SocketServer, serveSockets } from './websocket-server.js';

/** An event before the instance numbers it. */
export interface Happening {
  readonly us: number;
  readonly kind?: string;
  readonly [field: string]: unknown;
}

/** An instance of Jetstream on loopback: replays from a cursor, as a time or a number, no further back than it keeps. */
export interface JetstreamServer extends SocketServer {
  /** All that happened, in order; its number is its place plus `firstNumber`. */
  readonly events: Happening[];
  firstNumber: number;
  /** Events older than this are not kept, µs. */
  keepsFrom: number;
  /** Sends what comes after, until told otherwise; called with each event before it is sent. */
  onSend: (socket: ServedSocket, sent: number) => 'go on' | 'stop';
  /** Sent after the replay. */
  after: readonly string[];
  /** All that was sent. */
  readonly sent: Buffer[];
}

const NUMBERS_BELOW = 1e15;

export async function serveJetstream(): Promise<JetstreamServer> {
  const connected = async (socket: ServedSocket): Promise<void> => {
    const url = new URL(socket.path, 'ws://127.0.0.1');
    const cursor = Number(url.searchParams.get('cursor'));
    let count = 0;
    for (const [index, { us, ...event }] of server.events.entries()) {
      const number = server.firstNumber + index;
      const isBefore = cursor < NUMBERS_BELOW ? number < cursor : us < cursor;
      if (isBefore || us < server.keepsFrom) continue;
      const text = JSON.stringify({ time_us: us, cursor: number, kind: 'commit', ...event });
      if (server.onSend(socket, count) === 'stop') return;
      server.sent.push(Buffer.from(text));
      await socket.text(text);
      count += 1;
    }
    for (const message of server.after) await socket.text(message);
  };
  const server: JetstreamServer = {
    ...(await serveSockets((socket) => void connected(socket))),
    events: [],
    firstNumber: 1_000,
    keepsFrom: 0,
    onSend: () => 'go on',
    after: [],
    sent: [],
  };
  return server;
}
