import { kindSchemas } from '../src/compose.js';
import { lexiconFolder } from '../src/compose-assessor.js';
import { parseConfig } from '../src/config.js';
import { readLexiconFiles } from '../src/files/lexicon-files.js';
import type { Entry } from '../src/lexicon/entry.js';
import { parseLines } from '../src/lexicon/load.js';
import { isSchedule } from '../src/pipeline/schedule.js';

/** The entries of the package's lexicons, of which invented posts are made. */
export async function readEntries(): Promise<readonly Entry[]> {
  const config = parseConfig({
    document: undefined,
    file: 'bench',
    environment: {},
    kinds: kindSchemas,
    isSchedule,
  });
  const { placed } = parseLines(await readLexiconFiles(lexiconFolder(config)));
  return placed.map(({ entry }) => entry);
}
