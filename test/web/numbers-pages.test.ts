import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheerioAPI, load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermanentError } from '../../src/core/errors.js';
import { ROLES } from '../../src/core/user.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import type { Machinery } from '../../src/pipeline/operations.js';
import { decide } from '../../src/pipeline/review.js';
import { viewSource } from '../../src/pipeline/source-view.js';
import { createEmbeddedQueues } from '../../src/queue/embedded.js';
import { createDesk } from '../../src/web/desk.js';
import { deskRoutes } from '../../src/web/routes.js';
import { type DeskAppRig, deskAppRig, ORIGIN, type Person } from '../support/desk-app.js';

/** The rooms of numbers as people see them: over the real desk, store and queues. */

let rig: DeskAppRig;
beforeEach(() => {
  rig = deskAppRig();
});
afterEach(() => rig.close());

async function page(path: string, as: Person): Promise<{ status: number; $: CheerioAPI; text: string }> {
  const response = await rig.get(path, as);
  const html = await response.text();
  const $ = load(html);
  return { status: response.status, $, text: $('main').text().replaceAll(/\s+/g, ' ') };
}

/** Lands and decides a few, as the given person. */
function work(as: Person): number[] {
  const numbers = rig.land(
    { id: 'rekaan:akun-rahasia/1', text: 'isi rahasia satu', level: 'high', region: '91' },
    { id: 'b', level: 'medium', region: '91.01' },
    { id: 'c', level: 'medium' },
  );
  const actor = { user: as.user.id, role: as.user.role, unit: as.user.unit };
  claimItems(rig.app.ports, actor, numbers.slice(0, 2));
  decide(rig.app.ports, actor, { items: [numbers[0]!], outcome: { kind: 'violation', category: 'sara' } });
  decide(rig.app.ports, actor, {
    items: [numbers[1]!],
    outcome: { kind: 'not-a-violation', ground: 'opinion' },
  });
  return numbers;
}

const OPENS = {
  '/shift': ['officer', 'supervisor', 'auditor'],
  '/numbers': ['officer', 'supervisor', 'humas', 'auditor', 'admin'],
  '/neutrality': ['supervisor', 'auditor', 'admin'],
  '/operations': ['admin'],
} as const;

describe('each room', () => {
  it.each(Object.entries(OPENS))(
    '%s opens to those whose right it is, in both languages',
    async (path, roles) => {
      work(rig.person('supervisor'));
      for (const role of ROLES) {
        const person = rig.person(role);
        const { status, $ } = await page(path, person);
        expect({ role, status }).toEqual({
          role,
          status: (roles as readonly string[]).includes(role) ? 200 : 403,
        });
        expect($('nav.side a[aria-current="page"]').attr('href')).toBe(status === 200 ? path : undefined);
        expect($('[style], script:not([src])')).toHaveLength(0);
        const english = await rig.get(path, person, {
          cookie: `${person.headers.cookie}; ronda-language=en`,
        });
        expect(english.status).toBe(status);
      }
      expect(rig.reported).toEqual([]);
    },
  );

  it('shows nothing of a single post in the numbers', async () => {
    work(rig.person('supervisor'));
    const { text, $ } = await page('/numbers?days=7', rig.person('humas'));
    expect(text).not.toMatch(/akun-rahasia|isi rahasia/);
    expect($('a[href^="/items"], a[href^="/queue"]')).toHaveLength(0);
    expect($('dl.headlines dd').first().text()).toBe('3');
    expect(text).toContain('50 %');
  });

  it('draws each chart with its figures beneath, one row an hour or a day', async () => {
    work(rig.person('supervisor'));
    const { $ } = await page('/numbers?days=30', rig.person('officer'));
    expect($('figure.plot svg[role="img"]').attr('aria-label')).toMatch(/3.*2|1/);
    expect($('figure.plot tbody tr')).toHaveLength(30);
    expect((await page('/numbers?days=4711', rig.person('officer'))).$('figure.plot tbody tr')).toHaveLength(
      7,
    );
  });
});

