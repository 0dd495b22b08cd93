import type {
  Alert,
  AlertAbout,
  AlertDelivery,
  AlertMessage,
  AlertStore,
  DeliveryState,
  NewAlert,
} from '../core/alert.js';
import type { Db } from './sqlite.js';

interface AlertRow {
  readonly id: number;
  readonly kind: string;
  readonly story: string;
  readonly about: string;
  readonly raised: number;
  readonly acknowledged: number | null;
  readonly acknowledged_by: string | null;
  readonly key: string | null;
}

interface MessageRow {
  readonly body: string;
  readonly attempts: number;
}

interface DeliveryRow {
  readonly alert: number;
  readonly channel: string;
  readonly dropped: number;
  readonly state: DeliveryState | null;
  readonly attempts: number | null;
  readonly fault_kind: string | null;
  readonly fault_message: string | null;
}

const MOST_LISTED = 500;
const MOST_FAULT_CHARS = 500;

const ALERT = `SELECT alerts.*, (SELECT key FROM alert_keys WHERE alert_keys.alert = alerts.id LIMIT 1) AS key FROM alerts`;

/** Alerts and their outbox; every change is one transaction. */
export function createAlertStore(db: Db): AlertStore {
  const addKey = db.prepare(
    'INSERT INTO alert_keys (key, alert, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const hasKey = db.prepare<[string], number>('SELECT 1 FROM alert_keys WHERE key = ?').pluck();
  const ofStory = db
    .prepare<[string, string, number], number>(
      'SELECT 1 FROM alerts WHERE story = ? AND kind = ? AND raised > ? LIMIT 1',
    )
    .pluck();
  const insert = db.prepare('INSERT INTO alerts (kind, story, about, raised) VALUES (?, ?, ?, ?)');
  const deliver = db.prepare('INSERT INTO alert_deliveries (alert, channel) VALUES (?, ?)');
  const raise = db.transaction(
    ({ key, story, about }: NewAlert, channels: readonly string[], now: number, againMs: number): boolean => {
      if (hasKey.get(key) !== undefined) return false;
      if (ofStory.get(story, about.kind, now - againMs) !== undefined) {
        addKey.run(key, null, now);
        return false;
      }
      const id = Number(insert.run(about.kind, story, JSON.stringify(about), now).lastInsertRowid);
      addKey.run(key, id, now);
      for (const channel of new Set(channels)) deliver.run(id, channel);
      return true;
    },
  );

  const mark = db.prepare<[string], number>('SELECT value FROM alert_marks WHERE name = ?').pluck();
  const setMark = db.prepare(
    'INSERT INTO alert_marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );

  const waiting = db.prepare<[string, number], AlertRow>(
    `${ALERT} JOIN alert_deliveries d ON d.alert = alerts.id
     WHERE d.channel = ? AND d.message IS NULL AND d.dropped = 0 AND alerts.acknowledged IS NULL
     ORDER BY alerts.id LIMIT ?`,
  );
  const madeSince = db
    .prepare<[string, number], number>('SELECT count(*) FROM alert_messages WHERE channel = ? AND made > ?')
    .pluck();
  const addMessage = db.prepare(
    `INSERT INTO alert_messages (id, channel, made, body, state, next) VALUES (?, ?, ?, ?, 'sending', ?)`,
  );
  const bind = db.prepare(
    'UPDATE alert_deliveries SET message = ? WHERE alert = ? AND channel = ? AND message IS NULL',
  );
  const make = db.transaction((message: AlertMessage) => {
    const at = Date.parse(message.madeAt);
    addMessage.run(message.id, message.channel, at, JSON.stringify(message), at);
    for (const { id } of message.alerts) bind.run(message.id, id, message.channel);
  });
  const due = db.prepare<[string, number], MessageRow>(
    `SELECT body, attempts FROM alert_messages WHERE channel = ? AND state = 'sending' AND next <= ?
     ORDER BY made, (SELECT min(alert) FROM alert_deliveries WHERE message = alert_messages.id) LIMIT 1`,
  );
  const sent = db.prepare(
    `UPDATE alert_messages SET state = 'sent', sent = ?, attempts = attempts + 1, fault_kind = NULL, fault_message = NULL
     WHERE id = ? AND state = 'sending'`,
  );
  const failed = db.prepare(
    `UPDATE alert_messages SET state = ?, attempts = attempts + ?, next = ?, fault_kind = ?, fault_message = ?
     WHERE id = ? AND state = 'sending'`,
  );
  const dropDeliveries = db.prepare(
    `UPDATE alert_deliveries SET dropped = 1
     WHERE message IS NULL AND dropped = 0 AND channel NOT IN (SELECT value FROM json_each(?))`,
  );
  const dropMessages = db.prepare(
    `UPDATE alert_messages SET state = 'dropped'
     WHERE state IN ('sending', 'dead') AND channel NOT IN (SELECT value FROM json_each(?))`,
  );
  const dropOthers = db.transaction((channels: string): number => {
    return dropDeliveries.run(channels).changes + dropMessages.run(channels).changes;
  });

  const all = db.prepare<[number, number], AlertRow>(`${ALERT} WHERE id < ? ORDER BY id DESC LIMIT ?`);
  const open = db.prepare<[number, number], AlertRow>(
    `${ALERT} WHERE id < ? AND acknowledged IS NULL ORDER BY id DESC LIMIT ?`,
  );
  const one = db.prepare<[number], AlertRow>(`${ALERT} WHERE id = ?`);
  const deliveries = db.prepare<[string], DeliveryRow>(
    `SELECT d.alert, d.channel, d.dropped, m.state, m.attempts, m.fault_kind, m.fault_message
     FROM alert_deliveries d LEFT JOIN alert_messages m ON m.id = d.message
     WHERE d.alert IN (SELECT value FROM json_each(?)) ORDER BY d.channel`,
  );
  const acknowledge = db.prepare(
    'UPDATE alerts SET acknowledged = ?, acknowledged_by = ? WHERE id = ? AND acknowledged IS NULL',
  );
  const dropAcknowledged = db.prepare(
    'UPDATE alert_deliveries SET dropped = 1 WHERE alert = ? AND message IS NULL',
  );
  const acknowledgeOnce = db.transaction((id: number, by: string, now: number): boolean => {
    if (acknowledge.run(now, by, id).changes === 0) return false;
    dropAcknowledged.run(id);
    return true;
  });
  const retry = db.prepare(
    `UPDATE alert_messages SET state = 'sending', attempts = 0, next = 0 WHERE state = 'dead'`,
  );
  const countOpen = db.prepare<[], number>('SELECT count(*) FROM alerts WHERE acknowledged IS NULL').pluck();
  const countWaiting = db
    .prepare<[], number>(
      `SELECT (SELECT count(*) FROM alert_deliveries d JOIN alerts ON alerts.id = d.alert
                WHERE d.message IS NULL AND d.dropped = 0 AND alerts.acknowledged IS NULL)
            + (SELECT count(*) FROM alert_messages WHERE state = 'sending')`,
    )
    .pluck();
  const countDead = db
    .prepare<[], number>(`SELECT count(*) FROM alert_messages WHERE state = 'dead'`)
    .pluck();
  const forget = db.prepare('DELETE FROM alerts WHERE raised < ?');
  const forgetKeys = db.prepare('DELETE FROM alert_keys WHERE at < ?');
  const forgetMessages = db.prepare('DELETE FROM alert_messages WHERE made < ?');
  const purge = db.transaction((before: number): number => {
    forgetKeys.run(before);
    const { changes } = forget.run(before);
    forgetMessages.run(before);
    return changes;
  });

  return {
    raise: (alert, channels, now, againMs) => raise.immediate(alert, channels, now, againMs),
    mark: (name) => mark.get(name) ?? 0,
    setMark: (name, value) => void setMark.run(name, value),
    waiting: (channel, limit) => waiting.all(channel, limit).map(toAlert),
    madeSince: (channel, since) => madeSince.get(channel, since) ?? 0,
    make: (message) => make.immediate(message),
    due(channel, now) {
      const row = due.get(channel, now);
      return row && { ...(JSON.parse(row.body) as AlertMessage), attempts: row.attempts };
    },
    markSent: (id, now) => void sent.run(now, id),
    markFailed(id, { kind, message, counts, nextAt }) {
      const state = nextAt === undefined ? 'dead' : 'sending';
      failed.run(state, counts ? 1 : 0, nextAt ?? 0, kind, message.slice(0, MOST_FAULT_CHARS), id);
    },
    dropOthers: (channels) => dropOthers.immediate(JSON.stringify(channels)),
    list({ limit, before = Number.MAX_SAFE_INTEGER, open: onlyOpen = false }) {
      const most = Math.min(Math.max(Math.trunc(limit), 1), MOST_LISTED);
      const rows = (onlyOpen ? open : all).all(before, most);
      const found = deliveries.all(JSON.stringify(rows.map(({ id }) => id)));
      return rows.map((row) => ({
        ...toAlert(row),
        deliveries: found.filter(({ alert }) => alert === row.id).map(toDelivery),
      }));
    },
    find(id) {
      const row = one.get(id);
      return row && toAlert(row);
    },
    acknowledge: (id, by, now) => acknowledgeOnce.immediate(id, by, now),
    retryDead: () => retry.run().changes,
    counts: () => ({
      open: countOpen.get() ?? 0,
      waiting: countWaiting.get() ?? 0,
      dead: countDead.get() ?? 0,
    }),
    purge: (before) => purge.immediate(before),
  };
}

function toAlert({ id, key, story, about, raised, acknowledged, acknowledged_by: by }: AlertRow): Alert {
  return {
    id,
    key: key ?? `alert:${id}`,
    story,
    about: JSON.parse(about) as AlertAbout,
    raisedAt: new Date(raised).toISOString(),
    ...(acknowledged === null
      ? {}
      : { acknowledged: { at: new Date(acknowledged).toISOString(), by: by ?? 'system' } }),
  };
}

function toDelivery({ channel, dropped, state, attempts, ...fault }: DeliveryRow): AlertDelivery {
  return {
    channel,
    state: state ?? (dropped === 1 ? 'dropped' : 'waiting'),
    attempts: attempts ?? 0,
    ...(fault.fault_kind === null
      ? {}
      : { fault: { kind: fault.fault_kind, message: fault.fault_message ?? '' } }),
  };
}
