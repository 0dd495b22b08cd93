import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { PermanentError, RetryableError } from '../core/errors.js';
import type {
  ConditionalStore,
  Fetcher,
  FetchRequest,
  FetchResponse,
  ServerEvent,
  StreamRequest,
} from '../core/fetch-ports.js';
import type { Clock } from '../core/ports.js';
import { createGuardedConnector, type Resolver, systemResolver } from './address-guard.js';
import { readBody } from './body.js';
import { decodeBody } from './charset.js';
import { conditionalHeaders, keepConditional } from './conditional.js';
import { readEvents, requireEventStream } from './events.js';
import { statusFault } from './faults.js';
import { type Connection, Inflow, type Sink } from './inflow.js';
import type { RawHeaders } from './rate-headers.js';
import { createRateLimiter, type RateLimits } from './rate-limit.js';
import { type Hop, nextHop } from './redirects.js';
import { paceKeyOf, parseUrl, requireFit, SOCKET_SCHEMES, WEB_SCHEMES } from './request-url.js';
import { createRobots, MAX_ROBOTS_BYTES, type RobotsRules } from './robots.js';
import { safeHeaders, safeUrl } from './safe-url.js';
import { openSocket, socketCaps } from './sockets.js';
import { TimeBudget } from './time-budget.js';

export interface FetchLimits extends RateLimits {
  readonly connectTimeoutMs: number;
  /** From the request to its response headers. */
  readonly headersTimeoutMs: number;
  /** Between two pieces of a body. */
  readonly bodyTimeoutMs: number;
  /** A whole request with its redirects, waiting for its turns apart; a request may ask for another. */
  readonly timeoutMs: number;
  readonly robotsTimeoutMs: number;
  /** Cap on a body after decompression, in bytes; a request may ask for another. */
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxRedirects: number;
  /** Event streams and WebSockets open at once, of all places together. */
  readonly maxStreams: number;
}

export const DEFAULT_FETCH_LIMITS: FetchLimits = {
  perSecond: 1,
  burst: 2,
  concurrency: 2,
  maxWaitMs: 60_000,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 20_000,
  bodyTimeoutMs: 20_000,
  timeoutMs: 60_000,
  robotsTimeoutMs: 15_000,
  maxBytes: 10_000_000,
  maxHeaderBytes: 32_768,
  maxRedirects: 5,
  maxStreams: 64,
};

export interface FetcherOptions {
  readonly clock: Clock;
  readonly conditional: ConditionalStore;
  /** Version of Ronda. */
  readonly version: string;
  /** Who runs this installation, e.g. an e-mail address or URL; told to every place in the User-Agent. */
  readonly contact?: string;
  readonly resolver?: Resolver;
  readonly limits?: Partial<FetchLimits>;
}

const MAX_MESSAGE_BYTES = 1_000_000;
const MAX_BUFFERED_BYTES = 4_000_000;
const IDLE_MS = 90_000;

