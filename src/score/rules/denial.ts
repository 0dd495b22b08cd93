import { isObjectOfOthers } from '../acted-upon.js';
import { agentOf, endOf, findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import { isRulerOf } from '../office.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderBefore, subjectOf } from '../reference.js';
import { type Holder, isSacred, type Mark, type Scene } from '../scene.js';
import { charge, framed, weigh } from './charge.js';

/** Good will: it has an object, and who it is denied stands after it. */
const GOOD_WILL =
  /^(?:cinta|suka|sayang|kagum|salut|bangga|hormat|harga|peduli|dukung|sambut|terima|bela|bantu|tolong|lindung|jaga|rangkul|temani|percaya|rindu|senang|gembira|puji|apresiasi|berteman|bersahabat|hidup|respek|simpati|empati|iba|kasihan|doa)/;
/** From this weight a good word is one that makes people human (`manusia`, `punya otak`) and needs no plain sentence. */
const BASIC = 0.7;

/** A good quality denied to a group, or good will: `X bukan manusia`, `X tidak layak hidup`, `tidak suka X`. */
export function denial(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if ((mark.kind !== 'positive' && mark.kind !== 'normative') || mark.form === 'nominal') continue;
    const answered = mark.kind === 'normative' || !isNegated(scene, mark.first);
    if (answered && !isAnsweredNo(scene, mark)) continue;
    const holder =
      GOOD_WILL.test(mark.entry.term) && !isPassive(scene, mark)
        ? beloved(scene, mark)
        : subjectOf(scene, mark);
    if (holder === undefined || holder.type !== 'group' || isSacred(holder.mark)) continue;
    if (isRulerOf(scene, holder.mark)) continue;
    if (!answered && isDoubled(scene, mark, holder)) continue;
    // `tidak punya teman X`: the word opens the name.
    if (holder.mark.first === mark.last + 1 && COMPANIONS.has(scene.words[mark.last]!)) continue;
    if (isObjectOfOthers(scene, holder.at) || deniesHarm(scene, mark)) continue;
    if (!answered && isNeglect(scene, mark, holder.at)) continue;
    if (
      !answered &&
      !GOOD_WILL.test(mark.entry.term) &&
      mark.entry.weight < BASIC &&
      !isPlain(scene, mark, holder)
    )
      continue;
    outcomes.push(
      framed(scene, mark, holder) ??
        charge(scene, mark, holder, {
          rule: 'denial',
          category: 'hate',
          weight: weigh(0.74, mark, holder),
          reason: 'denied-worth',
        }),
    );
  }
  return outcomes;
}

const COMPANIONS = new Set(
  'teman temen teman-teman temen-temen kawan kawan-kawan sahabat saudara saudari sobat'.split(' '),
);

/** `belum pernah bertemu X yang tidak ramah`, `tidak ada X yang tidak baik`. */
function isDoubled(scene: Scene, mark: Mark, holder: Holder & { type: 'group' }): boolean {
  if (holder.at > mark.first) return false;
  let which = false;
  for (let t = holder.at + 1; t < mark.first; t++) if (plays(scene, t, g.WHICH)) which = true;
  return which && findRole(scene, holder.at - 1, startOf(scene, holder.at, true), g.NEGATION) !== -1;
}

/** Longest answer, in words: `menurut saya jelas tidak`. */
const ANSWER = 6;

/** `apa X perlu diberi hak? Menurut saya tidak.` */
function isAnsweredNo(scene: Scene, mark: Mark): boolean {
  const last = endOf(scene, mark.last);
  if (!asksAt(scene, last) || findRole(scene, startOf(scene, mark.first), mark.first, g.QUESTION) === -1)
    return false;
  let denied = false;
  for (
    let t = last + 1;
    t < scene.count && scene.tokens.sentence[t] === scene.tokens.sentence[last + 1];
    t++
  ) {
    if (t > last + ANSWER) return false;
    if (plays(scene, t, g.NEGATION)) denied = true;
    else if (
      !plays(scene, t, g.FIRST | g.FILLER | g.ENDORSE | g.REPORT | g.REPORT_FRAME) &&
      !STANCE.has(scene.words[t]!)
    )
      return false;
  }
  return denied;
}

const STANCE = new Set([
  'menurut',
  'menurutku',
  'bagi',
  'tentu',
  'jawabannya',
  'rasanya',
  'kayaknya',
  'sama',
  'sekali',
  'sih',
  'dong',
  'lah',
  'besar',
]);

/** True where the sentence that ends with token `t` ends in a question mark. */
function asksAt(scene: Scene, t: number): boolean {
  const end = scene.tokens.end[t]!;
  return scene.text.charCodeAt(end) === 63 || scene.text.charCodeAt(end + 1) === 63;
}

function isPassive(scene: Scene, mark: Mark): boolean {
  return /^di[a-z]{4}/.test(scene.words[mark.last]!);
}

/** `X tidak dibela`: what others leave undone is told, not wished for, as in `X tidak perlu dibela`. */
function isNeglect(scene: Scene, mark: Mark, holderAt: number): boolean {
  return (
    isPassive(scene, mark) &&
    GOOD_WILL.test(scene.words[mark.last]!.slice(2)) &&
    findRole(scene, mark.first - 1, holderAt + 1, g.NORM | g.PROHIBITION) === -1
  );
}

/** Whom the good will is for: named after it, the writer or nobody in particular being who lacks it. */
function beloved(scene: Scene, mark: Mark): Holder | undefined {
  const holder = holderAfter(scene, mark, 4);
  if (holder === undefined) return undefined;
  for (let t = mark.last + 1; t < holder.at; t++) {
    if (plays(scene, t, g.THAT | g.THIRD) || (scene.roles[t] === 0 && scene.holderAt[t] === -1))
      return undefined;
  }
  const agent = agentOf(scene, mark);
  if (agent === 'holder' || agent === 'second') return undefined;
  return agent === 'third' && holderBefore(scene, mark)?.type === 'third' ? undefined : holder;
}

/** `tidak pantas dapat perlakuan buruk`: what is denied is the harm. */
function deniesHarm(scene: Scene, mark: Mark): boolean {
  for (
    let t = mark.last + 1;
    t <= mark.last + 4 && t < scene.count && scene.segment[t] === scene.segment[mark.last];
    t++
  ) {
    if (scene.hostileAt[t] !== -1) return true;
  }
  return false;
}

/** `X tidak jujur`, nothing else: not `X tidak sehat karena asap`, nor `X di sana belum punya sekolah yang baik`. */
function isPlain(scene: Scene, mark: Mark, holder: Holder & { type: 'group' }): boolean {
  const from = Math.min(holder.at, mark.last) + 1;
  const to = Math.max(holder.at, mark.first);
  for (let t = from; t < to; t++) {
    if (scene.roles[t] === 0 && scene.holderAt[t] === -1 && !(t >= mark.first && t <= mark.last))
      return false;
  }
  for (
    let t = Math.max(to, mark.last) + 1;
    t < scene.count && scene.segment[t] === scene.segment[mark.last];
    t++
  ) {
    if (scene.roles[t] === 0) return false;
  }
  return !/^(?:selamat|sehat|kuat|damai|maju|makmur|modern|sukses|mandiri|bersih|wangi|senang|lucu|cantik|indah|manis|berani|hangat|keren|hebat)/.test(
    mark.entry.term,
  );
}
