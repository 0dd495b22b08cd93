/** The labelled tweets and everyday talk of ../shared/data, where they are. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/files/package-root.js';

const FILES = ['tweets-labelled.jsonl', 'everyday-talk.jsonl'];

/** Their texts; undefined where the folder is missing. */
export function realTexts(): string[] | undefined {
  const folder = join(packageRoot, '..', 'shared', 'data');
  if (!FILES.every((file) => existsSync(join(folder, file)))) return undefined;
  return FILES.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { text: string }).text),
  );
}
