import type { z } from 'zod';
import type { Claim } from '../core/claim.js';
import type { Collector, Reject, Withdrawal } from '../core/collector-ports.js';
import type { Post } from '../core/post.js';
import { termsRequired } from './terms-required.js';

/** The keys that every source has, as configured, and those of its kind. */
export interface SourceSetting<Options> {
  readonly name: string;
  /** Region code given to its posts. */
  readonly region?: string;
  /** Private and loopback addresses are meant. */
  readonly allowPrivate: boolean;
  readonly options: Options;
  /** Why its terms allow it, as somebody put his name to in `ronda.yaml`. */
  readonly terms?: SourceTerms;
  /** A person hands it over by command and answers for it: no `terms` are asked. */
  readonly attended?: boolean;
  /** Told what was decided about the source that a person should know, e.g. which export a file was taken for. */
  readonly notice?: (text: string) => void;
  /** What an environment variable holds that the source names (`token_env`); without it, none is set. */
  readonly secret?: (variable: string) => string | undefined;
}

/** Who found, and when, that a place's terms and the law allow a source, and why. */
export interface SourceTerms {
  /** The law, agreement or permission that it rests on. */
  readonly basis: string;
  readonly acknowledged_by: string;
  /** ISO 8601 day. */
  readonly date: string;
}

/** A whole body as it was received, fetched or recorded. */
export interface Payload {
  readonly body: Buffer;
  /** The body as text by its charset. */
  readonly text: string;
  /** Where it came from: the URL that answered, or the name of a file. */
  readonly from: string;
  /** Lower-case names, credentials removed; empty for a file. */
  readonly headers: Readonly<Record<string, string>>;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
}

export interface Parsed {
  readonly posts: readonly Post[];
  readonly rejects: readonly Reject[];
  /** Posts that the payload says are gone. */
  readonly withdrawn?: readonly Withdrawal[];
  /** Published fact-checks, for the index of claims. */
  readonly claims?: readonly Claim[];
}

/** A kind of source: one entry of collectors/registry.ts. */
export interface CollectorKind {
  readonly kind: string;
  /** The keys of `ronda.yaml` that are this kind's own. */
  readonly options: z.ZodType;
  /**
   * Why a source with these options does not run without `terms` in `ronda.yaml`; nothing where it does. By default
   * what terms-required.ts says of the kind.
   */
  termsRequired(options: unknown): string | undefined;
  /** Its posts are pushed to a server of Ronda's (web/ingest.ts): there is nothing to collect. */
  readonly pushed: boolean;
  create(source: SourceSetting<unknown>): Collector;
  /**
   * The pure part: posts of one recorded body, a promise only because parsers are loaded when they are first needed.
   * @throws PermanentError where the body is not of this kind.
   */
  parse(source: SourceSetting<unknown>, payload: Payload): Promise<Parsed>;
}

interface KindDefinition<Schema extends z.ZodType> {
  readonly kind: string;
  readonly options: Schema;
  readonly pushed?: boolean;
  readonly termsRequired?: (options: z.output<Schema>) => string | undefined;
  readonly create: (source: SourceSetting<z.output<Schema>>) => Collector;
}

/** Ties a kind's schema to what takes its output; options are validated again, so schemas must not transform. */
export function defineKind<Schema extends z.ZodType>(
  definition: KindDefinition<Schema> &
    (
      | {
          readonly parse: (
            source: SourceSetting<z.output<Schema>>,
            payload: Payload,
          ) => Parsed | Promise<Parsed>;
        }
      | {
          /** Where a body says all by itself: a recorded one is read without the keys that collecting needs. */
          readonly parseAlone: (source: SourceSetting<unknown>, payload: Payload) => Parsed | Promise<Parsed>;
        }
    ),
): CollectorKind {
  const typed = (source: SourceSetting<unknown>): SourceSetting<z.output<Schema>> => ({
    ...source,
    options: definition.options.parse(source.options),
  });
  return {
    kind: definition.kind,
    options: definition.options,
    pushed: definition.pushed === true,
    termsRequired: (options) =>
      definition.termsRequired === undefined
        ? termsRequired(definition.kind, options)
        : definition.termsRequired(definition.options.parse(options)),
    create: (source) => definition.create(typed(source)),
    parse: async (source, payload) =>
      await ('parseAlone' in definition
        ? definition.parseAlone(source, payload)
        : definition.parse(typed(source), payload)),
  };
}
