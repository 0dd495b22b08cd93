import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Role, SCOPES, type Scope } from '../../src/core/user.js';
import { disableUser } from '../../src/pipeline/accounts.js';
import { RATE_LIMITS, RATE_WINDOW_MS, STREAM_LIMITS } from '../../src/web/api/api.js';
import { apiEndpoints } from '../../src/web/api/endpoints.js';
import { errorShape } from '../../src/web/api/shapes.js';
import { type ApiInit, type DeskAppRig, deskAppRig, type Person } from '../support/desk-app.js';

/** The JSON API as a partner's program calls it: over the real desk and store. */

let rig: DeskAppRig;
let officer: Person;
let token: string;

beforeEach(() => {
  rig = deskAppRig();
  officer = rig.person('officer');
  token = rig.token(officer);
});
afterEach(() => rig.close());

/** What an answer holds, checked against the endpoint's own schema. */
async function ok<T = Record<string, unknown>>(id: string, path: string, init: ApiInit = {}): Promise<T> {
  const response = await rig.api(path, token, init);
  const body: unknown = await response.json();
  expect({ status: response.status, body }).toMatchObject({ status: 200 });
  const endpoint = apiEndpoints(rig.app).find((each) => each.id === id);
  const read = endpoint?.answer.safeParse(body);
  expect(read?.error, `${id}: ${JSON.stringify(body)}`).toBeUndefined();
  return body as T;
}

/** Status and error of an answer, which must have the one shape. */
async function refused(response: Response) {
  const body = errorShape.safeParse(await response.json());
  expect(body.error).toBeUndefined();
  expect(response.headers.get('set-cookie')).toBeNull();
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  return { status: response.status, ...body.data?.error };
}

interface Listed {
  readonly items: readonly { readonly number: number; readonly level: string }[];
  readonly next?: string;
}

describe('reading', () => {
  it('pages through the queue without a gap or a repetition, most urgent first', async () => {
    const levels = ['low', 'high', 'medium'] as const;
    const landed = rig.land(
      ...Array.from({ length: 23 }, (_, n) => ({ id: `p${n}`, level: levels[n % 3] ?? 'low' })),
    );
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const query = `limit=5${after === undefined ? '' : `&after=${after}`}`;
      const page: Listed = await ok('listItems', `/items?${query}`);
      seen.push(...page.items.map(({ number }) => number));
      after = page.next;
    } while (after !== undefined);
    expect(seen.toSorted((a, b) => a - b)).toEqual(landed);
    const { items } = await ok<Listed>('listItems', '/items?limit=200');
    expect(items.map(({ number }) => number)).toEqual(seen);
    expect(items[0]?.level).toBe('high');
    expect(await ok('countItems', '/counts?level=high')).toEqual({ n: 8, more: false });
    expect((await ok<Listed>('listItems', '/items?level=high')).items).toHaveLength(8);
  });

  it('gives an item with its history, and neither author, link nor id of the post', async () => {
    const [number = 0] = rig.land({
      id: 'rekaan:akun-rahasia/17',
      url: 'https://tempat.example/akun-rahasia/17',
      author: { id: '4711', handle: 'akun-rahasia' },
      reach: { likes: 3 },
      text: 'isi rekaan',
    });
    const item = await ok('readItem', `/items/${number}`);
    expect(item).toMatchObject({ number, state: 'open', history: [], post: { reach: { likes: 3 } } });
    expect(JSON.stringify(item)).not.toMatch(/akun-rahasia|4711/);
  });

  it('shows another unit’s item to nobody else', async () => {
    const [mine = 0, theirs = 0] = rig.land({ id: 'a', region: '91' }, { id: 'b', region: '92' });
    token = rig.token(rig.person('officer', 'polda-a'));
    expect((await ok<Listed>('listItems', '/items')).items.map(({ number }) => number)).toEqual([mine]);
    expect(await refused(await rig.api(`/items/${theirs}`, token))).toMatchObject({
      status: 404,
      kind: 'no-item',
      item: theirs,
    });
  });

  it('gives numbers to those who see no item', async () => {
    rig.land({ id: 'a' }, { id: 'b', level: 'high' });
    token = rig.token(rig.person('humas'));
    const numbers = await ok('readNumbers', '/numbers');
    expect(numbers).toMatchObject({ states: { open: { n: 2 } }, openByLevel: { high: { n: 1 } } });
    expect(await refused(await rig.api('/items', token))).toMatchObject({ status: 403, kind: 'forbidden' });
    expect(await refused(await rig.api('/counts?text=rekaan', token))).toMatchObject({ status: 403 });
  });

  it('says who the token is', async () => {
    expect(await ok('whoAmI', '/me')).toMatchObject({ role: 'officer', unit: 'mabes', scopes: SCOPES });
  });
});

