/** Commands of those who keep lexicons and models: a part of main.ts. */
import type { Command } from 'commander';
import { type App, compose } from '../compose.js';
import { readPosts, readRecords } from '../compose-input.js';
import type { Config } from '../config.js';
import { modelPath, readSeedWords, writeModelFile } from '../files/model-files.js';
import { addPin, pinsPath, readPins, readWholeFile } from '../files/packet-files.js';
import type { CommandEnvironment } from './commands/environment.js';
import type { EvalDeps } from './commands/eval.js';
import type { VerifyDeps } from './commands/verify.js';

interface Keepers {
  /** Of ronda.yaml as it is now. */
  readonly config: () => Config;
  readonly environment: () => CommandEnvironment;
  readonly withConfigured: <T>(
    work: (app: App, environment: CommandEnvironment) => Promise<T> | T,
  ) => Promise<T>;
  readonly assessing: Pick<EvalDeps, 'withAssessor'>;
}

/** `ronda verify` on any machine: without a store, and with no network. */
const verifyDeps = ({ config, environment, withConfigured }: Keepers): VerifyDeps => ({
  environment,
  readFile: readWholeFile,
  pins: () => readPins(pinsPath(config().home)),
  pin: (name, publicKey) => addPin(pinsPath(config().home), { name, publicKey }),
  signer: () => withConfigured((app) => app.packetSigner()),
});

/** Commands of those who keep lexicons and models: they bring the whole detection with them, so the others go without. */
export async function addKeepersCommands(program: Command, keepers: Keepers): Promise<void> {
  const { config, environment, withConfigured } = keepers;
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
    environment,
    lines: async (folder?: string) => (await compose(config())).lexiconLines(folder),
    posts: readPosts,
    assessorOf: async (lexicon: Parameters<App['assessorOver']>[0]) =>
      (await compose(config())).assessorOver(lexicon),
  };
  lexiconCommand(program, lexiconDeps);
  regionsCommand(program, { environment, gazetteer: () => lists.loadGazetteer(config()) });
  watchCommand(program, {
    environment,
    topics: (folder) => lists.watchTopics(config(), folder),
    namesOf: () => lists.sidesNamed(config()),
    now: () => Date.now(),
  });
  auditCommand(program, {
    ...lexiconDeps,
    readAudit: (work) =>
      withConfigured((app, environment) => work(app.storeForReading().desk.audit, environment)),
  });
  verifyCommand(program, verifyDeps(keepers));
  evalCommand(program, { ...keepers.assessing, records: readRecords });
  trainCommand(program, {
    environment,
    finder: () => lexiconFinder(config()),
    records: readRecords,
    decisions: (limit) => withConfigured((app) => [...app.storeForReading().desk.learning.decided(limit)]),
    seeds: () => readSeedWords(modelsFolder(config())),
    writeModel(kind, model, file = modelPath(modelsFolder(config()), kind)) {
      return { file, version: writeModelFile(file, model) };
    },
  });
}
