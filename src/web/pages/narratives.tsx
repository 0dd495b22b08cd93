import { LIVES } from '../../core/narrative.js';
import type { StoryFilter, StoryPage } from '../../pipeline/read-stories.js';
import { readStoriesApart } from '../../pipeline/story-reading.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import type { DeskApp, DeskRoute, Reader, SignedVisit } from '../route.js';
import { figure } from '../views/charts.js';
import { Frame, signedInOf } from '../views/frame.js';
import { type RegionChoice, RegionLinks, regionChoice, regionQuery } from '../views/region-choice.js';
import { CheckTag, LifeTag, Spark, StoryLink } from '../views/story-lines.js';
import { timeIn } from '../views/times.js';

const PAGE_SIZE = 30;
const SEEN_DAYS = [1, 7, 30] as const;
const LEAST_POSTS = [10, 50, 200] as const;

/** What of the list an address asks for. */
export interface StoryAsk {
  readonly filter: StoryFilter;
  readonly after?: string;
}

/** A story's id as the store makes them. */
export const STORY_ID = /^[\w~.-]{1,64}$/;

/** Reads an address; what it does not understand is left out. */
function readStoryAsk(query: (name: string) => string | undefined): StoryAsk {
  const life = LIVES.find((each) => each === query('life'));
  const days = SEEN_DAYS.find((each) => String(each) === query('days'));
  const least = LEAST_POSTS.find((each) => String(each) === query('least'));
  const text = query('text')?.trim().slice(0, 200);
  const after = query('after');
  return {
    filter: {
      ...(life === undefined ? {} : { life }),
      ...(days === undefined ? {} : { days }),
      ...(least === undefined ? {} : { least }),
      ...(text === undefined || text === '' ? {} : { text }),
      ...(query('burst') === '1' ? { burst: true } : {}),
    },
    ...(after !== undefined && STORY_ID.test(after) ? { after } : {}),
  };
}

function addressOf(
  { filter }: StoryAsk,
  after: string | undefined,
  keep: Readonly<Record<string, string>>,
): string {
  const { life, days, least, text, burst } = filter;
  const query = new URLSearchParams({
    ...keep,
    ...(life === undefined ? {} : { life }),
    ...(days === undefined ? {} : { days: String(days) }),
    ...(least === undefined ? {} : { least: String(least) }),
    ...(text === undefined ? {} : { text }),
    ...(burst === true ? { burst: '1' } : {}),
    ...(after === undefined ? {} : { after }),
  }).toString();
  return query === '' ? '/narratives' : `/narratives?${query}`;
}

/** A page of the list, also for those who do not read HTML. */
export function storiesModel(
  { stories }: Pick<DeskApp, 'stories'>,
  { me }: Reader,
  { filter, after }: StoryAsk,
  limit = PAGE_SIZE,
): Promise<StoryPage> {
  return readStoriesApart(stories, me.actor, { ...filter, limit, ...(after === undefined ? {} : { after }) });
}

export function narrativesRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/narratives',
      access: 'narrative:read',
      handle: async (visit) => {
        const ask = readStoryAsk((name) => visit.c.req.query(name));
        const choice = regionChoice(visit.c, app, visit);
        const { shown } = choice;
        const within = shown === undefined ? ask : { ...ask, filter: { ...ask.filter, regions: shown } };
        const page = await storiesModel(app, visit, within);
        return visit.c.html(<ListPage visit={visit} ask={ask} page={page} choice={choice} />);
      },
    },
  ];
}

interface ListProps {
  readonly visit: SignedVisit;
  readonly ask: StoryAsk;
  readonly page: StoryPage;
  readonly choice: RegionChoice;
}

