import type { StoryNow } from '../../pipeline/read-today.js';
import { readTodayApart } from '../../pipeline/story-reading.js';
import { drawMultiples } from '../../report/chart-multiples.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import type { DeskApp, DeskRoute } from '../route.js';
import { figure } from '../views/charts.js';
import { Curve } from '../views/curve.js';
import { DrawingView } from '../views/drawing.js';
import { evenly, LifeTag } from '../views/story-lines.js';
import { timeIn } from '../views/times.js';
import { WallFrame } from '../views/wall-frame.js';
import { Totals } from './today.js';

/** Seconds after which the screen asks again. */
const REFRESH_S = 60;
const SHOWN_STORIES = 4;
/** Curves that stand in one row; the list beneath says the rest. */
const IN_A_ROW = 3;

/**
 * A screen on a wall: what is happening, in large type, for people who stand across the room. It is asked for anew by a
 * header, without script; each time counts as use, so that its session lasts its whole twelve hours.
 */
export function wallRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/wall',
      access: 'narrative:read',
      handle: async ({ c, display: { language }, me, now }) => {
        const view = await readTodayApart(app.stories, me.actor, 1);
        const said = storyWords(language);
        const { zone } = me.unit;
        c.header('refresh', String(REFRESH_S));
        return c.html(
          <WallFrame title={said.wall.title} language={language}>
            <header class="row between">
              <h1>
                {said.today.title} <span class="soft">· {said.wall.lastDay}</span>
              </h1>
              <p class="soft">{said.wall.updated(timeIn(new Date(now).toISOString(), zone, language))}</p>
            </header>
            {view.stale && (
              <p class="notice warn">{said.today.stale(timeIn(view.span.to, zone, language))}</p>
            )}
            <Totals view={view} said={said} language={language} />
            <Curve
              id="wall-curve"
              title={said.posts}
              hours={view.hours}
              span={view.span}
              {...(view.stale ? {} : { now })}
              {...(view.countedFrom === undefined ? {} : { knownFrom: view.countedFrom })}
              zone={zone}
              language={language}
              said={said}
              size="wall"
              bare
            />
            <div class="columns">
              <WallStories
                title={said.today.moving}
                stories={[...view.stories, ...view.fresh]}
                none={said.today.risingNone}
                now={now}
                curves
                said={said}
                language={language}
              />
              <WallStories
                title={said.today.hoaxes}
                stories={view.hoaxes}
                none={said.today.hoaxesNone}
                now={now}
                said={said}
                language={language}
              />
            </div>
            <p class="soft small">
              {said.wall.refresh} <a href="/today">{said.wall.back}</a>
            </p>
          </WallFrame>,
        );
      },
    },
  ];
}

function drawStories(stories: readonly StoryNow[], width: number, { said, language, now }: StoriesProps) {
  const curves = stories.map(({ narrative, hours }) => ({
    name: narrative.title,
    values: evenly(hours, now),
  }));
  const desc = curves.map(({ name }) => name).join('; ');
  const words = { title: said.today.moving, desc, figure: (n: number) => figure(n, language) };
  return drawMultiples({ ...words, curves, peak: said.wall.peak }, width);
}

interface StoriesProps {
  readonly title: string;
  readonly stories: readonly StoryNow[];
  readonly none: string;
  readonly now: number;
  /** With their curves; the numbers stand in the list beneath. */
  readonly curves?: true;
  readonly said: StoryWords;
  readonly language: 'id' | 'en';
}

function WallStories(props: StoriesProps) {
  const { title, stories, none, said, language, curves } = props;
  // What has no title yet says nothing across a room.
  const shown = stories
    .filter(({ narrative }) => narrative.title !== '')
    .toSorted((a, b) => b.posts - b.earlier - (a.posts - a.earlier))
    .slice(0, SHOWN_STORIES);
  const left = stories.length - shown.length;
  return (
    <section class="sheet">
      <h2>{title}</h2>
      {stories.length === 0 && <p class="soft">{none}</p>}
      {curves === true && shown.length > 0 && (
        <DrawingView
          id="wall-stories"
          wide={drawStories(shown.slice(0, IN_A_ROW), 560, props)}
          narrow={drawStories(shown.slice(0, IN_A_ROW), 340, props)}
        />
      )}
      <ol class="plain-list">
        {shown.map(({ narrative, posts }) => (
          <li class="row between">
            <strong>
              <bdi>{narrative.title}</bdi>
            </strong>
            <span class="row">
              <LifeTag life={narrative.life} said={said} />
              <span class="numeric">{figure(posts, language)}</span>
            </span>
          </li>
        ))}
      </ol>
      {left > 0 && <p class="soft">{said.wall.others(left)}</p>}
    </section>
  );
}
