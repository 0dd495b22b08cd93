import type { AlertStore } from '../core/alert.js';
import type { Clock } from '../core/ports.js';
import { type RaisePorts, type RaiseSettings, raiseAlerts } from './raise-alerts.js';
import { type AlertRoute, makeMessages, type SendSettings, sendMessages } from './send-alerts.js';

/** What the loop works with. */
export interface AlertParts {
  readonly store: AlertStore;
  readonly raise: Omit<RaisePorts, 'alerts'>;
  readonly settings: RaiseSettings;
  readonly routes: readonly AlertRoute[];
  readonly send: Omit<SendSettings, 'now'>;
  readonly clock: Clock;
  report(error: unknown): void;
}

/** How often it is looked for what is new, and whether something is to be sent, ms. */
const LOOK_MS = 60_000;
const SEND_MS = 5_000;
const PURGE_MS = 6 * 3_600_000;
/** Alerts are kept so long. */
export const ALERTS_KEPT_MS: number = 180 * 24 * 3_600_000;

/** One round over all channels; each goes at its own pace and none holds another up. */
export async function sendRound(
  { store, routes, send, clock, report }: Pick<AlertParts, 'store' | 'routes' | 'send' | 'clock' | 'report'>,
  signal: AbortSignal,
): Promise<number> {
  const settings = { ...send, now: () => clock.now() };
  const sent = await Promise.all(
    routes.map(async (route) => {
      try {
        makeMessages(store, route, settings);
        return await sendMessages(store, route, settings, signal);
      } catch (error) {
        report(error);
        return 0;
      }
    }),
  );
  return sent.reduce((sum, n) => sum + n, 0);
}

/** Raises and sends alerts until it is closed; trouble is reported and waited out, what is raised stays in the store. */
export function startAlerts(parts: AlertParts): { close(): Promise<void> } {
  const { store, raise, settings, routes, clock, report } = parts;
  const stop = new AbortController();
  const every = async (ms: number, work: () => Promise<void> | void): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await work();
      } catch (error) {
        report(error);
      }
      await clock.sleep(ms, stop.signal).catch(() => undefined);
    }
  };
  const done = Promise.all([
    every(LOOK_MS, () => void raiseAlerts({ ...raise, alerts: store }, settings, clock.now())),
    every(SEND_MS, async () => {
      await sendRound(parts, stop.signal);
    }),
    every(PURGE_MS, () => {
      store.dropOthers(routes.map(({ channel }) => channel.name));
      store.purge(clock.now() - ALERTS_KEPT_MS);
    }),
  ]);
  return {
    async close() {
      stop.abort();
      await done;
      for (const { channel } of routes) await channel.close?.();
    },
  };
}
