import { DeskRefusal } from '../../core/desk-refusal.js';
import { ADDRESSEES } from '../../core/evidence.js';
import { type CaseToExport, caseToExport, exportPacket, legalFor } from '../../pipeline/export-packet.js';
import { packetWords } from '../../words/packet.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { LegalSheet } from '../views/legal-rows.js';
import { timeIn } from '../views/times.js';

/** The evidence packet of an approved case: what will be in it, and the packet itself. */
export function caseExportRoutes(app: DeskApp): readonly DeskRoute[] {
  const ports = { ...app.ports, items: app.items, packets: app.packets };
  return [
    {
      method: 'GET',
      path: '/items/:number{[0-9]{1,15}}/packet',
      access: 'packet:export',
      handle: (visit) => {
        const about = caseToExport(ports, visit.me.actor, Number(visit.c.req.param('number')));
        return visit.c.html(<ExportPage app={app} visit={visit} about={about} />);
      },
    },
    {
      method: 'POST',
      path: '/items/:number{[0-9]{1,15}}/packet',
      access: 'packet:export',
      handle: async ({ c, me }, fields) => {
        const given = field(fields, 'addressee');
        const addressee = ADDRESSEES.find((each) => each === given);
        if (addressee === undefined) {
          throw new DeskRefusal('bad-field', `addressee is none of: ${ADDRESSEES.join(', ')}`);
        }
        const item = Number(c.req.param('number'));
        const packet = await exportPacket(ports, me.actor, { item, addressee });
        return c.body(new Uint8Array(packet.bytes), 200, {
          'content-type': 'application/zip',
          'content-disposition': `attachment; filename="${packet.name}"`,
          'cache-control': 'no-store',
        });
      },
    },
  ];
}

interface ExportProps {
  readonly app: DeskApp;
  readonly visit: SignedVisit;
  readonly about: CaseToExport;
}

function ExportPage({ app, visit, about }: ExportProps) {
  const { display, me } = visit;
  const { language } = display;
  const { zone } = me.unit;
  const said = packetWords(language).packet;
  const { item, refetched } = about;
  const who = app.ports.store.users.find(Number(about.approvedBy))?.display ?? about.approvedBy;
  return (
    <Frame title={said.title(item.number)} display={display} me={signedInOf(me)} room="cases">
      <h1>{said.title(item.number)}</h1>
      <section class="sheet stack">
        <p class="notice warn">{said.intro}</p>
        <p>{said.approved(who, timeIn(about.approvedAt, zone, language))}</p>
        <p>
          {said.refetch}:{' '}
          {refetched === undefined
            ? said.notYet
            : `${said.refetched[refetched.is]} (${timeIn(refetched.at, zone, language)})`}
        </p>
        <form method="post" action={`/items/${item.number}/packet`} class="stack">
          <input type="hidden" name="csrf" value={me.csrf} />
          <div class="field">
            <label for="addressee">{said.addressee}</label>
            <select id="addressee" name="addressee" required>
              {ADDRESSEES.map((each) => (
                <option value={each}>{said.addressees[each]}</option>
              ))}
            </select>
          </div>
          <button type="submit" class="primary">
            {said.make}
          </button>
        </form>
        <p class="small">{said.check}</p>
        <pre class="mono small">{app.packets.publicKey()}</pre>
        <p>
          <a class="button" href={`/items/${item.number}`}>
            {said.back}
          </a>
        </p>
      </section>
      <LegalSheet
        rows={legalFor(app, item)}
        byCollecting={item.post.createdAt === undefined}
        language={language}
        unit={me.unit}
      />
    </Frame>
  );
}
