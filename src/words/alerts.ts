/** Words of alerts, Indonesian and English: aggregate and neutral, no account, no text of a post. */

const en = {
  burst: (title: string, posts: string, since: string, authors: string, flagged: string) =>
    `Burst: ${posts} posts since ${since} in ${title === '' ? 'a story without a phrase that may be told' : `the story “${title}”`} (${authors} distinct authors so far, ${flagged} posts flagged).`,
  level: (item: string, level: string, categories: string) =>
    `Item ${item} waits in the queue at level ${level}${categories === '' ? '' : ` (${categories})`}.`,
  quiet: (source: string, hours: string, usual: string) =>
    `Source ${source} has been silent for ${hours} hours; its longest usual pause is ${usual} hours. Silence is not safety.`,
  failing: (source: string, hours: string) =>
    `Source ${source} has not been readable for ${hours} hours. Silence is not safety.`,
  subjects: { burst: 'Burst of a story', level: 'Item at a high level', silent: 'Source fell silent' },
  digest: (n: string) => `${n} alerts`,
  more: (n: string) => `… and ${n} more at the desk.`,
  footer: 'Ronda · findings are hints; a person decides.',
  number: (id: number, at: string) => `Alert ${id}, ${at}`,
  test: 'This is a test of the alert channel; nothing happened.',
  testSubject: 'Test',
  // The command line.
  none: 'No alerts.',
  line: (id: number, at: string, kind: string, state: string, text: string, deliveries: string) =>
    `${id}  ${at}  ${kind}  ${state}  ${text}${deliveries === '' ? '' : `  [${deliveries}]`}`,
  counts: (open: number, waiting: number, dead: number) =>
    `${open} not acknowledged, ${waiting} on the way, ${dead} given up${dead > 0 ? ' ("ronda alerts retry" tries them again)' : ''}.`,
  open: 'open',
  acknowledged: 'acknowledged',
  noAlert: (id: number) => `There is no alert ${id} that is open; "ronda alerts list" shows those there are.`,
  noChannel: (name: string, names: string) =>
    `There is no channel "${name}"; ${names === '' ? 'alerts.channels of ronda.yaml names none' : `there are: ${names}`}.`,
  acked: (id: number) => `Alert ${id} acknowledged.`,
  tested: (channel: string) => `${channel}: taken.`,
  testFailed: (channel: string, kind: string, message: string) => `${channel}: failed (${kind}): ${message}`,
  retried: (n: number) => `${n} message(s) will be tried again.`,
  // The desk.
  title: 'Alerts',
  intro:
    'What deserved that somebody looks at once. To acknowledge an alert says that you look; it changes nothing else.',
  deadNotice: (n: number) =>
    `${n} message(s) were given up: nobody was told by that channel. Ask your administrator to look at it.`,
  showOpen: 'Open only',
  showAll: 'All',
  acknowledge: 'Acknowledge',
  by: (who: string, at: string) => `Acknowledged by ${who}, ${at}`,
  look: 'Look',
  older: 'Older',
  kinds: { burst: 'burst', level: 'level', silent: 'silent source' },
  states: { waiting: 'waiting', sending: 'on the way', sent: 'sent', dead: 'given up', dropped: 'not sent' },
};

export type AlertWords = typeof en;

const id: AlertWords = {
  burst: (title, posts, since, authors, flagged) =>
    `Lonjakan: ${posts} unggahan sejak ${since} dalam ${title === '' ? 'sebuah narasi tanpa frasa yang boleh disebutkan' : `narasi “${title}”`} (sejauh ini ${authors} penulis berbeda, ${flagged} unggahan ditandai).`,
  level: (item, level, categories) =>
    `Butir ${item} menunggu di antrean pada tingkat ${level}${categories === '' ? '' : ` (${categories})`}.`,
  quiet: (source, hours, usual) =>
    `Sumber ${source} senyap ${hours} jam; jeda terlamanya biasanya ${usual} jam. Senyap bukan berarti aman.`,
  failing: (source, hours) =>
    `Sumber ${source} tidak dapat dibaca selama ${hours} jam. Senyap bukan berarti aman.`,
  subjects: {
    burst: 'Lonjakan sebuah narasi',
    level: 'Butir bertingkat tinggi',
    silent: 'Sumber menjadi senyap',
  },
  digest: (n) => `${n} peringatan`,
  more: (n) => `… dan ${n} lagi di meja.`,
  footer: 'Ronda · temuan adalah petunjuk; orang yang memutuskan.',
  number: (alert, at) => `Peringatan ${alert}, ${at}`,
  test: 'Ini uji saluran peringatan; tidak terjadi apa-apa.',
  testSubject: 'Uji',
  none: 'Tidak ada peringatan.',
  line: (alert, at, kind, state, text, deliveries) =>
    `${alert}  ${at}  ${kind}  ${state}  ${text}${deliveries === '' ? '' : `  [${deliveries}]`}`,
  counts: (open, waiting, dead) =>
    `${open} belum ditanggapi, ${waiting} dalam perjalanan, ${dead} gagal tetap${dead > 0 ? ' ("ronda alerts retry" mencobanya lagi)' : ''}.`,
  open: 'terbuka',
  acknowledged: 'ditanggapi',
  noAlert: (alert) => `Tidak ada peringatan ${alert} yang terbuka; "ronda alerts list" menampilkan yang ada.`,
  noChannel: (name, names) =>
    `Tidak ada saluran "${name}"; ${names === '' ? 'alerts.channels di ronda.yaml kosong' : `yang ada: ${names}`}.`,
  acked: (alert) => `Peringatan ${alert} ditanggapi.`,
  tested: (channel) => `${channel}: diterima.`,
  testFailed: (channel, kind, message) => `${channel}: gagal (${kind}): ${message}`,
  retried: (n) => `${n} pesan akan dicoba lagi.`,
  title: 'Peringatan',
  intro:
    'Yang patut segera dilihat seseorang. Menanggapi peringatan berarti Anda melihatnya; selain itu tidak ada yang berubah.',
  deadNotice: (n) =>
    `${n} pesan gagal tetap: tidak seorang pun diberi tahu lewat saluran itu. Minta administrator memeriksanya.`,
  showOpen: 'Hanya yang terbuka',
  showAll: 'Semua',
  acknowledge: 'Tanggapi',
  by: (who, at) => `Ditanggapi oleh ${who}, ${at}`,
  look: 'Lihat',
  older: 'Lebih lama',
  kinds: { burst: 'lonjakan', level: 'tingkat', silent: 'sumber senyap' },
  states: {
    waiting: 'menunggu',
    sending: 'dalam perjalanan',
    sent: 'terkirim',
    dead: 'gagal tetap',
    dropped: 'tidak dikirim',
  },
};

/** The words of alerts in a language. */
export function alertWords(language: 'id' | 'en'): AlertWords {
  return language === 'id' ? id : en;
}
