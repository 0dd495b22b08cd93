import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretOf } from '../../src/files/secret-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, 'secret');
  writeFileSync(path, text);
  return path;
}

it.each([
  ['kunci', 'kunci'],
  ['kunci\n', 'kunci'],
  ['kunci\r\n', 'kunci'],
  [' dua baris\ndan spasi \n', ' dua baris\ndan spasi '],
  ['', ''],
])('reads a file that holds %j', (text, secret) => {
  expect(secretOf({ TOKEN_FILE: file(text) }, 'TOKEN')).toBe(secret);
});

it('takes the variable, the file, or neither, and never both', () => {
  expect(secretOf({ TOKEN: 'x' }, 'TOKEN')).toBe('x');
  expect(secretOf({ OTHER_FILE: file('x') }, 'TOKEN')).toBeUndefined();
  expect(() => secretOf({ TOKEN: 'x', TOKEN_FILE: file('y') }, 'TOKEN')).toThrow('keep one of them');
});

it('says which file it could not read, and shows nothing of one that is no secret', () => {
  expect(() => secretOf({ TOKEN_FILE: join(folder, 'nowhere') }, 'TOKEN')).toThrow(
    expect.objectContaining({ kind: 'secret', message: expect.stringContaining('nowhere') }),
  );
  expect(() => secretOf({ TOKEN_FILE: file('rahasia'.repeat(20_000)) }, 'TOKEN')).toThrow(
    'larger than 64 kB',
  );
});
