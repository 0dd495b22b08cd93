import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MadePacket } from '../../src/core/evidence.js';
import { makePacket } from '../../src/report/packet.js';
import { checkPacket, type PacketCheck, readPublicKey } from '../../src/report/packet-check.js';
import { archiveOf, BLOCK_BYTES, type Manifest, manifestFile } from '../../src/report/packet-format.js';
import { createPacketSigner } from '../../src/store/packet-key.js';
import { contentOf, makingOf, SIGNER } from '../support/packet.js';

const OTHER = createPacketSigner(Buffer.alloc(32, 5));
const trusted = [readPublicKey(SIGNER.publicKey)];
let packet: MadePacket;
let files: Record<string, Uint8Array>;
beforeAll(async () => {
  packet = await makePacket(contentOf(), makingOf());
  files = unzipSync(packet.bytes);
});

const textOf = (name: string): string => Buffer.from(files[name] ?? []).toString('utf8');
const archive = (of: Record<string, Uint8Array>): Uint8Array =>
  archiveOf(Object.entries(of).map(([path, bytes]) => ({ path, bytes })));
const check = (bytes: Uint8Array): PacketCheck => checkPacket(bytes, trusted);

describe('a packet', () => {
  it('holds the record byte by byte, the papers and no key', () => {
    expect(Object.keys(files)).toEqual([
      'manifest.json',
      'manifest.sig',
      'ringkasan.pdf',
      'unggahan/post.json',
      'unggahan/rekaman.json',
      'unggahan/rekaman-asal.json',
      'unggahan/diambil-ulang.json',
      'penilaian.json',
      'keputusan.json',
      'rujukan-hukum.json',
      'paket.json',
      'BACA-SAYA.txt',
      'SHA256SUMS',
    ]);
    expect(textOf('unggahan/rekaman.json')).toBe(contentOf().record?.bytes);
    expect(JSON.parse(textOf('unggahan/rekaman-asal.json'))).toMatchObject({
      from: 'https://rekaan.example/api/17',
      headers: { 'content-type': 'application/json' },
      receivedAt: '2026-01-05T08:31:00.000Z',
    });
    const rows = (JSON.parse(textOf('rujukan-hukum.json')) as { rows: { id: string; reviewedBy: null }[] })
      .rows;
    expect(rows.map(({ id }) => id)).toContain('kuhp-2023-242');
    expect(rows.every(({ reviewedBy }) => reviewedBy === null)).toBe(true);
    for (const name of Object.keys(files)) expect(textOf(name)).not.toContain('BEGIN PUBLIC KEY');
    expect(check(packet.bytes)).toMatchObject({ ok: true, item: 17, key: SIGNER.key });
  });

  it('keeps a record that is no text, and never gives it an ending that runs', async () => {
    const record = {
      ...contentOf().record!,
      mediaType: 'text/html',
      encoding: 'base64',
      bytes: '/wDvvg==',
    } as const;
    const made = await makePacket(contentOf({ record }), makingOf());
    expect([...unzipSync(made.bytes)['unggahan/rekaman.markup.txt']!]).toEqual([255, 0, 239, 190]);
    expect(check(made.bytes).ok).toBe(true);
  });
});

