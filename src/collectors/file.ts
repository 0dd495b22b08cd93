import { basename, extname } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { PermanentError } from '../core/errors.js';
import type { CollectContext, CollectedPage, Collector, Cursor } from '../core/ports.js';
import { type Delimiter, detectDelimiter } from '../text/csv.js';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { HEAD_BYTES, type Input, openFile, streamInput } from './file-input.js';
import { PageBuilder } from './page.js';
import { type RawRecord, RecordSplitter } from './records.js';
import { csvRows, jsonRows, type RowContext, type RowReader } from './rows.js';

const column = z.string().min(1).optional();

/** Keys of a file source. */
export const fileOptions = z.strictObject({
  /** Path of a JSONL or CSV file, or `-` for standard input. */
  path: z.string().min(1),
  format: z.enum(['auto', 'jsonl', 'csv']).default('auto'),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** The row's own name for each of the post's fields, e.g. `{ text: isi, id: no }`. */
  columns: z
    .strictObject({
      id: column,
      text: column,
      created_at: column,
      author: column,
      author_id: column,
      source: column,
      platform: column,
      url: column,
      likes: column,
      reposts: column,
      replies: column,
      views: column,
    })
    .default({}),
  /** Meant where a time names no zone. */
  utc_offset: z
    .string()
    .regex(/^([+-]\d\d:\d\d|Z)$/, 'an offset from UTC, e.g. +07:00')
    .default('Z'),
});

type FileOptions = z.output<typeof fileOptions>;
type FileSource = SourceSetting<FileOptions>;

/** Kinds of fault that the missing rest of a line may mend. */
const HALF_LINE = new Set(['bad-json', 'invalid-utf8', 'unclosed-quote']);

interface Layout {
  readonly format: 'jsonl' | 'csv';
  readonly delimiter: Delimiter;
  /** Bytes of the byte order mark. */
  readonly start: number;
}

