import { agentOf, endOf, findRole, isNegated, plays, startOf } from '../clause.js';
import * as g from '../grammar.js';
import type { Outcome } from '../outcome.js';
import { CONVICTS, KIN, MILD_MEANS, OFFICIALS, PERSONS, SUSPECTS } from '../person-words.js';
import type { Mark, Scene } from '../scene.js';
import { charge, framed } from './charge.js';
import { isMakeBelieve } from './make-believe.js';
import { isFigurative, isLethal, isRefereed } from './violence.js';

/** Verbs that kill or maim; `tembak` alone courts, `racun` tempts, `bom` and `tabrak` are said of much else. */
const KILLS =
  /^(?:bunuh|bantai|habisi|ngabisin|penggal|gorok|sembelih|jagal|cincang|mutilasi|bacok|tikam|bakar(?! (?:rumah|gereja|masjid|toko|vihara|pura|kelenteng))|kubur|tembak (?:mati|\.\.)|gantung|rajam|pancung|cekik|lenyap|binasa|kuliti|potong (?:leher|kepala|tangan|kemaluan)|tebas|belah perut|patah leher|pecahkan kepala|siram|hajar sampai|pukul \.\.|bikin mampus|cabut nyawa|kirim ke|pateni|patenono|paehan|bacoki)/;
/** Beatings, which are a mob's only with its signs or its usual victims. */
const BEATS = /^(?:keroyok|gebuk|hajar|pukul|injak|timpuk|lempar|seret|arak)/;
/** Penalties that a law knows somewhere: to ask them for who is accused is a demand of the law. */
const PENALTIES =
  /^(?:hukum|suntik|eksekusi|pancung|rajam|cambuk|gantung|tembak|kebiri|penggal|potong tangan)/;
/** Plain words of killing and nothing else. */
const PLAIN =
  /^(?:bunuh|pateni|patenono|paehan|gorok|sembelih|bacok|bakar .*hidup|kubur .*hidup|mutilasi|cincang|tikam)/;
/** Signs of a mob or of a deed that is planned. */
const MOB = new Set(
  'hidup-hidup ramai-ramai rame-rame beramai-ramai massal malam sampai sampe mampus bensin'.split(' '),
);
const HYPOTHETICAL = new Set('kalau jika bila seandainya andai misalkan misalnya'.split(' '));
const ASKING = new Set(
  'apakah apa haruskah bolehkah siapa kenapa mengapa masa masak kapan kok gimana'.split(' '),
);
const DEFINITE = new Set('itu ini tersebut tu tuh nih ni sialan keparat laknat terkutuk biadab'.split(' '));
const POINTING = new Set(['tuh', 'tu', 'nih', 'si']);
const LONGING = new Set('pengen pingin pengin kepengen ingin pen rasanya hampir nyaris'.split(' '));
/** What tells a motive or what came of it, as headlines do: `bunuh sopir karena utang`. */
const TELLING = new Set(
  'karena gara-gara usai setelah lalu kabur gegara akibat demi saat ketika hingga tewas'.split(' '),
);
const REACH = 5;
/** How far signs are looked for on either side of the verb, so that long posts take time in proportion. */
const AROUND = 30;

type Kind = 'person' | 'suspect' | 'convict' | 'official' | 'kin' | 'someone';

interface Victim {
  readonly at: number;
  readonly kind: Kind;
  /** One that is pointed at: `-nya`, `itu`. */
  readonly definite: boolean;
}

type Meant = 'incitement' | 'threat';

/** Calls and threats to kill somebody, whoever it is: `habisi sopirnya!`, `dukun itu harus dibakar`. */
export function killing(scene: Scene): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const mark of scene.marks) {
    if (mark.kind !== 'hostile-predicate' || mark.form === 'nominal' || mark.form === 'other') continue;
    const { term } = mark.entry;
    const kills = KILLS.test(term);
    if (!kills && !BEATS.test(term)) continue;
    const found = mark.form === 'passive' ? struck(scene, mark) : ordered(scene, mark);
    if (found === undefined || !counts(scene, mark, found.victim, kills)) continue;
    if (isNegated(scene, mark.first)) {
      outcomes.push({ type: 'framed', context: 'negation' });
      continue;
    }
    if (isMakeBelieve(scene, mark)) {
      outcomes.push({ type: 'framed', context: 'figurative' });
      continue;
    }
    const { at } = found.victim;
    outcomes.push(
      framed(scene, withVictim(mark, at), undefined) ??
        charge(
          scene,
          {
            start: Math.min(mark.start, scene.tokens.start[at]!),
            end: Math.max(mark.end, scene.tokens.end[at]!),
          },
          undefined,
          {
            rule: 'killing',
            category: found.meant,
            weight: 0.88,
            reason: found.meant === 'threat' ? 'threatened' : 'called-for-killing',
          },
        ),
    );
  }
  return outcomes;
}

