import { AUDIT_KINDS, type AuditEvent } from '../../core/audit.js';
import { SYSTEM_ACTOR } from '../../core/review.js';
import { auditWords } from '../../words/audit.js';
import { deskWords } from '../../words/desk.js';
import { queueWords } from '../../words/desk-queue.js';
import { roomWords } from '../../words/desk-rooms.js';
import { type ChainState, createChainChecker } from '../chain-check.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { AuditSentence } from '../views/audit-sentence.js';
import { Frame, signedInOf } from '../views/frame.js';
import { ScrollBox } from '../views/scroll-box.js';
import { timeIn } from '../views/times.js';

const SHOWN = 100;
/** A check that is not done by then goes on while the page is read, ms. */
const CHECK_MS = 700;

/** The audit trail, read from its end; checking the whole of it is asked for. */
export function auditRoutes({ ports, report }: DeskApp): readonly DeskRoute[] {
  const { audit } = ports.store;
  const checker = createChainChecker(audit, report);
  return [
    {
      method: 'GET',
      path: '/audit',
      access: 'audit:read',
      handle: async (visit) => {
        const { c } = visit;
        const kind = AUDIT_KINDS.find((each) => each === c.req.query('kind'));
        const before = Number(c.req.query('before') ?? Number.NaN);
        const events = audit.list({
          limit: SHOWN,
          ...(kind === undefined ? {} : { kind }),
          ...(Number.isSafeInteger(before) ? { before } : {}),
        });
        // `2` looks how far it is; a check that was done is not made again by that.
        const asked = c.req.query('check');
        if (asked === '1') checker.begin();
        const check = asked === '1' || asked === '2' ? await checker.state(CHECK_MS) : undefined;
        return c.html(<AuditPage visit={visit} events={events} kind={kind} check={check} nameOf={nameOf} />);
      },
    },
  ];

  function nameOf(actor: string): string {
    return ports.store.users.find(Number(actor))?.name ?? (actor === SYSTEM_ACTOR ? 'Ronda' : actor);
  }
}

interface AuditProps {
  readonly visit: SignedVisit;
  readonly events: readonly AuditEvent[];
  readonly kind: string | undefined;
  readonly check: ChainState | undefined;
  readonly nameOf: (actor: string) => string;
}

function AuditPage({ visit, events, kind, check, nameOf }: AuditProps) {
  const { display, me } = visit;
  const title = deskWords(display.language).rooms.audit;
  const said = roomWords(display.language).audit;
  const sentences = auditWords(display.language);
  const { any, show } = queueWords(display.language);
  const last = events.at(-1);
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="audit">
      <h1>{title}</h1>
      <p>{said.intro}</p>
      {check !== undefined && <ChainNotice state={check} language={display.language} />}
      <form method="get" action="/audit" class="row">
        <label for="kind">{said.kind}</label>
        <select id="kind" name="kind">
          <option value="">{any}</option>
          {AUDIT_KINDS.map((each) => (
            <option value={each} selected={each === kind}>
              {(sentences.kinds[each] ?? each).replace(/[:,]$/, '')}
            </option>
          ))}
        </select>
        <button type="submit">{show}</button>
        <button type="submit" name="check" value="1">
          {said.verify}
        </button>
      </form>
      <ScrollBox label={title}>
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col" class="numeric">
                #
              </th>
              <th scope="col">{said.at}</th>
              <th scope="col">{said.who}</th>
              <th scope="col">{said.what}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((event) => (
              <tr>
                <td class="numeric">{event.seq}</td>
                <td class="nowrap">
                  <time datetime={event.at}>{timeIn(event.at, me.unit.zone, display.language)}</time>
                </td>
                <td>{nameOf(event.actor)}</td>
                <td class="event">
                  <AuditSentence event={event} language={display.language} nameOf={nameOf} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {last !== undefined && events.length === SHOWN && (
        <a
          class="button"
          rel="next"
          href={`/audit?before=${last.seq}${kind === undefined ? '' : `&kind=${kind}`}`}
        >
          {said.older}
        </a>
      )}
    </Frame>
  );
}

function ChainNotice({ state, language }: { readonly state: ChainState; readonly language: 'id' | 'en' }) {
  const said = roomWords(language).audit;
  if (state.is === 'running') {
    const { checking, look } = auditWords(language);
    return (
      <p class="notice row" role="status">
        {checking(state.events)} <a href="/audit?check=2">{look}</a>
      </p>
    );
  }
  const { check } = state;
  return (
    <p class={`notice ${check.ok ? 'good' : 'bad'}`} role="status">
      {check.ok
        ? said.whole(check.events, `${check.head.seq}:${check.head.hash.slice(0, 16)}`)
        : said.broken(check.seq, check.fault)}
    </p>
  );
}
