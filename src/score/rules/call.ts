import { agentOf, endOf, findRole, isNegated, plays, startOf } from '../clause.js';
import { isObjectOfOthers } from '../context.js';
import { ENDORSING } from '../frame-words.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import { holderAfter, holderBefore, subjectOf } from '../reference.js';
import type { Holder, Mark, Scene } from '../scene.js';
import { charge, framed, weigh } from './charge.js';
import { isMakeBelieve } from './make-believe.js';
import { isCrime, isFigurative, isLethal, isRefereed, isViolent } from './violence.js';

const OBJECT_REACH = 6;

const OR = new Set(['atau', 'mending', 'mendingan', 'lalu', 'makanya']);

/** How a verb of harm stands in its sentence. */
type Mood = 'order' | 'duty' | 'threat' | 'trait' | 'told';

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

/** Harms whose name is their order, too: `boikot X`, `lindungi X dari boikot`. */
const NAMED_HARMS = new Set(
  'intimidasi boikot diskriminasi bully deportasi karantina relokasi isolasi eksekusi genosida mutilasi sweeping bom racun'.split(
    ' ',
  ),
);
/** Before the name of a harm: it is fought, or kept away. */
const AGAINST_HARM = new Set(
  (
    'dari tanpa anti melawan lawan menolak tolak menghentikan hentikan stop setop mencegah cegah menghapus hapus ' +
    'menghapuskan hapuskan mengakhiri akhiri mengecam kecam menghindari hindari melaporkan laporkan'
  ).split(' '),
);
/** It is told, or suffered. */
const OF_HARM = new Set(
  (
    'atas soal tentang mengenai akibat korban kasus isu praktik bentuk segala pelaku ancaman trauma mengalami ngalami ' +
    'alami menghadapi hadapi membahas bahas terjadi'
  ).split(' '),
);
const AND = new Set(['dan', 'atau', 'maupun', 'serta']);

