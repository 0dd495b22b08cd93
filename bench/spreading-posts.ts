import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPLAY_BEGIN, randomFrom, replayPosts } from './planted-stories.js';
import { inventPosts } from './posts.js';

/** Invented posts of ten days up to now, with stories among them: what the pictures of the humas desk show. */

const DAYS = 10;
const HOUR_MS = 3_600_000;
const PLACES = ['di Surabaya', 'di Bandung', 'di Makassar', 'di Kota Medan', 'di Jayapura', '', '', ''];
/** One more story, which rises as the pictures are taken. */
const RISING = [
  'Katanya besok garam dapur hilang dari pasar Lembahsari, borong sekarang sebelum 200 toko tutup',
  'Garam dapur langka mulai besok di Lembahsari, 200 toko tutup, ayo borong sebelum kehabisan',
  'Info valid: 200 toko di Lembahsari tutup besok, garam dapur habis diborong',
];

const CLAIMS = [
  {
    id: 'cek-garam',
    title: '[SALAH] Garam dapur hilang dari pasar Lembahsari mulai besok, 200 toko tutup',
    claim: RISING[0],
    verdict: 'salah',
    publisher: 'Cek Fakta Rekaan',
    date: '2026-11-21',
    url: 'https://cek.example/garam',
  },
];

/** Writes `spreading.jsonl` and `claims-of-pictures.jsonl` into a folder. */
export function writeSpreading(folder: string, now: number): void {
  const random = randomFrom(5);
  const shift = now - (REPLAY_BEGIN + DAYS * 24 * HOUR_MS);
  // Those with templates in them are for measuring.
  const texts = inventPosts(4_500, 1, [])
    .filter(({ kind }) => kind !== 'hateful')
    .map(({ text }) => text);
  const posts = replayPosts(texts, DAYS, 60).map(({ id, text, author, created_at }) => ({
    id,
    text,
    author,
    at: Date.parse(created_at) + shift,
  }));
  for (let i = 0; i < 160; i++) {
    const text = RISING[i % RISING.length] ?? '';
    posts.push({
      id: `garam-${i}`,
      text: `${i % 4 === 0 ? `RT @warga_${i}: ` : ''}${text}${i % 2 === 0 ? '' : ' #garam https://kabar-rekaan.example/garam'}`,
      author: `penggaram-${Math.floor(random() * 100)}`,
      // More and more of them, over nine hours.
      at: now - Math.floor((1 - ((i + 1) / 160) ** 0.4) * 9 * HOUR_MS),
    });
  }
  const rows = posts
    .toSorted((a, b) => a.at - b.at)
    .map(({ id, text, author, at }, index) => ({
      id,
      text: `${text} ${PLACES[index % PLACES.length]}`.trim(),
      author,
      created_at: new Date(at).toISOString(),
    }));
  const lines = (all: readonly object[]): string => all.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(join(folder, 'spreading.jsonl'), lines(rows));
  writeFileSync(join(folder, 'claims-of-pictures.jsonl'), lines(CLAIMS));
}
