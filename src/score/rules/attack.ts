import { isVictimOf } from '../acted-upon.js';
import { isHelped, isOwnName } from '../bearing.js';
import { endOf, findRole, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import { isRulerOf } from '../office.js';
import type { Outcome } from '../outcome.js';
import { isOwnKin, isParticular, subjectOf } from '../reference.js';
import { isSacred, type Mark, type Named, type Scene } from '../scene.js';
import { verdict, weigh } from './charge.js';

/** From so many words of unknown part between name and word it is doubtful that they belong together. */
const LOOSE = 2;
/** What is left of the weight then: doubt, which flags only together with the classifier. */
const DOUBT = 0.65;
/** Mild words (`terlalu banyak`) are doubt, not a flag: much of the weight is the entry's own. */
const MILD = 0.5;

/** Words that after a name single out some: `Islam radikal` are not all; `Islam itu radikal` says it of all. */
export const RESTRICTIVE =
  /^(?:radikal|ekstrem|ekstrim|fanatik|garis keras|fundamental|intoleran|kolot|ortodoks|konservatif|liberal|murtad|abal|gadungan|palsu|bigot)/;

const REASONS: Partial<Record<Mark['kind'], { reason: string; base: number }>> = {
  'dehumanising-noun': { reason: 'dehumanised', base: 0.82 },
  'negative-attribute': { reason: 'evil-spoken', base: 0.72 },
  derogation: { reason: 'derogated', base: 0.7 },
  insult: { reason: 'insulted', base: 0.7 },
  profanity: { reason: 'sworn-at', base: 0.66 },
};

/** Things that bear a people's name: what is said of `makanan Sunda`, `bahasa Jawa` or `film India` is said of no people. */
const THINGS = new Set(
  'makanan masakan bahasa khas restoran resto kuliner hidangan menu lagu film drama sinetron tari tarian musik aksara kopi sate soto nasi mie bakmi bumbu sambal kain batik baju rumah-makan warung bakso logat wayang kerajinan produk barang pulau kota provinsi kabupaten tanah laut selat universitas klub timnas liga'.split(
    ' ',
  ),
);

/** `X menang 3-0`: a team plays. */
const PLAYS = new Set('menang kalah unggul seri imbang vs lawan juara tersingkir lolos dibantai'.split(' '));

function isThing(scene: Scene, holder: Mark): boolean {
  return (
    isRulerOf(scene, holder) ||
    (holder.first === holder.last &&
      (THINGS.has(scene.words[holder.first - 1] ?? '') || PLAYS.has(scene.words[holder.last + 1] ?? '')))
  );
}

const CONDITIONS = new Set(['kalau', 'kalo', 'klo', 'jika', 'bila', 'apabila']);

/** `X itu ras cacing`: words that only say what sort follows. */
const SORTS = new Set(
  'ras bangsa spesies jenis kasta makhluk sejenis sebangsa kawanan tipe segolongan sekawanan'.split(' '),
);

/** Bad things said of a group as such: `X itu licik`, `X kayak hama`, `dasar X goblok`, `X pembunuh`. */
export function attack(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    const reason = REASONS[mark.kind];
    if (reason === undefined) continue;
    const holder = subjectOf(scene, mark);
    if (holder === undefined || holder.type !== 'group') continue;
    if (holder.by === 'name' && isParticular(scene, holder.mark)) continue;
    if (holder.by !== 'pronoun' && (isAcquaintance(scene, holder.mark) || isOwnKin(scene, holder.mark)))
      continue;
    if ((holder.by === 'name' && isVictimOf(scene, mark, holder.mark)) || isThing(scene, holder.mark))
      continue;
    if (holder.by !== 'pronoun' && isOwnName(scene, holder.mark)) continue;
    if (isDistant(scene, mark, holder) && isHelped(scene, holder.mark)) continue;
    const between = wordsBetween(scene, mark, holder);
    if (between === undefined) continue;
    outcomes.push(
      verdict(scene, mark, holder, {
        rule: `attack-${mark.kind}`,
        category: 'hate',
        weight: weigh(reason.base, mark, holder, MILD) * (between >= LOOSE ? DOUBT : 1),
        reason: reason.reason,
      }),
    );
  }
  return outcomes;
}

/**
 * Words of unknown part between what is said and of whom it is said; undefined where they do not hang together. A word that is bad only as a likeness (`babi`,
 * `tikus`) must be said of the group in so many words; `X beternak babi` says nothing bad.
 */
