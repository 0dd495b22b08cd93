import { isObjectOfOthers, isVictimOf, POLICIES } from './acted-upon.js';
import { endOf, findRole, plays, startOf } from './clause.js';
import * as g from './grammar.js';
import { UNKNOWN } from './memo.js';
import type { Holder, Mark, Scene } from './scene.js';

const REACH_BACK = 12;
const REACH_ON = 7;
/** How many sentences back a pronoun may point. */
const SENTENCES_BACK = 2;
/** Words of unknown part in a sentence that says something of a subject named before. */
const MOST_UNKNOWN = 2;
/** Words of a sentence that is a remark on who was named in the one before. */
const REMARK = 8;

/** The group that a pronoun at token `t` takes up, the nearest named before it; else the nearest camp or office. */
export function antecedentOf(scene: Scene, t: number): Mark | undefined {
  const group = t > 0 ? scene.lastGroup[t - 1]! : -1;
  // Who speaks against a group is not that group: `orang yang benci X. Mereka ...`.
  if (group !== -1 && isWithin(scene, group, t, SENTENCES_BACK)) {
    const mark = scene.marks[scene.holderAt[group]!]!;
    if (scene.words[t] === 'kalian' && (isOthersWord(scene, mark) || isStruckBefore(scene, mark, t)))
      return undefined;
    return wronging(scene, mark) ?? (isObjectOfOthers(scene, group) ? undefined : mark);
  }
  const other = t > 0 ? scene.lastHolder[t - 1]! : -1;
  if (other !== -1 && isWithin(scene, other, t, SENTENCES_BACK)) return scene.marks[scene.holderAt[other]!]!;
  return group === -1 && other === -1 ? revealedAfter(scene, t) : undefined;
}

const REVEALING = new Set(
  'maksud maksudku maksudnya dimaksud bicara berbicara ngomong ngomongin membicarakan bicarakan bahas membahas bicarain tentang soal yaitu yakni alias nunjuk merujuk ngebahas'.split(
    ' ',
  ),
);
/** From such a word to the name that it reveals. */
const REVEALED_WITHIN = 5;

/** `gue benci mereka. Maksud gue X`: nobody was named before, and the next sentence says who is meant. */
function revealedAfter(scene: Scene, t: number): Mark | undefined {
  if (scene.lastGroup[scene.count - 1]! <= t) return undefined;
  const sentence = scene.tokens.sentence[t]!;
  for (let s = sentence + 1; s <= Math.min(scene.sentences.count - 1, sentence + SENTENCES_BACK); s++) {
    const first = scene.sentences.first[s]!;
    const last = Math.min(scene.sentences.last[s]!, first + REACH_BACK);
    for (let i = first; i <= last; i++) {
      if (!REVEALING.has(scene.words[i]!)) continue;
      for (let j = i + 1; j <= Math.min(last, i + REVEALED_WITHIN); j++) {
        const index = scene.holderAt[j]!;
        if (index !== -1 && scene.marks[index]!.kind === 'group') return scene.marks[index]!;
      }
    }
  }
  return undefined;
}

/** `X itu penghisap darah Y. Usir mereka`: the group that is said to wrong the one that was named last. */
function wronging(scene: Scene, victim: Mark): Mark | undefined {
  const before = victim.first - 1;
  const index = before < 0 ? -1 : scene.hostileAt[before]!;
  if (index === -1 || !isVictimOf(scene, scene.marks[index]!, victim)) return undefined;
  const group = scene.lastGroup[before]!;
  if (group === -1 || !isWithin(scene, group, before, 0) || isObjectOfOthers(scene, group)) return undefined;
  return scene.marks[scene.holderAt[group]!]!;
}

/** `waktu X diserang kalian diam`: who looks on is spoken to, and not who suffers. */
function isStruckBefore(scene: Scene, { last }: Mark, t: number): boolean {
  let struck = false;
  if (findRole(scene, last, startOf(scene, last, true), g.THAT) === -1) return false;
  for (let i = last + 1; i < t && scene.tokens.sentence[i] === scene.tokens.sentence[last]; i++) {
    if (plays(scene, i, g.NORM | g.JUST | g.INTENT)) return false;
    const index = scene.hostileAt[i]!;
    if (index !== -1) struck ||= scene.marks[index]!.form === 'passive';
  }
  return struck;
}

