import type { AuditStore, Transactions } from '../core/desk-ports.js';
import type { Clock } from '../core/ports.js';
import { SYSTEM_ACTOR } from '../core/review.js';

/** A source of the configuration, by a hash of all its settings. */
export interface ConfiguredSource {
  readonly name: string;
  /** At least 12 characters; the settings themselves are not kept. */
  readonly settings: string;
}

/** Events looked through for what is known of sources; where there were more, the oldest are told of anew. */
const LOOKED = 1_000;

/**
 * Tells the audit chain which sources were added, changed or taken out of the configuration since it was last told; how
 * many. Pausing (pipeline/operations.ts) is no change of settings.
 */
export function noteSources(
  {
    store,
    clock,
  }: { readonly store: Transactions & { readonly audit: AuditStore }; readonly clock: Pick<Clock, 'now'> },
  sources: readonly ConfiguredSource[],
): number {
  return store.atomically(() => {
    const known = new Map<string, string | undefined>();
    for (const { subject, details } of store.audit.list({ limit: LOOKED, kind: 'source-changed' })) {
      if (details.change === undefined || known.has(subject)) continue;
      known.set(subject, details.change === 'removed' ? undefined : String(details.settings));
    }
    const now = clock.now();
    let told = 0;
    const tell = (subject: string, change: 'added' | 'changed' | 'removed', settings?: string): void => {
      const details = { change, ...(settings === undefined ? {} : { settings }) };
      store.audit.append({ actor: SYSTEM_ACTOR, kind: 'source-changed', subject, details }, now);
      told += 1;
    };
    const present = new Set<string>();
    for (const { name, settings } of sources) {
      const subject = `source:${name}`.slice(0, 200);
      present.add(subject);
      const before = known.get(subject);
      if (before === undefined) tell(subject, 'added', settings);
      else if (before !== settings) tell(subject, 'changed', settings);
    }
    for (const [subject, settings] of known) {
      if (settings !== undefined && !present.has(subject)) tell(subject, 'removed');
    }
    return told;
  });
}
