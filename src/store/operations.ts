import { CATEGORIES, type Category, type Versions } from '../core/assessment.js';
import type { OperationsStore, ScorerVersions, ShadowBatch, ShadowRun } from '../core/operations.js';
import { SYSTEM_ACTOR } from '../core/review.js';
import { hasEnded, type ProcessIdentity } from '../sqlite/process-identity.js';
import { createAuditStore } from './audit.js';
import type { Db } from './sqlite.js';

/** A version that is at work is written down so often at most, ms: landing must not pay for it batch by batch. */
const NOTE_MS = 30_000;
/** Rows of versions kept at most, and comparisons. */
const MOST_VERSIONS = 1_000;
const MOST_SHADOWS = 20;
const VERSION_DAYS = 30;
/** Changes of the lexicon looked through, and how long two lexicons may take turns before that is a change, ms. */
const KNOWN_LEXICONS = 100;
const BESIDE_MS = 600_000;
const DAY_MS = 86_400_000;

/** The writing side, within the lander's transaction. */
export interface OperationsWriter {
  /** Notes what a batch was assessed with. */
  noteVersions(worker: string, versions: Versions, now: number): void;
  /** Adds what a candidate came to beside the live one. */
  addShadow(batch: ShadowBatch, now: number): void;
  /** Forgets what is past its time; rows. */
  purge(now: number): number;
}

interface LeaseRow extends ProcessIdentity {
  readonly since: string;
}