/** The only door to the network: guarded addresses, robots.txt, paced requests, bounded bodies, honest name. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const limits: FetchLimits = { ...DEFAULT_FETCH_LIMITS, ...options.limits };
  const { clock, conditional, resolver = systemResolver } = options;
  const userAgent = userAgentOf(options.version, options.contact);
  const limiter = createRateLimiter(clock, limits);
  const agents = new Map<boolean, Agent>();
  const closing = new AbortController();

  const agentFor = (allowPrivate: boolean): Agent => {
    let agent = agents.get(allowPrivate);
    if (agent === undefined) {
      agent = createAgent(limits, resolver, allowPrivate);
      agents.set(allowPrivate, agent);
    }
    return agent;
  };

  /** A rule book for each kind of source, so that a refused address of one is not the other's answer. */
  const robots = new Map<boolean, RobotsRules>(
    [false, true].map((allowPrivate) => [
      allowPrivate,
      createRobots({
        clock,
        read: async (url) => {
          const { timeoutMs, signal } = { timeoutMs: limits.robotsTimeoutMs, signal: closing.signal };
          // A site's rules are obeyed though they come unencrypted; nothing of theirs is kept.
          const asked = { url, allowPrivate, timeoutMs, signal, mayDowngrade: true };
          return await walk(asked, async (opened) => {
            const bounds = { maxBytes: MAX_ROBOTS_BYTES, truncate: true };
            const found = opened.status < 300;
            const body = found
              ? await readBody(opened.stream, opened.encoding, bounds, opened.place)
              : undefined;
            const wait = opened.waitMs === undefined ? {} : { retryAfterMs: opened.waitMs };
            return { status: opened.status, text: body?.toString('utf8') ?? '', ...wait };
          });
        },
      }),
    ]),
  );

  /** Follows a request to the response that answers it; `use` reads that while the host's turn is held. */
  async function walk<T>(request: Walk, use: (opened: Opened) => Promise<T>): Promise<T> {
    const budget = new TimeBudget(request.timeoutMs);
    const visited = new Set<string>();
    let hop: Hop = {
      url: parseUrl(request.url),
      method: request.method ?? 'GET',
      headers: request.headers ?? {},
    };
    for (;;) {
      const { url } = hop;
      requireFit(url, request.allowPrivate, WEB_SCHEMES);
      if (visited.has(url.href) || visited.size > limits.maxRedirects) {
        const times = `${visited.size} redirects led to no answer`;
        throw new PermanentError('redirect-loop', `${safeUrl(request.url)}: ${times}; check the address`);
      }
      visited.add(url.href);
      const minGapMs = request.robots ? await robots.get(request.allowPrivate)?.require(url) : undefined;
      const pace = { perSecond: request.perSecond, minGapMs };
      const current = hop;
      const outcome = await limiter.run(paceKeyOf(url), pace, request.signal, () =>
        budget.spend(request.signal, safeUrl(url.href), async (signal) => {
          const opened = await open(current, request, signal);
          let kept = false;
          try {
            const next = nextHop(current, opened.status, opened.headers, request.mayDowngrade);
            if (next !== undefined) return { next };
            const result = await use(opened);
            kept = request.agent !== undefined;
            return { result };
          } finally {
            if (!kept) opened.stream.destroy();
          }
        }),
      );
      if ('result' in outcome) return outcome.result;
      hop = outcome.next;
    }
  }

  async function open(hop: Hop, request: Walk, signal: AbortSignal): Promise<Opened> {
    const { url, method } = hop;
    const place = safeUrl(url.href);
    const response = await (request.agent ?? agentFor(request.allowPrivate)).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: {
        accept: '*/*',
        ...hop.headers,
        ...(request.conditional ? conditionalHeaders(conditional, url) : {}),
        'accept-encoding': request.agent === undefined ? 'gzip, br, deflate' : 'identity',
        'user-agent': userAgent,
      },
      ...(method === 'POST' && request.body !== undefined ? { body: request.body } : {}),
      signal,
    });
    // The body is destroyed when nobody reads it; what it says of that is of no interest.
    response.body.on('error', () => undefined);
    const encoding = response.headers['content-encoding'];
    return {
      url,
      place,
      status: response.statusCode,
      headers: response.headers,
      stream: response.body,
      encoding: Array.isArray(encoding) ? encoding.join(',') : encoding,
      waitMs: limiter.observe(paceKeyOf(url), response.statusCode, response.headers),
    };
  }

  const fetch = async (request: FetchRequest): Promise<FetchResponse> => {
    const signals = [closing.signal, ...(request.signal === undefined ? [] : [request.signal])];
    const asked: Walk = {
      url: request.url,
      method: request.method ?? 'GET',
      headers: lowerCased(request.headers),
      body: request.body,
      conditional: request.conditional === true,
      allowPrivate: request.allowPrivate === true,
      robots: request.robots !== false,
      perSecond: request.requestsPerSecond,
      timeoutMs: request.timeoutMs ?? limits.timeoutMs,
      signal: AbortSignal.any(signals),
    };
    const maxBytes = request.maxBytes ?? limits.maxBytes;
    return await walk(asked, async (opened) => {
      const notModified = opened.status === 304 && asked.conditional === true;
      const accepted = notModified || request.acceptStatuses?.includes(opened.status) === true;
      const fault = accepted ? undefined : statusFault(opened.status, opened.place, opened.waitMs);
      if (fault !== undefined) throw fault;
      const body = notModified
        ? Buffer.alloc(0)
        : await readBody(opened.stream, opened.encoding, { maxBytes }, opened.place);
      return responseOf(opened, notModified, body, conditional);
    });
  };

  let streams = 0;

  /** A stream that connects, by an agent of its own, each time that somebody begins to read it. */
  function streamOf<T>(
    request: StreamRequest,
    caps: Agent.Options,
    connect: (agent: Agent, sink: Sink<T>, signal: AbortSignal) => Promise<Connection>,
  ): AsyncIterable<T> {
    const opened = async (sink: Sink<T>, signal: AbortSignal): Promise<Connection> => {
      if (streams >= limits.maxStreams) {
        const reason = `${streams} streams are open, no more is opened; give the installation fewer of them`;
        throw new RetryableError('too-many-streams', reason);
      }
      const agent = createAgent(limits, resolver, request.allowPrivate === true, caps);
      streams += 1;
      const release = (): void => {
        streams -= 1;
        void agent.destroy();
      };
      try {
        const connection = await connect(agent, sink, signal);
        const close = (): void => {
          connection.close();
          release();
        };
        return { pause: connection.pause, resume: connection.resume, close };
      } catch (error) {
        release();
        throw error;
      }
    };
    const begin = (): Inflow<T> =>
      new Inflow({
        place: safeUrl(request.url),
        maxBufferedBytes: request.maxBufferedBytes ?? MAX_BUFFERED_BYTES,
        idleMs: request.idleMs ?? IDLE_MS,
        signal: AbortSignal.any([closing.signal, ...(request.signal === undefined ? [] : [request.signal])]),
        connect: opened,
      });
    return { [Symbol.asyncIterator]: begin };
  }

  const events = (request: StreamRequest): AsyncIterable<ServerEvent> =>
    streamOf(request, { connections: 1, bodyTimeout: 0 }, async (agent, sink, signal) => {
      const asked: Walk = {
        url: request.url,
        headers: { accept: 'text/event-stream', 'cache-control': 'no-store', ...lowerCased(request.headers) },
        allowPrivate: request.allowPrivate === true,
        timeoutMs: limits.timeoutMs,
        signal,
        agent,
      };
      return await walk(asked, async (answer) => {
        requireEventStream(answer);
        const maxMessageBytes = request.maxMessageBytes ?? MAX_MESSAGE_BYTES;
        return readEvents(answer, sink, { maxMessageBytes });
      });
    });

  const messages = (request: StreamRequest): AsyncIterable<string> => {
    const maxMessageBytes = request.maxMessageBytes ?? MAX_MESSAGE_BYTES;
    const caps = { connections: 1, webSocket: socketCaps(maxMessageBytes) };
    return streamOf(request, caps, async (agent, sink, signal) => {
      const url = parseUrl(request.url);
      requireFit(url, request.allowPrivate === true, SOCKET_SCHEMES);
      const place = safeUrl(url.href);
      const asked = {
        url,
        place,
        headers: { ...lowerCased(request.headers), 'user-agent': userAgent },
        agent,
        maxMessageBytes,
        idleMs: request.idleMs ?? IDLE_MS,
        observe: (status: number, headers: RawHeaders) => limiter.observe(paceKeyOf(url), status, headers),
      };
      const budget = new TimeBudget(limits.timeoutMs);
      return await limiter.run(paceKeyOf(url), {}, signal, () =>
        budget.spend(signal, place, (within) => openSocket(asked, sink, within)),
      );
    });
  };

  return {
    fetch,
    events,
    messages,
    close: async () => {
      closing.abort(new RetryableError('closed', 'the program is stopping'));
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
    },
  };
}

