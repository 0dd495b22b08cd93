#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { type App, compose, kindSchemas, termsRequired } from '../compose.js';
import { inputLines } from '../compose-input.js';
import { type Config, parseConfig, type SourceConfig } from '../config.js';
import { CannotRunError, messageOf, RondaError } from '../core/errors.js';
import { type ConfigFile, readConfigFile, writeStarter } from '../files/config-file.js';
import { packageRoot, packageVersion } from '../files/package-root.js';
import { writeReportFile } from '../files/report-file.js';
import { addFirstAdmin } from '../pipeline/accounts.js';
import { isSchedule } from '../pipeline/schedule.js';
import { words } from '../words/catalogue.js';
import { faultText } from '../words/faults.js';
import { alertsCommand } from './commands/alerts.js';
import { backupCommands } from './commands/backup.js';
import { type BatchFileOptions, batchCommand } from './commands/batch.js';
import { claimsCommand } from './commands/claims.js';
import { deadCommand } from './commands/dead.js';
import { deskCommand } from './commands/desk.js';
import { doctorCommand } from './commands/doctor.js';
import type { CommandEnvironment } from './commands/environment.js';
import { importCommand } from './commands/import.js';
import { initCommand } from './commands/init.js';
import { itemsCommand } from './commands/items.js';
import { keepingCommands } from './commands/keeping.js';
import { narrativesCommand } from './commands/narratives.js';
import { reportCommand } from './commands/report.js';
import { rescoreCommand } from './commands/rescore.js';
import { runCommand } from './commands/run.js';
import { runsCommand } from './commands/runs.js';
import { scoreCommand } from './commands/score.js';
import { shadowCommand } from './commands/shadow.js';
import { sourcesCommand } from './commands/sources.js';
import { usersCommand } from './commands/users.js';
import { workerCommand } from './commands/worker.js';
import { startDemo } from './demo.js';
import { besideDesk, withDesk, withIngest, withProbes } from './main-serving.js';
import { aborted, processIo, stopSignal, writeOut } from './terminal.js';

/** Options that every command takes. */
interface GlobalOptions {
  readonly home?: string;
  readonly config: string;
}

/** How long a command that failed has to say so and to close what it opened, ms. */
const AFTERLIFE_MS = 3_000;

const io = processIo();
const signal = stopSignal();
let status = 0;
const exitWith = (said: number): void => {
  status = Math.max(status, said);
};

const program = new Command('ronda')
  .description(
    'Watches public posts for hoaxes, hate speech, SARA and incitement, and brings what deserves a person’s eyes to a queue.',
  )
  .version(packageVersion)
  .option('--home <dir>', 'folder of the store and the embedded queue (default: RONDA_HOME, else data)')
  .option('--config <file>', 'configuration', 'ronda.yaml')
  .showHelpAfterError()
  .addHelpText('after', '\nExample:\n  ronda run --once');

function configOf(document: unknown, file: string, lineOf?: ConfigFile['lineOf']): Config {
  const { home } = program.opts<GlobalOptions>();
  return parseConfig({
    document,
    file,
    ...(lineOf === undefined ? {} : { lineOf }),
    environment: process.env,
    kinds: kindSchemas,
    termsRequired,
    isSchedule,
    ...(home === undefined ? {} : { home }),
  });
}

/** The language of a configuration that may be faulty otherwise. */
function languageAsked(): 'id' | 'en' {
  try {
    const read = readConfigFile(program.opts<GlobalOptions>().config)?.document;
    return (read as { desk?: { language?: unknown } } | undefined)?.desk?.language === 'en' ? 'en' : 'id';
  } catch {
    return 'id';
  }
}

function readConfig(): { config: Config; found: boolean } {
  const { config: file } = program.opts<GlobalOptions>();
  const read = readConfigFile(file);
  // A name that was mistyped must not run the demo in its place.
  if (read === undefined && program.getOptionValueSource('config') !== 'default') {
    throw new CannotRunError(
      'config',
      `${file} is not there; check the path, or write it by "ronda init ${file}".`,
    );
  }
  return { config: configOf(read?.document, file, read?.lineOf), found: read !== undefined };
}

/** A source of the configuration by its name; nothing where no name is given. */
function configuredSource(name: string | undefined): SourceConfig | undefined {
  if (name === undefined) return undefined;
  const source = readConfig().config.sources.find((one) => one.name === name);
  if (source === undefined)
    throw new CannotRunError('no-source', `There is no source "${name}" in ronda.yaml.`);
  return source;
}

