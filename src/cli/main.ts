#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { type App, compose, kindSchemas, termsRequired } from '../compose.js';
import { inputLines, readPosts, readRecords } from '../compose-input.js';
import { type Config, parseConfig, type SourceConfig } from '../config.js';
import { CannotRunError, messageOf, RondaError } from '../core/errors.js';
import { readConfigFile, writeStarter } from '../files/config-file.js';
import { modelPath, readSeedWords, writeModelFile } from '../files/model-files.js';
import { packageRoot, packageVersion } from '../files/package-root.js';
import { addPin, pinsPath, readPins, readWholeFile } from '../files/packet-files.js';
import { writeReportFile } from '../files/report-file.js';
import { addFirstAdmin } from '../pipeline/accounts.js';
import { isSchedule } from '../pipeline/schedule.js';
import { words } from '../words/catalogue.js';
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
import type { VerifyDeps } from './commands/verify.js';
import { workerCommand } from './commands/worker.js';
import { startDemo } from './demo.js';
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

function configOf(document: unknown, file: string): Config {
  const { home } = program.opts<GlobalOptions>();
  return parseConfig({
    document,
    file,
    environment: process.env,
    kinds: kindSchemas,
    termsRequired,
    isSchedule,
    ...(home === undefined ? {} : { home }),
  });
}

