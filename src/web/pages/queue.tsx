import { CATEGORIES, LEVELS } from '../../core/assessment.js';
import type { QueuePage as Page, QueueCount, QueueEntry } from '../../core/desk-ports.js';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { MAX_BATCH_ITEMS } from '../../core/review.js';
import { claimNextApart } from '../../pipeline/claim-items.js';
import { countQueueApart, heldItems, readQueueApart } from '../../pipeline/read-queue.js';
import { may } from '../../triage/rights.js';
import { words } from '../../words/catalogue.js';
import { nearWords } from '../../words/desk-near.js';
import { type QueueWords, queueWords } from '../../words/desk-queue.js';
import { refusalWords } from '../../words/refusals.js';
import { askFields, filterOf, type QueueAsk, queueAddress, readAsk } from '../queue-query.js';
import type { DeskApp, DeskRoute, Reader, SignedVisit } from '../route.js';
import { CategoryBadges, LevelBadge } from '../views/badges.js';
import { figure } from '../views/charts.js';
import { DeskExtras } from '../views/desk-extras.js';
import { Frame, signedInOf } from '../views/frame.js';
import { timeAgo } from '../views/times.js';
import { slursOf, VeiledText } from '../views/veiled-text.js';

const PAGE_SIZE = 40;

/** What a page of the queue shows, also for those who do not read HTML. */
export interface QueueModel {
  readonly ask: QueueAsk;
  readonly page: Page;
  readonly count: QueueCount;
  /** Number of the newest item when the page was made: what lands after it is announced. */
  readonly newest: number;
  /** It took too long to be read: the page is empty for that alone. */
  readonly tooSlow?: true;
}

type QueueApp = Pick<DeskApp, 'ports' | 'narratives'>;

/** Reads a page of the reader's queue, of at most `limit` items (1..200). */
export async function queueModel(
  { ports, narratives }: QueueApp,
  { me }: Reader,
  ask: QueueAsk,
  limit = PAGE_SIZE,
): Promise<QueueModel> {
  const newest = ports.store.queue.newest();
  if (ask.mine) {
    const entries = heldItems(ports, me.actor);
    return { ask, page: { entries }, count: { n: entries.length, more: false }, newest };
  }
  const filter = filterOf(narratives, ask);
  const query = { ...filter, limit, ...(ask.after === undefined ? {} : { after: ask.after }) };
  if (filter.text === undefined) {
    const [page, count] = await Promise.all([
      readQueueApart(ports, me.actor, query),
      countQueueApart(ports, me.actor, filter),
    ]);
    return { ask, page, count, newest };
  }
  // A search is dear: its first page is counted as it is found.
  const page = await readQueueApart(ports, me.actor, query);
  const count = page.count ?? (await countQueueApart(ports, me.actor, filter));
  return { ask, page, count, newest };
}

/** What stands beside an item: as much of the queue that it was opened from, and no count of it. */
export type QueueBeside = Omit<QueueModel, 'count'>;

/** As {@link queueModel}; a queue that takes too long to be read is told of on its page. */
async function queueOrTooSlow(app: QueueApp, reader: Reader, ask: QueueAsk): Promise<QueueModel> {
  try {
    return await queueModel(app, reader, ask);
  } catch (error) {
    return { ...tooSlow(app, ask, error), count: { n: 0, more: true } };
  }
}

/** The queue that an item was opened from. */
export async function queueBeside(app: QueueApp, reader: Reader, ask: QueueAsk): Promise<QueueBeside> {
  const { ports } = app;
  if (ask.mine) return queueModel(app, reader, ask);
  const newest = ports.store.queue.newest();
  const query = {
    ...filterOf(app.narratives, ask),
    limit: PAGE_SIZE,
    ...(ask.after === undefined ? {} : { after: ask.after }),
  };
  try {
    return { ask, page: await readQueueApart(ports, reader.me.actor, query), newest };
  } catch (error) {
    return tooSlow(app, ask, error);
  }
}

