/** Words of the tests of `ronda doctor`, Indonesian and English. */

interface Redis {
  readonly version: string | undefined;
  readonly policy: string | undefined;
  readonly appends: boolean;
  /** Of a cluster. */
  readonly primaries?: number;
}

interface Versions {
  readonly rules: string | undefined;
  readonly lexicon: string | undefined;
  readonly model: string | undefined;
}

const en = {
  installNode: 'install Node 20.19 or newer',
  cannotWrite: (home: string) => `${home} cannot be written`,
  letWrite: 'give this user the right to write there, or name another folder with --home',
  free: (home: string, megabytes: number) => `${home}, ${megabytes} MB free`,
  freeSome: (megabytes: number) => `free some space: less than ${megabytes} MB is left`,
  storeOpens: (items: number) => `opens; ${items} item(s)`,
  queue: (waiting: number, dead: number) => `${waiting} batch(es) waiting, ${dead} dead`,
  lookAtDead: '"ronda dead list" tells why each died',
  redis: ({ version, policy, appends, primaries }: Redis) =>
    `Redis ${version}, maxmemory-policy ${policy}, appendonly ${appends ? 'yes' : 'no'}${primaries === undefined ? '' : `, ${primaries} primaries of a cluster`}`,
  redisAdvice: {
    unreachable:
      'start Redis, or say where it is (RONDA_REDIS, queue.redis); where it refuses the user or password, correct queue.redis.user and RONDA_REDIS_PASSWORD',
    evicts: 'set "maxmemory-policy noeviction" in redis.conf, else jobs vanish when memory is short',
    'not-durable': 'set "appendonly yes" in redis.conf, else a restart forgets jobs',
    'too-old': 'use Redis 6.2 or newer',
  },
  stepsFail: (steps: string) => `steps that fail: ${steps}`,
  lintLexicon: 'run "ronda lexicon lint", and install the package anew where models/ is damaged',
  nobodyLands: 'nobody lands now',
  lands: (pid: number, host: string) => `process ${pid} on ${host} lands`,
  hasLanded: (pid: number, host: string) => `process ${pid} on ${host} held the right to land, and has ended`,
  scorers: (hosts: number) => `scorers of ${hosts} host(s) in the last hour`,
  behind: (n: number) => `${n} behind`,
  bringUp: (worker: string, part: string, has: string, newest: string) =>
    `a scorer on ${worker === '' ? 'a host that does not say its name' : worker} assesses with ${part} ${has}, and the newest at work is ${newest}; bring it up`,
  candidate: ({ rules, lexicon, model }: Versions) => `rules ${rules}, lexicon ${lexicon}, model ${model}`,
  correctShadow: 'correct score.shadow, or leave it out',
  accounts: (n: number) => `${n} account(s)`,
  noAccounts: 'no account yet; "ronda users add NAME --role admin" makes one',
  certificateUntil: (day: string) => `certificate until ${day}`,
  renewCertificate: 'put a new certificate at desk.tls.cert and desk.tls.key, and restart the desk',
  secretsSet: (n: number) => (n === 0 ? 'none is named' : `all ${n} that are named are set`),
  secretsMissing: (names: string) => `not set: ${names}`,
  setSecrets:
    'set each, or NAME_FILE with the path of a file that holds it, where its source is collected or its alerts are sent',
  noSources: 'none named; "ronda run" shows the demo, "ronda init" writes a ronda.yaml',
  sources: (named: number, failing: number, quiet: number) =>
    `${named} named, ${failing} failing, ${quiet} quiet`,
  silent: (source: string, hours: number | undefined) => `${source}: no post in ${hours} hours`,
  mendFailing: 'mend what each error names; a source that fails brings nothing, and that is not silence',
  lookAtQuiet:
    'look at the quiet places themselves and try "ronda sources check NAME"; silence is not safety',
  noContact: 'no contact',
  setContact: 'set "contact" in ronda.yaml: places that are fetched from must be able to ask',
};

