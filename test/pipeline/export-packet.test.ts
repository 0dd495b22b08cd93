import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Collector } from '../../src/core/collector-ports.js';
import { DeskRefusal } from '../../src/core/desk-refusal.js';
import type { PacketContent, Refetched } from '../../src/core/evidence.js';
import type { Fetcher } from '../../src/core/fetch-ports.js';
import type { Actor } from '../../src/core/user.js';
import { readLegalFiles } from '../../src/files/legal-files.js';
import { claimItems } from '../../src/pipeline/claim-items.js';
import {
  caseToExport,
  type ExportPorts,
  exportPacket,
  legalFor,
  preserveApproved,
} from '../../src/pipeline/export-packet.js';
import { refetchPost } from '../../src/pipeline/refetch.js';
import { approveEscalation, proposeEscalation, releaseCase } from '../../src/pipeline/review.js';
import { signLegal } from '../../src/pipeline/sign-legal.js';
import { makePacket } from '../../src/report/packet.js';
import { checkPacket, readPublicKey } from '../../src/report/packet-check.js';
import { refusalWords } from '../../src/words/refusals.js';
import { type DeskRig, deskRig, person } from '../support/desk.js';
import { makingOf, SIGNER } from '../support/packet.js';
import { landedPost } from '../support/scored.js';

let rig: DeskRig;
let ports: ExportPorts;
let asked: string[];
let answer: () => Promise<Refetched>;
beforeEach(() => {
  rig = deskRig();
  asked = [];
  answer = async () => ({ is: 'gone', at: new Date(rig.clock.now()).toISOString() });
  ports = {
    ...rig.ports,
    items: rig.store,
    packets: {
      evidence: rig.store.evidence,
      legal: readLegalFiles(),
      publicKey: () => SIGNER.publicKey,
      makePacket: (content) => makePacket(content, makingOf()),
      refetch: (ask) => {
        asked.push(`${ask.source} ${ask.id} ${ask.url}`);
        return answer();
      },
    },
  };
});
afterEach(() => rig.close());

const sari = person(3, 'supervisor', 'polda-a');
const tono = person(4, 'supervisor', 'polda-a');
const checklist = { targetKind: 'person', criticismOrOpinion: false, callToAct: true } as const;
const POST = {
  id: 'rekaan:1',
  region: '91',
  text: 'Ajakan rekaan terhadap tetangga.',
  url: 'https://rekaan.example/@tokohkarangan/1',
  author: { id: 'akun-99', handle: 'tokohkarangan' },
};

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(DeskRefusal);
    const { kind } = error as DeskRefusal;
    for (const language of ['id', 'en'] as const) expect(refusalWords(language, kind)).toBeTruthy();
    return kind;
  }
  throw new Error('nothing was refused');
}

function approved(): number {
  const [item] = rig.land(POST);
  claimItems(rig.ports, sari, [item!]);
  proposeEscalation(rig.ports, sari, { item: item!, checklist, note: 'ada ajakan' });
  approveEscalation(rig.ports, tono, { item: item! });
  return item!;
}
const exports = () => rig.store.desk.audit.list({ limit: 10, kind: 'exported' });

