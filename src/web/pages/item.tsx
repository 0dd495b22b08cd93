import { CATEGORIES } from '../../core/assessment.js';
import type { ItemClaim } from '../../core/desk-ports.js';
import { DeskRefusal } from '../../core/desk-refusal.js';
import type { Item } from '../../core/item.js';
import { nearItems } from '../../pipeline/near-items.js';
import { type ItemHistory, itemHistory } from '../../pipeline/read-queue.js';
import { may } from '../../triage/rights.js';
import { words } from '../../words/catalogue.js';
import { type QueueWords, queueWords } from '../../words/desk-queue.js';
import { languageName, scoreText } from '../../words/figures.js';
import { renderReason } from '../../words/reasons.js';
import { refusalWords } from '../../words/refusals.js';
import { regionWords } from '../../words/regions.js';
import { targetText } from '../../words/targets.js';
import { readAsk } from '../queue-query.js';
import type { DeskApp, DeskRoute, Reader, SignedVisit } from '../route.js';
import { CategoryBadges, LevelBadge } from '../views/badges.js';
import { CaseSheet } from '../views/case-sheet.js';
import { figure } from '../views/charts.js';
import { DecidePanel } from '../views/decide-panel.js';
import { DeskExtras } from '../views/desk-extras.js';
import { Frame, signedInOf } from '../views/frame.js';
import { NarrativeSheet } from '../views/narrative-sheet.js';
import { NearSheet } from '../views/near-sheet.js';
import { OutLink } from '../views/out-link.js';
import { isEvidence, isVeiled, PostText } from '../views/post-text.js';
import { timeIn } from '../views/times.js';
import { slursOf } from '../views/veiled-text.js';
import { type QueueBeside, QueueRow, queueBeside } from './queue.js';

/** What a page about an item shows. */
export interface ItemModel {
  readonly item: Item;
  readonly history: ItemHistory;
  /** A live claim, anybody's. */
  readonly claim: ItemClaim | undefined;
}

/**
 * An item of the visitor's units.
 * @throws DeskRefusal `no-item`
 */
export function itemModel(
  { ports, items }: Pick<DeskApp, 'ports' | 'items'>,
  { me, now }: Reader,
  number: number,
): ItemModel {
  const history = itemHistory(ports, me.actor, number);
  const item = items.getItem(number);
  if (item === undefined) throw new DeskRefusal('no-item', `there is no item ${number}`, { item: number });
  const claim = ports.store.claims.find(number);
  return { item, history, claim: claim !== undefined && Date.parse(claim.until) > now ? claim : undefined };
}

/** An item beside the queue that it was opened from. */
export function itemRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/items/:number{[0-9]{1,15}}',
      access: 'queue:read',
      handle: async (visit) => {
        const number = Number(visit.c.req.param('number'));
        const ask = readAsk((name) => visit.c.req.query(name));
        const model = itemModel(app, visit, number);
        const queue = await queueBeside(app, visit, ask);
        return visit.c.html(<ItemPage visit={visit} app={app} model={model} queue={queue} />);
      },
    },
    {
      method: 'GET',
      path: '/items/:number{[0-9]{1,15}}/normalised',
      access: 'queue:read',
      handle: (visit) => {
        const { item } = itemModel(app, visit, Number(visit.c.req.param('number')));
        return visit.c.text(app.normalise(item.post.text));
      },
    },
  ];
}

interface ItemProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly model: ItemModel;
  readonly queue: QueueBeside;
}

