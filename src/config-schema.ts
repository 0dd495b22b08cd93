/** What ronda.yaml may say: a part of config.ts. */
import { z } from 'zod';
import { alertsSchema } from './config-alerts.js';
import { redisSchema } from './config-redis.js';
import { CATEGORIES, LEVELS } from './core/assessment.js';

/** `10s`, `5m`, `12h`, `14d` to milliseconds. */
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'a whole number with s, m, h or d, e.g. 14d')
  .transform((text) => Number(text.slice(0, -1)) * UNIT_MS[text.at(-1) as keyof typeof UNIT_MS]);

const name = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    'lower-case letters, digits, dot, dash or underscore, e.g. forum-warga',
  );

/** Who found, and when, that the place's terms and the law allow a source, and on what that rests. */
const termsSchema = z.strictObject({
  basis: z
    .string()
    .max(2_000)
    .regex(/\S/, 'the law, agreement or permission that the source rests on, e.g. "surat izin 12/2026"'),
  acknowledged_by: z
    .string()
    .max(200)
    .regex(/\S/, 'who read the terms and answers for it, by name and office'),
  date: z.iso.date('a day as YYYY-MM-DD, e.g. 2026-11-22'),
});

export type SourceTerms = Readonly<z.infer<typeof termsSchema>>;

/** Keys that every source has; what else stands there belongs to its kind (collectors/registry.ts). */
export const sourceSchema = z.looseObject({
  name,
  kind: z.string(),
  /** A cron expression in the zone of `desk.zone`; without it the source is collected once a start. */
  schedule: z.string().optional(),
  /** By whose code units see its items: one that no unit can have would hide them. */
  region: z
    .string()
    .regex(/^\d{2}(?:\.\d{2})?$/, 'the code of a province or regency in quotes, e.g. "33" or "33.74"')
    .optional(),
  allow_private: z.boolean().default(false),
  /** Needed where the kind says so (collectors/terms-required.ts). */
  terms: termsSchema.optional(),
});

/** A Mabes, Polda or Polres; whether they are a tree is checked where they are used (triage/scope.ts). */
const unitSchema = z.strictObject({
  id: name,
  name: z.string().min(1).max(100),
  parent: name.optional(),
  /** Codes of regions; a code covers those that begin with it and a dot, `*` everything. */
  regions: z
    .array(z.string().regex(/^(?:\*|[\w.-]{1,20})$/, 'a region code, e.g. 32 or 32.73, or *'))
    .max(600),
  zone: z.enum(['WIB', 'WITA', 'WIT']).default('WIB'),
});

const path = z.string().min(1).max(4_096);
const addresses = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()],
  'an IP address or a range of them, e.g. 192.0.2.10 or 192.0.2.0/28',
);

