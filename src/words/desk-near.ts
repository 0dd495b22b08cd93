/** Words of near-duplicates and of an item's narrative, Indonesian and English. */

const en = {
  title: 'Much like it',
  intro:
    'Tick what you decide together with this item, after reading how it differs. Undo takes all of it back.',
  introRead: 'Items much like this one, and how they differ.',
  all: 'All that are free',
  sameWording: 'the same wording',
  added: 'only there:',
  removed: 'only here:',
  items: (n: number) => (n === 1 ? '1 item' : `${n.toLocaleString('en')} items`),
  likeness: (share: number) => `${share} % alike`,
  held: (numbers: string) => `In somebody else’s hands, left out: ${numbers}`,
  settled: (numbers: string) => `Decided or in a case already: ${numbers}`,
  beyond: (n: number) => `${n.toLocaleString('en')} more in further wordings are not shown.`,
  andMore: (numbers: string, n: number) => `${numbers} and ${n.toLocaleString('en')} more`,
  number: (n: number) => `item ${n}`,
  confirm: (n: string) => `Decide ${n} items`,
  decidedToo: (n: string) => `and ${n} much like it`,
  leftOut: {
    held: (numbers: string) => `In somebody else’s hands, not decided: ${numbers}.`,
    'not-open': (numbers: string) => `Decided by somebody else meanwhile: ${numbers}.`,
    'same-person': (numbers: string) =>
      `You asked for a second opinion on ${numbers}; somebody else gives it.`,
    'no-item': (numbers: string) => `No longer in your queue: ${numbers}.`,
  },
  narrative: 'Its narrative',
  noTitle: 'no title yet',
  open: 'Open the narrative',
  inQueue: 'All of it in the queue',
  lives: { emerging: 'emerging', rising: 'rising', peaking: 'peaking', fading: 'fading' },
  life: 'Life',
  posts: 'Posts',
  flagged: 'Flagged',
  firstSeen: 'First seen',
  lastSeen: 'Last seen',
  curve: 'Posts by the hour',
  hour: 'Hour',
  table: 'The figures',
  inNarrative: (title: string) => `Only items of the narrative “${title}”`,
};

export type NearWords = typeof en;

const id: NearWords = {
  title: 'Yang sangat mirip',
  intro:
    'Centang yang ikut diputuskan bersama butir ini, setelah membaca bedanya. Pembatalan mengembalikan semuanya.',
  introRead: 'Butir yang sangat mirip dengan ini, beserta bedanya.',
  all: 'Semua yang bebas',
  sameWording: 'bunyinya sama',
  added: 'hanya di sana:',
  removed: 'hanya di sini:',
  items: (n) => `${n.toLocaleString('id')} butir`,
  likeness: (share) => `mirip ${share} %`,
  held: (numbers) => `Di tangan orang lain, tidak ikut: ${numbers}`,
  settled: (numbers) => `Sudah diputuskan atau menjadi perkara: ${numbers}`,
  beyond: (n) => `${n.toLocaleString('id')} lagi dengan bunyi lain tidak ditampilkan.`,
  andMore: (numbers, n) => `${numbers} dan ${n.toLocaleString('id')} lagi`,
  number: (n) => `butir ${n}`,
  confirm: (n) => `Putuskan ${n} butir`,
  decidedToo: (n) => `dan ${n} yang mirip`,
  leftOut: {
    held: (numbers) => `Di tangan orang lain, tidak ikut diputuskan: ${numbers}.`,
    'not-open': (numbers) => `Sudah diputuskan orang lain: ${numbers}.`,
    'same-person': (numbers) => `Anda meminta pendapat kedua atas ${numbers}; orang lain yang memberikannya.`,
    'no-item': (numbers) => `Tidak lagi di antrean Anda: ${numbers}.`,
  },
  narrative: 'Narasinya',
  noTitle: 'belum berjudul',
  open: 'Buka narasi',
  inQueue: 'Semuanya dalam antrean',
  lives: { emerging: 'muncul', rising: 'menanjak', peaking: 'memuncak', fading: 'mereda' },
  life: 'Tahap',
  posts: 'Unggahan',
  flagged: 'Ditandai',
  firstSeen: 'Pertama terlihat',
  lastSeen: 'Terakhir terlihat',
  curve: 'Unggahan per jam',
  hour: 'Jam',
  table: 'Angkanya',
  inNarrative: (title) => `Hanya butir narasi “${title}”`,
};

/** The words of near-duplicates in a language. */
export function nearWords(language: 'id' | 'en'): NearWords {
  return language === 'id' ? id : en;
}
