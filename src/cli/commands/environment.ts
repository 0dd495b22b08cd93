import type { Readable } from 'node:stream';
import type { UiLanguage, Words } from '../../words/catalogue.js';

/** The terminal, or what stands in for it. Results go to `out`, everything else to `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  /** True when standard error is a terminal that a person watches. */
  readonly interactive: boolean;
  /** True when standard output is one: what is written there is read, and kept in no log. */
  readonly isRead?: boolean;
  /** Width of the terminal in columns, 80 where there is none. */
  readonly columns: number;
  readonly input: Readable;
}

/** What every command is given: never global state. */
export interface CommandEnvironment {
  readonly io: Io;
  readonly words: Words;
  readonly language: UiLanguage;
  /** Time zone in which people are shown times. */
  readonly zone: string;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Exit status to end with; the highest said wins. */
  exitWith(status: 0 | 1 | 2 | 130): void;
}
