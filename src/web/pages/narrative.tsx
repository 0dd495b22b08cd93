import type { StoryView } from '../../pipeline/read-story.js';
import { readStoryApart } from '../../pipeline/story-reading.js';
import { drawBars } from '../../report/chart-bars.js';
import { may } from '../../triage/rights.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { figure } from '../views/charts.js';
import { CoordinationView } from '../views/coordination.js';
import { Curve } from '../views/curve.js';
import { DrawingView } from '../views/drawing.js';
import { Frame, signedInOf } from '../views/frame.js';
import { OutLink } from '../views/out-link.js';
import { ScrollBox } from '../views/scroll-box.js';
import { LifeTag } from '../views/story-lines.js';
import { chanceText, marksOf, spanOf } from '../views/story-marks.js';
import { timeIn } from '../views/times.js';
import { Wordings } from '../views/wordings.js';

/** Words of a list that are shown; the rest is behind. */
const SHOWN_TERMS = 24;
/** Places that are drawn; the table has all. */
const SHOWN_PLACES = 10;

/** A narrative: its curve, where and in what words it spread, what was answered. No account, and no post of one person. */
export function narrativeRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/narratives/:id{[\\w~.-]{1,64}}',
      access: 'narrative:read',
      handle: async (visit) => {
        const view = await readStoryApart(app.stories, visit.me.actor, visit.c.req.param('id') ?? '');
        return visit.c.html(<StoryPage visit={visit} app={app} view={view} />);
      },
    },
  ];
}

interface StoryProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly view: StoryView;
}

interface PartProps {
  readonly view: StoryView;
  readonly visit: SignedVisit;
  readonly said: StoryWords;
}

function StoryPage({ visit, app, view }: StoryProps) {
  const { display, me } = visit;
  const { language } = display;
  const { zone } = me.unit;
  const said = storyWords(language);
  const { narrative } = view;
  const title = narrative.title === '' ? said.noTitle : narrative.title;
  const part = { view, visit, said } as const;
  const done = visit.c.req.query('done');
  return (
    <Frame
      title={said.story.title(title)}
      display={display}
      me={signedInOf(me)}
      room="narratives"
      styles={['stories']}
    >
      <p class="unprinted">
        <a href="/narratives">{said.story.back}</a>
      </p>
      {done !== undefined && done in said.story.done && (
        <p class="notice good" role="status">
          {said.story.done[done as keyof StoryWords['story']['done']]}
        </p>
      )}
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <p class="row">
        <LifeTag life={narrative.life} said={said} />
        <span class="small soft">
          <code>{narrative.id}</code>
        </span>
        {may(me.user.role, 'queue:read') && (
          <a class="small" href={`/queue?narrative=${encodeURIComponent(narrative.id)}`}>
            {said.story.inQueue}
          </a>
        )}
      </p>
      <Facts {...part} />
      <section class="sheet">
        <Curve
          id="curve"
          title={said.story.curve}
          hours={view.hours}
          span={spanOf([narrative], view.answers)}
          marks={marksOf(narrative.bursts, view.answers, zone, language, said)}
          zone={zone}
          language={language}
          said={said}
        />
        <p class="hint">{said.zoneHint(zone)}</p>
      </section>
      {view.exemplar !== undefined && (
        <section class="sheet">
          <h2>{said.story.exemplar}</h2>
          <p class="post" dir="auto">
            {view.exemplar.text}
          </p>
          <p class="hint">{said.story.exemplarHint}</p>
        </section>
      )}
      <div class="columns">
        <Answers {...part} app={app} />
        <Claims {...part} />
        <section class="sheet">
          <h2>{said.story.coordination}</h2>
          <CoordinationView coordination={narrative.coordination} language={language} said={said} />
        </section>
        <Terms {...part} />
        <Spread {...part} app={app} />
        <Bursts {...part} />
      </div>
      <section class="sheet">
        <h2>{said.story.wordings}</h2>
        <p class="hint">{said.story.wordingsHint}</p>
        <Wordings variants={view.variants} zone={zone} language={language} said={said} />
      </section>
      <form method="get" action="/compare" class="sheet row unprinted">
        <input type="hidden" name="a" value={narrative.id} />
        <label for="compare-b">{said.story.compareWith}</label>
        <input id="compare-b" name="b" required maxlength={200} />
        <button type="submit">{said.story.compare}</button>
      </form>
    </Frame>
  );
}

function Facts({ view: { narrative }, visit, said }: PartProps) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  const figures = [
    [said.posts, narrative.posts],
    [said.flagged, narrative.flagged],
    [said.story.authors, narrative.authors],
    [said.story.variants, narrative.variants],
  ] as const;
  return (
    <>
      <dl class="headlines">
        {figures.map(([name, n]) => (
          <div>
            <dt>{name}</dt>
            <dd>{figure(n, language)}</dd>
          </div>
        ))}
      </dl>
      <dl class="facts small below">
        <dt>{said.story.firstSeen}</dt>
        <dd>{timeIn(narrative.firstSeen, zone, language)}</dd>
        <dt>{said.story.lastSeen}</dt>
        <dd>{timeIn(narrative.lastSeen, zone, language)}</dd>
      </dl>
    </>
  );
}

