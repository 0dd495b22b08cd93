import { CannotRunError, RetryableError } from '../../core/errors.js';
import type { LandReport } from '../../core/ports.js';
import type { LeaseHolder } from '../../core/queue-ports.js';
import type { GroupingLoop } from '../../pipeline/group-loop.js';
import { consumeLand } from '../../pipeline/land.js';
import type { Repeating } from '../../pipeline/repeat.js';
import { type PipelineApp, untilAborted } from './pipeline-app.js';

/** The right to land, held or waited for, and the lander that goes with it. */
export interface Landing {
  /** Takes the right when its holder is gone, so that a waiting batch is landed in any case. */
  retry(): Promise<void>;
  /** Everything that landed is grouped, and the hours that are over are closed. */
  settle(): Promise<void>;
  /** Waits for what is under way; `force` leaves it to be delivered again. */
  close(options?: { force?: boolean }): Promise<void>;
}

/** What a lander is told and tells. */
export interface LandingOptions {
  /** Called when the lease was lost; the lander has stopped then. */
  readonly onLost: (reason: string) => void;
  readonly onLanded?: (report: LandReport) => void;
  /** Told of what the log is told of as well. */
  readonly onTrouble?: (error: unknown) => void;
  readonly wait?: (holder: LeaseHolder) => void;
  /** True where the run ends, and calls {@link Landing.settle} before it does. */
  readonly ends?: boolean;
}

/**
 * Starts landing under the lease.
 * @throws CannotRunError kind `lease-held` naming the holder, unless `wait` is given, which is then called with it
 */
export async function startLanding(app: PipelineApp, options: LandingOptions): Promise<Landing> {
  let lander: Lander | undefined;
  const start = async (): Promise<LeaseHolder | undefined> => {
    const taken = await app.lease.acquire((reason) => {
      void lander?.close({ force: true });
      options.onLost(reason);
    });
    if (!taken.held) return taken.by;
    try {
      lander = beginLanding(app, options);
    } catch (error) {
      await app.lease.release();
      throw error;
    }
    return undefined;
  };
  const holder = await start();
  if (holder !== undefined) {
    if (options.wait === undefined) {
      throw new CannotRunError(
        'lease-held',
        `Process ${holder.pid} on ${holder.host} lands into this store since ${holder.since}; stop it first, or use "ronda batch", which may run beside it, or "ronda worker land --stand-by", which takes over when it ends.`,
      );
    }
    options.wait(holder);
  }
  return {
    async retry() {
      if (lander === undefined) await start();
    },
    async settle() {
      await lander?.settle();
    },
    async close(how) {
      await lander?.close(how);
      if (lander !== undefined) await app.lease.release();
    },
  };
}

/** How often a stand-by asks for the lease, ms. */
const STAND_BY_MS = 2_000;

/**
 * Lands whenever the lease is to be had, until the signal: stands by while another holds it, takes over when that one
 * ends or gives it up, and stands by again where it is lost. `onState` is told of each change.
 */
export async function landInTurn(
  app: PipelineApp,
  options: Omit<LandingOptions, 'onLost' | 'wait' | 'ends'> & {
    readonly signal: AbortSignal;
    readonly onState: (state: 'landing' | 'stand-by' | 'lost', holder?: LeaseHolder) => void;
    /** What goes on while it lands; its signal ends it. */
    readonly meanwhile: (signal: AbortSignal) => Promise<void>;
  },
): Promise<void> {
  const { signal, onState } = options;
  let waitsFor: string | undefined;
  while (!signal.aborted) {
    const lost = new AbortController();
    const turn = AbortSignal.any([signal, lost.signal]);
    let lander: Lander | undefined;
    const taken = await app.lease
      .acquire((reason) => {
        lost.abort(new Error(reason));
        void lander?.close({ force: true });
      }, signal)
      .catch((error: unknown) => {
        // A server that is away comes back; a stand-by that gave up would not be there then.
        if (!(error instanceof RetryableError)) throw error;
        app.report(error);
        return undefined;
      });
    if (taken?.held !== true) {
      const named = taken && `${taken.by.pid} ${taken.by.host} ${taken.by.since}`;
      if (taken !== undefined && named !== waitsFor) onState('stand-by', taken.by);
      waitsFor = named;
      await app.ports.clock.sleep(STAND_BY_MS, signal).catch(() => undefined);
      continue;
    }
    waitsFor = undefined;
    try {
      if (turn.aborted) continue;
      lander = beginLanding(app, options);
      onState('landing');
      await Promise.all([options.meanwhile(turn), untilAborted(turn)]);
    } finally {
      await lander?.close({ force: lost.signal.aborted });
      await app.lease.release();
    }
    if (lost.signal.aborted) {
      app.report(lost.signal.reason);
      onState('lost');
    }
  }
}

/** What works while the lease is held. */
interface Lander {
  settle(): Promise<void>;
  close(options?: { force?: boolean }): Promise<void>;
}

/** Starts what a lander does beside landing too; where one of it cannot start, what was started is ended. */
function beginLanding(
  app: PipelineApp,
  { onLanded, onTrouble, ends }: Pick<LandingOptions, 'onLanded' | 'onTrouble' | 'ends'>,
): Lander {
  const consumer = consumeLand({
    store: app.store,
    land: app.land,
    onError: (error) => {
      app.report(error);
      onTrouble?.(error);
    },
    onLanded: (report, job) => {
      app.logLanded(report, job);
      onLanded?.(report);
    },
  });
  let indexing: Repeating | undefined;
  let grouping: GroupingLoop | undefined;
  try {
    indexing = app.startIndexing();
    grouping = app.startGrouping(ends !== true);
  } catch (error) {
    // Left running they would keep the process alive after its command has failed.
    consumer.close({ force: true }).catch((fault) => app.report(fault));
    indexing?.close().catch((fault) => app.report(fault));
    throw error;
  }
  const [texts, stories] = [indexing, grouping];
  return {
    settle: () => stories.settle(),
    async close(how) {
      await consumer.close(how);
      await texts.close();
      await stories.close();
    },
  };
}