function environmentOf(config: Config): CommandEnvironment {
  const { language, zone } = config.desk;
  return { io, words: words(language), language, zone, signal, exitWith };
}

async function withApp<T>(
  config: Config,
  work: (app: App, environment: CommandEnvironment) => Promise<T> | T,
): Promise<T> {
  const app = await compose(config);
  signal.addEventListener('abort', () => app.instruments.health.note('process', false, 'it is stopping'));
  try {
    return await work(app, environmentOf(config));
  } finally {
    await app.close();
  }
}

const withConfigured = <T>(work: (app: App, environment: CommandEnvironment) => Promise<T> | T): Promise<T> =>
  withApp(readConfig().config, work);

/** With the demo's sources, served on loopback meanwhile. */
async function withDemo<T>(
  work: (app: App, environment: CommandEnvironment) => Promise<T> | T,
  quiet = false,
): Promise<T> {
  const demo = await startDemo(`${packageRoot}/fixtures/demo`);
  try {
    const config = configOf(demo.document, 'fixtures/demo/sources.json');
    if (!quiet) io.err(`${environmentOf(config).words.demo(demo.url)}\n`);
    return await withApp(config, work);
  } finally {
    await demo.close();
  }
}

runCommand(program, {
  async withSources(work, { serves, quiet }) {
    const { config, found } = readConfig();
    if (found) {
      return withApp(config, (app, environment) => {
        const start = () => work(app.pipeline(), app.sources(), environment, false);
        return serves ? besideDesk(app, environment, () => withIngest(app, environment, start)) : start();
      });
    }
    return withDemo((app, environment) => {
      const start = () => work(app.pipeline(), app.sources(), environment, true);
      return serves ? besideDesk(app, environment, start) : start();
    }, quiet);
  },
});
/** Files given by a person, who is told once which known export each is. */
function filesOf(app: App, { io: terminal, words: said }: CommandEnvironment) {
  const told = new Set<string>();
  const notice = (text: string): void => {
    if (!told.has(text)) terminal.err(`${said.knownExport(text)}\n`);
    told.add(text);
  };
  return (files: readonly string[], { quiet, ...options }: BatchFileOptions) =>
    app.batchFiles(files, { ...options, ...(quiet === true ? {} : { notice }) });
}

batchCommand(program, {
  withFiles: (files, options, work) =>
    withConfigured((app, environment) => {
      const batch = filesOf(app, environment)(files, options);
      return work(app.pipeline(), batch, environment);
    }),
});
importCommand(program, {
  withImport: (work) =>
    withConfigured((app, environment) =>
      work(
        {
          pipeline: () => app.pipeline(),
          files: filesOf(app, environment),
          sample: (file) => app.sampleFile(file),
          firstPosts: (collector, count) => app.firstPosts(collector, count),
        },
        environment,
      ),
    ),
});
const readClaimsFile = async (file: string) =>
  (await import('../files/claims-files.js')).readClaimsFile(file);

/** The fact-checks of a file; rows that cannot be taken are told of. */
async function claimsOf(file: string, { io: terminal }: CommandEnvironment) {
  const { claims, rejects } = await readClaimsFile(file);
  for (const { at, reason } of rejects) terminal.err(`${file}, ${at}: ${reason}\n`);
  return claims;
}

