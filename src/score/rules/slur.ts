import { agentOf, endOf, findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import type { Holder, Mark, Scene } from '../scene.js';
import { charge, framed } from './charge.js';

/** Words to either side within which a slur is said to or of somebody. */
const NEAR = 3;
/** Weight from which a slur needs nobody to be said to. */
const SAYS_IT_ALONE = 0.8;
/** Below it a word is as often no slur at all, and only a word thrown at somebody right beside it makes it one. */
const DOUBTFUL = 0.6;
const DISCUSSED = new Set([
  'kata',
  'istilah',
  'sebutan',
  'julukan',
  'panggilan',
  'label',
  'makna',
  'arti',
  'definisi',
  'hukum',
  'ucapan',
]);

/** A derogatory name for a group: by itself, and more so when somebody is called it or it stands with hostility. */
export function slur(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'slur') continue;
    if (isNegated(scene, mark.first) || isDiscussed(scene, mark)) {
      outcomes.push({ type: 'framed', context: isDiscussed(scene, mark) ? 'counter-speech' : 'negation' });
      continue;
    }
    const holder: Holder = { type: 'group', mark, at: mark.first, by: 'name' };
    const aimed = isAimed(scene, mark);
    // A word that is often innocent (`sipit`) says nothing until it is said to or of somebody.
    if (!aimed && mark.entry.weight < SAYS_IT_ALONE) continue;
    outcomes.push(
      framed(scene, mark, undefined) ??
        charge(scene, mark, holder, {
          rule: 'slur',
          category: 'hate',
          weight: aimed
            ? Math.max(mark.entry.weight, Math.min(0.8, mark.entry.weight + 0.2))
            : mark.entry.weight * 0.75,
          reason: 'slur',
        }),
    );
  }
  return outcomes;
}

function isDiscussed(scene: Scene, mark: Mark): boolean {
  return DISCUSSED.has(scene.words[mark.first - 1] ?? '');
}

/** Kinds that beside a slur make it an attack; another slur or a slogan (`antek aseng`) does not. */
const STRIKING: ReadonlySet<Mark['kind']> = new Set<Mark['kind']>([
  'insult',
  'profanity',
  'dehumanising-noun',
  'negative-attribute',
  'hostile-predicate',
  'wish-of-harm',
  'negative-emotion',
]);

const THROWN: ReadonlySet<Mark['kind']> = new Set<Mark['kind']>(['insult', 'profanity', 'dehumanising-noun']);

/** Said to or of somebody: `dasar`, `lo`, `kaum`, another hostile word beside it; never of the writer. */
function isAimed(scene: Scene, mark: Mark): boolean {
  const from = Math.max(startOf(scene, mark.first), mark.first - NEAR);
  const to = Math.min(endOf(scene, mark.last), mark.last + NEAR);
  const before = scene.words[mark.first - 1];
  if (AIMING.has(before ?? '')) return true;
  for (let t = from; t <= to; t++) {
    if (!plays(scene, t, g.FIRST) || scene.segment[t] !== scene.segment[mark.first]) continue;
    return hatedByWriter(scene, mark, t) || (t > mark.last && isStruckLater(scene, mark));
  }
  for (let t = from; t <= to; t++) {
    if (t >= mark.first && t <= mark.last) continue;
    if (t > mark.last && GOING.has(scene.words[t]!)) return true;
    const index = scene.hostileAt[t]!;
    if (index === -1 || scene.words[t] === 'anti') continue;
    const { kind, form } = scene.marks[index]!;
    // `lihat X digebukin, sedih`: told, not called for.
    if (kind === 'hostile-predicate' && form === 'passive' && t > mark.last && !isDue(scene, mark, t))
      continue;
    if (mark.entry.weight < DOUBTFUL) {
      if (THROWN.has(kind) && (t === mark.first - 1 || t === behindSmall(scene, mark))) return true;
    } else if (STRIKING.has(kind)) return true;
  }
  return (
    isBeside(scene, mark.first - 1, -1, from) ||
    isBeside(scene, mark.last + 1, 1, to) ||
    isStruckLater(scene, mark)
  );
}

/** A word of duty between the name and the harm, or an order behind it. */
function isDue(scene: Scene, mark: Mark, t: number): boolean {
  return findRole(scene, mark.first - 2, t, g.NORM | g.CALL) !== -1 || plays(scene, t + 1, g.JUST);
}

/** `si X itu lintah`: the token behind the name and the small words that say what it is. */
function behindSmall(scene: Scene, mark: Mark): number {
  let t = mark.last + 1;
  while (t <= mark.last + 2 && SAYING_WHAT.has(scene.words[t] ?? '')) t++;
  return t;
}

const SAYING_WHAT = new Set('itu tuh memang emang mah adalah ini semua'.split(' '));

/** How far from the name what the writer feels or does about it is looked for, in words. */
const STRUCK_WITHIN = 8;

/** `kalau ada X lewat, gue gebukin`, `lihat X rasanya mau muntah`: the only one named is struck later in the sentence. */
function isStruckLater(scene: Scene, mark: Mark): boolean {
  if (mark.entry.weight < DOUBTFUL) return false;
  const last = Math.min(endOf(scene, mark.last), mark.last + STRUCK_WITHIN);
  for (let t = mark.last + 1; t <= last; t++) {
    if (scene.holderAt[t] !== -1 || plays(scene, t, g.SAY | g.THIRD | g.CONTRAST | g.SECOND)) return false;
    const index = scene.hostileAt[t]!;
    if (index === -1) continue;
    const { kind, form, entry } = scene.marks[index]!;
    if (kind === 'negative-emotion' && form !== 'passive' && form !== 'nominal' && entry.weight >= DOUBTFUL)
      return true;
    if (kind === 'hostile-predicate')
      return form === 'first-person' || (form === 'base' && agentOf(scene, scene.marks[index]!) === 'first');
  }
  return false;
}

/** Words that throw the name at somebody, or at all of them: `woi X`, `semua X`. */
const AIMING = new Set('dasar kaum woi woy hei semua para gerombolan kumpulan'.split(' '));

/** Orders to go, said to whom the name is given: `X keluar dari negeri ini`. */
const GOING = new Set('keluar pulang minggat enyah pergi hengkang out'.split(' '));

/** `aku benci semua X`, not `aku X` nor `aku dibilang X`. */
function hatedByWriter(scene: Scene, mark: Mark, first: number): boolean {
  for (let t = first + 1; t < mark.first; t++) {
    const index = scene.hostileAt[t]!;
    if (index === -1) continue;
    const { kind, form } = scene.marks[index]!;
    if (kind === 'negative-emotion' && form !== 'passive') return true;
    if (kind === 'hostile-predicate' && (form === 'base' || form === 'active')) return true;
  }
  return false;
}

/** Somebody spoken to, with nothing but small words between. */
function isBeside(scene: Scene, start: number, step: 1 | -1, end: number): boolean {
  for (let t = start; step > 0 ? t <= end : t >= end; t += step) {
    if (plays(scene, t, g.SECOND)) return true;
    if (!plays(scene, t, g.FILLER | g.ONLY | g.LIKENESS | g.ALL) || plays(scene, t, g.THAT)) return false;
  }
  return false;
}