describe('deciding', () => {
  const outcome = { kind: 'not-a-violation', ground: 'criticism' };
  const decided = (number: number, key: string, body: object = { outcome }) =>
    rig.api(`/items/${number}/decide`, token, { body, key });

  it('claims, renews, decides, undoes, decides anew and releases', async () => {
    const [a = 0, b = 0] = rig.land({ id: 'a' }, { id: 'b' });
    const claimed = await ok('claimItems', '/claims', { body: { items: [a] } });
    expect(claimed).toMatchObject({ held: [{ item: a }], taken: [] });
    expect(await ok('claimNext', '/claims/next', { body: { count: 5 } })).toMatchObject({
      held: expect.arrayContaining([expect.objectContaining({ item: b })]),
    });
    await ok('renewClaims', '/claims/renew', { body: { items: [a, b] } });
    const first = await ok('decideItem', `/items/${a}/decide`, {
      body: { outcome, note: 'kritik kebijakan' },
      key: 'kunci-satu',
    });
    expect(first).toMatchObject({ items: [{ number: a, state: 'closed' }], repeated: false });
    await ok('undoItem', `/items/${a}/undo`, { body: {}, key: 'kunci-batal' });
    expect(await ok('readItem', `/items/${a}`)).toMatchObject({
      state: 'open',
      history: [{ act: { kind: 'decided' }, note: 'kritik kebijakan' }, { act: { kind: 'undone' } }],
    });
    await ok('decideItem', `/items/${a}/decide`, {
      body: { outcome: { kind: 'hoax', source: 'https://cek.example/1' } },
      key: 'kunci-dua',
    });
    expect(await ok('releaseClaims', '/claims/release', { body: { items: [b] } })).toEqual({ released: 1 });
  });

  it('does an act once, however often it is sent, and refuses the key for another', async () => {
    const [a = 0] = rig.land({ id: 'a' });
    await ok('claimItems', '/claims', { body: { items: [a] } });
    const first = (await (await decided(a, 'kunci-satu')).json()) as object;
    for (let n = 0; n < 3; n += 1) {
      expect(await (await decided(a, 'kunci-satu')).json()).toEqual({ ...first, repeated: true });
    }
    expect(await ok('listEvents', '/events')).toMatchObject({ events: { length: 1 } });
    const other = await decided(a, 'kunci-satu', { outcome: { kind: 'out-of-scope' } });
    expect(await refused(other)).toMatchObject({ status: 409, kind: 'key-reused' });
  });

  it('tells who holds the item where it is another’s, and changes nothing', async () => {
    const [a = 0] = rig.land({ id: 'a' });
    const other = rig.person('officer');
    expect((await rig.api('/claims', rig.token(other), { body: { items: [a] } })).status).toBe(200);
    expect(await refused(await decided(a, 'kunci-satu'))).toMatchObject({
      status: 409,
      kind: 'claim-lost',
      item: a,
      holders: [{ item: a, user: other.user.id }],
    });
    expect(await ok('listEvents', '/events')).toMatchObject({ events: [], more: false });
  });

  it.each<[string, object | string, string | undefined, number, string]>([
    ['no key', { outcome }, undefined, 422, 'bad-key'],
    ['a key that is too short', { outcome }, 'abc', 422, 'bad-key'],
    ['no outcome', {}, 'kunci-satu', 422, 'bad-field'],
    ['an outcome that there is not', { outcome: { kind: 'ban' } }, 'kunci-satu', 422, 'bad-field'],
    ['a field that there is not', { outcome, notes: 'x' }, 'kunci-satu', 422, 'bad-field'],
    ['a hoax without a source', { outcome: { kind: 'hoax' } }, 'kunci-satu', 422, 'hoax-without-source'],
    [
      'a source that is no link',
      { outcome: { kind: 'hoax', source: 'javascript:alert(1)' } },
      'kunci-satu',
      422,
      'bad-source',
    ],
    ['a note that is too long', { outcome, note: 'x'.repeat(2_001) }, 'kunci-satu', 422, 'bad-field'],
    ['a body that is no JSON', '{"outcome":', 'kunci-satu', 400, 'bad-json'],
    ['a body that is no object', '[1]', 'kunci-satu', 400, 'bad-json'],
    ['a body that is too large', `{"note":"${'x'.repeat(70_000)}"}`, 'kunci-satu', 413, 'body-too-large'],
  ])('refuses %s', async (_, body, key, status, kind) => {
    const [a = 0] = rig.land({ id: 'a' });
    await ok('claimItems', '/claims', { body: { items: [a] } });
    const init: ApiInit = { body, ...(key === undefined ? {} : { key }) };
    expect(await refused(await rig.api(`/items/${a}/decide`, token, init))).toMatchObject({ status, kind });
    expect(await ok('readItem', `/items/${a}`)).toMatchObject({ state: 'open', history: [] });
  });

  it('reads what is declared as JSON only', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await refused(await rig.api('/claims', token, { body: 'items=1', headers }))).toMatchObject({
      status: 415,
      kind: 'bad-content-type',
    });
  });
});

