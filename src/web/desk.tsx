import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie } from 'hono/cookie';
import { DeskRefusal } from '../core/desk-refusal.js';
import { RetryableError } from '../core/errors.js';
import { SESSION_LIMITS } from '../pipeline/login.js';
import { may } from '../triage/rights.js';
import { deskWords } from '../words/desk.js';
import { refusalWords } from '../words/refusals.js';
import { createApi } from './api/api.js';
import { apiEndpoints } from './api/endpoints.js';
import { readFields } from './fields.js';
import { type FaultKind, FaultPage, RefusalPage } from './pages/fault.js';
import { readDisplay } from './preferences.js';
import type { Asset, DeskApp, DeskRoute, Fields, Visit, Visitor } from './route.js';
import {
  addressOf,
  isByProxy,
  isKnownHost,
  isSameOrigin,
  MAX_URL_CHARS,
  REFUSAL_STATUS,
  sameSecret,
  secureHeaders,
  sessionCookie,
} from './security.js';
import { type Display, signedInOf } from './views/frame.js';

const NO_FIELDS: Fields = new Map();

type Status = 400 | 403 | 404 | 413 | 414 | 421 | 500 | 503;

/**
 * The desk as one HTTP application. Each route names the right that it takes; nothing is served beside the routes and
 * the static files. Errors are told in words with a number that stands in the log too.
 */
export function createDesk(app: DeskApp, routes: readonly DeskRoute[]): Hono {
  const desk = new Hono();
  const { surroundings } = app;

  // Whatever its answer says, the API's has these headers too.
  desk.use('/api/*', async (c, next) => {
    await next();
    secureHeaders(c, surroundings);
  });
  const api = createApi(app, apiEndpoints(app));
  desk.all('/api/*', (c) => api.fetch(c.req.raw, c.env));

  desk.use(async (c, next) => {
    if (!isByProxy(c, surroundings)) c.res = c.text('This desk answers through its proxy only.', 421);
    else if (!isKnownHost(c, surroundings)) c.res = c.text('This desk does not answer under that name.', 421);
    else if (c.req.url.length > MAX_URL_CHARS) c.res = c.text('The address is too long.', 414);
    else await next();
    secureHeaders(c, surroundings);
  });

  desk.get('/static/:name', (c) => serveAsset(c, app.assets.get(c.req.param('name'))));

  for (const route of routes) {
    desk.on(route.method, route.path, async (c) => {
      const visit = visitOf(app, c);
      const me = visitorOf(app, c, visit.now, route.quiet);
      let fields = NO_FIELDS;
      if (route.method === 'POST') {
        if (!isSameOrigin(c)) return fault(c, visit.display, 403, 'expired', me);
        const read = await readFields(c);
        if ('fault' in read) {
          return fault(
            c,
            visit.display,
            read.fault === 'too-large' ? 413 : 400,
            FIELD_FAULTS[read.fault],
            me,
          );
        }
        fields = read.fields;
      }
      if (route.access === 'anyone') return route.handle(visit, fields);
      if (me === undefined) return toLogin(c, route.method, visit.display);
      if (route.access !== 'signed-in' && !may(me.user.role, route.access)) {
        return fault(c, visit.display, 403, 'forbidden', me);
      }
      if (route.method === 'POST') {
        const given = c.req.header('x-csrf') ?? fields.get('csrf')?.[0] ?? '';
        if (!sameSecret(given, me.csrf)) return expired(c, visit.display, me, fields);
      }
      return route.handle({ ...visit, me }, fields);
    });
  }

  desk.notFound((c) => {
    const visit = visitOf(app, c);
    return fault(c, visit.display, 404, 'notFound', visitorOf(app, c, visit.now));
  });
  desk.onError((error, c) => {
    if (error instanceof DeskRefusal) return refusal(c, app, error);
    const number = crypto.randomUUID().slice(0, 8);
    // The store is busy or its disk full: the same may go through in a moment.
    const isPassing = error instanceof RetryableError;
    if (isPassing) c.header('retry-after', '5');
    app.report(new Error(`desk fault ${number} at ${c.req.method} ${c.req.routePath}`, { cause: error }));
    return fault(c, readDisplay(c, app.language), isPassing ? 503 : 500, 'failed', undefined, number);
  });
  return desk;
}

const FIELD_FAULTS = { 'too-large': 'tooLarge', unreadable: 'badRequest' } as const;