function wordsBetween(scene: Scene, mark: Mark, holder: Named<'group'>): number | undefined {
  const before = holder.at < mark.first;
  // `ya Allah, bodoh sekali aku` insults nobody's god.
  if (
    isSacred(holder.mark) &&
    !(before && holder.by === 'name' && isBeside(scene, holder.mark.last + 1, mark.first))
  ) {
    return undefined;
  }
  if (!before) {
    const from = mark.last + 1;
    let unknown = 0;
    // `bahaya laten terhadap X`: what threatens them is not they.
    const beforeName = (holder.by === 'name' ? holder.mark.first : holder.at) - 1;
    if (plays(scene, beforeName, g.OBLIQUE) || scene.words[beforeName] === 'buat') return undefined;
    // `jahat sekali mengatakan bahwa X ...`: it is the saying that is judged.
    if (findRole(scene, from, holder.at - 1, g.SAY) !== -1) return undefined;
    // `tidak wajar X diusir`: it is the deed that is judged.
    if (mark.kind === 'negative-attribute' && isDoneTo(scene, holder)) return undefined;
    for (let t = from; t < holder.at; t++) if (THOUGHT.has(scene.words[t]!)) return undefined;
    for (let t = from; t < holder.at; t++)
      if (scene.roles[t] === 0 && scene.holderAt[t] === -1 && scene.hostileAt[t] === -1) unknown++;
    if (mark.kind === 'profanity' || mark.kind === 'dehumanising-noun')
      return unknown === 0 && holder.at - from <= 4 ? unknown : undefined;
    return unknown <= 1 ? unknown : undefined;
  }
  if (holder.by === 'carried') {
    // `mau X kek Y kek, kalau maling ya maling`: it is said of whoever does it.
    if (CONDITIONS.has(scene.words[startOf(scene, mark.first, true)]!)) return undefined;
    return mark.kind !== 'dehumanising-noun' || isPlainlySaid(scene, mark) ? 0 : undefined;
  }
  const from = (holder.by === 'name' ? holder.mark.last : holder.at) + 1;
  let unknown = 0;
  let likened = false;
  let doubtful = false;
  let conditional = false;
  let compared = false;
  let some = false;
  for (let t = from; t < mark.first; t++) {
    const roles = scene.roles[t]!;
    if (roles & g.LIKENESS) likened = true;
    if (scene.words[t] === 'lebih') compared = true;
    if (compared && (scene.words[t] === 'dari' || scene.words[t] === 'daripada')) likened = true;
    if (CONDITIONS.has(scene.words[t]!)) conditional = true;
    // `orang X yang ...` may be some of them only.
    if (roles & g.WHICH) some = true;
    if (roles & (g.INTENT | g.FIRST) && !(roles & g.NORM)) doubtful = true;
    if (roles === 0 && scene.hostileAt[t] === -1 && !SORTS.has(scene.words[t]!)) unknown++;
  }
  if (conditional) return undefined;
  if (RESTRICTIVE.test(mark.entry.term) && mark.first === from && !plays(scene, mark.last + 1, g.ALL))
    return undefined;
  if (likened) return 0;
  if (mark.kind === 'dehumanising-noun') return unknown === 0 && !doubtful ? 0 : undefined;
  if (mark.kind === 'profanity') return unknown <= 1 ? unknown : undefined;
  return unknown <= (some ? 1 : 3) ? unknown : undefined;
}

/** `inferior merasa X ...`: what follows is what somebody thinks. */
const THOUGHT = new Set(
  'merasa ngerasa dipikir dikira dikiranya dipikirnya pikir kira sangka merasakan'.split(' '),
);

/** How many words after a name what is said may as well be said of others that stand between. */
const DISTANT = 4;

function isDistant(scene: Scene, mark: Mark, holder: Named<'group'>): boolean {
  return (
    holder.by === 'carried' ||
    (holder.by === 'name' &&
      (mark.first - holder.mark.last > DISTANT || scene.segment[holder.at] !== scene.segment[mark.first]))
  );
}

const ACQUAINTED = new Set(
  'teman temen temanku temenku tetangga tetanggaku pacar pacarku mantan mantanku sahabat sahabatku gebetan bestie bos bosku dosenku guruku'.split(
    ' ',
  ),
);

/** `temen gue X`: somebody in particular. */
function isAcquaintance(scene: Scene, { first }: Mark): boolean {
  const before = plays(scene, first - 1, g.FIRST) ? first - 2 : first - 1;
  return before >= 0 && ACQUAINTED.has(scene.words[before]!);
}

/** True where the next that is said of the one named is a harm done to him: `X diusir dari rumahnya`. */
function isDoneTo(scene: Scene, holder: Named<'group'>): boolean {
  const last = holder.by === 'name' ? holder.mark.last : holder.at;
  for (let t = last + 1; t <= last + 3 && t < scene.count && scene.segment[t] === scene.segment[last]; t++) {
    const index = scene.hostileAt[t]!;
    if (index === -1) continue;
    return scene.marks[index]!.kind === 'hostile-predicate' && scene.marks[index]!.form === 'passive';
  }
  return false;
}

/** Nothing but small words between. */
function isBeside(scene: Scene, from: number, to: number): boolean {
  for (let t = from; t < to; t++)
    if (!plays(scene, t, g.FILLER | g.LIKENESS | g.ONLY | g.WHICH)) return false;
  return true;
}

/** A likeness said of who was named before is said on purpose: `dasar binatang`, `mereka hama`, not an item of a list. */
function isPlainlySaid(scene: Scene, mark: Mark): boolean {
  const start = startOf(scene, mark.first, true);
  let marked = start > 0 && plays(scene, start, g.CONTRAST);
  for (let t = start; t < mark.first; t++) {
    if (plays(scene, t, g.LIKENESS) || scene.words[t] === 'dasar' || scene.words[t] === 'memang')
      marked = true;
    else if (scene.roles[t] === 0 && scene.hostileAt[t] === -1) return false;
  }
  return (
    marked ||
    (start === mark.first && endOf(scene, mark.last) - mark.last <= 1 && startOf(scene, mark.first) === start)
  );
}
