import Database from 'better-sqlite3';

/** How long posts took from their making to the desk, ms. */
export interface Delays {
  readonly items: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? 0;
}

export function delaysOf(values: readonly number[]): Delays {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    items: sorted.length,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    most: sorted.at(-1) ?? 0,
  };
}

/** The delay of each item of these sources, ms, with when its post was made. */
export function readDelays(path: string, sources: readonly string[]): { at: number; ms: number }[] {
  const db = new Database(path, { readonly: true });
  try {
    return db
      .prepare<string[], { created: string; landed: number }>(
        `SELECT created_at AS created, landed_at AS landed FROM posts
         WHERE created_at IS NOT NULL AND source IN (${sources.map(() => '?').join(', ')})`,
      )
      .all(...sources)
      .map(({ created, landed }) => ({ at: Date.parse(created), ms: landed - Date.parse(created) }));
  } finally {
    db.close();
  }
}
