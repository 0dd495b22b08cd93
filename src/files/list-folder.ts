import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './package-root.js';

/**
 * Where the lists of a kind are: in the configured folder of lexicons where it has them, else in the package's.
 *
 * @param lexicons the configured folder; undefined for the package's
 */
export function listFolder(lexicons: string | undefined, name: 'regions' | 'watch'): string {
  const own = lexicons === undefined ? undefined : join(lexicons, name);
  return own !== undefined && existsSync(own) ? own : join(packageRoot, 'lexicons', name);
}
