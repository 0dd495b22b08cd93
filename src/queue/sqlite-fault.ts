import { CannotRunError, messageOf, RetryableError, RondaError } from '../core/errors.js';

/**
 * Says what an error of SQLite means for the queue: a full disk, a lock held by another process and a
 * failed read or write may pass; a read-only, damaged or unreadable file needs a person first.
 */
export function sqliteFault(error: unknown, path: string): unknown {
  if (error instanceof RondaError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  const because = `${path}: ${messageOf(error)} (${code})`;
  const cause = { cause: error };
  if (code === 'SQLITE_FULL')
    return new RetryableError(
      'disk-full',
      `queue ${because}; free space on its disk, work goes on by itself`,
      cause,
    );
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return new RetryableError('queue-busy', `queue ${because}; another process holds it for too long`, cause);
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'EACCES' || code === 'EROFS')
    return new CannotRunError(
      'queue-read-only',
      `queue ${because}; make the file and its folder writable`,
      cause,
    );
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR')
    return new CannotRunError(
      'queue-cannot-open',
      `queue ${because}; check that the folder exists and is yours`,
      cause,
    );
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new CannotRunError(
      'queue-damaged',
      `queue ${because}; move the file away (a new one is made) or restore it from a backup`,
      cause,
    );
  if (code === 'ENOSPC')
    return new RetryableError('disk-full', `queue ${because}; free space on its disk`, cause);
  if (code.startsWith('SQLITE_IOERR'))
    return new RetryableError('queue-io', `queue ${because}; check the disk (full or failing)`, cause);
  return error;
}
