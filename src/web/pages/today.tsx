import type { Trend } from '../../core/trends.js';
import { RISING_KINDS, TODAY_DAYS, type TodayView, type Usual } from '../../pipeline/read-today.js';
import type { SourceView } from '../../pipeline/source-view.js';
import { readTodayApart } from '../../pipeline/story-reading.js';
import { numbersWords } from '../../words/desk-numbers.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { Bar, figure } from '../views/charts.js';
import { CountHead, Curve } from '../views/curve.js';
import { Frame, signedInOf } from '../views/frame.js';
import { Period, periodOf } from '../views/period.js';
import { type RegionChoice, RegionLinks, regionChoice, regionQuery } from '../views/region-choice.js';
import { RegionMap } from '../views/region-map.js';
import { ScrollBox } from '../views/scroll-box.js';
import { StoryLines } from '../views/story-lines.js';
import { timeIn } from '../views/times.js';

/** States of sources that bring nothing just now. */
const SILENT: ReadonlySet<SourceView['state']> = new Set(['paused', 'failing', 'quiet', 'never-read']);
/** Regions in the list beside the map. */
const SHOWN_REGIONS = 10;

/** Today at a glance, for those who brief others: counts and stories, no account and no single post. */
export function todayRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/today',
      access: 'narrative:read',
      handle: async (visit) => {
        const days = periodOf(visit.c, TODAY_DAYS, 1);
        const choice = regionChoice(visit.c, app, visit);
        const view = await readTodayApart(app.stories, visit.me.actor, days, choice.shown);
        return visit.c.html(<TodayPage visit={visit} app={app} view={view} choice={choice} />);
      },
    },
  ];
}

interface TodayProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly view: TodayView;
  readonly choice: RegionChoice;
}

function TodayPage({ visit, app, view, choice }: TodayProps) {
  const { display, me } = visit;
  const { language } = display;
  const { zone } = me.unit;
  const said = storyWords(language);
  const part = { language, said } as const;
  const lines = { ...part, zone, now: visit.now } as const;
  const sources = silentSources(app, visit.now);
  return (
    <Frame title={said.today.title} display={display} me={signedInOf(me)} room="today" styles={['stories']}>
      <div class="row between">
        <h1>{said.today.title}</h1>
        <a class="button unprinted" href="/wall">
          {said.today.wall}
        </a>
      </div>
      <p>{said.today.intro}</p>
      <Period
        path="/today"
        days={TODAY_DAYS}
        chosen={view.days}
        said={{ ...numbersWords(language), days: said.today.days }}
        keep={regionQuery(choice)}
      />
      <RegionLinks
        choice={choice}
        visit={visit}
        address={(query) => `/today?${new URLSearchParams({ days: String(view.days), ...query })}`}
      />
      {view.stale && <p class="notice warn">{said.today.stale(timeIn(view.span.to, zone, language))}</p>}
      {view.countedFrom !== undefined && view.countedFrom > view.span.from && (
        <p class="notice">{said.today.countedFrom(timeIn(view.countedFrom, zone, language))}</p>
      )}
      <Totals view={view} said={said} language={language} />
      {view.usual !== undefined && <p class="hint below">{said.today.usualHint(view.usual.of)}</p>}
      <section class="sheet">
        <Curve
          id="totals"
          title={said.posts}
          hours={view.hours}
          span={view.span}
          {...(view.stale ? {} : { now: visit.now })}
          {...(view.countedFrom === undefined ? {} : { knownFrom: view.countedFrom })}
          zone={zone}
          {...part}
        />
        <p class="hint">{said.zoneHint(zone)}</p>
      </section>
      <div class="columns beside-long">
        <section class="sheet">
          <h2>{said.today.rising}</h2>
          <StoryLines id="rising" stories={view.stories} none={said.today.risingNone} {...lines} />
        </section>
        <section class="sheet long">
          <h2>{said.today.fresh}</h2>
          <StoryLines id="fresh" stories={view.fresh} none={said.today.freshNone} {...lines} />
        </section>
        <section class="sheet">
          <h2>{said.today.hoaxes}</h2>
          <p class="hint">{said.today.hoaxesHint}</p>
          <StoryLines id="hoaxes" stories={view.hoaxes} none={said.today.hoaxesNone} {...lines} />
        </section>
        <Sources sources={sources} visit={visit} said={said} />
      </div>
      {view.within === undefined ? (
        <Rising view={view} app={app} said={said} language={language} />
      ) : (
        <p class="notice">{said.region.noTrends}</p>
      )}
      <Regions view={view} app={app} said={said} language={language} />
      <p>
        <a
          href={
            choice.own !== undefined && choice.shown === undefined ? '/narratives?region=all' : '/narratives'
          }
        >
          {said.today.all}
        </a>
      </p>
    </Frame>
  );
}

/** Undefined where the desk is served without the sources, or there are none: then nothing is known of any. */
function silentSources({ machinery }: DeskApp, now: number): readonly SourceView[] | undefined {
  const sources = machinery?.sources(now) ?? [];
  return sources.length === 0 ? undefined : sources.filter(({ state }) => SILENT.has(state));
}

interface PartProps {
  readonly view: TodayView;
  readonly said: StoryWords;
  readonly language: 'id' | 'en';
}

