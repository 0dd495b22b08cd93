import type { PartState } from '../core/operations.js';

/** Which parts of this process work, as they say themselves; a part that never said anything is none. */
export interface Health {
  /** `why` where it does not work, or what it does instead. */
  note(part: string, ready: boolean, why?: string): void;
  parts(): readonly PartState[];
}

export function createHealth(): Health {
  const parts = new Map<string, PartState>();
  return {
    note(part, ready, why) {
      parts.set(part, { part, ready, ...(why === undefined ? {} : { why }) });
    },
    parts: () => [...parts.values()],
  };
}
