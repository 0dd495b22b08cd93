import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CannotRunError, messageOf } from '../core/errors.js';

/** A public key that a person has pinned, under a name of their choosing. */
export interface PinnedKey {
  readonly name: string;
  /** SPKI in PEM, or 32 bytes as hex: as it was given. */
  readonly publicKey: string;
}

const schema = z.array(z.strictObject({ name: z.string(), publicKey: z.string() }));
const MAX_PINS = 1_000;

/** Where pinned keys stand. */
export function pinsPath(home: string): string {
  return join(home, 'trusted-keys.json');
}

/** @throws CannotRunError `pins` where the file cannot be read as one */
export function readPins(path: string): readonly PinnedKey[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new CannotRunError('pins', `${path} cannot be read: ${messageOf(error)}`);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new CannotRunError(
      'pins',
      `${path} is no list of pinned keys; move it away and pin the keys again`,
    );
  }
}

/**
 * Pins a key, for the owner of the folder alone. A name keeps its key: who wants another under it takes it out by hand.
 *
 * @throws CannotRunError `pins` where the name stands for another key already, or the file cannot be written
 */
export function addPin(path: string, pin: PinnedKey): void {
  const pins = readPins(path);
  const known = pins.find(({ name }) => name === pin.name);
  if (known?.publicKey === pin.publicKey) return;
  if (known !== undefined) {
    throw new CannotRunError(
      'pins',
      `"${pin.name}" stands for another key in ${path}; take it out there first`,
    );
  }
  if (pins.length >= MAX_PINS)
    throw new CannotRunError('pins', `${path} holds ${MAX_PINS} keys, the most there may be`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
    writeFileSync(aside, `${JSON.stringify([...pins, pin], null, 1)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(aside, 0o600);
    renameSync(aside, path);
  } catch (error) {
    throw new CannotRunError('pins', `${path} cannot be written: ${messageOf(error)}`);
  }
}

/**
 * A file as a whole.
 *
 * @param most largest size that is read, in bytes; of a larger file that many and one more are returned
 * @throws CannotRunError `no-file`
 */
export function readWholeFile(path: string, most: number): Uint8Array {
  try {
    const { size } = statSync(path);
    return size > most ? new Uint8Array(most + 1) : new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new CannotRunError('no-file', `${path} cannot be read: ${messageOf(error)}`);
  }
}
