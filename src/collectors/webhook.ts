import { z } from 'zod';
import type { CollectedPage, Collector } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { fileOptions } from './file-layout.js';
import { findJsonElements } from './json-elements.js';
import { jsonRows, rowContext } from './rows.js';

const { columns, utc_offset } = fileOptions.shape;

/** Keys of posts that a partner pushes to `/ingest` (web/ingest.ts). */
const webhookOptions = z.strictObject({
  /** Name of the environment variable that holds the partner's own secret, at least 32 characters. */
  secret_env: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{1,99}$/, 'the name of an environment variable, e.g. MITRA_SECRET')
    .refine((name) => !/^RONDA_(SECRET|SECRET_FILE|REDIS)$/.test(name), 'a variable of the partner alone'),
  columns,
  utc_offset,
});

type WebhookSource = SourceSetting<z.output<typeof webhookOptions>>;

/** The posts of one push: a JSON array, an object with `posts`, or one object a line. */
function parsePush(source: WebhookSource, payload: Payload): Parsed {
  const read = jsonRows({ columns: source.options.columns, map: 'none' }, payload.from);
  const context = rowContext(source, source.options.utc_offset, payload.from, payload.receivedAt);
  const posts: Parsed['posts'][number][] = [];
  const rejects: Parsed['rejects'][number][] = [];
  for (const [index, text] of rowsOf(payload.text).entries()) {
    const bytes = Buffer.from(text);
    const place = { offset: 0, end: bytes.length, line: index + 1, length: bytes.length, terminated: true };
    const outcome = read({ bytes, ...place }, context);
    if ('post' in outcome) posts.push(outcome.post);
    else rejects.push({ ...outcome.reject, at: `row ${index + 1}` });
  }
  return { posts, rejects };
}

/** The JSON of each post, as it was sent. */
function rowsOf(body: string): readonly string[] {
  const text = body.trim();
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    const lines = text.split('\n').map((line) => line.trim());
    if (text.startsWith('{') && lines[0]?.endsWith('}') === true) return lines.filter((line) => line !== '');
    throw new PermanentError(
      'bad-json',
      'the body is no JSON; send an array of posts, {"posts": […]}, or one whole object a line',
    );
  }
  // An array is looked through as one under a key.
  const outer = Array.isArray(whole) ? `{"posts":${text}}` : text;
  if (!Array.isArray(whole) && !(isObject(whole) && Array.isArray(whole.posts))) return [text];
  return findJsonElements(outer, 'posts').map(({ start, end }) => outer.slice(start, end));
}

function isObject(value: unknown): value is { readonly posts?: unknown } {
  return typeof value === 'object' && value !== null;
}

/** Nothing is fetched: what is pushed is taken by the server. */
function createWebhookCollector(source: WebhookSource): Collector {
  return {
    source: source.name,
    kind: 'webhook',
    async *collect(): AsyncGenerator<CollectedPage> {},
  };
}

/** Posts that a partner pushes. */
export const webhookKind = defineKind({
  kind: 'webhook',
  options: webhookOptions,
  pushed: true,
  create: createWebhookCollector,
  parse: parsePush,
});
