/** The schema of alerts and their outbox. Times in ms. */
export const alertMigration = `
  CREATE TABLE alerts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    story TEXT NOT NULL,
    about TEXT NOT NULL,
    raised INTEGER NOT NULL,
    acknowledged INTEGER,
    acknowledged_by TEXT
  ) STRICT;
  CREATE INDEX alerts_story ON alerts (story, kind, raised);
  CREATE INDEX alerts_open ON alerts (id) WHERE acknowledged IS NULL;
  -- Events that were seen, raised or not.
  CREATE TABLE alert_keys (
    key TEXT PRIMARY KEY,
    alert INTEGER,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE alert_marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  -- What goes out: written before it is sent, the same at every attempt.
  CREATE TABLE alert_messages (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    made INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'dead', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next INTEGER NOT NULL,
    fault_kind TEXT,
    fault_message TEXT,
    sent INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alert_messages_due ON alert_messages (channel, next) WHERE state = 'sending';
  CREATE INDEX alert_messages_made ON alert_messages (channel, made);
  -- An alert on a channel: without a message it waits.
  CREATE TABLE alert_deliveries (
    alert INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    message TEXT REFERENCES alert_messages (id) ON DELETE SET NULL,
    dropped INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (alert, channel)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alert_deliveries_waiting ON alert_deliveries (channel, alert) WHERE message IS NULL AND dropped = 0;
  CREATE INDEX alert_deliveries_message ON alert_deliveries (message);
`;
