import { PermanentError } from '../core/errors.js';
import { findJsonElements } from './json-elements.js';
import { findElements } from './json-value.js';

/** An element of a JSON body with its own text. */
export interface JsonRecord {
  /** Where it stands, for messages. */
  readonly at: string;
  /** Its own JSON as received. */
  readonly text: string;
  /** Undefined where a line is no JSON. */
  readonly value: unknown;
}

/** More elements than any place gives in one answer; what is beyond is not read. */
const MAX_RECORDS = 100_000;

/**
 * The elements of an API's answer: of an array, of the arrays under `keys` of an object, the object itself where it
 * has none of them, or one a line (JSON Lines).
 * @throws PermanentError `not-json`, `broken-json`
 */
export function jsonRecords(body: string, from: string, keys: readonly string[]): readonly JsonRecord[] {
  const text = body.trim();
  if (text.startsWith('<')) {
    throw new PermanentError(
      'not-json',
      `${from}: the answer is an HTML or XML page, not JSON; check the address`,
    );
  }
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    if (text.startsWith('[')) throw broken(from);
    return lines(body, from);
  }
  if (Array.isArray(whole)) return take(text, findElements(text), 'element');
  if (typeof whole !== 'object' || whole === null) {
    throw new PermanentError('not-json', `${from}: the answer is a bare value, not what the API gives`);
  }
  const names = new Map(Object.entries(whole).map(([key, value]) => [key, value]));
  const held = keys.filter((key) => Array.isArray(names.get(key)));
  if (held.length === 0) return [{ at: 'the answer', text, value: whole }];
  return held.flatMap((key) => take(text, findJsonElements(text, key.toLowerCase()), key));
}

function take(
  text: string,
  spans: readonly { readonly start: number; readonly end: number }[],
  name: string,
): JsonRecord[] {
  return spans.slice(0, MAX_RECORDS).map(({ start, end }, index) => {
    const own = text.slice(start, end);
    return { at: `${name} ${index + 1}`, text: own, value: JSON.parse(own) };
  });
}

function lines(body: string, from: string): JsonRecord[] {
  const found: JsonRecord[] = [];
  let sound = 0;
  for (const [index, line] of body.split('\n').entries()) {
    const text = line.trim();
    if (text === '' || found.length >= MAX_RECORDS) continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
      if (typeof value === 'object' && value !== null) sound += 1;
    } catch {
      value = undefined;
    }
    found.push({ at: `line ${index + 1}`, text, value });
  }
  if (sound > 0) return found;
  if (body.trim().startsWith('{')) throw broken(from);
  throw new PermanentError('not-json', `${from}: the answer is not JSON; check the address`);
}

function broken(from: string): PermanentError {
  return new PermanentError(
    'broken-json',
    `${from}: the answer begins as JSON and breaks off or is malformed`,
  );
}
