import type { BriefFile, BriefFormat, BriefRequest } from '../core/brief.js';
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
  store.atomically(() => {
    store.audit.append(
      {
        actor: String(actor.user),
        kind: 'exported',
        subject: `report:${request.story ?? request.kind}`,
        details: {
          what: 'report',
          report: request.kind,
          ...(request.date === undefined ? {} : { date: request.date }),
          zone,
          format,
          language,
          bytes: file.bytes.length,
          sha256: file.sha256,
        },
      },
      clock.now(),
    );
  });
  return file;
}
