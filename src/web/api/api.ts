import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { RetryableError, ThrottledError } from '../../core/errors.js';
import { may } from '../../triage/rights.js';
import { apiWords } from '../../words/api.js';
import { refusalWords } from '../../words/refusals.js';
import { MAX_BODY_BYTES, readBounded } from '../fields.js';
import type { DeskApp } from '../route.js';
import { addressOf, isByProxy, isKnownHost, MAX_URL_CHARS, REFUSAL_STATUS } from '../security.js';
import type { ApiCaller, ApiEndpoint, ApiStream } from './endpoint.js';
import { openApiOf } from './openapi.js';
import { createRateWindows, type RateWindows } from './rate-windows.js';

/** Calls of a token, and bad tokens of an address, within {@link RATE_WINDOW_MS}. */
export const RATE_LIMITS = { token: 300, badTokens: 30 } as const;
export const RATE_WINDOW_MS = 60_000;

/** Streams at once: of an account, and of all. */
export const STREAM_LIMITS = { account: 2, all: 50 } as const;
/** Between two looks of a stream, and its longest life; a reader comes again with Last-Event-ID. ms */
const LOOK_MS = 1_000;
const STREAM_MS = 600_000;
const BUSY_S = 5;

const PREFIX = '/api/v1';
const TOKEN = /^Bearer (ronda_[\w-]{43})$/i;

type Status = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 414 | 415 | 421 | 422 | 429 | 500 | 503;
type More = Readonly<Record<string, unknown>>;

interface Limits {
  readonly tokens: RateWindows;
  readonly strangers: RateWindows;
  readonly streams: Map<string, number>;
}

/**
 * The JSON API: tokens only, no cookie is read and none is set; every failure has one shape (api/shapes.ts). Its
 * document is made of the same endpoints as its routes.
 */
export function createApi(app: DeskApp, endpoints: readonly ApiEndpoint[]): Hono {
  const api = new Hono();
  const limits: Limits = {
    tokens: createRateWindows(RATE_LIMITS.token, RATE_WINDOW_MS),
    strangers: createRateWindows(RATE_LIMITS.badTokens, RATE_WINDOW_MS),
    streams: new Map(),
  };
  const document = openApiOf(endpoints);

  api.use(async (c, next) => {
    const said = wordsFor(c, app);
    const { surroundings } = app;
    const isOurs = isByProxy(c, surroundings) && isKnownHost(c, surroundings);
    if (!isOurs) c.res = fault(c, 421, 'unknown-host', said['unknown-host']);
    else if (c.req.url.length > MAX_URL_CHARS) {
      c.res = fault(c, 414, 'address-too-long', said['address-too-long'](MAX_URL_CHARS));
    } else await next();
  });
  api.get(`${PREFIX}/openapi.json`, (c) => c.json(document));
  for (const endpoint of endpoints) {
    const path = PREFIX + routeOf(endpoint.path);
    api.on(endpoint.method, path, (c) => answer(c, app, endpoint, limits));
  }
  for (const path of new Set([...endpoints.map((each) => each.path), '/openapi.json'])) {
    const methods = endpoints.filter((each) => each.path === path).map(({ method }) => method);
    const allowed = methods.length === 0 ? 'GET' : methods.join(', ');
    api.all(PREFIX + routeOf(path), (c) => {
      c.header('allow', allowed);
      return fault(c, 405, 'bad-method', wordsFor(c, app)['bad-method'](allowed));
    });
  }
  api.notFound((c) => fault(c, 404, 'no-such-address', wordsFor(c, app)['no-such-address']));
  api.onError((error, c) => failed(c, app, error));
  return api;
}

/** A path of the table as the router takes it. */
function routeOf(path: string): string {
  return path.replace('{number}', ':number{[0-9]{1,15}}').replace('{id}', ':id{[\\w~.-]{1,64}}');
}

async function answer(c: Context, app: DeskApp, endpoint: ApiEndpoint, limits: Limits): Promise<Response> {
  const now = app.ports.clock.now();
  const caller = callerOf(c, app, endpoint, limits, now);
  if (caller instanceof Response) return caller;
  const body = endpoint.body === undefined ? {} : await readJson(c, app);
  if (body instanceof Response) return body;
  const key = c.req.header('idempotency-key')?.trim() ?? '';
  if (endpoint.keyed && !/^[\w.:-]{8,100}$/.test(key)) {
    throw new DeskRefusal('bad-key', 'Idempotency-Key: 8 to 100 letters, digits or . : _ -');
  }
  const result = await endpoint.handle({
    caller,
    key,
    body,
    number: Number(c.req.param('number') ?? 0),
    id: c.req.param('id') ?? '',
    lastEventId: c.req.header('last-event-id')?.trim() ?? '',
    query: queryOf(c),
  });
  if (endpoint.stream === undefined) return c.json(result as object);
  return stream(c, app, caller, endpoint.stream, result as ApiStream, limits);
}

/** @throws DeskRefusal `bad-field` where a name stands twice */
function queryOf(c: Context): Readonly<Record<string, string>> {
  const query = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (query.has(name)) throw new DeskRefusal('bad-field', `query.${name.slice(0, 100)}: stands twice`);
    query.set(name, value);
  }
  return Object.fromEntries(query);
}

