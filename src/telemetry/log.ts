import { destination, type Logger, pino } from 'pino';
import { messageOf } from '../core/errors.js';

export type { Logger };

/**
 * What of an error may stand in a log: its message, which of our own quotes nothing of a post. One of JSON.parse quotes the
 * text that it stumbled over.
 */
export function loggable(error: unknown): string {
  return error instanceof SyntaxError ? 'SyntaxError: a text that cannot be parsed' : messageOf(error);
}

/**
 * A structured log on standard error, one JSON object a line. No post text, handle or secret is ever passed to it.
 * @param level pino's level; `warn` keeps an unattended run that goes well silent.
 */
export function createLogger(level: string, name: string): Logger {
  return pino({ name, level, base: { pid: process.pid } }, destination({ dest: 2, sync: true }));
}