describe('checking', () => {
  it('names file and block, the signature, or the place in the archive, for any byte that is flipped', () => {
    const parts = Object.entries(files);
    let at = 0;
    const places = parts.map(([path, bytes]) => {
      const begin = at + 30 + path.length;
      at = begin + bytes.length;
      return { path, begin, end: at };
    });
    fc.assert(
      fc.property(fc.nat(packet.bytes.length - 1), fc.integer({ min: 1, max: 255 }), (offset, mask) => {
        const flipped = packet.bytes.slice();
        flipped[offset]! ^= mask;
        const found = check(flipped);
        if (found.ok) throw new Error(`byte ${offset} was flipped unseen`);
        const place = places.find(({ begin, end }) => offset >= begin && offset < end);
        if (place === undefined) return;
        if (place.path.startsWith('manifest.')) {
          expect(['bad-signature', 'other-key']).toContain(found.kind);
          expect(found.file).toBe('manifest.json');
          return;
        }
        const block = Math.floor((offset - place.begin) / BLOCK_BYTES);
        expect(found).toEqual({
          ok: false,
          kind: 'changed',
          file: place.path,
          block,
          offset: block * BLOCK_BYTES,
        });
      }),
      { numRuns: 400 },
    );
  });

  it('sees each byte of the archive’s own parts', () => {
    const [first] = Object.keys(files);
    const header = 30 + (first?.length ?? 0);
    const directory = packet.bytes.length - 22;
    for (const offset of [...Array(header).keys(), ...Array(22).keys()].map((n, i) =>
      i < header ? n : directory + n,
    )) {
      const flipped = packet.bytes.slice();
      flipped[offset]! ^= 0x10;
      expect(check(flipped).ok, `byte ${offset}`).toBe(false);
    }
  });

  it('fails for a packet that was altered and signed again with another key', async () => {
    const forged = await makePacket(contentOf({ addressee: 'bawaslu' }), makingOf(OTHER));
    expect(check(forged.bytes)).toEqual({
      ok: false,
      kind: 'other-key',
      file: 'manifest.json',
      key: OTHER.key,
    });
    // The forger names the trusted key all the same.
    const liar = await makePacket(contentOf(), makingOf({ ...OTHER, key: SIGNER.key }));
    expect(check(liar.bytes)).toMatchObject({ ok: false, kind: 'bad-signature' });
    expect(checkPacket(packet.bytes, []).ok).toBe(false);
  });

  it.each<[string, () => Uint8Array, object]>([
    [
      'a missing file',
      () => archive(without('penilaian.json')),
      { kind: 'missing-file', file: 'penilaian.json' },
    ],
    [
      'an added file',
      () => archive({ ...files, 'lain.txt': strToU8('x') }),
      { kind: 'extra-file', file: 'lain.txt' },
    ],
    ['no signature', () => archive(without('manifest.sig')), { kind: 'no-manifest', file: 'manifest.sig' }],
    [
      'a longer file',
      () => archive({ ...files, 'penilaian.json': strToU8(`${textOf('penilaian.json')} `) }),
      { kind: 'changed', file: 'penilaian.json' },
    ],
    ['a cut archive', () => packet.bytes.slice(0, -30), { kind: 'not-a-packet' }],
    ['nothing', () => new Uint8Array(), { kind: 'not-a-packet' }],
    ['something else', () => strToU8('%PDF-1.7 bukan paket'), { kind: 'not-a-packet' }],
    ['bytes after it', () => Buffer.concat([packet.bytes, Buffer.from('ekor')]), { ok: false }],
    ['bytes before it', () => Buffer.concat([Buffer.from('kepala'), packet.bytes]), { ok: false }],
    [
      'a way out of the folder',
      () => zipSync({ ...stored(), '../jahat.txt': [strToU8('x'), { level: 0 }] }),
      { kind: 'unsafe-name', file: '../jahat.txt' },
    ],
    [
      'an absolute name',
      () => zipSync({ ...stored(), '/etc/jahat': [strToU8('x'), { level: 0 }] }),
      { kind: 'unsafe-name' },
    ],
    [
      'a name that hides',
      () => zipSync({ ...stored(), 'a\u202Egpj.txt': [strToU8('x'), { level: 0 }] }),
      { kind: 'unsafe-name', file: 'a\\u202egpj.txt' },
    ],
    [
      'a bomb',
      () => zipSync({ ...stored(), 'bom.txt': new Uint8Array(20_000_000) }),
      { kind: 'compressed', file: 'bom.txt' },
    ],
    [
      'another packing',
      () =>
        zipSync(
          Object.fromEntries(
            Object.entries(files).map(([path, bytes]) => [path, [bytes, { level: 0, mtime: '2026-01-06' }]]),
          ),
        ),
      { kind: 'repacked' },
    ],
    [
      'too many files',
      () =>
        archive({
          ...files,
          ...Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`f${n}`, strToU8('x')])),
        }),
      { kind: 'too-large' },
    ],
  ])('refuses %s', (_, make, expected) => {
    expect(check(make())).toMatchObject({ ok: false, ...expected });
  });

  it('takes no more out of an archive than it holds, whatever its directory says', () => {
    // Every entry points at the same large one: overlapping, together far beyond the archive.
    const one = zipSync({ a: [new Uint8Array(1_000_000), { level: 0 }] });
    const many = overlapping(one, 60);
    expect(check(many)).toMatchObject({ ok: false, kind: 'too-large' });
  });

  it.each([
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----'],
    ['no key', 'kunci'],
    [
      'another kind',
      '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEWvdnyr6rKoYaXh2QbVxJb0mJQ8v5c0pQn8cV3eH8mJ8mQ0jzj0p0\n-----END PUBLIC KEY-----',
    ],
  ])('takes %s for no public key', (_, text) => {
    expect(() => readPublicKey(text)).toThrow(/public key/);
  });

  it('takes a key as 64 hex digits too', () => {
    const jwk = trusted[0]!.key.export({ format: 'jwk' });
    expect(readPublicKey(Buffer.from(jwk.x ?? '', 'base64url').toString('hex')).id).toBe(SIGNER.key);
  });
});

