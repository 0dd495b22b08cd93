/** Alerts: which channels there are, and the loop that raises and sends. A part of compose.ts. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { linkAddress } from './compose-desk.js';
import { narrativesOf } from './compose-narratives.js';
import type { Config } from './config.js';
import type { ChannelSettings } from './config-alerts.js';
import type { AlertChannel } from './core/alert.js';
import { CannotRunError, messageOf } from './core/errors.js';
import type { Fetcher } from './core/fetch-ports.js';
import type { Clock } from './core/ports.js';
import { secretOf } from './files/secret-files.js';
import { type AlertParts, startAlerts } from './pipeline/alert-loop.js';
import { testMessage } from './pipeline/alert-text.js';
import { zoneOf } from './pipeline/brief-span.js';
import type { AlertRoute } from './pipeline/send-alerts.js';
import type { SourceView } from './pipeline/source-view.js';
import type { Store } from './store/store.js';

interface Parts {
  readonly clock: Clock;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  sources(now: number): readonly SourceView[];
  report(error: unknown): void;
}

const AHEAD = { WIB: 7, WITA: 8, WIT: 9 } as const;

/** The configured channels, or one of them. @throws CannotRunError `secret` where a channel's secret is missing, `alerts` where its file cannot be read */
export async function alertRoutes(
  config: Config,
  { clock, fetcher, environment }: Pick<Parts, 'clock' | 'fetcher' | 'environment'>,
  only?: string,
): Promise<readonly AlertRoute[]> {
  const zone = zoneOf(config.desk.zone);
  const deskUrl = config.alerts.desk_url?.replace(/\/+$/, '') ?? new URL(linkAddress(config, 'x')).origin;
  return await Promise.all(
    config.alerts.channels
      .filter(({ name }) => only === undefined || name === only)
      .map(async (channel): Promise<AlertRoute> => {
        const { quiet_hours: quiet, digest = 0, max_per_hour: mostAnHour } = channel;
        return {
          channel: await channelOf(channel, { clock, fetcher, environment }),
          pace: {
            digestMs: digest,
            mostAnHour,
            ...(quiet === undefined
              ? {}
              : { quiet: { from: quiet.from, to: quiet.to, ahead: AHEAD[quiet.zone] } }),
          },
          telling: { language: channel.language ?? config.desk.language, zone, deskUrl },
        };
      }),
  );
}

/** What is costly to load is loaded for the channels that take it. */
async function channelOf(
  channel: ChannelSettings,
  { clock, fetcher, environment }: Pick<Parts, 'clock' | 'fetcher' | 'environment'>,
): Promise<AlertChannel> {
  const { name } = channel;
  const secret = (variable: string): string => {
    const found = secretOf(environment, variable);
    if (found !== undefined && found !== '') return found;
    throw new CannotRunError(
      'secret',
      `alerts.channels ${name}: ${variable} is not set; set it, or ${variable}_FILE to the path of a file that holds it.`,
    );
  };
  switch (channel.kind) {
    case 'webhook': {
      const { createWebhook } = await import('./alert/webhook.js');
      const { url, secret_env: variable, allow_private: allowPrivate } = channel;
      return createWebhook({ name, url, secret: secret(variable), allowPrivate, fetcher, now: clock.now });
    }
    case 'telegram': {
      const { createTelegram } = await import('./alert/telegram.js');
      const { chat, base_url: baseUrl, token_env: variable, allow_private: allowPrivate } = channel;
      return createTelegram({ name, token: secret(variable), chat, baseUrl, allowPrivate, fetcher });
    }
    case 'email': {
      const { createEmail } = await import('./alert/email.js');
      const { host, port, security, ca, user, password_env: variable, from, to } = channel;
      return createEmail({
        ...{ name, host, port, security, from, to },
        ...(ca === undefined ? {} : { ca: readAuthority(ca, name) }),
        ...(user === undefined || variable === undefined ? {} : { user, password: secret(variable) }),
      });
    }
  }
}

function readAuthority(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CannotRunError(
      'alerts',
      `alerts.channels ${name}: ca ${path} cannot be read: ${messageOf(error)}.`,
    );
  }
}

/** What `ronda alerts` works on. */
export function alertsApp(
  config: Config,
  open: () => Store,
  parts: Pick<Parts, 'clock' | 'fetcher' | 'environment'>,
) {
  return {
    store: {
      list: (query: Parameters<Store['alerts']['list']>[0]) => open().alerts.list(query),
      counts: () => open().alerts.counts(),
    },
    channels: config.alerts.channels.map(({ name }) => name),
    async test(name: string, signal: AbortSignal): Promise<void> {
      for (const route of await alertRoutes(config, parts, name)) {
        try {
          await route.channel.send(testMessage(newMessageId(), route, parts.clock.now()), signal);
        } finally {
          await route.channel.close?.();
        }
      }
    },
    acknowledge(id: number): boolean {
      const { alerts, desk } = open();
      const now = parts.clock.now();
      return desk.atomically(() => {
        if (!alerts.acknowledge(id, 'system', now)) return false;
        desk.audit.append({ actor: 'system', kind: 'alert-acknowledged', subject: `alert:${id}` }, now);
        return true;
      });
    },
    retry(): number {
      const { alerts, desk } = open();
      return desk.atomically(() => {
        const messages = alerts.retryDead();
        const event = {
          actor: 'system',
          kind: 'alerts-retried',
          subject: 'alerts',
          details: { messages },
        } as const;
        if (messages > 0) desk.audit.append(event, parts.clock.now());
        return messages;
      });
    },
  };
}

/** Raises alerts and sends them until it is closed. */
/** Raises alerts and sends them until it is closed. */
export async function alertsOf(
  config: Config,
  store: Store,
  parts: Parts,
): Promise<{ close(): Promise<void> }> {
  const { alerts } = config;
  const given: AlertParts = {
    store: store.alerts,
    raise: { narratives: narrativesOf(store), items: store, sources: parts.sources },
    settings: {
      channels: alerts.channels.map(({ name, events, min_level: minLevel }) => ({ name, events, minLevel })),
      againMs: alerts.again_after,
      leastPosts: alerts.least_posts,
    },
    routes: await alertRoutes(config, parts),
    send: { maxAttempts: alerts.max_attempts, newId: newMessageId },
    clock: parts.clock,
    report: parts.report,
  };
  return startAlerts(given);
}

function newMessageId(): string {
  return randomBytes(16).toString('hex');
}
