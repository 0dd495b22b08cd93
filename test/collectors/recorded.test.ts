import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectorKind } from '../../src/collectors/registry.js';

/** Payloads as places give them, with what must come of each: `fixtures/collectors/<kind>/<case>/`. */

const folder = resolve(import.meta.dirname, '../../fixtures/collectors');
const KINDS = ['mastodon', 'bluesky'].filter((kind) => collectorKind(kind) !== undefined);
const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json; charset=utf-8',
  '.jsonl': 'application/jsonl',
  '.txt': 'text/plain',
};

const cases = KINDS.flatMap((kind) =>
  (existsSync(join(folder, kind)) ? readdirSync(join(folder, kind)) : []).map(
    (name) => [kind, name] as const,
  ),
);

function linesOf(path: string): unknown[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe('a recorded payload', () => {
  it.each(cases)('of %s, %s, gives the posts, rejects and withdrawals that it holds', async (kind, name) => {
    const path = join(folder, kind, name);
    const file = readdirSync(path).find((each) => each.startsWith('payload.')) ?? '';
    const body = readFileSync(join(path, file));
    const parsed = await collectorKind(kind)?.parse(
      { name: 'rekaman', allowPrivate: false, options: {} },
      {
        body,
        text: body.toString('utf8'),
        from: file,
        headers: { 'content-type': TYPES[extname(file)] ?? '' },
        receivedAt: '2026-11-22T05:00:00.000Z',
      },
    );
    const expected = linesOf(join(path, 'expected.jsonl'));
    expect(parsed?.posts).toMatchObject(expected);
    expect(parsed?.posts).toHaveLength(expected.length);
    expect(parsed?.rejects).toMatchObject(linesOf(join(path, 'rejects.jsonl')));
    expect(parsed?.withdrawn ?? []).toMatchObject(linesOf(join(path, 'withdrawn.jsonl')));
    for (const { record } of parsed?.posts ?? []) expect(body.includes(record?.bytes ?? '?')).toBe(true);
  });

  const foreign: [name: string, body: string, kind: string][] = [
    ['an HTML page', '<!doctype html><title>Dalam perbaikan</title>', 'not-json'],
    [
      'half a body',
      '[{"id":"1","uri":"https://rukun.example/users/a/statuses/1","content":"<p>se',
      'broken-json',
    ],
    ['nothing', '', 'not-json'],
    ['plain words', 'maaf, sedang dirawat', 'not-json'],
    ['a bare value', '"ok"', 'not-json'],
  ];
  it.each(KINDS.flatMap((kind) => foreign.map((each) => [kind, ...each] as const)))(
    'that is none of %s, %s, is refused',
    async (kind, _name, text, fault) => {
      const payload = {
        body: Buffer.from(text),
        text,
        from: 'rekaman',
        headers: {},
        receivedAt: '2026-11-22T05:00:00.000Z',
      };
      const parsing = collectorKind(kind)?.parse(
        { name: 'rekaman', allowPrivate: false, options: {} },
        payload,
      );
      await expect(parsing).rejects.toMatchObject({ name: 'PermanentError', kind: fault });
    },
  );
});
