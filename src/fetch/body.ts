import { type Readable, Transform, type TransformCallback, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { PermanentError, RetryableError } from '../core/errors.js';

/** Layers of compression that a body may have. */
const MAX_ENCODINGS = 3;

export interface BodyLimits {
  /** Cap on the bytes received and on those after decompression. */
  readonly maxBytes: number;
  /** Beyond the cap, keep what was read instead of failing (robots.txt). */
  readonly truncate?: boolean;
}

/**
 * Reads a body to its end within bounds, decompressing as it comes: a bomb is stopped at the cap, not after it.
 * @throws PermanentError `body-too-large`, `unknown-encoding`; RetryableError `body-broken`
 */
export async function readBody(
  stream: Readable,
  contentEncoding: string | undefined,
  limits: BodyLimits,
  place: string,
): Promise<Buffer> {
  const tooLarge = new PermanentError(
    'body-too-large',
    `${place}: the body is larger than ${limits.maxBytes} bytes; raise the source's limit if that is meant`,
  );
  // Truncated, what comes is bounded by what is kept of it, and twice that in its compressed form.
  const counter = new ByteCounter(limits.truncate === true ? 2 * limits.maxBytes : limits.maxBytes, tooLarge);
  const sink = new BoundedSink(limits.maxBytes, tooLarge);
  try {
    const decoders = await decodersOf(stream, contentEncoding, place);
    await pipeline([stream, counter, ...decoders, sink]);
  } catch (error) {
    if (error === tooLarge && limits.truncate === true) return sink.bytes();
    if (isZlibFault(error)) {
      throw new RetryableError('body-broken', `${place}: the compressed body is broken or cut off`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    stream.destroy();
  }
  return sink.bytes();
}

/** Passes bytes on up to a cap. */
class ByteCounter extends Transform {
  #left: number;
  readonly #fault: Error;

  constructor(cap: number, fault: Error) {
    super();
    this.#left = cap;
    this.#fault = fault;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#left -= chunk.length;
    if (this.#left < 0) done(this.#fault);
    else done(null, chunk);
  }
}

/** Keeps bytes up to a cap. */
class BoundedSink extends Writable {
  readonly #chunks: Buffer[] = [];
  #left: number;
  readonly #fault: Error;

  constructor(cap: number, fault: Error) {
    super();
    this.#left = cap;
    this.#fault = fault;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const kept = chunk.length > this.#left ? chunk.subarray(0, this.#left) : chunk;
    if (kept.length > 0) this.#chunks.push(kept);
    this.#left -= chunk.length;
    done(this.#left < 0 ? this.#fault : null);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}

async function decodersOf(
  stream: Readable,
  contentEncoding: string | undefined,
  place: string,
): Promise<Transform[]> {
  const names = (contentEncoding ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > MAX_ENCODINGS) throw unknownEncoding(place, `${names.length} layers of compression`);
  const decoders: Transform[] = [];
  for (const name of names.reverse()) {
    if (name === 'gzip' || name === 'x-gzip') decoders.push(createGunzip());
    else if (name === 'br') decoders.push(createBrotliDecompress());
    else if (name === 'deflate')
      decoders.push((await hasZlibHeader(stream)) ? createInflate() : createInflateRaw());
    else throw unknownEncoding(place, `content-encoding "${name.slice(0, 40)}"`);
  }
  return decoders;
}

function unknownEncoding(place: string, what: string): PermanentError {
  return new PermanentError(
    'unknown-encoding',
    `${place}: the answer has ${what}; gzip, br and deflate are understood`,
  );
}

/** Some servers mean raw DEFLATE by `deflate`; the first byte of zlib's wrapping tells. */
async function hasZlibHeader(stream: Readable): Promise<boolean> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    stream.unshift(chunk);
    return Buffer.isBuffer(chunk) && ((chunk[0] ?? 0) & 0x0f) === 8;
  }
  return true;
}

function isZlibFault(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  return (
    code.startsWith('Z_') ||
    code.startsWith('ERR_BROTLI') ||
    code.startsWith('ERR__ERROR_FORMAT') ||
    code.startsWith('ERR__ERROR')
  );
}