function readConfig(): { config: Config; found: boolean } {
  const { config: file } = program.opts<GlobalOptions>();
  const document = readConfigFile(file);
  return { config: configOf(document, file), found: document !== undefined };
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

/** Serves the pushes of partners, where a source takes them, for as long as `work` lasts. */
async function withIngest<T>(
  app: App,
  { io: terminal, words: said }: CommandEnvironment,
  work: (isServed: boolean) => Promise<T>,
): Promise<T> {
  const ingest = app.ingest();
  if (ingest === undefined) return await work(false);
  const [{ createIngestApp }, { listen }] = await Promise.all([
    import('../web/ingest.js'),
    import('../web/listen.js'),
  ]);
  const server = await listen(createIngestApp(ingest), ingest, 'ingest');
  terminal.err(`${said.ingestReady(server.url, ingest.partners.size)}\n`);
  try {
    return await work(true);
  } finally {
    await server.close();
  }
}

/**
 * Answers /metrics, /healthz and /readyz at a port of their own for as long as `work` lasts; nothing without a port.
 * @param usesStore false where this process works on no store (a scorer on another machine)
 */
async function withProbes<T>(
  app: App,
  { host, port }: { readonly host: string; readonly port?: number | undefined },
  { io: terminal, words: said }: CommandEnvironment,
  usesStore: boolean,
  work: () => Promise<T>,
): Promise<T> {
  if (port === undefined) return work();
  const [{ createProbes }, { listen }] = await Promise.all([
    import('../web/probes.js'),
    import('../web/listen.js'),
  ]);
  const probes = createProbes(await app.probes({ usesStore }));
  const server = await listen(probes, { host, port }, 'metrics');
  terminal.err(`${said.metricsReady(server.url)}\n`);
  try {
    return await work();
  } finally {
    await server.close();
  }
}

/** Serves the triage desk for as long as `work` lasts, with its probes unless they have a port of their own. */
async function withDesk<T>(
  app: App,
  environment: CommandEnvironment,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const { language } = environment;
  const [{ createDesk }, { deskRoutes }, { listen }, { readDeskAssets }, { createProbes }] =
    await Promise.all([
      import('../web/desk.js'),
      import('../web/routes.js'),
      import('../web/listen.js'),
      import('../files/desk-assets.js'),
      import('../web/probes.js'),
    ]);
  const served = app.deskServer();
  const desk = { ...served, machinery: app.machinery(), language, assets: readDeskAssets() };
  const pages = createDesk(desk, deskRoutes(desk));
  const { metrics } = app;
  const { isProxy } = served.surroundings;
  const here = metrics.port === undefined;
  const root = here
    ? createProbes(
        await app.probes({ usesStore: true, ...(isProxy === undefined ? {} : { isProxy }) }),
        pages,
      )
    : pages;
  const server = await listen(root, served, 'desk');
  const preserving = served.startPreserving();
  try {
    return await withProbes(app, metrics, environment, true, () => work(served.origin ?? server.url));
  } finally {
    await server.close();
    await preserving.close();
  }
}

/** The desk beside a pipeline, which goes on without it where something else listens there already. */
async function besideDesk<T>(app: App, environment: CommandEnvironment, work: () => Promise<T>): Promise<T> {
  const { io: terminal, words: said } = environment;
  let isServed = false;
  try {
    return await withDesk(app, environment, (url) => {
      isServed = true;
      const hasUsers = app.desk().ports.store.users.list().length > 0;
      terminal.err(`${said.deskBeside(url)}${hasUsers ? '' : ` ${said.deskEmpty}`}\n`);
      return work();
    });
  } catch (error) {
    if (isServed || !(error instanceof CannotRunError && error.kind === 'cannot-listen')) throw error;
    terminal.err(`${messageOf(error)}\n`);
    return work();
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
/** `ronda verify` on any machine: without a store, and with no network. */
const verifyDeps = (): VerifyDeps => ({
  environment: () => environmentOf(readConfig().config),
  readFile: readWholeFile,
  pins: () => readPins(pinsPath(readConfig().config.home)),
  pin: (name, publicKey) => addPin(pinsPath(readConfig().config.home), { name, publicKey }),
  signer: () => withConfigured((app) => app.packetSigner()),
});

/** Commands of those who keep lexicons and models: they bring the whole detection with them, so the others go without. */
async function addKeepersCommands(): Promise<void> {
  const [
    { lexiconCommand },
    { regionsCommand },
    { watchCommand },
    lists,
    { auditCommand },
    { evalCommand },
    { trainCommand },
    { verifyCommand },
    { lexiconFinder, modelsFolder },
  ] = await Promise.all([
    import('./commands/lexicon.js'),
    import('./commands/regions.js'),
    import('./commands/watch.js'),
    import('../compose-observer.js'),
    import('./commands/audit.js'),
    import('./commands/eval.js'),
    import('./commands/train.js'),
    import('./commands/verify.js'),
    import('../compose-assessor.js'),
  ]);
  const lexiconDeps = {
    environment: () => environmentOf(readConfig().config),
    lines: async (folder?: string) => (await compose(readConfig().config)).lexiconLines(folder),
    posts: readPosts,
    assessorOf: async (lexicon: Parameters<App['assessorOver']>[0]) =>
      (await compose(readConfig().config)).assessorOver(lexicon),
  };
  lexiconCommand(program, lexiconDeps);
  const { environment } = lexiconDeps;
  regionsCommand(program, { environment, gazetteer: () => lists.loadGazetteer(readConfig().config) });
  watchCommand(program, {
    environment,
    topics: (folder) => lists.watchTopics(readConfig().config, folder),
    namesOf: () => lists.sidesNamed(readConfig().config),
    now: () => Date.now(),
  });
  auditCommand(program, {
    ...lexiconDeps,
    readAudit: (work) =>
      withConfigured((app, environment) => work(app.storeForReading().desk.audit, environment)),
  });
  verifyCommand(program, verifyDeps());
  evalCommand(program, { ...assessing, records: readRecords });
  trainCommand(program, {
    environment: () => environmentOf(readConfig().config),
    finder: () => lexiconFinder(readConfig().config),
    records: readRecords,
    decisions: (limit) => withConfigured((app) => [...app.storeForReading().desk.learning.decided(limit)]),
    seeds: () => readSeedWords(modelsFolder(readConfig().config)),
    writeModel(kind, model, file = modelPath(modelsFolder(readConfig().config), kind)) {
      return { file, version: writeModelFile(file, model) };
    },
  });
}

try {
  program.exitOverride();
  const everyday = new Set(program.commands.map((command) => command.name()));
  const [asked] = program.parseOptions(process.argv.slice(2)).operands;
  if (asked === undefined || !everyday.has(asked)) await addKeepersCommands();
  for (const command of [...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.exitOverride();
  }
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) exitWith(error.exitCode === 0 ? 0 : 2);
  else {
    io.err(
      `ronda: ${error instanceof RondaError ? error.message : `defect: ${error instanceof Error ? error.stack : messageOf(error)}`}\n`,
    );
    exitWith(2);
    // What a failed command leaves behind (a schedule's timer, a connection) must not keep a process that does nothing any
    // more: who keeps it running would take it for alive.
    setTimeout(() => process.exit(), AFTERLIFE_MS).unref();
  }
}
process.exitCode = status;
