import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeModel, encodeModel, readModelFile, writeModelFile } from '../../src/files/model-files.js';

const folder = mkdtempSync(join(tmpdir(), 'models-'));
afterAll(() => rmSync(folder, { recursive: true }));

const model = {
  kind: 'classifier' as const,
  header: { bits: 8, lanes: ['hate'], bias: [0.25] },
  weights: Int8Array.of(-127, 0, 1, 127),
};
const refused = expect.objectContaining({ kind: 'bad-model' });

describe('a model file', () => {
  it('comes back as it was written, with its version', () => {
    const path = join(folder, 'model.bin');
    const version = writeModelFile(path, model);
    expect(readModelFile(path)).toEqual({ ...model, version });
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(readdirSync(folder)).toEqual(['model.bin']);
  });

  it('has another version when a weight or a number of the header changes', () => {
    const version = (changed: Partial<typeof model>) =>
      decodeModel(encodeModel({ ...model, ...changed }), 'x').version;
    const versions = [
      version({}),
      version({ weights: Int8Array.of(-127, 0, 2, 127) }),
      version({ header: { ...model.header, bias: [0.5] } }),
    ];
    expect(new Set(versions).size).toBe(3);
    expect(version({})).toBe(versions[0]);
  });

  it('is refused when any byte of it was changed', () => {
    const bytes = encodeModel(model);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = Buffer.from(bytes);
        broken[at] = broken[at]! ^ change;
        expect(() => decodeModel(broken, 'model.bin')).toThrow(refused);
      }),
    );
  });

  it('is refused when it is cut short, longer, empty or something else', () => {
    const bytes = encodeModel(model);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeModel(bytes.subarray(0, length), 'model.bin')).toThrow(refused);
    }
    expect(() => decodeModel(Buffer.concat([bytes, Buffer.of(0)]), 'model.bin')).toThrow(refused);
    expect(() => decodeModel(readFileSync(import.meta.filename), 'model.bin')).toThrow(refused);
  });

  it('that is not there is named in the error', () => {
    const path = join(folder, 'none.bin');
    expect(() => readModelFile(path)).toThrow(
      expect.objectContaining({ kind: 'no-model', message: expect.stringContaining(path) }),
    );
  });

  it('that is no model is named in the error', () => {
    const path = join(folder, 'other.bin');
    writeFileSync(path, 'not a model');
    expect(() => readModelFile(path)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(path) }),
    );
  });
});
