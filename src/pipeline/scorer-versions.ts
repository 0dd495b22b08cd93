import type { Versions } from '../core/assessment.js';
import type { ScorerVersions } from '../core/operations.js';

/** A scorer that assesses with something older than the newest at work. */
export interface OlderScorer {
  /** Name of its host; '' where it did not say. */
  readonly worker: string;
  readonly part: 'rules' | 'lexicon' | 'model' | 'language';
  readonly has: string;
  readonly newest: string;
  /** When its last batch landed, ms. */
  readonly lastAt: number;
}

const PARTS = ['rules', 'lexicon', 'model', 'language'] as const;
/** A version is at work when a batch of it landed within this time, ms: one that was taken back is not the newest for long. */
const AT_WORK_MS = 3_600_000;
/** A scorer is at work when a batch of it landed within this time, ms. */
const RECENT_MS = 600_000;

/**
 * Scorers at work with an older version of something. Versions are hashes, which have no order of their own: the newest is the
 * one that was seen first the latest, among those at work. A host that has both just changed over: its old batches count once
 * the new ones have begun.
 */
export function olderScorers(rows: readonly ScorerVersions[], now: number): readonly OlderScorer[] {
  return PARTS.flatMap((part) => olderIn(part, rows, now));
}

/** Versions that are at work but not the newest, as a set of `part=version`, for whoever looks at each batch. */
export function olderVersions(rows: readonly ScorerVersions[], now: number): ReadonlySet<string> {
  return new Set(olderScorers(rows, now).map(({ part, has }) => versionKey(part, has)));
}

/** True where a batch was assessed with one of {@link olderVersions}. */
export function isOlder(versions: Versions, older: ReadonlySet<string>): boolean {
  return older.size > 0 && PARTS.some((part) => older.has(versionKey(part, versions[part])));
}

function versionKey(part: string, version: string): string {
  return `${part}=${version}`;
}

function olderIn(
  part: OlderScorer['part'],
  rows: readonly ScorerVersions[],
  now: number,
): readonly OlderScorer[] {
  const spans = new Map<string, { first: number; last: number }>();
  for (const { versions, firstAt, lastAt } of rows) {
    const known = spans.get(versions[part]) ?? { first: firstAt, last: lastAt };
    spans.set(versions[part], {
      first: Math.min(known.first, firstAt),
      last: Math.max(known.last, lastAt),
    });
  }
  const atWork = [...spans].filter(([, { last }]) => now - last <= AT_WORK_MS);
  const newest = atWork.reduce<(typeof atWork)[number] | undefined>(
    (best, each) => (best === undefined || each[1].first > best[1].first ? each : best),
    undefined,
  );
  if (newest === undefined) return [];
  const [version, { first }] = newest;
  return rows.flatMap((row) => {
    const has = row.versions[part];
    const span = spans.get(has);
    if (has === version || now - row.lastAt > RECENT_MS || span === undefined || span.first >= first)
      return [];
    // Of this host the newest is at work as well: what it did before that was right then.
    const changedAt = rows
      .filter((other) => other.worker === row.worker && other.versions[part] === version)
      .reduce((earliest, other) => Math.min(earliest, other.firstAt), Number.POSITIVE_INFINITY);
    if (changedAt < Number.POSITIVE_INFINITY && row.lastAt <= changedAt + CHANGE_MS) return [];
    return [{ worker: row.worker, part, has, newest: version, lastAt: row.lastAt }];
  });
}

/** What was under way at a change may land so much later, ms. */
const CHANGE_MS = 60_000;
