import type { DeadLetter, OperationsView } from '../../pipeline/operations.js';
import type { OperationsWords } from '../../words/desk-operations.js';
import { faultText } from '../../words/faults.js';
import type { SignedVisit } from '../route.js';
import { figure } from './charts.js';
import { ScrollBox } from './scroll-box.js';
import { timeIn } from './times.js';

interface Props {
  readonly visit: SignedVisit;
  readonly said: OperationsWords;
  readonly view: OperationsView;
}

/** Batches that failed for good, to be tried again or dropped. */
export function DeadSheet({ visit: { me, display }, view, said }: Props) {
  const { language } = display;
  const all = view.queues.reduce((sum, { counts }) => sum + (counts?.dead ?? 0), 0);
  if (view.dead.length === 0) {
    return (
      <section class="sheet">
        <h2>{said.dead}</h2>
        <p class="soft">{said.deadNone}</p>
      </section>
    );
  }
  return (
    <form method="post" action="/operations/dead" class="sheet">
      <h2>{said.dead}</h2>
      <p>{said.deadHint}</p>
      {all > view.dead.length && <p class="notice">{said.deadMore(all)}</p>}
      <input type="hidden" name="csrf" value={me.csrf} />
      <ScrollBox label={said.dead}>
        <table>
          <thead>
            <tr>
              <th scope="col">{said.chosen}</th>
              <th scope="col">{said.id}</th>
              <th scope="col">{said.queue}</th>
              <th scope="col">{said.source}</th>
              <th scope="col" class="numeric">
                {said.posts}
              </th>
              <th scope="col">{said.reason}</th>
              <th scope="col">{said.died}</th>
            </tr>
          </thead>
          <tbody>
            {view.dead.map((letter) => (
              <DeadRow letter={letter} said={said} language={language} zone={me.unit.zone} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <label class="choice">
        <input type="checkbox" name="confirm" value="yes" /> {said.confirmDrop}
      </label>
      <div class="row">
        <button type="submit" name="verb" value="retry" class="primary">
          {said.retry}
        </button>
        <button type="submit" name="verb" value="drop" class="grave">
          {said.drop}
        </button>
      </div>
    </form>
  );
}

interface DeadRowProps {
  readonly letter: DeadLetter;
  readonly said: OperationsWords;
  readonly language: 'id' | 'en';
  readonly zone: SignedVisit['me']['unit']['zone'];
}

function DeadRow({ letter, said, language, zone }: DeadRowProps) {
  const { id, queue, source, posts, kind, reason, diedAt } = letter;
  return (
    <tr>
      <td>
        <input type="checkbox" name="id" value={id} aria-label={said.choose(id)} />
      </td>
      <td>
        <code title={id}>{id.slice(0, 12)}</code>
      </td>
      <td>{queue}</td>
      <td>{source}</td>
      <td class="numeric">{figure(posts, language)}</td>
      <td>
        <span class="tag line">{kind}</span> <span class="small">{faultText(kind, reason, language)}</span>
      </td>
      <td class="nowrap">
        <time datetime={diedAt}>{timeIn(diedAt, zone, language)}</time>
      </td>
    </tr>
  );
}
