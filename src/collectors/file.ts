import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { CollectContext, CollectedPage, Collector, Cursor } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import { defineKind, type Parsed, type Payload, type SourceSetting } from './collector-kind.js';
import { HEAD_BYTES, type Input, openFile, streamInput } from './file-input.js';
import { type FileOptions, fileOptions, type Layout, layoutOf } from './file-layout.js';
import { recognised } from './file-rows.js';
import { collectWorkbook, parseWorkbook } from './file-workbook.js';
import { PageBuilder } from './page.js';
import { type RawRecord, RecordSplitter } from './records.js';
import type { RowPlan } from './row-plan.js';
import { csvRows, jsonRows, type RowContext, type RowReader, rowContext } from './rows.js';

type FileSource = SourceSetting<FileOptions>;

/** Kinds of fault that the missing rest of a line may mend. */
const HALF_LINE = new Set(['bad-json', 'invalid-utf8', 'unclosed-quote']);

function splitterOf(layout: Layout, offset: number, line: number): RecordSplitter {
  const delimiter = layout.format === 'csv' ? { delimiter: layout.delimiter.charCodeAt(0) } : {};
  return new RecordSplitter({ offset, line, ...delimiter });
}

/** Turns records into rows: the header first where there is one, blank lines skipped. */
class RowSource {
  readonly #layout: Layout;
  readonly #options: FileOptions;
  readonly #name: string;
  readonly #onKnown: (plan: RowPlan) => void;
  #reader: RowReader | undefined;

  constructor(layout: Layout, options: FileOptions, name: string, onKnown: (plan: RowPlan) => void) {
    this.#layout = layout;
    this.#options = options;
    this.#name = name;
    this.#onKnown = onKnown;
    if (layout.format === 'jsonl') this.#reader = jsonRows(options, name, onKnown);
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
    const { delimiter } = this.#layout;
    this.#reader = csvRows(header, delimiter, this.#options, this.#name, this.#onKnown);
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

/** The pure part: all rows of a file that is held whole. */
async function parseFile(source: FileSource, payload: Payload): Promise<Parsed> {
  const layout = layoutOf(payload.body.subarray(0, HEAD_BYTES), source.options, payload.from);
  const context = rowContext(source, source.options.utc_offset, basename(payload.from), payload.receivedAt);
  if (layout.format === 'xlsx') return await parseWorkbook(source, payload, context);
  const rows = new RowSource(layout, source.options, payload.from, () => undefined);
  const splitter = splitterOf(layout, layout.start, layout.line);
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
 * Collects a JSONL, CSV or XLSX file, or standard input, in pages of at most a job's posts, resumable at the byte (a
 * workbook: at the row).
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
    if (layout.format === 'xlsx') {
      yield* collectWorkbook(source, input, name, cursor, { clock, signal });
      return;
    }
    const rows = new RowSource(layout, source.options, name, (plan) => recognised(source, plan));
    const place = (await resumeAt(cursor, input)) ?? { offset: layout.start, line: layout.line, half: 0 };
    if (place.half > 0 && input.size === place.offset + place.half) return;
    if (place.offset > layout.start) readFirst(layout, input.head, rows, source);
    const splitter = splitterOf(layout, place.offset, place.line);
    const page = new PageBuilder();
    let end = place.offset;
    let nextLine = place.line;
    let half = 0;
    let lastSaved = { end, nextLine, half };
    const finish = async (): Promise<CollectedPage> => {
      const taken = page.take();
      lastSaved = { end, nextLine, half };
      const seal = await input.seal(end);
      const progress =
        input.size === undefined || input.size === 0 ? {} : { progress: Math.min(1, end / input.size) };
      return {
        ...taken,
        cursor: { offset: end, line: nextLine, half, ...(seal === undefined ? {} : { seal }) },
        ...progress,
      };
    };
    let context = rowContext(source, source.options.utc_offset, name, new Date(clock.now()).toISOString());
    const take = async function* (records: readonly RawRecord[]): AsyncGenerator<CollectedPage> {
      for (const record of records) {
        if (!isBlank(record) && !rows.takesHeader(record)) {
          const outcome = rows.read(record, context);
          if ('post' in outcome) {
            if (page.overflows(outcome.post)) yield await finish();
            page.add(outcome.post, outcome.untimed);
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
      context = rowContext(source, source.options.utc_offset, name, new Date(clock.now()).toISOString());
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

/** Reads what stands first, by which the rows are understood: the header, or of JSON the first object. */
function readFirst(layout: Layout, head: Buffer, rows: RowSource, source: FileSource): void {
  const splitter = splitterOf(layout, layout.start, layout.line);
  const first = [...splitter.push(head.subarray(layout.start)), ...splitter.end()].find(
    (record) => !isBlank(record),
  );
  if (first !== undefined && !rows.takesHeader(first))
    rows.read(first, rowContext(source, source.options.utc_offset, '', ''));
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
