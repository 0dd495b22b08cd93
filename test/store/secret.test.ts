import { createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealer } from '../../src/store/seal.js';
import { loadSecret } from '../../src/store/secret.js';

const BYTES = Buffer.from(Array.from({ length: 32 }, (_, n) => n * 7 + 1));

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ronda-secret-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('the secret', () => {
  it('is made at the first run, for its owner alone, and stays', () => {
    const inner = join(home, 'data');
    const secret = loadSecret({ home: inner, env: {} });
    expect(secret).toHaveLength(32);
    expect(loadSecret({ home: inner, env: {} })).toEqual(secret);
    expect(readdirSync(inner)).toEqual(['secret.key']);
    expect(statSync(join(inner, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(loadSecret({ home: join(home, 'lain'), env: {} })).not.toEqual(secret);
  });

  it.each([
    ['hex', BYTES.toString('hex'), BYTES],
    ['hex in capitals', BYTES.toString('hex').toUpperCase(), BYTES],
    ['base64', BYTES.toString('base64'), BYTES],
    ['base64 for addresses', Buffer.alloc(33, 0xfb).toString('base64url'), Buffer.alloc(33, 0xfb)],
    [
      'any text',
      'kalimat sandi rekaan yang cukup panjang',
      Buffer.from('kalimat sandi rekaan yang cukup panjang'),
    ],
  ])('may be given as %s, in the environment or a file', (_, value, expected) => {
    const file = join(home, 'rahasia');
    writeFileSync(file, `${value}\n`);
    expect(loadSecret({ home, env: { RONDA_SECRET: value } })).toEqual(expected);
    expect(loadSecret({ home, env: { RONDA_SECRET_FILE: file } })).toEqual(expected);
    expect(readdirSync(home)).toEqual(['rahasia']);
  });

  it('may be a file of any bytes', () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0]), randomBytes(40)]);
    writeFileSync(join(home, 'rahasia'), bytes);
    expect(loadSecret({ home, env: { RONDA_SECRET_FILE: join(home, 'rahasia') } })).toEqual(bytes);
  });

  it.each([
    ['too short', { RONDA_SECRET: 'pendek' }, /RONDA_SECRET has 6 bytes; at least 32/],
    ['empty', { RONDA_SECRET: '' }, /at least 32/],
    ['missing', { RONDA_SECRET_FILE: '/tidak/ada' }, /cannot read \/tidak\/ada/],
    ['given twice', { RONDA_SECRET: 'x'.repeat(40), RONDA_SECRET_FILE: 'y' }, /both/],
  ])('is refused when it is %s', (_, env, message) => {
    expect(() => loadSecret({ home, env })).toThrow(expect.objectContaining({ kind: 'secret' }));
    expect(() => loadSecret({ home, env })).toThrow(message);
  });

  it('that was cut short is refused, not replaced', () => {
    writeFileSync(join(home, 'secret.key'), 'abc\n');
    expect(() => loadSecret({ home, env: {} })).toThrow(/secret\.key.* has 3 bytes/);
    expect(readFileSync(join(home, 'secret.key'), 'utf8')).toBe('abc\n');
  });
});

describe('the sealer', () => {
  const sealer = createSealer(BYTES);
  const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 9_000, size: 'max' }));

  it('hashes by HMAC-SHA-256 with a key of its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const target = Buffer.alloc(40, 1);
        sealer.digestInto(text, target, 8, 16);
        const digest = sealer.digest(text);
        expect(target.subarray(8, 24)).toEqual(digest);
        expect(target.subarray(24)).toEqual(Buffer.alloc(16, 1));
        expect(digest).not.toEqual(createHmac('sha256', BYTES).update(text).digest().subarray(0, 16));
      }),
    );
    // The key as HKDF (RFC 5869) derives it, by hand: extract with an empty salt, expand for one block.
    const extracted = createHmac('sha256', Buffer.alloc(32)).update(BYTES).digest();
    const key = createHmac('sha256', extracted).update('ronda hash v1\x01').digest();
    for (const text of ['', 'rekaan:1', 'é🐒'.repeat(5_000)]) {
      expect(sealer.digest(text)).toEqual(createHmac('sha256', key).update(text).digest().subarray(0, 16));
    }
  });

  it('opens what it sealed, for the same context only', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const box = sealer.seal(text, 'post 1');
        expect(sealer.open(box, 'post 1')).toBe(Buffer.from(text).toString());
        expect(() => sealer.open(box, 'post 2')).toThrow(expect.objectContaining({ kind: 'seal-broken' }));
        expect(sealer.seal(text, 'post 1')).not.toEqual(box);
      }),
    );
  });

  it('opens nothing that was changed, cut or sealed with another secret', () => {
    const box = sealer.seal('isi rekaan', 'post 1');
    for (let at = 0; at < box.length; at += 1) {
      const changed = Buffer.from(box);
      changed[at]! ^= 0x10;
      expect(() => sealer.open(changed, 'post 1')).toThrow(expect.objectContaining({ kind: 'seal-broken' }));
      expect(() => sealer.open(box.subarray(0, at), 'post 1')).toThrow(
        expect.objectContaining({ kind: 'seal-broken' }),
      );
    }
    const other = createSealer(Buffer.alloc(32, 9));
    expect(other.check).not.toEqual(sealer.check);
    expect(() => other.open(box, 'post 1')).toThrow(expect.objectContaining({ kind: 'seal-broken' }));
  });
});
