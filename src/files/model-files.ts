import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, PermanentError } from '../core/errors.js';
import type { ModelFile } from '../core/model-file.js';

/** First bytes of every model file. */
const MAGIC = Buffer.from('RONDAMDL');
/** Length of the header as a 32-bit little-endian number. */
const LENGTH_BYTES = 4;
const HEADER_START = MAGIC.length + LENGTH_BYTES;
const VERSION_DIGITS = 12;

/**
 * The bytes of a model: the magic word, the header's length, a JSON header `{kind, version, weights, header}`
 * and one byte a weight.
 */
export function encodeModel(model: Omit<ModelFile, 'version'>): Buffer {
  const { kind, header, weights } = model;
  const version = hashModel(kind, header, weights);
  const json = Buffer.from(JSON.stringify({ kind, version, weights: weights.length, header }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  return Buffer.concat([MAGIC, length, json, toBytes(weights)]);
}

/**
 * Reads what {@link encodeModel} wrote.
 * @throws PermanentError when the bytes are no model, are cut short or were changed
 */
export function decodeModel(bytes: Buffer, name: string): ModelFile {
  if (bytes.length < HEADER_START || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new PermanentError('bad-model', `${name} is not a model file; train it again with ronda train`);
  }
  const bodyStart = HEADER_START + bytes.readUInt32LE(MAGIC.length);
  const head = parseHead(bytes.subarray(HEADER_START, bodyStart), name);
  const body = bytes.subarray(bodyStart);
  if (body.length !== head.weights) {
    throw new PermanentError(
      'bad-model',
      `${name} holds ${body.length} weights where its header says ${head.weights}; fetch or train it again`,
    );
  }
  const weights = new Int8Array(body.length);
  weights.set(new Int8Array(body.buffer, body.byteOffset, body.length));
  if (hashModel(head.kind, head.header, weights) !== head.version) {
    throw new PermanentError('bad-model', `${name} does not match its own hash; fetch or train it again`);
  }
  return { kind: head.kind, version: head.version, header: head.header, weights };
}

/**
 * Reads a model file.
 * @throws PermanentError when it cannot be read or is not sound
 */
export function readModelFile(path: string): ModelFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new PermanentError('no-model', `the model ${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return decodeModel(bytes, path);
}

/** Writes a model file whole or not at all, and returns its version. */
export function writeModelFile(path: string, model: Omit<ModelFile, 'version'>): string {
  const bytes = encodeModel(model);
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
  return decodeModel(bytes, path).version;
}

/** Where the model of a kind stands below the models' folder. */
export function modelPath(folder: string, kind: ModelFile['kind']): string {
  return join(folder, kind, 'model.bin');
}

/**
 * The seed words that come with the language model (lines `code|word word ...`).
 * @throws PermanentError when they cannot be read
 */
export function readSeedWords(folder: string): string {
  const path = join(folder, 'language', 'seeds.txt');
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PermanentError('no-seeds', `the seed words ${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

interface Head {
  readonly kind: ModelFile['kind'];
  readonly version: string;
  readonly weights: number;
  readonly header: Readonly<Record<string, unknown>>;
}

function parseHead(bytes: Buffer, name: string): Head {
  let head: Partial<Head> | null;
  try {
    head = JSON.parse(bytes.toString('utf8')) as Partial<Head> | null;
  } catch (error) {
    throw new PermanentError('bad-model', `the header of ${name} is not JSON`, { cause: error });
  }
  const kindKnown = head?.kind === 'language' || head?.kind === 'classifier';
  if (
    !head ||
    !kindKnown ||
    typeof head.version !== 'string' ||
    typeof head.weights !== 'number' ||
    typeof head.header !== 'object' ||
    head.header === null
  ) {
    throw new PermanentError('bad-model', `the header of ${name} lacks kind, version, weights or header`);
  }
  return head as Head;
}

function hashModel(kind: string, header: Readonly<Record<string, unknown>>, weights: Int8Array): string {
  const hash = createHash('sha256').update(JSON.stringify({ kind, header })).update(toBytes(weights));
  return hash.digest('hex').slice(0, VERSION_DIGITS);
}

function toBytes(weights: Int8Array): Buffer {
  return Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
}
