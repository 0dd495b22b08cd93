import { signLegal } from '../../pipeline/sign-legal.js';
import { legalRowsAt, standingOn, withSignature } from '../../triage/legal.js';
import { may } from '../../triage/rights.js';
import { packetWords } from '../../words/packet.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { LegalRowView } from '../views/legal-rows.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The legal reference by day, for everybody who works here, and its signing by who has the right. */
export function legalRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/legal',
      access: 'signed-in',
      handle: (visit) => visit.c.html(<LegalPage app={app} visit={visit} day={dayOf(visit)} />),
    },
    {
      method: 'POST',
      path: '/legal/sign',
      access: 'legal:sign',
      handle: ({ c, me }, fields) => {
        signLegal({ ...app.ports, packets: app.packets }, me.actor, {
          row: field(fields, 'row'),
          hash: field(fields, 'hash'),
          reviewer: field(fields, 'reviewer'),
        });
        const day = field(fields, 'day');
        return c.redirect(DAY.test(day) ? `/legal?day=${day}` : '/legal', 303);
      },
    },
  ];
}

/** The day that was asked for, else today in WIB; a day that there is not is as none. */
function dayOf({ c, now }: SignedVisit): string {
  const given = c.req.query('day') ?? '';
  const noon = Date.parse(`${given}T12:00:00+07:00`);
  if (DAY.test(given) && !Number.isNaN(noon)) return given;
  return new Date(now + 7 * 3_600_000).toISOString().slice(0, 10);
}

interface LegalProps {
  readonly app: DeskApp;
  readonly visit: SignedVisit;
  readonly day: string;
}

function LegalPage({ app, visit, day }: LegalProps) {
  const { display, me } = visit;
  const { language } = display;
  const said = packetWords(language).legal;
  const { legal, evidence } = app.packets;
  const signatures = evidence.signatures();
  const maySign = may(me.user.role, 'legal:sign');
  const shown = legalRowsAt(legal, signatures, `${day}T12:00:00+07:00`);
  const others = legal
    .filter(({ row }) => standingOn(row, day) === undefined)
    .map((entry) => withSignature(entry, signatures));
  return (
    <Frame title={said.title} display={display} me={signedInOf(me)} room="legal">
      <h1>{said.title}</h1>
      <p class="notice warn">{said.intro}</p>
      <form method="get" action="/legal" class="sheet row">
        <label for="day">{said.day}</label>
        <input id="day" type="date" name="day" value={day} required />
        <button type="submit">{said.show}</button>
      </form>
      <section class="sheet" aria-labelledby="on-day">
        <h2 id="on-day">
          {said.onDay} {day}
        </h2>
        <p class="small soft">{said.favour}</p>
        {shown.length === 0 && <p>{said.none}</p>}
        {shown.map((entry) => (
          <LegalRowView entry={entry} language={language} unit={me.unit}>
            {maySign && entry.signature === undefined && <SignForm visit={visit} entry={entry} day={day} />}
          </LegalRowView>
        ))}
      </section>
      <section class="sheet" aria-labelledby="other-days">
        <h2 id="other-days">{said.otherDays}</h2>
        {others.map((entry) => (
          <LegalRowView entry={entry} language={language} unit={me.unit}>
            {maySign && entry.signature === undefined && <SignForm visit={visit} entry={entry} day={day} />}
          </LegalRowView>
        ))}
      </section>
    </Frame>
  );
}

interface SignProps {
  readonly visit: SignedVisit;
  readonly entry: { readonly row: { readonly id: string; readonly article: string }; readonly hash: string };
  readonly day: string;
}

function SignForm({ visit: { me, display }, entry: { row, hash }, day }: SignProps) {
  const said = packetWords(display.language).legal;
  const id = `reviewer-${row.id}`;
  return (
    <form method="post" action="/legal/sign" class="row small">
      <input type="hidden" name="csrf" value={me.csrf} />
      <input type="hidden" name="row" value={row.id} />
      <input type="hidden" name="hash" value={hash} />
      <input type="hidden" name="day" value={day} />
      <label for={id}>{said.reviewer}</label>
      <input id={id} name="reviewer" minlength={3} maxlength={120} required autocomplete="off" />
      <button type="submit" aria-label={`${said.sign}: ${row.article}`}>
        {said.sign}
      </button>
    </form>
  );
}
