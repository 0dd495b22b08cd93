/** Lines of streams and files that commands read whole, JSONL for the most part. A part of compose.ts. */
import { createReadStream, existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { RecordSplitter } from './collectors/records.js';
import { CannotRunError } from './core/errors.js';

/** Lines of a stream, bounded; a line that is too long or no UTF-8 is a fault in its place. */
export async function* inputLines(
  input: Readable,
): AsyncGenerator<{ readonly text: string } | { readonly fault: string }> {
  const splitter = new RecordSplitter({ offset: 0, line: 1 });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of input) yield* decoded(splitter.push(chunk as Buffer), decoder);
  yield* decoded(splitter.end(), decoder);
}

function* decoded(
  records: ReturnType<RecordSplitter['push']>,
  decoder: InstanceType<typeof TextDecoder>,
): Generator<{ readonly text: string } | { readonly fault: string }> {
  for (const { bytes, fault, length } of records) {
    if (fault !== undefined) {
      yield { fault: `${fault}: ${length} bytes` };
      continue;
    }
    if (bytes.length === 0) continue;
    try {
      yield { text: decoder.decode(bytes) };
    } catch {
      yield { fault: 'invalid-utf8: the line is not UTF-8' };
    }
  }
}

/**
 * Posts of a JSONL file, `{"id","text"}` a line.
 * @throws CannotRunError kind `bad-posts` at the first line that is none, `no-file` where there is no such file
 */
export async function* readPosts(
  file: string,
): AsyncGenerator<{ readonly id: unknown; readonly text: string }> {
  let at = 0;
  for await (const record of readRecords(file)) {
    at += 1;
    const { id = null, text } = (record ?? {}) as { id?: unknown; text?: unknown };
    if (typeof text !== 'string') throw noPost(file, at);
    yield { id, text };
  }
}

/**
 * The values of a JSONL file, one a line.
 * @throws CannotRunError as {@link readPosts} does
 */
export async function* readRecords(file: string): AsyncGenerator<unknown> {
  if (!existsSync(file)) throw new CannotRunError('no-file', `${file} is not there.`);
  let at = 0;
  for await (const line of inputLines(createReadStream(file))) {
    at += 1;
    if ('fault' in line) throw noPost(file, at);
    let record: unknown;
    try {
      record = JSON.parse(line.text);
    } catch {
      throw noPost(file, at);
    }
    yield record;
  }
}

function noPost(file: string, line: number): CannotRunError {
  return new CannotRunError(
    'bad-posts',
    `${file}:${line} is no JSON; write one whole object a line, with "text".`,
  );
}
