import type { Duplex } from 'node:stream';
import { type Agent, type Dispatcher, ping, WebSocket } from 'undici';
import { PermanentError, RetryableError, type RondaError } from '../core/errors.js';
import { networkFault, statusFault } from './faults.js';
import type { Connection, Sink } from './inflow.js';
import type { RawHeaders } from './rate-headers.js';
import { isRedirect } from './redirects.js';

export interface SocketRequest {
  /** `ws:` or `wss:` */
  readonly url: URL;
  /** The URL as it may be shown. */
  readonly place: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Guarded, with the caps of {@link socketCaps}, and of this connection alone. */
  readonly agent: Agent;
  readonly maxMessageBytes: number;
  readonly idleMs: number;
  /** Told of the answer to the handshake; resolves to what the host asked to be left alone for, ms. */
  readonly observe: (status: number, headers: RawHeaders) => number | undefined;
}

const MAX_FRAGMENTS = 16_384;
const CLOSE_FRAME = 0x88;

/** What undici itself is to refuse, before a message is whole. */
export function socketCaps(maxMessageBytes: number): { maxPayloadSize: number; maxFragments: number } {
  return { maxPayloadSize: maxMessageBytes, maxFragments: MAX_FRAGMENTS };
}

/**
 * Opens a WebSocket by undici; its text messages go into the sink. Compression is not offered, and a place that uses it
 * unasked is refused: there is no bomb in what is not inflated, and to stop reading stops all that comes.
 * Faults: as a request's until it is open, and `bad-redirect`, `not-a-stream`, `forbidden-port`, `bad-websocket`; then
 * RetryableError `stream-cut`, `bad-websocket`, PermanentError `message-too-large`, `binary-message`.
 */
export function openSocket(
  request: SocketRequest,
  sink: Sink<string>,
  signal: AbortSignal,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const shake = new Handshake(request);
    const socket = new WebSocket(request.url, {
      dispatcher: request.agent.compose((dispatch) => shake.watch(dispatch)),
      headers: { ...request.headers },
    });
    socket.binaryType = 'arraybuffer';
    const abort = (): void => {
      reject(signal.reason);
      socket.close();
    };
    signal.addEventListener('abort', abort, { once: true });
    // Until it is open, an error is followed by a close as well; both say the same.
    socket.addEventListener('error', () => {
      signal.removeEventListener('abort', abort);
      reject(shake.fault());
      // A socket that changed hands by a 101 that does not hold is nobody's: undici lets it hang.
      shake.carrier?.destroy();
    });
    socket.addEventListener('open', () => {
      signal.removeEventListener('abort', abort);
      const carrier = shake.carrier;
      if (carrier === undefined) {
        reject(shake.fault());
      } else if (socket.extensions !== '') {
        carrier.destroy();
        const what = `uses ${socket.extensions.slice(0, 40)}, which was not offered`;
        reject(new PermanentError('unknown-encoding', `${request.place}: the WebSocket ${what}`));
      } else {
        const connection = carry(request, socket, carrier, sink);
        // Between here and whoever waits, the wait may be given up; then nobody else closes it.
        signal.addEventListener('abort', connection.close, { once: true });
        resolve(connection);
      }
    });
  });
}

/** Moves an open WebSocket's messages into the sink. */
function carry(request: SocketRequest, socket: WebSocket, carrier: Duplex, sink: Sink<string>): Connection {
  const { place } = request;
  let paused = false;
  let refusal: number | undefined;
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') sink.push(data, Buffer.byteLength(data));
    else
      sink.fail(new PermanentError('binary-message', `${place}: sent a binary message; only text is read`));
  });
  socket.addEventListener('close', ({ code, reason }) => {
    const fault = code === 1006 ? faultOf(refusal, request) : closedWith(code, reason, place);
    if (fault === undefined) sink.end();
    else sink.fail(fault);
  });
  carrier.on('data', () => sink.heard());
  // undici sets the socket going again when its parser has drained, whoever stopped it, and has yet to read.
  carrier.on('resume', () => {
    if (paused) carrier.pause();
  });
  onCloseFrame(carrier, (code) => {
    refusal = code;
    // The last word is said; a place that does not hang up after it is not waited for.
    setImmediate(() => carrier.destroy());
  });
  // A pong is a sign of life where the place has nothing to say.
  const pinger = setInterval(() => {
    if (!paused) ping(socket);
  }, request.idleMs / 3);
  return {
    pause: () => {
      paused = true;
      carrier.pause();
    },
    resume: () => {
      paused = false;
      carrier.resume();
    },
    close: () => {
      clearInterval(pinger);
      if (socket.readyState === WebSocket.OPEN) socket.close(1000);
      carrier.destroy();
    },
  };
}

