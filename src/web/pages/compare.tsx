import type { CompareView, StoryView } from '../../pipeline/read-story.js';
import { compareApart } from '../../pipeline/story-reading.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { figure } from '../views/charts.js';
import { CoordinationView } from '../views/coordination.js';
import { Curve, peakOf } from '../views/curve.js';
import { Frame, signedInOf } from '../views/frame.js';
import { LifeTag, StoryLink } from '../views/story-lines.js';
import { marksOf, spanOf } from '../views/story-marks.js';
import { timeIn } from '../views/times.js';
import { Wordings } from '../views/wordings.js';
import { STORY_ID } from './narratives.js';

/** Two narratives side by side, over the same time. */
export function compareRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/compare',
      access: 'narrative:read',
      handle: async (visit) => {
        const { c, me } = visit;
        // The list's ticks are both called `id`.
        const given = [c.req.query('a'), c.req.query('b'), ...(c.req.queries('id') ?? [])];
        const [a = '', b = ''] = given.flatMap((each) => (each === undefined ? [] : [idIn(each)]));
        const isBoth = STORY_ID.test(a) && STORY_ID.test(b);
        const view = isBoth ? await compareApart(app.stories, me.actor, a, b) : undefined;
        return c.html(<ComparePage visit={visit} app={app} view={view} asked={[a, b]} />);
      },
    },
  ];
}

/** An id, or the one in an address of a narrative's page. */
export function idIn(text: string): string {
  const path = text.trim().replace(/[?#].*$/, '');
  return path.slice(path.lastIndexOf('/') + 1, path.length).slice(0, 64);
}

interface CompareProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly view: CompareView | undefined;
  readonly asked: readonly [string, string];
}

function ComparePage({ visit, app, view, asked }: CompareProps) {
  const { display, me } = visit;
  const said = storyWords(display.language);
  return (
    <Frame
      title={said.compare.title}
      display={display}
      me={signedInOf(me)}
      room="narratives"
      styles={['stories']}
    >
      <h1>{said.compare.title}</h1>
      {view !== undefined && <Compared visit={visit} app={app} view={view} said={said} />}
      <form method="get" action="/compare" class="sheet unprinted" aria-label={said.compare.title}>
        <p>{said.compare.choose}</p>
        <div class="columns">
          {(['a', 'b'] as const).map((name, index) => (
            <div class="field">
              <label for={`compare-${name}`}>{index === 0 ? said.compare.first : said.compare.second}</label>
              <input id={`compare-${name}`} name={name} value={asked[index]} maxlength={200} required />
            </div>
          ))}
        </div>
        <button type="submit">{said.compare.show}</button>
      </form>
    </Frame>
  );
}

interface ComparedProps {
  readonly visit: SignedVisit;
  readonly app: DeskApp;
  readonly view: CompareView;
  readonly said: StoryWords;
}

function Compared({ visit, app, view, said }: ComparedProps) {
  const { a, b } = view;
  // The same time and scale for both, so that they can be read against each other.
  const span = spanOf([a.narrative, b.narrative], [...a.answers, ...b.answers]);
  const { zone } = visit.me.unit;
  const most = Math.max(...[a, b].map(({ hours }) => peakOf({ hours, span, zone })));
  return (
    <>
      <Both app={app} view={view} said={said} />
      <div class="columns two">
        {([a, b] as const).map((story, index) => (
          <Side story={story} span={span} most={most} index={index} visit={visit} said={said} />
        ))}
      </div>
    </>
  );
}

interface SideProps {
  readonly story: StoryView;
  readonly span: ReturnType<typeof spanOf>;
  readonly most: number;
  readonly index: number;
  readonly visit: SignedVisit;
  readonly said: StoryWords;
}

function Side({ story, span, most, index, visit, said }: SideProps) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  const { narrative } = story;
  return (
    <section class="sheet">
      <h2>
        <StoryLink narrative={narrative} said={said} />
      </h2>
      <p class="row small">
        <LifeTag life={narrative.life} said={said} />
        <span>{said.postsOf(figure(narrative.posts, language))}</span>
        <span>{said.flaggedOf(figure(narrative.flagged, language))}</span>
        <span>
          {figure(narrative.authors, language)} {said.list.authors.toLowerCase()}
        </span>
      </p>
      <Curve
        id={`curve-${index}`}
        title={said.story.curve}
        hours={story.hours}
        span={span}
        most={most}
        now={visit.now}
        marks={marksOf(narrative.bursts, story.answers, zone, language, said)}
        zone={zone}
        language={language}
        said={said}
        size="half"
      />
      <dl class="facts small">
        <dt>{said.story.firstSeen}</dt>
        <dd>{timeIn(narrative.firstSeen, zone, language)}</dd>
        <dt>{said.story.lastSeen}</dt>
        <dd>{timeIn(narrative.lastSeen, zone, language)}</dd>
        <dt>{said.story.words}</dt>
        <dd>
          <bdi>
            {story.terms
              .slice(0, 12)
              .map(({ text }) => text)
              .join(', ') || '–'}
          </bdi>
        </dd>
      </dl>
      <h3>{said.story.coordination}</h3>
      <CoordinationView coordination={narrative.coordination} language={language} said={said} />
      <h3>{said.story.wordings}</h3>
      <Wordings
        variants={story.variants}
        zone={zone}
        language={language}
        said={said}
        slurs={story.slurs ?? []}
        shown={3}
      />
    </section>
  );
}

function Both({ app, view, said }: Omit<ComparedProps, 'visit'>) {
  const places = view.places.map((region) => app.stories.regionName(region) ?? region);
  const rows = (
    [
      [said.story.words, view.terms],
      [said.story.hashtags, view.hashtags.map((each) => `#${each}`)],
      [said.story.domains, view.domains],
      [said.story.place, places],
      [said.story.source, view.sources],
      [said.story.claims, view.claims],
    ] as const
  ).filter(([, list]) => list.length > 0);
  return (
    <section class="sheet">
      <h2>{said.compare.both}</h2>
      {rows.length === 0 ? (
        <p class="soft">{said.compare.nothing}</p>
      ) : (
        <dl class="facts">
          {rows.map(([name, list]) => (
            <>
              <dt>{name}</dt>
              <dd>
                <bdi>{list.slice(0, 20).join(', ')}</bdi>
              </dd>
            </>
          ))}
        </dl>
      )}
    </section>
  );
}
