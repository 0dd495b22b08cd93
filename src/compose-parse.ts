/**
 * Recorded payloads through a kind's parse, each file by itself: in a thread of its own, so that a file that ends it
 * (memory) or never ends takes nobody with it. The thread imports the collectors alone.
 */
import { readFileSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CollectorKind } from './collectors/collector-kind.js';
import { collectorKind, collectorKinds } from './collectors/registry.js';
import type { SourceConfig } from './config.js';
import type { Claim } from './core/claim.js';
import type { Reject } from './core/collector-ports.js';
import { CannotRunError, kindOf, messageOf, PermanentError } from './core/errors.js';
import type { Post } from './core/post.js';
import { decodeBody } from './fetch/charset.js';

/** A larger file is refused: what a place answers is a small part of it. */
const MAX_FILE_BYTES = 64_000_000;
/** A file that is not read by then never will be, ms. */
const PATIENCE_MS = 60_000;
const MAX_HEAP_MB = 1_500;
/** Why a line is left out that is no row at all; a file that has no other is not of the kind. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'bad-json',
  'invalid-utf8',
  'unclosed-quote',
  'not-an-object',
]);

/** What a file came to. */
export type ParsedFile =
  | ({ readonly file: string } & ParsedPayload)
  | { readonly file: string; readonly error: string };

/** What a payload held. */
interface ParsedPayload {
  readonly posts: readonly Post[];
  readonly claims: readonly Claim[];
  readonly rejects: readonly RejectLine[];
}

type RejectLine = Pick<Reject, 'at' | 'kind' | 'reason'>;

/** A source as {@link parsePayloadFile} needs it: it crosses into a thread. */
export interface ParseSource extends Omit<SourceConfig, 'schedule'> {
  /** The address that payloads are taken to come from, where one was given: links are resolved and posts named by it. */
  readonly address?: string;
}

/**
 * The source that recorded payloads are read as: of the configuration, or made of options for this alone.
 * @throws CannotRunError `no-kind`, `bad-options`
 */
export function parseSource(
  kind: string,
  given: Readonly<Record<string, unknown>>,
  configured: SourceConfig | undefined,
): ParseSource {
  const known = collectorKind(kind);
  if (known === undefined) {
    const kinds = collectorKinds.map((one) => one.kind).join(', ');
    throw new CannotRunError('no-kind', `There is no kind of source "${kind}"; there are: ${kinds}.`);
  }
  if (configured !== undefined && configured.kind !== kind) {
    throw new CannotRunError(
      'bad-options',
      `Source ${configured.name} is of the kind ${configured.kind}, not ${kind}.`,
    );
  }
  const own = { ...(configured?.options as Readonly<Record<string, unknown>> | undefined), ...given };
  const result = known.options.safeParse({ ...madeUp(known, own), ...own });
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new CannotRunError(
      'bad-options',
      `The kind ${kind} cannot read so: ${faults.join('; ')}. Give it with --option key=value, or a source with --config-source.`,
    );
  }
  const { schedule: _, ...source } = configured ?? { name: kind, kind, allowPrivate: false, options: {} };
  return { ...source, options: result.data, ...(typeof own.url === 'string' ? { address: own.url } : {}) };
}

/** Values for keys that a kind asks for: an address, a name, a list, a number. */
const MADE_UP: readonly unknown[] = [
  'https://rekaman.invalid/',
  'rekaman_001',
  'rekaman',
  'REKAMAN_RAHASIA',
  ['rekaman'],
  1,
  true,
];

/** Where a source is fetched from, and with what secret, does not matter to what was recorded of it: keys are made up. */
function madeUp(
  { options }: Pick<CollectorKind, 'options'>,
  own: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const tried = new Map<string, number>();
  const made: Record<string, unknown> = {};
  for (let round = 0; round < 2 * MADE_UP.length; round += 1) {
    const result = options.safeParse({ ...made, ...own });
    if (result.success) break;
    const keys = new Set(result.error.issues.flatMap(({ path }) => path.slice(0, 1).map(String)));
    for (const key of keys) {
      if (key in own) continue;
      const next = tried.get(key) ?? 0;
      if (next < MADE_UP.length) made[key] = MADE_UP[next];
      else delete made[key];
      tried.set(key, next + 1);
    }
  }
  return made;
}

