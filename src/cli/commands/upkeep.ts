import { onSchedule } from '../../pipeline/schedule.js';
import type { CommandEnvironment } from './environment.js';
import { type PipelineApp, untilAborted } from './pipeline-app.js';

/** Looks at the silence of sources when an hour is over: habits are known by the hour. */
const QUIET_LOOK = '3 * * * *';

/** When what is past its retention is forgotten. */
const PURGE_EVERY = '17 * * * *';

/** When queues and dead letters are looked through for what places took down since. */
const SWEEP_EVERY = '*/5 * * * *';

/** Forgets what is past its retention now and every hour, and what places took down. What goes wrong is reported, and tried again at the next. */
export async function purgeOnSchedule(
  app: PipelineApp,
  { zone }: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  const often = (schedule: string, work: () => Promise<void>): Promise<void> =>
    onSchedule(schedule, zone, app.ports.clock, signal, () =>
      work().catch((error: unknown) => app.report(error)),
    );
  await Promise.all([often(PURGE_EVERY, () => app.purge()), often(SWEEP_EVERY, () => app.sweep())]);
}

/** Raises alerts and sends them until the signal. @throws CannotRunError where a channel's secret is missing */
export async function alertWhile(app: PipelineApp, signal: AbortSignal): Promise<void> {
  const alerts = await app.startAlerts();
  await untilAborted(signal);
  await alerts.close();
}

/** Looks every hour, and at the start, for sources that have gone quiet. */
export function watchSources(
  app: PipelineApp,
  { zone }: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  return onSchedule(QUIET_LOOK, zone, app.ports.clock, signal, async () => app.warnOfQuiet(), {
    onTrouble: app.report,
  });
}

/** Asks the places of open items again when that is due, at a start too; ends with the signal, or at once without. */
export async function recheckOnSchedule(
  { recheck, ports, report }: PipelineApp,
  { zone }: CommandEnvironment,
  signal: AbortSignal,
): Promise<void> {
  if (recheck === undefined) return;
  await onSchedule(recheck.schedule, zone, ports.clock, signal, () => recheck.run(signal), {
    onTrouble: report,
  });
}