/** Who calls, or why not: token, rate, scope and right, in this order. */
function callerOf(
  c: Context,
  app: DeskApp,
  { scope, right }: ApiEndpoint,
  limits: Limits,
  now: number,
): ApiCaller | Response {
  const said = wordsFor(c, app);
  const address = addressOf(c, app.surroundings);
  const given = c.req.header('authorization');
  const token = TOKEN.exec(given?.trim() ?? '')?.[1];
  const { tokens } = app.ports.store;
  const refused = limits.strangers.look(address, now);
  if (!refused.allowed) return tooMany(c, app, refused.resetS);
  const read = token === undefined ? undefined : tokens.read(token, now);
  if (read === undefined || token === undefined) {
    if (given !== undefined) limits.strangers.take(address, now);
    c.header('www-authenticate', 'Bearer realm="ronda"');
    const kind = given === undefined ? 'no-token' : 'bad-token';
    return fault(c, 401, kind, said[kind]);
  }
  const standing = limits.tokens.take(digest(token), now);
  c.header('ratelimit-policy', `"token";q=${RATE_LIMITS.token};w=${RATE_WINDOW_MS / 1_000}`);
  c.header('ratelimit', `"token";r=${standing.left};t=${standing.resetS}`);
  if (!standing.allowed) return tooMany(c, app, standing.resetS);
  const { user, scopes } = read;
  if (scope !== undefined && !scopes.includes(scope)) {
    return fault(c, 403, 'no-scope', said['no-scope'](scope));
  }
  if (right !== undefined && !may(user.role, right)) return fault(c, 403, 'forbidden', said.forbidden(right));
  const actor = { user: user.id, role: user.role, unit: user.unit };
  // A stream is cut where the account or what it may has changed since.
  const isStillGood = (): boolean => {
    const later = tokens.read(token, app.ports.clock.now())?.user;
    return later !== undefined && later.role === user.role && later.unit === user.unit;
  };
  return { me: { user, actor }, now, scopes, isStillGood };
}

async function readJson(c: Context, app: DeskApp): Promise<unknown> {
  const said = wordsFor(c, app);
  const tooLarge = () => fault(c, 413, 'body-too-large', said['body-too-large'](MAX_BODY_BYTES));
  if (Number(c.req.header('content-length') ?? 0) > MAX_BODY_BYTES) return tooLarge();
  const text = await readBounded(c.req.raw.body);
  if (text === undefined) return tooLarge();
  if (text.trim() === '') return {};
  if (!/^application\/json\s*(?:;|$)/i.test(c.req.header('content-type') ?? '')) {
    return fault(c, 415, 'bad-content-type', said['bad-content-type']);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below, as what is JSON and no object is.
  }
  return fault(c, 400, 'bad-json', said['bad-json']);
}

function stream(
  c: Context,
  app: DeskApp,
  caller: ApiCaller,
  event: string,
  source: ApiStream,
  { streams }: Limits,
): Response {
  const name = String(caller.me.user.id);
  const own = streams.get(name) ?? 0;
  const all = [...streams.values()].reduce((sum, n) => sum + n, 0);
  if (own >= STREAM_LIMITS.account || all >= STREAM_LIMITS.all) {
    c.header('retry-after', String(BUSY_S));
    return fault(c, 429, 'too-many-streams', wordsFor(c, app)['too-many-streams'](BUSY_S));
  }
  streams.set(name, own + 1);
  return streamSSE(c, async (out) => {
    try {
      await out.write(': ronda\n\n');
      for (let left = STREAM_MS; left > 0 && !out.aborted && caller.isStillGood(); left -= LOOK_MS) {
        const found = source.look();
        for (const { id, data } of found) {
          await out.writeSSE({ id: String(id), event, data: JSON.stringify(data) });
        }
        if (found.length === 0 && left % (15 * LOOK_MS) === 0) await out.write(': \n\n');
        await out.sleep(LOOK_MS);
      }
    } catch (error) {
      app.report(error);
    } finally {
      const left = (streams.get(name) ?? 1) - 1;
      if (left === 0) streams.delete(name);
      else streams.set(name, left);
    }
  });
}

function failed(c: Context, app: DeskApp, error: Error): Response {
  const said = wordsFor(c, app);
  if (error instanceof DeskRefusal) {
    const { kind, message, item, holders } = error;
    const sentence = refusalWords(languageOf(c, app), kind);
    const more = { ...(item === undefined ? {} : { item }), ...(holders === undefined ? {} : { holders }) };
    return fault(c, REFUSAL_STATUS[kind] ?? 422, kind, sentence ? `${sentence} (${message})` : message, more);
  }
  if (error instanceof RetryableError) {
    app.report(error);
    const seconds = error instanceof ThrottledError ? Math.ceil(error.retryAfterMs / 1_000) : BUSY_S;
    c.header('retry-after', String(Math.max(1, seconds)));
    return fault(c, 503, 'not-now', said['not-now'](Math.max(1, seconds)));
  }
  const number = crypto.randomUUID().slice(0, 8);
  app.report(new Error(`api fault ${number} at ${c.req.method} ${c.req.path}`, { cause: error }));
  return fault(c, 500, 'failed', said.failed(number), { number });
}

function tooMany(c: Context, app: DeskApp, seconds: number): Response {
  c.header('retry-after', String(seconds));
  return fault(c, 429, 'too-many-requests', wordsFor(c, app)['too-many-requests'](seconds));
}

function fault(c: Context, status: Status, kind: string, message: string, more: More = {}): Response {
  return c.json({ error: { kind, message, ...more } }, status);
}

function languageOf(c: Context, app: DeskApp): 'id' | 'en' {
  const asked = /^\s*(id|en)\b/i.exec(c.req.header('accept-language') ?? '')?.[1]?.toLowerCase();
  return asked === 'id' || asked === 'en' ? asked : app.language;
}

function wordsFor(c: Context, app: DeskApp): ReturnType<typeof apiWords> {
  return apiWords(languageOf(c, app));
}

/** Tokens are not kept in memory as they are. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