/** What is said of a harm that is named and not called for: `bebas dari diskriminasi`, `kalau ada intimidasi`. */
function nameOfHarm(scene: Scene, mark: Mark): 'counter-speech' | 'reporting' | undefined {
  if (mark.form !== 'base' || !NAMED_HARMS.has(mark.entry.term)) return undefined;
  const before = scene.words[mark.first - 1] ?? '';
  if (AGAINST_HARM.has(before)) return 'counter-speech';
  if (OF_HARM.has(before)) return 'reporting';
  if (before === 'ada' && !plays(scene, mark.first - 2, g.NORM)) return 'counter-speech';
  // `dari boikot dan diskriminasi`
  const other = AND.has(before) ? (scene.hostileAt[mark.first - 2] ?? -1) : -1;
  return other === -1 ? undefined : nameOfHarm(scene, scene.marks[other]!);
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
      return true;
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

function moodOf(scene: Scene, mark: Mark): { mood: Mood; holder: Holder } | undefined {
  const start = startOf(scene, mark.first, true);
  const sentence = startOf(scene, mark.first);
  const normed = findRole(scene, mark.first - 1, start, g.NORM) !== -1;
  const called = findRole(scene, mark.first - 1, sentence, g.CALL) !== -1;
  const meant = findRole(scene, mark.first - 1, start, g.INTENT) !== -1;
  const agent = agentOf(scene, mark);
  if (mark.form === 'passive') return passiveMood(scene, mark, normed, called);
  const text = scene.text.slice(mark.start, mark.end);
  const object: Holder | undefined =
    /[a-z]mu$/.test(text) && !mark.entry.term.endsWith('mu') ? { type: 'second', at: mark.last } : undefined;
  const after = object ?? holderAfter(scene, mark, OBJECT_REACH);
  const before = holderBefore(scene, mark);
  if (mark.form === 'first-person') {
    const holder = after ?? before ?? subjectOf(scene, mark);
    return holder === undefined ? undefined : { mood: 'threat', holder };
  }
  // `X suka membunuh`: a crime as a trait, the group itself the doer.
  if (before?.type === 'group' && agent === 'holder' && !normed && !called && !meant) {
    const base = mark.form === 'base' || mark.form === 'imperative';
    const habit =
      findRole(scene, mark.first - 1, before.at, g.HABIT | g.ALL) !== -1 ||
      scene.words[mark.last + 1] === 'semua';
    if (base && (plays(scene, mark.last + 1, g.JUST) || before.by === 'carried'))
      return { mood: 'order', holder: before };
    // `perang sama X atau usir X dari sini`
    if (base && after?.type === 'group' && OR.has(scene.words[mark.first - 1] ?? ''))
      return { mood: 'order', holder: after };
    if (
      base &&
      after?.type === 'group' &&
      after.mark === before.mark &&
      isSaidBetween(scene, before.at, mark)
    )
      return { mood: 'order', holder: before };
    if (habit && !base && (isViolent(mark) || isCrime(mark))) return { mood: 'trait', holder: before };
    if (
      base &&
      after === undefined &&
      endOf(scene, mark.last, true) === mark.last &&
      mark.first > before.at + 1
    )
      return { mood: 'told', holder: before };
    return { mood: 'told', holder: before };
  }
  const holder =
    after ??
    (before?.type === 'group' || before?.type === 'camp' || before?.type === 'second' ? before : undefined) ??
    carried(scene, mark, agent);
  if (holder === undefined) return undefined;
  const plain = mark.form === 'base' || mark.form === 'imperative';
  if (after === undefined && agent !== 'first' && hasOwnObject(scene, mark)) return undefined;
  switch (agent) {
    case 'first': {
      const us = isUs(scene, mark, start);
      if (normed && us) return { mood: 'duty', holder };
      if (called && us) return { mood: 'order', holder };
      if (meant || plain || normed) return { mood: us && !meant ? 'order' : 'threat', holder };
      return { mood: 'told', holder };
    }
    case 'asked':
      return { mood: 'order', holder };
    case 'none':
      if (called) return { mood: 'order', holder };
      if (normed) return { mood: 'duty', holder };
      if (meant) return holder.type === 'institution' ? undefined : { mood: 'threat', holder };
      return { mood: plain ? 'order' : isEndorsed(scene, mark) ? 'duty' : 'told', holder };
    case 'other':
      if (called) return { mood: 'order', holder };
      if (normed) return { mood: 'duty', holder };
      // `rakyat bunuh presiden` tells what somebody did.
      if (holder.type === 'institution' && !plays(scene, mark.last + 1, g.JUST))
        return { mood: 'told', holder };
      return { mood: plain && mark.first - start <= 3 && after !== undefined ? 'order' : 'told', holder };
    case 'second':
      if (normed || called) return { mood: 'duty', holder };
      return { mood: plain && after !== undefined ? 'order' : 'told', holder };
    case 'holder':
      if (before?.type === 'group' && after !== undefined && after.type !== 'group')
        return { mood: 'told', holder: before };
      if (normed) return { mood: 'duty', holder };
      return { mood: 'told', holder };
    default:
      return { mood: normed || called ? 'duty' : 'told', holder };
  }
}

/** `X itu babi usir mereka`: something was said of X before the verb, which so begins an order of its own. */
function isSaidBetween(scene: Scene, from: number, mark: Mark): boolean {
  let said = false;
  for (let t = from + 1; t < mark.first; t++) {
    if (plays(scene, t, g.WHICH | g.THAT | g.OBLIQUE | g.SAY | g.CONTRAST)) return false;
    const index = scene.hostileAt[t]!;
    if (index !== -1) said = scene.marks[index]!.kind !== 'hostile-predicate';
  }
  return said && plays(scene, mark.last + 1, g.PRONOUN);
}

/** `membunuh X itu ibadah`. */
function isEndorsed(scene: Scene, mark: Mark): boolean {
  const last = endOf(scene, mark.last);
  for (let t = mark.last + 1; t <= last; t++) if (ENDORSING.has(scene.words[t]!)) return true;
  return false;
}

/** `tolak ujaran kebencian`: what is struck is named by a plain word that follows. */
function hasOwnObject(scene: Scene, mark: Mark): boolean {
  const next = mark.last + 1;
  return (
    next < scene.count &&
    scene.segment[next] === scene.segment[mark.last] &&
    scene.roles[next] === 0 &&
    scene.hostileAt[next] === -1
  );
}

/** True where the doer is `kita` (or `kami`), not the writer alone. */
function isUs(scene: Scene, mark: Mark, start: number): boolean {
  for (let t = mark.first - 1; t >= start; t--) if (scene.words[t] === 'kita') return true;
  return false;
}

/** The one that was named before, for an order or a wish of the writer's own: `X ada di mana-mana. Bunuh saja.` */
function carried(scene: Scene, mark: Mark, agent: ReturnType<typeof agentOf>): Holder | undefined {
  if (agent !== 'none' && agent !== 'first') return undefined;
  const holder = subjectOf(scene, mark);
  return holder !== undefined && (holder.type === 'group' || holder.type === 'second') ? holder : undefined;
}

function passiveMood(
  scene: Scene,
  mark: Mark,
  normed: boolean,
  called: boolean,
): { mood: Mood; holder: Holder } | undefined {
  const holder = holderBefore(scene, mark) ?? subjectOf(scene, mark);
  if (holder === undefined) return undefined;
  // `yang dibunuh`, `yang diusir dan dibunuh` tell which ones.
  const before = mark.first - 1;
  const joined = scene.words[before] === 'dan' || scene.words[before] === 'atau';
  const other = joined && before > 0 ? scene.hostileAt[before - 1]! : -1;
  const first = other === -1 ? before : scene.marks[other]!.first - 1;
  if (isLookedOn(scene, mark, holder)) return { mood: 'told', holder };
  if (tellsWhich(scene, first) && !((normed || called) && isDueTo(scene, mark, holder)))
    return { mood: 'told', holder };
  const sentence = startOf(scene, mark.first);
  const due =
    normed ||
    called ||
    plays(scene, mark.last + 1, g.JUST) ||
    findRole(scene, mark.first - 1, sentence, g.QUESTION) !== -1 ||
    findRole(scene, mark.first - 1, sentence, g.NORM) !== -1 ||
    wished(scene, mark, sentence);
  if (due) return { mood: 'duty', holder };
  if (hypothetical(scene, mark, sentence)) return { mood: 'told', holder };
  if (isLethal(mark) && findRole(scene, mark.first - 1, Math.max(0, mark.first - 3), g.INTENT) !== -1)
    return { mood: 'threat', holder };
  return { mood: 'told', holder };
}

const OF_ALL = new Set('para semua seluruh segala kaum orang warga umat si itu juga saja aja'.split(' '));

/** `harusnya X yang diusir`; of `kita harus menolong X yang diusir` something else is due. */
function isDueTo(scene: Scene, mark: Mark, holder: Holder): boolean {
  const norm = findRole(scene, mark.first - 1, startOf(scene, mark.first, true), g.NORM | g.CALL);
  const from = 'mark' in holder ? holder.mark.first : holder.at;
  for (let t = norm + 1; t < from; t++) if (!OF_ALL.has(scene.words[t]!)) return false;
  return norm !== -1;
}

/** `X yang diusir`, `X yang rumahnya dibakar`. */
function tellsWhich(scene: Scene, at: number): boolean {
  return (
    plays(scene, at, g.WHICH) || (scene.words[at]?.endsWith('nya') === true && plays(scene, at - 1, g.WHICH))
  );
}

const SEEING = new Set(
  'melihat lihat liat ngeliat ngelihat menonton nonton menyaksikan mendengar dengar'.split(' '),
);

/** `tidak boleh diam melihat X dihina`, `kenapa kalian senang melihat X dibunuh`: who cheers is another construction's. */
function isLookedOn(scene: Scene, mark: Mark, holder: Holder): boolean {
  const before = ('mark' in holder ? holder.mark.first : holder.at) - 1;
  return SEEING.has(scene.words[before] ?? '') && scene.segment[before] === scene.segment[mark.first];
}

function hypothetical(scene: Scene, mark: Mark, from: number): boolean {
  for (let t = from; t < mark.first; t++)
    if (scene.words[t] === 'jika' || scene.words[t] === 'kalau') return true;
  return false;
}

function wished(scene: Scene, mark: Mark, from: number): boolean {
  for (let t = mark.first - 1; t >= from; t--) {
    const word = scene.words[t]!;
    if (
      word === 'semoga' ||
      word === 'moga' ||
      word === 'biar' ||
      word === 'biarin' ||
      word === 'biarkan' ||
      word === 'mending'
    )
      return true;
  }
  return false;
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
