import { readFileSync, statSync } from 'node:fs';
import { CannotRunError, messageOf } from '../core/errors.js';

const MOST_BYTES = 65_536;

/**
 * A secret from the environment variable of this name, or from the file that the variable with `_FILE` after it names,
 * as containers and systemd (`LoadCredential=`) give them; one line end at the file's end is not part of it.
 * @returns undefined where neither is set
 * @throws CannotRunError `secret` where both are, or the file cannot be read
 */
export function secretOf(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): string | undefined {
  const given = environment[name];
  const file = environment[`${name}_FILE`];
  if (file === undefined) return given;
  if (given !== undefined) {
    throw new CannotRunError('secret', `both ${name} and ${name}_FILE are set; keep one of them`);
  }
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error('it is no secret: larger than 64 kB');
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new CannotRunError('secret', `${name}_FILE: cannot read ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
