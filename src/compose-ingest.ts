import { collectorKind } from './collectors/registry.js';
import type { Config } from './config.js';
import type { Reject } from './core/collector-ports.js';
import { CannotRunError, PermanentError } from './core/errors.js';
import type { Post } from './core/post.js';
import { secretOf } from './files/secret-files.js';
import { createIngest, type IngestPorts, type Push, type PushReport } from './pipeline/ingest.js';

/** What serves the pushes of partners (web/ingest.ts): a partner for each source whose kind is pushed. */
export interface Ingest {
  readonly host: string;
  readonly port: number;
  readonly partners: ReadonlyMap<
    string,
    {
      readonly secret: string;
      parse(body: Buffer): Promise<{ readonly posts: readonly Post[]; readonly rejects: readonly Reject[] }>;
      isPaused(): boolean;
    }
  >;
  take(push: Push): Promise<PushReport>;
  now(): number;
  report(error: unknown): void;
}

const MIN_SECRET_CHARS = 32;

export interface IngestParts extends Omit<IngestPorts, 'maxWaiting'> {
  readonly environment: Readonly<Record<string, string | undefined>>;
  isSourcePaused(source: string): boolean;
  report(error: unknown): void;
}

/**
 * Nothing where no source is pushed. `parts` is asked for only where one is.
 * @throws CannotRunError kind `config` where a partner's secret is not set or can be guessed
 */
export function ingestOf(config: Config, parts: () => IngestParts): Ingest | undefined {
  const pushed = config.sources.filter(({ kind }) => collectorKind(kind)?.pushed === true);
  if (pushed.length === 0) return undefined;
  const { environment, isSourcePaused, report, ...ports } = parts();
  const partners = pushed.map((source) => {
    const { secret_env: variable } = source.options as { readonly secret_env: string };
    const secret = secretOf(environment, variable)?.trim() ?? '';
    if (secret.length < MIN_SECRET_CHARS) {
      const found = secret === '' ? 'is not set' : `holds ${secret.length} characters`;
      throw new CannotRunError(
        'config',
        `Source ${source.name} takes pushes signed with what ${variable} holds, and it ${found}; set it to at least ${MIN_SECRET_CHARS}, e.g. of "openssl rand -hex 32", and give the partner the same.`,
      );
    }
    const parse = async (body: Buffer) => {
      const receivedAt = new Date(ports.clock.now()).toISOString();
      const payload = { body, text: utf8(body), from: '/ingest', headers: {}, receivedAt };
      const parsed = await collectorKind(source.kind)?.parse(source, payload);
      return parsed ?? { posts: [], rejects: [] };
    };
    return [source.name, { secret, parse, isPaused: () => isSourcePaused(source.name) }] as const;
  });
  return {
    ...config.ingest,
    partners: new Map(partners),
    take: createIngest({ ...ports, maxWaiting: config.queue.max_waiting }),
    now: () => ports.clock.now(),
    report,
  };
}

function utf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    throw new PermanentError('invalid-utf8', 'the body is not UTF-8; send it as UTF-8', { cause: error });
  }
}
