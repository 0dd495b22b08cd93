import {
  checkDeployment,
  type DeadLetter,
  type DeploymentCheck,
  moveDead,
  type OperationsPorts,
  type OperationsView,
  pauseSource,
  readOperations,
} from '../../pipeline/operations.js';
import type { SourceView } from '../../pipeline/source-view.js';
import { deskWords } from '../../words/desk.js';
import { type OperationsWords, operationsWords } from '../../words/desk-operations.js';
import { faultText } from '../../words/faults.js';
import { runsWords } from '../../words/runs.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { figure } from '../views/charts.js';
import { bytesText } from '../views/figures.js';
import { Frame, signedInOf } from '../views/frame.js';
import { ShadowSheet, WorkersSheet } from '../views/machine-sheets.js';
import { ScrollBox } from '../views/scroll-box.js';
import { timeAgo, timeIn } from '../views/times.js';

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

interface SheetProps {
  readonly visit: SignedVisit;
  readonly said: OperationsWords;
}

type ViewProps = SheetProps & { readonly view: OperationsView };

function DeadSheet({ visit: { me, display }, view, said }: ViewProps) {
  const { language } = display;
  const all = view.queues.reduce((sum, { counts }) => sum + (counts?.dead ?? 0), 0);
  if (view.dead.length === 0) {
    return (
      <section class="sheet">
        <h2>{said.dead}</h2>
        <p class="soft">{said.deadNone}</p>
      </section>
    );
  }
  return (
    <form method="post" action="/operations/dead" class="sheet">
      <h2>{said.dead}</h2>
      <p>{said.deadHint}</p>
      {all > view.dead.length && <p class="notice">{said.deadMore(all)}</p>}
      <input type="hidden" name="csrf" value={me.csrf} />
      <ScrollBox label={said.dead}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.chosen}</th>
              <th scope="col">{said.id}</th>
              <th scope="col">{said.queue}</th>
              <th scope="col">{said.source}</th>
              <th scope="col" class="numeric">
                {said.posts}
              </th>
              <th scope="col">{said.reason}</th>
              <th scope="col">{said.died}</th>
            </tr>
          </thead>
          <tbody>
            {view.dead.map((letter) => (
              <DeadRow letter={letter} said={said} language={language} zone={me.unit.zone} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <label class="choice">
        <input type="checkbox" name="confirm" value="yes" /> {said.confirmDrop}
      </label>
      <div class="row">
        <button type="submit" name="verb" value="retry" class="primary">
          {said.retry}
        </button>
        <button type="submit" name="verb" value="drop" class="grave">
          {said.drop}
        </button>
      </div>
    </form>
  );
}

interface DeadRowProps {
  readonly letter: DeadLetter;
  readonly said: OperationsWords;
  readonly language: 'id' | 'en';
  readonly zone: SignedVisit['me']['unit']['zone'];
}

function DeadRow({ letter, said, language, zone }: DeadRowProps) {
  const { id, queue, source, posts, kind, reason, diedAt } = letter;
  return (
    <tr>
      <td>
        <input type="checkbox" name="id" value={id} aria-label={said.choose(id)} />
      </td>
      <td>
        <code title={id}>{id.slice(0, 12)}</code>
      </td>
      <td>{queue}</td>
      <td>{source}</td>
      <td class="numeric">{figure(posts, language)}</td>
      <td>
        <span class="tag line">{kind}</span> <span class="small">{faultText(kind, reason, language)}</span>
      </td>
      <td class="nowrap">
        <time datetime={diedAt}>{timeIn(diedAt, zone, language)}</time>
      </td>
    </tr>
  );
}

const STATE_TAG: Readonly<Record<SourceView['state'], string>> = {
  paused: 'tag',
  failing: 'tag critical',
  quiet: 'tag high',
  'never-read': 'tag',
  well: 'tag good',
};

function SourcesSheet({ visit, sources, said }: SheetProps & { readonly sources: readonly SourceView[] }) {
  const { me, display, now } = visit;
  const { language } = display;
  return (
    <section class="sheet" id="sources">
      <h2>{said.sources}</h2>
      {sources.length === 0 ? (
        <p class="soft">{said.sourcesNone}</p>
      ) : (
        <ScrollBox label={said.sources}>
          <table>
            <thead>
              <tr>
                <th scope="col">{said.source}</th>
                <th scope="col">{said.state}</th>
                <th scope="col">{said.lastSuccess}</th>
                <th scope="col" class="numeric">
                  {said.postsHour}
                </th>
                <th scope="col">{said.nextRun}</th>
                <th scope="col">
                  <span class="unseen">{`${said.pause} / ${said.resume}`}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => {
                const verb = source.pausedAt === undefined ? 'pause' : 'resume';
                const { name, kind, state, lastSucceededAt, nextRunAt, error, usualPosts } = source;
                return (
                  <tr>
                    <th scope="row">
                      {name} <span class="soft small">{kind}</span>
                    </th>
                    <td>
                      <span class={STATE_TAG[state]}>{said.states[state]}</span>
                      {error !== undefined && (
                        <p class="small">
                          {error.kind}: {faultText(error.kind, error.message, language)}
                        </p>
                      )}
                    </td>
                    <td>
                      {lastSucceededAt === undefined ? (
                        said.never
                      ) : (
                        <time datetime={lastSucceededAt}>{timeAgo(lastSucceededAt, now, language)}</time>
                      )}
                    </td>
                    <td class="numeric">
                      {`${figure(source.postsThisHour, language)} / ${figure(source.postsLastHour, language)}`}
                      {usualPosts !== undefined && <span class="soft small"> {said.usual(usualPosts)}</span>}
                    </td>
                    <td class="nowrap">
                      {nextRunAt === undefined ? '–' : timeIn(nextRunAt, me.unit.zone, language)}
                    </td>
                    <td>
                      <form method="post" action="/operations/source">
                        <input type="hidden" name="csrf" value={me.csrf} />
                        <input type="hidden" name="name" value={name} />
                        <button type="submit" name="verb" value={verb} aria-label={`${said[verb]} ${name}`}>
                          {said[verb]}
                        </button>
                      </form>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}

function QueuesSheet({ visit: { display, now }, view, said }: ViewProps) {
  const { language } = display;
  return (
    <section class="sheet">
      <h2>{said.queues}</h2>
      <ScrollBox label={said.queues}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.queue}</th>
              {([said.waiting, said.delayed, said.active, said.deadCount] as const).map((name) => (
                <th scope="col" class="numeric">
                  {name}
                </th>
              ))}
              <th scope="col">{said.waitsSince}</th>
            </tr>
          </thead>
          <tbody>
            {view.queues.map(({ name, counts, oldestAt, fault }) => (
              <tr>
                <th scope="row">{name}</th>
                {counts === undefined ? (
                  <td colspan={5}>
                    <span class="tag critical">{said.notOk}</span> {fault}
                  </td>
                ) : (
                  <>
                    {[counts.waiting, counts.delayed, counts.active, counts.dead].map((n) => (
                      <td class="numeric">{figure(n, language)}</td>
                    ))}
                    <td>
                      {oldestAt === undefined ? (
                        '–'
                      ) : (
                        <time datetime={oldestAt}>{timeAgo(oldestAt, now, language)}</time>
                      )}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <h3>{said.sizes}</h3>
      <dl class="facts">
        {(['store', 'queue', 'rejects'] as const).map((name) => (
          <>
            <dt>{said.sizeNames[name]}</dt>
            <dd>{bytesText(view.sizes[name], language)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function IncompleteSheet({ visit: { display }, view, said }: ViewProps) {
  return (
    <section class="sheet">
      <h2>{said.incomplete}</h2>
      {view.incomplete.length === 0 ? (
        <p class="soft">{said.incompleteNone}</p>
      ) : (
        <>
          <p class="hint below">{said.incompleteHint}</p>
          <dl class="facts">
            {view.incomplete.map(({ source, n }) => (
              <>
                <dt>{source}</dt>
                <dd>{figure(n, display.language)}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

const RUN_COUNTS = ['collected', 'landed', 'copies', 'passed', 'seen', 'failed', 'incomplete'] as const;

function RunsSheet({ visit: { me, display }, view, said }: ViewProps) {
  const { language } = display;
  const { zone } = me.unit;
  return (
    <section class="sheet">
      <h2>{said.runs}</h2>
      {view.runs.length === 0 ? (
        <p class="soft">{said.runsNone}</p>
      ) : (
        <ScrollBox label={said.runs}>
          <table>
            <thead>
              <tr>
                <th scope="col">{said.run}</th>
                <th scope="col">{said.began}</th>
                <th scope="col">{said.ended}</th>
                {RUN_COUNTS.map((name) => (
                  <th scope="col" class="numeric">
                    {said.counts[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.runs.map(({ id, kind, startedAt, finishedAt, counts }) => (
                <tr>
                  <th scope="row">
                    <code>{id}</code> <span class="soft small">{runsWords(language).kinds[kind]}</span>
                  </th>
                  <td>{timeIn(startedAt, zone, language)}</td>
                  <td>{finishedAt === undefined ? said.running : timeIn(finishedAt, zone, language)}</td>
                  {RUN_COUNTS.map((name) => (
                    <td class="numeric">{figure(counts[name] ?? 0, language)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}

function ChecksSheet({
  visit: { me },
  checks,
  said,
}: SheetProps & { readonly checks: readonly DeploymentCheck[] | undefined }) {
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
