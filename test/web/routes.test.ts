import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../src/core/user.js';
import { may } from '../../src/triage/rights.js';
import type { DeskRoute } from '../../src/web/route.js';
import { addressOf, type DeskAppRig, deskAppRig, ORIGIN, type Person } from '../support/desk-app.js';

/** Every route of the desk, as every role, as nobody, and as a page of elsewhere would call it. */

let rig: DeskAppRig;
let people: Readonly<Record<Role, Person>>;
let item: number;

beforeAll(() => {
  rig = deskAppRig();
  people = Object.fromEntries(ROLES.map((role) => [role, rig.person(role)])) as Record<Role, Person>;
  [item = 0] = rig.land({ id: 'a' });
});
afterAll(() => rig.close());

const nameOf = ({ method, path }: DeskRoute): string =>
  `${method} ${path.replace(/\{(?:[^{}]|\{[^}]*\})*\}/g, '')}`;

async function call(route: DeskRoute, as?: Person): Promise<Response> {
  const response = await (route.method === 'GET'
    ? rig.get(addressOf(route, item), as)
    : rig.post(addressOf(route, item), {}, as));
  await response.body?.cancel();
  return response;
}

/** What of roles and routes must hold whatever the code's own table says. */
const SENSITIVE: readonly (readonly [string, readonly Role[]])[] = [
  ['GET /queue', ['officer', 'supervisor', 'auditor']],
  ['GET /items/:number', ['officer', 'supervisor', 'auditor']],
  ['GET /items/:number/normalised', ['officer', 'supervisor', 'auditor']],
  ['GET /cases', ['officer', 'supervisor', 'auditor']],
  ['POST /claims/next', ['officer', 'supervisor']],
  ['POST /items/:number/claim', ['officer', 'supervisor']],
  ['POST /items/:number/decide', ['officer', 'supervisor']],
  ['POST /items/:number/undo', ['officer', 'supervisor']],
  ['POST /items/:number/note', ['officer', 'supervisor']],
  ['POST /items/:number/propose', ['officer', 'supervisor']],
  ['POST /items/:number/approve', ['supervisor']],
  ['POST /items/:number/refuse', ['supervisor']],
  ['POST /items/:number/release-case', ['supervisor']],
  ['POST /items/:number/reopen', ['supervisor']],
  ['POST /items/:number/hand-over', ['officer', 'supervisor']],
  ['POST /items/:number/review-blind', ['officer']],
  ['POST /items/:number/unseal', ['officer', 'supervisor', 'auditor']],
  ['GET /audit', ['auditor', 'admin']],
  ['GET /users', ['supervisor', 'auditor', 'admin']],
  ['POST /users', ['admin']],
  ['POST /users/reset', ['admin']],
  ['POST /users/disable', ['admin']],
  ['POST /users/change', ['admin']],
];