function ListPage({ visit, ask, page, choice }: ListProps) {
  const { display, me } = visit;
  const said = storyWords(display.language);
  const keep = regionQuery(choice);
  const isFiltered = Object.keys(ask.filter).length > 0 || choice.shown !== undefined;
  const empty =
    page.next !== undefined ? said.list.emptyMore : isFiltered ? said.list.emptyFilter : said.list.empty;
  return (
    <Frame
      title={said.list.title}
      display={display}
      me={signedInOf(me)}
      room="narratives"
      styles={['stories']}
    >
      <h1>{said.list.title}</h1>
      <p>{said.list.intro}</p>
      <RegionLinks choice={choice} visit={visit} address={(query) => addressOf(ask, undefined, query)} />
      <Filter ask={ask} said={said} keep={keep} />
      {page.narratives.length === 0 && ask.after === undefined ? (
        <p class="notice">{empty}</p>
      ) : (
        <form method="get" action="/compare">
          <Rows visit={visit} page={page} said={said} />
          <p class="row unprinted">
            <button type="submit">{said.list.compare}</button>
            <span class="hint">{said.list.compareHint}</span>
          </p>
        </form>
      )}
      <p class="row">
        {ask.after !== undefined && (
          <a class="button" href={addressOf(ask, undefined, keep)}>
            {said.list.first}
          </a>
        )}
        {page.next !== undefined && (
          <a class="button" href={addressOf(ask, page.next, keep)} rel="next">
            {said.list.next}
          </a>
        )}
      </p>
    </Frame>
  );
}

function Filter({
  ask: { filter },
  said,
  keep,
}: {
  readonly ask: StoryAsk;
  readonly said: StoryWords;
  readonly keep: Readonly<Record<string, string>>;
}) {
  const active = Object.keys(filter).length;
  return (
    <details class="sheet unprinted">
      <summary>
        {said.list.filter}
        {active > 0 && <span class="tag">{said.list.active(active)}</span>}
      </summary>
      <form method="get" action="/narratives" class="columns">
        {Object.entries(keep).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <div class="field">
          <label for="filter-life">{said.list.life}</label>
          <select id="filter-life" name="life">
            <option value="">{said.list.any}</option>
            {LIVES.map((life) => (
              <option value={life} selected={life === filter.life}>
                {said.lives[life]}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="filter-days">{said.list.seen}</label>
          <select id="filter-days" name="days">
            <option value="">{said.list.any}</option>
            {SEEN_DAYS.map((days) => (
              <option value={days} selected={days === filter.days}>
                {said.list.seenIn(days)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="filter-least">{said.list.least}</label>
          <select id="filter-least" name="least">
            <option value="">{said.list.any}</option>
            {LEAST_POSTS.map((least) => (
              <option value={least} selected={least === filter.least}>
                {least}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="filter-text">{said.list.text}</label>
          <input id="filter-text" name="text" value={filter.text ?? ''} maxlength={200} />
        </div>
        <label class="choice">
          <input type="checkbox" name="burst" value="1" checked={filter.burst === true} />
          {said.list.burst}
        </label>
        <div class="row">
          <button type="submit">{said.list.show}</button>
          <a href={addressOf({ filter: {} }, undefined, keep)}>{said.list.reset}</a>
        </div>
      </form>
    </details>
  );
}

function Rows({ visit, page, said }: Omit<ListProps, 'ask' | 'choice'> & { readonly said: StoryWords }) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  return (
    <ol class="story-list">
      {page.narratives.map(({ narrative, hours, checks }) => (
        <li class="sheet">
          <input
            type="checkbox"
            name="id"
            value={narrative.id}
            class="unprinted"
            id={`pick-${narrative.id}`}
            aria-label={`${said.list.compare}: ${narrative.title === '' ? narrative.id : narrative.title}`}
          />
          <div class="told">
            <h2>
              <StoryLink narrative={narrative} said={said} />
            </h2>
            <p class="row small">
              <LifeTag life={narrative.life} said={said} />
              <strong>{said.postsOf(figure(narrative.posts, language))}</strong>
              <span>{said.flaggedOf(figure(narrative.flagged, language))}</span>
              <span>
                {figure(narrative.authors, language)} {said.list.authors.toLowerCase()}
              </span>
              {narrative.bursts.length > 0 && (
                <span class="tag high">
                  {narrative.bursts.length} {said.list.bursts.toLowerCase()}
                </span>
              )}
              <CheckTag checks={checks} said={said} />
            </p>
            <p class="small soft">
              {said.list.firstSeen} {timeIn(narrative.firstSeen, zone, language)} ·{' '}
              {said.list.lastSeen.toLowerCase()} {timeIn(narrative.lastSeen, zone, language)}
            </p>
          </div>
          <div class="curve-cell">
            <Spark
              id={`curve-${narrative.id}`}
              title={said.list.curve}
              values={hours}
              language={language}
              said={said}
            />
            <p class="hint">{said.list.curve}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
