import { hashUnits, WordTable } from './word-table.js';

/**
 * Words that people hide: the only ones against which a masked letter (`k*fir`), a cut word (`ka-fir`) or an
 * uncertain sign (`@njing`) is read. Being here says nothing about a word's weight; that is the lexicons' business.
 * The order decides where a mask fits several: the likelier first.
 */
export const SENSITIVE_WORDS: readonly string[] = `
anjing babi bangsat kafir goblok tolol kontol memek ngentot entot jancok bajingan asu tai monyet setan iblis lonte
pelacur perek jablay bencong banci homo maho lesbi gay sundal kampret brengsek biadab bodoh bego idiot dungu dongo
bacot cocot ngewe ewe jembut tempik itil peler titit kimak pukimak pantek puki cukimai bangke bangkai keparat jahanam
laknat sialan jalang bedebah sinting gila edan geblek goblog koplak budek picek buta cacat autis kunyuk kera celeng
anjir anjay anjrit anying jing nyet jancuk dancok cuk taik tahi ngentod bangsad bejat bejad
kafirun kapir murtad munafik musyrik sesat bidah zindik ateis komunis pki cina china tionghoa cokin aseng asing yahudi
kristen nasrani islam muslim katolik hindu buddha konghucu syiah ahmadiyah wahabi salafi sunni papua jawa batak dayak
madura minang sunda melayu ambon bugis padang arab india negro nigger onta cebong kampung kadrun kecebong cebonger
pribumi rohingya israel zionis salibis kapitalis liberal teroris radikal
bunuh bantai bakar gantung perkosa usir ganyang habisi hajar tembak penggal sembelih tusuk bacok musnahkan basmi
mati mampus modar hancurkan serang perangi racun culik siksa sodomi
fuck fucking fucker shit bitch asshole dick pussy bastard cunt damn slut whore nigga faggot
sex seks bokep porno ngaceng colmek coli sange telanjang toket tetek pentil pepek memeq pantat bokong
korupsi koruptor maling rampok penipu bohong sampah najis haram jijik benci dendam rasis
`
  .trim()
  .split(/\s+/);

const table = new WordTable(SENSITIVE_WORDS);

/** Is `chars` from `start` to `end` one of them? */
export function isSensitive(chars: Uint16Array, start: number, end: number): boolean {
  return table.find(chars, start, end, hashUnits(chars, start, end)) >= 0;
}

/** Forms of them with affixes, hidden as often. Kept apart because they are no roots. */
const SENSITIVE_FORMS = `
membunuh dibunuh bunuhlah membakar dibakar bakarlah diusir mengusir usirlah perkosaan pemerkosa diperkosa memperkosa
dibantai membantai pembantaian digantung dihabisi dimusnahkan dipenggal disembelih kafirin pelacuran keparatnya
`
  .trim()
  .split(/\s+/);

/** The masked word `pattern` (a letter, or 0 where one is hidden) stands for, or undefined where nothing fits. */
export function unmask(pattern: Uint16Array, start: number, end: number): string | undefined {
  const length = end - start;
  let known = 0;
  for (let i = start; i < end; i++) if (pattern[i] !== 0) known++;
  // Half of the letters, or the first and the last: less would be a guess.
  const framed = pattern[start] !== 0 && pattern[end - 1] !== 0;
  if (known < 2 || (known * 2 < length && !(framed && length <= 6))) return undefined;
  const first = pattern[start]!;
  for (const word of byShape.get(first === 0 ? length : length + 256 * first) ?? []) {
    let i = 0;
    while (i < length && (pattern[start + i] === 0 || pattern[start + i] === word.charCodeAt(i))) i++;
    if (i === length) return word;
  }
  return undefined;
}

/** Words by length, and by length and first letter. */
const byShape = new Map<number, string[]>();
for (const word of [...SENSITIVE_WORDS, ...SENSITIVE_FORMS]) {
  for (const shape of [word.length, word.length + 256 * word.charCodeAt(0)]) {
    const words = byShape.get(shape);
    if (words === undefined) byShape.set(shape, [word]);
    else words.push(word);
  }
}
