import type { SeenLease, ShadowRun } from '../../core/operations.js';
import type { ScorerView } from '../../pipeline/operations.js';
import { words } from '../../words/catalogue.js';
import type { OperationsWords } from '../../words/desk-operations.js';
import { shadowWords, tallyText } from '../../words/shadow.js';
import { figure } from './charts.js';
import { ScrollBox } from './scroll-box.js';
import { timeAgo } from './times.js';

interface Given {
  readonly language: 'id' | 'en';
  /** ms since the epoch */
  readonly now: number;
  readonly said: OperationsWords;
}

/** Who lands, and which scorers are at work with what. */
export function WorkersSheet({
  language,
  now,
  said,
  lander,
  scorers,
}: Given & { readonly lander: SeenLease | undefined; readonly scorers: readonly ScorerView[] }) {
  const older = scorers.filter((scorer) => scorer.older.length > 0);
  return (
    <section class="sheet" id="workers">
      <h2>{said.workers}</h2>
      <p>
        {lander === undefined ? (
          <>
            <span class="tag high">{said.notOk}</span> {said.landerNone}
          </>
        ) : (
          <>
            <span class={lander.alive ? 'tag good' : 'tag critical'}>
              {lander.alive ? said.ok : said.notOk}
            </span>{' '}
            {said.lander(lander.pid, lander.host)}{' '}
            <time datetime={lander.since}>{timeAgo(lander.since, now, language)}</time>
          </>
        )}
      </p>
      {older.length > 0 && <p class="notice bad">{said.olderHint}</p>}
      {scorers.length === 0 ? (
        <p class="soft">{said.scorersNone}</p>
      ) : (
        <ScrollBox label={said.scorers}>
          <table>
            <thead>
              <tr>
                <th scope="col">{said.host}</th>
                <th scope="col">{said.versions}</th>
                <th scope="col" class="numeric">
                  {said.batches}
                </th>
                <th scope="col">{said.lastSeen}</th>
              </tr>
            </thead>
            <tbody>
              {scorers.map(({ worker, versions, batches, lastAt, older: behind }) => (
                <tr>
                  <th scope="row">{worker === '' ? '–' : worker}</th>
                  <td class="small">
                    {(['rules', 'lexicon', 'model', 'language'] as const).map((part) => (
                      <>
                        {behind.includes(part) ? (
                          <span class="tag high">
                            {part} {versions[part]} · {said.older}
                          </span>
                        ) : (
                          `${part} ${versions[part]}`
                        )}{' '}
                      </>
                    ))}
                  </td>
                  <td class="numeric">{figure(batches, language)}</td>
                  <td>
                    <time datetime={lastAt}>{timeAgo(lastAt, now, language)}</time>
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

/** What a candidate would have made otherwise; nothing where none is tried. */
export function ShadowSheet({
  language,
  runs,
}: Pick<Given, 'language'> & { readonly runs: readonly ShadowRun[] }) {
  if (runs.length === 0) return null;
  const said = shadowWords(language);
  return (
    <section class="sheet" id="shadow">
      <h2>{said.title}</h2>
      <p class="hint below">{said.hint}</p>
      <ScrollBox label={said.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.candidate}</th>
              <th scope="col">{said.live}</th>
              {[said.posts, said.changed, said.wouldLand, said.wouldPass, said.incomplete].map((name) => (
                <th scope="col" class="numeric">
                  {name}
                </th>
              ))}
              <th scope="col">{said.added}</th>
              <th scope="col">{said.dropped}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr>
                <th scope="row" class="small">
                  {run.candidate}
                </th>
                <td class="small">{run.live}</td>
                {[run.posts, run.changed, run.wouldLand, run.wouldPass, run.incomplete].map((n) => (
                  <td class="numeric">{figure(n, language)}</td>
                ))}
                <td>{tallyText(run.added, words(language).categories)}</td>
                <td>{tallyText(run.dropped, words(language).categories)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