const assessing = {
  withAssessor: <T>(
    work: (assessor: Awaited<ReturnType<App['assessor']>>, environment: CommandEnvironment) => Promise<T>,
    claims?: string,
  ) =>
    withConfigured(async (app, environment) =>
      work(
        await (claims === undefined ? app.assessor() : app.assessorWith(await claimsOf(claims, environment))),
        environment,
      ),
    ),
};
scoreCommand(program, {
  ...assessing,
  lines: inputLines,
  write: writeOut,
});
claimsCommand(program, {
  environment: () => environmentOf(readConfig().config),
  read: readClaimsFile,
  add: (claims) => withConfigured((app) => app.claims().add(claims)),
  list: () => withConfigured((app) => app.claims().list()),
});
itemsCommand(program, {
  readItems: (work) => withConfigured((app, environment) => work(app.storeForReading(), environment)),
});
narrativesCommand(program, {
  readNarratives: (work) => withConfigured((app, environment) => work(app.narratives(), environment)),
});
alertsCommand(program, {
  withAlerts: (writes, work) => withConfigured((app, environment) => work(app.alerts(writes), environment)),
});
reportCommand(program, {
  withReports: (work) => withConfigured((app, environment) => work(app.reports(), environment)),
  writeBytes: writeOut,
  save: writeReportFile,
  isTerminal: () => process.stdout.isTTY === true,
});
rescoreCommand(program, {
  withRescore: (work) =>
    withConfigured((app, environment) => work((options) => app.rescore(options), environment)),
});
runsCommand(program, {
  withRuns: (work) => withConfigured((app, environment) => work(app.runs(), environment)),
});
shadowCommand(program, {
  withShadow: (work, { writes }) =>
    withConfigured((app, environment) => work(app.operations(writes), environment)),
});
backupCommands(program, {
  withBackups: (work) =>
    withConfigured((app, environment) =>
      work(app.backups(program.opts<GlobalOptions>().config), environment),
    ),
});
keepingCommands(program, {
  withKeeping: (work) => withConfigured((app, environment) => work(app.keeping(), environment)),
});
deadCommand(program, {
  withDead: (work) => withConfigured((app, environment) => work(app.deadLetters(), environment)),
});
sourcesCommand(program, {
  environment: () => environmentOf(readConfig().config),
  withSources(work) {
    const { config, found } = readConfig();
    const watch = (app: App, environment: CommandEnvironment) => work(app.watchedSources(), environment);
    return found ? withApp(config, watch) : withDemo(watch);
  },
  async *parse(kind, files, options, name, asked) {
    const { parseFiles, parseSource } = await import('../compose-parse.js');
    yield* parseFiles(parseSource(kind, options, configuredSource(name)), files, asked);
  },
  write: writeOut,
});
workerCommand(program, {
  withPipeline: (work, { metricsPort: port }) =>
    withConfigured((app, environment) =>
      withProbes(app, { host: app.metrics.host, port }, environment, true, () =>
        work(app.pipeline(), environment),
      ),
    ),
  withScorer: (work, { metricsPort: port }) =>
    withConfigured((app, environment) =>
      withProbes(app, { host: app.metrics.host, port }, environment, false, () => work(app, environment)),
    ),
  withSources: (work, { metricsPort: port }) =>
    withConfigured((app, environment) =>
      withProbes(app, { host: app.metrics.host, port }, environment, true, () =>
        withIngest(app, environment, async (isServed) => {
          const done = await work(app.pipeline(), app.sources(), environment);
          if (isServed) await aborted(signal);
          return done;
        }),
      ),
    ),
});
initCommand(program, {
  environment: () => environmentOf(configOf(undefined, 'defaults')),
  writeStarter,
  firstAdmin: () =>
    withApp(configOf(undefined, 'defaults'), (app) => {
      const { ports, linkAddress } = app.desk();
      const first = addFirstAdmin(ports, 'admin', ports.units.all[0]?.id ?? '');
      return first && { name: first.user.name, address: linkAddress(first.link) };
    }),
});
deskCommand(program, {
  withDesk: (work) =>
    withConfigured((app, environment) => withDesk(app, environment, (url) => work(url, environment))),
});
usersCommand(program, {
  withAccounts: (work) => withConfigured((app, environment) => work(app.desk(), environment)),
});
doctorCommand(program, {
  withChecks: (work) => withConfigured((app, environment) => work(app.checks(), environment)),
});
try {
  program.exitOverride();
  const everyday = new Set(program.commands.map((command) => command.name()));
  const [asked] = program.parseOptions(process.argv.slice(2)).operands;
  if (asked === undefined || !everyday.has(asked)) {
    const { addKeepersCommands } = await import('./main-keepers.js');
    await addKeepersCommands(program, {
      config: () => readConfig().config,
      environment: () => environmentOf(readConfig().config),
      withConfigured,
      assessing,
    });
  }
  for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.exitOverride();
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitWith(error.exitCode === 0 ? 0 : 2);
  else {
    io.err(
      `ronda: ${error instanceof RondaError ? faultText(error.kind, error.message, languageAsked()) : `defect: ${error instanceof Error ? error.stack : messageOf(error)}`}\n`,
    );
    exitWith(2);
    // What a failed command leaves behind (a schedule's timer, a connection) must not keep a process that does nothing any
    // more: who keeps it running would take it for alive.
    setTimeout(() => process.exit(), AFTERLIFE_MS).unref();
  }
}
process.exitCode = status;
