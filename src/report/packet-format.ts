import { createHash } from 'node:crypto';
import { type Zippable, zipSync } from 'fflate';

/** A file of a packet. */
export interface PacketFile {
  /** At most one folder deep; {@link PACKET_PATH}. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Of a file in the manifest. */
export interface ManifestFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of each block of {@link BLOCK_BYTES}, the last one shorter. */
  readonly blocks: readonly string[];
}

/** `manifest.json`; `manifest.sig` is the Ed25519 signature of its bytes. */
export interface Manifest {
  readonly format: 'ronda-packet';
  readonly version: 1;
  readonly item: number;
  /** ISO 8601 UTC */
  readonly made: string;
  readonly ronda: string;
  /** SHA-256 of the signing key's SPKI DER; a hint which key to ask for, never a reason to trust it. */
  readonly key: string;
  readonly blockBytes: number;
  /** Every file but the manifest and its signature. */
  readonly files: readonly ManifestFile[];
}

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.sig';
export const BLOCK_BYTES = 4_096;

/** Names without a way out of the folder that they are unpacked in, the same on every system. */
export const PACKET_PATH = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,59})?$/;

/** Largest packet that is read, in bytes. */
export const MAX_PACKET_BYTES = 64_000_000;
/** Most files of a packet. */
export const MAX_PACKET_FILES = 64;

/** Lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What the manifest says of a file. */
export function manifestFile({ path, bytes }: PacketFile): ManifestFile {
  const blocks: string[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES)
    blocks.push(sha256(bytes.subarray(at, at + BLOCK_BYTES)));
  return { path, bytes: bytes.length, sha256: sha256(bytes), blocks };
}

/**
 * The one archive that these files make: stored, not compressed, with the DOS epoch for a time. That it is the only one
 * lets a check find a byte that was changed in the archive's own parts.
 */
export function archiveOf(files: readonly PacketFile[]): Uint8Array {
  const entries: Zippable = {};
  // The DOS epoch is told in local time, so that it is the same bytes wherever it is written.
  for (const { path, bytes } of files) entries[path] = [bytes, { level: 0, mtime: new Date(1980, 0, 1, 12) }];
  return zipSync(entries);
}
