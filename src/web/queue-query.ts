import { CATEGORIES, LEVELS } from '../core/assessment.js';
import type { QueuePosition } from '../core/desk-ports.js';
import type { NarrativeReader } from '../core/narrative-ports.js';
import type { OwnFilter } from '../pipeline/read-queue.js';

/** What of the queue an address asks for. */
export interface QueueAsk {
  readonly filter: OwnFilter;
  /** Only items of this narrative. */
  readonly narrative?: string;
  /** The reader's own claims instead of a filter. */
  readonly mine: boolean;
  readonly after?: QueuePosition;
}

const STATES = ['open', 'claimed', 'escalated', 'closed'] as const;
const STAGES = ['second-opinion', 'proposed', 'approved'] as const;
const MAX_WORDS_CHARS = 200;

/** Reads an address; what is not understood is left out, as if it had not been asked. */
export function readAsk(query: (name: string) => string | undefined): QueueAsk {
  const oneOf = <T extends string>(all: readonly T[], name: string): T | undefined =>
    all.find((each) => each === query(name));
  const short = (name: string, pattern: RegExp): string | undefined => {
    const value = query(name)?.trim();
    return value !== undefined && pattern.test(value) ? value : undefined;
  };
  const narrative = short('narrative', /^[\w~-]{1,64}$/);
  const text = query('text')?.trim().slice(0, MAX_WORDS_CHARS);
  const region = query('region') === 'unknown' ? null : short('region', /^[\d.]{1,20}$/);
  const after = /^(\d{1,15}(?:\.\d{1,15})?):(\d{1,15})$/.exec(query('after') ?? '');
  const filter = {
    state: oneOf(STATES, 'state'),
    stage: oneOf(STAGES, 'stage'),
    category: oneOf(CATEGORIES, 'category'),
    minLevel: oneOf(LEVELS, 'level'),
    source: short('source', /^[\w.-]{1,64}$/),
    language: short('language', /^[a-z]{3}$/),
    region,
    text: text === '' ? undefined : text,
  };
  return {
    filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
    mine: query('mine') === '1',
    ...(narrative === undefined ? {} : { narrative }),
    ...(after === null ? {} : { after: { priority: Number(after[1]), number: Number(after[2]) } }),
  };
}

/** What of the queue an address asks for, a narrative by the stories that it is made of now. */
export function filterOf(
  narratives: Pick<NarrativeReader, 'storiesOf'>,
  { filter, narrative }: Pick<QueueAsk, 'filter' | 'narrative'>,
): OwnFilter {
  return narrative === undefined ? filter : { ...filter, stories: narratives.storiesOf(narrative) };
}

/** The address of a filter, with changes. */
export function queueAddress(
  ask: Pick<QueueAsk, 'filter' | 'mine' | 'narrative'>,
  change: { readonly after?: QueuePosition } = {},
): string {
  const query = new URLSearchParams(Object.fromEntries(askFields(ask, change)));
  return query.size === 0 ? '/queue' : `/queue?${query}`;
}

/** Names and values by which {@link readAsk} reads the same again. */
export function askFields(
  ask: Pick<QueueAsk, 'filter' | 'mine' | 'narrative'>,
  change: { readonly after?: QueuePosition } = {},
): readonly (readonly [string, string])[] {
  const { state, stage, category, minLevel, source, region, language, text } = ask.filter;
  const pairs: (readonly [string, string | undefined])[] = [
    ['mine', ask.mine ? '1' : undefined],
    ['state', state],
    ['stage', stage],
    ['category', category],
    ['level', minLevel],
    ['source', source],
    ['region', region === null ? 'unknown' : region],
    ['language', language],
    ['text', text],
    ['narrative', ask.narrative],
    ['after', change.after && `${change.after.priority}:${change.after.number}`],
  ];
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