interface Walk {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly conditional?: boolean;
  readonly allowPrivate: boolean;
  readonly robots?: boolean;
  readonly perSecond?: number | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Of a stream: its own, so that it takes no connection from requests; the answer's body stays open. */
  readonly agent?: Agent;
  /** A redirect from https to http is followed. */
  readonly mayDowngrade?: boolean;
}

interface Opened {
  readonly url: URL;
  /** The URL as it may be shown. */
  readonly place: string;
  readonly status: number;
  readonly headers: RawHeaders;
  readonly stream: Readable;
  readonly encoding: string | undefined;
  /** What the host asked to be left alone for, ms. */
  readonly waitMs: number | undefined;
}

function createAgent(
  limits: FetchLimits,
  resolver: Resolver,
  allowPrivate: boolean,
  caps: Agent.Options = {},
): Agent {
  const connect = createGuardedConnector({ resolver, allowPrivate, timeoutMs: limits.connectTimeoutMs });
  const options: Agent.Options = {
    connect,
    connections: limits.concurrency,
    pipelining: 1,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyTimeoutMs,
    ...caps,
  };
  return new Agent(options);
}

function userAgentOf(version: string, contact: string | undefined): string {
  const shown = (contact ?? 'contact not set').replace(/[^\x20-\x7e]|[()]/g, ' ').trim();
  return `Ronda/${version} (+${shown})`;
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function responseOf(
  opened: Opened,
  notModified: boolean,
  body: Buffer,
  conditional: ConditionalStore,
): FetchResponse {
  const headers = safeHeaders(opened.headers);
  let text: string | undefined;
  return {
    url: opened.url.href,
    status: opened.status,
    notModified,
    headers,
    body,
    text: () => {
      text ??= decodeBody(body, headers['content-type']);
      return text;
    },
    commitConditional: () => {
      if (!notModified) keepConditional(conditional, opened.url, opened.headers);
    },
  };
}
