import { AUDIT_KINDS, type AuditCheck, type AuditEvent } from '../../core/audit.js';
import { deskWords } from '../../words/desk.js';
import { queueWords } from '../../words/desk-queue.js';
import { roomWords } from '../../words/desk-rooms.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { ScrollBox } from '../views/scroll-box.js';
import { timeIn } from '../views/times.js';

const SHOWN = 100;

/** The audit trail, read from its end; checking the whole of it is asked for. */
export function auditRoutes({ ports }: DeskApp): readonly DeskRoute[] {
  const { audit } = ports.store;
  return [
    {
      method: 'GET',
      path: '/audit',
      access: 'audit:read',
      handle: (visit) => {
        const { c } = visit;
        const kind = AUDIT_KINDS.find((each) => each === c.req.query('kind'));
        const before = Number(c.req.query('before') ?? Number.NaN);
        const events = audit.list({
          limit: SHOWN,
          ...(kind === undefined ? {} : { kind }),
          ...(Number.isSafeInteger(before) ? { before } : {}),
        });
        const check = c.req.query('check') === '1' ? audit.verify() : undefined;
        return c.html(<AuditPage visit={visit} events={events} kind={kind} check={check} nameOf={nameOf} />);
      },
    },
  ];

  function nameOf(actor: string): string {
    return ports.store.users.find(Number(actor))?.name ?? actor;
  }
}

interface AuditProps {
  readonly visit: SignedVisit;
  readonly events: readonly AuditEvent[];
  readonly kind: string | undefined;
  readonly check: AuditCheck | undefined;
  readonly nameOf: (actor: string) => string;
}

function AuditPage({ visit, events, kind, check, nameOf }: AuditProps) {
  const { display, me } = visit;
  const title = deskWords(display.language).rooms.audit;
  const said = roomWords(display.language).audit;
  const { any, show } = queueWords(display.language);
  const last = events.at(-1);
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="audit">
      <h1>{title}</h1>
      <p>{said.intro}</p>
      {check !== undefined && (
        <p class={`notice ${check.ok ? 'good' : 'bad'}`} role="status">
          {check.ok
            ? said.whole(check.events, `${check.head.seq}:${check.head.hash.slice(0, 16)}`)
            : said.broken(check.seq, check.fault)}
        </p>
      )}
      <form method="get" action="/audit" class="row">
        <label for="kind">{said.kind}</label>
        <select id="kind" name="kind">
          <option value="">{any}</option>
          {AUDIT_KINDS.map((each) => (
            <option value={each} selected={each === kind}>
              {each}
            </option>
          ))}
        </select>
        <button type="submit">{show}</button>
        <button type="submit" name="check" value="1">
          {said.verify}
        </button>
      </form>
      <ScrollBox label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="numeric">
                #
              </th>
              <th scope="col">{said.at}</th>
              <th scope="col">{said.who}</th>
              <th scope="col">{said.what}</th>
              <th scope="col">{said.subject}</th>
              <th scope="col">{said.details}</th>
            </tr>
          </thead>
          <tbody>
            {events.map(({ seq, at, actor, kind: what, subject, details }) => (
              <tr>
                <td class="numeric">{seq}</td>
                <td class="nowrap">
                  <time datetime={at}>{timeIn(at, me.unit.zone, display.language)}</time>
                </td>
                <td>{nameOf(actor)}</td>
                <td>{what}</td>
                <td>{subject}</td>
                <td class="small">{Object.keys(details).length > 0 && JSON.stringify(details)}</td>
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
