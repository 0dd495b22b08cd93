import { hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { PermanentError, RetryableError } from '../core/errors.js';

const CHUNK_BYTES = 262_144;
/** Bytes read ahead to tell what a file is. */
export const HEAD_BYTES = 65_536;
/** Bytes at the head of a file and before the cursor by which it is known again. */
const SEAL_BYTES = 1_024;

/** Bytes of a file or a stream, in order. */
export interface Input {
  readonly head: Buffer;
  /** Whole size in bytes, where it is known. */
  readonly size?: number;
  /** Chunks from this offset to the end as it is then. */
  chunks(from: number): AsyncIterable<Buffer>;
  /** Hash of the bytes by which the place before `offset` is known again; nothing where that cannot be asked. */
  seal(offset: number): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Opens a file, or a named pipe.
 * @throws PermanentError kinds `file-missing`, `file-unreadable`, `not-a-file`.
 */
export async function openFile(path: string, signal: AbortSignal): Promise<Input> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    throw fileFault(path, error);
  }
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) {
      throw new PermanentError('not-a-file', `${path} is a folder; name a JSONL or CSV file`);
    }
    if (!stat.isFile())
      return await streamInput(handle.createReadStream({ highWaterMark: CHUNK_BYTES }), signal);
    const head = await readAt(handle, path, 0, HEAD_BYTES);
    return {
      head,
      size: stat.size,
      chunks: (from) => fileChunks(handle, path, from),
      seal: async (offset) => {
        const length = Math.min(SEAL_BYTES, offset);
        const tail = await readAt(handle, path, offset - length, length);
        return hash('sha256', Buffer.concat([head.subarray(0, length), tail])).slice(0, 32);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* fileChunks(handle: FileHandle, path: string, from: number): AsyncGenerator<Buffer> {
  let position = from;
  for (;;) {
    const chunk = await readAt(handle, path, position, CHUNK_BYTES);
    if (chunk.length === 0) return;
    position += chunk.length;
    yield chunk;
  }
}

/** Up to `length` bytes at `position`, fewer at the end only. */
async function readAt(handle: FileHandle, path: string, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  try {
    while (filled < length) {
      const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
  } catch (error) {
    throw fileFault(path, error);
  }
  return buffer.subarray(0, filled);
}

/** Standard input or a pipe: read once from its beginning, not resumable (ids make a second reading harmless). */
export async function streamInput(stream: Readable, signal: AbortSignal): Promise<Input> {
  addAbortSignal(signal, stream);
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const next = async (): Promise<Buffer | undefined> => {
    const { done, value } = await iterator.next();
    if (done === true) return undefined;
    return typeof value === 'string' ? Buffer.from(value) : value;
  };
  let head = Buffer.alloc(0);
  while (head.length < HEAD_BYTES && !/\S[^\n]*\n/.test(head.toString('latin1'))) {
    const chunk = await next();
    if (chunk === undefined) break;
    head = Buffer.concat([head, chunk]);
  }
  return {
    head,
    async *chunks(from) {
      yield head.subarray(from);
      for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
    },
    seal: async () => undefined,
    close: async () => {
      await iterator.return?.();
    },
  };
}

function fileFault(path: string, error: unknown): PermanentError | RetryableError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const cause = { cause: error };
  if (code === 'ENOENT') {
    return new PermanentError('file-missing', `${path}: there is no such file; check the path`, cause);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new PermanentError(
      'file-unreadable',
      `${path}: not allowed to read it; check its permissions`,
      cause,
    );
  }
  if (code === 'EISDIR') return new PermanentError('not-a-file', `${path} is a folder; name a file`, cause);
  return new RetryableError('file-read', `${path}: reading failed (${code}); it is tried again`, cause);
}
