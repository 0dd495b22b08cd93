import { join } from 'node:path';
import { createClaimMatcher } from './claims/match.js';
import { LEAST_SIMILARITY } from './claims/weights.js';
import { createClassifier } from './classify/model.js';
import type { Config } from './config.js';
import type { Claim } from './core/claim.js';
import { CannotRunError } from './core/errors.js';
import type { Clock } from './core/ports.js';
import { claimsState, claimsStorePath, readClaimsStore, watchClaims } from './files/claims-store.js';
import { readCompiledLexicon, writeCompiledLexicon } from './files/compiled-lexicon.js';
import { lexiconState, readLexiconFiles, watchLexicon } from './files/lexicon-files.js';
import { modelPath, readModelFile } from './files/model-files.js';
import { packageRoot } from './files/package-root.js';
import { compileLexicon, type Lexicon } from './lexicon/compile.js';
import { find, type Hit } from './lexicon/find.js';
import { loadLexicon, parseLines } from './lexicon/load.js';
import type { Assessor } from './pipeline/score.js';
import { type AssessorParts, createAssessor } from './score/assess.js';
import { createSurvey } from './score/survey.js';
import { createLanguageDetector } from './text/language.js';
import { readLanguageModel } from './text/language-model.js';
import type { Normalised } from './text/normalise.js';

/**
 * The assessor with the lexicons and models on disk. At a start the lexicons' lines are checked one by one; every
 * example of every entry is tried where they change, which takes seconds: by `ronda lexicon lint`, by the tests, and
 * here when the files are seen to change, before they take the old ones' place without a restart. A faulty change
 * leaves the old lexicon where it is and is reported. Imported fact-checks that change take the old ones' place likewise.
 * @param trial fact-checks to match with in place of the imported ones; the nearest is told of, however unlike
 * @throws CannotRunError kind `lexicon` listing what is wrong, `bad-claims` where the imported fact-checks are damaged
 */
export async function loadAssessor(
  config: Config,
  clock: Clock,
  report: (error: unknown) => void,
  closers: (() => Promise<void> | void)[],
  trial?: readonly Claim[],
): Promise<Assessor> {
  const folder = lexiconFolder(config);
  const since = await lexiconState(folder);
  const claimsPath = claimsStorePath(config.home);
  const claimsSince = claimsState(claimsPath);
  const models = loadModels(config);
  let claims = loadClaims(config, trial);
  let lexicon = await startingLexicon(await readLexiconFiles(folder));
  const assembled = (): ReturnType<typeof createAssessor> =>
    createAssessor({ lexicon, ...models, ...claims, ...thresholdsOf(config) });
  let current = assembled();
  const ended = new AbortController();
  void watchLexicon(
    {
      folder,
      clock,
      signal: ended.signal,
      onChange: (lines) => {
        lexicon = checkedLexicon(lines);
        current = assembled();
      },
      onFault: ({ message }) => report(new CannotRunError('lexicon', message)),
    },
    since,
  );
  if (trial === undefined) {
    void watchClaims(
      {
        path: claimsPath,
        clock,
        signal: ended.signal,
        onChange: (known) => {
          claims = matcherOver(known, LEAST_SIMILARITY);
          current = assembled();
        },
        onFault: report,
      },
      claimsSince,
    );
  }
  closers.push(() => ended.abort());
  return {
    assess: (text) => current.assess(text),
    lastRead: () => current.lastRead(),
    get versions() {
      return current.versions;
    },
  };
}

/** Every line of a lexicon folder; of the configured one unless told otherwise. */
export function readLexicon(config: Config, folder?: string): ReturnType<typeof readLexiconFiles> {
  return readLexiconFiles(folder ?? lexiconFolder(config));
}

/** What the configured lexicon finds in a text when it is assessed. */
export async function lexiconFinder(config: Config): Promise<(n: Normalised) => readonly Hit[]> {
  const lexicon = await startingLexicon(await readLexiconFiles(lexiconFolder(config)));
  const { interest } = createSurvey(lexicon);
  return (n) => find(lexicon, n, interest);
}

/** An assessor over this lexicon, with the configured models. */
export function assessorOver(config: Config, lexicon: Lexicon): Assessor {
  return createAssessor({ lexicon, ...loadModels(config), ...thresholdsOf(config) });
}

export function lexiconFolder(config: Config): string {
  return config.lexicons ?? join(packageRoot, 'lexicons');
}

/** The trained models. */
export function loadModels(config: Config): Omit<AssessorParts, 'lexicon'> {
  const folder = modelsFolder(config);
  return {
    languageDetector: createLanguageDetector(readLanguageModel(readModelFile(modelPath(folder, 'language')))),
    classifier: createClassifier(readModelFile(modelPath(folder, 'classifier'))),
  };
}

/** The matcher over the fact-checks of a trial, else the imported ones; nothing where there are none. */
function loadClaims(config: Config, trial?: readonly Claim[]): Pick<AssessorParts, 'claims'> {
  return trial === undefined
    ? matcherOver(readClaimsStore(claimsStorePath(config.home)), LEAST_SIMILARITY)
    : matcherOver(trial, 0);
}

function matcherOver(claims: readonly Claim[], least: number): Pick<AssessorParts, 'claims'> {
  return claims.length === 0 ? {} : { claims: createClaimMatcher(claims, least) };
}

export function modelsFolder(config: Config): string {
  return config.models ?? join(packageRoot, 'models');
}

/** The configured thresholds, those left out apart. */
function thresholdsOf(config: Config): Pick<AssessorParts, 'thresholds'> {
  const set = Object.entries(config.thresholds).filter(([, least]) => least !== undefined);
  return { thresholds: Object.fromEntries(set) };
}

type Lines = Parameters<typeof parseLines>[0];

/** The lexicon as the build left it compiled, where it holds these very lines; else compiled now, which takes a second. */
async function startingLexicon(lines: Lines): Promise<Lexicon> {
  return (await readCompiledLexicon(lines)) ?? parsedLexicon(lines);
}

/** Compiles the lexicons of the package and keeps the result beside the code, for quick starts. */
export async function prepareLexicon(): Promise<void> {
  const lines = await readLexiconFiles(join(packageRoot, 'lexicons'));
  await writeCompiledLexicon(lines, parsedLexicon(lines));
}

function parsedLexicon(lines: Lines): Lexicon {
  const { placed, problems } = parseLines(lines);
  if (problems.length > 0) throw refused(problems);
  return compileLexicon(placed.map(({ entry }) => entry));
}

function checkedLexicon(lines: Lines): Lexicon {
  const { lexicon, problems } = loadLexicon(lines);
  if (lexicon === undefined) throw refused(problems);
  return lexicon;
}

function refused(problems: ReturnType<typeof loadLexicon>['problems']): CannotRunError {
  const told = problems
    .slice(0, 20)
    .map(({ where, code, id, key, found }) =>
      ['  -', `${where}:`, code, id, key, found].filter((part) => part !== undefined).join(' '),
    );
  return new CannotRunError(
    'lexicon',
    `The lexicon has ${problems.length} fault(s) and was not taken:\n${told.join('\n')}\n"ronda lexicon lint" lists them all.`,
  );
}
