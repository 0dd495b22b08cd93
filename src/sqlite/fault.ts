import {
  CannotRunError,
  messageOf,
  OutOfSpaceError,
  RetryableError,
  RondaError,
  ThrottledError,
} from '../core/errors.js';

/**
 * Says what an error of SQLite or of the file system means for the file at `path`: a full disk, a lock held by
 * another process and a failed read or write may pass; a read-only, damaged or foreign file needs a person first.
 *
 * @param what whose file it is; kinds and messages begin with it
 * A full disk and a lock are nobody's job's fault: their errors are throttled ones, which use up no attempt.
 *
 * @returns a RetryableError or CannotRunError with the error as its cause, or the error itself where it is neither
 */
export function sqliteFault(error: unknown, what: 'queue' | 'store', path: string): unknown {
  if (error instanceof RondaError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  const said = `${what} ${path}: ${messageOf(error)} (${code})`;
  const cause = { cause: error };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new OutOfSpaceError(`${said}; free space on its disk, work goes on by itself`, cause);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new ThrottledError(`${what}-busy`, `${said}; another process holds it for too long`, 500, cause);
  }
  if (code === 'SQLITE_NOTADB') {
    return new CannotRunError(
      `not-a-${what}`,
      `${said}; name another file, or move this one away and a new one is made`,
      cause,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new CannotRunError(`${what}-damaged`, `${said}; restore it from a backup`, cause);
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    ['SQLITE_PERM', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code)
  ) {
    return new CannotRunError(
      `${what}-read-only`,
      `${said}; make the file and its folder writable for this user`,
      cause,
    );
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return new RetryableError(`${what}-io`, `${said}; check its disk (full or failing)`, cause);
  }
  return error;
}
