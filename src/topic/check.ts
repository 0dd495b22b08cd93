import { normalise } from '../text/normalise.js';
import { compileTopics, type TopicEntry, topicFinder } from './topics.js';

/** What of a topic does not hold. */
export interface TopicProblem {
  readonly topic: string;
  /** `partisan`: a term that names people, a camp, a party or a candidate, which would watch one side. */
  readonly what: 'match' | 'noMatch' | 'partisan';
  readonly text: string;
}

/**
 * Tries the examples of every topic, and that none watches a side.
 *
 * @param names true of a text that names a group, a camp, a party or a person in public life
 */
export function checkTopics(
  topics: readonly TopicEntry[],
  names: (text: string) => boolean,
): readonly TopicProblem[] {
  const find = topicFinder(compileTopics(topics));
  const problems: TopicProblem[] = [];
  for (const { id, terms, weigh = [], match, noMatch } of topics) {
    const isOn = (text: string): boolean => find(normalise(text).text).some((topic) => topic.id === id);
    for (const text of match) if (!isOn(text)) problems.push({ topic: id, what: 'match', text });
    for (const text of noMatch) if (isOn(text)) problems.push({ topic: id, what: 'noMatch', text });
    for (const text of [...terms, ...weigh.flatMap((row) => row.terms)]) {
      if (names(text)) problems.push({ topic: id, what: 'partisan', text });
    }
  }
  return problems;
}
