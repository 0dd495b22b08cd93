import type { QueueEntry } from '../../core/desk-ports.js';
import { MAX_BATCH_ITEMS } from '../../core/review.js';
import { claimBlind } from '../../pipeline/claim-items.js';
import { readQueueApart } from '../../pipeline/read-queue.js';
import { may } from '../../triage/rights.js';
import { deskWords } from '../../words/desk.js';
import { queueWords } from '../../words/desk-queue.js';
import { roomWords } from '../../words/desk-rooms.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { DeskExtras } from '../views/desk-extras.js';
import { Frame, signedInOf } from '../views/frame.js';
import { QueueRow } from './queue.js';

const SHOWN = 100;

/** What takes two people: proposed and approved cases, second opinions, second looks. */
export function caseRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/cases',
      access: 'queue:read',
      handle: async (visit) => {
        const read = async (state: 'open' | 'escalated', stage: 'second-opinion' | 'proposed' | 'approved') =>
          (await readQueueApart(app.ports, visit.me.actor, { state, stage, limit: SHOWN })).entries;
        const [proposed, approved, opinions] = await Promise.all([
          read('escalated', 'proposed'),
          read('escalated', 'approved'),
          read('open', 'second-opinion'),
        ]);
        return visit.c.html(
          <CasesPage visit={visit} proposed={proposed} approved={approved} opinions={opinions} />,
        );
      },
    },
    {
      method: 'POST',
      path: '/claims/blind',
      access: 'review:blind',
      handle: ({ c, me }) => {
        const [first] = claimBlind(app.ports, me.actor, MAX_BATCH_ITEMS);
        return c.redirect(first === undefined ? '/cases' : `/items/${first.item}?mine=1`, 303);
      },
    },
  ];
}

interface CasesProps {
  readonly visit: SignedVisit;
  readonly proposed: readonly QueueEntry[];
  readonly approved: readonly QueueEntry[];
  readonly opinions: readonly QueueEntry[];
}

function CasesPage({ visit, proposed, approved, opinions }: CasesProps) {
  const { display, me } = visit;
  const title = deskWords(display.language).rooms.cases;
  const said = roomWords(display.language).cases;
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="cases" scripts={['triage', 'care']}>
      <h1>{title}</h1>
      <Group visit={visit} title={said.proposed} entries={proposed} />
      <Group visit={visit} title={said.approved} entries={approved} />
      <Group visit={visit} title={said.secondOpinion} entries={opinions} />
      {may(me.user.role, 'review:blind') && (
        <section class="sheet">
          <h2>{said.blind}</h2>
          <p class="hint">{said.blindHint}</p>
          <form method="post" action="/claims/blind">
            <input type="hidden" name="csrf" value={me.csrf} />
            <button type="submit">{said.takeBlind}</button>
          </form>
        </section>
      )}
      <DeskExtras said={queueWords(display.language)} csrf={me.csrf} language={display.language} />
    </Frame>
  );
}

interface GroupProps {
  readonly visit: SignedVisit;
  readonly title: string;
  readonly entries: readonly QueueEntry[];
}

function Group({ visit, title, entries }: GroupProps) {
  const { display, me, now } = visit;
  const said = queueWords(display.language);
  return (
    <section class="sheet">
      <h2>{title}</h2>
      {entries.length === 0 ? (
        <p class="soft">{roomWords(display.language).cases.none}</p>
      ) : (
        <ul class="queue" aria-label={title}>
          {entries.map((entry) => (
            <li>
              <QueueRow
                entry={entry}
                ask={{ filter: {}, mine: false }}
                me={me.user.id}
                display={display}
                now={now}
                said={said}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