/** `jangan sebut X hama. Kalian ...`, `siapa yang ngajarin benci X? Kalian ...`: those are spoken to who say it. */
function isOthersWord(scene: Scene, { first }: Mark): boolean {
  const start = startOf(scene, first);
  const say = findRole(scene, first - 1, start, g.SAY);
  return say > start && findRole(scene, say - 1, start, g.PROHIBITION | g.QUESTION | g.SECOND) !== -1;
}

/** True where token `i` stands at most so many sentences before that of token `t`. */
function isWithin(scene: Scene, i: number, t: number, sentences: number): boolean {
  return scene.tokens.sentence[t]! - scene.tokens.sentence[i]! <= sentences;
}

/** Whom what is said at `mark` is said of: who stands before it, else after it, else who was spoken of last. */
export function subjectOf(scene: Scene, mark: Mark): Holder | undefined {
  return holderBefore(scene, mark) ?? holderAfter(scene, mark) ?? carriedOver(scene, mark);
}

/** The nearest holder before `mark` in its segment that is no object of a preposition. */
export function holderBefore(scene: Scene, mark: Mark): Holder | undefined {
  const least = Math.max(0, mark.first - REACH_BACK);
  for (let i = mark.first - 1; i >= least && scene.segment[i] === scene.segment[mark.first]; i--) {
    const holder = holderAtToken(scene, i);
    if (holder === undefined) continue;
    if (holder.type === 'group' || holder.type === 'camp' || holder.type === 'institution') {
      const first = holder.by === 'name' ? holder.mark.first : i;
      if (isOblique(scene, first)) {
        i = first;
        continue;
      }
    }
    return holder;
  }
  return undefined;
}

function isOblique(scene: Scene, first: number): boolean {
  let i = first - 1;
  while (
    i >= 0 &&
    (scene.words[i] === 'orang' ||
      scene.words[i] === 'semua' ||
      scene.words[i] === 'para' ||
      scene.words[i] === 'kaum')
  )
    i--;
  return plays(scene, i, g.OBLIQUE);
}