function ItemPage({ visit, app, model, queue }: ItemProps) {
  const { display, me, now } = visit;
  const said = queueWords(display.language);
  const { item } = model;
  const story = may(me.user.role, 'narrative:read') ? app.narratives.narrativeOf(item.number) : undefined;
  return (
    <Frame
      title={said.itemTitle(item.number)}
      display={display}
      me={signedInOf(me)}
      room="queue"
      scripts={['triage', 'care']}
    >
      <div class="desk">
        <nav aria-label={said.title}>
          <a id="arrived" class="button" href="/queue" data-after={queue.newest} hidden>
            {said.arrived(0, false)}
          </a>
          {queue.tooSlow && <p class="notice bad">{refusalWords(display.language, 'too-slow')}</p>}
          <ul class="queue">
            {queue.page.entries.map((entry) => (
              <li>
                <QueueRow
                  entry={entry}
                  ask={queue.ask}
                  me={me.user.id}
                  display={display}
                  now={now}
                  said={said}
                  isCurrent={entry.number === item.number}
                />
              </li>
            ))}
          </ul>
        </nav>
        <article id="item" data-item={item.number} data-csrf={me.csrf} data-user={me.user.id}>
          <ItemHead model={model} display={display} said={said} />
          <PostSheet app={app} model={model} visit={visit} said={said} />
          <Near app={app} model={model} visit={visit} />
          <DecidePanel visit={visit} model={model} ask={queue.ask} units={app.ports.units} said={said} />
          <WhySheet item={item} visit={visit} said={said} />
          {story !== undefined && (
            <NarrativeSheet {...story} zone={me.unit.zone} language={display.language} />
          )}
          <HistorySheet app={app} model={model} visit={visit} said={said} />
          <CaseSheet app={app} model={model} visit={visit} />
        </article>
      </div>
      <DeskExtras said={said} csrf={me.csrf} language={display.language} />
    </Frame>
  );
}

/** What is much like the item, with ticks where the visitor has the item in hand. */
function Near({ app, model, visit }: Pick<ItemProps, 'app' | 'model' | 'visit'>) {
  const { item, history, claim } = model;
  const near = nearItems({ ...app.ports, narratives: app.narratives }, visit.me.actor, item.number);
  const isDeciding = claim?.user === visit.me.user.id && !history.blind && item.state === 'open';
  const { text } = item.post;
  return (
    <NearSheet
      near={near}
      language={visit.display.language}
      slurs={slursOf(text, item.assessment.findings.filter(isVeiled))}
      {...(isDeciding ? { form: 'outcome' } : {})}
    />
  );
}

interface SheetProps {
  readonly visit: SignedVisit;
  readonly said: QueueWords;
}

function ItemHead({
  model: { item, history },
  display,
  said,
}: {
  readonly model: ItemModel;
  readonly display: SignedVisit['display'];
  readonly said: QueueWords;
}) {
  return (
    <header>
      <h1>{said.itemTitle(item.number)}</h1>
      <p class="row">
        <LevelBadge level={item.assessment.level} language={display.language} />
        <CategoryBadges flags={item.assessment.flags} language={display.language} />
        <span class="tag line">{words(display.language).states[item.state]}</span>
      </p>
      <p class="notice">{said.hints}</p>
      {history.blind && <p class="notice warn">{said.blind}</p>}
    </header>
  );
}

function PostSheet({
  app,
  model: { item },
  visit,
  said,
}: SheetProps & { readonly app: DeskApp; readonly model: ItemModel }) {
  const { language } = visit.display;
  const { region } = item;
  const places = regionWords(language);
  const { zone } = visit.me.unit;
  const { post, assessment, withdrawn, changedAt } = item;
  return (
    <section class="sheet" aria-labelledby="post-title">
      <h2 id="post-title">{said.post}</h2>
      {withdrawn === undefined ? (
        <PostText text={post.text} findings={assessment.findings} language={language} />
      ) : (
        <p class="notice warn">{said.withdrawn(timeIn(withdrawn.at, zone, language))}</p>
      )}
      {changedAt !== undefined && (
        <p class="notice warn">{said.changed(timeIn(changedAt, zone, language))}</p>
      )}
      <dl class="facts small across">
        <dt>{said.source}</dt>
        <dd>{post.source}</dd>
        <dt>{said.language}</dt>
        <dd>
          <bdi>
            {[assessment.language.code, ...(assessment.language.mixed ?? [])]
              .map((code) => languageName(code, language))
              .join(' + ')}
          </bdi>
        </dd>
        {region !== undefined && (
          <>
            <dt>{said.region}</dt>
            <dd>
              {app.stories.regionName(region.code) ?? region.code}
              {region.isFromText && (
                <>
                  {' '}
                  <span class="tag line" title={places.fromTextHint}>
                    {places.fromText}
                  </span>
                </>
              )}
            </dd>
          </>
        )}
        {post.createdAt !== undefined && (
          <>
            <dt>{said.posted}</dt>
            <dd>{timeIn(post.createdAt, zone, language)}</dd>
          </>
        )}
        <dt>{said.landed}</dt>
        <dd>{timeIn(item.landedAt, zone, language)}</dd>
        {item.revisions > 1 && (
          <>
            <dt>{said.revisions}</dt>
            <dd>{item.revisions}</dd>
          </>
        )}
        {item.copies !== undefined && (
          <>
            <dt>{said.copies}</dt>
            <dd>
              {item.copies.map(({ source, n, from, to }) => (
                <div>
                  {said.copiesOf(
                    figure(n, language),
                    source,
                    timeIn(from, zone, language),
                    timeIn(to, zone, language),
                  )}
                </div>
              ))}
              <span class="hint">{said.copiesHint}</span>
            </dd>
          </>
        )}
      </dl>
      {withdrawn === undefined && (
        <details data-normalised={`/items/${item.number}/normalised`}>
          <summary>{said.normalised}</summary>
          <p class="mono post small" />
        </details>
      )}
    </section>
  );
}