function Answers({ view, visit, said, app }: PartProps & { readonly app: DeskApp }) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  const nameOf = (by: string): string => app.ports.store.users.findByName(by)?.display ?? by;
  return (
    <section class="sheet">
      <h2>{said.story.answers}</h2>
      {view.answers.length === 0 && <p class="soft">{said.story.answersNone}</p>}
      <ol class="plain-list">
        {view.answers.map(({ at, channel, url, note, by, notedAt, before, after, afterHours }) => (
          <li class="answer">
            <p>
              <strong>
                <bdi>{channel}</bdi>
              </strong>{' '}
              · {timeIn(at, zone, language)}
              <br />
              <OutLink href={url} warning={said.story.leave}>
                {url}
              </OutLink>
            </p>
            {note !== '' && (
              <p class="post small" dir="auto">
                {note}
              </p>
            )}
            <p>
              {(afterHours < 24 ? said.story.soFar : said.story.beforeAfter)(
                24,
                figure(before, language),
                figure(after, language),
              )}
            </p>
            <p class="hint">
              <bdi>{said.story.notedBy(nameOf(by), timeIn(notedAt, zone, language))}</bdi>
            </p>
          </li>
        ))}
      </ol>
      {view.answers.length > 0 && <p class="hint">{said.story.answersHint}</p>}
    </section>
  );
}

function Claims({ view, visit, said }: PartProps) {
  return (
    <section class="sheet">
      <h2>{said.story.claims}</h2>
      {view.claims.length === 0 && <p class="soft">{said.story.claimsNone}</p>}
      <ul class="plain-list">
        {view.claims.map(({ id, posts }) => {
          const claim = view.checked[id];
          const n = said.postsOf(figure(posts, visit.display.language));
          return (
            <li class="answer">
              {claim === undefined ? (
                <p>
                  <code>
                    <bdi>{id}</bdi>
                  </code>{' '}
                  · {n}. {said.story.claimUnknown}
                </p>
              ) : (
                <p>
                  <OutLink href={claim.url} warning={said.story.leave}>
                    {claim.title}
                  </OutLink>
                  <br />
                  <span class="small">
                    <bdi>{claim.publisher}</bdi>
                    {claim.date !== '' && (
                      <>
                        , <bdi>{claim.date}</bdi>
                      </>
                    )}
                    {claim.verdict !== undefined && (
                      <>
                        ; {said.story.verdict.toLowerCase()}: <bdi>{claim.verdict}</bdi>
                      </>
                    )}{' '}
                    · {n}
                  </span>
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Terms({ view, visit, said }: PartProps) {
  const lists = [
    [said.story.words, view.terms, ''],
    [said.story.hashtags, view.hashtags, '#'],
    [said.story.domains, view.domains, ''],
  ] as const;
  const isEmpty = lists.every(([, list]) => list.length === 0);
  return (
    <section class="sheet">
      <h2>{said.story.terms}</h2>
      {isEmpty && <p class="soft">{said.story.termsNone}</p>}
      {lists
        .filter(([, list]) => list.length > 0)
        .map(([name, list, before]) => (
          <>
            <h3>{name}</h3>
            <ul class="terms">
              {list.slice(0, SHOWN_TERMS).map(({ text, posts }) => (
                <li>
                  <bdi>
                    {before}
                    {text}
                  </bdi>{' '}
                  <span class="soft small">{figure(posts, visit.display.language)}</span>
                </li>
              ))}
            </ul>
          </>
        ))}
    </section>
  );
}

function Spread({ view, visit, said, app }: PartProps & { readonly app: DeskApp }) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  const nameOf = (region: string): string =>
    region === 'unknown' ? said.unknown : (app.stories.regionName(region) ?? region);
  const bars = view.places
    .slice(0, SHOWN_PLACES)
    .map(({ region, posts }) => ({ name: nameOf(region), posts }));
  const places = (width: number) =>
    drawBars(
      {
        title: said.story.places,
        desc: bars.map(({ name, posts }) => `${name} ${posts}`).join(', '),
        bars,
        figure: (n) => figure(n, language),
      },
      width,
    );
  return (
    <section class="sheet">
      <h2>{said.story.spread}</h2>
      <h3>{said.story.places}</h3>
      {view.places.length === 0 ? (
        <p class="soft">{said.story.placesNone}</p>
      ) : (
        <>
          <DrawingView id="places" wide={places(560)} narrow={places(330)} />
          <ScrollBox label={said.story.places}>
            <table class="counted">
              <thead>
                <tr>
                  <th scope="col">{said.story.place}</th>
                  <th scope="col">{said.story.firstSeen}</th>
                  <th scope="col" class="numeric">
                    {said.posts}
                  </th>
                </tr>
              </thead>
              <tbody>
                {view.places.map(({ region, firstSeen, posts }) => (
                  <tr>
                    <th scope="row">{nameOf(region)}</th>
                    <td>{timeIn(firstSeen, zone, language)}</td>
                    <td class="numeric">{figure(posts, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </>
      )}
      <h3>{said.story.sources}</h3>
      {view.sources.length === 0 ? (
        <p class="soft">{said.story.sourcesNone}</p>
      ) : (
        <ol>
          {view.sources.map(({ source, firstSeen }) => (
            <li>
              <bdi>{source}</bdi> <span class="soft small">{timeIn(firstSeen, zone, language)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Bursts({ view: { narrative }, visit, said }: PartProps) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  return (
    <section class="sheet">
      <h2>{said.story.bursts}</h2>
      {narrative.bursts.length === 0 && <p class="soft">{said.story.burstsNone}</p>}
      <ul>
        {narrative.bursts.map(({ at, size, p }) => (
          <li>
            {said.story.burstRow(
              figure(size, language),
              timeIn(at, zone, language),
              said.chance(chanceText(p, language)),
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
