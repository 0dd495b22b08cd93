import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { CannotRunError, messageOf } from '../core/errors.js';

/**
 * Writes a report for its owner alone; a file of that name is replaced once the new one is whole.
 *
 * @throws CannotRunError `cannot-write`
 */
export function writeReportFile(path: string, bytes: Uint8Array): void {
  const part = `${path}.part`;
  try {
    writeFileSync(part, bytes, { mode: 0o600 });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw new CannotRunError('cannot-write', `${path} cannot be written: ${messageOf(error)}`);
  }
}
