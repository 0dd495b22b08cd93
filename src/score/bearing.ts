import { plays } from './clause.js';
import { isSaraGround } from './combine.js';
import * as g from './grammar.js';
import { GROUP_HEAD, TRAITS_OF } from './known-words.js';
import { isRulerOf } from './office.js';
import { isSacred, type Mark, type Scene } from './scene.js';

/*
 * What a group that is named is to its sentence. Where it is only whom others speak against, harm, help or rule, the
 * anger of the post is meant for these others, and the name is no second kind of evidence beside the classifier.
 */

/** Before a name: those for whose sake, or about whom, something is done or said. */
const FOR =
  'terhadap kepada untuk buat bagi demi soal tentang mengenai perihal seputar bela membela dibela belain lindungi melindungi ngelindungin bantu membantu tolong menolong selamatkan menyelamatkan dukung mendukung peduli urus ngurus mengurus ngurusin hargai menghargai hormati menghormati jaga menjaga rangkul merangkul mensejajarkan memajukan sejahterakan mensejahterakan mencintai sayangi menyayangi doakan mendoakan';
/** Before a name: what is theirs. */
const THEIRS =
  'hak hak-hak nasib kehidupan musala masjid gereja pura vihara wihara kelenteng klenteng makam toko warung lapak asrama sekolah pesantren harga-diri tanah hutan kampung rumah ladang uang dana harta suara aspirasi kepentingan martabat adat ulayat korban ibadah';
/** Before a name: what rulers and others do to them. */
const UPON =
  'anti pro menyesatkan berkedok mengatasnamakan ngaku ngakunya mengaku jualan menjual ngomong ngomongin bawa-bawa mencerminkan anggap dianggap menganggap nganggap nganggep menyebut nyebut memanggil manggil mengatai ngatain mengejek ngejek menghina ngehina merendahkan ngerendahin memandang memperlakukan menyamakan nyamain dibilang disebut dituduh tuduh nuduh dikatain dikira musuh musuh-musuh pendukung rugikan merugikan ngerugiin mempersulit nyusahin menyusahkan menelantarkan membiarkan ngebiarin mengabaikan abaikan ngeracunin meracuni menipu nipu memeras meras merampas rampas merampok mengkriminalisasi menyakiti mengkhianati menggusur gusur menyudutkan mencurigai curigai memiskinkan memanfaatkan manfaatin membohongi bohongi pembohong penindas penghina penista pembunuhan pembantaian pembakaran penghinaan penistaan pengusiran penyerangan perusakan penindasan kriminalisasi penyegelan pelarangan';
const HELPED = /^(?:mem|di)?(?:bela|lindung|bantu|tolong|selamat)(?:i|in|kan)?$/;
const FAVOURED: ReadonlySet<string> = new Set(FOR.split(' '));
const POSSESSED: ReadonlySet<string> = new Set(THEIRS.split(' '));
/** What is sacred can be wronged too; who lives for it may still be called names. */
const WRONGED: ReadonlySet<string> = new Set(UPON.split(' '));
/** Names of deeds that are done to somebody, a word or two before him: `pembunuhan pendulang emas X`. */
const DEED =
  /^(?:pembunuhan|pembantaian|penyerangan|penganiayaan|pemukulan|pengeroyokan|penembakan|penculikan|perampokan|pengusiran|penggusuran|pemerkosaan|perkosaan|persekusi|perundungan|diskriminasi|pelecehan|kebencian|kekerasan|prasangka|sentimen)$/;
const WHY: ReadonlySet<string> = new Set([
  'karena',
  'karna',
  'krn',
  'sebab',
  'gara-gara',
  'soalnya',
  'makanya',
]);

/** From a name to what is done to it. */
const DONE_WITHIN = 3;
/** Forms in `di-` that tell what a group suffers, whether or not the lexicon holds their verb. */
const SUFFERED =
  /^di(?:krimin|zalim|tind|diskrim|persekus|tinggal|terlantar|telantar|abai|biar|khianat|racun|rampas|rampok|tipu|bohong|usik|ganggu|sulit|persulit|rugi|manfaat|peras|bubar|larang|bantu|tolong|paksa|intimidasi|teror|fitnah|tuduh|anggap|sebut|bilang|kata|cap|label|stigma|perlaku|pukul|gebuk|siksa|sakit|siram|gusur|segel)/;

/** Where denied: what a group is left without. */
const LEFT_WITHOUT =
  /^di(?:bela|lindung|bantu|tolong|selamat|jaga|urus|perhati|harga|hormat|aku|izin|beri|kasih|gaji|bayar|dengar|peduli|layan)/;

/** True where each group on a SARA ground that the post names stands aside from its anger; slurs never do. */
export function isAside(scene: Scene): boolean {
  let before: Mark | undefined;
  for (const mark of scene.marks) {
    if ((mark.kind !== 'group' && mark.kind !== 'slur') || !isSaraGround(mark.entry.ground)) continue;
    if (mark.kind === 'slur') return false;
    // `tanah orang X dan orang Y`: the second stands as the first.
    if (!(before !== undefined && isJoined(scene, before, mark)) && !standsAside(scene, mark)) return false;
    before = mark;
  }
  return before !== undefined;
}

const AND: ReadonlySet<string> = new Set(['dan', 'atau', 'serta', 'maupun', 'sama', 'dengan', 'kek', 'juga']);

