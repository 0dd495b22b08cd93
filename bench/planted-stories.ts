/**
 * Ten invented stories, each in several wordings, planted as waves into other posts at known times. People, places and
 * events are made up.
 */

export interface PlantedPost {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  readonly created_at: string;
  readonly source: string;
  /** Which story, -1 for none. */
  readonly story: number;
}

/** Each: wordings of one story. */
export const STORIES: readonly (readonly string[])[] = [
  [
    'Jembatan gantung Cikalunggu putus tadi pagi, 14 warga Sukaramping dilaporkan hanyut, tolong sebarkan!',
    'BREAKING: 14 orang warga Sukaramping hanyut setelah jembatan Cikalunggu putus pagi ini',
    'Innalillahi, jembatan gantung di Cikalunggu ambruk. Kabarnya 14 warga desa Sukaramping terbawa arus sungai',
    'Info dari saudara di Sukaramping: jembatan Cikalunggu putus total, yang hanyut 14 orang termasuk anak sekolah',
  ],
  [
    'Awas! Minyak goreng merek Sawitasih dicampur parafin, sudah 3 pabrik di Kertamulya digerebek petugas',
    'Pabrik minyak Sawitasih di Kertamulya digerebek karena campur parafin, jangan beli dulu ya bund',
    'Ternyata minyak goreng Sawitasih mengandung parafin!! Petugas gerebek pabriknya di Kertamulya semalam',
  ],
  [
    'Bantuan sosial Rp 1.750.000 dari program Dana Guyub cair besok, daftar lewat tautan ini sebelum jam 12',
    'Segera daftar! Program Dana Guyub bagikan bansos 1.750.000 per keluarga, ditutup besok jam 12 siang',
    'Benarkah Dana Guyub cairkan bantuan 1.750.000 rupiah per kepala keluarga mulai besok? Katanya tinggal daftar',
  ],
  [
    'Rektor Universitas Bhinareksa bernama Wiratno Sugandhi mengundurkan diri usai skandal ijazah palsu terbongkar',
    'Skandal ijazah palsu Bhinareksa: rektor Wiratno Sugandhi akhirnya mundur malam ini',
    'Wiratno Sugandhi mundur dari kursi rektor Bhinareksa, mahasiswa menuntut kasus ijazah palsu diusut',
  ],
  [
    'Gempa besar akan melanda Teluk Marandai tanggal 27 malam menurut peramal Ki Sondoro, warga diminta mengungsi',
    'Ki Sondoro meramal gempa dahsyat di Teluk Marandai pada tanggal 27, pesisir diminta kosongkan rumah',
    'Pesan berantai: warga Teluk Marandai disuruh mengungsi sebelum tanggal 27 karena ramalan gempa Ki Sondoro',
  ],
  [
    'Vaksin Imunovara bikin 230 siswa SMP Tirtalaya pingsan massal, orang tua demo di depan puskesmas',
    '230 siswa di Tirtalaya pingsan setelah disuntik vaksin Imunovara, puskesmas didemo wali murid',
    'Katanya 230 anak SMP Tirtalaya pingsan gara-gara vaksin Imunovara, ada yang bisa konfirmasi?',
  ],
  [
    'Kapal asing Hai Lantern 9 kepergok keruk pasir di perairan Pulau Nipahrang, nelayan diusir paksa',
    'Nelayan Nipahrang marah, kapal keruk Hai Lantern 9 menyedot pasir laut siang malam',
    'Video kapal Hai Lantern 9 mengeruk pasir dekat Nipahrang viral, nelayan mengaku diusir awak kapal',
  ],
  [
    'Tarif tol Bantarwangi naik jadi Rp 87.500 mulai Senin, sopir truk ancam mogok di gerbang Pasirhuni',
    'Sopir truk ancam mogok massal di Pasirhuni kalau tarif tol Bantarwangi 87.500 tetap berlaku Senin',
    'Gila tarif tol Bantarwangi jadi 87.500! Truk-truk mau mogok di gerbang tol Pasirhuni',
  ],
  [
    'Artis Melani Kusumadewa ditangkap di Hotel Graha Senandika, polisi sita 3 kilogram sabu',
    'Polisi amankan Melani Kusumadewa di hotel Graha Senandika terkait sabu 3 kilogram',
    'Kaget banget Melani Kusumadewa digerebek di Graha Senandika, katanya sabunya 3 kilogram',
  ],
  [
    'Surat suara tercoblos 7 kontainer ditemukan di Pelabuhan Tanjung Arungan, panitia Lokarana bungkam',
    'Heboh 7 kontainer surat suara sudah tercoblos di Tanjung Arungan, panitia pemilihan Lokarana diam saja',
    'Tanjung Arungan geger: surat suara tercoblos sebanyak 7 kontainer, mana penjelasan panitia Lokarana?',
  ],
];

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const REPLAY_BEGIN: number = Date.UTC(2026, 0, 5);
const HOUR_MS = 3_600_000;

/** When the wave of a story begins, ms. */
export function waveAt(story: number, days: number): number {
  return (
    REPLAY_BEGIN + Math.floor(((story + 0.7) * days * 24) / (STORIES.length + 1)) * HOUR_MS + 17 * 60_000
  );
}

const TAILS = [
  '',
  ' tolong dicek',
  ' sebarkan',
  ' ya ampun',
  ' serius ini?',
  ' waduh',
  ' min',
  ' infonya valid?',
];

/** The texts given, spread over the days, and in them the waves: copies, retweets, small changes and rewordings. */
export function replayPosts(texts: readonly string[], days: number, size: number, seed = 1): PlantedPost[] {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const posts: PlantedPost[] = texts.map((text, i) => ({
    id: `latar-${i}`,
    text,
    author: `warga-${Math.floor(random() * texts.length)}`,
    created_at: new Date(REPLAY_BEGIN + Math.floor(random() * days * 24 * HOUR_MS)).toISOString(),
    source: 'replay',
    story: -1,
  }));
  for (const [story, wordings] of STORIES.entries()) {
    const begin = waveAt(story, days);
    for (let i = 0; i < size; i++) {
      let text = pick(wordings);
      const way = random();
      if (way < 0.3) text = `RT @warga_${Math.floor(random() * 50)}: ${text}`.slice(0, 130);
      else if (way < 0.5) text = `${text}${pick(TAILS)}`;
      else if (way < 0.6) text = text.toUpperCase();
      posts.push({
        id: `gelombang-${story}-${i}`,
        text,
        author: `penyebar-${story}-${Math.floor(random() * size * 0.8)}`,
        // Most of a wave falls in its first hours.
        created_at: new Date(begin + Math.floor(random() ** 2 * 5 * HOUR_MS)).toISOString(),
        source: 'replay',
        story,
      });
    }
  }
  return posts.sort((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0));
}
