/** Evidence packets' part of the composition root. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { paperOf } from './compose-paper.js';
import type { Config } from './config.js';
import type { PacketSigner } from './core/evidence.js';
import type { Clock } from './core/ports.js';
import { readLegalFiles } from './files/legal-files.js';
import { packageVersion } from './files/package-root.js';
import type { ExportPorts } from './pipeline/export-packet.js';
import { type RefetchPorts, refetchPost } from './pipeline/refetch.js';
import { createPacketSigner } from './store/packet-key.js';
import { loadSecret } from './store/secret.js';
import type { Store } from './store/store.js';

/** The network and the sources, for asking a post's place again. */
export interface PacketOutside extends Partial<Pick<RefetchPorts, 'collectorOf' | 'fetcher'>> {
  /** Where summaries are made; in this very process unless told otherwise. */
  readonly paper?: typeof paperOf;
}

/** The key that this installation signs packets with. */
export function packetSigner(config: Config): PacketSigner {
  return createPacketSigner(loadSecret({ home: resolve(config.home), env: process.env }));
}

/** What exporting asks of the outside; without network and sources no place is asked, and the packet says so. */
export function packetPorts(
  config: Config,
  store: Pick<Store, 'evidence'>,
  clock: Clock,
  { paper = paperOf, ...outside }: PacketOutside = {},
): ExportPorts['packets'] {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return {
    evidence: store.evidence,
    legal: readLegalFiles(),
    async refetch(ask, signal = new AbortController().signal) {
      const { collectorOf, fetcher } = outside;
      if (collectorOf === undefined || fetcher === undefined) {
        return { is: 'cannot', at: new Date(clock.now()).toISOString(), reason: 'no-network' };
      }
      return refetchPost({ collectorOf, fetcher, clock, sha256 }, ask, signal);
    },
    publicKey: () => packetSigner(config).publicKey,
    async makePacket(content) {
      const { makePacket } = await import('./report/packet.js');
      return makePacket(content, { signer: packetSigner(config), paper, version: packageVersion });
    },
  };
}
