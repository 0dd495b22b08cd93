import { z } from 'zod';
import { ALERT_KINDS } from './core/alert.js';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'a whole number with s, m, h or d, e.g. 24h')
  .transform((text) => Number(text.slice(0, -1)) * UNIT_MS[text.at(-1) as keyof typeof UNIT_MS]);

const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:MM, e.g. "22:00"')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const secretName = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{1,99}$/, 'the name of an environment variable, e.g. POSKO_SECRET')
  .refine((name) => !/^RONDA_(SECRET|REDIS)(_FILE)?$/.test(name), 'a variable of the channel alone');

const mail = z
  .string()
  .max(254)
  .regex(/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/, 'a mail address, e.g. posko@polda.example');

const channelKeys = {
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, 'lower-case letters, digits, dot, dash or underscore, e.g. posko'),
  events: z
    .array(z.enum(ALERT_KINDS))
    .min(1)
    .default([...ALERT_KINDS]),
  /** Of items; those below raise no alert here. */
  min_level: z.enum(['medium', 'high', 'critical']).default('critical'),
  language: z.enum(['id', 'en']).optional(),
  /** Nothing is sent then; what was raised goes out after it. */
  quiet_hours: z
    .strictObject({ from: clock, to: clock, zone: z.enum(['WIB', 'WITA', 'WIT']).default('WIB') })
    .optional(),
  /** So long the first alert waits for others, which then go out with it as one message. */
  digest: duration.optional(),
  max_per_hour: z.int().min(1).max(1_000).default(12),
};

const channelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...channelKeys,
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }),
    /** Holds what both sides sign with; with `_FILE` behind it, the path of a file that does. */
    secret_env: secretName,
    allow_private: z.boolean().default(false),
  }),
  z.strictObject({
    ...channelKeys,
    kind: z.literal('telegram'),
    token_env: secretName,
    /** Id of the chat, or `@` and the name of a public channel of the unit's own. */
    chat: z.string().regex(/^(?:-?\d{1,20}|@\w{3,64})$/, 'a chat id, e.g. "-1001234567890"'),
    base_url: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
    allow_private: z.boolean().default(false),
  }),
  z.strictObject({
    ...channelKeys,
    kind: z.literal('email'),
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(587),
    /** `starttls`: must be offered; `tls`: from the first byte; `none`: to this machine only. */
    security: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    /** PEM file of the authority, where it is not one of the system's. */
    ca: z.string().min(1).max(4_096).optional(),
    user: z.string().min(1).max(200).optional(),
    password_env: secretName.optional(),
    from: mail,
    to: z.array(mail).min(1).max(20),
  }),
]);

/** When somebody is to be told at once, and how. */
export const alertsSchema = z
  .strictObject({
    /** Where the desk is reached, for links; its own address unless told otherwise. */
    desk_url: z.url({ protocol: /^https?$/ }).optional(),
    /** No second alert of a kind on the same story within this time. */
    again_after: duration.prefault('24h'),
    /** Posts that a burst has at least. */
    least_posts: z.int().min(5).max(1_000_000).default(10),
    /** Attempts at a message until it is given up, and stays to be seen. */
    max_attempts: z.int().min(1).max(100).default(12),
    channels: z.array(channelSchema).max(20).default([]),
  })
  .prefault({});

export type AlertSettings = Readonly<z.infer<typeof alertsSchema>>;
export type ChannelSettings = AlertSettings['channels'][number];

/** What of the alerts cannot be together. */
export function alertFaults({ channels }: AlertSettings): readonly string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  for (const [index, channel] of channels.entries()) {
    const at = `alerts.channels.${index}`;
    if (names.has(channel.name)) {
      faults.push(`${at}.name: found "${channel.name}" twice; allowed: a name of its own for each channel`);
    }
    names.add(channel.name);
    if (channel.kind !== 'email') {
      const url = new URL(channel.kind === 'webhook' ? channel.url : channel.base_url);
      if (url.username !== '' || url.password !== '') {
        faults.push(`${at}: found a name or password in an address; allowed: secrets from the environment`);
      }
      if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
        faults.push(
          `${at}: found an http: address beyond this machine; allowed: https:, since alerts are confidential`,
        );
      }
      continue;
    }
    if (channel.security === 'none' && !isLoopback(channel.host)) {
      faults.push(
        `${at}.security: found none with the host "${channel.host}"; allowed: starttls or tls, or none with a mail server on this machine`,
      );
    }
    if ((channel.user === undefined) !== (channel.password_env === undefined)) {
      faults.push(`${at}: found one of user and password_env; allowed: both or neither`);
    }
  }
  return faults;
}

function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?|localhost)$/.test(host);
}
