/**
 * Emoji that carry meaning, by the name under which they stand in canonical text (`emo_<name>`). Names are
 * Indonesian words, so that a lexicon can speak of them; emoji that are not here become a space.
 */
const MEANINGS: Readonly<Record<string, string>> = {
  anjing: '🐕🐶🐩🦮',
  babi: '🐷🐖🐽🐗',
  monyet: '🐒🐵🙈🙉🙊',
  kera: '🦍🦧',
  ular: '🐍',
  tikus: '🐀🐁🐭🐹',
  kecoa: '🪳',
  belatung: '🪱🐛',
  lalat: '🪰',
  kadal: '🦎',
  kodok: '🐸',
  unta: '🐪🐫',
  keledai: '🫏🐴',
  kerbau: '🐃🐂🐮🐄',
  kambing: '🐐🐏🐑',
  kampret: '🦇',
  serigala: '🐺',
  ayam: '🐔🐓',
  virus: '🦠',
  sampah: '🗑🚮',
  tai: '💩',
  pisau: '🔪🗡⚔🤺',
  golok: '🪓⛏',
  pistol: '🔫',
  bom: '💣🧨💥',
  api: '🔥',
  darah: '🩸',
  tengkorak: '💀☠',
  peti_mati: '⚰🪦',
  tali_gantung: '🪢',
  muntah: '🤮🤢',
  marah: '😡😠🤬👿😤',
  jari_tengah: '🖕',
  tinju: '👊🤜🤛✊',
  badut: '🤡',
  setan: '😈👹👺',
  jempol: '👍',
  jempol_turun: '👎',
  doa: '🙏🤲',
  cinta: '❤😍🥰💕💖💗💓💞💘💝💙💚💛🧡💜🖤🤍♥😘',
  tertawa: '😂🤣😆😹',
  sedih: '😢😭😥😔😞💔😿',
  banteng: '🐃',
  masjid: '🕌',
  gereja: '⛪',
  salib: '✝☦',
  bintang_daud: '✡',
  bulan_sabit: '☪',
  pelangi: '🌈',
  larang: '🚫⛔',
};

/** Code point to canonical word. */
export const EMOJI_WORDS: ReadonlyMap<number, string> = new Map(
  Object.entries(MEANINGS)
    .reverse()
    .flatMap(([name, emoji]) => [...emoji].map((one) => [one.codePointAt(0)!, `emo_${name}`] as const)),
);
