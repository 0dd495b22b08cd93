import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Lexicon } from '../lexicon/compile.js';
import { packageRoot } from './package-root.js';

/* A lexicon compiled beforehand: reading it costs a fortieth of compiling it, in every process and every thread. */

/** The code's own folder, `src` below wherever it was built to. */
const CODE = fileURLToPath(new URL('..', import.meta.url));
/** Beside the code, since it is good for this very code only. */
const FILE = join(CODE, '..', 'lexicon.bin');
/** Rooms whose code decides what a compiled lexicon is. */
const ROOMS = ['lexicon', 'text'];
/** Hex digits of the key that opens the file. */
const KEY_CHARS = 64;

interface Line {
  readonly line: string;
}

/**
 * The lexicon compiled from exactly these lines by exactly this code; undefined where no such one is kept, or where
 * what is kept cannot be read: it is compiled then.
 */
export async function readCompiledLexicon(lines: readonly Line[], file = FILE): Promise<Lexicon | undefined> {
  try {
    const kept = await readFile(file);
    if (kept.toString('latin1', 0, KEY_CHARS) !== (await keyOf(lines))) return undefined;
    return deserialize(kept.subarray(KEY_CHARS)) as Lexicon;
  } catch {
    return undefined;
  }
}

/** Keeps a lexicon for {@link readCompiledLexicon}. Readers see the old file or the new one, never half of one. */
export async function writeCompiledLexicon(
  lines: readonly Line[],
  lexicon: Lexicon,
  file = FILE,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, Buffer.concat([Buffer.from(await keyOf(lines), 'latin1'), serialize(lexicon)]));
  await rename(fresh, file);
}

/** A hash of all that a compiled lexicon depends on: lines, code, and the engine whose form it is kept in. */
async function keyOf(lines: readonly Line[]): Promise<string> {
  const hash = createHash('sha256').update(process.versions.v8);
  // Names the versions of the packages whose word lists the text room reads.
  hash.update(await readFile(join(packageRoot, 'package.json')));
  for (const room of ROOMS) {
    const folder = join(CODE, room);
    for (const name of (await readdir(folder)).sort()) {
      if (!/\.[jt]s$/.test(name)) continue;
      hash.update(`\0${name}\0`).update(await readFile(join(folder, name)));
    }
  }
  for (const { line } of lines) hash.update('\n').update(line);
  return hash.digest('hex');
}