/** Finds the format by option, extension and first bytes. */
function layoutOf(head: Buffer, options: FileOptions, name: string): Layout {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new PermanentError('utf-16', `${name}: the file is UTF-16; save it as UTF-8`);
  }
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const first = head.toString('latin1', start).trimStart();
  const extension = extname(name).toLowerCase();
  let format = options.format;
  if (format === 'auto') {
    if (['.csv', '.tsv'].includes(extension)) format = 'csv';
    else if (['.jsonl', '.ndjson'].includes(extension)) format = 'jsonl';
    else format = /^[{[]|^$/.test(first) ? 'jsonl' : 'csv';
  }
  if (format === 'jsonl' && first.startsWith('[')) {
    const example = "e.g. by jq -c '.[]'";
    throw new PermanentError(
      'not-jsonl',
      `${name}: the file is one JSON array; write one object a line, ${example}`,
    );
  }
  const line = head.toString('utf8', start).split('\n', 1)[0] ?? '';
  return { format, delimiter: options.delimiter ?? detectDelimiter(line), start };
}

function splitterOf(layout: Layout, offset: number, line: number): RecordSplitter {
  const delimiter = layout.format === 'csv' ? { delimiter: layout.delimiter.charCodeAt(0) } : {};
  return new RecordSplitter({ offset, line, ...delimiter });
}

/** Turns records into rows: the header first where there is one, blank lines skipped. */
class RowSource {
  readonly #layout: Layout;
  readonly #options: FileOptions;
  readonly #name: string;
  #reader: RowReader | undefined;

  constructor(layout: Layout, options: FileOptions, name: string) {
    this.#layout = layout;
    this.#options = options;
    this.#name = name;
    if (layout.format === 'jsonl') this.#reader = jsonRows(options.columns);
  }

  /** Takes the header; true when the record was it. */
  takesHeader(record: RawRecord): boolean {
    if (this.#reader !== undefined) return false;
    if (record.fault !== undefined) {
      throw new PermanentError(
        'bad-header',
        `${this.#name}: the header row cannot be read (${record.fault})`,
      );
    }
    const header = record.bytes.toString('utf8');
    this.#reader = csvRows(header, this.#layout.delimiter, this.#options.columns, this.#name);
    return true;
  }

  read(record: RawRecord, context: RowContext): ReturnType<RowReader> {
    if (this.#reader === undefined) throw new Error('the header comes before the rows');
    return this.#reader(record, context);
  }
}

function isBlank(record: RawRecord): boolean {
  return (
    record.fault === undefined && record.bytes.length < 64 && /^\s*$/.test(record.bytes.toString('latin1'))
  );
}

function contextOf(source: FileSource, from: string, receivedAt: string): RowContext {
  return {
    source: source.name,
    from,
    receivedAt,
    utcOffset: source.options.utc_offset,
    ...(source.region === undefined ? {} : { region: source.region }),
  };
}

/** The pure part: all rows of a file that is held whole. */
export function parseFile(source: FileSource, payload: Payload): Parsed {
  const layout = layoutOf(payload.body.subarray(0, HEAD_BYTES), source.options, payload.from);
  const rows = new RowSource(layout, source.options, payload.from);
  const splitter = splitterOf(layout, layout.start, 1);
  const context = contextOf(source, basename(payload.from), payload.receivedAt);
  const posts: Parsed['posts'][number][] = [];
  const rejects: Parsed['rejects'][number][] = [];
  for (const record of [...splitter.push(payload.body.subarray(layout.start)), ...splitter.end()]) {
    if (isBlank(record) || rows.takesHeader(record)) continue;
    const outcome = rows.read(record, context);
    if ('post' in outcome) posts.push(outcome.post);
    else rejects.push(outcome.reject);
  }
  return { posts, rejects };
}

/**
 * Collects a JSONL or CSV file, or standard input, in pages of at most a job's posts, resumable at the byte.
 * A file that grows is read on where it was left; one that was replaced is read anew (ids make that harmless).
 */
export function createFileCollector(
  source: FileSource,
  stdin: () => Readable = () => process.stdin,
): Collector {
  const { path } = source.options;
  return {
    source: source.name,
    kind: 'file',
    collect: (cursor, context) =>
      collectFile(
        source,
        path === '-' ? () => streamInput(stdin(), context.signal) : () => openFile(path, context.signal),
        cursor,
        context,
      ),
  };
}

async function* collectFile(
  source: FileSource,
  openInput: () => Promise<Input>,
  cursor: Cursor | undefined,
  { clock, signal }: CollectContext,
): AsyncGenerator<CollectedPage> {
  const { path } = source.options;
  const name = path === '-' ? '-' : basename(path);
  const input = await openInput();
  try {
    const layout = layoutOf(input.head, source.options, name);
    const rows = new RowSource(layout, source.options, name);
    const place = (await resumeAt(cursor, input)) ?? { offset: layout.start, line: 1, half: 0 };
    if (place.half > 0 && input.size === place.offset + place.half) return;
    if (place.offset > layout.start) readHeader(layout, input.head, rows);
    const splitter = splitterOf(layout, place.offset, place.line);
    const page = new PageBuilder();
    let end = place.offset;
    let nextLine = place.line;
    let half = 0;
    let lastSaved = { end, nextLine, half };
    const finish = async (): Promise<CollectedPage> => {
      const { posts, rejects } = page.take();
      lastSaved = { end, nextLine, half };
      const seal = await input.seal(end);
      const progress =
        input.size === undefined || input.size === 0 ? {} : { progress: Math.min(1, end / input.size) };
      return {
        posts,
        rejects,
        cursor: { offset: end, line: nextLine, half, ...(seal === undefined ? {} : { seal }) },
        ...progress,
      };
    };
    let context = contextOf(source, name, new Date(clock.now()).toISOString());
    const take = async function* (records: readonly RawRecord[]): AsyncGenerator<CollectedPage> {
      for (const record of records) {
        if (!isBlank(record) && !rows.takesHeader(record)) {
          const outcome = rows.read(record, context);
          if ('post' in outcome) {
            if (page.overflows(outcome.post)) yield await finish();
            page.add(outcome.post);
          } else {
            if (page.fullOfRejects) yield await finish();
            page.reject(outcome.reject);
            if (!record.terminated && input.size !== undefined && HALF_LINE.has(outcome.reject.kind)) {
              // Somebody may still be writing the line: it is rejected now and looked at again once the file grows.
              half = record.length;
              return;
            }
          }
        }
        end = record.end;
        nextLine = record.line + linesIn(record);
      }
    };
    for await (const chunk of input.chunks(place.offset)) {
      signal.throwIfAborted();
      context = contextOf(source, name, new Date(clock.now()).toISOString());
      yield* take(splitter.push(chunk));
    }
    yield* take(splitter.end());
    if (!page.empty || end !== lastSaved.end || half !== lastSaved.half) yield await finish();
  } finally {
    await input.close();
  }
}

function linesIn(record: RawRecord): number {
  if (record.fault !== undefined) return 1;
  let lines = 1;
  for (let at = record.bytes.indexOf(10); at >= 0; at = record.bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}

function readHeader(layout: Layout, head: Buffer, rows: RowSource): void {
  if (layout.format !== 'csv') return;
  const splitter = splitterOf(layout, layout.start, 1);
  const first = [...splitter.push(head.subarray(layout.start)), ...splitter.end()].find(
    (record) => !isBlank(record),
  );
  if (first !== undefined) rows.takesHeader(first);
}

async function resumeAt(
  cursor: Cursor | undefined,
  input: Input,
): Promise<{ offset: number; line: number; half: number } | undefined> {
  const { offset, line, half, seal } = cursor ?? {};
  if (typeof offset !== 'number' || typeof line !== 'number' || typeof seal !== 'string') return undefined;
  if (input.size === undefined || offset > input.size) return undefined;
  if ((await input.seal(offset)) !== seal) return undefined;
  return { offset, line, half: typeof half === 'number' ? half : 0 };
}

/** Files and standard input. */
export const fileKind = defineKind({
  kind: 'file',
  options: fileOptions,
  create: (source) => createFileCollector(source),
  parse: parseFile,
});