const id: typeof en = {
  installNode: 'pasang Node 20.19 atau lebih baru',
  cannotWrite: (home) => `${home} tidak dapat ditulisi`,
  letWrite: 'beri pengguna ini hak menulis di sana, atau sebutkan folder lain dengan --home',
  free: (home, megabytes) => `${home}, ${megabytes} MB kosong`,
  freeSome: (megabytes) => `kosongkan ruang: tersisa kurang dari ${megabytes} MB`,
  storeOpens: (items) => `terbuka; ${items} butir`,
  queue: (waiting, dead) => `${waiting} kiriman menunggu, ${dead} mati`,
  lookAtDead: '"ronda dead list" menyebut sebab masing-masing',
  redis: ({ version, policy, appends, primaries }) =>
    `Redis ${version}, maxmemory-policy ${policy}, appendonly ${appends ? 'yes' : 'no'}${primaries === undefined ? '' : `, ${primaries} induk dari sebuah klaster`}`,
  redisAdvice: {
    unreachable:
      'jalankan Redis, atau sebutkan tempatnya (RONDA_REDIS, queue.redis); bila nama atau sandinya ditolak, perbaiki queue.redis.user dan RONDA_REDIS_PASSWORD',
    evicts: 'tulis "maxmemory-policy noeviction" di redis.conf; tanpa itu kiriman lenyap saat memori menipis',
    'not-durable': 'tulis "appendonly yes" di redis.conf; tanpa itu kiriman terlupa saat dinyalakan ulang',
    'too-old': 'pakai Redis 6.2 atau lebih baru',
  },
  stepsFail: (steps) => `langkah yang gagal: ${steps}`,
  lintLexicon: 'jalankan "ronda lexicon lint", dan pasang ulang paketnya bila models/ rusak',
  nobodyLands: 'saat ini tidak ada yang mendaratkan',
  lands: (pid, host) => `proses ${pid} di ${host} yang mendaratkan`,
  hasLanded: (pid, host) => `proses ${pid} di ${host} memegang hak mendaratkan, dan sudah berakhir`,
  scorers: (hosts) => `penilai dari ${hosts} mesin dalam satu jam terakhir`,
  behind: (n) => `${n} tertinggal`,
  bringUp: (worker, part, has, newest) =>
    `penilai di ${worker === '' ? 'mesin yang tidak menyebut namanya' : worker} memakai ${part} ${has}, padahal yang terbaru ${newest}; perbarui`,
  candidate: ({ rules, lexicon, model }) => `rules ${rules}, lexicon ${lexicon}, model ${model}`,
  correctShadow: 'perbaiki score.shadow, atau hapus dari ronda.yaml',
  accounts: (n) => `${n} akun`,
  noAccounts: 'belum ada akun; "ronda users add NAMA --role admin" membuatnya',
  certificateUntil: (day) => `sertifikat berlaku sampai ${day}`,
  renewCertificate: 'letakkan sertifikat baru di desk.tls.cert dan desk.tls.key, lalu jalankan ulang mejanya',
  secretsSet: (n) => (n === 0 ? 'tidak ada yang disebut' : `${n} yang disebut terisi semua`),
  secretsMissing: (names) => `belum diisi: ${names}`,
  setSecrets:
    'isi masing-masing, atau NAMA_FILE dengan letak berkasnya, di mesin yang mengumpulkan sumbernya atau mengirim peringatannya',
  noSources: 'tidak ada yang disebut; "ronda run" menayangkan peragaan, "ronda init" menulis ronda.yaml',
  sources: (named, failing, quiet) => `${named} disebut, ${failing} gagal, ${quiet} senyap`,
  silent: (source, hours) => `${source}: tanpa unggahan selama ${hours} jam`,
  mendFailing:
    'perbaiki yang disebut tiap galat; sumber yang gagal tidak membawa apa pun, dan itu bukan ketenangan',
  lookAtQuiet:
    'lihat sendiri tempat yang senyap dan coba "ronda sources check NAMA"; senyap belum tentu aman',
  noContact: 'tanpa kontak',
  setContact: 'isi "contact" di ronda.yaml: tempat yang dikunjungi harus dapat bertanya',
};

export type DoctorWords = typeof en;

export function doctorWords(language: 'en' | 'id'): DoctorWords {
  return language === 'id' ? id : en;
}