const has = (tool: string, ...args: string[]): boolean => spawnSync(tool, args).status === 0;
const tools = has('openssl', 'version') && has('sha256sum', '--version');

describe.skipIf(!tools)('checking by hand, as BACA-SAYA.txt says', () => {
  let folder: string;
  const shell = (command: string): { status: number | null; out: string } => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    return { status, out: `${stdout}${stderr}` };
  };
  /** The numbered commands of the packet's own text. */
  const commands = (): string[] =>
    [...textOf('BACA-SAYA.txt').matchAll(/^ {2}\d\. (.+)$/gm)].map(([, command]) => command ?? '');
  const unpack = (of: Record<string, Uint8Array>): void => {
    folder = mkdtempSync(join(tmpdir(), 'ronda-paket-'));
    for (const [path, bytes] of Object.entries(of)) {
      execFileSync('mkdir', ['-p', join(folder, dirname(path))]);
      writeFileSync(join(folder, path), bytes);
    }
    writeFileSync(join(folder, 'kunci.pem'), SIGNER.publicKey);
  };

  it('finds a genuine one genuine, and an altered one altered', () => {
    const [fingerprint = '', signature = '', listed = '', sums = ''] = commands();
    unpack(files);
    try {
      expect(shell(fingerprint).out).toContain(SIGNER.key);
      expect(shell(signature)).toMatchObject({
        status: 0,
        out: expect.stringContaining('Verified Successfully') as string,
      });
      expect(shell(listed)).toEqual({ status: 0, out: '1\n' });
      const summed = shell(sums);
      expect(summed.status).toBe(0);
      expect(summed.out.match(/: OK$/gm)).toHaveLength(Object.keys(files).length - 3);
      writeFileSync(join(folder, 'penilaian.json'), '{}');
      expect(shell(sums)).toMatchObject({
        status: 1,
        out: expect.stringContaining('penilaian.json: FAILED') as string,
      });
      writeFileSync(join(folder, 'SHA256SUMS'), textOf('SHA256SUMS').replace(/[0-9a-f]{64}/, '0'.repeat(64)));
      expect(shell(listed).status).toBe(1);
      writeFileSync(
        join(folder, 'manifest.json'),
        textOf('manifest.json').replace('"item": 17', '"item": 18'),
      );
      expect(shell(signature).status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it('has a manifest with a hash of each block of 4 KiB', () => {
  const manifest = JSON.parse(textOf('manifest.json')) as Manifest;
  for (const file of manifest.files) {
    expect(file).toEqual(manifestFile({ path: file.path, bytes: files[file.path]! }));
    expect(file.blocks).toHaveLength(Math.ceil(file.bytes / 4_096));
  }
});

function without(name: string): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== name));
}

function stored(): Record<string, [Uint8Array, { level: 0 }]> {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, [bytes, { level: 0 }]]));
}

/** The archive of one stored file `a` with `count` entries in its directory that all point at it, under other names. */
function overlapping(one: Uint8Array, count: number): Uint8Array {
  const bytes = Buffer.from(one);
  const at = bytes.readUInt32LE(bytes.length - 22 + 16);
  const entry = bytes.subarray(at, bytes.length - 22);
  const entries = Array.from({ length: count }, (_, n) => {
    const copy = Buffer.from(entry);
    copy[46] = 'A'.charCodeAt(0) + n;
    return copy;
  });
  const end = Buffer.from(bytes.subarray(bytes.length - 22));
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(entry.length * count, 12);
  return Buffer.concat([bytes.subarray(0, at), ...entries, end]);
}