/** The schema of ronda.yaml, sources' own keys apart. */
export const configSchema = z.strictObject({
  contact: z.string().min(3).max(200).optional(),
  lexicons: z.string().optional(),
  models: z.string().optional(),
  sources: z.array(sourceSchema).default([]),
  score: z
    .strictObject({
      workers: z.int().min(0).max(64).default(1),
      /** A candidate that is tried beside the live lexicon and models; what it says is counted and nothing else. */
      shadow: z
        .strictObject({
          lexicons: path.optional(),
          models: path.optional(),
          /** Of the batches, by their ids. */
          share: z.number().gt(0).max(1).default(1),
        })
        .refine(
          ({ lexicons, models }) => lexicons !== undefined || models !== undefined,
          'lexicons, models or both',
        )
        .optional(),
    })
    .prefault({}),
  thresholds: z.partialRecord(z.enum(CATEGORIES), z.number().min(0.5).max(1)).default({}),
  landing: z
    .partialRecord(
      z.enum(CATEGORIES),
      z.enum(['never', ...LEVELS.filter((level) => level !== 'none')] as const),
    )
    .default({}),
  land: z
    .strictObject({
      /** Of one text, a source and day, posts that become items of their own; further ones are counted. */
      copies: z.int().min(1).max(1_000_000).default(1_000),
    })
    .prefault({}),
  retention: z
    .strictObject({
      seen: duration.prefault('30d'),
      rejects: duration.prefault('14d'),
      dead: duration.prefault('30d'),
      /** An open item that nobody touched and that a rescoring would not bring to anybody any more. */
      not_flagged: duration.prefault('0d'),
      /** Decided as no violation, a duplicate or out of scope; or withdrawn before anybody decided. */
      dismissed: duration.prefault('30d'),
      /** Decided as a violation or hoax; or released after an escalation. An escalated item is kept until then. */
      closed: duration.prefault('180d'),
      runs: duration.prefault('365d'),
      /** Keyed hashes by which near-copies of unflagged posts are known (narratives). */
      fingerprints: duration.prefault('7d'),
      /** Texts, masked, that stand for a narrative which enough authors share. */
      exemplars: duration.prefault('30d'),
      /** Hourly counts. */
      counts: duration.prefault('1095d'),
    })
    .prefault({}),
  narratives: z
    .strictObject({
      /** Distinct authors of unflagged posts that must share a phrase before it is kept. */
      known_authors: z.int().min(2).max(1_000).default(10),
    })
    .prefault({}),
  queue: z
    .strictObject({
      kind: z.enum(['embedded', 'redis']).default('embedded'),
      prefix: name.default('ronda'),
      max_attempts: z.int().min(1).max(100).default(5),
      /** Collectors wait while this many jobs (of up to 100 posts) stand before the scorers or the lander. */
      max_waiting: z.int().min(1).max(1_000_000).default(500),
      /** A source waits while its oldest batch has stood before the scorers for this long. */
      max_wait: duration.prefault('10m'),
      redis: redisSchema,
    })
    .prefault({}),
  /** Where the pushes of partners (sources of kind webhook) are taken. TLS is for a proxy before it. */
  ingest: z
    .strictObject({
      host: z.string().min(1).max(255).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8477),
    })
    .prefault({}),
  /** Who is told at once, of what, and how. */
  alerts: alertsSchema,
  /** Asking the places of open items again; without a schedule only `ronda sources recheck` does. */
  recheck: z
    .strictObject({
      /** A cron expression in the zone of `desk.zone`. */
      schedule: z.string().optional(),
      /** Items a source at most, each time. */
      limit: z.int().min(1).max(10_000).default(100),
      /** An item asked for within this time is left alone. */
      every: duration.prefault('24h'),
    })
    .prefault({}),
  /** Who may ask /metrics, /healthz and /readyz, and where, if not at the desk's address. */
  metrics: z
    .strictObject({
      host: z.string().min(1).max(255).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).optional(),
      /** Besides this machine. */
      allow: z.array(addresses).max(50).default([]),
    })
    .prefault({}),
  store: z.strictObject({ file: z.string().min(1).default('ronda.db') }).prefault({}),
  desk: z
    .strictObject({
      language: z.enum(['id', 'en']).default('id'),
      zone: z
        .string()
        .default('Asia/Jakarta')
        .refine(isZone, 'a time zone of the IANA database, e.g. Asia/Makassar'),
      host: z.string().min(1).max(255).default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(8478),
      /** The desk serves HTTPS itself: paths of PEM files. */
      tls: z.strictObject({ cert: path, key: path }).optional(),
      /** A proxy before the desk that ends TLS: whence it connects, and the names under which it is reached. */
      proxy: z
        .strictObject({
          addresses: z.array(addresses).min(1).max(50),
          names: z
            .array(
              z
                .string()
                .regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, 'a host name, e.g. meja.polda.example'),
            )
            .min(1)
            .max(50),
        })
        .optional(),
      /** Share of decided items that a second person reviews without seeing the first verdict. */
      blind_share: z.number().min(0).max(1).default(0.05),
    })
    .prefault({}),
  /** The tree of units; without any, one unit sees everything. */
  units: z.array(unitSchema).max(2_000).default([]),
});

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
