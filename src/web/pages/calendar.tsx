import type { CalendarDay, CalendarView } from '../../pipeline/read-calendar.js';
import { readCalendarApart } from '../../pipeline/story-reading.js';
import { type StoryWords, storyWords } from '../../words/desk-stories.js';
import type { DeskApp, DeskRoute, SignedVisit } from '../route.js';
import { Bar, figure } from '../views/charts.js';
import { compactFigure } from '../views/curve.js';
import { dayName, monthName } from '../views/days.js';
import { Frame, signedInOf } from '../views/frame.js';
import { storyAddress } from '../views/story-lines.js';

/** A month by days: what was posted, what burst, what is watched. */
export function calendarRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/calendar',
      access: 'narrative:read',
      handle: async (visit) => {
        const month = visit.c.req.query('month');
        const { zone } = visit.me.unit;
        const view = await readCalendarApart(app.stories, visit.me.actor, {
          zone,
          watched: app.stories.watched(visit.display.language),
          ...(month === undefined ? {} : { month }),
        });
        return visit.c.html(<CalendarPage visit={visit} view={view} />);
      },
    },
  ];
}

interface CalendarProps {
  readonly visit: SignedVisit;
  readonly view: CalendarView;
}

function CalendarPage({ visit, view }: CalendarProps) {
  const { display, me } = visit;
  const { language } = display;
  const said = storyWords(language);
  const weeks = weeksOf(view.days);
  const most = Math.max(1, ...view.days.map(({ posts }) => posts ?? 0));
  const watched = [
    ...new Map(view.days.flatMap(({ watched: all }) => all).map((each) => [each.id, each])).values(),
  ];
  return (
    <Frame
      title={said.calendar.title}
      display={display}
      me={signedInOf(me)}
      room="calendar"
      styles={['stories']}
    >
      <h1>{said.calendar.title}</h1>
      <p>{said.calendar.intro}</p>
      <nav class="row period" aria-label={said.calendar.title}>
        <a class="button" href={`/calendar?month=${view.previous}`}>
          ← {said.calendar.previous}
        </a>
        <strong>{monthName(view.month, language)}</strong>
        {view.next !== undefined && (
          <a class="button" href={`/calendar?month=${view.next}`}>
            {said.calendar.next} →
          </a>
        )}
      </nav>
      <table class="month">
        <caption class="unseen">{monthName(view.month, language)}</caption>
        <thead>
          <tr>
            {said.calendar.weekdays.map((name, index) => (
              <th scope="col">
                <span class="at-wide">{name}</span>
                <span class="at-narrow">{said.calendar.short[index]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr>
              {week.map((day) =>
                day === undefined ? (
                  <td class="none" />
                ) : (
                  <Day day={day} most={most} language={language} said={said} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p>{said.calendar.total(figure(view.posts, language), figure(view.flagged, language))}</p>
      <p class="hint below">{said.zoneHint(view.zone)}</p>
      <section class="sheet">
        <h2>{said.calendar.watched}</h2>
        {watched.length === 0 && <p class="soft">{said.none}</p>}
        <ul>
          {watched.map(({ name, from, to }) => (
            <li>
              {name}: {dayName(from, language)}
              {to !== from && ` – ${dayName(to, language)}`}
            </li>
          ))}
        </ul>
      </section>
      <BurstList view={view} said={said} language={language} />
    </Frame>
  );
}

/** Weeks from Monday on; days of other months are empty. */
function weeksOf(days: readonly CalendarDay[]): readonly (readonly (CalendarDay | undefined)[])[] {
  const first = new Date(`${days[0]?.day ?? '2000-01-03'}T00:00:00Z`).getUTCDay();
  const cells: (CalendarDay | undefined)[] = [
    ...new Array<undefined>((first + 6) % 7).fill(undefined),
    ...days,
  ];
  while (cells.length % 7 !== 0) cells.push(undefined);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

interface DayProps {
  readonly day: CalendarDay;
  /** Most posts of a day. */
  readonly most: number;
  readonly language: 'id' | 'en';
  readonly said: StoryWords;
}

function Day({ day: { day, posts, flagged, bursts, moreBursts, watched }, most, language, said }: DayProps) {
  const compact = compactFigure(language);
  return (
    <td>
      <p class="number">
        <span aria-hidden="true">{Number(day.slice(8))}</span>
        <span class="unseen">{dayName(day, language)}</span>
        {bursts.length > 0 && (
          <span class="burst" title={said.calendar.burst}>
            ▲{bursts.length + moreBursts > 1 ? bursts.length + moreBursts : ''}
            <span class="unseen"> {said.calendar.burst}</span>
          </span>
        )}
      </p>
      {posts === undefined || flagged === undefined ? (
        <p class="hint">
          <span aria-hidden="true">–</span>
          <span class="unseen">{said.calendar.notCounted}</span>
        </p>
      ) : (
        <>
          <Bar share={posts / most} />
          <p class="counts">
            <span>
              {compact(posts)}
              <span class="unseen"> {said.posts}, </span>
            </span>
            <span class="flagged-count">
              {compact(flagged)}
              <span class="unseen"> {said.flagged}</span>
            </span>
          </p>
        </>
      )}
      {watched.map(({ name }) => (
        <p class="watched" title={name}>
          {name}
        </p>
      ))}
    </td>
  );
}

function BurstList({
  view,
  said,
  language,
}: {
  readonly view: CalendarView;
  readonly said: StoryWords;
  readonly language: 'id' | 'en';
}) {
  const days = view.days.filter(({ bursts }) => bursts.length > 0);
  return (
    <section class="sheet">
      <h2>{said.story.bursts}</h2>
      {days.length === 0 && <p class="soft">{said.none}</p>}
      <dl class="facts day-bursts">
        {days.map(({ day, bursts, moreBursts }) => (
          <>
            <dt>{dayName(day, language)}</dt>
            <dd>
              <ul class="plain-list">
                {bursts.map(({ id, title, size }) => (
                  <li>
                    <a href={storyAddress(id)}>
                      <bdi>{title === '' ? said.noTitle : title}</bdi>
                    </a>{' '}
                    <span class="soft small">{said.postsOf(figure(size, language))}</span>
                  </li>
                ))}
                {moreBursts > 0 && <li class="hint">{said.calendar.more(moreBursts)}</li>}
              </ul>
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}
