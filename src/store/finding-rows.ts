import type { Finding } from '../core/finding.js';
import type { Db } from './sqlite.js';

/** Writes the findings of a landed revision, within the caller's transaction. */
export function createFindingRows(db: Db): (post: number, findings: readonly Finding[]) => void {
  const insert = db.prepare(
    `INSERT INTO findings (post, ordinal, rule, category, span_start, span_end, weight, reason, params, claim)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (post, findings) => {
    for (const [ordinal, finding] of findings.entries()) {
      const { rule, category, start, end, weight, reason, params, claim } = finding;
      const claimJson = claim === undefined ? null : JSON.stringify(claim);
      insert.run(
        post,
        ordinal,
        rule,
        category,
        start,
        end,
        weight,
        reason,
        JSON.stringify(params),
        claimJson,
      );
    }
  };
}