function visitOf(app: DeskApp, c: Context): Visit {
  return {
    c,
    display: readDisplay(c, app.language),
    now: app.ports.clock.now(),
    address: addressOf(c, app.surroundings),
  };
}

function visitorOf(app: DeskApp, c: Context, now: number, quiet = false): Visitor | undefined {
  const session = getCookie(c, sessionCookie(app.surroundings));
  if (session === undefined) return undefined;
  const { sessions } = app.ports.store;
  const user = (quiet ? sessions.peek : sessions.touch)(session, now, SESSION_LIMITS);
  const unit = user && app.ports.units.find(user.unit);
  if (user === undefined || unit === undefined) return undefined;
  const actor = { user: user.id, role: user.role, unit: user.unit };
  return { user, actor, unit, session, csrf: app.ports.store.sessions.csrf(session) };
}

/** A page leads back after the login; what was sent does not, it would be done without being looked at again. */
function toLogin(c: Context, method: 'GET' | 'POST', { language }: Display): Response {
  if (c.req.header('x-csrf') !== undefined || c.req.header('accept')?.includes('text/event-stream')) {
    const { signedOut, signIn } = deskWords(language).faults;
    return c.json({ error: { kind: 'signed-out', message: signedOut, again: signIn } }, 401);
  }
  const { pathname, search } = new URL(c.req.url);
  const to = method === 'GET' ? pathname + search : itemPageOf(pathname);
  return c.redirect(to === undefined ? '/login' : `/login?to=${encodeURIComponent(to)}`, 303);
}

/** The page of the item that an address acts on; nothing where it acts on something else. */
function itemPageOf(pathname: string): string | undefined {
  return /^\/items\/\d{1,15}(?=\/)/.exec(pathname)?.[0];
}

/**
 * The page was made for another session of this browser: who sent it is signed in, so what was typed is shown again, to
 * be copied, and a script is told how to go on.
 */
function expired(c: Context, display: Display, me: Visitor, fields: Fields): Response | Promise<Response> {
  if (c.req.header('x-csrf') !== undefined) {
    const { expiredLong, reload } = deskWords(display.language).faults;
    return c.json({ error: { kind: 'expired', message: expiredLong, again: reload } }, 403);
  }
  const back = itemPageOf(new URL(c.req.url).pathname);
  const written = fields.get('note')?.[0];
  return c.html(
    <FaultPage display={display} kind="expired" me={signedInOf(me)} back={back} written={written} />,
    403,
  );
}

/** A fault as a page, or as JSON where a script asked. */
async function fault(
  c: Context,
  display: Display,
  status: Status,
  kind: FaultKind,
  me?: Visitor,
  number?: string,
): Promise<Response> {
  const words = deskWords(display.language).faults;
  if (c.req.header('x-csrf') !== undefined) {
    return c.json(
      { error: { kind, message: words[kind], ...(number === undefined ? {} : { number }) } },
      status,
    );
  }
  return c.html(
    <FaultPage display={display} kind={kind} me={me && signedInOf(me)} number={number} />,
    status,
  );
}

/** What was asked is refused, and nothing of it done: in words, or as JSON where a script asked. */
async function refusal(c: Context, app: DeskApp, error: DeskRefusal): Promise<Response> {
  const { kind, message, item, holders } = error;
  const visit = visitOf(app, c);
  const sentence = refusalWords(visit.display.language, kind) ?? message;
  const status = REFUSAL_STATUS[kind] ?? 422;
  if (c.req.header('x-csrf') !== undefined) {
    const more = { ...(item === undefined ? {} : { item }), ...(holders === undefined ? {} : { holders }) };
    return c.json({ error: { kind, message: sentence, ...more } }, status);
  }
  const me = visitorOf(app, c, visit.now);
  return c.html(
    <RefusalPage display={visit.display} sentence={sentence} item={item} me={me && signedInOf(me)} />,
    status,
  );
}

function serveAsset(c: Context, asset: Asset | undefined): Response {
  if (asset === undefined) return c.text('not found', 404);
  const body = new Uint8Array(asset.body);
  return c.body(body, 200, { 'content-type': asset.type, 'cache-control': 'private, max-age=300' });
}

/** Ends the session on this browser. */
export function forgetSession(c: Context, app: DeskApp): void {
  deleteCookie(c, sessionCookie(app.surroundings), { path: '/', secure: app.surroundings.secure });
}
