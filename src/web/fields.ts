import type { Context } from 'hono';
import type { Fields } from './route.js';

/** Most bytes of what is sent; a note has 2,000 characters. */
export const MAX_BODY_BYTES = 65_536;
const MAX_FIELDS = 200;

/** A urlencoded form or a flat JSON object of strings, numbers, booleans and lists of them; bounded before it is read. */
export async function readFields(
  c: Context,
): Promise<{ readonly fields: Fields } | { readonly fault: 'too-large' | 'unreadable' }> {
  const declared = Number(c.req.header('content-length') ?? 0);
  if (declared > MAX_BODY_BYTES) return { fault: 'too-large' };
  const text = await readBounded(c.req.raw.body);
  if (text === undefined) return { fault: 'too-large' };
  const type = c.req.header('content-type') ?? '';
  const pairs = type.startsWith('application/json') ? jsonPairs(text) : formPairs(type, text);
  if (pairs === undefined) return { fault: 'unreadable' };
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of pairs) {
    count += 1;
    if (count > MAX_FIELDS) return { fault: 'too-large' };
    const known = fields.get(name);
    if (known === undefined) fields.set(name, [value]);
    else known.push(value);
  }
  return { fields };
}

/** A body as text; undefined where it has more than {@link MAX_BODY_BYTES}, and read no further then. */
export async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > MAX_BODY_BYTES) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function formPairs(type: string, text: string): Iterable<readonly [string, string]> | undefined {
  if (text === '') return [];
  return type.startsWith('application/x-www-form-urlencoded') ? new URLSearchParams(text) : undefined;
}

function jsonPairs(text: string): (readonly [string, string])[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const pairs: (readonly [string, string])[] = [];
  for (const [name, held] of Object.entries(value)) {
    for (const each of Array.isArray(held) ? held : [held]) {
      if (each === null) continue;
      if (typeof each === 'object') return undefined;
      pairs.push([name, String(each)]);
    }
  }
  return pairs;
}
