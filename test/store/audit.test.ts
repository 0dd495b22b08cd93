import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditStore } from '../../src/core/desk-ports.js';
import { canonicalJson } from '../../src/store/audit.js';
import { type DeskRig, deskRig } from '../support/desk.js';

let rig: DeskRig;
let audit: AuditStore;
let db: Database.Database;
beforeEach(() => {
  rig = deskRig();
  audit = rig.store.desk.audit;
  db = new Database(rig.path);
});
afterEach(() => {
  db.close();
  rig.close();
});

function fill(count: number): void {
  for (let n = 1; n <= count; n += 1) {
    audit.append(
      { actor: '1', kind: 'decided', subject: `item:${n}`, details: { outcome: 'hoax', n } },
      rig.clock.now(),
    );
  }
}

/** As someone who has the file and no scruples would. */
function tamper(sql: string): void {
  for (const trigger of ['no_update', 'no_delete', 'no_replace'])
    db.exec(`DROP TRIGGER audit_events_${trigger}`);
  db.exec(sql);
}

describe('the audit chain', () => {
  it('holds as it grows, over connections, and is empty at first', () => {
    expect(audit.verify()).toMatchObject({ ok: true, events: 0 });
    expect(audit.head()).toBeUndefined();
    fill(3);
    rig.open(false).desk.audit.append({ actor: '2', kind: 'login', subject: 'user:2' }, rig.clock.now());
    const head = audit.head();
    expect(audit.verify()).toEqual({ ok: true, events: 4, head });
    fill(2);
    expect(audit.verify(head)).toMatchObject({ ok: true, events: 6 });
    expect(rig.open(true).desk.audit.verify(head)).toMatchObject({ ok: true });
  });

  it('can be recomputed by anyone from what an event says', () => {
    fill(2);
    const [, second] = audit.after(0, 5);
    const { hash, details, ...rest } = second!;
    const json = canonicalJson({ ...rest, details: canonicalJson(details) });
    expect(createHash('sha256').update(json).digest('hex')).toBe(hash);
    expect(canonicalJson({ b: [1, { d: null, c: 'ä"' }], a: undefined })).toBe(
      '{"b":[1,{"c":"ä\\"","d":null}]}',
    );
  });

  it.each([
    `UPDATE audit_events SET actor = '9' WHERE seq = 2`,
    'DELETE FROM audit_events WHERE seq = 2',
    `INSERT OR REPLACE INTO audit_events SELECT seq, at, '9', kind, subject, details, previous, hash FROM audit_events WHERE seq = 2`,
    `REPLACE INTO review_events (seq, item, at, actor, kind, state, details) VALUES (1, 1, '', '9', 'note', 'open', '{}')`,
    `UPDATE review_events SET actor = '9'`,
    'DELETE FROM review_events',
  ])('refuses: %s', (sql) => {
    fill(3);
    const [item] = rig.land({ id: 'rekaan:1' });
    const event = { item: item!, actor: '1', act: { kind: 'note' }, state: 'open', stage: 'new' } as const;
    rig.store.desk.reviews.append(event, rig.clock.now());
    expect(() => db.exec(sql)).toThrow('append-only');
    expect(audit.verify()).toMatchObject({ ok: true, events: 3 });
  });

  it.each<[string, string, number, string]>([
    ['a changed actor', `UPDATE audit_events SET actor = '9' WHERE seq = 3`, 3, 'changed'],
    ['a changed reason', `UPDATE audit_events SET details = '{}' WHERE seq = 1`, 1, 'changed'],
    ['a removed event', 'DELETE FROM audit_events WHERE seq = 3', 3, 'missing'],
    ['a removed first event', 'DELETE FROM audit_events WHERE seq = 1', 1, 'missing'],
    ['a cut tail', 'DELETE FROM audit_events WHERE seq > 3', 4, 'cut-tail'],
    ['all removed', 'DELETE FROM audit_events', 1, 'cut-tail'],
    [
      'a swapped hash',
      'UPDATE audit_events SET hash = (SELECT hash FROM audit_events WHERE seq = 1) WHERE seq = 4',
      4,
      'changed',
    ],
  ])('notices %s', (_, sql, seq, fault) => {
    fill(5);
    tamper(sql);
    expect(audit.verify()).toEqual({ ok: false, seq, fault });
  });

  it('notices, by a head kept elsewhere, a tail that was cut with all its traces or written anew', () => {
    fill(5);
    const head = audit.head();
    tamper(
      `DELETE FROM audit_events WHERE seq > 3; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'audit_events'`,
    );
    expect(audit.verify()).toMatchObject({ ok: true, events: 3 });
    expect(audit.verify(head)).toEqual({ ok: false, seq: 4, fault: 'cut-tail' });
    fill(2);
    expect(audit.verify()).toMatchObject({ ok: true, events: 5 });
    expect(audit.verify(head)).toEqual({ ok: false, seq: 5, fault: 'other-head' });
  });

  it('is listed by kind and subject, newest first, and refuses what is too large', () => {
    fill(4);
    audit.append({ actor: '2', kind: 'login', subject: 'user:2' }, rig.clock.now());
    expect(audit.list({ limit: 2, kind: 'decided' }).map(({ seq }) => seq)).toEqual([4, 3]);
    expect(audit.list({ limit: 2, kind: 'decided', before: 3 }).map(({ seq }) => seq)).toEqual([2, 1]);
    expect(audit.list({ limit: 9, subject: 'user:2' })).toMatchObject([{ kind: 'login', details: {} }]);
    const tooMuch = {
      actor: '1',
      kind: 'note',
      subject: 'item:1',
      details: { reason: 'x'.repeat(5_000) },
    } as const;
    expect(() => audit.append(tooMuch, 0)).toThrow(/at most/);
  });

  it('goes with the transaction that it belongs to', () => {
    expect(() =>
      rig.store.desk.atomically(() => {
        fill(1);
        throw new Error('trouble');
      }),
    ).toThrow('trouble');
    expect(audit.verify()).toMatchObject({ ok: true, events: 0 });
  });
});
