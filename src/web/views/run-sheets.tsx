import type { OperationsView } from '../../pipeline/operations.js';
import type { OperationsWords } from '../../words/desk-operations.js';
import { runsWords } from '../../words/runs.js';
import type { SignedVisit } from '../route.js';
import { figure } from './charts.js';
import { bytesText } from './figures.js';
import { ScrollBox } from './scroll-box.js';
import { timeAgo, timeIn } from './times.js';

interface Props {
  readonly visit: SignedVisit;
  readonly said: OperationsWords;
  readonly view: OperationsView;
}

/** What waits on the queues, and how large the files are. */
export function QueuesSheet({ visit: { display, now }, view, said }: Props) {
  const { language } = display;
  return (
    <section class="sheet">
      <h2>{said.queues}</h2>
      <ScrollBox label={said.queues}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.queue}</th>
              {([said.waiting, said.delayed, said.active, said.deadCount] as const).map((name) => (
                <th scope="col" class="numeric">
                  {name}
                </th>
              ))}
              <th scope="col">{said.waitsSince}</th>
            </tr>
          </thead>
          <tbody>
            {view.queues.map(({ name, counts, oldestAt, fault }) => (
              <tr>
                <th scope="row">{name}</th>
                {counts === undefined ? (
                  <td colspan={5}>
                    <span class="tag critical">{said.notOk}</span> {fault}
                  </td>
                ) : (
                  <>
                    {[counts.waiting, counts.delayed, counts.active, counts.dead].map((n) => (
                      <td class="numeric">{figure(n, language)}</td>
                    ))}
                    <td>
                      {oldestAt === undefined ? (
                        '–'
                      ) : (
                        <time datetime={oldestAt}>{timeAgo(oldestAt, now, language)}</time>
                      )}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <h3>{said.sizes}</h3>
      <dl class="facts">
        {(['store', 'queue', 'rejects'] as const).map((name) => (
          <>
            <dt>{said.sizeNames[name]}</dt>
            <dd>{bytesText(view.sizes[name], language)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

/** Assessments in which a step failed, by source. */
export function IncompleteSheet({ visit: { display }, view, said }: Props) {
  return (
    <section class="sheet">
      <h2>{said.incomplete}</h2>
      {view.incomplete.length === 0 ? (
        <p class="soft">{said.incompleteNone}</p>
      ) : (
        <>
          <p class="hint below">{said.incompleteHint}</p>
          <dl class="facts">
            {view.incomplete.map(({ source, n }) => (
              <>
                <dt>{source}</dt>
                <dd>{figure(n, display.language)}</dd>
              </>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

const RUN_COUNTS = ['collected', 'landed', 'copies', 'passed', 'seen', 'failed', 'incomplete'] as const;

/** The last runs with their counts. */
export function RunsSheet({ visit: { me, display }, view, said }: Props) {
  const { language } = display;
  const { zone } = me.unit;
  return (
    <section class="sheet">
      <h2>{said.runs}</h2>
      {view.runs.length === 0 ? (
        <p class="soft">{said.runsNone}</p>
      ) : (
        <ScrollBox label={said.runs}>
          <table>
            <thead>
              <tr>
                <th scope="col">{said.run}</th>
                <th scope="col">{said.began}</th>
                <th scope="col">{said.ended}</th>
                {RUN_COUNTS.map((name) => (
                  <th scope="col" class="numeric">
                    {said.counts[name]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {view.runs.map(({ id, kind, startedAt, finishedAt, counts }) => (
                <tr>
                  <th scope="row">
                    <code>{id}</code> <span class="soft small">{runsWords(language).kinds[kind]}</span>
                  </th>
                  <td>{timeIn(startedAt, zone, language)}</td>
                  <td>{finishedAt === undefined ? said.running : timeIn(finishedAt, zone, language)}</td>
                  {RUN_COUNTS.map((name) => (
                    <td class="numeric">{figure(counts[name] ?? 0, language)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  );
}
