import { PermanentError } from '../core/errors.js';
import type { SourceSetting } from './collector-kind.js';
import type { FileOptions } from './file-layout.js';
import type { RowPlan } from './row-plan.js';

/**
 * Tells which export a file was taken for.
 * @throws PermanentError kind `terms-missing` where its terms ask for a basis and the source names none
 */
export function recognised(source: SourceSetting<FileOptions>, { known }: RowPlan): void {
  if (known === undefined) return;
  if (source.terms === undefined && source.attended !== true) {
    throw new PermanentError(
      'terms-missing',
      `${source.options.path} is an export of ${known.label}, and ${known.terms}: give the source terms: { basis: …, acknowledged_by: …, date: … } in ronda.yaml`,
    );
  }
  source.notice?.(known.label);
}
