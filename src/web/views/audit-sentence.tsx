import type { AuditEvent, AuditValue } from '../../core/audit.js';
import { auditWords } from '../../words/audit.js';
import { words } from '../../words/catalogue.js';
import { queueWords } from '../../words/desk-queue.js';

/** Of a list, how many are named. */
const NAMED = 10;
/** Numbers of other records, which say nothing to a reader; they stand in the raw event. */
const INTERNAL = new Set(['event']);

interface SentenceProps {
  readonly event: AuditEvent;
  readonly language: 'id' | 'en';
  /** Account names by id. */
  readonly nameOf: (id: string) => string;
}

/** What an event says in words, and on demand as it is recorded. */
export function AuditSentence({ event, language, nameOf }: SentenceProps) {
  const said = auditWords(language);
  const { kind, subject, details } = event;
  const [what = '', ...rest] = subject.split(':');
  const which = rest.join(':');
  const told = Object.entries(details)
    .filter(([key]) => !INTERNAL.has(key))
    // What it came to stands first.
    .sort(([a], [b]) => Number(b === 'outcome') - Number(a === 'outcome'));
  return (
    <>
      <p>
        {said.kinds[kind] ?? kind}{' '}
        {what === 'item' && /^\d+$/.test(which) ? (
          <a href={`/items/${which}`}>
            {said.subjects.item} {which}
          </a>
        ) : (
          <bdi>
            {said.subjects[what] ?? what} {what === 'user' ? nameOf(which) : which}
          </bdi>
        )}
      </p>
      {told.length > 0 && (
        <ul class="run small">
          {told.map(([key, value]) => (
            <li>
              <span class="soft">{said.details[key] ?? key}:</span> <bdi>{valueIn(key, value, language)}</bdi>
            </li>
          ))}
        </ul>
      )}
      <details class="small">
        <summary>{said.raw}</summary>
        <pre class="mono">{JSON.stringify(event, null, 1)}</pre>
      </details>
    </>
  );
}

function valueIn(key: string, value: AuditValue, language: 'id' | 'en'): string {
  const said = auditWords(language);
  const queue = queueWords(language);
  if (typeof value === 'boolean') return value ? queue.yes : queue.no;
  if (typeof value === 'number') return value.toLocaleString(language === 'id' ? 'id-ID' : 'en-GB');
  if (typeof value !== 'string') {
    const named = value.slice(0, NAMED).join(', ');
    return value.length > NAMED ? `${named} ${said.more(value.length - NAMED)}` : named;
  }
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    outcome: queue.outcomes,
    category: words(language).categories,
    ground: queue.grounds,
  };
  return known[key]?.[value] ?? said.values[value] ?? value;
}
