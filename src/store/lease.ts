import { randomUUID } from 'node:crypto';
import { messageOf, RetryableError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';
import type { Lease, LeaseHolder } from '../core/queue-ports.js';
import { hasEnded, type ProcessIdentity } from '../sqlite/process-identity.js';
import type { Db } from './sqlite.js';

/** How often a holder shows that it lives, ms. */
const BEAT_MS = 2_000;
/** A holder that cannot be looked at (another host) and shows nothing for this long has lost the lease, ms. */
const SILENT_MS = 10_000;

export interface LeaseOptions {
  readonly clock: Clock;
  /** This process. */
  readonly self: ProcessIdentity;
  /** What an error of the database means for the store. */
  readonly fault: (error: unknown) => unknown;
  /** Told who holds the lease, so that what only the holder may write is refused to everybody else. */
  readonly fence?: Fence;
}

/**
 * Stands before what only a lease's holder may write. A holder that was stopped (SIGSTOP, a laptop asleep) while another
 * took the lease wakes without knowing of it; its next transaction finds out here, before it writes.
 */
export interface Fence {
  /** From now on {@link check} demands this token; `onLost` is told when it is found that another has the lease. */
  hold(token: string, onLost: () => void): void;
  /**
   * Called within the write transaction; nothing where no lease was ever held.
   * @throws RetryableError kind `lease-lost`
   */
  check(): void;
}

export function createFence(db: Db, name: string): Fence {
  const select = db.prepare<[string], string>('SELECT token FROM leases WHERE name = ?').pluck();
  let held: { readonly token: string; readonly onLost: () => void } | undefined;
  return {
    hold(token, onLost) {
      held = { token, onLost };
    },
    check() {
      if (held === undefined || select.get(name) === held.token) return;
      // Not from within the caller's transaction.
      setImmediate(held.onLost);
      throw new RetryableError('lease-lost', `the lease "${name}" is not this process's any more`);
    },
  };
}

interface LeaseRow extends ProcessIdentity {
  readonly token: string;
  readonly since: string;
  readonly beat: number;
}

/**
 * A lease as a row of the store. On one host the holder's process decides: alive, it holds; ended, the lease is free
 * at once, also when its pid was given to another process. Only where the process cannot be seen (another host or pid
 * namespace) is the holder watched for 10 s by this process's own clock, and loses the lease when it stays silent.
 */
export function createStoreLease(db: Db, name: string, { clock, self, fault, fence }: LeaseOptions): Lease {
  const token = randomUUID();
  const select = db.prepare<[string], LeaseRow>(
    'SELECT token, pid, host, start, since, beat FROM leases WHERE name = ?',
  );
  const upsert = db.prepare(
    `INSERT INTO leases (name, token, pid, host, start, since, beat) VALUES (?, ?, ?, ?, ?, ?, 0)
     ON CONFLICT DO UPDATE SET token = excluded.token, pid = excluded.pid, host = excluded.host,
       start = excluded.start, since = excluded.since, beat = 0`,
  );
  const beat = db.prepare('UPDATE leases SET beat = beat + 1 WHERE name = ? AND token = ?');
  const remove = db.prepare('DELETE FROM leases WHERE name = ? AND token = ?');

  /** Takes the lease when it is free, its holder has ended or stands where it was `silent`; else who holds it. */
  const take = db.transaction((silent?: LeaseRow): LeaseRow | undefined => {
    const row = select.get(name);
    const isFree = row === undefined || row.token === token || hasEnded(row, self);
    if (!isFree && !(row.token === silent?.token && row.beat === silent.beat)) return row;
    upsert.run(name, token, self.pid, self.host, self.start, new Date(clock.now()).toISOString());
    return undefined;
  });

  let beating: AbortController | undefined;

  /** Who holds it now, for those who lost it. */
  const lostTo = (): string => {
    const taker = select.get(name);
    return taker === undefined
      ? `the lease "${name}" was given up by another process`
      : `the lease "${name}" was taken by pid ${taker.pid} on ${hostOf(taker)}`;
  };

  const keep = async (onLost: (reason: string) => void, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      try {
        await clock.sleep(BEAT_MS, signal);
      } catch {
        return;
      }
      if (signal.aborted || !db.open) return;
      try {
        if (beat.run(name, token).changes === 1) continue;
        onLost(lostTo());
        return;
      } catch (error) {
        // A full disk or a long lock passes; until then nobody on this host takes the lease from a living process.
        const known = fault(error);
        if (known instanceof RetryableError) continue;
        onLost(`the lease "${name}" cannot be renewed: ${messageOf(known)}`);
        return;
      }
    }
  };

  return {
    async acquire(onLost, signal) {
      try {
        let holder = take.immediate();
        // Alive, and seen to be the very process that took it.
        const isCertain = holder !== undefined && holder.host === self.host && holder.start !== '';
        if (holder !== undefined && !isCertain) {
          const silent = await clock.sleep(SILENT_MS, signal).then(
            () => true,
            () => false,
          );
          if (silent) holder = take.immediate(holder);
        }
        if (holder !== undefined) return { held: false, by: holderOf(holder) };
      } catch (error) {
        throw fault(error);
      }
      beating?.abort();
      const mine = new AbortController();
      beating = mine;
      const lose = (reason: string): void => {
        if (mine.signal.aborted) return;
        mine.abort();
        onLost(reason);
      };
      // Several transactions may find it out before the first is told of, and the store be closed meanwhile.
      fence?.hold(token, () => {
        if (!mine.signal.aborted && db.open) lose(lostTo());
      });
      void keep(lose, mine.signal);
      return { held: true };
    },
    async release() {
      beating?.abort();
      beating = undefined;
      try {
        if (db.open) remove.run(name, token);
      } catch (error) {
        throw fault(error);
      }
    },
  };
}

function holderOf(row: LeaseRow): LeaseHolder {
  return { pid: row.pid, host: hostOf(row), since: row.since };
}

/** The host's name, without what tells its boots and namespaces apart. */
function hostOf(row: ProcessIdentity): string {
  return row.host.split('|')[0] ?? row.host;
}