describe('following events', () => {
  function decideAll(numbers: readonly number[]): Promise<unknown> {
    return numbers.reduce<Promise<unknown>>(async (before, number) => {
      await before;
      await ok('claimItems', '/claims', { body: { items: [number] } });
      const body = { outcome: { kind: 'out-of-scope' } };
      return ok('decideItem', `/items/${number}/decide`, { body, key: `keputusan-${number}` });
    }, Promise.resolve());
  }
  interface Events {
    readonly events: readonly { readonly seq: number; readonly item: number }[];
    readonly next: number;
    readonly more: boolean;
  }

  it('goes on where the last page ended, until there is no more', async () => {
    const numbers = rig.land(...Array.from({ length: 7 }, (_, n) => ({ id: `p${n}` })));
    await decideAll(numbers);
    const seen: number[] = [];
    let page: Events = { events: [], next: 0, more: true };
    while (page.more) {
      page = await ok<Events>('listEvents', `/events?after=${page.next}&limit=3`);
      seen.push(...page.events.map(({ item }) => item));
    }
    expect(seen).toEqual(numbers);
    expect((await ok<Events>('listEvents', `/events?after=${page.next}`)).events).toEqual([]);
  });

  it('sends them as they come, from Last-Event-ID on, and ends when the token is stopped', async () => {
    const numbers = rig.land({ id: 'a' }, { id: 'b' }, { id: 'c' });
    await decideAll(numbers.slice(0, 2));
    const response = await rig.api('/events/stream', token, { headers: { 'last-event-id': '1' } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const readTo = async (mark: string): Promise<void> => {
      while (!text.includes(mark)) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done || value === undefined) throw new Error(`the stream ended before ${mark}: ${text}`);
        text += value;
      }
    };
    await readTo('id: 2');
    expect(text).not.toContain('id: 1\n');
    await decideAll(numbers.slice(2));
    await readTo('id: 3');
    expect(text).toContain('event: review');
    disableUser(rig.app.ports, 'system', officer.user.name);
    for (;;) {
      const { done } = (await reader?.read()) ?? { done: true };
      if (done) break;
    }
    expect((await rig.api('/events', token)).status).toBe(401);
  });

  it('bounds the streams of an account', async () => {
    const open = await Promise.all(
      Array.from({ length: STREAM_LIMITS.account }, () => rig.api('/events/stream', token)),
    );
    const refusal = await rig.api('/events/stream', token);
    expect(refusal.headers.get('retry-after')).toBe('5');
    expect(await refused(refusal)).toMatchObject({ status: 429, kind: 'too-many-streams' });
    for (const response of open) await response.body?.cancel();
  });
});