/** The verb together with its victim, whose name (`saksi`, `tersangka`) makes no news of it. */
function withVictim(mark: Mark, at: number): Mark {
  return { ...mark, first: Math.min(mark.first, at), last: Math.max(mark.last, at) };
}

/** `bakar malingnya`, `kita bunuh dukun itu`, `massa harus bakar malingnya`, `sopirnya kita habisi`. */
function ordered(scene: Scene, mark: Mark): { victim: Victim; meant: Meant } | undefined {
  const after = victimAfter(scene, mark);
  const victim = after ?? frontedVictim(scene, mark);
  if (victim === undefined) return undefined;
  const start = opening(scene, mark);
  const just = isUrged(scene, mark);
  const called = findRole(scene, mark.first - 1, near(scene, mark).from, g.CALL) !== -1;
  const plain = mark.form === 'base' || mark.form === 'imperative';
  let us = false;
  let me = false;
  let due = false;
  let others = false;
  let asked = false;
  let meant = false;
  for (let t = start; t < mark.first; t++) {
    const word = scene.words[t]!;
    const roles = scene.roles[t]!;
    if (ASKING.has(word) || LONGING.has(word)) asked = true;
    if (HYPOTHETICAL.has(word) && !just) asked = true;
    if (t === victim.at) continue;
    if (word === 'kita') us = true;
    else if (roles & g.FIRST) me = true;
    else if (roles & (g.THIRD | g.PRONOUN | g.SECOND | g.WHICH) || scene.holderAt[t] !== -1) others = true;
    else if (roles & g.NORM) due = true;
    else if (roles & g.INTENT) meant = true;
    else if (roles === 0 && scene.hostileAt[t] === -1 && !DEFINITE.has(word)) others = true;
  }
  if (asked) return undefined;
  // `tolong ada yang bunuh dukun itu`
  if (plain && agentOf(scene, mark) === 'asked') return { victim, meant: 'incitement' };
  if (mark.form === 'first-person') return { victim, meant: 'threat' };
  if (due && (us || me || others || plain) && !isWonder(scene, mark)) return { victim, meant: 'incitement' };
  if (called) return { victim, meant: 'incitement' };
  if (us && plain) return { victim, meant: 'incitement' };
  if (me) return meant && (plain || mark.form === 'active') ? { victim, meant: 'threat' } : undefined;
  if (!plain || (others && !just) || (meant && !just)) return undefined;
  if (just) return { victim, meant: 'incitement' };
  if (victim.kind === 'someone') return undefined;
  const shouted = scene.text.charCodeAt(scene.tokens.end[endOf(scene, mark.last)]!) === 33;
  if (!shouted && isTold(scene, mark)) return undefined;
  if (victim.kind === 'convict' && !victim.definite) return undefined;
  const pointed = victim.definite && victim.kind !== 'kin';
  return shouted || pointed || hasMob(scene, mark) ? { victim, meant: 'incitement' } : undefined;
}

/** `malingnya harus dibakar`, `dukun itu dibunuh saja`, `mending dibakar malingnya`. */
function struck(scene: Scene, mark: Mark): { victim: Victim; meant: Meant } | undefined {
  const start = opening(scene, mark);
  if (plays(scene, mark.first - 1, g.WHICH)) return undefined;
  let victim: Victim | undefined;
  let due = false;
  for (let t = mark.first - 1; t >= start && t >= mark.first - REACH - 2; t--) {
    if (ASKING.has(scene.words[t]!) || HYPOTHETICAL.has(scene.words[t]!)) return undefined;
    if (plays(scene, t, g.NORM) || WISHED.has(scene.words[t]!)) due = true;
    victim ??= victimAt(scene, t);
  }
  // `penculik anak itu`: the doer is meant.
  const head = victim?.kind === 'kin' ? victimAt(scene, victim.at - 1) : undefined;
  if (head !== undefined && victim !== undefined) victim = { ...head, definite: victim.definite };
  victim ??= victimAfter(scene, mark);
  if (victim === undefined || isWonder(scene, mark)) return undefined;
  // `begal pantas dibakar` is an opinion on a kind of crime; on one who is pointed at it is a sentence of death.
  if ((victim.kind === 'suspect' || victim.kind === 'convict') && !victim.definite) return undefined;
  return due || isUrged(scene, mark) ? { victim, meant: 'incitement' } : undefined;
}

