import { DeskRefusal } from '../core/desk-refusal.js';
import {
  ADDRESSEES,
  type Addressee,
  type CaseFacts,
  type MadePacket,
  type PacketContent,
  type PacketPorts,
  type Refetched,
} from '../core/evidence.js';
import type { Item } from '../core/item.js';
import type { LegalSignatureStore, ShownLegal } from '../core/legal.js';
import type { Clock, ItemStore } from '../core/ports.js';
import type { ReviewEvent } from '../core/review.js';
import type { Actor } from '../core/user.js';
import { legalRowsAt } from '../triage/legal.js';
import { type DeskPorts, mustMay, visibleItem } from './desk-access.js';

/** What exporting works with. */
export interface ExportPorts extends DeskPorts {
  readonly packets: PacketPorts & { readonly evidence: LegalSignatureStore };
  readonly items: Pick<ItemStore, 'getItem'>;
}

export interface ExportRequest {
  readonly item: number;
  readonly addressee: Addressee;
}

/** An approved case, as its export page shows it. */
export interface CaseToExport {
  readonly item: Item;
  readonly approvedBy: string;
  readonly approvedAt: string;
  /** Absent while the place was not asked yet; exporting asks it. */
  readonly refetched?: Pick<Refetched, 'is' | 'at' | 'reason'>;
}

/**
 * The evidence packet of an approved case. The place is asked for the post again unless it was at the approval; rights
 * and state are checked before and after that wait, and the export is on the disk of the audit chain before it is given.
 *
 * @throws DeskRefusal `forbidden`, `no-item`, `not-escalated`, `bad-field`
 */
export async function exportPacket(
  ports: ExportPorts,
  actor: Actor,
  request: ExportRequest,
): Promise<MadePacket> {
  const { item: number, addressee } = request;
  if (!ADDRESSEES.includes(addressee)) {
    throw new DeskRefusal('bad-field', `addressee is none of: ${ADDRESSEES.join(', ')}`);
  }
  const approval = approvedCase(ports, actor, number).approval;
  await preserve(ports, number, approval.seq);
  const { item, facts } = approvedCase(ports, actor, number);
  const content = contentOf(ports, actor, { item, facts, addressee, approval: approval.seq });
  const packet = await ports.packets.makePacket(content);
  ports.store.atomically(() => {
    approvedCase(ports, actor, number);
    ports.store.audit.append(
      {
        actor: String(actor.user),
        kind: 'exported',
        subject: `item:${number}`,
        details: {
          what: 'packet',
          addressee,
          bytes: packet.bytes.length,
          sha256: packet.sha256,
          key: packet.key,
        },
      },
      ports.clock.now(),
    );
  });
  return packet;
}

/** What the page before an export shows; text of the post as everywhere at the desk, no name. */
export function caseToExport(ports: ExportPorts, actor: Actor, number: number): CaseToExport {
  const { item, approval } = approvedCase(ports, actor, number);
  const refetched = ports.packets.evidence.refetched(number, approval.seq);
  return {
    item,
    approvedBy: approval.actor,
    approvedAt: approval.at,
    ...(refetched === undefined ? {} : { refetched }),
  };
}

/**
 * Asks the places of approved cases that were not asked yet, oldest wait first, a few at a time: so the post is fetched at
 * its escalation, and also when Ronda was stopped right then. Resolves to how many were asked.
 */
export async function preserveApproved(
  ports: ExportPorts,
  most: number,
  signal?: AbortSignal,
): Promise<number> {
  const { store, clock } = ports;
  const { entries } = store.queue.page(
    { state: 'escalated', stage: 'approved', scope: 'all', limit: 200 },
    clock.now(),
  );
  let asked = 0;
  for (const { number } of entries) {
    if (asked >= most) break;
    const approval = approvalOf(store.reviews.events(number));
    if (approval === undefined || ports.packets.evidence.refetched(number, approval.seq) !== undefined)
      continue;
    await preserve(ports, number, approval.seq, signal);
    asked += 1;
  }
  return asked;
}

