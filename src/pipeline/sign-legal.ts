import { DeskRefusal } from '../core/desk-refusal.js';
import type { LegalEntry, LegalSignature, LegalSignatureStore } from '../core/legal.js';
import type { Actor } from '../core/user.js';
import { type DeskPorts, mustMay } from './desk-access.js';

export interface SignPorts extends DeskPorts {
  readonly packets: { readonly legal: readonly LegalEntry[]; readonly evidence: LegalSignatureStore };
}

export interface SignRequest {
  readonly row: string;
  /** Of the content that was read: signing a row that changed meanwhile is refused. */
  readonly hash: string;
  /** The lawyer who answers for it, as shown with the row; 3 to 120 characters. */
  readonly reviewer: string;
}

/**
 * Keeps that a lawyer has read a row of the legal reference, for exactly this content; on record before it is shown.
 *
 * @throws DeskRefusal `forbidden`, `no-legal-row` where there is no such content, `reviewer-missing`
 */
export function signLegal(
  ports: SignPorts,
  actor: Actor,
  { row, hash, reviewer }: SignRequest,
): LegalSignature {
  mustMay(actor, 'legal:sign');
  const name = reviewer.replace(/\s+/g, ' ').trim();
  if (name.length < 3 || name.length > 120) {
    throw new DeskRefusal('reviewer-missing', 'name the lawyer who read it, in 3 to 120 characters');
  }
  if (!ports.packets.legal.some((entry) => entry.row.id === row && entry.hash === hash)) {
    throw new DeskRefusal('no-legal-row', 'this row was changed meanwhile or is not there; read it again');
  }
  const { store, clock } = ports;
  return store.atomically(() => {
    const now = clock.now();
    const signature = ports.packets.evidence.sign({ row, hash, user: actor.user, reviewer: name }, now);
    const details = { hash, reviewer: name };
    store.audit.append(
      { actor: String(actor.user), kind: 'legal-signed', subject: `legal:${row}`, details },
      now,
    );
    return signature;
  });
}