/** The nearest holder after `mark` in its segment. */
export function holderAfter(scene: Scene, mark: Mark, reach = REACH_ON): Holder | undefined {
  const most = Math.min(scene.count - 1, mark.last + reach);
  for (let i = mark.last + 1; i <= most && scene.segment[i] === scene.segment[mark.last]; i++) {
    const holder = holderAtToken(scene, i);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Who is named at token `t`, pronouns resolved. */
export function holderAtToken(scene: Scene, t: number): Holder | undefined {
  const { holders } = scene.memo;
  const known = holders[t];
  if (known !== undefined) return known ?? undefined;
  const holder = findHolder(scene, t);
  holders[t] = holder ?? null;
  return holder;
}

/** The nearest token at or before `t` that holds somebody; -1 where none does. */
function lastHeld(scene: Scene, t: number): number {
  const { held } = scene.memo;
  let i = t;
  while (i >= 0 && held[i] === UNKNOWN && holderAtToken(scene, i) === undefined) i--;
  const found = i < 0 || held[i] === UNKNOWN ? i : held[i]!;
  for (let fill = t; fill > i; fill--) held[fill] = found;
  if (i >= 0) held[i] = found;
  return found;
}

function findHolder(scene: Scene, t: number): Holder | undefined {
  const roles = scene.roles[t]!;
  const index = scene.holderAt[t]!;
  if (index !== -1) {
    const mark = scene.marks[index]!;
    return named(mark, t, 'name');
  }
  if (roles & g.PRONOUN && !plays(scene, t + 1, g.WHICH)) {
    const mark = antecedentOf(scene, t);
    if (mark === undefined) return { type: 'unresolved', at: t };
    return named(mark, t, 'pronoun');
  }
  if (roles & g.SECOND) {
    const addressed =
      groupBeside(scene, t) ??
      addressedAs(scene, t) ??
      (scene.words[t] === 'kalian' ? antecedentOf(scene, t) : undefined);
    if (addressed !== undefined && addressed.kind === 'group')
      return { type: 'group', mark: addressed, at: t, by: 'pronoun' };
    return { type: 'second', at: t };
  }
  // `X hanyalah sekumpulan orang tolol`: the word takes up the name.
  if (scene.words[t] === 'orang' && !plays(scene, t + 1, g.WHICH) && namedBefore(scene, t)) return undefined;
  if (roles & g.THIRD) return { type: 'third', at: t };
  // `yang bilang X ...`: somebody, unless it goes on from a name.
  if (roles & g.WHICH && (scene.holderAt[t - 1] ?? -1) === -1 && plays(scene, t + 1, g.SAY))
    return { type: 'third', at: t };
  return undefined;
}

function namedBefore(scene: Scene, t: number): boolean {
  return t > 0 && scene.lastHolder[t - 1]! >= startOf(scene, t, true);
}

function named(mark: Mark, at: number, by: 'name' | 'pronoun'): Holder {
  const type = mark.kind === 'group' || mark.kind === 'camp' ? mark.kind : 'institution';
  return type === 'group'
    ? { type, mark, at, by }
    : type === 'camp'
      ? { type, mark, at, by }
      : { type, mark, at, by };
}

/** Words that make whoever is spoken to one of a group: `kamu kan X`, `kamu kelihatan seperti X`, `sebagai X, kamu`. */
const BEING = new Set(
  'kan itu memang emang kelihatan keliatan terlihat tampak seperti kayak mirip cuma hanya adalah ini toh ya seorang orang jelas pasti ternyata'.split(
    ' ',
  ),
);

/** The group that whoever is spoken to was said to belong to, in this sentence or the one before. */
export function addressedAs(scene: Scene, t: number): Mark | undefined {
  const i = t > 0 ? scene.lastHolder[t - 1]! : -1;
  if (i === -1 || !isWithin(scene, i, t, 1)) return undefined;
  const mark = scene.marks[scene.holderAt[i]!]!;
  if (mark.kind !== 'group' || mark.entry.sacred) return undefined;
  let before = mark.first - 1;
  const seen = before;
  while (before >= 0 && seen - before < 4 && BEING.has(scene.words[before]!)) before--;
  const start = before < 0 || scene.tokens.sentence[before] !== scene.tokens.sentence[mark.first];
  return !start && (plays(scene, before, g.SECOND) || scene.words[before] === 'sebagai') ? mark : undefined;
}

/** `kalian orang X`, `lo semua X`: a group that is spoken to. */
function groupBeside(scene: Scene, t: number): Mark | undefined {
  for (let i = t + 1; i <= Math.min(scene.count - 1, t + 3); i++) {
    const index = scene.holderAt[i]!;
    if (index !== -1) return scene.marks[index]!;
    if (!plays(scene, i, g.ALL | g.FILLER) && scene.words[i] !== 'orang' && scene.words[i] !== 'para')
      return undefined;
  }
  return undefined;
}

/**
 * Who was spoken of last, for a stretch that names nobody: `Lihat X itu. Menjijikkan.`, `X ramah, tapi hatinya busuk`.
 * A stretch with a subject of its own (more unknown words than a remark has) is not carried over.
 */
function carriedOver(scene: Scene, mark: Mark): Holder | undefined {
  const start = startOf(scene, mark.first, true);
  let unknown = 0;
  for (let t = start; t < mark.first; t++) {
    if (scene.roles[t] === 0 && scene.hostileAt[t] === -1 && !(scene.words[t] ?? '').endsWith('nya'))
      unknown++;
    if (plays(scene, t, g.SECOND | g.THIRD)) return undefined;
  }
  if (unknown > MOST_UNKNOWN) return undefined;
  const sentence = scene.tokens.sentence[mark.first]!;
  const i = lastHeld(scene, start - 1);
  if (i < 0) return undefined;
  const back = sentence - scene.tokens.sentence[i]!;
  if (back > 1 || (back === 1 && (unknown > 1 || isLong(scene, mark)))) return undefined;
  const holder = holderAtToken(scene, i)!;
  if (holder.type === 'group') {
    if (isObjectOfOthers(scene, i) || isViewed(scene, i)) return undefined;
    if (isRuled(scene, mark, i)) return undefined;
  }
  if (holder.type === 'group' || holder.type === 'camp' || holder.type === 'institution')
    return { ...holder, by: 'carried' };
  return holder.type === 'second' ? holder : undefined;
}

/** `bagi X, itu dosa`: the group is who sees it so. */
function isViewed(scene: Scene, t: number): boolean {
  const first = scene.holderAt[t] === -1 ? t : scene.marks[scene.holderAt[t]!]!.first;
  const before = scene.words[first - 1];
  return (
    (before === 'bagi' || before === 'menurut') &&
    scene.tokens.sentence[first - 1] === scene.tokens.sentence[first]
  );
}

/**
 * True where the sentence of the group at token `t` is about an office, law or policy, and what is said after it is
 * anger (`polisi curiga terus sama X. Goblok!`) and not a likeness or a call to harm.
 */
function isRuled(scene: Scene, mark: Mark, t: number): boolean {
  const spoken =
    mark.kind === 'insult' ||
    mark.kind === 'profanity' ||
    mark.kind === 'negative-attribute' ||
    mark.kind === 'derogation' ||
    (mark.kind === 'hostile-predicate' && POLITICAL.test(mark.entry.term));
  if (!spoken || scene.holderAt[t] === -1) return false;
  const group = scene.marks[scene.holderAt[t]!]!;
  for (let i = startOf(scene, group.first); i < group.first - 1; i++) {
    if (POLICIES.has(scene.words[i]!)) return true;
    const index = scene.holderAt[i]!;
    if (index === -1) continue;
    // `menterinya X, licik`: the office is said to be of the group.
    const first = scene.marks[index]!;
    return first.kind === 'institution' && first.last < group.first - 1;
  }
  return false;
}

/** What is done to rulers at the ballot or in the street. */
const POLITICAL = /(?:pilih|coblos|copot|turun|lengser|mundur|boikot|tolak|lawan)/;

/** True where the sentence says more than a remark on who was named before. */
function isLong(scene: Scene, mark: Mark): boolean {
  return endOf(scene, mark.last) - startOf(scene, mark.first) >= REMARK;
}

const PERSON = new Set(['orang', 'warga', 'anak', 'pemuda', 'pria', 'perempuan', 'wong', 'urang']);

/** One's own: `adikku yang X`, `emak gue X`. */
const KIN =
  /^(?:adik|adek|kakak|abang|ibu|ibuk|bapak|ayah|mama|mamah|papa|papah|emak|mak|nenek|kakek|eyang|om|tante|paman|bibi|anak|suami|istri|bini|laki|mertua|ipar|sepupu|keponakan|ponakan|cucu|ortu|pacar|sahabat|murid)(ku)?$/;

/** True where somebody close to the writer is said to be of the group. */
export function isOwnKin(scene: Scene, holder: Mark): boolean {
  let i = holder.first - 1;
  if (plays(scene, i, g.WHICH)) i--;
  const owned = plays(scene, i, g.FIRST);
  if (owned) i--;
  if (i < 0 || scene.tokens.sentence[i] !== scene.tokens.sentence[holder.first]) return false;
  const kin = KIN.exec(scene.words[i]!);
  return kin !== null && (owned || kin[1] !== undefined);
}

/** True where the writer speaks of somebody in particular, not of a group as such: `seorang X`, `dua X`. */
export function isParticular(scene: Scene, holder: Mark): boolean {
  const i = holder.first - 1;
  if (i < 0) return false;
  if (plays(scene, i, g.PARTICULAR)) return true;
  // `satu orang X maling`; `satu negara X`, `satu X pun` are all of them.
  if (
    scene.words[i] === 'satu' &&
    PERSON.has(scene.words[holder.first]!) &&
    scene.words[holder.last + 1] !== 'pun'
  )
    return !plays(scene, i - 1, g.NEGATION | g.ALL) && scene.words[i - 1] !== 'ada';
  if (isOwnKin(scene, holder)) return true;
  return (
    i > 0 &&
    plays(scene, i - 1, g.PARTICULAR) &&
    !plays(scene, i, g.WHICH) &&
    findRole(scene, i, i, g.FILLER) === -1
  );
}
