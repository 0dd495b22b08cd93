import { PermanentError } from '../core/errors.js';
import type { WatchedTopic, WatchTopic } from '../core/watch.js';
import { type Automaton, buildAutomaton, createMatches, type Matches, scan } from '../lexicon/automaton.js';
import { canonicalTerm, spelledSurfaces } from '../lexicon/compile.js';

/** A topic as a watch list holds it. */
export interface TopicEntry extends WatchTopic {
  /** Words and phrases that are about it by themselves; clitics (`-nya`, `-lah`) are found with them. */
  readonly terms: readonly string[];
  /** Phrases in which a term is about something else. */
  readonly exceptions?: readonly string[];
  /** Terms that make a text of the topic come earlier in the queue, and how much. */
  readonly weigh?: readonly { readonly terms: readonly string[]; readonly weight: number }[];
  /** Texts that are on it, and texts that are not though a term stands in them; at least one each. */
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

/** Finds watched topics in canonical texts (text/normalise.ts). */
export type TopicFinder = (canonical: string) => readonly WatchedTopic[];

/** Topics ready to be looked for: data alone, so that it can be kept. */
export interface TopicTables {
  readonly topics: readonly Pick<TopicEntry, 'id' | 'from' | 'to' | 'weight'>[];
  readonly automaton: Automaton;
  /** By pattern of {@link automaton}. */
  readonly meanings: readonly (readonly Sign[])[];
}

/** What a pattern says of a topic. */
interface Sign {
  readonly topic: number;
  /** Undefined for a term of the topic; -1 for an exception; else what it makes a text of the topic weigh. */
  readonly weight: number | undefined;
}

const EXCEPTION = -1;
/** Matches looked at of one text. */
const MOST_MATCHES = 256;
const NONE: readonly WatchedTopic[] = [];
const matches: Matches = createMatches();

/**
 * @throws PermanentError `watch-term` where a term leaves nothing to be looked for, or an id stands twice
 */
export function compileTopics(topics: readonly TopicEntry[]): TopicTables {
  const ids = new Set<string>();
  const signs = new Map<string, Sign[]>();
  /** Lists share their terms. */
  const spelled = new Map<string, readonly string[]>();
  const surfacesOf = (term: string, id: string): readonly string[] => {
    let known = spelled.get(term);
    if (known === undefined) {
      known = spelledSurfaces(canonicalTerm(term, id), 'phrase').map(({ text }) => text);
      spelled.set(term, known);
    }
    return known;
  };
  topics.forEach(({ id, terms, exceptions = [], weigh = [] }, topic) => {
    if (ids.has(id))
      throw new PermanentError('watch-term', `The topic ${id} stands twice in the watch lists.`);
    ids.add(id);
    const add = (term: string, weight: number | undefined): void => {
      for (const text of surfacesOf(term, id)) {
        const known = signs.get(text);
        if (known === undefined) signs.set(text, [{ topic, weight }]);
        else known.push({ topic, weight });
      }
    };
    for (const term of terms) add(term, undefined);
    for (const phrase of exceptions) add(phrase, EXCEPTION);
    for (const { terms: more, weight } of weigh) for (const term of more) add(term, weight);
  });
  return {
    topics: topics.map(({ id, from, to, weight }) => ({ id, from, to, weight })),
    automaton: buildAutomaton([...signs.keys()]),
    meanings: [...signs.values()],
  };
}

export function topicFinder({ topics, automaton, meanings }: TopicTables): TopicFinder {
  if (meanings.length === 0) return () => NONE;
  return (canonical) => {
    scan(automaton, canonical, matches);
    return matches.count === 0 ? NONE : onTopic(topics, automaton.lengths, meanings);
  };
}

/** The topics of the last scan: those with a term that no exception covers. */
function onTopic(
  topics: TopicTables['topics'],
  lengths: Int32Array,
  meanings: readonly (readonly Sign[])[],
): readonly WatchedTopic[] {
  const count = Math.min(matches.count, MOST_MATCHES);
  const weights = new Map<number, number>();
  const on = new Set<number>();
  for (let i = 0; i < count; i++) {
    const end = matches.end[i]!;
    const start = end - lengths[matches.pattern[i]!]!;
    for (const { topic, weight } of meanings[matches.pattern[i]!]!) {
      if (weight === EXCEPTION) continue;
      if (weight === undefined) {
        if (!on.has(topic) && !isExcepted(topic, start, end, count, lengths, meanings)) on.add(topic);
      } else weights.set(topic, Math.max(weights.get(topic) ?? 0, weight));
    }
  }
  if (on.size === 0) return NONE;
  return [...on]
    .sort((a, b) => a - b)
    .map((topic) => {
      const { id, from, to, weight } = topics[topic]!;
      return { id, from, to, weight: Math.max(weight, weights.get(topic) ?? 0) };
    });
}

function isExcepted(
  topic: number,
  start: number,
  end: number,
  count: number,
  lengths: Int32Array,
  meanings: readonly (readonly Sign[])[],
): boolean {
  for (let i = 0; i < count; i++) {
    const pattern = matches.pattern[i]!;
    const upTo = matches.end[i]!;
    if (upTo < end || upTo - lengths[pattern]! > start) continue;
    if (meanings[pattern]!.some((sign) => sign.topic === topic && sign.weight === EXCEPTION)) return true;
  }
  return false;
}
