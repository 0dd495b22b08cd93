import { destination, type Logger, pino } from 'pino';

export type { Logger };

/**
 * A structured log on standard error, one JSON object a line. No post text, handle or secret is ever passed to it.
 * @param level pino's level; `warn` keeps an unattended run that goes well silent.
 */
export function createLogger(level: string, name: string): Logger {
  return pino({ name, level, base: { pid: process.pid } }, destination({ dest: 2, sync: true }));
}
