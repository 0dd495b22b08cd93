import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonRecords } from '../../src/collectors/json-records.js';
import { findElements, findJsonValue } from '../../src/collectors/json-value.js';
import { collectorKind } from '../../src/collectors/registry.js';
import { PermanentError } from '../../src/core/errors.js';

/** JSON as servers write it: with white space, and with escapes in names. */
const spaced = fc.tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t')).map(([value, space]) => ({
  value,
  text: JSON.stringify(value, null, space),
}));

/** What a kind's parser makes of a text, or how it refuses it. */
function parsed(kind: string, text: string): Promise<unknown> | undefined {
  const payload = {
    body: Buffer.from(text),
    text,
    from: 'rekaman',
    headers: {},
    receivedAt: '2026-11-22T05:00:00.000Z',
  };
  const source = { name: 'rekaman', allowPrivate: false, options: {} };
  return collectorKind(kind)
    ?.parse(source, payload)
    .catch((error: unknown) => error);
}

describe('the own text of a JSON element', () => {
  it('of an array is what it parses to, in order', () => {
    fc.assert(
      fc.property(fc.array(spaced), fc.constantFrom('', ' ', '\n  '), (elements, space) => {
        const text = `${space}[${elements.map((each) => `${space}${each.text}${space}`).join(',')}]${space}`;
        const spans = findElements(text);
        expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(
          elements.map((each) => each.text),
        );
      }),
    );
  });

  it('of an object is that of the last value under its key', () => {
    const key = fc.constantFrom('reblog', 'post', 'a"b', '', 're\u0062log', 'é');
    fc.assert(
      fc.property(fc.array(fc.tuple(key, spaced)), key, (members, sought) => {
        const text = `{${members.map(([name, each]) => ` ${JSON.stringify(name)} : ${each.text} `).join(',')}}`;
        const span = findJsonValue(text, sought);
        const expected = members.findLast(([name]) => name === sought)?.[1].text;
        expect(span === undefined ? undefined : text.slice(span.start, span.end)).toBe(expected);
      }),
    );
    expect(findJsonValue('{"\\u0070ost":1}', 'post')).toEqual({ start: 13, end: 14 });
  });

  it('is found in lines, and lines that are no JSON are kept to be rejected', () => {
    const records = jsonRecords('{"a":1}\r\n\n{"a":\n{"a":2}', 'x', []);
    expect(records.map(({ at, value }) => [at, value])).toEqual([
      ['line 1', { a: 1 }],
      ['line 3', undefined],
      ['line 4', { a: 2 }],
    ]);
  });
});

describe('whatever a place answers', () => {
  const seeds = [
    '[{"id":"1","uri":"https://a.example/1","content":"<p>x</p>","visibility":"public","account":{}}]',
    'event: update\ndata: {"id":"1","uri":"u","content":"x","visibility":"public"}\n\n',
    '{"posts":[{"uri":"at://did:plc:a/app.bsky.feed.post/1","author":{},"record":{"text":"x"}}],"cursor":"1"}',
    '{"did":"did:plc:a","time_us":1,"kind":"commit","commit":{"operation":"create","collection":"app.bsky.feed.post"}}',
  ];
  const broken = fc
    .tuple(fc.constantFrom(...seeds), fc.nat(200), fc.nat(200), fc.string({ maxLength: 6 }))
    .map(([seed, from, length, put]) => seed.slice(0, from) + put + seed.slice(from + length));
  const others = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(fc.jsonValue()).map((values) => JSON.stringify(values)),
  );

  it.each(['mastodon', 'bluesky'])('is posts and rejects, or refused, for %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(broken, others), async (text) => {
        const outcome = await parsed(kind, text);
        if (outcome instanceof PermanentError) expect(outcome.kind).toMatch(/^[a-z-]+$/);
        else expect(outcome).toMatchObject({ posts: expect.any(Array), rejects: expect.any(Array) });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['mastodon', `[${'['.repeat(200_000)}${']'.repeat(200_000)}]`],
    ['mastodon', `[{"id":"1","uri":"u","visibility":"public","content":"${'<div>'.repeat(300_000)}x"}]`],
    ['mastodon', ':\n'.repeat(1_000_000)],
    ['bluesky', '{"did":"did:plc:a","kind":"x"}\n'.repeat(99_000)],
    ['bluesky', `{"posts":[${'{"uri":"at://x"},'.repeat(90_000)}{}]}`],
  ])('is read or refused however much it is, for %s: %#', async (kind, text) => {
    const outcome = await parsed(kind, text);
    expect(outcome instanceof PermanentError || (typeof outcome === 'object' && 'posts' in outcome!)).toBe(
      true,
    );
  });
});
