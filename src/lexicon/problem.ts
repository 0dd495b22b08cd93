import type { Entry } from './entry.js';

/** What can be wrong with a lexicon. The sentence for each stands in words/lexicon.ts. */
export type ProblemCode =
  /** The line is no JSON object. */
  | 'not-an-entry'
  | 'unknown-key'
  | 'missing-key'
  | 'wrong-value'
  /** Nothing that could be looked for is left of a term, exception or needed word. */
  | 'no-pattern'
  | 'repeated-id'
  /** A term or variant that another entry of the same kind has too. */
  | 'repeated-term'
  /** A term or variant that an entry of a kind with the contrary meaning has too. */
  | 'contradiction'
  | 'no-match-example'
  | 'match-not-found'
  | 'no-match-found'
  | 'name-not-found'
  | 'name-found-inside-word'
  | 'exception-does-not-hold'
  /** An exception that holds no form of the term and so never applies. */
  | 'idle-exception';

/** A fault of a lexicon file, as data. */
export interface Problem {
  readonly code: ProblemCode;
  /** `error` fails the build and keeps a lexicon from being loaded; `warning` is said. */
  readonly severity: 'error' | 'warning';
  /** `file:line`, the line counted from 1. */
  readonly where: string;
  /** Id of the entry, where it could be read. */
  readonly id?: string;
  readonly key?: keyof Entry | (string & {});
  /** What stands there, as JSON, shortened; or where the other of two entries stands. */
  readonly found?: string;
  /** The values that are allowed, where they are a list; the words say the rest by `key`. */
  readonly allowed?: readonly string[];
}
