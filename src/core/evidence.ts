/** The evidence packet of a case: what it is made of, and what its makers ask of the outside. */
import type { Assessment } from './assessment.js';
import type { LegalEntry, ShownLegal } from './legal.js';
import type { Author, Post, ReceivedRecord } from './post.js';
import type { ReviewEvent } from './review.js';
import type { Role, Zone } from './user.js';

/** To whom a case is referred; the reader of the packet. */
export const ADDRESSEES = ['komdigi', 'bawaslu', 'dewan-pers'] as const;
export type Addressee = (typeof ADDRESSEES)[number];

/** What the place answered when it was asked for the post again, at escalation. */
export interface Refetched {
  /**
   * `shown`: reads as it was collected; `edited`: reads otherwise now; `gone`; `unknown`: the place did not tell;
   * `cannot`: it cannot be asked for this post alone.
   */
  readonly is: 'shown' | 'edited' | 'gone' | 'unknown' | 'cannot';
  /** ISO 8601 UTC */
  readonly at: string;
  /** With `unknown` and `cannot`: `no-link`, `not-in-page`, `no-network`, or what the place or the network said. */
  readonly reason?: string;
  /** The text as shown then, with `shown` and `edited`. */
  readonly text?: string;
  /** The post's own record as received then. */
  readonly record?: ReceivedRecord;
  /** Of the page at the post's link, where only that could be fetched: it holds others' posts, so its body is not kept. */
  readonly page?: {
    readonly url: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly bytes: number;
    /** SHA-256 of the body as received, lower-case hex. */
    readonly sha256: string;
    /** True where the post's text stood in the page. */
    readonly holdsText: boolean;
  };
}

/** What of a post is sealed, whole: for a case and its packet alone. */
export interface CaseFacts {
  /** The post's real id. */
  readonly id: string;
  readonly url?: string;
  readonly author?: Author;
  readonly record?: ReceivedRecord;
  /** Where the place withdrew the post after it became a case: the text that is no longer shown. */
  readonly withdrawnText?: string;
}

export interface EvidenceStore {
  /** The sealed facts of the revision that an item shows; the caller has checked the right, and records it. */
  caseFacts(item: number): CaseFacts | undefined;
  /** What the place answered when the case was approved by this review event. */
  refetched(item: number, event: number): Refetched | undefined;
  /** Keeps an answer, sealed; the first for an event stays. */
  keepRefetched(item: number, event: number, answer: Refetched): void;
}

/** A post to ask its place for again. */
export interface RefetchAsk {
  readonly source: string;
  readonly id: string;
  readonly url?: string;
  readonly revision: string;
  readonly text: string;
}

/** Everything that a packet says; its times are ISO 8601 UTC. */
export interface PacketContent {
  readonly item: number;
  readonly madeAt: string;
  readonly addressee: Addressee;
  /** Who made it: by number, role and unit, as the audit trail has it. */
  readonly by: { readonly user: number; readonly role: Role; readonly unit: string };
  /** The unit whose zone times are told in. */
  readonly unit: { readonly name: string; readonly zone: Zone };
  readonly post: Omit<Post, 'record'>;
  readonly withdrawnAt?: string;
  readonly record?: ReceivedRecord;
  readonly refetched: Refetched;
  readonly assessment: Assessment;
  readonly events: readonly ReviewEvent[];
  /** For the day of the post. */
  readonly legal: readonly ShownLegal[];
  /** True where the post's own time is not known, so that the day of collecting stands in for it. */
  readonly legalByCollecting: boolean;
}

/** A packet as it is given out. */
export interface MadePacket {
  /** `ronda-perkara-<item>-<yyyymmddThhmmssZ>.zip` */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  /** Which key signed it: SHA-256 of the public key's SPKI DER, lower-case hex. */
  readonly key: string;
}

/** Signs with the installation's own Ed25519 key. */
export interface PacketSigner {
  /** SHA-256 of the public key's SPKI DER, lower-case hex. */
  readonly key: string;
  /** SPKI in PEM. */
  readonly publicKey: string;
  /** 64 bytes (RFC 8032). */
  sign(bytes: Uint8Array): Uint8Array;
}

/** What making a packet asks of the outside, beside the desk's own ports. */
export interface PacketPorts {
  readonly evidence: EvidenceStore;
  /** The legal reference as it is shipped. */
  readonly legal: readonly LegalEntry[];
  /** Asks a post's place again; what the place does is an answer, only the signal makes it throw. */
  refetch(ask: RefetchAsk, signal?: AbortSignal): Promise<Refetched>;
  makePacket(content: PacketContent): Promise<MadePacket>;
  /** SPKI in PEM of the key that packets are signed with; for everybody. */
  publicKey(): string;
}
