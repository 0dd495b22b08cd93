import { setImmediate } from 'node:timers/promises';
import type { AuditCheck } from '../core/audit.js';
import type { AuditStore } from '../core/desk-ports.js';

/** Events checked at a time: some ten milliseconds, in which nobody else is answered. */
const PIECE = 500;

/** How far a check of the audit chain is. */
export type ChainState =
  | { readonly is: 'running'; readonly events: number }
  | { readonly is: 'done'; readonly check: AuditCheck };

/** Checks the audit chain a piece at a time, beside everything else; one check at a time, whoever asks. */
export interface ChainChecker {
  /** Begins a check unless one runs. */
  begin(): void;
  /** Resolves to where it is once it is done, or after `ms`; with 0, where it is now. */
  state(ms: number): Promise<ChainState>;
}

export function createChainChecker(
  audit: Pick<AuditStore, 'verifyPart'>,
  report: (error: unknown) => void,
): ChainChecker {
  let running: Promise<void> | undefined;
  let state: ChainState = { is: 'running', events: 0 };
  const run = async (): Promise<void> => {
    let after: Parameters<AuditStore['verifyPart']>[0];
    for (;;) {
      const { isEnd, ...check } = audit.verifyPart(after, PIECE);
      if (isEnd || !check.ok) {
        state = { is: 'done', check };
        return;
      }
      state = { is: 'running', events: check.events };
      after = check.head;
      await setImmediate();
    }
  };
  return {
    begin() {
      if (running !== undefined) return;
      state = { is: 'running', events: 0 };
      running = run()
        .catch(report)
        .finally(() => {
          running = undefined;
        });
    },
    async state(ms) {
      if (ms === 0) return state;
      const waited = new AbortController();
      const late = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        waited.signal.addEventListener('abort', () => clearTimeout(timer));
      });
      await Promise.race([running, late]);
      waited.abort();
      return state;
    },
  };
}