/** @throws what is no DeskRefusal `too-slow` */
function tooSlow({ ports }: Pick<DeskApp, 'ports'>, ask: QueueAsk, error: unknown): QueueBeside {
  if (!(error instanceof DeskRefusal && error.kind === 'too-slow')) throw error;
  return { ask, page: { entries: [] }, newest: ports.store.queue.newest(), tooSlow: true };
}

/** The queue, and taking the next items from it. */
export function queueRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/queue',
      access: 'queue:read',
      handle: async (visit) => {
        const ask = readAsk((name) => visit.c.req.query(name));
        const model = await queueOrTooSlow(app, visit, ask);
        const { title } = (ask.narrative !== undefined && app.narratives.narrative(ask.narrative)) || {
          title: '',
        };
        const about = ask.narrative === undefined ? {} : { narrative: title || ask.narrative };
        return visit.c.html(
          <QueuePage visit={visit} model={{ ...model, ...about }} />,
          model.tooSlow ? 503 : 200,
        );
      },
    },
    {
      method: 'POST',
      path: '/claims/next',
      access: 'item:claim',
      handle: async ({ c, me }, fields) => {
        const ask = { ...readAsk((name) => fields.get(name)?.[0]), mine: false };
        const filter = filterOf(app.narratives, ask);
        const claims = await claimNextApart(app.ports, me.actor, filter, MAX_BATCH_ITEMS);
        const [first] = claims;
        return c.redirect(first === undefined ? queueAddress(ask) : `/items/${first.item}?mine=1`, 303);
      },
    },
  ];
}

interface PageProps {
  readonly visit: SignedVisit;
  /** With the title of the narrative that is asked for. */
  readonly model: QueueModel & { readonly narrative?: string };
}

function QueuePage({ visit, model }: PageProps) {
  const { display, me, now } = visit;
  const said = queueWords(display.language);
  const { ask, page, count, newest } = model;
  const isFiltered = Object.keys(ask.filter).length > 0 || ask.narrative !== undefined || ask.mine;
  return (
    <Frame title={said.title} display={display} me={signedInOf(me)} room="queue" scripts={['triage', 'care']}>
      <div class="row between">
        <h1>{said.title}</h1>
        <p class="row">
          {!model.tooSlow && <strong id="count">{said.count(count.n, count.more)}</strong>}
          <a id="arrived" class="button" href={queueAddress(ask)} data-after={newest} hidden>
            {said.arrived(0, false)}
          </a>
        </p>
      </div>
      <QueueTools visit={visit} model={model} />
      <ul class="queue" aria-label={said.title}>
        {page.entries.map((entry) => (
          <li>
            <QueueRow entry={entry} ask={ask} me={me.user.id} display={display} now={now} said={said} />
          </li>
        ))}
      </ul>
      {model.tooSlow && <p class="notice bad">{refusalWords(display.language, 'too-slow')}</p>}
      {page.entries.length === 0 && !model.tooSlow && (
        <p class="notice">{isFiltered ? said.emptyFilter : said.empty}</p>
      )}
      <p class="row">
        {ask.after !== undefined && (
          <a class="button" href={queueAddress(ask)}>
            {said.first}
          </a>
        )}
        {page.next !== undefined && (
          <a class="button" href={queueAddress(ask, { after: page.next })} rel="next">
            {said.next}
          </a>
        )}
      </p>
      <DeskExtras said={said} csrf={me.csrf} language={display.language} />
    </Frame>
  );
}

