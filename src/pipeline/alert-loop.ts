import type { AlertStore } from '../core/alert.js';
import type { Clock } from '../core/ports.js';
import { type RaisePorts, type RaiseSettings, raiseAlerts } from './raise-alerts.js';
import { type Repeating, repeat } from './repeat.js';
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
const ALERTS_KEPT_MS: number = 180 * 24 * 3_600_000;

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
export function startAlerts(parts: AlertParts): Repeating {
  const { store, raise, settings, routes, clock, report } = parts;
  const every = (ms: number, work: (signal: AbortSignal) => Promise<unknown> | unknown): Repeating => {
    const round = async (signal: AbortSignal): Promise<number> => {
      await work(signal);
      return ms;
    };
    return repeat(round, { clock, report, troubleMs: ms });
  };
  const loops = [
    every(LOOK_MS, () => raiseAlerts({ ...raise, alerts: store }, settings, clock.now())),
    every(SEND_MS, (signal) => sendRound(parts, signal)),
    every(PURGE_MS, () => {
      store.dropOthers(routes.map(({ channel }) => channel.name));
      store.purge(clock.now() - ALERTS_KEPT_MS);
    }),
  ];
  return {
    async close() {
      await Promise.all(loops.map((loop) => loop.close()));
      for (const { channel } of routes) await channel.close?.();
    },
  };
}
