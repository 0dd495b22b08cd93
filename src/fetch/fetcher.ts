import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import { PermanentError, RetryableError } from '../core/errors.js';
import type { Clock, ConditionalStore, Fetcher, FetchRequest, FetchResponse } from '../core/ports.js';
import { createGuardedConnector, type Resolver, requireAllowed, systemResolver } from './address-guard.js';
import { readBody } from './body.js';
import { decodeBody } from './charset.js';
import { conditionalHeaders, keepConditional } from './conditional.js';
import { networkFault, statusFault } from './faults.js';
import type { RawHeaders } from './rate-headers.js';
import { createRateLimiter, type RateLimits } from './rate-limit.js';
import { createRobots, MAX_ROBOTS_BYTES, type RobotsRules } from './robots.js';
import { safeHeaders, safeUrl } from './safe-url.js';

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

const MAX_URL_CHARS = 4_096;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The only door to the network: guarded addresses, robots.txt, paced requests, bounded bodies, honest name. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const limits: FetchLimits = { ...DEFAULT_FETCH_LIMITS, ...options.limits };
  const { clock, conditional } = options;
  const userAgent = userAgentOf(options.version, options.contact);
  const limiter = createRateLimiter(clock, limits);
  const agents = new Map<boolean, Agent>();
  const closing = new AbortController();

  const agentFor = (allowPrivate: boolean): Agent => {
    let agent = agents.get(allowPrivate);
    if (agent === undefined) {
      agent = createAgent(limits, options.resolver ?? systemResolver, allowPrivate);
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
          return await walk({ url, allowPrivate, timeoutMs, signal }, async (opened) => {
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
      requireFit(url, request.allowPrivate);
      if (visited.has(url.href) || visited.size > limits.maxRedirects) {
        const times = `${visited.size} redirects led to no answer`;
        throw new PermanentError('redirect-loop', `${safeUrl(request.url)}: ${times}; check the address`);
      }
      visited.add(url.href);
      const minGapMs = request.robots ? await robots.get(request.allowPrivate)?.require(url) : undefined;
      const pace = { perSecond: request.perSecond, minGapMs };
      const current = hop;
      const outcome = await limiter.run(url.host, pace, request.signal, () =>
        budget.spend(request.signal, safeUrl(url.href), async (signal) => {
          const opened = await open(current, request, signal);
          try {
            const next = nextHop(current, opened);
            return next === undefined ? { result: await use(opened) } : { next };
          } finally {
            opened.stream.destroy();
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
    const response = await agentFor(request.allowPrivate).request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: {
        accept: '*/*',
        ...hop.headers,
        ...(request.conditional ? conditionalHeaders(conditional, url) : {}),
        'accept-encoding': 'gzip, br, deflate',
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
      waitMs: limiter.observe(url.host, response.statusCode, response.headers),
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

  return {
    fetch,
    events: () => refused('events'),
    messages: () => refused('messages'),
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
}

interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
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

/** Time that a request may spend on the network, over all its hops; waiting for turns is not counted. */
class TimeBudget {
  #leftMs: number;
  readonly #wholeMs: number;

  constructor(wholeMs: number) {
    this.#wholeMs = wholeMs;
    this.#leftMs = wholeMs;
  }

  async spend<T>(signal: AbortSignal, place: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const started = performance.now();
    const late = new AbortController();
    const timeout = new RetryableError(
      'timeout',
      `${place}: not done within ${this.#wholeMs} ms; it is tried again`,
    );
    const timer = setTimeout(() => late.abort(timeout), Math.max(1, this.#leftMs));
    try {
      return await work(AbortSignal.any([signal, late.signal]));
    } catch (error) {
      signal.throwIfAborted();
      throw late.signal.aborted ? timeout : networkFault(error, place);
    } finally {
      clearTimeout(timer);
      this.#leftMs -= performance.now() - started;
    }
  }
}

function createAgent(limits: FetchLimits, resolver: Resolver, allowPrivate: boolean): Agent {
  const connect = createGuardedConnector({ resolver, allowPrivate, timeoutMs: limits.connectTimeoutMs });
  const options: Agent.Options = {
    connect,
    connections: limits.concurrency,
    pipelining: 1,
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyTimeoutMs,
  };
  return new Agent(options);
}

function userAgentOf(version: string, contact: string | undefined): string {
  const shown = (contact ?? 'contact not set').replace(/[^\x20-\x7e]|[()]/g, ' ').trim();
  return `Ronda/${version} (+${shown})`;
}

function parseUrl(text: string): URL {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) {
    throw new PermanentError(
      'bad-url',
      `"${text.slice(0, 100)}" is not a usable URL; write e.g. https://site.example/feed`,
    );
  }
  const url = new URL(text);
  url.hash = '';
  return url;
}

/** What every hop must be: http or https, no credentials, and, where it names an address, one that may be called. */
function requireFit(url: URL, allowPrivate: boolean): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new PermanentError('forbidden-scheme', `${safeUrl(url.href)}: only http and https are fetched`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new PermanentError(
      'forbidden-credentials',
      `${safeUrl(url.href)}: a URL must not carry a name or password`,
    );
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) requireAllowed(url.host, [literal], allowPrivate);
}

/** Where a response sends us, if it does. */
function nextHop(hop: Hop, opened: Opened): Hop | undefined {
  if (!REDIRECTS.has(opened.status)) return undefined;
  const { location } = opened.headers;
  if (typeof location !== 'string' || !URL.canParse(location, hop.url.href)) {
    throw new PermanentError(
      'bad-redirect',
      `${opened.place}: answered ${opened.status} and names no place to go`,
    );
  }
  const url = parseUrl(new URL(location, hop.url).href);
  const sameOrigin = url.origin === hop.url.origin;
  const keepsMethod = opened.status === 307 || opened.status === 308;
  if (hop.method === 'POST' && keepsMethod && !sameOrigin) {
    throw new PermanentError(
      'bad-redirect',
      `${opened.place}: would send the request's body on to ${url.host}`,
    );
  }
  return {
    url,
    method: keepsMethod ? hop.method : 'GET',
    // Headers may carry keys: another origin gets none but what says what we read.
    headers: sameOrigin ? hop.headers : only(hop.headers, ['accept', 'accept-language']),
  };
}

function only(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
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

// biome-ignore lint/correctness/useYield: refused before its first event
async function* refused(what: string): AsyncGenerator<never> {
  throw new PermanentError('no-stream', `Streams of ${what} are not carried yet`);
}