export function createOperations(db: Db, self: ProcessIdentity): OperationsStore & OperationsWriter {
  const lease = db.prepare<[string], LeaseRow>('SELECT pid, host, start, since FROM leases WHERE name = ?');
  const claims = db.prepare<[number], number>('SELECT count(*) FROM item_claims WHERE until > ?').pluck();
  const putVersions = db.prepare(
    `INSERT INTO scorer_versions (worker, versions, first_at, last_at, batches) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_at = excluded.last_at, batches = batches + excluded.batches`,
  );
  const listVersions = db.prepare<
    [number],
    { worker: string; versions: string; first_at: number; last_at: number; batches: number }
  >(
    `SELECT worker, versions, first_at, last_at, batches FROM scorer_versions WHERE last_at >= ?
     ORDER BY last_at DESC LIMIT ${MOST_VERSIONS}`,
  );
  const oldVersions = db.prepare(
    `DELETE FROM scorer_versions WHERE last_at < ? OR last_at < coalesce(
       (SELECT last_at FROM scorer_versions ORDER BY last_at DESC LIMIT 1 OFFSET ${MOST_VERSIONS}), 0)`,
  );
  const putRun = db.prepare(
    `INSERT INTO shadow_runs (candidate, live, first_at, last_at) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_at = excluded.last_at`,
  );
  const addCount = db.prepare(
    `INSERT INTO shadow_counts (candidate, live, measure, n) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET n = n + excluded.n`,
  );
  const listRuns = db.prepare<[], { candidate: string; live: string; first_at: string; last_at: string }>(
    `SELECT * FROM shadow_runs ORDER BY last_at DESC LIMIT ${MOST_SHADOWS}`,
  );
  const counts = db.prepare<[string, string], { measure: string; n: number }>(
    'SELECT measure, n FROM shadow_counts WHERE candidate = ? AND live = ?',
  );
  const dropRuns = db.prepare(
    `DELETE FROM shadow_runs WHERE last_at < coalesce(
       (SELECT last_at FROM shadow_runs ORDER BY last_at DESC LIMIT 1 OFFSET ${MOST_SHADOWS - 1}), '')`,
  );
  const dropCounts = db.prepare(
    `DELETE FROM shadow_counts WHERE NOT EXISTS (SELECT 1 FROM shadow_runs r
       WHERE r.candidate = shadow_counts.candidate AND r.live = shadow_counts.live)`,
  );
  const clear = db.transaction(() => {
    db.prepare('DELETE FROM shadow_counts').run();
    return db.prepare('DELETE FROM shadow_runs').run().changes;
  });
  const audit = createAuditStore(db);
  /** Seen since they were last written down, by worker and versions. */
  const noted = new Map<string, { at: number; batches: number }>();

  /** The chain is told of another lexicon; of one that is known already only after a while: two may be at work together. */
  const noteLexicon = ({ lexicon, rules, model }: Omit<Versions, 'claims'>, now: number): void => {
    const told = audit.list({ limit: KNOWN_LEXICONS, kind: 'lexicon-changed' });
    const [last] = told;
    if (last?.details.lexicon === lexicon) return;
    const isKnown = told.some(({ details }) => details.lexicon === lexicon);
    if (isKnown && now - Date.parse(last?.at ?? '') < BESIDE_MS) return;
    const from = last === undefined ? {} : { from: String(last.details.lexicon) };
    const event = {
      kind: 'lexicon-changed',
      subject: 'lexicon',
      details: { ...from, lexicon, rules, model },
    } as const;
    audit.append({ actor: SYSTEM_ACTOR, ...event }, now);
  };

  return {
    lease(name) {
      const row = lease.get(name);
      if (row === undefined) return undefined;
      const { pid, host, since } = row;
      return { pid, host: host.split('|')[0] ?? host, since, alive: !hasEnded(row, self) };
    },
    liveClaims: (now) => claims.get(now) ?? 0,
    scorerVersions: (since) =>
      listVersions.all(since).map(
        ({ worker, versions, first_at, last_at, batches }): ScorerVersions => ({
          worker,
          versions: JSON.parse(versions) as Versions,
          firstAt: first_at,
          lastAt: last_at,
          batches,
        }),
      ),
    shadowRuns: () =>
      listRuns.all().map(({ candidate, live, first_at, last_at }) => {
        const sums = new Map(counts.all(candidate, live).map(({ measure, n }) => [measure, n]));
        return { candidate, live, firstAt: first_at, lastAt: last_at, ...tallyOf(sums) };
      }),
    clearShadow: () => clear.immediate(),

    noteVersions(worker, { claims: _, ...versions }, now) {
      // Fact-checks come in all day: another set of them is no other worker.
      const json = JSON.stringify(versions);
      const key = `${worker}\n${json}`;
      const known = noted.get(key);
      if (known !== undefined && now - known.at < NOTE_MS && now >= known.at) {
        known.batches += 1;
        return;
      }
      if (noted.size >= MOST_VERSIONS) noted.clear();
      putVersions.run(worker, json, now, now, 1 + (known?.batches ?? 0));
      if (known === undefined) noteLexicon(versions, now);
      noted.set(key, { at: now, batches: 0 });
    },
    addShadow(batch, now) {
      const { live, candidate, added, dropped } = batch;
      const at = new Date(now).toISOString();
      putRun.run(candidate, live, at, at);
      for (const measure of SUMS)
        if (batch[measure] > 0) addCount.run(candidate, live, measure, batch[measure]);
      for (const category of CATEGORIES) {
        const [more, less] = [added[category] ?? 0, dropped[category] ?? 0];
        if (more > 0) addCount.run(candidate, live, `added:${category}`, more);
        if (less > 0) addCount.run(candidate, live, `dropped:${category}`, less);
      }
    },
    purge: (now) =>
      oldVersions.run(now - VERSION_DAYS * DAY_MS).changes +
      dropRuns.run().changes +
      dropCounts.run().changes,
  };
}

const SUMS = ['posts', 'changed', 'wouldLand', 'wouldPass', 'incomplete'] as const;

function tallyOf(
  sums: ReadonlyMap<string, number>,
): Omit<ShadowRun, 'candidate' | 'live' | 'firstAt' | 'lastAt'> {
  const sum = (measure: string): number => sums.get(measure) ?? 0;
  const by = (what: string): Partial<Record<Category, number>> =>
    Object.fromEntries(
      CATEGORIES.filter((category) => sums.has(`${what}:${category}`)).map((category) => [
        category,
        sum(`${what}:${category}`),
      ]),
    );
  return {
    posts: sum('posts'),
    changed: sum('changed'),
    wouldLand: sum('wouldLand'),
    wouldPass: sum('wouldPass'),
    incomplete: sum('incomplete'),
    added: by('added'),
    dropped: by('dropped'),
  };
}