describe('exporting a packet', () => {
  it('gives a genuine packet of an approved case, on record with its hash', async () => {
    const item = approved();
    const packet = await exportPacket(ports, tono, { item, addressee: 'bawaslu' });
    const check = checkPacket(packet.bytes, [readPublicKey(SIGNER.publicKey)]);
    expect(check).toMatchObject({ ok: true, item });
    expect(exports()).toMatchObject([
      {
        actor: '4',
        subject: `item:${item}`,
        details: { addressee: 'bawaslu', sha256: packet.sha256, key: SIGNER.key },
      },
    ]);
    expect(JSON.stringify(exports())).not.toMatch(/tokohkarangan|akun-99/);
    const files = unzipSync(packet.bytes);
    const read = (name: string): unknown => JSON.parse(Buffer.from(files[name] ?? []).toString());
    expect(read('unggahan/post.json')).toMatchObject({ author: POST.author, url: POST.url, text: POST.text });
    expect(read('keputusan.json')).toMatchObject([
      { act: { kind: 'escalation-proposed', checklist }, actor: '3', note: 'ada ajakan' },
      { act: { kind: 'escalation-approved' }, actor: '4' },
    ]);
    expect(read('unggahan/diambil-ulang.json')).toMatchObject({ is: 'gone' });
  });

  it('asks the place once for an approval, by the loop or by the first export', async () => {
    const item = approved();
    expect(caseToExport(ports, tono, item)).toMatchObject({ approvedBy: '4' });
    expect(caseToExport(ports, tono, item).refetched).toBeUndefined();
    expect(await preserveApproved(ports, 5)).toBe(1);
    expect(await preserveApproved(ports, 5)).toBe(0);
    await exportPacket(ports, tono, { item, addressee: 'komdigi' });
    await exportPacket(ports, sari, { item, addressee: 'dewan-pers' });
    expect(asked).toEqual([`warung rekaan:1 ${POST.url}`]);
    expect(caseToExport(ports, tono, item).refetched).toMatchObject({ is: 'gone' });
    expect(exports()).toHaveLength(2);
  });

  it('holds the text of a post that its place withdrew meanwhile', async () => {
    const item = approved();
    rig.clock.advance(1_000);
    const at = new Date(rig.clock.now()).toISOString();
    rig.store.saveRecheck({ item, is: 'gone', at }, { id: POST.id, at });
    expect(rig.store.getItem(item)?.post.text).not.toContain('Ajakan');
    const { bytes } = await exportPacket(ports, tono, { item, addressee: 'komdigi' });
    const post = JSON.parse(Buffer.from(unzipSync(bytes)['unggahan/post.json'] ?? []).toString()) as object;
    expect(post).toMatchObject({ text: POST.text, withdrawnAt: at });
  });

  it.each<[string, Actor]>([
    ['an officer', person(5, 'officer', 'polda-a')],
    ['an auditor', person(5, 'auditor')],
    ['humas', person(5, 'humas')],
    ['an admin', person(5, 'admin')],
  ])('is refused to %s', async (_, actor) => {
    const item = approved();
    expect(await refusal(() => exportPacket(ports, actor, { item, addressee: 'komdigi' }))).toBe('forbidden');
    expect(exports()).toEqual([]);
  });

  it('is refused beyond the own units, before the approval and after the release', async () => {
    const item = approved();
    const elsewhere = person(9, 'supervisor', 'polda-b');
    expect(await refusal(() => exportPacket(ports, elsewhere, { item, addressee: 'komdigi' }))).toBe(
      'no-item',
    );
    const [open] = rig.land({ ...POST, id: 'rekaan:2' });
    expect(await refusal(() => exportPacket(ports, tono, { item: open!, addressee: 'komdigi' }))).toBe(
      'not-escalated',
    );
    releaseCase(rig.ports, tono, { item, note: 'selesai' });
    expect(await refusal(() => exportPacket(ports, tono, { item, addressee: 'komdigi' }))).toBe(
      'not-escalated',
    );
    expect([asked, exports()]).toEqual([[], []]);
  });

  it('gives nothing where the case was released while its packet was made', async () => {
    const item = approved();
    const made = ports.packets.makePacket;
    const slow = async (content: PacketContent) => {
      releaseCase(rig.ports, tono, { item, note: 'selesai' });
      return made(content);
    };
    const racing = { ...ports, packets: { ...ports.packets, makePacket: slow } };
    expect(await refusal(() => exportPacket(racing, tono, { item, addressee: 'komdigi' }))).toBe(
      'not-escalated',
    );
    expect(exports()).toEqual([]);
  });
});

describe('the legal reference of an item', () => {
  it('follows the day of the post, not of today', () => {
    const [old, fresh] = rig.land(
      { id: 'rekaan:1', createdAt: '2023-05-01T00:00:00.000Z' },
      { id: 'rekaan:2', createdAt: '2026-03-01T00:00:00.000Z' },
    );
    const ids = (item: number) => legalFor(ports, rig.store.getItem(item)!).map(({ row }) => row.id);
    expect(ids(old!)).toContain('uu-ite-2016-28-2');
    expect(ids(fresh!)).not.toContain('uu-ite-2016-28-2');
    expect(ids(fresh!)).toContain('kuhp-2023-242');
  });

  it('is signed by who has the right, for exactly the content that was read, on record', async () => {
    const { row, hash } = ports.packets.legal.find(({ row: { id } }) => id === 'kuhp-2023-242')!;
    const admin = person(7, 'admin');
    const request = { row: row.id, hash, reviewer: ' Ahli  Rekaan, S.H. ' };
    expect(await refusal(() => signLegal(ports, tono, request))).toBe('forbidden');
    expect(await refusal(() => signLegal(ports, admin, { ...request, hash: '0'.repeat(64) }))).toBe(
      'no-legal-row',
    );
    expect(await refusal(() => signLegal(ports, admin, { ...request, reviewer: ' x ' }))).toBe(
      'reviewer-missing',
    );
    signLegal(ports, admin, request);
    const [item] = rig.land({ id: 'rekaan:1', createdAt: '2026-03-01T00:00:00.000Z' });
    const shown = legalFor(ports, rig.store.getItem(item!)!);
    expect(shown.find(({ row: { id } }) => id === row.id)?.signature).toMatchObject({
      reviewer: 'Ahli Rekaan, S.H.',
    });
    expect(shown.filter(({ signature }) => signature !== undefined)).toHaveLength(1);
    expect(rig.store.desk.audit.list({ limit: 5, kind: 'legal-signed' })).toMatchObject([
      { actor: '7', subject: 'legal:kuhp-2023-242', details: { hash } },
    ]);
    const changed = { ...ports.packets, legal: [{ row: { ...row, text: 'lain' }, hash: '1'.repeat(64) }] };
    expect(legalFor({ packets: changed }, rig.store.getItem(item!)!)[0]?.signature).toBeUndefined();
  });
});

