import { createHash } from 'node:crypto';
import type { Config, SourceConfig } from './config.js';
import type { Collector } from './core/collector-ports.js';
import { CannotRunError, kindOf, messageOf } from './core/errors.js';
import type { RunStore } from './core/ports.js';
import type { RecheckStore, SourceFacts, SourceWatchStore } from './core/source.js';
import type { ConfiguredSource } from './pipeline/note-sources.js';
import type { PassPorts } from './pipeline/pass.js';
import { type RecheckOptions, recheck, type SourceRecheck } from './pipeline/recheck.js';
import { checkSource, type SourceCheck } from './pipeline/source-check.js';
import { type SourceView, viewSource } from './pipeline/source-view.js';
import type { Logger } from './telemetry/log.js';

type SourceReader = Pick<SourceWatchStore, 'sourceFacts'>;

interface Parts {
  /** For reading; throws kind `no-store` where nothing was collected yet. */
  reading(): SourceReader;
  store(): SourceWatchStore & RecheckStore & Pick<RunStore, 'openRun' | 'finishRun'>;
  ports(): PassPorts;
  collectorOf(source: SourceConfig): Collector;
}

/** What `ronda sources` does with the sources of ronda.yaml. */
export interface Sources {
  /** Each source as a person sees it; those never collected too. */
  views(now: number): readonly SourceView[];
  /** What the store knows of each, for following it. */
  facts(): readonly { readonly source: string; readonly facts: SourceFacts }[];
  /** @throws CannotRunError `no-source`, as the following do */
  check(name: string, signal: AbortSignal): Promise<SourceCheck>;
  setPaused(name: string, paused: boolean): void;
  /** Of all sources where no name is given. */
  recheck(
    names: readonly string[],
    options: Omit<RecheckOptions, 'collectors'>,
  ): Promise<readonly SourceRecheck[]>;
}

const NOTHING: SourceFacts = { hours: [], faults: [], gaps: [] };

export function sourcesOf(config: Config, parts: Parts): Sources {
  const named = (name: string): SourceConfig => {
    const source = config.sources.find((one) => one.name === name);
    if (source !== undefined) return source;
    const names = config.sources.map((one) => one.name).join(', ');
    throw new CannotRunError(
      'no-source',
      `There is no source "${name}"; ${names === '' ? 'ronda.yaml names none' : `there are: ${names}`}.`,
    );
  };
  const facts = (source: string): SourceFacts => {
    try {
      return parts.reading().sourceFacts(source);
    } catch (error) {
      if (error instanceof CannotRunError && error.kind === 'no-store') return NOTHING;
      throw error;
    }
  };
  return {
    views: (now) =>
      config.sources.map(({ name, kind, schedule }) =>
        viewSource(
          { name, kind, ...(schedule === undefined ? {} : { schedule }) },
          facts(name),
          config.desk.zone,
          now,
        ),
      ),
    facts: () => config.sources.map(({ name }) => ({ source: name, facts: facts(name) })),
    check(name, signal) {
      const collector = parts.collectorOf(named(name));
      const { fetcher, clock } = parts.ports();
      return checkSource(collector, { fetcher, clock, signal });
    },
    setPaused(name, paused) {
      parts.store().setSourcePaused(named(name).name, paused);
    },
    recheck(names, options) {
      const sources = names.length === 0 ? config.sources : names.map(named);
      const { score, fetcher, clock, hash } = parts.ports();
      return recheck(
        { store: parts.store(), score, fetcher, clock, hash },
        { ...options, collectors: sources.map(parts.collectorOf) },
      );
    },
  };
}

/** The configured sources, each by a hash of its settings. */
export function configuredSources({ sources }: Config): readonly ConfiguredSource[] {
  return sources.map((source) => ({
    name: source.name,
    settings: createHash('sha256').update(JSON.stringify(source)).digest('hex').slice(0, 16),
  }));
}

/** Warns of each source that has gone quiet, once a silence. */
export function createQuietWarning(
  views: (now: number) => readonly SourceView[],
  warn: (view: SourceView) => void,
): (now: number) => void {
  const warned = new Set<string>();
  return (now) => {
    for (const view of views(now)) {
      if (view.state !== 'quiet') warned.delete(view.name);
      else if (!warned.has(view.name)) {
        warned.add(view.name);
        warn(view);
      }
    }
  };
}

/** Asking the places of open items again, where it has a schedule; what fails is told of in the log. */
export function scheduledRecheck(
  { recheck: { schedule, limit, every } }: Config,
  sources: () => Pick<Sources, 'recheck'>,
  log: Pick<Logger, 'info' | 'warn'>,
): { recheck?: { schedule: string; run(signal: AbortSignal): Promise<void> } } {
  if (schedule === undefined) return {};
  const run = async (signal: AbortSignal): Promise<void> => {
    try {
      for (const one of await sources().recheck([], { limit, everyMs: every, signal })) {
        const { source, ended, ...sums } = one;
        if (typeof ended === 'object') log.warn({ source, ...ended }, 'asking for items again ended early');
        else if (ended === undefined) log.info({ source, ...sums }, 'asked for items again');
      }
    } catch (error) {
      log.warn({ kind: kindOf(error) }, messageOf(error));
    }
  };
  return { recheck: { schedule, run } };
}
