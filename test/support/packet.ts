import type { PacketContent } from '../../src/core/evidence.js';
import { readLegalFiles } from '../../src/files/legal-files.js';
import { readPacketFonts } from '../../src/files/packet-fonts.js';
import { casePdf } from '../../src/report/case-pdf.js';
import type { PacketMaking } from '../../src/report/packet.js';
import { createPacketSigner } from '../../src/store/packet-key.js';
import { legalRowsAt } from '../../src/triage/legal.js';
import { assessmentOf, POSTED, revisionOf } from './scored.js';

/** An invented case, and what makes its packet. */

export const SIGNER = createPacketSigner(Buffer.alloc(32, 9));

const fonts = readPacketFonts();

export const makingOf = (signer = SIGNER): PacketMaking & { readonly fonts: typeof fonts } => ({
  signer,
  fonts,
  paper: (content) => casePdf(content, fonts),
  version: '0.0.0-uji',
});

const TEXT = [
  'Warga rekaan diminta mengusir kaum contoh dari kampung karangan! 😀🔥',
  'قال الرجل إن القرية هادئة اليوم (2026) والحمد لله',
  'Kata dengan arah dibalik: \u202Eterbalik\u202C, huruf Jawa ꦗꦮ, dan <b>bukan penebalan</b>.',
].join('\n');

export function contentOf(given: Partial<PacketContent> = {}): PacketContent {
  const record = JSON.stringify({ id: 17, content: TEXT });
  const checklist = {
    targetKind: 'protected-group',
    target: 'religion:contoh',
    criticismOrOpinion: false,
    callToAct: true,
  } as const;
  const at = (minute: number): string =>
    new Date(Date.parse('2026-01-06T02:00:00Z') + minute * 60_000).toISOString();
  const event = (seq: number, actor: string, stage: 'proposed' | 'approved') =>
    ({ seq, item: 17, at: at(seq), actor, state: 'escalated', stage }) as const;
  return {
    item: 17,
    madeAt: '2026-01-06T03:04:05.000Z',
    addressee: 'komdigi',
    by: { user: 4, role: 'supervisor', unit: 'polda-a' },
    unit: { name: 'Polda Karangan', zone: 'WITA' },
    post: {
      id: 'rekaan:17',
      revision: revisionOf('17'),
      source: 'warung',
      platform: 'rekaan',
      text: TEXT,
      createdAt: POSTED,
      collectedAt: '2026-01-05T08:31:00.000Z',
      url: 'https://rekaan.example/@tokohkarangan/17',
      author: { id: 'akun-99', handle: 'tokohkarangan' },
      reach: { likes: 3, views: 1200 },
    },
    record: {
      mediaType: 'application/json',
      encoding: 'utf8',
      bytes: record,
      from: 'https://rekaan.example/api/17',
      receivedAt: '2026-01-05T08:31:00.000Z',
      headers: { 'content-type': 'application/json', date: 'Mon, 05 Jan 2026 08:31:00 GMT' },
      bodySha256: 'ab'.repeat(32),
    },
    refetched: { is: 'gone', at: '2026-01-06T02:03:00.000Z' },
    assessment: assessmentOf(TEXT),
    events: [
      {
        ...event(1, '3', 'proposed'),
        act: { kind: 'escalation-proposed', checklist },
        note: 'Ada ajakan mengusir.',
      },
      { ...event(2, '4', 'approved'), act: { kind: 'escalation-approved' } },
    ],
    legal: legalRowsAt(readLegalFiles(), [], POSTED),
    legalByCollecting: false,
    ...given,
  };
}