describe('who may', () => {
  const ROLES_OF: Readonly<Record<Scope, readonly Role[]>> = {
    'items:read': ['officer', 'supervisor', 'auditor'],
    'items:decide': ['officer', 'supervisor'],
    'events:read': ['officer', 'supervisor', 'auditor'],
    'numbers:read': ['officer', 'supervisor', 'humas', 'auditor', 'admin'],
    'narratives:read': ['officer', 'supervisor', 'humas', 'auditor'],
    'alerts:read': ['officer', 'supervisor', 'humas', 'auditor', 'admin'],
    'alerts:acknowledge': ['officer', 'supervisor', 'humas'],
  };
  const everyRole: readonly Role[] = ['officer', 'supervisor', 'humas', 'auditor', 'admin'];

  it('nobody without a token, and no cookie stands for one', async () => {
    for (const { method, path } of apiEndpoints(rig.app)) {
      const url = path.replace('{number}', '1').replace('{id}', '1');
      const init = { method, ...(method === 'POST' ? { body: {} } : {}) };
      const bare = await rig.api(url, undefined, init);
      expect(bare.headers.get('www-authenticate')).toContain('Bearer');
      expect(await refused(bare)).toMatchObject({ status: 401, kind: 'no-token' });
      const cookies = await rig.api(url, undefined, {
        ...init,
        headers: { cookie: `ronda=${officer.session}` },
      });
      expect(await refused(cookies)).toMatchObject({ status: 401 });
    }
  });

  it.each(everyRole)('%s as its role and the token’s scopes say, and no more', async (role) => {
    const person = rig.person(role);
    const [number = 0] = rig.land({ id: `p-${role}` });
    for (const { id, method, path, scope } of apiEndpoints(rig.app)) {
      if (scope === undefined) continue;
      const init = { method, key: `kunci-${id}`, ...(method === 'POST' ? { body: {} } : {}) };
      const url = path.replace('{number}', String(number)).replace('{id}', '1');
      const others = SCOPES.filter((each) => each !== scope);
      expect(await refused(await rig.api(url, rig.token(person, others), init))).toMatchObject({
        status: 403,
        kind: 'no-scope',
      });
      const response = await rig.api(url, rig.token(person, [scope]), init);
      const allowed = ROLES_OF[scope].includes(role);
      expect([id, response.status === 403]).toEqual([id, !allowed]);
      if (response.status >= 400) await refused(response);
      else await response.body?.cancel();
    }
  });

  it('nobody by a token that ran out, was stopped, is made up, or whose account was disabled', async () => {
    const bad = async (given: string) => refused(await rig.api('/me', given));
    expect(await bad(`ronda_${'x'.repeat(43)}`)).toMatchObject({ status: 401, kind: 'bad-token' });
    expect(await bad('x')).toMatchObject({ status: 401, kind: 'bad-token' });
    expect(await bad(officer.session)).toMatchObject({ status: 401 });
    const [kept] = rig.store.desk.tokens.list(officer.user.id);
    rig.store.desk.tokens.revoke(kept?.id ?? 0, rig.clock.now());
    expect(await bad(token)).toMatchObject({ status: 401, kind: 'bad-token' });
    const second = rig.token(officer);
    rig.clock.advance(31 * 86_400_000);
    expect(await bad(second)).toMatchObject({ status: 401 });
    const third = rig.token(officer);
    disableUser(rig.app.ports, 'system', officer.user.name);
    expect(await bad(third)).toMatchObject({ status: 401 });
  });
});

