import type { StoryView } from '../../pipeline/read-story.js';
import { drawBars } from '../../report/chart-bars.js';
import { may } from '../../triage/rights.js';
import type { StoryWords } from '../../words/desk-stories.js';
import type { DeskApp, SignedVisit } from '../route.js';
import { figure } from './charts.js';
import { DrawingView } from './drawing.js';
import { OutLink } from './out-link.js';
import { ScrollBox } from './scroll-box.js';
import { storyAddress } from './story-lines.js';
import { chanceText } from './story-marks.js';
import { timeIn } from './times.js';

/** Characters of an address that are shown; the link goes to all of it. */
const MOST_ADDRESS = 120;

/** Words of a list that are shown. */
const SHOWN_TERMS = 24;
/** Places that are drawn; the table has all. */
const SHOWN_PLACES = 10;

/** What each part of a narrative's page is given. */
export interface StoryPartProps {
  readonly view: StoryView;
  readonly visit: SignedVisit;
  readonly said: StoryWords;
}

/** How large it is, and when it was seen. */
export function Facts({ view: { narrative }, visit, said }: StoryPartProps) {
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

/** What was published in answer, with the posts before and after. */
export function Answers({ view, visit, said, app }: StoryPartProps & { readonly app: DeskApp }) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  const nameOf = (by: string): string => app.ports.store.users.findByName(by)?.display ?? by;
  return (
    <section class="sheet">
      <h2>{said.story.answers}</h2>
      {view.answers.length === 0 && <p class="soft">{said.story.answersNone}</p>}
      <ol class="plain-list">
        {view.answers.map(({ id, at, channel, url, note, by, notedAt, before, after, afterHours }) => (
          <li class="noted">
            <p>
              <strong>
                <bdi>{channel}</bdi>
              </strong>{' '}
              · {timeIn(at, zone, language)}
              <br />
              <OutLink href={url} warning={said.story.leave}>
                {url.length > MOST_ADDRESS ? `${url.slice(0, MOST_ADDRESS)}…` : url}
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
            {may(visit.me.user.role, 'narrative:edit') && (
              <form method="post" action={`${storyAddress(view.narrative.id)}/clarifications/${id}/remove`}>
                <input type="hidden" name="csrf" value={visit.me.csrf} />
                <button type="submit" class="plain unprinted">
                  {said.story.remove}
                </button>
              </form>
            )}
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

/** Published fact-checks that its posts match. */
export function Claims({ view, visit, said }: StoryPartProps) {
  return (
    <section class="sheet">
      <h2>{said.story.claims}</h2>
      {view.claims.length === 0 && <p class="soft">{said.story.claimsNone}</p>}
      <ul class="plain-list">
        {view.claims.map(({ id, posts }) => {
          const claim = view.checked[id];
          const n = said.postsOf(figure(posts, visit.display.language));
          return (
            <li class="noted">
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

/** What may be told of its words. */
export function Terms({ view, visit, said }: StoryPartProps) {
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

/** Where it was seen, in order. */
export function Spread({ view, visit, said, app }: StoryPartProps & { readonly app: DeskApp }) {
  const { language } = visit.display;
  const { zone } = visit.me.unit;
  const nameOf = (region: string): string =>
    region === 'unknown' ? said.unknown : (app.stories.regionName(region) ?? region);
  const bars = view.places
    .slice(0, SHOWN_PLACES)
    .map(({ region, posts }, index) => ({ name: `${index + 1}. ${nameOf(region)}`, posts }));
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
          <DrawingView id="places" wide={places(420)} narrow={places(330)} />
          <details>
            <summary>{said.table}</summary>
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
          </details>
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

/** When far more came than its habit explains. */
export function Bursts({ view: { narrative }, visit, said }: StoryPartProps) {
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
