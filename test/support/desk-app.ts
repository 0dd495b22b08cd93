import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { kindSchemas } from '../../src/compose.js';
import { deskServer } from '../../src/compose-desk.js';
import { parseConfig } from '../../src/config.js';
import type { ScoredPost } from '../../src/core/batch.js';
import type { Clock } from '../../src/core/ports.js';
import { type Role, SCOPES, type Scope, type User } from '../../src/core/user.js';
import { readDeskAssets } from '../../src/files/desk-assets.js';
import { makeToken } from '../../src/pipeline/accounts.js';
import { isSchedule } from '../../src/pipeline/schedule.js';
import { openStore, type Store } from '../../src/store/store.js';
import { createDesk } from '../../src/web/desk.js';
import type { DeskApp, DeskRoute } from '../../src/web/route.js';
import { deskRoutes } from '../../src/web/routes.js';
import { batchOf, type GivenPost, landedPost } from './scored.js';
import { SimulatedClock } from './simulated-clock.js';

/** Somebody at the desk: an account with a live session, as a browser has it. */
export interface Person {
  readonly user: User;
  readonly session: string;
  readonly csrf: string;
  /** The headers of a request of theirs. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The whole desk over a store of its own, in process. */
export interface DeskAppRig {
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly app: DeskApp;
  readonly routes: readonly DeskRoute[];
  readonly desk: Hono;
  /** What the pages did not tell. */
  readonly reported: unknown[];
  land(...posts: (GivenPost | ScoredPost)[]): number[];
  /** Adds an account with a session; no password, which would cost a third of a second. */
  person(role: Role, unit?: string, name?: string): Person;
  /** A further session of the same account. */
  again(person: Person): Person;
  /** A token of the account, with every scope unless told otherwise. */
  token(person: Person, scopes?: readonly Scope[]): string;
  get(path: string, as?: Person, headers?: Record<string, string>): Promise<Response>;
  /** A form with the session's token in it. */
  post(path: string, fields: Record<string, string>, as?: Person): Promise<Response>;
  /** A call of the API; a body makes it a POST unless the method is given. */
  api(path: string, token: string | undefined, init?: ApiInit): Promise<Response>;
  close(): void;
}

export interface ApiInit {
  readonly method?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly headers?: Record<string, string>;
}

/** An invented tree: mabes over polda-a (91) with its polres-a1 (91.01), and polda-b (92). */
const UNITS = [
  { id: 'mabes', name: 'Mabes Rekaan', regions: ['*'] },
  { id: 'polda-a', name: 'Polda Rekaan A', regions: ['91'], parent: 'mabes' },
  { id: 'polres-a1', name: 'Polres Rekaan A1', regions: ['91.01'], parent: 'polda-a' },
  { id: 'polda-b', name: 'Polda Rekaan B', regions: ['92'], parent: 'mabes' },
];

export interface RigOptions {
  /** Of ronda.yaml, beside the units. */
  readonly document?: Record<string, unknown>;
  readonly clock?: Pick<Clock, 'now'>;
  /** Puts something before a port, to see that it is used. */
  readonly adapt?: (app: DeskApp) => DeskApp;
}

/** An address of a route: its item's number, and for other parameters a `1`. */
export function addressOf({ path }: Pick<DeskRoute, 'path'>, item: number | string): string {
  return path.replace(/:(\w+)(\{(?:[^{}]|\{[^}]*\})*\})?/g, (_, name) =>
    name === 'number' ? String(item) : '1',
  );
}

export const ORIGIN = 'http://127.0.0.1';

export function deskAppRig({
  document = {},
  clock: given,
  adapt = (each) => each,
}: RigOptions = {}): DeskAppRig {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-web-'));
  const simulated = new SimulatedClock();
  const clock = given === undefined ? simulated : Object.assign(simulated, { now: () => given.now() });
  const config = parseConfig({
    document: { units: UNITS, ...document },
    file: 'ronda.yaml',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
    home: folder,
  });
  const secret = Buffer.alloc(32, 7);
  const store = openStore({ path: join(folder, 'ronda.db'), secret, clock, seenWindowDays: 30 });
  const reported: unknown[] = [];
  const server = deskServer(config, store, clock, (error) => reported.push(error));
  const app = adapt({ ...server, assets: readDeskAssets(), language: 'id' });
  const routes = deskRoutes(app);
  const desk = createDesk(app, routes);
  let jobs = 0;
  let people = 0;

  const open = (user: User): Person => {
    const session = store.desk.sessions.open(user.id, clock.now());
    const headers = { host: '127.0.0.1', cookie: `ronda=${session}` };
    return { user, session, csrf: store.desk.sessions.csrf(session), headers };
  };
  const request = (path: string, init: RequestInit): Promise<Response> =>
    Promise.resolve(desk.request(`${ORIGIN}${path}`, init));

  return {
    store,
    clock,
    app,
    routes,
    desk,
    reported,
    land(...posts) {
      jobs += 1;
      const landed = posts.map((post) => ('post' in post ? post : landedPost(post)));
      return [...store.land(`job-${jobs}`, batchOf('run', { landed })).items];
    },
    person(role, unit = 'mabes', name) {
      people += 1;
      const account = { name: name ?? `${role}-${people}`, display: `Rekaan ${people}`, role, unit };
      return open(store.desk.users.add(account, clock.now()));
    },
    again: ({ user }) => open(user),
    token: ({ user }, scopes = SCOPES) =>
      makeToken(app.ports, 'system', { user: user.name, name: 'uji', scopes, days: 30 }).token,
    get: (path, as, headers = {}) =>
      request(path, { headers: { host: '127.0.0.1', ...as?.headers, ...headers } }),
    post: (path, fields, as) =>
      request(path, {
        method: 'POST',
        headers: {
          host: '127.0.0.1',
          'content-type': 'application/x-www-form-urlencoded',
          ...as?.headers,
        },
        body: new URLSearchParams({ ...(as === undefined ? {} : { csrf: as.csrf }), ...fields }).toString(),
      }),
    api: (path, token, { method, body, key, headers = {} } = {}) =>
      request(`/api/v1${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          host: '127.0.0.1',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    close() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
