import { acknowledgeAlert, readAlerts } from '../../pipeline/acknowledge-alert.js';
import { alertPath, alertText } from '../../pipeline/alert-text.js';
import { may } from '../../triage/rights.js';
import { alertWords } from '../../words/alerts.js';
import type { DeskApp, DeskRoute, Reader, SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { timeIn } from '../views/times.js';

const SHOWN = 50;

/** What deserved that somebody looks at once, and who says that they do. */
export function alertRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/alerts',
      access: 'alert:read',
      handle: (visit) => {
        const all = visit.c.req.query('all') === '1';
        const before = /^\d{1,15}$/.exec(visit.c.req.query('before') ?? '')?.[0];
        const ask = { open: !all, limit: SHOWN, ...(before === undefined ? {} : { before: Number(before) }) };
        return visit.c.html(
          <AlertsPage app={app} visit={visit} all={all} view={alertsModel(app, visit, ask)} />,
        );
      },
    },
    {
      method: 'POST',
      path: '/alerts/:number{[0-9]{1,15}}/acknowledge',
      access: 'alert:acknowledge',
      handle: ({ c, me }) => {
        acknowledgeAlert({ ...app.ports, alerts: app.alerts }, me.actor, Number(c.req.param('number')));
        return c.redirect('/alerts', 303);
      },
    },
  ];
}

/** The page model, of the API too. */
export function alertsModel(
  app: Pick<DeskApp, 'ports' | 'alerts'>,
  { me }: Reader,
  query: { readonly limit: number; readonly before?: number; readonly open: boolean },
): ReturnType<typeof readAlerts> {
  return readAlerts({ ...app.ports, alerts: app.alerts }, me.actor, query);
}

interface AlertsProps {
  readonly app: DeskApp;
  readonly visit: SignedVisit;
  readonly all: boolean;
  readonly view: ReturnType<typeof readAlerts>;
}

function AlertsPage({ app, visit, all, view }: AlertsProps) {
  const { display, me } = visit;
  const { language } = display;
  const { zone } = me.unit;
  const said = alertWords(language);
  const { alerts, next, counts } = view;
  const mayAcknowledge = may(me.user.role, 'alert:acknowledge');
  const nameOf = (by: string): string => app.ports.store.users.find(Number(by))?.display ?? by;
  return (
    <Frame title={said.title} display={display} me={signedInOf(me)} room="alerts">
      <h1>{said.title}</h1>
      <p>{said.intro}</p>
      {counts.dead > 0 && <p class="notice warn">{said.deadNotice(counts.dead)}</p>}
      <nav class="row period" aria-label={said.title}>
        <a class="button" href="/alerts" aria-current={all ? undefined : 'true'}>
          {said.showOpen}
        </a>
        <a class="button" href="/alerts?all=1" aria-current={all ? 'true' : undefined}>
          {said.showAll}
        </a>
      </nav>
      {alerts.length === 0 && <p class="sheet">{said.none}</p>}
      {alerts.map(({ id, raisedAt, about, acknowledged, deliveries }) => (
        <section class="sheet stack" aria-labelledby={`alert-${id}`}>
          <h2 id={`alert-${id}`}>
            {said.subjects[about.kind]} · {id}
          </h2>
          <p dir="auto">{alertText(about, { language, zone })}</p>
          <p class="small soft">
            {timeIn(raisedAt, zone, language)}
            {deliveries.length > 0 &&
              ` · ${deliveries.map(({ channel, state }) => `${channel}: ${said.states[state]}`).join(', ')}`}
          </p>
          <div class="row">
            {about.kind !== 'silent' && isOpenTo(me.user.role, about.kind) && (
              <a class="button" href={alertPath(about)} aria-label={`${said.look}: ${id}`}>
                {said.look}
              </a>
            )}
            {acknowledged !== undefined && (
              <span class="small">
                {said.by(nameOf(acknowledged.by), timeIn(acknowledged.at, zone, language))}
              </span>
            )}
            {acknowledged === undefined && mayAcknowledge && (
              <form method="post" action={`/alerts/${id}/acknowledge`}>
                <input type="hidden" name="csrf" value={me.csrf} />
                <button type="submit" class="primary" aria-label={`${said.acknowledge}: ${id}`}>
                  {said.acknowledge}
                </button>
              </form>
            )}
          </div>
        </section>
      ))}
      {next !== undefined && (
        <p>
          <a class="button" href={`/alerts?${all ? 'all=1&' : ''}before=${next}`}>
            {said.older}
          </a>
        </p>
      )}
    </Frame>
  );
}

/** Whether a role may open the page of what an alert is about. */
function isOpenTo(role: Parameters<typeof may>[0], kind: 'burst' | 'level'): boolean {
  return may(role, kind === 'burst' ? 'narrative:read' : 'queue:read');
}
