import type { BriefFile, BriefFormat, BriefRequest } from '../core/brief.js';
import type { AuditStore, Transactions } from '../core/desk-ports.js';
import type { Clock } from '../core/ports.js';
import type { Actor } from '../core/user.js';
import { type DeskPorts, mustMay } from './desk-access.js';

/** A report as a file, with the SHA-256 of its bytes as hex. */
export interface MadeReport extends BriefFile {
  readonly sha256: string;
}

/** Makes reports. @throws DeskRefusal `no-narrative`, `bad-field`, `too-slow` */
export interface ReportMaker {
  make(request: BriefRequest, format: BriefFormat, language: 'id' | 'en'): Promise<MadeReport>;
}

/**
 * A report for whoever may take one away, in the zone of their unit. The export is in the audit chain before the file is given
 * out.
 *
 * @throws DeskRefusal `forbidden` and what {@link ReportMaker} throws
 */
export async function exportReport(
  { store, units, clock, reports }: DeskPorts & { readonly reports: ReportMaker },
  actor: Actor,
  asked: Omit<BriefRequest, 'zone'> & { readonly format: BriefFormat; readonly language: 'id' | 'en' },
): Promise<MadeReport> {
  mustMay(actor, 'report:export');
  const { format, language, ...request } = asked;
  const zone = units.find(actor.unit)?.zone ?? 'WIB';
  const file = await reports.make({ ...request, zone }, format, language);
  recordReport({ store, clock }, String(actor.user), { ...request, zone, format, language }, file);
  return file;
}

/** Puts into the audit chain that a report was made to be taken away: ids, kind and hash, no text. */
export function recordReport(
  {
    store,
    clock,
  }: { readonly store: Transactions & { readonly audit: AuditStore }; readonly clock: Pick<Clock, 'now'> },
  actor: string,
  {
    kind,
    date,
    story,
    zone,
    unit,
    format,
    language,
  }: BriefRequest & {
    readonly format: BriefFormat;
    readonly language: 'id' | 'en';
  },
  { bytes, sha256 }: Pick<MadeReport, 'bytes' | 'sha256'>,
): void {
  store.atomically(() => {
    store.audit.append(
      {
        actor,
        kind: 'exported',
        subject: `report:${story ?? kind}`,
        details: {
          what: 'report',
          report: kind,
          ...(date === undefined ? {} : { date }),
          ...(unit === undefined ? {} : { unit: unit.id }),
          zone,
          format,
          language,
          bytes: bytes.length,
          sha256,
        },
      },
      clock.now(),
    );
  });
}
