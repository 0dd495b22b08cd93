import {
  checkDeployment,
  type DeploymentCheck,
  moveDead,
  type OperationsPorts,
  type OperationsView,
  pauseSource,
  readOperations,
} from '../../pipeline/operations.js';
import { deskWords } from '../../words/desk.js';
import { type OperationsWords, operationsWords } from '../../words/desk-operations.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { DeadSheet } from '../views/dead-letters.js';
import { Frame, signedInOf } from '../views/frame.js';
import { ShadowSheet, WorkersSheet } from '../views/machine-sheets.js';
import { IncompleteSheet, QueuesSheet, RunsSheet } from '../views/run-sheets.js';
import { SourcesSheet } from '../views/source-sheet.js';

interface Told {
  readonly good?: string;
  readonly bad?: string;
  readonly checks?: readonly DeploymentCheck[];
}

/** How the machine itself is doing, for those who keep it running. */
export function operationsRoutes(app: DeskApp): readonly DeskRoute[] {
  const ports = (): OperationsPorts | undefined =>
    app.machinery === undefined ? undefined : { ...app.ports, machinery: app.machinery };

  const show = async (visit: SignedVisit, told: Told = {}): Promise<Response> => {
    const open = ports();
    const view = open && (await readOperations(open, visit.me.actor));
    return visit.c.html(
      <OperationsPage visit={visit} view={view} told={told} />,
      told.bad === undefined ? 200 : 422,
    );
  };
  const said = ({ display }: SignedVisit): OperationsWords => operationsWords(display.language);

  return [
    {
      method: 'GET',
      path: '/operations',
      access: 'operations:manage',
      handle: (visit) => show(visit),
    },
    {
      method: 'POST',
      path: '/operations/check',
      access: 'operations:manage',
      handle: async (visit) => {
        const open = ports();
        return show(visit, open === undefined ? {} : { checks: await checkDeployment(open, visit.me.actor) });
      },
    },
    {
      method: 'POST',
      path: '/operations/dead',
      access: 'operations:manage',
      handle: async (visit, fields) => {
        const open = ports();
        const ids = fields.get('id') ?? [];
        const drops = field(fields, 'verb') === 'drop';
        if (open === undefined || ids.length === 0) return show(visit, { bad: said(visit).noneChosen });
        if (drops && field(fields, 'confirm') !== 'yes') return show(visit, { bad: said(visit).mustConfirm });
        const moved = await moveDead(open, visit.me.actor, drops ? 'drop' : 'retry', ids);
        return show(visit, { good: drops ? said(visit).dropped(moved) : said(visit).retried(moved) });
      },
    },
    {
      method: 'POST',
      path: '/operations/source',
      access: 'source:manage',
      handle: ({ c, me }, fields) => {
        const open = ports();
        const [name, verb] = [field(fields, 'name'), field(fields, 'verb')];
        if (open !== undefined && (verb === 'pause' || verb === 'resume')) {
          const isKnown = open.machinery.sources(open.clock.now()).some((source) => source.name === name);
          if (isKnown) pauseSource(open, me.actor, name, verb === 'pause');
        }
        return c.redirect('/operations#sources', 303);
      },
    },
  ];
}

interface PageProps {
  readonly visit: SignedVisit;
  readonly view: OperationsView | undefined;
  readonly told: Told;
}

function OperationsPage({ visit, view, told }: PageProps) {
  const { display, me } = visit;
  const title = deskWords(display.language).rooms.operations;
  const said = operationsWords(display.language);
  return (
    <Frame title={title} display={display} me={signedInOf(me)} room="operations">
      <h1>{title}</h1>
      <p>{said.intro}</p>
      {told.good !== undefined && (
        <p class="notice good" role="status">
          {told.good}
        </p>
      )}
      {told.bad !== undefined && (
        <p class="notice bad" role="alert">
          {told.bad}
        </p>
      )}
      {view === undefined ? (
        <p class="notice warn">{said.elsewhere}</p>
      ) : (
        <>
          <DeadSheet visit={visit} view={view} said={said} />
          <SourcesSheet visit={visit} sources={view.sources} said={said} />
          <WorkersSheet
            language={display.language}
            now={visit.now}
            said={said}
            lander={view.lander}
            scorers={view.scorers}
          />
          <ShadowSheet language={display.language} runs={view.shadow} />
          <div class="columns">
            <QueuesSheet visit={visit} view={view} said={said} />
            <IncompleteSheet visit={visit} view={view} said={said} />
          </div>
          <RunsSheet visit={visit} view={view} said={said} />
          <ChecksSheet visit={visit} checks={told.checks} said={said} />
        </>
      )}
    </Frame>
  );
}

function ChecksSheet({
  visit: { me },
  checks,
  said,
}: {
  readonly visit: SignedVisit;
  readonly said: OperationsWords;
  readonly checks: readonly DeploymentCheck[] | undefined;
}) {
  return (
    <form method="post" action="/operations/check" class="sheet">
      <h2>{said.checks}</h2>
      <p class="hint below">{said.checksHint}</p>
      <input type="hidden" name="csrf" value={me.csrf} />
      {checks !== undefined && (
        <dl class="facts">
          {checks.map(({ name, ok, found, advice }) => (
            <>
              <dt>
                <span class={ok ? 'tag good' : 'tag high'}>{ok ? said.ok : said.notOk}</span> {name}
              </dt>
              <dd>
                {found}
                {advice !== undefined && <p class="small">{advice}</p>}
              </dd>
            </>
          ))}
        </dl>
      )}
      <button type="submit">{said.check}</button>
    </form>
  );
}