/** What was counted against what is usual. */
export function Totals({ view, said, language }: PartProps) {
  return (
    <dl class="headlines roomy">
      <div>
        <dt>{said.posts}</dt>
        <dd>{figure(view.posts, language)}</dd>
        <dd class="hint">{usualText(view.usual, said, language)}</dd>
      </div>
      <div>
        <dt>{said.flagged}</dt>
        <dd>{figure(view.flagged, language)}</dd>
        <dd class="hint">{usualText(view.usualFlagged, said, language)}</dd>
      </div>
      <div>
        <dt>{said.today.moving}</dt>
        <dd>{figure(view.stories.length + view.fresh.length, language)}</dd>
      </div>
      <div>
        <dt>{said.today.circulating}</dt>
        <dd>{figure(view.hoaxes.length, language)}</dd>
      </div>
    </dl>
  );
}

/** Above or below only beyond what half of the earlier spans lay between. */
function usualText(usual: Usual | undefined, said: StoryWords, language: 'id' | 'en'): string {
  if (usual === undefined) return said.today.noUsual;
  const { above, below, within } = said.today;
  const place = usual.now > usual.high ? above : usual.now < usual.low ? below : within;
  return `${place}; ${said.today.usual(figure(Math.round(usual.posts), language))}`;
}

function Rising({ view, app, said, language }: PartProps & { readonly app: DeskApp }) {
  const nameOf = ({ kind, key }: Trend): string =>
    kind === 'topic' ? (app.stories.topicName(key, language) ?? key) : kind === 'hashtag' ? `#${key}` : key;
  const kinds = RISING_KINDS.filter((kind) => view.rising[kind].length > 0);
  return (
    <section class="sheet">
      <h2>{said.today.trends}</h2>
      <p class="hint">{said.today.trendsHint}</p>
      {kinds.length === 0 && <p class="soft">{said.today.trendsNone}</p>}
      <div class="columns">
        {kinds.map((kind) => (
          <ScrollBox label={said.kinds[kind]}>
            <table class="counted">
              <caption>{said.kinds[kind]}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span class="unseen">{said.kinds[kind]}</span>
                  </th>
                  <th scope="col" class="numeric">
                    {said.posts}
                  </th>
                  <th scope="col" class="numeric">
                    {said.today.expected}
                  </th>
                </tr>
              </thead>
              <tbody>
                {view.rising[kind].map((trend) => (
                  <tr>
                    <th scope="row">
                      <bdi>{nameOf(trend)}</bdi>
                    </th>
                    <td class="numeric">{figure(trend.posts, language)}</td>
                    <td class="numeric">
                      {trend.usual === undefined ? '–' : figure(Math.round(trend.usual), language)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        ))}
      </div>
    </section>
  );
}

function Regions({ view, app, said, language }: PartProps & { readonly app: DeskApp }) {
  const known = view.regions.filter(({ key }) => key !== 'unknown');
  const unknown = view.regions.find(({ key }) => key === 'unknown');
  const most = Math.max(1, ...known.map(({ posts }) => posts));
  const rows = [...known.slice(0, SHOWN_REGIONS), ...(unknown === undefined ? [] : [unknown])];
  return (
    <section class="sheet">
      <h2>{said.today.regions}</h2>
      <p class="hint">{said.today.regionsHint}</p>
      {known.length === 0 ? (
        <p class="soft">{said.today.regionsNone}</p>
      ) : (
        <>
          <RegionMap
            id="regions-map"
            counts={view.regions.map(({ key, posts }) => ({ region: key, posts }))}
            nameOf={app.stories.regionName}
            language={language}
          />
          <ScrollBox label={said.today.regions}>
            <table class="counted">
              <CountHead first={said.story.place} said={said} />
              <tbody>
                {rows.map(({ key, posts, flagged }) => (
                  <tr>
                    <th scope="row">
                      {key === 'unknown' ? said.unknown : (app.stories.regionName(key) ?? key)}
                      {key !== 'unknown' && <Bar share={posts / most} />}
                    </th>
                    <td class="numeric">{figure(posts, language)}</td>
                    <td class="numeric">{figure(flagged, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </>
      )}
    </section>
  );
}

interface SourcesProps {
  readonly sources: readonly SourceView[] | undefined;
  readonly visit: SignedVisit;
  readonly said: StoryWords;
}

function Sources({ sources, visit, said }: SourcesProps) {
  const { language } = visit.display;
  return (
    <section class="sheet">
      <h2>{said.today.coverage}</h2>
      <p class="hint">{said.today.coverageHint}</p>
      {sources === undefined || sources.length === 0 ? (
        <p class="soft">{sources === undefined ? said.today.coverageUnknown : said.today.coverageNone}</p>
      ) : (
        <ScrollBox label={said.today.coverage}>
          <table class="counted">
            <thead>
              <tr>
                <th scope="col">{said.today.source}</th>
                <th scope="col">{said.today.state}</th>
                <th scope="col">{said.today.lastPost}</th>
              </tr>
            </thead>
            <tbody>
              {sources.map(({ name, state, lastSucceededAt }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td>{said.today.sourceStates[state]}</td>
                  <td>
                    {lastSucceededAt === undefined
                      ? '–'
                      : timeIn(lastSucceededAt, visit.me.unit.zone, language)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}
