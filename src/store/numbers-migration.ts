/**
 * What the desk counts, so that its pages of numbers never go over the items: sums by hour and by day, no account and no
 * text in them. `region` is '*' for everything, a code, '' for an unknown region, or 'unit:ID' for what was handed to a
 * unit. And what one shift leaves for the next.
 */
export const numbersMigration = `
  CREATE TABLE desk_hours (
    region TEXT NOT NULL,
    -- Hours since the epoch.
    hour INTEGER NOT NULL,
    landed INTEGER NOT NULL DEFAULT 0,
    violation INTEGER NOT NULL DEFAULT 0,
    hoax INTEGER NOT NULL DEFAULT 0,
    escalated INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    duplicate INTEGER NOT NULL DEFAULT 0,
    outOfScope INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (region, hour)
  ) STRICT, WITHOUT ROWID;

  -- Days as triage/days.ts has them; measures as in core/desk-numbers.ts.
  CREATE TABLE desk_days (
    region TEXT NOT NULL,
    day INTEGER NOT NULL,
    measure TEXT NOT NULL,
    landed INTEGER NOT NULL DEFAULT 0,
    passed INTEGER NOT NULL DEFAULT 0,
    violation INTEGER NOT NULL DEFAULT 0,
    hoax INTEGER NOT NULL DEFAULT 0,
    escalated INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    duplicate INTEGER NOT NULL DEFAULT 0,
    outOfScope INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (region, day, measure)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE desk_rules (
    week INTEGER NOT NULL,
    rule TEXT NOT NULL,
    upheld INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (week, rule)
  ) STRICT, WITHOUT ROWID;

  CREATE INDEX blind_reviews_done ON blind_reviews (at) WHERE second_event IS NOT NULL;

  CREATE TABLE shift_events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    unit TEXT NOT NULL,
    actor INTEGER NOT NULL,
    -- Who takes over and since when the shift ran; both or, for a mere note, neither.
    receiver INTEGER,
    since INTEGER,
    note TEXT,
    CHECK ((receiver IS NULL) = (since IS NULL) AND (receiver IS NOT NULL OR note IS NOT NULL))
  ) STRICT;
  CREATE INDEX shift_events_unit ON shift_events (unit, seq);
  CREATE INDEX shift_events_at ON shift_events (at);
  CREATE TRIGGER shift_events_no_update BEFORE UPDATE ON shift_events
    BEGIN SELECT raise(ABORT, 'shift events are not changed'); END;
`;
