import { isObjectOfOthers } from '../acted-upon.js';
import { endOf, isNegated, plays } from '../clause.js';
import * as g from '../grammar.js';
import { isRulerOf } from '../office.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderBefore } from '../reference.js';
import type { Holder, Mark, Scene } from '../scene.js';
import { charge, framed, weigh } from './charge.js';
import { nameOfHarm } from './harm-name.js';
import { isMakeBelieve } from './make-believe.js';
import { type Mood, moodOf, OBJECT_REACH } from './mood.js';
import { isFigurative, isLethal, isRefereed, isViolent } from './violence.js';

/** Calls, duties and threats of harm: `usir X`, `X harus dibunuh`, `gue bakal hajar X`. Deeds that are told are news. */
export function call(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'hostile-predicate' || mark.form === 'other') continue;
    if (mark.form === 'nominal') {
      const named = nominalAttack(scene, mark);
      if (named !== undefined) outcomes.push(named);
      continue;
    }
    const named = nameOfHarm(scene, mark);
    if (named !== undefined) {
      if (concernsGroup(scene, mark)) outcomes.push({ type: 'framed', context: named });
      continue;
    }
    // `menolak membenci`: the next verb is what is refused.
    if (
      scene.hostileAt[mark.last + 1] !== undefined &&
      scene.hostileAt[mark.last + 1] !== -1 &&
      mark.entry.term === 'tolak'
    )
      continue;
    const found = moodOf(scene, mark);
    if (found === undefined) continue;
    const { mood, holder } = found;
    if (mood === 'told') {
      if (holder.type === 'group') outcomes.push({ type: 'framed', context: 'reporting' });
      continue;
    }
    if (isNegated(scene, mark.first)) {
      outcomes.push({ type: 'framed', context: 'negation' });
      continue;
    }
    if (!strikes(scene, mark, mood, holder)) {
      if (holder.type === 'institution') outcomes.push({ type: 'framed', context: 'figurative' });
      continue;
    }
    if (holder.type === 'group' && isObjectOfOthers(scene, holder.at)) {
      outcomes.push({ type: 'framed', context: 'counter-speech' });
      continue;
    }
    outcomes.push(framed(scene, mark, holder) ?? accuse(scene, mark, mood, holder));
  }
  return outcomes;
}

function concernsGroup(scene: Scene, mark: Mark): boolean {
  return (holderAfter(scene, mark, OBJECT_REACH) ?? holderBefore(scene, mark))?.type === 'group';
}

function accuse(scene: Scene, mark: Mark, mood: Mood, holder: Holder): Outcome {
  const group = holder.type === 'group';
  const violent = isViolent(mark);
  if (mood === 'trait') {
    return charge(scene, mark, holder, {
      rule: 'call-trait',
      category: 'hate',
      weight: weigh(0.68, mark, holder),
      reason: 'called-criminal',
    });
  }
  if (mood === 'threat') {
    return charge(scene, mark, holder, {
      rule: 'call-threat',
      category: violent || !group ? 'threat' : 'incitement',
      ...(group ? { also: ['hate'] as const } : {}),
      weight: weigh(group ? (violent ? 0.97 : 0.86) : 0.84, mark, holder),
      reason: 'threatened',
    });
  }
  return charge(scene, mark, holder, {
    rule: mood === 'order' ? 'call-order' : 'call-duty',
    category: 'incitement',
    ...(group ? { also: ['hate'] as const } : {}),
    weight: weigh(violent ? 0.95 : 0.85, mark, holder),
    reason: mood === 'order' ? 'called-for-harm' : 'harm-said-due',
  });
}

/**
 * Whom a call can strike: a group by any harm; a camp by violence or exclusion; an office only by killing, since
 * `bubarkan DPR` and `hancurkan oligarki` are politics; anybody spoken to by violence that is threatened.
 */
function strikes(scene: Scene, mark: Mark, mood: Mood, holder: Holder): boolean {
  switch (holder.type) {
    case 'group':
      // `polisi diam saja X dilempari, pecat semuanya!`: who holds an office is meant.
      return !(
        OUT_OF_OFFICE.test(mark.entry.term) &&
        (isRulerOf(scene, holder.mark) ||
          (holder.by !== 'name' && isRuling(scene, scene.tokens.sentence[mark.first]!)))
      );
    case 'camp':
      return (
        mood !== 'trait' &&
        !isOnline(scene, mark) &&
        ((isViolent(mark) && !isFigurative(mark)) || /^(?:usir|ganyang|enyah)/.test(mark.entry.term))
      );
    case 'institution':
      return (
        mood !== 'trait' &&
        (isLethal(mark) || isArson(scene, mark)) &&
        !isFigurative(mark) &&
        (holderAtObject(scene, mark, holder) || mark.form === 'passive') &&
        !isJest(scene, mark, holder) &&
        !asksWho(scene, mark) &&
        !isMakeBelieve(scene, mark)
      );
    case 'second':
      return (
        mood === 'threat' &&
        isViolent(mark) &&
        mark.entry.term !== 'bom' &&
        // `aku habisin ya punya kamu` eats; `gue habisin lo` threatens.
        (mark.entry.term !== 'ngabisin' || holder.at === mark.last + 1)
      );
    default:
      return false;
  }
}