/** Filter, own claims, and taking the next items. */
function QueueTools({ visit, model }: PageProps) {
  const { ask } = model;
  const { display, me } = visit;
  const said = queueWords(display.language);
  const { levels, categories, states } = words(display.language);
  const { filter } = ask;
  return (
    <div class="stack">
      <div class="row">
        {may(me.user.role, 'item:claim') && (
          <form method="post" action="/claims/next">
            <input type="hidden" name="csrf" value={me.csrf} />
            {askFields({ ...ask, mine: false }).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <button type="submit" class="primary">
              {said.take(MAX_BATCH_ITEMS)}
            </button>
          </form>
        )}
        {may(me.user.role, 'item:claim') && (
          <a class="button" href="/queue?mine=1" aria-current={ask.mine ? 'page' : undefined}>
            {said.mine}
          </a>
        )}
      </div>
      {model.narrative !== undefined && (
        <p class="notice row">
          {nearWords(display.language).inNarrative(model.narrative)} <a href="/queue">{said.reset}</a>
        </p>
      )}
      <details class="sheet" open={Object.keys(filter).length > 0}>
        <summary>{said.filters}</summary>
        <form method="get" action="/queue" class="columns">
          {ask.narrative !== undefined && <input type="hidden" name="narrative" value={ask.narrative} />}
          <Choice
            name="state"
            label={said.state}
            value={filter.state}
            options={Object.entries(states)}
            any=""
          />
          <Choice
            name="category"
            label={said.category}
            value={filter.category}
            options={CATEGORIES.map((each) => [each, categories[each]])}
            any={said.any}
          />
          <Choice
            name="level"
            label={said.minLevel}
            value={filter.minLevel}
            options={LEVELS.slice(1).map((each) => [each, levels[each]])}
            any={said.any}
          />
          <Text name="source" label={said.source} value={filter.source} />
          <Text
            name="region"
            label={said.region}
            value={filter.region === null ? 'unknown' : filter.region}
          />
          <Text name="language" label={said.languageOf} value={filter.language} />
          <Text name="text" label={said.text} value={filter.text} hint={said.textHint} />
          <div class="row">
            <button type="submit">{said.show}</button>
            <a href="/queue">{said.reset}</a>
          </div>
        </form>
      </details>
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [string, string])[];
  /** '' where there is always one chosen. */
  readonly any: string;
}

function Choice({ name, label, value, options, any }: ChoiceProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        {any !== '' && <option value="">{any}</option>}
        {options.map(([key, word]) => (
          <option value={key} selected={key === value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TextProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly hint?: string;
}

function Text({ name, label, value = '', hint }: TextProps) {
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <input id={`filter-${name}`} name={name} value={value} maxlength={200} />
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}

interface RowProps {
  readonly entry: QueueEntry;
  readonly ask: QueueAsk;
  /** The reader's own id. */
  readonly me: number;
  readonly display: SignedVisit['display'];
  readonly now: number;
  readonly said: QueueWords;
  readonly isCurrent?: boolean;
}

/** An item of the queue as a link. */
export function QueueRow({ entry, ask, me, display: { language }, now, said, isCurrent }: RowProps) {
  const { number, level, flags, source, claim, copies, excerpt, veiled = [] } = entry;
  const { stage, createdAt, landedAt } = entry;
  const query = queueAddress(ask).split('?')[1];
  return (
    <a
      href={`/items/${number}${query === undefined ? '' : `?${query}`}`}
      data-item={number}
      aria-current={isCurrent === true ? 'true' : undefined}
    >
      <span class="meta">
        <LevelBadge level={level} language={language} />
        <CategoryBadges flags={flags} language={language} />
        {stage !== 'new' && <span class="tag">{said.stages[stage]}</span>}
        <span>{source}</span>
        <time datetime={createdAt ?? landedAt}>{timeAgo(createdAt ?? landedAt, now, language)}</time>
        {copies !== undefined && (
          <span class="tag line" title={said.copiesHint}>
            {said.copiesTag(figure(copies, language))}
          </span>
        )}
        {claim !== undefined && (
          <span class="tag good">{claim.user === me ? said.heldByMe : said.held(said.someone)}</span>
        )}
      </span>
      <span class="post excerpt" dir="auto">
        <VeiledText text={excerpt} slurs={slursOf(excerpt, veiled)} />
      </span>
    </a>
  );
}
