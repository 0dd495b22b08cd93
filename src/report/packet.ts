import type { MadePacket, PacketContent, PacketSigner } from '../core/evidence.js';
import type { ReceivedRecord } from '../core/post.js';
import { packetReadme } from '../words/packet-paper.js';
import {
  archiveOf,
  BLOCK_BYTES,
  MANIFEST,
  type Manifest,
  manifestFile,
  type PacketFile,
  SIGNATURE,
  sha256,
} from './packet-format.js';
import { bothTimes } from './unit-time.js';

export interface PacketMaking {
  readonly signer: Pick<PacketSigner, 'key' | 'sign'>;
  /** The summary (case-pdf.ts); it takes the processor long, so whoever makes a packet says where it is made. */
  readonly paper: (content: PacketContent) => Promise<Uint8Array>;
  /** Ronda's version. */
  readonly version: string;
}

/**
 * The evidence packet of a case: its papers, a manifest with a hash of each file and of each 4 KiB block, and the
 * manifest's signature. The key that checks it is not in it.
 */
export async function makePacket(
  content: PacketContent,
  { signer, paper, version }: PacketMaking,
): Promise<MadePacket> {
  const { item, madeAt } = content;
  const papers: PacketFile[] = [
    { path: 'ringkasan.pdf', bytes: await paper(content) },
    json('unggahan/post.json', { ...content.post, withdrawnAt: content.withdrawnAt }),
    ...recordFiles('unggahan/rekaman', content.record),
    json('unggahan/diambil-ulang.json', withoutRecord(content.refetched)),
    ...recordFiles('unggahan/diambil-ulang-rekaman', content.refetched.record),
    json('penilaian.json', content.assessment),
    json('keputusan.json', content.events),
    json('rujukan-hukum.json', {
      addressee: content.addressee,
      dayOf: content.legalByCollecting ? 'collectedAt' : 'createdAt',
      rows: content.legal.map(({ row, hash, standing, signature }) => ({
        ...row,
        hash,
        standing,
        reviewedBy: signature?.reviewer ?? null,
        reviewedAt: signature?.at ?? null,
      })),
    }),
    json('paket.json', { item, madeAt, by: content.by, unit: content.unit, addressee: content.addressee }),
    text('BACA-SAYA.txt', packetReadme(item, bothTimes(madeAt, content.unit.zone), signer.key)),
  ];
  const sums = papers.map(({ path, bytes }) => `${sha256(bytes)}  ${path}\n`).join('');
  const files = [...papers, text('SHA256SUMS', sums)];
  const manifest: Manifest = {
    format: 'ronda-packet',
    version: 1,
    item,
    made: madeAt,
    ronda: version,
    key: signer.key,
    blockBytes: BLOCK_BYTES,
    files: files.map(manifestFile),
  };
  const signed = json(MANIFEST, manifest);
  const signature = { path: SIGNATURE, bytes: signer.sign(signed.bytes) };
  const bytes = archiveOf([signed, signature, ...files]);
  const stamp = madeAt.replace(/[-:]|\.\d+/g, '');
  return { name: `ronda-perkara-${item}-${stamp}.zip`, bytes, sha256: sha256(bytes), key: signer.key };
}

/** A record's bytes unchanged, and beside them where, when and with which headers they came. */
function recordFiles(path: string, record: ReceivedRecord | undefined): readonly PacketFile[] {
  if (record === undefined) return [];
  const { bytes, encoding, ...origin } = record;
  return [
    { path: `${path}.${endingOf(record.mediaType)}`, bytes: Buffer.from(bytes, encoding) },
    json(`${path}-asal.json`, origin),
  ];
}

/** By the kind of content; what would run or be opened as a page gets an ending that is shown as text. */
function endingOf(mediaType: string): string {
  if (/\bjson\b/i.test(mediaType)) return 'json';
  if (/\bcsv\b/i.test(mediaType)) return 'csv';
  return /html|xml/i.test(mediaType) ? 'markup.txt' : 'bin';
}

function withoutRecord(refetched: PacketContent['refetched']): unknown {
  const { record: _, ...rest } = refetched;
  return rest;
}

function json(path: string, value: unknown): PacketFile {
  return text(path, `${JSON.stringify(value, null, 1)}\n`);
}

function text(path: string, content: string): PacketFile {
  return { path, bytes: new Uint8Array(Buffer.from(content, 'utf8')) };
}
