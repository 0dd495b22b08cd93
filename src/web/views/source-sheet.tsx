import type { SourceView } from '../../pipeline/source-view.js';
import type { OperationsWords } from '../../words/desk-operations.js';
import { faultText } from '../../words/faults.js';
import type { SignedVisit } from '../route.js';
import { figure } from './charts.js';
import { ScrollBox } from './scroll-box.js';
import { timeAgo, timeIn } from './times.js';

interface Props {
  readonly visit: SignedVisit;
  readonly said: OperationsWords;
  readonly sources: readonly SourceView[];
}

const STATE_TAG: Readonly<Record<SourceView['state'], string>> = {
  paused: 'tag',
  failing: 'tag critical',
  quiet: 'tag high',
  'never-read': 'tag',
  well: 'tag good',
};

/** How each source does, and whether it is read. */
export function SourcesSheet({ visit, sources, said }: Props) {
  const { me, display, now } = visit;
  const { language } = display;
  return (
    <section class="sheet" id="sources">
      <h2>{said.sources}</h2>
      {sources.length === 0 ? (
        <p class="soft">{said.sourcesNone}</p>
      ) : (
        <ScrollBox label={said.sources}>
          <table>
            <thead>
              <tr>
                <th scope="col">{said.source}</th>
                <th scope="col">{said.state}</th>
                <th scope="col">{said.lastSuccess}</th>
                <th scope="col" class="numeric">
                  {said.postsHour}
                </th>
                <th scope="col">{said.nextRun}</th>
                <th scope="col">
                  <span class="unseen">{`${said.pause} / ${said.resume}`}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sources.map((source) => {
                const verb = source.pausedAt === undefined ? 'pause' : 'resume';
                const { name, kind, state, lastSucceededAt, nextRunAt, error, usualPosts } = source;
                return (
                  <tr>
                    <th scope="row">
                      {name} <span class="soft small">{kind}</span>
                    </th>
                    <td>
                      <span class={STATE_TAG[state]}>{said.states[state]}</span>
                      {error !== undefined && (
                        <p class="small">
                          {error.kind}: {faultText(error.kind, error.message, language)}
                        </p>
                      )}
                    </td>
                    <td>
                      {lastSucceededAt === undefined ? (
                        said.never
                      ) : (
                        <time datetime={lastSucceededAt}>{timeAgo(lastSucceededAt, now, language)}</time>
                      )}
                    </td>
                    <td class="numeric">
                      {`${figure(source.postsThisHour, language)} / ${figure(source.postsLastHour, language)}`}
                      {usualPosts !== undefined && <span class="soft small"> {said.usual(usualPosts)}</span>}
                    </td>
                    <td class="nowrap">
                      {nextRunAt === undefined ? '–' : timeIn(nextRunAt, me.unit.zone, language)}
                    </td>
                    <td>
                      <form method="post" action="/operations/source">
                        <input type="hidden" name="csrf" value={me.csrf} />
                        <input type="hidden" name="name" value={name} />
                        <button type="submit" name="verb" value={verb} aria-label={`${said[verb]} ${name}`}>
                          {said[verb]}
                        </button>
                      </form>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}
