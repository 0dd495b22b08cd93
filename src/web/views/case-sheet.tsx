import type { Item } from '../../core/item.js';
import type { ReviewEvent } from '../../core/review.js';
import { legalFor } from '../../pipeline/export-packet.js';
import { may } from '../../triage/rights.js';
import { packetWords } from '../../words/packet.js';
import type { DeskApp, SignedVisit } from '../route.js';
import { LegalSheet } from './legal-rows.js';

interface CaseProps {
  readonly app: Pick<DeskApp, 'packets'>;
  readonly visit: SignedVisit;
  readonly model: { readonly item: Item; readonly history: { readonly events: readonly ReviewEvent[] } };
}

/** On an item's page: the legal reference for the day of its post and, of an approved case, the way to its packet. */
export function CaseSheet({ app, visit: { me, display }, model: { item, history } }: CaseProps) {
  const said = packetWords(display.language).packet;
  const isCase = history.events.at(-1)?.stage === 'approved';
  return (
    <>
      {isCase && may(me.user.role, 'packet:export') && (
        <p>
          <a class="button" href={`/items/${item.number}/packet`}>
            {said.open}
          </a>
        </p>
      )}
      <LegalSheet
        rows={legalFor(app, item)}
        byCollecting={item.post.createdAt === undefined}
        language={display.language}
        unit={me.unit}
      />
    </>
  );
}