const WISHED = new Set('biar biarin biarkan mending semoga tinggal'.split(' '));
const URGING = new Set('aja saja ae wae ajah lah'.split(' '));

/** `bakar saja`, `bunuhlah`. */
function isUrged(scene: Scene, mark: Mark): boolean {
  // Within the verb, too: `bakar saja malingnya hidup-hidup`.
  if (URGING.has(scene.words[mark.first + 1] ?? '')) return true;
  if (URGING.has(scene.words[mark.last + 1] ?? '')) return true;
  return scene.words[mark.first]!.endsWith('lah') && mark.form !== 'passive';
}

/** `pantas saja dia dibunuh` wonders no more. */
function isWonder(scene: Scene, mark: Mark): boolean {
  for (let t = opening(scene, mark); t < mark.first; t++)
    if (plays(scene, t, g.NORM) && URGING.has(scene.words[t + 1] ?? '')) return true;
  return false;
}

/** An order's words without an order's signs, and a motive, a doer or an outcome after them: a headline. */
function isTold(scene: Scene, mark: Mark): boolean {
  const end = near(scene, mark).to;
  for (let t = mark.last + 1; t <= end; t++) {
    if (TELLING.has(scene.words[t]!)) return true;
    if (scene.segment[t] !== scene.segment[mark.last] && plays(scene, t, g.THIRD | g.REPORT)) return true;
  }
  return false;
}

/** First and last token of the verb's sentence, no farther than signs are looked for. */
function near(scene: Scene, mark: Mark): { from: number; to: number } {
  return {
    from: Math.max(startOf(scene, mark.first), mark.first - AROUND),
    to: Math.min(endOf(scene, mark.last), mark.last + AROUND),
  };
}

/** First token of the verb's segment that may still bear on it. */
function opening(scene: Scene, mark: Mark): number {
  return Math.max(startOf(scene, mark.first, true), mark.first - AROUND);
}

function hasMob(scene: Scene, mark: Mark): boolean {
  const { from, to } = near(scene, mark);
  for (let t = from; t <= to; t++) if (MOB.has(scene.words[t]!)) return true;
  return false;
}

function victimAfter(scene: Scene, mark: Mark): Victim | undefined {
  for (let t = mark.first + 1; t <= mark.last; t++) {
    const within = victimAt(scene, t);
    if (within !== undefined) return within;
  }
  const most = Math.min(scene.count - 1, mark.last + REACH);
  for (let t = mark.last + 1; t <= most && scene.segment[t] === scene.segment[mark.last]; t++) {
    const victim = victimAt(scene, t);
    if (victim !== undefined) return victim;
    // `bakar, bunuh dan habisi malingnya`
    if (scene.hostileAt[t] !== -1 && scene.marks[scene.hostileAt[t]!]!.kind === 'hostile-predicate') continue;
    if (
      !plays(scene, t, g.JUST | g.ALL | g.PARTICULAR) &&
      !JOINING.has(scene.words[t]!) &&
      !MOB.has(scene.words[t]!)
    )
      return undefined;
  }
  return undefined;
}

const JOINING = new Set('dan lalu terus si para itu ini tuh tu nih dulu leher kepala'.split(' '));

/** `sopirnya kita habisi`: the victim stands before whoever is to do it. */
function frontedVictim(scene: Scene, mark: Mark): Victim | undefined {
  let t = mark.first - 1;
  let doer = mark.form === 'first-person' || isUrged(scene, mark);
  while (t >= mark.first - REACH && t >= startOf(scene, mark.first, true)) {
    const victim = victimAt(scene, t);
    if (victim !== undefined) return doer ? victim : undefined;
    if (plays(scene, t, g.FIRST)) doer = true;
    else if (
      !plays(scene, t, g.INTENT | g.JUST | g.FILLER | g.NORM | g.ALL) &&
      !DEFINITE.has(scene.words[t]!)
    )
      return undefined;
    t--;
  }
  return undefined;
}

