import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifyCommand } from '../../src/cli/commands/verify.js';
import { addPin, pinsPath, readPins, readWholeFile } from '../../src/files/packet-files.js';
import { makePacket } from '../../src/report/packet.js';
import { MAX_PACKET_BYTES } from '../../src/report/packet-format.js';
import { createPacketSigner } from '../../src/store/packet-key.js';
import { words } from '../../src/words/catalogue.js';
import { contentOf, makingOf, SIGNER } from '../support/packet.js';

let folder: string;
let good: string;
let forged: string;
let changed: string;
let key: string;
let home: string;
const OTHER = createPacketSigner(Buffer.alloc(32, 6));
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-verify-'));
  const packet = await makePacket(contentOf(), makingOf());
  [good, forged, changed, key] = [at('baik.zip'), at('palsu.zip'), at('ubah.zip'), at('kunci.pem')];
  writeFileSync(good, packet.bytes);
  writeFileSync(forged, (await makePacket(contentOf(), makingOf(OTHER))).bytes);
  const altered = Buffer.from(packet.bytes);
  const place = altered.indexOf('"platform": "rekaan"');
  altered.write('X', place + 15);
  writeFileSync(changed, altered);
  writeFileSync(key, SIGNER.publicKey);
  writeFileSync(at('lain.pem'), OTHER.publicKey);
});
afterAll(() => rmSync(folder, { recursive: true }));
let homes = 0;
beforeEach(() => {
  homes += 1;
  home = at(`rumah-${homes}`);
});

/** The command as the terminal runs it, with a home of its own. */
async function ronda(...args: string[]): Promise<{ out: string; err: string; status: number }> {
  const said = { out: '', err: '', status: 0 };
  const onto = (stream: 'out' | 'err') => (text: string) => {
    said[stream] += text;
  };
  const program = new Command().exitOverride().configureOutput({ writeErr: onto('err') });
  const language = 'id';
  verifyCommand(program, {
    environment: () => ({
      io: {
        out: onto('out'),
        err: onto('err'),
        interactive: false,
        columns: 80,
        input: Readable.from([]),
      },
      words: words(language),
      language,
      zone: 'Asia/Jakarta',
      signal: new AbortController().signal,
      exitWith: (status) => {
        said.status = status;
      },
    }),
    readFile: readWholeFile,
    pins: () => readPins(pinsPath(home)),
    pin: (name, publicKey) => addPin(pinsPath(home), { name, publicKey }),
    signer: async () => SIGNER,
  });
  await program.parseAsync(['verify', ...args], { from: 'user' });
  return said;
}

describe('ronda verify', () => {
  it('says that a packet is genuine, and by whose key', async () => {
    const said = await ronda(good, '--key', key);
    expect(said.status).toBe(0);
    expect(said.out).toContain('Asli: paket butir 17');
    expect(said.out).toContain(SIGNER.key);
  });

  it('names the file and the block that was changed, with status 1', async () => {
    const said = await ronda(changed, '--key', key);
    expect(said.status).toBe(1);
    expect(said.out).toContain('Berkas: unggahan/post.json');
    expect(said.out).toContain('blok pertama yang berbeda: 0 (mulai bita 0');
    const json = JSON.parse((await ronda(changed, '--key', key, '--json')).out) as object;
    expect(json).toMatchObject({ ok: false, kind: 'changed', file: 'unggahan/post.json', block: 0 });
  });

  it('trusts no key but the given one or those pinned before, whatever a packet says', async () => {
    await expect(ronda(good)).rejects.toMatchObject({ kind: 'no-key' });
    expect((await ronda(forged, '--key', key)).out).toContain('kunci lain');
    await ronda('--pin', 'polda-rekaan', '--key', key);
    expect((await ronda(good)).out).toContain('"polda-rekaan"');
    expect((await ronda(forged)).status).toBe(1);
    // A key that is given stands alone: what is pinned does not help.
    expect((await ronda(good, '--key', at('lain.pem'))).status).toBe(1);
    expect(statSync(pinsPath(home)).mode & 0o777).toBe(0o600);
  });

  it('keeps the key of a name, and pins nothing by looking at a packet', async () => {
    await ronda(good, '--key', key);
    expect(readPins(pinsPath(home))).toEqual([]);
    await ronda('--pin', 'polda-rekaan', '--key', key);
    await ronda('--pin', 'polda-rekaan', '--key', key);
    await expect(ronda('--pin', 'polda-rekaan', '--key', at('lain.pem'))).rejects.toMatchObject({
      kind: 'pins',
    });
    expect(readPins(pinsPath(home))).toHaveLength(1);
  });

  it('prints the own public key, and never more', async () => {
    const said = await ronda('--show-key');
    expect(said.out).toBe(SIGNER.publicKey);
    expect(said.out).not.toContain('PRIVATE');
  });

  it.each([
    ['no packet', [], 'no-packet'],
    ['no such file', ['tiada.zip', '--key', 'KEY'], 'no-file'],
    ['a name without its key', ['--pin', 'x'], 'no-key'],
    ['a key that is none', ['GOOD', '--key', 'GOOD'], 'bad-key'],
  ])('cannot run with %s', async (_, args, kind) => {
    const given = args.map((arg) => ({ KEY: key, GOOD: good })[arg] ?? arg);
    await expect(ronda(...given)).rejects.toMatchObject({ kind });
  });

  it('reads no file that is larger than a packet can be', async () => {
    const { truncateSync } = await import('node:fs');
    const large = at('besar.zip');
    writeFileSync(large, '');
    truncateSync(large, MAX_PACKET_BYTES + 5_000_000_000);
    const said = await ronda(large, '--key', key);
    expect(said).toMatchObject({ status: 1 });
    expect(said.out).toContain('lebih besar');
  });

  it('tells of a file of pins that is none', async () => {
    await ronda('--pin', 'a', '--key', key);
    writeFileSync(pinsPath(home), '{');
    await expect(ronda(good)).rejects.toMatchObject({ kind: 'pins' });
  });
});