/**
 * A file's posts by its kind's parse.
 * @throws CannotRunError where the file cannot be read, PermanentError where it is not of the kind
 */
async function parsePayloadFile(source: ParseSource, file: string): Promise<ParsedPayload> {
  const size = sizeOf(file);
  if (size > MAX_FILE_BYTES) {
    throw new PermanentError(
      'too-large',
      `it has ${size} bytes, at most ${MAX_FILE_BYTES} are read as one payload; split it, or give posts of a file to "ronda batch"`,
    );
  }
  const body = readFileSync(file);
  const kind = collectorKind(source.kind);
  if (kind === undefined) throw new CannotRunError('no-kind', `there is no kind "${source.kind}"`);
  const {
    posts,
    rejects,
    claims = [],
  } = await kind.parse(source, {
    body,
    text: decodeBody(body, undefined),
    from: source.address ?? file,
    headers: {},
    receivedAt: new Date().toISOString(),
  });
  const [first] = rejects;
  if (first !== undefined && posts.length === 0 && rejects.every(({ kind: what }) => UNREADABLE.has(what))) {
    throw new PermanentError(first.kind, `nothing in it can be read; ${first.at}: ${first.reason}`);
  }
  return {
    posts,
    claims,
    rejects: rejects.map(({ at, kind: what, reason }) => ({ at, kind: what, reason })),
  };
}

function sizeOf(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() === true) return found.size;
  throw new CannotRunError('no-file', found === undefined ? 'there is no such file' : 'it is no file');
}

/** What a thread of workers/parse.ts is asked, and answers. */
export interface ParseOrder {
  readonly source: ParseSource;
  readonly file: string;
}
export type ParseAnswer = ParsedFile;

/** Answers an order; whatever is thrown is the file's error. */
export async function answerParse({ source, file }: ParseOrder): Promise<ParseAnswer> {
  try {
    return { file, ...(await parsePayloadFile(source, file)) };
  } catch (error) {
    return { file, error: `${kindOf(error)}: ${messageOf(error)}` };
  }
}

/** Reads files one after the other, in order; one that ends its thread, or never ends, is an error like any other. */
export async function* parseFiles(
  source: ParseSource,
  files: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ParsedFile> {
  let thread: Worker | undefined;
  try {
    for (const file of files) {
      if (signal.aborted) return;
      thread ??= new Worker(new URL('../workers/parse.js', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
        stdout: true,
      });
      const answer = await ask(thread, { source, file });
      if (answer === 'lost' || answer === 'late') {
        await thread.terminate();
        thread = undefined;
        const why =
          answer === 'late'
            ? `it was not read in ${PATIENCE_MS / 1_000} s`
            : 'reading it took more memory than there is, or ended the reader';
        yield { file, error: `${answer === 'late' ? 'timeout' : 'reader-lost'}: ${why}` };
      } else yield answer;
    }
  } finally {
    await thread?.terminate();
  }
}

function ask(thread: Worker, order: ParseOrder): Promise<ParseAnswer | 'lost' | 'late'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done('late'), PATIENCE_MS);
    const lost = (): void => done('lost');
    const done = (answer: ParseAnswer | 'lost' | 'late'): void => {
      clearTimeout(timer);
      thread.off('message', done).off('exit', lost);
      resolve(answer);
    };
    // Without a listener an error of the thread would end the process; its exit follows.
    if (thread.listenerCount('error') === 0) thread.on('error', () => undefined);
    thread.once('message', done).once('exit', lost);
    thread.postMessage(order);
  });
}