function WhySheet({ item, visit, said }: SheetProps & { readonly item: Item }) {
  const { language } = visit.display;
  const { categories, signs } = words(language);
  const names = { ...categories, ...signs };
  const { assessment } = item;
  const evidence = assessment.findings.filter(isEvidence);
  const beside = assessment.findings.filter((finding) => !isEvidence(finding));
  return (
    <section class="sheet" aria-labelledby="why-title">
      <h2 id="why-title">{said.why}</h2>
      {assessment.incomplete.length > 0 && (
        <p class="notice bad">
          {said.incomplete} {assessment.incomplete.map((step) => said.steps[step]).join(', ')}
        </p>
      )}
      {evidence.length === 0 && <p>{said.noWhy}</p>}
      <ul>
        {[...evidence, ...beside].map(({ category, reason, params, claim }) => (
          <li>
            <span class="tag line">{names[category]}</span>{' '}
            <bdi>{renderReason(reason, params, language)}</bdi>
            {claim !== undefined && (
              <p class="small">
                {said.factCheck}:{' '}
                <OutLink href={claim.url} warning={said.leaveWarning}>
                  {claim.title}
                </OutLink>{' '}
                (<bdi>{claim.publisher}</bdi>, <bdi>{claim.date}</bdi>; {said.similarity}{' '}
                {Math.round(claim.similarity * 100)} %)
              </p>
            )}
          </li>
        ))}
      </ul>
      <h3>{said.scores}</h3>
      <div class="bars">
        {CATEGORIES.map((category) => {
          const score = assessment.categories[category];
          return (
            <>
              <span>{names[category]}</span>
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect class="track" width="100" height="8" rx="2" />
                <rect class="fill" width={score * 100} height="8" rx="2" />
              </svg>
              <span class="numeric">{scoreText(score, language)}</span>
            </>
          );
        })}
      </div>
      {assessment.context.length > 0 && (
        <p>
          {said.context}: {assessment.context.map((each) => said.contexts[each]).join(', ')}
        </p>
      )}
      {assessment.targets.length > 0 && (
        <p>
          {said.targets}:{' '}
          <bdi>{assessment.targets.map((target) => targetText(target, language)).join(', ')}</bdi>
        </p>
      )}
    </section>
  );
}

function HistorySheet({
  app,
  model: { history },
  visit,
  said,
}: SheetProps & { readonly app: DeskApp; readonly model: ItemModel }) {
  const { language } = visit.display;
  const nameOf = (actor: string): string => app.ports.store.users.find(Number(actor))?.display ?? said.system;
  return (
    <section class="sheet" aria-labelledby="history-title">
      <h2 id="history-title">{said.history}</h2>
      {history.events.length === 0 ? (
        <p class="soft">{said.noHistory}</p>
      ) : (
        <ol>
          {history.events.map(({ at, actor, act, note }) => (
            <li>
              <time datetime={at}>{timeIn(at, visit.me.unit.zone, language)}</time> —{' '}
              <bdi>{nameOf(actor)}</bdi> {said.acts[act.kind]}
              {act.kind === 'decided' && `: ${said.outcomes[act.verdict.kind]}`}
              {note !== undefined && (
                <blockquote class="post small" dir="auto">
                  {note}
                </blockquote>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
