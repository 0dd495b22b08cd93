import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which process this is, told apart from a later one that was given the same pid. */
export interface ProcessIdentity {
  /** Host name with boot and pid namespace where the system tells them: pids compare only within one. */
  readonly host: string;
  readonly pid: number;
  /** When the process started, opaque; empty where the system does not tell. */
  readonly start: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? '';
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid')) ?? '';
  return {
    host: [hostname(), boot, namespace].join('|'),
    pid: process.pid,
    start: startOf(process.pid)?.start ?? '',
  };
}

/** True only when it is certain that the process has ended; false when it lives or cannot be seen from here. */
export function hasEnded(other: ProcessIdentity, own: ProcessIdentity): boolean {
  if (other.host !== own.host) return false;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const seen = startOf(other.pid);
  if (seen === undefined) return false;
  return seen.ended || (other.start !== '' && seen.start !== other.start);
}

/** Field 22 of /proc/PID/stat (start time in ticks since boot) and whether the state, field 3, is an ended one. */
function startOf(pid: number): { start: string; ended: boolean } | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return undefined;
  // The second field is the command in parentheses and may itself hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { start: fields[19] ?? '', ended: fields[0] === 'Z' || fields[0] === 'X' };
}

function attempt<R>(read: () => R): R | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
