import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { unzipSync } from 'fflate';
import { PermanentError } from '../core/errors.js';
import {
  archiveOf,
  BLOCK_BYTES,
  MANIFEST,
  MAX_PACKET_BYTES,
  MAX_PACKET_FILES,
  type Manifest,
  manifestFile,
  PACKET_PATH,
  type PacketFile,
  SIGNATURE,
  sha256,
} from './packet-format.js';

/** A key that packets are checked with. */
export interface TrustedKey {
  readonly key: KeyObject;
  /** SHA-256 of its SPKI DER, lower-case hex. */
  readonly id: string;
}

/** What is wrong with a packet; the sentences for people stand in words/packet.ts. */
const PACKET_FAULTS = [
  'not-a-packet',
  'too-large',
  'unsafe-name',
  'compressed',
  'no-manifest',
  'other-key',
  'bad-signature',
  'bad-manifest',
  'missing-file',
  'extra-file',
  'changed',
  'repacked',
] as const;
export type PacketFaultKind = (typeof PACKET_FAULTS)[number];

export interface PacketFault {
  readonly ok: false;
  readonly kind: PacketFaultKind;
  /** The file that it is about, by its name in the packet; never a name that could hide on a terminal. */
  readonly file?: string;
  /** The first block that differs, from 0, and where it begins in the file, in bytes. */
  readonly block?: number;
  readonly offset?: number;
  /** Where in the archive its own parts differ, in bytes. */
  readonly archiveOffset?: number;
  /** With `other-key`: the key that the packet names. */
  readonly key?: string;
}

export type PacketCheck =
  | {
      readonly ok: true;
      readonly item: number;
      readonly made: string;
      readonly key: string;
      readonly files: readonly { readonly path: string; readonly bytes: number }[];
    }
  | PacketFault;

/**
 * A public key in PEM (SPKI), or its 32 bytes as hex.
 *
 * @throws PermanentError `bad-key` where it is none, or a private one
 */
export function readPublicKey(text: string): TrustedKey {
  const given = text.trim();
  const bad = (why: string): PermanentError =>
    new PermanentError(
      'bad-key',
      `this is no Ed25519 public key: ${why}; give the PEM of "ronda verify --show-key"`,
    );
  if (/PRIVATE KEY/.test(given)) throw bad('it is a private key, which nobody should be given');
  let key: KeyObject;
  try {
    key = /^[0-9a-f]{64}$/i.test(given)
      ? createPublicKey({
          key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(given, 'hex').toString('base64url') },
          format: 'jwk',
        })
      : createPublicKey(given);
  } catch {
    throw bad('it cannot be read');
  }
  if (key.asymmetricKeyType !== 'ed25519')
    throw bad(`it is of the kind ${key.asymmetricKeyType ?? 'unknown'}`);
  return { key, id: sha256(key.export({ type: 'spki', format: 'der' })) };
}

/**
 * Checks a packet with keys that were trusted before it came: nothing within the packet adds to them. Works offline, and
 * unpacks nothing to the disk. Everything is compared, so that what is named is the first difference there is.
 */
export function checkPacket(bytes: Uint8Array, trusted: readonly TrustedKey[]): PacketCheck {
  const read = readArchive(bytes);
  if ('ok' in read) return read;
  const { files } = read;
  const manifestBytes = files.get(MANIFEST);
  const signature = files.get(SIGNATURE);
  if (manifestBytes === undefined || signature === undefined) {
    return { ok: false, kind: 'no-manifest', file: manifestBytes === undefined ? MANIFEST : SIGNATURE };
  }
  const signer = trusted.find(({ key }) => verify(null, manifestBytes, key, signature));
  if (signer === undefined) return unsigned(manifestBytes, trusted);
  const manifest = readManifest(manifestBytes);
  // Signed with a trusted key and yet no manifest: made by another program.
  if (manifest === undefined) return { ok: false, kind: 'bad-manifest', file: MANIFEST };
  return (
    compare(manifest, files) ??
    differs(bytes, files) ?? {
      ok: true,
      item: manifest.item,
      made: manifest.made,
      key: signer.id,
      files: manifest.files.map(({ path, bytes: size }) => ({ path, bytes: size })),
    }
  );
}