describe('every failure has the one shape', () => {
  it.each<[string, string, ApiInit, number, string]>([
    ['an address that there is not', '/nothing', {}, 404, 'no-such-address'],
    ['an item that is no number', '/items/x', {}, 404, 'no-such-address'],
    ['an item that there is not', '/items/999', {}, 404, 'no-item'],
    ['a number beyond all numbers', '/items/999999999999999', {}, 404, 'no-item'],
    ['a method that is not taken', '/items', { method: 'DELETE' }, 405, 'bad-method'],
    ['a preflight', '/items', { method: 'OPTIONS' }, 405, 'bad-method'],
    ['reading where one writes', '/claims', {}, 405, 'bad-method'],
    ['a field that there is not', '/items?colour=red', {}, 422, 'bad-field'],
    ['a field twice', '/items?limit=1&limit=2', {}, 422, 'bad-field'],
    ['a value that there is not', '/items?level=terrible', {}, 422, 'bad-field'],
    ['a place that is none', '/items?after=here', {}, 422, 'bad-field'],
    ['too long a page', '/items?limit=100000', {}, 422, 'bad-field'],
    ['an address that is too long', `/items?text=${'x'.repeat(5_000)}`, {}, 414, 'address-too-long'],
    ['another name of the host', '/items', { headers: { host: 'desk.example' } }, 421, 'unknown-host'],
    [
      'too many items',
      '/claims',
      { body: { items: Array.from({ length: 26 }, (_, n) => n + 1) } },
      422,
      'bad-field',
    ],
    ['a prototype’s field', '/claims', { body: '{"__proto__":{"items":[1]}}' }, 422, 'bad-field'],
  ])('%s', async (_, path, init, status, kind) => {
    expect(await refused(await rig.api(path, token, init))).toMatchObject({ status, kind });
    expect(rig.reported).toEqual([]);
  });

  it('a defect: a number, which the log has too, and no more', async () => {
    const [number = 0] = rig.land({ id: 'a' });
    const broken = deskAppRig();
    try {
      broken.store.close();
      const answer = await refused(await broken.api(`/items/${number}`, token));
      expect(answer).toMatchObject({ status: 500, kind: 'failed', number: expect.stringMatching(/^\w{8}$/) });
      expect(String(broken.reported[0])).toContain(answer.number);
      expect(answer.message).not.toMatch(/sqlite|database/i);
    } finally {
      broken.close();
    }
  });

  it('too many requests: when to go on, and each token for itself', async () => {
    let last = await rig.api('/me', token);
    expect(last.headers.get('ratelimit')).toContain(`r=${RATE_LIMITS.token - 1};`);
    for (let n = 0; n < RATE_LIMITS.token; n += 1) last = await rig.api('/me', token);
    expect(last.headers.get('retry-after')).toBe(String(RATE_WINDOW_MS / 1_000));
    expect(await refused(last)).toMatchObject({ status: 429, kind: 'too-many-requests' });
    expect((await rig.api('/me', rig.token(officer))).status).toBe(200);
    rig.clock.advance(RATE_WINDOW_MS);
    expect((await rig.api('/me', token)).status).toBe(200);
  });

  it('too many bad tokens of one address', async () => {
    const guess = `ronda_${'x'.repeat(43)}`;
    for (let n = 0; n < RATE_LIMITS.badTokens; n += 1) {
      expect((await rig.api('/me', guess)).status).toBe(401);
    }
    expect(await refused(await rig.api('/me', guess))).toMatchObject({ status: 429 });
  });

  it('in the language that was asked for', async () => {
    const said = async (language: string) =>
      (await refused(await rig.api('/me', undefined, { headers: { 'accept-language': language } }))).message;
    expect(await said('en-GB,en;q=0.8')).toMatch(/^Give a token/);
    expect(await said('id')).toMatch(/^Sertakan token/);
    expect(await said('xx')).toMatch(/^Sertakan token/);
  });
});

describe('no other origin', () => {
  it('is let in by a header', async () => {
    const response = await rig.api('/items', token, { headers: { origin: 'https://lain.example' } });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the document', () => {
  interface Operation {
    readonly operationId: string;
    readonly 'x-scope'?: string;
    readonly responses: Record<string, unknown>;
    readonly parameters: readonly { readonly name: string; readonly in: string }[];
  }
  interface Document {
    readonly openapi: string;
    readonly paths: Record<string, Record<string, Operation>>;
  }

  it('is OpenAPI 3.1, names every endpoint, and needs no token', async () => {
    const response = await rig.api('/openapi.json', undefined);
    expect(response.status).toBe(200);
    const document = (await response.json()) as Document;
    expect(document.openapi).toBe('3.1.0');
    const named = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
    );
    expect(named.toSorted()).toEqual(
      apiEndpoints(rig.app)
        .map(({ method, path, id }) => `${method.toLowerCase()} ${path} ${id}`)
        .toSorted(),
    );
    // Every reference leads somewhere.
    for (const [, name] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = (name ?? '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(found, name).toBeDefined();
    }
  });

  it('says the same as docs/api.md', async () => {
    const docs = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
    const { paths } = (await (await rig.api('/openapi.json', undefined)).json()) as Document;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const row = docs.split('\n').find((line) => line.includes(`\`${method.toUpperCase()} ${path}\``));
        expect(row, `${method} ${path}`).toBeDefined();
        if (operation['x-scope'] !== undefined) expect(row).toContain(`\`${operation['x-scope']}\``);
        for (const { name } of operation.parameters) expect(docs).toContain(`\`${name}\``);
        for (const status of Object.keys(operation.responses)) expect(docs).toContain(status);
      }
    }
  });
});