describe('the shift', () => {
  it('shows who did what to those who lead, and to others their own', async () => {
    const lead = rig.person('supervisor');
    work(lead);
    const other = await page('/shift', rig.person('officer'));
    expect(other.$('section th[scope="row"]').text()).not.toContain(lead.user.display);
    const led = await page('/shift', lead);
    expect(led.$('section th[scope="row"]').text()).toContain(lead.user.display);
  });

  it('is handed over by its form, printed, and told to the next', async () => {
    const [me, next] = [rig.person('officer', 'polda-a'), rig.person('officer', 'polda-a')];
    const { $ } = await page('/shift', me);
    expect($('select#to option')).toHaveLength(1);
    expect($('button[data-print]').attr('hidden')).toBeDefined();
    const answer = await rig.post(
      '/shift/hand-over',
      {
        to: String(next.user.id),
        since: $('input[name="since"]').attr('value') ?? '',
        note: '<b>Dua</b> usulan menunggu',
      },
      me,
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/shift#notes']);
    const told = await page('/shift?since=hand-over', next);
    expect(told.text).toContain(`${me.user.display} menyerahkan giliran jaga kepada ${next.user.display}`);
    expect(told.$('#notes blockquote').text()).toContain('<b>Dua</b> usulan menunggu');
    expect(told.$('#notes b')).toHaveLength(0);
    expect((await rig.post('/shift/note', { note: '  ' }, me)).status).toBe(422);
    expect((await rig.post('/shift/note', { note: 'x' }, rig.person('auditor'))).status).toBe(403);
    expect((await page('/shift', rig.person('officer', 'polda-b'))).text).not.toContain('usulan menunggu');
  });
});

describe('operations', () => {
  it('says where no machinery is beside the desk', async () => {
    const { status, $ } = await page('/operations', rig.person('admin'));
    expect([status, $('.notice.warn').length]).toEqual([200, 1]);
  });

  it('shows dead letters without their posts, tries them again and drops them when that is meant', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ronda-operations-'));
    const queues = createEmbeddedQueues({
      path: join(folder, 'queue.db'),
      maxAttempts: 1,
      onError: () => undefined,
    });
    const queue = queues.queue<{ posts: string[] }>('score');
    try {
      const ids = ['a1', 'a2'];
      await queue.enqueue(ids.map((id) => ({ id, lane: 'warung', payload: { posts: ['isi rahasia'] } })));
      const consumer = queue.consume(async () => {
        throw new PermanentError('broken-batch', 'tidak terbaca');
      });
      while ((await queue.counts()).dead < ids.length) await new Promise((done) => setTimeout(done, 5));
      await consumer.close();
      const paused: [string, boolean][] = [];
      const machinery: Machinery = {
        queues: () => [{ name: 'score', queue, postsOf: () => 1 }],
        sources: (now) => [
          viewSource(
            { name: 'warung', kind: 'feed' },
            { hours: [], faults: [], gaps: [] },
            'Asia/Jakarta',
            now,
          ),
        ],
        setPaused: (name, is) => void paused.push([name, is]),
        runs: (limit) => rig.store.listRuns(limit),
        sizes: () => ({ store: 1_000_000, queue: 2_000, rejects: 0 }),
        incomplete: (since) => rig.store.desk.numbers.incomplete(since),
        known: () => rig.store.operations,
        checks: () => [
          { name: 'node', run: async () => ({ ok: true, found: 'rekaan' }) },
          { name: 'queue', run: async () => Promise.reject(new Error('tidak terjangkau')) },
        ],
      };
      const app = { ...rig.app, machinery };
      const desk = createDesk(app, deskRoutes(app));
      const admin = rig.person('admin');
      const ask = async (path: string, fields?: [string, string][], as = admin) => {
        const response = await desk.request(`${ORIGIN}${path}`, {
          method: fields === undefined ? 'GET' : 'POST',
          headers: { ...as.headers, 'content-type': 'application/x-www-form-urlencoded' },
          ...(fields === undefined
            ? {}
            : { body: new URLSearchParams([['csrf', as.csrf], ...fields]).toString() }),
        });
        const html = await response.text();
        return { status: response.status, $: load(html), html };
      };
      const first = await ask('/operations');
      expect(first.$('#workers').text()).toContain('Tidak ada yang mendaratkan');
      expect(first.$('#shadow')).toHaveLength(0);
      expect(
        first
          .$('input[name="id"]')
          .get()
          .map((each) => each.attribs.value),
      ).toEqual(ids);
      expect(first.html).toContain('broken-batch');
      expect(first.html).not.toContain('isi rahasia');

      const versions = { rules: 'r1', lexicon: 'x1', model: 'm1', language: 'l1' };
      const shadow = {
        ...{
          live: 'lexicon x1',
          candidate: 'lexicon <b>y</b>',
          posts: 40,
          changed: 3,
          wouldLand: 2,
          wouldPass: 1,
        },
        ...{ incomplete: 0, added: { hate: 2 }, dropped: {} },
      };
      const scored = { run: 'r', source: 'warung', landed: [], passed: [], failed: 0 };
      rig.store.land('v1', { ...scored, versions, by: 'mesin-lama', shadow });
      rig.clock.advance(120_000);
      rig.store.land('v2', { ...scored, versions: { ...versions, lexicon: 'x2' }, by: 'mesin-baru' });
      rig.clock.advance(60_000);
      rig.store.land('v3', { ...scored, versions, by: 'mesin-lama' });
      const lease = rig.store.lease('land');
      await lease.acquire(() => undefined);
      const second = await ask('/operations');
      await lease.release();
      expect(second.$('#workers').text()).toContain(`Proses ${process.pid}`);
      expect(second.$('#workers tr:contains("mesin-lama") .tag').text()).toContain('lexicon x1');
      expect(second.$('#workers tr:contains("mesin-baru") .tag')).toHaveLength(0);
      expect(second.$('#shadow td').text()).toContain('kebencian 2');
      expect(second.$('#shadow b')).toHaveLength(0);

      const verb = (name: string): [string, string] => ['verb', name];
      expect((await ask('/operations/dead', [verb('drop'), ['id', 'a1']])).status).toBe(422);
      expect((await ask('/operations/dead', [verb('retry')])).status).toBe(422);
      expect((await queue.counts()).dead).toBe(2);
      expect((await ask('/operations/dead', [verb('retry'), ['id', 'a1']])).status).toBe(200);
      expect(await queue.counts()).toMatchObject({ dead: 1, waiting: 1 });
      await ask('/operations/dead', [verb('drop'), ['id', 'a2'], ['confirm', 'yes']]);
      expect((await queue.counts()).dead).toBe(0);
      expect(
        (await ask('/operations/dead', [verb('retry'), ['id', 'a1']], rig.person('supervisor'))).status,
      ).toBe(403);

      await ask('/operations/source', [verb('pause'), ['name', 'warung']]);
      await ask('/operations/source', [verb('pause'), ['name', 'tidak-ada']]);
      expect(paused).toEqual([['warung', true]]);
      const kinds = rig.store.desk.audit
        .list({ limit: 10 })
        .filter(({ actor }) => actor !== 'system')
        .map(({ kind, details }) => [kind, details]);
      expect(kinds).toEqual([
        ['source-changed', { paused: true }],
        ['dead-dropped', { ids: ['a2'] }],
        ['dead-retried', { ids: ['a1'] }],
      ]);
      const checked = await ask('/operations/check', []);
      expect(checked.$('form[action="/operations/check"] dd').text()).toMatch(/rekaan.*tidak terjangkau/s);
    } finally {
      await queues.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
