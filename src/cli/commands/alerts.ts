import type { Command } from 'commander';
import type { AlertStore } from '../../core/alert.js';
import { kindOf, messageOf } from '../../core/errors.js';
import { alertText } from '../../pipeline/alert-text.js';
import { zoneOf } from '../../pipeline/brief-span.js';
import { alertWords } from '../../words/alerts.js';
import { timeText } from '../../words/figures.js';
import type { CommandEnvironment } from './environment.js';
import { wholeNumber } from './items.js';

/** Alerts as the command line works on them. */
export interface AlertsApp {
  readonly store: Pick<AlertStore, 'list' | 'counts'>;
  /** Names of the configured channels. */
  readonly channels: readonly string[];
  /** Sends a test message by a channel. @throws the channel's error */
  test(channel: string, signal: AbortSignal): Promise<void>;
  /** False where there is none that is open. */
  acknowledge(id: number): boolean;
  /** Messages that were given up are tried again; how many. */
  retry(): number;
}

export interface AlertsDeps {
  /** `writes` opens the store for writing. */
  withAlerts<T>(
    writes: boolean,
    work: (alerts: AlertsApp, environment: CommandEnvironment) => Promise<T> | T,
  ): Promise<T>;
}

/** `ronda alerts list|test|ack|retry` */
export function alertsCommand(program: Command, deps: AlertsDeps): void {
  const alerts = program
    .command('alerts')
    .description('what deserved that somebody looks at once, and whom it reached');
  alerts
    .command('list')
    .description('list alerts, newest first, with how each fares on its channels')
    .option('--limit <n>', 'alerts at most, 1 to 500', wholeNumber(1, 500), 20)
    .option('--open', 'only those that nobody acknowledged')
    .option('--json', 'one JSON object: alerts and counts')
    .addHelpText('after', '\nExample:\n  ronda alerts list --open')
    .action(async ({ limit, open, json }: { limit: number; open?: boolean; json?: boolean }) => {
      await deps.withAlerts(false, ({ store }, { io, language, zone }) => {
        const said = alertWords(language);
        const found = store.list({ limit, open: open === true });
        const counts = store.counts();
        if (json === true) {
          io.out(`${JSON.stringify({ alerts: found, counts })}\n`);
          return;
        }
        if (found.length === 0) io.out(`${said.none}\n`);
        for (const { id, raisedAt, about, acknowledged, deliveries } of found) {
          const fares = deliveries
            .map(({ channel, state }) => `${channel}: ${said.states[state]}`)
            .join(', ');
          const state = acknowledged === undefined ? said.open : said.acknowledged;
          const text = alertText(about, { language, zone: zoneOf(zone) });
          const at = timeText(raisedAt, zone, language);
          io.out(`${said.line(id, at, said.kinds[about.kind], state, text, fares)}\n`);
        }
        io.err(`${said.counts(counts.open, counts.waiting, counts.dead)}\n`);
      });
    });
  alerts
    .command('test')
    .description('send a test message by one channel, now')
    .argument('<channel>', 'name of the channel')
    .addHelpText('after', '\nExample:\n  ronda alerts test posko')
    .action(async (channel: string) => {
      await deps.withAlerts(false, async (app, { io, language, signal, exitWith }) => {
        const said = alertWords(language);
        if (!app.channels.includes(channel)) {
          io.err(`${said.noChannel(channel, app.channels.join(', '))}\n`);
          exitWith(2);
          return;
        }
        try {
          await app.test(channel, signal);
          io.out(`${said.tested(channel)}\n`);
        } catch (error) {
          io.err(`${said.testFailed(channel, kindOf(error), messageOf(error))}\n`);
          exitWith(1);
        }
      });
    });
  alerts
    .command('ack')
    .description('acknowledge an alert: somebody looks')
    .argument('<id>', 'number of the alert', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .addHelpText('after', '\nExample:\n  ronda alerts ack 12')
    .action(async (id: number) => {
      await deps.withAlerts(true, (app, { io, language, exitWith }) => {
        const said = alertWords(language);
        if (app.acknowledge(id)) io.out(`${said.acked(id)}\n`);
        else {
          io.err(`${said.noAlert(id)}\n`);
          exitWith(1);
        }
      });
    });
  alerts
    .command('retry')
    .description('try messages that were given up again')
    .addHelpText('after', '\nExample:\n  ronda alerts retry')
    .action(async () => {
      await deps.withAlerts(true, (app, { io, language }) => {
        io.out(`${alertWords(language).retried(app.retry())}\n`);
      });
    });
}