/** `kepala desanya`, `kepala sekolah`. */
const LED = /^(?:desa|dusun|sekolah|kampung|dinas|daerah|suku)(?:nya)?$/;

/** Who is named at token `t` by what they are or did; a group or camp is for other rules. */
function victimAt(scene: Scene, t: number): Victim | undefined {
  const word = scene.words[t];
  if (word === undefined) return undefined;
  const holder = scene.holderAt[t]!;
  if (holder !== -1 && scene.marks[holder]!.kind !== 'institution') return undefined;
  const pointed = DEFINITE.has(scene.words[t + 1] ?? '') || POINTING.has(scene.words[t - 1] ?? '');
  if (word === 'dia' || word === 'mereka') return { at: t, kind: 'someone', definite: true };
  if (word === 'orang') return pointed ? { at: t, kind: 'person', definite: true } : undefined;
  if (word === 'kepala' && LED.test(scene.words[t + 1] ?? ''))
    return { at: t, kind: 'official', definite: true };
  let stem = word;
  const twice = stem.indexOf('-');
  if (twice > 0 && stem.startsWith(stem.slice(0, twice), twice + 1)) stem = stem.slice(0, twice);
  const whole = kindOf(word) ?? kindOf(stem);
  if (whole !== undefined) return { at: t, kind: whole, definite: pointed || word === 'orangnya' };
  const kind = OWNED.test(word)
    ? (kindOf(word.replace(OWNED, '')) ?? kindOf(stem.replace(OWNED, '')))
    : // `dukune`, `tukange`: the Javanese ending does what -nya does.
      word.endsWith('e')
      ? (kindOf(word.slice(0, -1)) ?? kindOf(word.slice(0, -2)))
      : undefined;
  if (kind !== undefined) return { at: t, kind, definite: true };
  // `bunuh saja si Darmo`: a name that nobody knows. What is hostile or plays a part is none.
  return scene.words[t - 1] === 'si' && scene.roles[t] === 0 && scene.hostileAt[t] === -1 && !THINGS.has(word)
    ? { at: t, kind: 'someone', definite: true }
    : undefined;
}

const OWNED = /(?:nya|mu)$/;
/** What is called `si` in play: beasts, ailments, things. */
const THINGS = new Set(
  'kucing kecil hitam putih merah nyamuk lalat semut cicak laba-laba ular lele ikan ayam bos boss raja naga robot bug virus waktu rindu sepi jomblo mood laptop hp'.split(
    ' ',
  ),
);

function kindOf(word: string): Kind | undefined {
  if (SUSPECTS.has(word)) return 'suspect';
  if (PERSONS.has(word)) return 'person';
  if (CONVICTS.has(word)) return 'convict';
  if (OFFICIALS.has(word)) return 'official';
  return KIN.has(word) ? 'kin' : undefined;
}

/** Whether the verb means the body of such a victim. */
function counts(scene: Scene, mark: Mark, { at, kind }: Victim, kills: boolean): boolean {
  const { term } = mark.entry;
  if (!kills) return kind === 'suspect' && hasMob(scene, mark) && !isMild(scene, mark);
  if (isMild(scene, mark) || isRefereed(scene, at, mark)) return false;
  switch (kind) {
    case 'suspect':
      return !PENALTIES.test(term);
    case 'convict':
      return PLAIN.test(term) || (term.startsWith('bakar') && hasMob(scene, mark));
    case 'someone':
      return PLAIN.test(term) || term.startsWith('bakar');
    case 'official':
      // The rule on calls knows offices and plain killing.
      if (scene.holderAt[at] !== -1 && isLethal(mark) && !isFigurative(mark)) return false;
      return !isFigurative(mark) || hasMob(scene, mark);
    case 'kin':
      return PLAIN.test(term) || term.startsWith('bakar') || term === 'habisi';
    default:
      return true;
  }
}

/** `bunuh dia dengan kebaikan`, `habisi malingnya lewat jalur hukum`. */
function isMild(scene: Scene, mark: Mark): boolean {
  const end = near(scene, mark).to;
  for (let t = mark.last + 1; t <= end; t++) if (MILD_MEANS.has(scene.words[t]!)) return true;
  return false;
}
