import { LEVELS } from '../../core/assessment.js';
import type { QueueCount } from '../../core/desk-ports.js';
import type { ShiftView } from '../../pipeline/shift.js';
import { decidedOf, SHIFT_ACTS } from '../../triage/shift.js';
import type { ShiftWords } from '../../words/desk-shift.js';
import { LevelBadge } from './badges.js';
import { figure } from './charts.js';
import { ScrollBox } from './scroll-box.js';

interface PartProps {
  readonly view: ShiftView;
  readonly said: ShiftWords;
  readonly language: 'id' | 'en';
}

const SHOWN_LEVELS = LEVELS.toReversed();

function counted({ n, more }: QueueCount, language: 'id' | 'en'): string {
  return `${figure(n, language)}${more ? '+' : ''}`;
}

/** What waits to be decided, by level, and since when. */
export function Waiting({
  view,
  said,
  language,
  timeOf,
}: PartProps & { readonly timeOf: (iso: string) => string }) {
  const levels = SHOWN_LEVELS.filter((level) => level !== 'none' || view.waiting.none.n > 0);
  const isPartial = levels.some(
    (level) => view.waiting[level].n > 0 && view.waiting[level].oldest === undefined,
  );
  return (
    <section class="sheet">
      <h2>{said.waiting}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{said.level}</th>
            <th scope="col" class="numeric">
              {said.open}
            </th>
            <th scope="col">{said.longest}</th>
          </tr>
        </thead>
        <tbody>
          {levels.map((level) => {
            const { oldest, ...count } = view.waiting[level];
            return (
              <tr>
                <th scope="row">
                  <LevelBadge level={level} language={language} />
                </th>
                <td class="numeric">{counted(count, language)}</td>
                <td>{oldest === undefined ? '–' : <time datetime={oldest}>{timeOf(oldest)}</time>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {isPartial && view.oldestLookedTo !== undefined && (
        <p class="hint">{said.longestHint(timeOf(view.oldestLookedTo))}</p>
      )}
    </section>
  );
}

/** What landed in the shift, and where cases stand. */
export function Fresh({ view, said, language }: PartProps) {
  return (
    <section class="sheet">
      <h2>{said.fresh}</h2>
      <p class="hint below">{view.landedMore ? said.freshMore : said.freshHint}</p>
      <ul class="tallies">
        {SHOWN_LEVELS.filter((level) => level !== 'none' || view.landed.none > 0).map((level) => (
          <li>
            <LevelBadge level={level} language={language} />{' '}
            <strong>{figure(view.landed[level], language)}</strong>
          </li>
        ))}
      </ul>
      <h3>{said.cases}</h3>
      <ul class="tallies">
        {(['proposed', 'approved', 'second-opinion'] as const).map((stage) => (
          <li>
            <a href="/cases">
              <strong>{counted(view.stages[stage], language)}</strong> {said.stages[stage]}
            </a>
          </li>
        ))}
      </ul>
      <p>{said.claims(view.claims.items, view.claims.people)}</p>
    </section>
  );
}

/** What people did in the shift. */
export function Done({ view, said, language }: PartProps) {
  const acts = SHIFT_ACTS.filter((act) => view.done[act] > 0);
  return (
    <section class="sheet">
      <h2>{said.done}</h2>
      {view.doneMore && <p class="notice warn">{said.doneMore}</p>}
      {acts.length === 0 ? (
        <p class="soft">{said.doneNone}</p>
      ) : (
        <>
          <dl class="headlines">
            <div>
              <dt>{said.decided}</dt>
              <dd>{figure(decidedOf(view.done), language)}</dd>
            </div>
            {acts.map((act) => (
              <div>
                <dt>{said.acts[act]}</dt>
                <dd>{figure(view.done[act], language)}</dd>
              </div>
            ))}
          </dl>
          {view.people.length > 0 && (
            <>
              <h3>{said.byPerson}</h3>
              <ScrollBox label={said.byPerson}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{said.person}</th>
                      <th scope="col" class="numeric">
                        {said.decided}
                      </th>
                      {acts.map((act) => (
                        <th scope="col" class="numeric">
                          {said.acts[act]}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {view.people.map(({ user, counts }) => (
                      <tr>
                        <th scope="row" class="nowrap">
                          <bdi>{user.display}</bdi>
                        </th>
                        <td class="numeric">{figure(decidedOf(counts), language)}</td>
                        {acts.map((act) => (
                          <td class="numeric">{figure(counts[act], language)}</td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ScrollBox>
            </>
          )}
        </>
      )}
    </section>
  );
}
