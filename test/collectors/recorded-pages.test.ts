import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectorKind } from '../../src/collectors/registry.js';
import { decodeBody } from '../../src/fetch/charset.js';

/** Pages, feeds and answers as places give them, with what must come of each: `fixtures/collectors/<kind>/<case>/`. */

const folder = resolve(import.meta.dirname, '../../fixtures/collectors');
const KINDS = ['feed', 'web', 'telegram', 'youtube', 'gdelt', 'factcheck'];
const cases = KINDS.flatMap((kind) => readdirSync(join(folder, kind)).map((name) => [kind, name] as const));

function linesOf(path: string): unknown[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}

function jsonOf(path: string): object | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as object) : undefined;
}

async function read(kind: string, body: Buffer, from: string, options: unknown = {}) {
  const parsed = await collectorKind(kind)?.parse(
    { name: 'rekaman', allowPrivate: false, options },
    {
      body,
      text: decodeBody(body, undefined),
      from,
      headers: {},
      receivedAt: '2026-11-22T05:00:00.000Z',
    },
  );
  if (parsed === undefined) throw new Error(`no such kind: ${kind}`);
  return parsed;
}

describe('a recorded body', () => {
  it.each(cases)('of %s, %s, gives what it holds, or the fault that it is', async (kind, name) => {
    const path = join(folder, kind, name);
    const file = readdirSync(path).find((each) => each.startsWith('payload.')) ?? '';
    const body = readFileSync(join(path, file));
    const reading = read(kind, body, file, jsonOf(join(path, 'options.json')));
    const fault = jsonOf(join(path, 'error.json'));
    if (fault !== undefined) {
      await expect(reading).rejects.toMatchObject(fault);
      return;
    }
    const { posts, rejects, claims = [] } = await reading;
    for (const [found, lines] of [
      [posts, linesOf(join(path, 'expected.jsonl'))],
      [rejects, linesOf(join(path, 'rejects.jsonl'))],
      [claims, linesOf(join(path, 'claims.jsonl'))],
    ] as const) {
      expect(found).toMatchObject(lines);
      expect(found).toHaveLength(lines.length);
    }
    for (const { record } of posts) {
      const bytes = Buffer.from(record?.bytes ?? '', record?.encoding === 'base64' ? 'base64' : 'utf8');
      expect(body.includes(bytes)).toBe(true);
    }
  });

  it('of one kind is refused by every other, and none throws anything but a fault of its own', async () => {
    const wrong: string[] = [];
    for (const [kind, name] of cases) {
      if (existsSync(join(folder, kind, name, 'error.json'))) continue;
      const file = readdirSync(join(folder, kind, name)).find((each) => each.startsWith('payload.')) ?? '';
      const body = readFileSync(join(folder, kind, name, file));
      for (const other of KINDS.filter((each) => each !== kind && each !== 'web')) {
        // A fact-checker's feed is a feed, and a feed may be a fact-checker's.
        if (
          [kind, other].toSorted().join() === 'factcheck,feed' &&
          !['claim-review', 'search'].includes(name)
        )
          continue;
        const outcome = await read(other, body, file).catch((error: unknown) => error);
        const refused = outcome instanceof Error && outcome.name === 'PermanentError';
        if (!refused) wrong.push(`${kind}/${name} as ${other}: ${String(outcome)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