describe('asking a place again', () => {
  const clock = { now: () => Date.parse('2026-01-06T00:00:00Z'), sleep: async () => undefined };
  const noFetch = {
    fetch: () => Promise.reject(new Error('the network was asked')),
  } as unknown as Fetcher;
  const ask = { source: 'warung', id: 'rekaan:1', revision: 'aaaa', text: 'Isi rekaan.' };
  const portsOf = (recheck: Collector['recheck'] | undefined, fetcher = noFetch) => ({
    clock,
    fetcher,
    sha256: () => 'ff'.repeat(32),
    collectorOf: () => (recheck === undefined ? undefined : ({ source: 'warung', recheck } as Collector)),
  });
  const signal = new AbortController().signal;
  const { post } = landedPost({ id: 'rekaan:1', text: 'Isi rekaan.' });

  it.each<[string, Awaited<ReturnType<NonNullable<Collector['recheck']>>>, Partial<Refetched>]>([
    ['the same text', { is: 'changed', post }, { is: 'shown', text: 'Isi rekaan.' }],
    [
      'another text',
      { is: 'changed', post: { ...post, text: 'Isi lain.' } },
      { is: 'edited', text: 'Isi lain.' },
    ],
    ['nothing', { is: 'gone', at: '2026-01-06T00:00:00.000Z' }, { is: 'gone' }],
    ['no answer', { is: 'unknown', reason: 'batas tercapai' }, { is: 'unknown', reason: 'batas tercapai' }],
  ])('tells of %s', async (_, said, expected) => {
    expect(
      await refetchPost(
        portsOf(async () => said),
        ask,
        signal,
      ),
    ).toMatchObject(expected);
  });

  it('says so where there is no link, and where the place fails', async () => {
    expect(await refetchPost(portsOf(undefined), ask, signal)).toMatchObject({
      is: 'cannot',
      reason: 'no-link',
    });
    const failing = await refetchPost(
      portsOf(undefined),
      { ...ask, url: 'https://rekaan.example/1' },
      signal,
    );
    expect(failing).toMatchObject({
      is: 'unknown',
      reason: expect.stringContaining('the network was asked') as string,
    });
  });

  it('keeps of a page no body, but whether the text stood in it', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/gone') response.writeHead(410).end();
      else
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end('<p>Isi\n <b>rekaan.</b></p><p>milik orang lain</p>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { createFetcher } = await import('../../src/fetch/fetcher.js');
    const door = createFetcher({
      clock: { now: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) },
      conditional: { getConditional: () => undefined, setConditional: () => undefined },
      version: '0',
    });
    const direct = {
      ...door,
      fetch: (request: Parameters<Fetcher['fetch']>[0]) =>
        door.fetch({ ...request, allowPrivate: true, robots: false }),
    };
    try {
      const found = await refetchPost(portsOf(undefined, direct), { ...ask, url: `${base}/1` }, signal);
      expect(found).toMatchObject({ is: 'shown', page: { status: 200, holdsText: true } });
      expect(JSON.stringify(found)).not.toContain('orang lain');
      expect(
        await refetchPost(portsOf(undefined, direct), { ...ask, url: `${base}/gone` }, signal),
      ).toMatchObject({
        is: 'gone',
      });
      const other = { ...ask, text: 'Kalimat yang tidak ada.', url: `${base}/1` };
      expect(await refetchPost(portsOf(undefined, direct), other, signal)).toMatchObject({
        is: 'unknown',
        reason: 'not-in-page',
      });
    } finally {
      await door.close();
      server.close();
    }
  });
});
