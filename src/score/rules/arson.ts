import { findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import { NO, UNKNOWN, YES } from '../memo.js';
import type { Outcome } from '../outcome.js';
import { type Mark, marksOf, type Scene } from '../scene.js';
import { charge, framed } from './charge.js';

const WORSHIP = new Set(
  'gereja masjid mesjid musala mushola musholla pura wihara vihara klenteng kelenteng kuil sinagoge surau kapel katedral pesantren gerejanya masjidnya puranya viharanya klentengnya'.split(
    ' ',
  ),
);
const HOMES = new Set(
  'rumah rumahnya rumahmu kontrakan kontrakannya asrama asramanya permukiman perkampungan kantor kantornya gedung gedungnya markas markasnya balai pos polsek polres mapolres pendopo dprd'.split(
    ' ',
  ),
);
/** Verbs that mean ruin whatever they stand with, and those that mean it only of a place of worship that is pointed at. */
const RUIN = /^(?:bakar|bom|ledak)/;
const ASSAULT = /^(?:ganyang|hancur|roboh|ratakan|serbu|serang|rusak|jarah|obrak|lempar|geruduk|timpuk)/;
const POINTED = new Set(['itu', 'mereka', 'kafir', 'sesat', 'tersebut', 'liar']);
/** `rumah makan`, `pos ronda` and the like may burn in a figure of speech or a stove. */
const OTHER_THING = new Set(['makan', 'kaca', 'tangga', 'siput', 'hantu', 'kertas', 'mainan']);

/** Calls and threats of fire upon houses, offices and places of worship, whoever's they are: `ayo bakar gereja itu`. */
export function arson(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'hostile-predicate') continue;
    const ruin = RUIN.test(mark.entry.term) || (ASSAULT.test(mark.entry.term) && isFiery(scene, mark));
    if ((!ruin && !ASSAULT.test(mark.entry.term)) || mark.form === 'passive' || mark.form === 'nominal')
      continue;
    const place = placeOf(scene, mark, ruin);
    if (place === -1) continue;
    const meant = meaning(scene, mark);
    if (meant === undefined) continue;
    if (isNegated(scene, mark.first)) {
      outcomes.push({ type: 'framed', context: 'negation' });
      continue;
    }
    const start = Math.min(mark.start, scene.tokens.start[place]!);
    const end = Math.max(mark.end, scene.tokens.end[place]!);
    outcomes.push(
      framed(scene, mark, undefined) ??
        charge(scene, { start, end }, undefined, {
          rule: 'arson',
          category: meant,
          weight: 0.88,
          reason: meant === 'threat' ? 'threatened' : 'called-for-arson',
        }),
    );
  }
  return outcomes;
}

/** `serang kantor desa! bakar!`: fire is called for in the same breath. */
function isFiery(scene: Scene, mark: Mark): boolean {
  const sentence = scene.tokens.sentence[mark.first]!;
  return (
    isFierySentence(scene, sentence - 1) ||
    isFierySentence(scene, sentence) ||
    isFierySentence(scene, sentence + 1)
  );
}

function isFierySentence(scene: Scene, sentence: number): boolean {
  if (sentence < 0 || sentence >= scene.sentences.count) return false;
  const { fiery } = scene.memo;
  if (fiery[sentence] === UNKNOWN)
    fiery[sentence] = marksOf(scene, sentence).some(
      ({ kind, form, entry }) => kind === 'hostile-predicate' && form === 'base' && RUIN.test(entry.term),
    )
      ? YES
      : NO;
  return fiery[sentence] === YES;
}

/** Token of the building that the verb is done to; -1 where there is none. */
function placeOf(scene: Scene, mark: Mark, ruin: boolean): number {
  for (let t = mark.first + 1; t <= mark.last; t++) if (isBuilding(scene, t, ruin)) return t;
  let t = mark.last + 1;
  while (t <= mark.last + 2 && plays(scene, t, g.JUST | g.ALL | g.FILLER)) t++;
  if (isBuilding(scene, t, ruin)) return scene.segment[t] === scene.segment[mark.last] ? t : -1;
  // `rumahnya kita bakar`
  t = mark.first - 1;
  while (t >= mark.first - 3 && plays(scene, t, g.FIRST | g.INTENT | g.JUST | g.FILLER)) t--;
  return t < mark.first - 1 && isBuilding(scene, t, ruin) ? t : -1;
}

function isBuilding(scene: Scene, t: number, ruin: boolean): boolean {
  if (t < 0 || t >= scene.count || OTHER_THING.has(scene.words[t + 1] ?? '')) return false;
  const word = oneOf(scene.words[t]!);
  if (WORSHIP.has(word)) return ruin || POINTED.has(scene.words[t + 1] ?? '');
  return ruin && HOMES.has(word);
}

/** `gereja-gereja` are more than one; `pura-pura` is another word. */
function oneOf(word: string): string {
  const half = (word.length - 1) / 2;
  return word !== 'pura-pura' && word[half] === '-' && word.endsWith(word.slice(0, half))
    ? word.slice(0, half)
    : word;
}

/** Whether the writer calls for it or threatens it; undefined where it is told. */
function meaning(scene: Scene, mark: Mark): 'incitement' | 'threat' | undefined {
  const start = startOf(scene, mark.first, true);
  if (mark.form === 'first-person') return 'threat';
  const called = findRole(scene, mark.first - 1, startOf(scene, mark.first), g.CALL) !== -1;
  const first = findRole(scene, mark.first - 1, start, g.FIRST);
  if (called) return 'incitement';
  const plain = mark.form === 'base' || mark.form === 'imperative';
  if (first !== -1) {
    if (!plain && findRole(scene, mark.first - 1, start, g.INTENT) === -1) return undefined;
    return scene.words[first] === 'kita' ? 'incitement' : 'threat';
  }
  // Armies bombard, and are told to have done it.
  if (!plain || mark.entry.term === 'bombardir') return undefined;
  for (let t = start; t < mark.first; t++) {
    if (scene.roles[t] === 0 && scene.hostileAt[t] === -1) return undefined;
    if (plays(scene, t, g.THIRD | g.PRONOUN | g.WHICH | g.SECOND) || scene.holderAt[t] !== -1)
      return undefined;
  }
  return 'incitement';
}
