import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileLexicon, type Lexicon } from '../../src/lexicon/compile.js';
import type { Entry } from '../../src/lexicon/entry.js';
import { type Assessor, createAssessor } from '../../src/score/assess.js';

const ROOT = fileURLToPath(new URL('../../lexicons', import.meta.url));
let lexicon: Lexicon | undefined;
let assessor: Assessor | undefined;

/** The project's own lexicon, read once. */
export function theLexicon(): Lexicon {
  lexicon ??= compileLexicon(
    readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .flatMap((name) => readFileSync(join(ROOT, name), 'utf8').split('\n'))
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Entry),
  );
  return lexicon;
}

/** Rules and lexicon alone: no classifier, no language model. */
export function theAssessor(): Assessor {
  assessor ??= createAssessor({ lexicon: theLexicon() });
  return assessor;
}

const HATEFUL = new Set(['hate', 'sara', 'incitement', 'threat']);

/** True where the flags say that a post is hostile to people, and not merely rude. */
export function isHateful(text: string): boolean {
  return theAssessor()
    .assess(text)
    .flags.some((flag) => HATEFUL.has(flag));
}