const OUT_OF_OFFICE = /^(?:pecat|copot|adili|mundur|turunkan|lengserkan|mutasi)/;

function isRuling(scene: Scene, sentence: number): boolean {
  for (let t = scene.sentences.first[sentence]!; t <= scene.sentences.last[sentence]!; t++) {
    const index = scene.holderAt[t]!;
    if (index !== -1 && scene.marks[index]!.kind === 'institution') return true;
  }
  return false;
}

const ONLINE = new Set(
  'linimasa timeline tl beranda fyp grup twitter medsos sosmed instagram tiktok facebook'.split(' '),
);

/** `usir buzzer dari linimasa`: nobody is driven from his home. */
function isOnline(scene: Scene, mark: Mark): boolean {
  const end = Math.min(endOf(scene, mark.last), mark.last + OBJECT_REACH);
  for (let t = mark.last + 1; t < end; t++)
    if (scene.words[t] === 'dari' && ONLINE.has(scene.words[t + 1]!)) return true;
  return false;
}

/** Fire at a house or office; not at tyres, photos or spirits. */
function isArson(scene: Scene, mark: Mark): boolean {
  if (!mark.entry.term.startsWith('bakar')) return false;
  for (let t = mark.first; t <= Math.min(scene.count - 1, mark.last + 2); t++)
    if (BUILDINGS.has(scene.words[t]!)) return true;
  return false;
}

/** `gorok bos gue`: one's own boss or teacher; `bantai wasitnya`: sport beats referees with the words of war. */
function isJest(scene: Scene, mark: Mark, holder: Holder): boolean {
  if (!('mark' in holder)) return false;
  const next = scene.words[holder.mark.last + 1] ?? '';
  if (plays(scene, holder.mark.last + 1, g.FIRST) && next !== 'kita' && next !== 'kami') return true;
  return isRefereed(scene, holder.at, mark);
}

/** What is hung, burnt or ruined that is somebody's. */
const OWN_THINGS =
  /^(?:seragam|foto|poster|spanduk|baliho|bendera|baju|jaket|topi|jas|surat|ijazah|lukisan|gambar|boneka|patung|karir|karier|reputasi|nama|bisnis|usaha|tugas|pr|mood|semangat)(?:nya)?$/;

const BUILDINGS = new Set(['rumah', 'rumahnya', 'kantor', 'kantornya', 'gedung', 'markas', 'mobil', 'pos']);

/** `siapa yang bunuh sopirnya` asks after a deed; `siapa mau bunuh` looks for hands. */
function asksWho(scene: Scene, mark: Mark): boolean {
  return scene.words[mark.first - 1] === 'yang' && scene.words[mark.first - 2] === 'siapa';
}

function holderAtObject(scene: Scene, mark: Mark, holder: Holder): boolean {
  // `gantung seragam sopirnya`: another thing is hung.
  if (holder.at > mark.last && OWN_THINGS.test(scene.words[mark.last + 1] ?? '')) return false;
  return holder.at > mark.last || scene.segment[holder.at] !== scene.segment[mark.first];
}

/** `X pembunuh`, `X perampok semua`: the doer's name said of the group; the deed's name (`pembunuhan`) is no charge. */
function nominalAttack(scene: Scene, mark: Mark): Outcome | undefined {
  const text = scene.text.slice(mark.start, mark.end);
  if (!text.startsWith('pe') || /an(?:nya|ku|mu)?$/.test(text)) return undefined;
  const holder = holderBefore(scene, mark);
  if (holder?.type !== 'group' || holder.by !== 'name') return undefined;
  for (let t = holder.mark.last + 1; t < mark.first; t++)
    if (scene.roles[t] === 0 || scene.words[t] === 'dari' || scene.words[t] === 'dan') return undefined;
  if (isNegated(scene, mark.first)) return { type: 'framed', context: 'negation' };
  return (
    framed(scene, mark, holder) ??
    charge(scene, mark, holder, {
      rule: 'attack-doer',
      category: 'hate',
      weight: weigh(0.7, mark, holder),
      reason: 'called-criminal',
    })
  );
}
