import { z } from 'zod';
import { alertFaults, alertsSchema } from './config-alerts.js';
import { redisFaults, redisSchema } from './config-redis.js';
import { CATEGORIES, LEVELS } from './core/assessment.js';
import { CannotRunError } from './core/errors.js';

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
const sourceSchema = z.looseObject({
  name,
  kind: z.string(),
  /** A cron expression in the zone of `desk.zone`; without it the source is collected once a start. */
  schedule: z.string().optional(),
  region: z.string().optional(),
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

type Parsed = z.infer<typeof configSchema>;

/** A source as configured: the common keys, and under `options` what its kind's schema made of the rest. */
export interface SourceConfig {
  readonly name: string;
  readonly kind: string;
  readonly schedule?: string;
  readonly region?: string;
  readonly allowPrivate: boolean;
  readonly terms?: SourceTerms;
  readonly options: unknown;
}

/** Everything that can be set, validated and frozen. Secrets come from the environment only and are not in it. */
export interface Config extends Readonly<Omit<Parsed, 'sources'>> {
  /** Folder of the store, the embedded queue and what else is written. */
  readonly home: string;
  readonly sources: readonly SourceConfig[];
  /** Redis URL from `RONDA_REDIS`; with `queue.redis` it says where Redis is (compose-redis.ts). */
  readonly redis?: string;
}

/** What a source kind contributes to validation: the schema of its own keys. */
export type KindSchemas = ReadonlyMap<string, z.ZodType>;

export interface ConfigInput {
  /** The YAML already read into plain values; undefined where there is no file. */
  readonly document: unknown;
  /** Name of the file for messages. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly kinds: KindSchemas;
  /** Why a source of this kind with these options needs `terms`; nothing where it does not. */
  readonly termsRequired?: (kind: string, options: unknown) => string | undefined;
  /** Milliseconds since the epoch, by which a date is told from one to come; the process's clock by default. */
  readonly now?: number;
  /** True for a cron expression that the scheduler understands (pipeline/schedule.ts). */
  readonly isSchedule: (expression: string) => boolean;
  /** `--home`, which goes before `RONDA_HOME`. */
  readonly home?: string;
}

/**
 * Validates a configuration as a whole.
 * @throws CannotRunError kind `config` whose message lists every fault: key, what was found, what is allowed, an example.
 */
export function parseConfig(input: ConfigInput): Config {
  const faults: string[] = [];
  const parsed = configSchema.safeParse(input.document ?? {});
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => describeIssue(issue, input.document)));
  const sources = parsed.success ? parsed.data.sources : looseSources(input.document);
  const checked = sources.map((source, index) => checkSource(source, index, input, faults));
  const names = new Set<string>();
  for (const [index, source] of sources.entries()) {
    if (names.has(source.name)) {
      faults.push(
        `sources.${index}.name: found "${source.name}" twice; allowed: a name of its own for each source`,
      );
    }
    names.add(source.name);
  }
  const asking = parsed.success ? parsed.data.recheck.schedule : undefined;
  if (asking !== undefined && !input.isSchedule(asking)) {
    faults.push(
      `recheck.schedule: found "${asking}"; allowed: a cron expression, e.g. schedule: "30 2 * * *"`,
    );
  }
  if (parsed.success) {
    const { host, tls, proxy } = parsed.data.desk;
    if (!isLoopback(host) && tls === undefined && proxy === undefined) {
      faults.push(
        `desk.host: found "${host}", which others can reach, without TLS: names and passwords would go over the network as they are; allowed: 127.0.0.1, or besides it desk.tls (${EXAMPLES['desk.tls']}) or desk.proxy (${EXAMPLES['desk.proxy']})`,
      );
    }
  }
  if (parsed.success && !isLoopback(parsed.data.metrics.host) && parsed.data.metrics.allow.length === 0) {
    faults.push(
      `metrics.host: found "${parsed.data.metrics.host}", which others can reach, and nobody who may ask; allowed: 127.0.0.1, or besides it metrics.allow (${EXAMPLES['metrics.allow']})`,
    );
  }
  const redis = input.environment.RONDA_REDIS;
  if (parsed.success) {
    const { kind, redis: settings } = parsed.data.queue;
    faults.push(...redisFaults(redis, kind, settings), ...alertFaults(parsed.data.alerts));
  }
  if (!parsed.success || faults.length > 0) {
    throw new CannotRunError(
      'config',
      `${input.file} has ${faults.length} fault(s); nothing was started:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  }
  const config: Config = {
    ...parsed.data,
    queue: { ...parsed.data.queue, kind: queueKind(parsed.data.queue, redis) },
    home: input.home ?? input.environment.RONDA_HOME ?? 'data',
    sources: checked.filter((source) => source !== undefined),
    ...(redis === undefined ? {} : { redis }),
  };
  return deepFreeze(config);
}

/** A place of Redis makes the queue one on Redis. */
function queueKind({ kind, redis }: Parsed['queue'], url: string | undefined): 'embedded' | 'redis' {
  return url !== undefined || redis.sentinel !== undefined || redis.cluster !== undefined ? 'redis' : kind;
}

const COMMON_KEYS = ['name', 'kind', 'schedule', 'region', 'allow_private', 'terms'];

type LooseSource = z.infer<typeof sourceSchema>;

/** The sources of a document that failed elsewhere, so that their own faults are told at the same time. */
function looseSources(document: unknown): LooseSource[] {
  if (typeof document !== 'object' || document === null || !('sources' in document)) return [];
  if (!Array.isArray(document.sources)) return [];
  return document.sources.flatMap((source) => {
    const parsed = sourceSchema.safeParse(source);
    return parsed.success ? [parsed.data] : [];
  });
}

function checkSource(
  source: LooseSource,
  index: number,
  { kinds, isSchedule, termsRequired, now }: ConfigInput,
  faults: string[],
): SourceConfig | undefined {
  const { terms } = source;
  // The day has begun somewhere up to 14 hours before UTC.
  const today = new Date((now ?? Date.now()) + 14 * 3_600_000).toISOString().slice(0, 10);
  if (terms !== undefined && terms.date > today) {
    faults.push(
      `sources.${index}.terms.date: found "${terms.date}", which is to come; allowed: the day on which the terms were read`,
    );
  }
  if (source.schedule !== undefined && !isSchedule(source.schedule)) {
    faults.push(
      `sources.${index}.schedule: found "${source.schedule}"; allowed: a cron expression, e.g. schedule: "*/10 * * * *"`,
    );
  }
  const schema = kinds.get(source.kind);
  if (schema === undefined) {
    faults.push(
      `sources.${index}.kind: found "${source.kind}"; allowed: ${[...kinds.keys()].join(', ')}, e.g. kind: feed`,
    );
    return undefined;
  }
  const own = Object.fromEntries(Object.entries(source).filter(([key]) => !COMMON_KEYS.includes(key)));
  const options = schema.safeParse(own);
  if (!options.success) {
    faults.push(
      ...options.error.issues.map(
        (issue) => `sources.${index} (${source.name}) ${describeIssue(issue, own)}`,
      ),
    );
    return undefined;
  }
  const reason = terms === undefined ? termsRequired?.(source.kind, options.data) : undefined;
  if (reason !== undefined) {
    faults.push(
      `sources.${index} (${source.name}) terms: found nothing, and ${reason}; allowed: who found that it may be collected, when, and why (docs/sources.md), e.g. ${TERMS_EXAMPLE}`,
    );
  }
  return {
    name: source.name,
    kind: source.kind,
    allowPrivate: source.allow_private,
    options: options.data,
    ...(source.schedule === undefined ? {} : { schedule: source.schedule }),
    ...(source.region === undefined ? {} : { region: source.region }),
    ...(terms === undefined ? {} : { terms }),
  };
}

const TERMS_EXAMPLE =
  'terms: { basis: "izin tertulis pengelola, 3 Nov 2026", acknowledged_by: "AKP Sari, Subdit Siber", date: 2026-11-22 }';

/** What to write instead, for keys whose form a message alone does not show. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'score.workers': 'workers: 1',
  'score.shadow': 'shadow: { lexicons: ./lexicons-baru }',
  thresholds: 'thresholds: { hate: 0.6 }',
  landing: 'landing: { abusive: high }',
  'land.copies': 'copies: 1000',
  'retention.seen': 'seen: 30d',
  'retention.rejects': 'rejects: 14d',
  'retention.dead': 'dead: 30d',
  'retention.not_flagged': 'not_flagged: 0d',
  'retention.dismissed': 'dismissed: 30d',
  'retention.closed': 'closed: 180d',
  'retention.runs': 'runs: 365d',
  'retention.fingerprints': 'fingerprints: 7d',
  'retention.exemplars': 'exemplars: 30d',
  'retention.counts': 'counts: 1095d',
  'queue.kind': 'kind: embedded',
  'queue.max_attempts': 'max_attempts: 5',
  'queue.max_waiting': 'max_waiting: 500',
  'queue.max_wait': 'max_wait: 10m',
  'metrics.host': 'host: 127.0.0.1',
  'metrics.port': 'port: 9478',
  'metrics.allow': 'allow: [192.0.2.10]',
  'queue.redis': 'redis: { user: ronda, tls: { ca: /etc/ronda/redis-ca.pem } }',
  'queue.redis.sentinel': 'sentinel: { name: ronda, addresses: ["redis-1.polda.example:26379"] }',
  'queue.redis.cluster': 'cluster: ["redis-1.polda.example:6379"]',
  'ingest.host': 'host: 127.0.0.1',
  'ingest.port': 'port: 8477',
  alerts:
    'alerts: { channels: [{ name: posko, kind: webhook, url: "https://posko.example/ronda", secret_env: POSKO_SECRET }] }',
  'recheck.limit': 'limit: 100',
  'recheck.every': 'every: 24h',
  'store.file': 'file: ronda.db',
  'desk.language': 'language: id',
  'desk.zone': 'zone: Asia/Jakarta',
  'desk.host': 'host: 127.0.0.1',
  'desk.port': 'port: 8478',
  'desk.tls': 'tls: { cert: /etc/ronda/meja.pem, key: /etc/ronda/meja.key }',
  'desk.proxy': 'proxy: { addresses: [127.0.0.1], names: [meja.polda.example] }',
  'desk.blind_share': 'blind_share: 0.05',
  units: 'units: [{ id: polda-contoh, name: Polda Contoh, parent: mabes, regions: ["32"], zone: WIB }]',
  sources: 'sources: [{ name: berita, kind: feed, url: "https://news.example/rss" }]',
  contact: 'contact: humas@polda.example',
};

function describeIssue(issue: z.core.$ZodIssue, document: unknown): string {
  const path = issue.path.map(String);
  const key = path.join('.') || '(the file)';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((unknown) => (path.length > 0 ? `${key}.${unknown}` : unknown)).join(', ');
    return `${keys}: found a key that does not exist; allowed: the keys named in docs/configuration.md`;
  }
  const found = valueAt(document, path);
  const example = path.includes('terms') ? TERMS_EXAMPLE : (EXAMPLES[key] ?? EXAMPLES[path[0] ?? '']);
  const shown = found === undefined ? 'nothing' : clip(JSON.stringify(found) ?? String(found));
  return `${key}: found ${shown}; allowed: ${allowedBy(issue)}${example === undefined ? '' : `, e.g. ${example}`}`;
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function valueAt(document: unknown, path: readonly string[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** True for a host that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(host);
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}
