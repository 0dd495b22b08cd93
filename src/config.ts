import type { z } from 'zod';
import { alertFaults } from './config-alerts.js';
import { type ConfigFault, EXAMPLES, faultOf, TERMS_EXAMPLE } from './config-faults.js';
import { redisFaults } from './config-redis.js';
import { configSchema, type SourceTerms, sourceSchema } from './config-schema.js';
import { CannotRunError } from './core/errors.js';

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
  /** Line of a key in the file, by its path (files/config-file.ts). */
  readonly lineOf?: (path: readonly PropertyKey[]) => number | undefined;
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
  const faults: ConfigFault[] = [];
  const parsed = configSchema.safeParse(input.document ?? {});
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => faultOf(issue, [], '', input.document)));
  const sources = parsed.success ? parsed.data.sources : looseSources(input.document);
  const checked = sources.map((source, index) => checkSource(source, index, input, faults));
  const names = new Set<string>();
  for (const [index, source] of sources.entries()) {
    if (names.has(source.name)) {
      faults.push({
        path: ['sources', index, 'name'],
        text: `sources.${index}.name: found "${source.name}" twice; allowed: a name of its own for each source`,
      });
    }
    names.add(source.name);
  }
  const asking = parsed.success ? parsed.data.recheck.schedule : undefined;
  if (asking !== undefined && !input.isSchedule(asking)) {
    faults.push({
      path: ['recheck', 'schedule'],
      text: `recheck.schedule: found "${asking}"; allowed: a cron expression that falls due some day, e.g. schedule: "30 2 * * *"`,
    });
  }
  if (parsed.success) {
    const { host, tls, proxy } = parsed.data.desk;
    if (!isLoopback(host) && tls === undefined && proxy === undefined) {
      faults.push({
        path: ['desk', 'host'],
        text: `desk.host: found "${host}", which others can reach, without TLS: names and passwords would go over the network as they are; allowed: 127.0.0.1, or besides it desk.tls (${EXAMPLES['desk.tls']}) or desk.proxy (${EXAMPLES['desk.proxy']})`,
      });
    }
  }
  if (parsed.success && !isLoopback(parsed.data.metrics.host) && parsed.data.metrics.allow.length === 0) {
    faults.push({
      path: ['metrics', 'host'],
      text: `metrics.host: found "${parsed.data.metrics.host}", which others can reach, and nobody who may ask; allowed: 127.0.0.1, or besides it metrics.allow (${EXAMPLES['metrics.allow']})`,
    });
  }
  const redis = input.environment.RONDA_REDIS;
  if (parsed.success) {
    const { kind, redis: settings } = parsed.data.queue;
    const beside = [...redisFaults(redis, kind, settings), ...alertFaults(parsed.data.alerts)];
    // Each begins with its key.
    faults.push(...beside.map((text) => ({ path: text.split(':', 1)[0]?.split('.') ?? [], text })));
  }
  if (!parsed.success || faults.length > 0) {
    const told = faults.map(({ path, text }) => {
      const line = input.lineOf?.(path);
      return `  - ${line === undefined ? '' : `line ${line}: `}${text}`;
    });
    throw new CannotRunError(
      'config',
      `${input.file} has ${faults.length} fault(s); nothing was started:\n${told.join('\n')}`,
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
  faults: ConfigFault[],
): SourceConfig | undefined {
  const { terms } = source;
  // The day has begun somewhere up to 14 hours before UTC.
  const today = new Date((now ?? Date.now()) + 14 * 3_600_000).toISOString().slice(0, 10);
  if (terms !== undefined && terms.date > today) {
    faults.push({
      path: ['sources', index, 'terms', 'date'],
      text: `sources.${index}.terms.date: found "${terms.date}", which is to come; allowed: the day on which the terms were read`,
    });
  }
  if (source.schedule !== undefined && !isSchedule(source.schedule)) {
    faults.push({
      path: ['sources', index, 'schedule'],
      text: `sources.${index}.schedule: found "${source.schedule}"; allowed: a cron expression that falls due some day, e.g. schedule: "*/10 * * * *"`,
    });
  }
  const schema = kinds.get(source.kind);
  if (schema === undefined) {
    faults.push({
      path: ['sources', index, 'kind'],
      text: `sources.${index}.kind: found "${source.kind}"; allowed: ${[...kinds.keys()].join(', ')}, e.g. kind: feed`,
    });
    return undefined;
  }
  const own = Object.fromEntries(Object.entries(source).filter(([key]) => !COMMON_KEYS.includes(key)));
  const options = schema.safeParse(own);
  if (!options.success) {
    faults.push(
      ...options.error.issues.map((issue) =>
        faultOf(issue, ['sources', index], `sources.${index} (${source.name}) `, own),
      ),
    );
    return undefined;
  }
  const reason = terms === undefined ? termsRequired?.(source.kind, options.data) : undefined;
  if (reason !== undefined) {
    faults.push({
      path: ['sources', index],
      text: `sources.${index} (${source.name}) terms: found nothing, and ${reason}; allowed: who found that it may be collected, when, and why (docs/sources.md), e.g. ${TERMS_EXAMPLE}`,
    });
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

/** True for a host that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(host);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}
