import { constants, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CannotRunError, messageOf } from '../core/errors.js';
import { packageRoot } from './package-root.js';

/**
 * Reads a YAML file into plain values.
 * @returns undefined where there is no such file
 * @throws CannotRunError kind `config` where it cannot be read or is no YAML
 */
export function readConfigFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CannotRunError(
      'config',
      `${path} cannot be read: ${messageOf(error)}. Make it readable, or name another with --config.`,
    );
  }
  try {
    const document: unknown = parse(text, { maxAliasCount: 100 });
    return document ?? {};
  } catch (error) {
    throw new CannotRunError('config', `${path} is not YAML: ${messageOf(error)}`);
  }
}

/**
 * Writes the commented starter.
 * @throws CannotRunError kind `exists` where the file is there already
 */
export function writeStarter(path: string): void {
  try {
    copyFileSync(join(packageRoot, 'docs', 'ronda.yaml'), path, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new CannotRunError(
        'exists',
        `${path} is there already and was left as it is; name another file.`,
      );
    }
    throw new CannotRunError('config', `${path} cannot be written: ${messageOf(error)}`);
  }
}
