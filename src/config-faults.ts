/** How faults of a configuration are told: a part of config.ts. */
import type { z } from 'zod';

/** How `terms` of a source are written. */
export const TERMS_EXAMPLE =
  'terms: { basis: "izin tertulis pengelola, 3 Nov 2026", acknowledged_by: "AKP Sari, Subdit Siber", date: 2026-11-22 }';

/** YAML reads a code without quotes as a number. */
const REGION_EXAMPLE = 'region: "33.74"';

/** What to write instead, for keys whose form a message alone does not show. */
export const EXAMPLES = {
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
} as const satisfies Readonly<Record<string, string>>;

const BY_KEY: Readonly<Record<string, string>> = EXAMPLES;

/** What is wrong, and with which key. */
export interface ConfigFault {
  readonly path: readonly PropertyKey[];
  /** Begins with the key. */
  readonly text: string;
}

/** A fault that zod found in a part of the document: `base` is the path of the part, `named` what stands before the key. */
export function faultOf(
  issue: z.core.$ZodIssue,
  base: readonly PropertyKey[],
  named: string,
  part: unknown,
): ConfigFault {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return { path: [...base, ...issue.path, ...unknown], text: `${named}${describeIssue(issue, part)}` };
}

/** What is wrong with a key: what was found there, what is allowed, and an example. */
function describeIssue(issue: z.core.$ZodIssue, document: unknown): string {
  const path = issue.path.map(String);
  const key = path.join('.') || '(the file)';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((unknown) => (path.length > 0 ? `${key}.${unknown}` : unknown)).join(', ');
    return `${keys}: found a key that does not exist; allowed: the keys named in docs/configuration.md`;
  }
  const found = valueAt(document, path);
  const whole = BY_KEY[key] ?? BY_KEY[path[0] ?? ''];
  const example = path.includes('terms') ? TERMS_EXAMPLE : path.at(-1) === 'region' ? REGION_EXAMPLE : whole;
  const shown = found === undefined ? 'nothing' : clip(JSON.stringify(found) ?? String(found));
  const allowed = allowedBy(issue);
  // Some messages bring an example of their own.
  const isShown = example === undefined || allowed.includes('e.g. ');
  return `${key}: found ${shown}; allowed: ${allowed}${isShown ? '' : `, e.g. ${example}`}`;
}

/** Types as YAML shows them. */
const TYPES: Readonly<Record<string, string>> = {
  array: 'a list (each line begins with "- ")',
  object: 'keys with values',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
};

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a value of type ${issue.expected}`;
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
