import { z } from 'zod';
import { PermanentError } from '../core/errors.js';
import type { SourceSetting } from './collector-kind.js';

/** Name of the environment variable that holds a token or password; what it holds is never in a file. */
export const secretVariable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,99}$/, 'the name of an environment variable, e.g. MASTODON_TOKEN')
  .refine((name) => !OWN.test(name), 'a variable of its own, not one that holds Ronda’s own secrets');

/** What keeps the store sealed and the queue closed is sent to no place. */
const OWN = /^RONDA_(SECRET|SECRET_FILE|REDIS)$/;

/** What the variable holds, without white space around it. @throws PermanentError `no-secret` where it is not set. */
export function requireSecret(
  source: Pick<SourceSetting<unknown>, 'name' | 'secret'>,
  variable: string,
): string {
  const value = source.secret?.(variable)?.trim();
  if (value === undefined || value === '') {
    throw new PermanentError(
      'no-secret',
      `${source.name}: the environment variable ${variable} is not set; set it to the token or password of the source`,
    );
  }
  if (/[^\x21-\x7e]/.test(value)) {
    throw new PermanentError(
      'bad-secret',
      `${source.name}: the environment variable ${variable} holds characters that no token has; set it anew`,
    );
  }
  return value;
}
