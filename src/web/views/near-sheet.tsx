import type { NearItems, NearWording } from '../../pipeline/near-items.js';
import { type NearWords, nearWords } from '../../words/desk-near.js';
import { VeiledText } from './veiled-text.js';

/** Numbers named of one wording; a copy posted hundreds of times would fill the page. */
const NAMED = 12;
/** Wordings shown at once; the rest opens. */
const SHOWN = 4;

interface NearProps {
  readonly near: NearItems;
  readonly language: 'id' | 'en';
  /** Id of the form that the ticks belong to; absent where the reader decides nothing now. */
  readonly form?: string;
  /** Words that are blurred. */
  readonly slurs: readonly string[];
}

/** Near-duplicates by wording, how each differs, and ticks for deciding them together with the item. */
export function NearSheet({ near: { wordings, beyond }, language, form, slurs }: NearProps) {
  if (wordings.length === 0) return null;
  const said = nearWords(language);
  const row = (wording: NearWording) => <Wording wording={wording} said={said} form={form} slurs={slurs} />;
  const isFree = wordings.some(({ free }) => free.length > 0);
  return (
    <section class="sheet near" aria-labelledby="near-title" id="near">
      <div class="row between">
        <h2 id="near-title">{said.title}</h2>
        {form !== undefined && isFree && (
          <label class="choice needs-script" hidden>
            <input type="checkbox" id="near-all" /> {said.all} <kbd>a</kbd>
          </label>
        )}
      </div>
      <p class="hint">{form === undefined ? said.introRead : said.intro}</p>
      <ul>{wordings.slice(0, SHOWN).map(row)}</ul>
      {wordings.length > SHOWN && (
        <details>
          <summary>+ {said.items(wordings.slice(SHOWN).reduce((sum, one) => sum + countOf(one), 0))}</summary>
          <ul>{wordings.slice(SHOWN).map(row)}</ul>
        </details>
      )}
      {beyond > 0 && <p class="hint">{said.beyond(beyond)}</p>}
    </section>
  );
}

interface WordingProps {
  readonly wording: NearWording;
  readonly said: NearWords;
  readonly form: string | undefined;
  readonly slurs: readonly string[];
}

function Wording({ wording, said, form, slurs }: WordingProps) {
  const { parts, similarity, free, held, settled } = wording;
  const first = free[0] ?? held[0] ?? settled[0] ?? 0;
  const isSame = parts.every(({ is }) => is === 'same');
  return (
    <li>
      <div class="row">
        {form !== undefined && free.length > 0 && (
          <input
            type="checkbox"
            id={`near-${first}`}
            name="also"
            value={free.join(',')}
            form={form}
            data-items={free.length}
            aria-describedby={`near-text-${first}`}
          />
        )}
        <label for={form !== undefined && free.length > 0 ? `near-${first}` : undefined} class="small">
          {countOf(wording) > 1 ? said.items(countOf(wording)) : said.number(first)}
        </label>
        <span class="soft small">
          {isSame ? said.sameWording : said.likeness(Math.round(similarity * 100))}
        </span>
        <span class="soft small">{free.length > 0 && <Numbers numbers={free} said={said} />}</span>
      </div>
      {!isSame && (
        <p class="post small" dir="auto" id={`near-text-${first}`}>
          {parts.map(({ is, text }) => {
            if (is === 'same') return <VeiledText text={text} slurs={slurs} />;
            const isAdded = is === 'added';
            const Tag = isAdded ? 'ins' : 'del';
            return (
              <Tag>
                <span class="unseen">{isAdded ? said.added : said.removed} </span>
                <VeiledText text={text} slurs={slurs} />
              </Tag>
            );
          })}
        </p>
      )}
      {held.length > 0 && <p class="small warn-text">{said.held(listed(held, said))}</p>}
      {settled.length > 0 && <p class="soft small">{said.settled(listed(settled, said))}</p>}
    </li>
  );
}

function Numbers({ numbers, said }: { readonly numbers: readonly number[]; readonly said: NearWords }) {
  const rest = numbers.length - NAMED;
  return (
    <>
      {numbers.slice(0, NAMED).map((number, at) => (
        <>
          {at > 0 && ', '}
          <a href={`/items/${number}`}>{number}</a>
        </>
      ))}
      {rest > 0 && said.andMore('', rest)}
    </>
  );
}

function listed(numbers: readonly number[], said: NearWords): string {
  const named = numbers.slice(0, NAMED).join(', ');
  return numbers.length > NAMED ? said.andMore(named, numbers.length - NAMED) : named;
}

function countOf({ free, held, settled }: NearWording): number {
  return free.length + held.length + settled.length;
}
