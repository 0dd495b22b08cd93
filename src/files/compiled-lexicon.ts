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
const LISTS_FILE = join(CODE, '..', 'lists.bin');
/** Rooms whose code decides what a compiled lexicon, and what compiled lists are. */
const ROOMS = ['lexicon', 'text'];
const LIST_ROOMS = [...ROOMS, 'region', 'topic', 'files'];
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
  return (await readCompiled(lines, ROOMS, file)) as Lexicon | undefined;
}

/** As {@link readCompiledLexicon}, of the lists of places and topics: what {@link writeCompiledLists} was given. */
export function readCompiledLists(texts: readonly string[], file = LISTS_FILE): Promise<unknown> {
  return readCompiled(asLines(texts), LIST_ROOMS, file);
}

/** @param lists data alone: no function survives it */
export function writeCompiledLists(
  texts: readonly string[],
  lists: unknown,
  file = LISTS_FILE,
): Promise<void> {
  return writeCompiled(asLines(texts), LIST_ROOMS, lists, file);
}

function asLines(texts: readonly string[]): Line[] {
  return texts.map((line) => ({ line }));
}

async function readCompiled(
  lines: readonly Line[],
  rooms: readonly string[],
  file: string,
): Promise<unknown> {
  try {
    const kept = await readFile(file);
    if (kept.toString('latin1', 0, KEY_CHARS) !== (await keyOf(lines, rooms))) return undefined;
    return deserialize(kept.subarray(KEY_CHARS));
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
  await writeCompiled(lines, ROOMS, lexicon, file);
}

async function writeCompiled(
  lines: readonly Line[],
  rooms: readonly string[],
  compiled: unknown,
  file: string,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}`;
  const key = Buffer.from(await keyOf(lines, rooms), 'latin1');
  await writeFile(fresh, Buffer.concat([key, serialize(compiled)]));
  await rename(fresh, file);
}

/** A hash of all that a compiled lexicon depends on: lines, code, and the engine whose form it is kept in. */
async function keyOf(lines: readonly Line[], rooms: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.versions.v8);
  // Names the versions of the packages whose word lists the text room reads.
  hash.update(await readFile(join(packageRoot, 'package.json')));
  for (const room of rooms) {
    const folder = join(CODE, room);
    for (const name of (await readdir(folder)).sort()) {
      if (!/\.[jt]s$/.test(name)) continue;
      hash.update(`\0${name}\0`).update(await readFile(join(folder, name)));
    }
  }
  for (const { line } of lines) hash.update('\n').update(line);
  return hash.digest('hex');
}