/** How often approved cases are looked for, ms, and how many are asked for at a time. */
const PRESERVE_EVERY_MS = 10_000;
const PRESERVED_AT_ONCE = 5;

/** Starts {@link preserveApproved} again and again; trouble is reported, and tried again. */
export function startPreserving(
  ports: ExportPorts,
  clock: Clock,
  report: (error: unknown) => void,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await preserveApproved(ports, PRESERVED_AT_ONCE, stop.signal).catch((error: unknown) => {
        if (!stop.signal.aborted) report(error);
      });
      await clock.sleep(PRESERVE_EVERY_MS, stop.signal).catch(() => undefined);
    }
  };
  const done = loop();
  return {
    async close() {
      stop.abort();
      await done;
    },
  };
}

/** The legal reference for the day of an item's post. */
export function legalFor(
  ports: Pick<ExportPorts, 'packets'>,
  { post }: Pick<Item, 'post'>,
): readonly ShownLegal[] {
  const { legal, evidence } = ports.packets;
  return legalRowsAt(legal, evidence.signatures(), post.createdAt ?? post.collectedAt);
}

async function preserve(
  { packets, items }: ExportPorts,
  number: number,
  event: number,
  signal?: AbortSignal,
): Promise<void> {
  if (packets.evidence.refetched(number, event) !== undefined) return;
  const item = items.getItem(number);
  const facts = packets.evidence.caseFacts(number);
  if (item === undefined || facts === undefined) return;
  const ask = {
    source: item.post.source,
    id: facts.id,
    revision: item.post.revision,
    text: facts.withdrawnText ?? item.post.text,
    ...(facts.url === undefined ? {} : { url: facts.url }),
  };
  const answer = await packets.refetch(ask, signal);
  packets.evidence.keepRefetched(number, event, answer);
}

interface ApprovedCase {
  readonly item: Item;
  readonly facts: CaseFacts;
  readonly approval: ReviewEvent;
}

function approvedCase(ports: ExportPorts, actor: Actor, number: number): ApprovedCase {
  mustMay(actor, 'packet:export');
  const { stage } = visibleItem(ports, actor, number);
  const item = ports.items.getItem(number);
  const facts = ports.packets.evidence.caseFacts(number);
  if (item === undefined || facts === undefined) {
    throw new DeskRefusal('no-item', `item ${number} is here no longer`, { item: number });
  }
  const approval = approvalOf(ports.store.reviews.events(number));
  if (stage !== 'approved' || approval === undefined) {
    throw new DeskRefusal('not-escalated', `item ${number} is no approved case`, { item: number });
  }
  return { item, facts, approval };
}

function approvalOf(events: readonly ReviewEvent[]): ReviewEvent | undefined {
  return events.findLast(({ act }) => act.kind === 'escalation-approved');
}

function contentOf(
  ports: ExportPorts,
  actor: Actor,
  about: { item: Item; facts: CaseFacts; addressee: Addressee; approval: number },
): PacketContent {
  const { item, facts, addressee, approval } = about;
  const unit = ports.units.find(actor.unit);
  const { record, withdrawnText, id, url, author } = facts;
  const at = new Date(ports.clock.now()).toISOString();
  return {
    item: item.number,
    madeAt: at,
    addressee,
    by: { user: actor.user, role: actor.role, unit: actor.unit },
    unit: { name: unit?.name ?? actor.unit, zone: unit?.zone ?? 'WIB' },
    post: {
      ...item.post,
      id,
      text: withdrawnText ?? item.post.text,
      ...(url === undefined ? {} : { url }),
      ...(author === undefined ? {} : { author }),
    },
    ...(item.withdrawn === undefined ? {} : { withdrawnAt: item.withdrawn.at }),
    ...(record === undefined ? {} : { record }),
    refetched: ports.packets.evidence.refetched(item.number, approval) ?? { is: 'cannot', at },
    assessment: item.assessment,
    // A blind second review is about the reviewers, not about the case.
    events: ports.store.reviews.events(item.number).filter(({ act }) => act.kind !== 'reviewed-blind'),
    legal: legalFor(ports, item),
    legalByCollecting: item.post.createdAt === undefined,
  };
}
