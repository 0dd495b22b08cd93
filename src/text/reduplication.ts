import { formalOf } from './spelling.js';
import { RULE } from './steps.js';
import type { Work } from './work.js';

/** What may follow the 2: `rumah2nya`, `mudah2an`. */
const ENDINGS = new Set([
  '',
  'nya',
  'an',
  'annya',
  'ku',
  'mu',
  'lah',
  'kah',
  'kan',
  'i',
  'in',
  'ny',
  'pun',
  'x',
  'at',
]);
/** Words that a 2 behind them numbers: `sma2`, `part2`. */
const NUMBERED = new Set(
  'sma smp man smk smu sdn rt rw part season episode eps vol volume chapter level lvl grade covid versi seri liga divisi jilid bab pasal ayat kelas grup group tim lantai gate blok pp uu'.split(
    ' ',
  ),
);
/** Of these only the root is said twice: `bersama2` is `bersama-sama`. */
const PREFIXED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    bersama: 3,
    seolah: 2,
    seakan: 2,
    semata: 2,
    sewaktu: 2,
    semena: 2,
    berhari: 3,
    bertahun: 3,
    berbulan: 3,
    berjam: 3,
    bermain: 3,
    berlari: 3,
    berjalan: 3,
    bernyanyi: 3,
    berbondong: 3,
    berganti: 3,
    berulang: 3,
    bermacam: 3,
    beramai: 3,
    bertubi: 3,
    berkali: 3,
    berlomba: 3,
    bersenang: 3,
    berkoar: 3,
    berteriak: 3,
    menakut: 2,
    terburu: 3,
    tergila: 3,
    tertawa: 3,
    terkatung: 3,
    sebaik: 2,
    secepat: 2,
    setinggi: 2,
    sekuat: 2,
    seenak: 2,
    sebenar: 2,
    selama: 2,
    sejauh: 2,
    setidak: 2,
    diam: 0,
  }),
);

/**
 * Writes `orang2` as `orang-orang`, with what follows the 2; tells whether `start`..`end` was such a word. The second
 * half stands for the 2.
 */
export function reduplication(work: Work, start: number, end: number): boolean {
  const { chars } = work.stage;
  let two = start;
  while (two < end && chars[two]! >= 97 && chars[two]! <= 122) two++;
  if (chars[two] !== 50 || two >= end || two - start < 2 || end - two > 6 || two - start > 24) return false;
  for (let i = two + 1; i < end; i++) if (chars[i]! < 97 || chars[i]! > 122) return false;
  const ending = String.fromCharCode(...chars.subarray(two + 1, end));
  if (!ENDINGS.has(ending)) return false;
  const written = String.fromCharCode(...chars.subarray(start, two));
  if (NUMBERED.has(written)) return false;
  const formal = formalOf(chars, start, two);
  if (two - start < 3 && formal === undefined) return false;
  const base = formal ?? written;
  if (base.includes(' ') || base.includes('-')) return false;
  const { writer } = work;
  writer.word(base.length * 2 + 8);
  if (formal === undefined) writer.copy(start, two);
  else writer.write(base, start, two, RULE.informal);
  const again = base.slice(PREFIXED.get(base) ?? 0);
  writer.write(`-${again}`, two, two + 1, RULE.reduplication);
  if (ending === 'ny') writer.write('nya', two + 1, end, RULE.informal);
  else if (ending !== 'x') writer.copy(two + 1, end);
  return true;
}