describe('every route', () => {
  it('opens for exactly the roles that have its right, and for nobody else', async () => {
    const wrong: string[] = [];
    for (const route of rig.routes) {
      const { access } = route;
      const stranger = await call(route);
      const isTurnedAway =
        stranger.status === 303 && (stranger.headers.get('location') ?? '').startsWith('/login');
      const isLogin = access === 'anyone' && stranger.status !== 403;
      if (!(access === 'anyone' ? isLogin : isTurnedAway)) wrong.push(`${nameOf(route)} as nobody`);
      for (const role of ROLES) {
        // A session of its own: one of the routes ends it.
        const { status } = await call(route, rig.again(people[role]));
        const allowed = access === 'anyone' || access === 'signed-in' || may(role, access);
        // A login without name and password is 401 for everybody.
        const isOpen = status !== 403 && status < 500 && (status !== 401 || access === 'anyone');
        if (isOpen !== allowed) wrong.push(`${nameOf(route)} as ${role}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(rig.reported).toEqual([]);
  });

  it.each(SENSITIVE)('%s is for %j', async (name, roles) => {
    const route = rig.routes.find((each) => nameOf(each) === name);
    if (route === undefined) throw new Error(`there is no route ${name}`);
    for (const role of ROLES) {
      expect([role, (await call(route, rig.again(people[role]))).status !== 403]).toEqual([
        role,
        roles.includes(role),
      ]);
    }
  });

  it('shows nobody but the admin’s machine a page that tells whether an account is there', () => {
    const open = rig.routes.filter(({ access }) => access === 'anyone').map(nameOf);
    expect(open.toSorted()).toEqual([
      'GET /login',
      'GET /welcome/:token',
      'POST /login',
      'POST /welcome/:token',
    ]);
  });

  it('leads no stranger elsewhere after the login', async () => {
    for (const to of ['https://lain.example', '//lain.example', '/\\lain.example', 'javascript:alert(1)']) {
      const page = await (await rig.get(`/login?to=${encodeURIComponent(to)}`)).text();
      expect(page).toContain('name="to" value="/"');
    }
  });
});

describe('what changes something', () => {
  const writes = (): DeskRoute[] => rig.routes.filter(({ method }) => method === 'POST');
  const allowedFor = ({ access }: DeskRoute): Person => {
    const role = ROLES.find((each) => access === 'anyone' || access === 'signed-in' || may(each, access));
    return rig.again(people[role ?? 'admin']);
  };
  const send = (route: DeskRoute, person: Person, headers: Record<string, string>, csrf?: string) =>
    rig.desk.request(`${ORIGIN}${addressOf(route, item)}`, {
      method: 'POST',
      headers: { ...person.headers, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(csrf === undefined ? {} : { csrf }).toString(),
    });
  /** What anything done leaves behind. */
  const traces = (): string =>
    JSON.stringify([
      rig.store.desk.audit.head(),
      rig.store.desk.reviews.lastBefore('9999'),
      rig.store.desk.users.list(),
      people.officer && rig.store.desk.claims.heldBy(people.officer.user.id, rig.clock.now()),
    ]);

  const OF_ELSEWHERE: readonly (readonly [string, Record<string, string>, number])[] = [
    ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['of a sister host', { 'sec-fetch-site': 'same-site' }, 403],
    ['of another origin', { origin: 'https://lain.example' }, 403],
    ['of no origin', { origin: 'null' }, 403],
    ['of another port', { origin: 'http://127.0.0.1:9' }, 403],
    ['under another name', { host: 'lain.example' }, 421],
    ['under a name that begins like ours', { host: '127.0.0.1.lain.example' }, 421],
    ['under no name', { host: '' }, 421],
  ];

  it.each(OF_ELSEWHERE)('is refused %s, with the right token too', async (_, headers, status) => {
    const before = traces();
    for (const route of writes()) {
      const person = allowedFor(route);
      const response = await send(route, person, headers, person.csrf);
      expect([nameOf(route), response.status]).toEqual([nameOf(route), status]);
    }
    expect(traces()).toBe(before);
  });

  it.each<[string, (other: Person) => string | undefined]>([
    ['without a token', () => undefined],
    ['with an empty token', () => ''],
    ['with a wrong token', () => 'x'.repeat(43)],
    ['with the token of another session', (other) => other.csrf],
  ])('is refused %s', async (_, tokenOf) => {
    const before = traces();
    for (const route of writes().filter(({ access }) => access !== 'anyone')) {
      const person = allowedFor(route);
      const response = await send(route, person, {}, tokenOf(rig.again(person)));
      expect([nameOf(route), response.status]).toEqual([nameOf(route), 403]);
      const byScript = await send(route, person, { 'x-csrf': tokenOf(rig.again(person)) ?? '' });
      expect(byScript.status).toBe(403);
      expect(await byScript.json()).toMatchObject({ error: { kind: 'expired' } });
    }
    expect(traces()).toBe(before);
  });

  it('is never a GET: reading leaves no trace', async () => {
    const before = traces();
    for (const route of rig.routes.filter(
      ({ method, path }) => method === 'GET' && !/export|packet/.test(path),
    )) {
      for (const role of ROLES) await call(route, people[role]);
    }
    expect(traces()).toBe(before);
  });
});
