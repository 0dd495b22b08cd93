import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { CollectorKind } from '../../src/collectors/collector-kind.js';
import { createFetcher } from '../../src/fetch/fetcher.js';
import { collectorContract } from '../contract/collector.js';
import { SimulatedClock } from '../support/simulated-clock.js';
import { body, serve } from '../support/web-server.js';

/** The collector of docs/adding-a-collector.md, taken out of the page, compiled, and held to the contract. */

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/adding-a-collector.md'), 'utf8');
const code = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const folder = mkdtempSync(join(import.meta.dirname, 'docs-'));
const file = join(folder, 'papan.ts');
writeFileSync(
  file,
  code
    .replaceAll("from '../core/", "from '../../../src/core/")
    .replaceAll("from './", "from '../../../src/collectors/"),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const notices = Array.from({ length: 120 }, (_, n) => ({
  id: n + 1,
  body: `Pengumuman rekaan nomor ${n + 1}: “kerja bakti”`,
  at: new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString(),
  ...(n % 2 === 0 ? { by: '@akun_fiksi' } : {}),
}));

async function load(): Promise<CollectorKind> {
  const module = (await import(pathToFileURL(file).href)) as { papanKind: CollectorKind };
  return module.papanKind;
}

describe('the collector of the page', () => {
  it('has at most 60 lines', () => {
    const lines = code.split('\n').filter((line) => line.trim() !== '');
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThanOrEqual(60);
  });

  it('compiles under the project’s own rules', { timeout: 120_000 }, () => {
    const config = join(folder, 'tsconfig.json');
    const compilerOptions = { noEmit: true, rootDir: root, types: ['node'] };
    writeFileSync(
      config,
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files: [file] }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const compile = (): string =>
      execFileSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8', cwd: root });
    expect(compile()).toBe('');
  });

  it('refuses what is no board and rejects what is no notice', async () => {
    const kind = await load();
    const source = { name: 'papan', allowPrivate: false, options: { url: 'https://papan.example/notices' } };
    const payload = (text: string) => ({
      body: Buffer.from(text),
      text,
      from: 'rekaman',
      headers: {},
      receivedAt: '2026-11-22T05:00:00.000Z',
    });
    await expect(kind.parse(source, payload('<html>'))).rejects.toMatchObject({ kind: 'not-json' });
    const { posts, rejects } = await kind.parse(
      source,
      payload('{"notices":[{"id":1},{"id":2,"body":"Ada","at":"2026-11-01"}]}'),
    );
    expect([posts.map((post) => post.id), rejects.map((reject) => reject.kind)]).toEqual([
      ['papan.example:2'],
      ['not-a-notice'],
    ]);
    expect(kind.options.safeParse({ url: 'https://x.com/notices' }).success).toBe(false);
  });
});

collectorContract('papan, of docs/adding-a-collector.md', async () => {
  const kind = await load();
  const sent: Buffer[] = [];
  const server = await serve({
    '/notices': (request, response) => {
      const after = Number(new URL(request.path, 'http://papan').searchParams.get('after'));
      const found = notices.filter(({ id }) => id > after).slice(0, 50);
      const bytes = Buffer.from(JSON.stringify({ notices: found }));
      sent.push(bytes);
      body(bytes, { 'content-type': 'application/json' })(request, response);
    },
  });
  const clock = new SimulatedClock();
  const conditional = { getConditional: () => undefined, setConditional: () => undefined };
  const fetcher = createFetcher({ clock, conditional, version: '0.1.0' });
  const options = { url: `${server.url}/notices` };
  return {
    create: () => kind.create({ name: 'papan', allowPrivate: true, options }),
    context: { fetcher, clock },
    expected: notices.map((notice) => ({
      text: notice.body,
      createdAt: notice.at,
      ...(notice.by === undefined ? {} : { author: { handle: 'akun_fiksi' } }),
    })),
    received: () => sent,
    close: async () => {
      await fetcher.close();
      await server.close();
    },
  };
});
