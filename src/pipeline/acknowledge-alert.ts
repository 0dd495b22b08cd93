import type { Alert, AlertStore } from '../core/alert.js';
import { DeskRefusal } from '../core/desk-refusal.js';
import type { Actor } from '../core/user.js';
import { may } from '../triage/rights.js';
import { sees } from '../triage/scope.js';
import { type DeskPorts, mustMay } from './desk-access.js';

export interface AlertDeskPorts extends DeskPorts {
  readonly alerts: Pick<AlertStore, 'list' | 'find' | 'acknowledge' | 'counts'>;
}

type Listed = ReturnType<AlertStore['list']>[number];

/** Alerts read at a time, and pages of them that are looked through for what an actor sees. */
const PAGE = 200;
const MOST_PAGES = 5;

/**
 * Alerts that an actor sees, newest first: those of stories and sources, and of items within the actor's units. `next` is where
 * to go on.
 *
 * @throws DeskRefusal `forbidden`
 */
export function readAlerts(
  ports: AlertDeskPorts,
  actor: Actor,
  query: { readonly limit: number; readonly before?: number; readonly open?: boolean },
): {
  readonly alerts: readonly Listed[];
  readonly next?: number;
  readonly counts: ReturnType<AlertStore['counts']>;
} {
  mustMay(actor, 'alert:read');
  const { limit, open = false } = query;
  const alerts: Listed[] = [];
  let { before } = query;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = ports.alerts.list({ limit: PAGE, open, ...(before === undefined ? {} : { before }) });
    for (const alert of found) {
      before = alert.id;
      if (!isVisible(ports, actor, alert)) continue;
      alerts.push(alert);
      if (alerts.length === limit) return { alerts, next: alert.id, counts: ports.alerts.counts() };
    }
    if (found.length < PAGE) return { alerts, counts: ports.alerts.counts() };
  }
  return { alerts, ...(before === undefined ? {} : { next: before }), counts: ports.alerts.counts() };
}

/**
 * Says that somebody looks; what waits to be sent of it is not sent any more.
 *
 * @throws DeskRefusal `forbidden`, `no-alert`
 */
export function acknowledgeAlert(ports: AlertDeskPorts, actor: Actor, id: number): void {
  mustMay(actor, 'alert:acknowledge');
  const alert = ports.alerts.find(id);
  if (alert === undefined || !isVisible(ports, actor, alert)) {
    throw new DeskRefusal('no-alert', `there is no alert ${id} in your units`);
  }
  ports.store.atomically(() => {
    const now = ports.clock.now();
    if (!ports.alerts.acknowledge(id, String(actor.user), now)) return;
    ports.store.audit.append(
      { actor: String(actor.user), kind: 'alert-acknowledged', subject: `alert:${id}` },
      now,
    );
  });
}

/** Who sees no queue sees of items only that there is an alert of a story. */
function isVisible(ports: AlertDeskPorts, actor: Actor, { about }: Alert): boolean {
  if (about.kind !== 'level') return true;
  if (!may(actor.role, 'queue:read')) return about.narrative !== undefined;
  const facts = ports.store.reviews.facts(about.item);
  return facts !== undefined && sees(actor, ports.units, facts);
}