function isJoined(scene: Scene, before: Mark, mark: Mark): boolean {
  return mark.first === before.last + 2 && AND.has(scene.words[before.last + 1]!);
}

/** Roles of words that make a deed the writer's own, or called for. */
const OWN = g.FIRST | g.NORM | g.CALL | g.PROHIBITION;

function standsAside(scene: Scene, mark: Mark): boolean {
  if (isRulerOf(scene, mark)) return true;
  const t = beforeName(scene, mark);
  if (t !== -1) {
    if (isOneself(scene, t)) return true;
    const word = scene.words[t]!;
    // `kita harus anti X` is the writer's own stand.
    if (WRONGED.has(word)) return !isOwnStand(scene, t, OWN);
    // `jangan bela X`
    if (!isSacred(mark) && FAVOURED.has(word))
      return !plays(scene, t - 1, g.PROHIBITION) && !plays(scene, t - 2, g.PROHIBITION);
    if (word === 'salah' && scene.words[t - 1] === 'bukan') return true;
    // `merampas hidup X`
    if (scene.roles[t] === 0 && WRONGED.has(scene.words[t - 1] ?? '')) return !isOwnStand(scene, t - 1, OWN);
    if (DEED.test(scene.words[t - 1] ?? '') || DEED.test(scene.words[t - 2] ?? '')) return true;
    if (!isSacred(mark) && (POSSESSED.has(word) || POSSESSED.has(scene.words[t - 1] ?? ''))) return true;
  }
  if (scene.words[mark.first]!.startsWith('anti-')) return !isOwnStand(scene, mark.first, OWN);
  // `mau X kek, mau Y kek`
  return scene.words[mark.last + 1] === 'kek' || isSuffering(scene, mark);
}

/** The token before a name and its heads (`para warga X`), -1 where its sentence begins with them. */
function beforeName(scene: Scene, mark: Mark): number {
  const sentence = scene.tokens.sentence[mark.first]!;
  let t = mark.first - 1;
  while (
    t >= 0 &&
    scene.tokens.sentence[t] === sentence &&
    (plays(scene, t, g.ALL) || (TRAITS_OF[scene.numbers[t]!]! & GROUP_HEAD) !== 0)
  )
    t--;
  return t >= 0 && scene.tokens.sentence[t] === sentence ? t : -1;
}

/** Between the writer and what he says that he is: `saya juga X`. */
const BEING: ReadonlySet<string> = new Set(['juga', 'kan', 'ini', 'memang', 'adalah', 'asli']);

/** `saya juga X`, `sebagai X, saya malu`, `tidak seperti seorang X`: the writer or one man is measured by the name. */
function isOneself(scene: Scene, t: number): boolean {
  if (scene.words[t] === 'sebagai' || scene.words[t] === 'seorang') return true;
  const before = BEING.has(scene.words[t]!) ? t - 1 : t;
  if (!plays(scene, before, g.FIRST) || scene.segment[before] !== scene.segment[t + 1]) return false;
  // `di tempat saya X diusir`, `bagi saya X ...`: the place and the view are the writer's.
  const owned = before - 1;
  return (
    owned < 0 ||
    scene.segment[owned] !== scene.segment[before] ||
    plays(scene, owned, g.FILLER | g.CONTRAST | g.THAT)
  );
}

/** True where a word with one of `roles` stands before: it is the writer, or who is called upon, that is for or against them. */
function isOwnStand(scene: Scene, t: number, roles: number): boolean {
  for (let i = t - 1; i >= 0 && scene.segment[i] === scene.segment[t]; i--) {
    if (plays(scene, i, roles)) return true;
    if (scene.holderAt[i] !== -1) return false;
  }
  return false;
}

/** `kita bela X dari pembantaian kelompok biadab`: they are who is helped. */
export function isHelped(scene: Scene, mark: Mark): boolean {
  const t = beforeName(scene, mark);
  return (
    t !== -1 &&
    HELPED.test(scene.words[t]!) &&
    isOwnStand(scene, t, g.FIRST | g.CALL) &&
    !isOwnStand(scene, t, g.NEGATION)
  );
}

/** `saya juga X, dan jalan di sini rusak`: what is said farther on is not meant for the writer's own. */
export function isOwnName(scene: Scene, mark: Mark): boolean {
  const t = beforeName(scene, mark);
  return t !== -1 && isOneself(scene, t);
}

/** `X dikriminalisasi`, `X yang ladangnya dirusak`, `X tidak dilindungi`: what is told of them is what others do, and no reason is given for it. */
function isSuffering(scene: Scene, mark: Mark): boolean {
  const { last } = mark;
  for (let t = last + 1; t < scene.count && scene.segment[t] === scene.segment[last]; t++)
    if (WHY.has(scene.words[t]!)) return false;
  for (let t = last + 1; t <= last + DONE_WITHIN && scene.segment[t] === scene.segment[last]; t++) {
    if (plays(scene, t, g.NORM | g.INTENT | g.CALL | g.PROHIBITION)) return false;
    if (plays(scene, t - 1, g.NEGATION) && LEFT_WITHOUT.test(scene.words[t]!)) return true;
    const index = scene.hostileAt[t]!;
    if (index !== -1) return scene.marks[index]!.form === 'passive';
    if (SUFFERED.test(scene.words[t]!)) return true;
  }
  return false;
}
