/* Words for people by what they do, are to somebody or are said to have done; none names a group, camp or party. */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** People by trade, office in daily life or role. */
export const PERSONS = words(
  'sopir supir driver santet penyihir kernet kurir ojol pengemudi pengendara pilot masinis satpam security penjaga dokter perawat bidan mantri dukun paranormal peramal tabib guru dosen kepsek rektor kasir pelayan pegawai karyawan buruh mandor majikan pembantu tukang pedagang penjual pembeli nelayan petani peternak wartawan jurnalis reporter fotografer aktivis penulis pengacara advokat notaris ustaz ustad kiai kyai pendeta pastor biksu pedanda imam khatib penceramah artis selebgram youtuber influencer komika penyanyi tetangga saksi pelapor penagih rentenir pemulung pengemis gelandangan mahasiswa pelajar santri relawan peserta penumpang penghuni pemilik juragan wasit orangnya bocah gadis pemuda pria lelaki wanita kakek nenek janda',
);

/** People by what they are accused of, which mobs act upon. */
export const SUSPECTS = words(
  'maling pencuri pencopet copet jambret penjambret begal pembegal rampok perampok garong penculik pemerkosa pencabul pedofil pelaku tersangka penjahat bajingan bandit preman pembunuh penipu provokator penista penghina penjarah perusuh pelakor selingkuhan pezina pengkhianat pembakar penadah pencoleng tertuduh',
);

/** Accused whom the law is often asked to put to death: only plain words of killing count against them. */
export const CONVICTS = words('koruptor bandar pengedar teroris gembong napi terpidana');

/** Who governs or enforces: politics uses hard verbs of them, so only those that mean bodies count. */
export const OFFICIALS = words(
  'presiden wapres menteri gubernur bupati walikota camat lurah kades kadus pejabat polisi polwan brimob tentara kapolres kapolsek kapolda jenderal hakim jaksa dprd legislator',
);

/** Of one's own house or heart: the ending says whose, not which, and jokes are made of them. */
export const KIN = words(
  'istri isteri suami anak ibu bapak ayah emak mertua ipar adik kakak saudara om tante paman bibi keponakan sepupu pacar mantan gebetan tunangan temen teman sahabat bestie bini laki',
);

/** Words of play, sport and fiction, in whose company people are killed on screen and beaten on points. */
export const MAKE_BELIEVE = words(
  'loot looting mabar mlbb pubg valorant minecraft genshin roblox respawn spawn quest npc ranked gameplay game gim gamer ingame mobs boss raid hero lane turret zombie werewolf imposter impostor among crewmate mafia catur anime manga drakor drama film filmnya movie sinetron serial series episode season novel komik cerpen fanfic wattpad cerita ceritanya dongeng adegan adegannya ending endingnya tokohnya karakter karakternya lagu lirik liriknya naskah skenario plot gol skor babak liga timnas klub ronde menit kiper striker penalti pertandingan turnamen playoff derby mario naruto titan peran dnd cosplay',
);

/** What kills only in a figure of speech: `dengan kebaikan`, `secara hukum`. */
export const MILD_MEANS = words(
  'kebaikan cinta senyum senyuman senyummu prestasi doa argumen hukum hukuman undang-undang uu pasal pengadilan tatapan tatapanmu kata-kata fakta data logika pesona pelukan',
);
