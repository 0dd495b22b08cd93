import { constants, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { CannotRunError, messageOf } from '../core/errors.js';
import { packageRoot } from './package-root.js';

/** A configuration as plain values, and where in its file each stands. */
export interface ConfigFile {
  readonly document: unknown;
  /** Line, from 1, of a key by its path, or of the nearest one above it that is there. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/**
 * Reads a YAML file.
 * @returns undefined where there is no such file
 * @throws CannotRunError kind `config` where it cannot be read or is no YAML
 */
export function readConfigFile(path: string): ConfigFile | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CannotRunError(
      'config',
      `${path} cannot be read: ${messageOf(error)}. Make it readable, or name another with --config.`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CannotRunError('config', `${path} is not UTF-8; save it as UTF-8.`);
  }
  try {
    const lines = new LineCounter();
    const parsed = parseDocument(text, { lineCounter: lines });
    const [first] = parsed.errors;
    if (first !== undefined) throw first;
    const document: unknown = parsed.toJS({ maxAliasCount: 100 });
    return { document: document ?? {}, lineOf: (at) => lineIn(parsed, lines, at) };
  } catch (error) {
    throw new CannotRunError('config', `${path} is not YAML: ${messageOf(error)}`);
  }
}

function lineIn(parsed: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = parsed.contents;
  let at: number | undefined;
  for (const step of path) {
    let key: unknown;
    if (isMap(node)) {
      const pair = node.items.find((each) => String(each.key) === String(step));
      key = pair?.key;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      key = node;
    }
    const start = (key as Node | undefined)?.range?.[0];
    if (start === undefined) break;
    at = start;
  }
  return at === undefined ? undefined : lines.linePos(at).line;
}

/**
 * Writes the commented starter.
 * @throws CannotRunError kind `exists` where the file is there already
 */
export function writeStarter(path: string): void {
  try {
    copyFileSync(join(packageRoot, 'docs', 'ronda.yaml'), path, constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new CannotRunError(
        'exists',
        `${path} is there already and was left as it is; name another file.`,
      );
    }
    throw new CannotRunError('config', `${path} cannot be written: ${messageOf(error)}`);
  }
}
