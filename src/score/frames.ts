import type { Context } from '../core/assessment.js';
import * as g from './grammar.js';
import { HOLDERS, type Mark } from './marks.js';
import type { Scene } from './scene.js';

/** What other marks make of each token, as bits. */
export type Around = Uint8Array;
/** A mark that is no condemning frame goes on here from the token before. */
const WITHIN = 1;
/** A name, a slur or a pronoun ends here. */
const NAMED = 2;
/** A feeling begins here. */
export const FELT = 4;

/** Looks at all marks once, so that no frame needs to. */
export function lookAround(marks: readonly Mark[], count: number): Around {
  const around = new Uint8Array(count);
  for (const { kind, first, last } of marks) {
    if (kind === 'negative-emotion') around[first]! |= FELT;
    if (kind === 'counter-speech-frame') continue;
    for (let t = first + 1; t <= last; t++) around[t]! |= WITHIN;
    if (HOLDERS.has(kind) || kind === 'slur' || kind === 'pronoun') around[last]! |= NAMED;
  }
  return around;
}

const SAYING = g.SAY | g.SPEECH_NOUN | g.CONDEMN | g.PROHIBITION | g.SORROW;
const CONDEMNING = new Set([
  'lawan',
  'melawan',
  'tolak',
  'kecam',
  'mengecam',
  'dikecam',
  'mengutuk',
  'laporkan',
  'dilaporkan',
  'dibenarkan',
  'setuju',
  'candaan',
  'lelucon',
  'maaf',
  'stigma',
  'ngomong',
  'komen',
  'hoaks',
  'bohong',
  'fitnah',
  'diucapkan',
]);

const PREDICATES = new Set([
  'itu',
  'adalah',
  'memang',
  'tidak',
  'harus',
  'perlu',
  'rasis',
  'wajib',
  'seharusnya',
]);

/**
 * True where a frame condemns something said, rather than being said of the group itself: `X itu jahat` is no
 * frame, and neither is what overlaps another mark (`kaum itu | tidak pantas hidup`).
 */
export function isFrame(around: Around, { first, last }: Mark, words: readonly string[]): boolean {
  if ((around[first]! & WITHIN) !== 0) return false;
  if (first > 0 && (around[first - 1]! & NAMED) !== 0 && PREDICATES.has(words[first]!)) return false;
  for (let t = first; t <= last; t++) {
    if (g.rolesOf(words[t]!) & SAYING || CONDEMNING.has(words[t]!)) return true;
  }
  return false;
}

const FOUND_OUT = new Set(['ternyata', 'nyatanya', 'rupanya', 'kenyataannya', 'faktanya']);

const ONCE = new Set(['dulu', 'dulunya', 'pernah', 'sempat', 'sempet', 'awalnya', 'mulanya', 'kecil']);
const NOW = new Set(['sekarang', 'skrg', 'kini', 'akhirnya', 'untungnya', 'untung']);
const STILL = new Set([
  'makin',
  'tambah',
  'lebih',
  'tetap',
  'tetep',
  'masih',
  'juga',
  'terbukti',
  'semakin',
  'pun',
]);
/** From what was felt once to the word for now, and from there to what is felt now, in words. */
const UNTIL_NOW = 6;
const FELT_NOW = 3;

/** `dulu gue takut sama X. Sekarang temenku X semua`: what was felt once is not felt any more. */
function isPast(scene: Scene, first: number, last: number): boolean {
  let once = false;
  for (let t = first - 1; t >= 0 && scene.tokens.sentence[t] === scene.tokens.sentence[first]; t--)
    if (ONCE.has(scene.words[t]!)) once = true;
  if (!once) return false;
  const end = Math.min(scene.count - 1, last + UNTIL_NOW);
  for (let t = last + 1; t <= end; t++) {
    if (!NOW.has(scene.words[t]!)) continue;
    for (let i = t + 1; i <= Math.min(scene.count - 1, t + FELT_NOW); i++)
      if (STILL.has(scene.words[i]!) || scene.hostileAt[i] !== -1) return false;
    return true;
  }
  return false;
}

/** `dulu gue pikir X itu jahat, ternyata gue salah`. */
export function correction(scene: Scene, first: number, last: number): Context | undefined {
  if (isPast(scene, first, last)) return 'counter-speech';
  const end = Math.min(scene.count - 1, last + 8);
  for (let t = last + 1; t < end; t++) {
    if (!FOUND_OUT.has(scene.words[t]!)) continue;
    for (let i = t + 1; i <= Math.min(scene.count - 1, t + 3); i++)
      if (scene.words[i] === 'salah' || scene.words[i] === 'keliru' || scene.words[i] === 'sebaliknya')
        return 'counter-speech';
  }
  return undefined;
}
