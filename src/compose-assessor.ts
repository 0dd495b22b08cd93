import { join } from 'node:path';
import type { Config } from './config.js';
import { CannotRunError } from './core/errors.js';
import type { Clock } from './core/ports.js';
import { lexiconState, readLexiconFiles, watchLexicon } from './files/lexicon-files.js';
import { packageRoot } from './files/package-root.js';
import type { Lexicon } from './lexicon/compile.js';
import { loadLexicon } from './lexicon/load.js';
import type { Assessor } from './pipeline/score.js';
import { type AssessorParts, createAssessor } from './score/assess.js';

/**
 * The assessor with the lexicons and models on disk. The lexicons are watched: a change is checked in full and then
 * takes the old one's place without a restart; a faulty one leaves the old one where it is and is reported.
 * @throws CannotRunError kind `lexicon` listing what is wrong
 */
export async function loadAssessor(
  config: Config,
  clock: Clock,
  report: (error: unknown) => void,
  closers: (() => Promise<void> | void)[],
): Promise<Assessor> {
  const folder = config.lexicons ?? join(packageRoot, 'lexicons');
  const since = await lexiconState(folder);
  const models = {};
  const assessorOf = (lexicon: Lexicon): Assessor => createAssessor({ lexicon, ...models } satisfies AssessorParts);
  let current = assessorOf(lexiconOf(await readLexiconFiles(folder)));
  const ended = new AbortController();
  void watchLexicon({
    folder,
    clock,
    signal: ended.signal,
    onChange: (lines) => {
      current = assessorOf(lexiconOf(lines));
    },
    onFault: ({ message }) => report(new CannotRunError('lexicon', message)),
  }, since);
  closers.push(() => ended.abort());
  return { assess: (text) => current.assess(text) };
}

function lexiconOf(lines: Parameters<typeof loadLexicon>[0]): Lexicon {
  const { lexicon, problems } = loadLexicon(lines);
  if (lexicon !== undefined) return lexicon;
  const told = problems.slice(0, 20).map(({ where, code, id, key, found }) =>
    ['  -', `${where}:`, code, id, key, found].filter((part) => part !== undefined).join(' '),
  );
  throw new CannotRunError('lexicon', `The lexicon has ${problems.length} fault(s) and was not taken:\n${told.join('\n')}`);
}