function unsigned(manifest: Uint8Array, trusted: readonly TrustedKey[]): PacketFault {
  const key = /"key":\s*"([0-9a-f]{64})"/.exec(
    Buffer.from(manifest.subarray(0, 1_024)).toString('latin1'),
  )?.[1];
  return key === undefined || trusted.some(({ id }) => id === key)
    ? { ok: false, kind: 'bad-signature', file: MANIFEST }
    : { ok: false, kind: 'other-key', file: MANIFEST, key };
}

/** Names and sizes are judged as the archive's directory tells them, before anything is taken out. */
function readArchive(bytes: Uint8Array): { readonly files: ReadonlyMap<string, Uint8Array> } | PacketFault {
  if (bytes.length > MAX_PACKET_BYTES) return { ok: false, kind: 'too-large' };
  let fault: PacketFault | undefined;
  // Stored entries may overlap: together they can be no larger than the archive that they stand in.
  let total = 0;
  const names = new Set<string>();
  let unpacked: Readonly<Record<string, Uint8Array>>;
  try {
    unpacked = unzipSync(bytes, {
      filter({ name, size, originalSize, compression }) {
        total += originalSize;
        if (!PACKET_PATH.test(name)) fault ??= { ok: false, kind: 'unsafe-name', file: printable(name) };
        else if (names.has(name)) fault ??= { ok: false, kind: 'extra-file', file: name };
        else if (compression !== 0) fault ??= { ok: false, kind: 'compressed', file: name };
        else if (size !== originalSize) fault ??= { ok: false, kind: 'not-a-packet', file: name };
        else if (names.size >= MAX_PACKET_FILES || total > bytes.length) {
          fault ??= { ok: false, kind: 'too-large', file: name };
        }
        names.add(name);
        return fault === undefined;
      },
    });
  } catch {
    return fault ?? { ok: false, kind: 'not-a-packet' };
  }
  if (fault !== undefined) return fault;
  return { files: new Map(Object.entries(unpacked)) };
}

function compare(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): PacketFault | undefined {
  for (const expected of manifest.files) {
    const { path } = expected;
    const bytes = files.get(path);
    if (bytes === undefined) return { ok: false, kind: 'missing-file', file: path };
    if (bytes.length === expected.bytes && sha256(bytes) === expected.sha256) continue;
    const { blocks } = manifestFile({ path, bytes });
    const block = Math.max(0, firstDifference(blocks, expected.blocks));
    return { ok: false, kind: 'changed', file: path, block, offset: block * BLOCK_BYTES };
  }
  const known = new Set([MANIFEST, SIGNATURE, ...manifest.files.map(({ path }) => path)]);
  for (const path of files.keys()) if (!known.has(path)) return { ok: false, kind: 'extra-file', file: path };
  return undefined;
}

function firstDifference(found: readonly string[], expected: readonly string[]): number {
  const length = Math.max(found.length, expected.length);
  for (let at = 0; at < length; at += 1) if (found[at] !== expected[at]) return at;
  return -1;
}

/** All files are as signed: what still differs from the one archive that they make lies between them. */
function differs(bytes: Uint8Array, files: ReadonlyMap<string, Uint8Array>): PacketFault | undefined {
  const parts: PacketFile[] = [...files].map(([path, content]) => ({ path, bytes: content }));
  const archive = archiveOf(parts);
  const length = Math.max(archive.length, bytes.length);
  let at = 0;
  while (at < length && archive[at] === bytes[at]) at += 1;
  if (at === length) return undefined;
  let end = 0;
  for (const { path, bytes: content } of parts) {
    end += 30 + path.length + content.length;
    if (at < end) return { ok: false, kind: 'repacked', file: path, archiveOffset: at };
  }
  return { ok: false, kind: 'repacked', archiveOffset: at };
}

function readManifest(bytes: Uint8Array): Manifest | undefined {
  try {
    const manifest = JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest;
    const isOurs = manifest.format === 'ronda-packet' && manifest.version === 1;
    return isOurs && manifest.blockBytes === BLOCK_BYTES && Array.isArray(manifest.files)
      ? manifest
      : undefined;
  } catch {
    return undefined;
  }
}

/** A name that nothing on a terminal can hide in, at most 80 characters. */
function printable(name: string): string {
  return name
    .slice(0, 80)
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