/**
 * undici tells the place alone why it refuses what came: the code of the close frame that it sends is the only word of
 * it. A client's frames are masked (RFC 6455, 5.2).
 */
function onCloseFrame(carrier: Duplex, tell: (code: number | undefined) => void): void {
  const write = carrier.write.bind(carrier) as (...parts: unknown[]) => boolean;
  carrier.write = (...parts: unknown[]): boolean => {
    const [frame] = parts;
    if (Buffer.isBuffer(frame) && frame[0] === CLOSE_FRAME) {
      const code = (at: number): number => (frame[at] ?? 0) ^ (frame[at - 4] ?? 0);
      tell(frame.length < 8 ? undefined : code(6) * 256 + code(7));
    }
    return write(...parts);
  };
}

/** Why a connection broke without a word of the place. */
function faultOf(refusal: number | undefined, { place, maxMessageBytes }: SocketRequest): RondaError {
  if (refusal === 1008 || refusal === 1009) {
    const cap = `${maxMessageBytes} bytes or ${MAX_FRAGMENTS} fragments`;
    return new PermanentError(
      'message-too-large',
      `${place}: a message is larger than ${cap}; raise the source's limit if that is meant`,
    );
  }
  if (refusal !== undefined) {
    const reason = `${place}: what it sends breaks the rules of WebSockets (${refusal})`;
    return new RetryableError('bad-websocket', reason);
  }
  return new RetryableError('stream-cut', `${place}: the connection broke; go on from what was read last`);
}

function closedWith(code: number, reason: string, place: string): RondaError | undefined {
  if (code === 1000 || code === 1001) return undefined;
  const said = reason.replace(/[^\x20-\x7e]/g, ' ').slice(0, 100);
  const what = `closed the stream with code ${code}${said === '' ? '' : ` "${said}"`}`;
  return new RetryableError('stream-cut', `${place}: ${what}; go on from what was read last`);
}

/** What becomes of the request that is to become a WebSocket; undici's own answer to that is "error". */
class Handshake {
  readonly #request: SocketRequest;
  #dispatched = false;
  #status: number | undefined;
  #waitMs: number | undefined;
  #error: Error | undefined;
  /** The socket, once the place has agreed. */
  carrier: Duplex | undefined;

  constructor(request: SocketRequest) {
    this.#request = request;
  }

  watch(dispatch: Dispatcher.Dispatch): Dispatcher.Dispatch {
    return (options, handler) => {
      this.#dispatched = true;
      return dispatch(
        { ...options, headers: withoutExtensions(options.headers) },
        {
          onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
          onRequestUpgrade: (controller, status, headers, socket) => {
            this.#note(status, headers);
            this.carrier = socket;
            return handler.onRequestUpgrade?.(controller, status, headers, socket);
          },
          onResponseStart: (controller, status, headers, message) => {
            this.#note(status, headers);
            return handler.onResponseStart?.(controller, status, headers, message);
          },
          onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
          onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
          onResponseError: (controller, error) => {
            this.#error ??= error;
            return handler.onResponseError?.(controller, error);
          },
        },
      );
    };
  }

  /** Why there is no WebSocket. */
  fault(): RondaError {
    const { place } = this.#request;
    const status = this.#status;
    if (!this.#dispatched) {
      return new PermanentError('forbidden-port', `${place}: its port is not one of the web`);
    }
    if (status === undefined) return networkFault(this.#error ?? new Error('no answer'), place);
    if (status === 101) {
      return new RetryableError('bad-websocket', `${place}: agreed to a WebSocket and did not make it one`);
    }
    if (isRedirect(status)) {
      const reason = `${place}: answered ${status}, but a WebSocket goes where it is told; name its address`;
      return new PermanentError('bad-redirect', reason);
    }
    return (
      statusFault(status, place, this.#waitMs) ??
      new PermanentError('not-a-stream', `${place}: answered ${status}, not a WebSocket; check the address`)
    );
  }

  #note(status: number, headers: RawHeaders): void {
    if (this.#status !== undefined) return;
    this.#status = status;
    this.#waitMs = this.#request.observe(status, headers);
  }
}

/** Without the offer of compression, which undici always makes. */
function withoutExtensions(headers: Dispatcher.DispatchOptions['headers']): Record<string, string> {
  const kept = Object.entries((headers ?? {}) as Record<string, string>);
  return Object.fromEntries(kept.filter(([name]) => name.toLowerCase() !== 'sec-websocket-extensions'));
}
