import type { Entry, Kind } from '../lexicon/entry.js';
import type { Hit } from '../lexicon/find.js';
import type { FormTag } from '../lexicon/morphology.js';
import type { Normalised } from '../text/normalise.js';
import type { Tokens } from '../text/tokenise.js';
import * as g from './grammar.js';

/** A hit of the lexicon, set in its sentence. */
export interface Mark {
  readonly entry: Entry;
  readonly kind: Kind;
  readonly form: FormTag;
  /** Canonical offsets. */
  readonly start: number;
  readonly end: number;
  /** First and last token, inclusive. */
  readonly first: number;
  readonly last: number;
}

/** A group, camp or office named at token `at`, or taken up there by a pronoun, or carried over from before. */
export interface Named<T extends 'group' | 'camp' | 'institution'> {
  readonly type: T;
  readonly mark: Mark;
  readonly at: number;
  readonly by: 'name' | 'pronoun' | 'carried';
}

/** Whom a sentence may be about. */
export type Holder =
  | Named<'group'>
  | Named<'camp'>
  | Named<'institution'>
  | { readonly type: 'second' | 'third' | 'unresolved'; readonly at: number };

/**
 * The analysed post that rules look at: tokens with their grammatical roles, marks in order, and who is named where.
 * All indices are token indices; `segment` numbers stretches between clause marks and words of contrast.
 */
export interface Scene {
  readonly normalised: Normalised;
  readonly text: string;
  readonly tokens: Tokens;
  readonly count: number;
  readonly words: readonly string[];
  readonly roles: Int32Array;
  readonly segment: Int32Array;
  readonly marks: readonly Mark[];
  /** Index into `marks` of the group, camp or institution that a token belongs to, else -1. */
  readonly holderAt: Int32Array;
  /** Index into `marks` of the first hostile mark that a token belongs to, else -1. */
  readonly hostileAt: Int32Array;
}

const SPACE = 32;
const HOLDERS: ReadonlySet<Kind> = new Set<Kind>(['group', 'camp', 'institution']);
export const HOSTILE: ReadonlySet<Kind> = new Set<Kind>([
  'slur',
  'dehumanising-noun',
  'negative-attribute',
  'negative-emotion',
  'derogation',
  'hostile-predicate',
  'wish-of-harm',
  'insult',
  'profanity',
]);

const ROLE_OF_KIND: Partial<Record<Kind, number>> = {
  'call-to-act': g.CALL,
  normative: g.NORM,
  'counter-speech-frame': g.COUNTER_FRAME,
  'reporting-frame': g.REPORT_FRAME,
  negation: g.NEGATION,
};

/** Words that open a group's name and stand for nobody else: `orang Batak`, `para janda`. */
const GROUP_HEADS = new Set([
  'orang',
  'orang-orang',
  'kaum',
  'umat',
  'warga',
  'bangsa',
  'suku',
  'etnis',
  'anak',
  'golongan',
  'komunitas',
  'si',
  'kelompok',
  'penganut',
  'ras',
  'keturunan',
  'masyarakat',
  'agama',
  'wong',
  'urang',
  'halak',
  'nak',
  'teman',
  'jemaah',
  'jemaat',
  'jamaah',
  'pengungsi',
  'seorang',
  'pria',
  'lelaki',
  'pemuda',
]);

/** Sets hits in their sentences. Marks that stand inside a longer holder or slur are part of its name. */
export function buildScene(normalised: Normalised, tokens: Tokens, hits: readonly Hit[]): Scene {
  const { text } = normalised;
  const count = tokens.count;
  const words: string[] = new Array(count);
  const roles = new Int32Array(count);
  const segment = new Int32Array(count);
  const holderAt = new Int32Array(count).fill(-1);
  const hostileAt = new Int32Array(count).fill(-1);
  for (let t = 0; t < count; t++) {
    const word = text.slice(tokens.start[t]!, tokens.end[t]!);
    words[t] = word;
    roles[t] = rolesWithClitics(word);
  }
  const marks = placeMarks(text, tokens, hits);
  marks.forEach((mark, index) => {
    const role = ROLE_OF_KIND[mark.kind];
    if (role !== undefined) {
      if (role === g.COUNTER_FRAME && !isFrame(marks, mark, words)) return;
      // `penuh kebencian terhadap X` is felt, whoever else is reported to feel it.
      if (
        role === g.REPORT_FRAME &&
        marks.some((other) => other.kind === 'negative-emotion' && other.first === mark.first)
      )
        return;
      // A negation of several words (`tidak pantas`) denies once.
      const last = role === g.NEGATION ? mark.first : mark.last;
      for (let t = mark.first; t <= last; t++) roles[t] = roles[t]! | role;
      return;
    }
    if (HOLDERS.has(mark.kind)) {
      for (let t = mark.first; t <= mark.last; t++) {
        holderAt[t] = index;
        roles[t] = 0;
      }
      for (let t = mark.first - 1; t >= 0 && GROUP_HEADS.has(words[t]!); t--) {
        roles[t] = roles[t]! & (g.PARTICULAR | g.ALL);
      }
    } else if (HOSTILE.has(mark.kind)) {
      for (let t = mark.first; t <= mark.last; t++) if (hostileAt[t] === -1) hostileAt[t] = index;
    }
  });
  let current = 0;
  for (let t = 1; t < count; t++) {
    const cut = tokens.clause[t] !== tokens.clause[t - 1] || tokens.sentence[t] !== tokens.sentence[t - 1];
    // `cuma` sets one thing against another only after a pause; `X cuma beban` says it of X.
    const only = words[t] === 'cuma' && text.charCodeAt(tokens.end[t - 1]!) === SPACE;
    if ((cut && !only) || roles[t]! & g.CONTRAST) current++;
    segment[t] = current;
  }
  return { normalised, text, tokens, count, words, roles, segment, marks, holderAt, hostileAt };
}

/**
 * True where a frame condemns something said, rather than being said of the group itself: `X itu jahat` is no
 * frame, and neither is what overlaps another mark (`kaum itu | tidak pantas hidup`).
 */
function isFrame(marks: readonly Mark[], frame: Mark, words: readonly string[]): boolean {
  let condemns = false;
  for (let t = frame.first; t <= frame.last; t++) {
    if (g.rolesOf(words[t]!) & SAYING || CONDEMNING.has(words[t]!)) condemns = true;
  }
  if (!condemns) return false;
  return !marks.some((other) => {
    if (other === frame || other.kind === 'counter-speech-frame') return false;
    if (HOLDERS.has(other.kind) || other.kind === 'slur' || other.kind === 'pronoun') {
      if (other.last === frame.first - 1 && PREDICATES.has(words[frame.first]!)) return true;
    }
    return other.first < frame.first && other.last >= frame.first;
  });
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

/** Roles of a word, or of its stem under `-lah`, `-nya`, `-ku`, `-mu` where the word itself has none. */
function rolesWithClitics(word: string): number {
  const roles = g.rolesOf(word);
  if (roles !== 0 || word.length < 6) return roles;
  const cut = word.endsWith('lah') || word.endsWith('nya') || word.endsWith('kah') ? 3 : 0;
  return cut === 0 ? 0 : g.rolesOf(word.slice(0, -cut));
}

function placeMarks(text: string, tokens: Tokens, hits: readonly Hit[]): Mark[] {
  const marks: Mark[] = [];
  let from = 0;
  for (const hit of hits) {
    while (from < tokens.count && tokens.end[from]! <= hit.start) from++;
    let last = from;
    while (last + 1 < tokens.count && tokens.start[last + 1]! < hit.end) last++;
    if (from >= tokens.count) break;
    // A hit on a sign between tokens belongs to none of them.
    if (tokens.start[from]! >= hit.end) continue;
    marks.push({
      entry: hit.entry,
      kind: hit.entry.kind,
      form: formOf(hit, text),
      start: hit.start,
      end: hit.end,
      first: from,
      last,
    });
  }
  return marks.filter(
    (mark) =>
      !isFunctionWord(text, mark) &&
      !isBareCountry(text, tokens, mark) &&
      !marks.some((other) => swallows(other, mark)),
  );
}

/** The form that a listed surface has by its prefix, where the entry lists it as it stands. */
function formOf(hit: Hit, text: string): FormTag {
  if (hit.form !== 'base' || hit.entry.kind !== 'hostile-predicate') return hit.form;
  const surface = text.slice(hit.start, hit.end);
  if (hit.entry.form === 'verb' && surface.startsWith(hit.entry.term)) return hit.form;
  if (/^di[a-z]{3}/.test(surface)) return 'passive';
  return /^(?:me|nge|ng[aiueo]|ny)[a-z]{3}/.test(surface) ? 'active' : hit.form;
}

/** True where the name is of what is sacred to a group (a god, a book) and not of its people. */
export function isSacred(mark: Mark): boolean {
  return mark.entry.sacred === true;
}

/** Weight from which a group's name says people by itself; below it (a country's) it needs `orang`, `bangsa`. */
const SAYS_PEOPLE = 0.7;

function isBareCountry(text: string, tokens: Tokens, mark: Mark): boolean {
  if (mark.kind !== 'group' || mark.entry.weight >= SAYS_PEOPLE || mark.first !== mark.last) return false;
  const before = mark.first - 1;
  return before < 0 || !GROUP_HEADS.has(text.slice(tokens.start[before]!, tokens.end[before]!));
}

/** A name or bad word that is spelt like a word of grammar (after repair) is not meant by it. */
function isFunctionWord(text: string, mark: Mark): boolean {
  if (mark.first !== mark.last || !(HOLDERS.has(mark.kind) || HOSTILE.has(mark.kind))) return false;
  const roles = g.rolesOf(text.slice(mark.start, mark.end));
  return (
    (roles & (g.NORM | g.NEGATION | g.FIRST | g.SECOND | g.INTENT | g.WHICH | g.CALL | g.FILLER | g.THAT)) !==
    0
  );
}

function swallows(outer: Mark, inner: Mark): boolean {
  if (outer === inner || outer.start > inner.start || outer.end < inner.end) return false;
  const longer = outer.end - outer.start > inner.end - inner.start;
  // Spelling repairs can make a slur and the plain name one word; then it is the name.
  if (outer.kind === 'group' && inner.kind === 'slur') return true;
  if (HOLDERS.has(outer.kind)) return longer && inner.kind !== 'slur';
  if (outer.kind === 'slur') return longer && (inner.kind === 'group' || HOSTILE.has(inner.kind));
  if (outer.kind === 'counter-speech-frame') return longer && HOSTILE.has(inner.kind);
  if (outer.kind === 'reporting-frame')
    return longer && HOSTILE.has(inner.kind) && inner.kind !== 'negative-emotion';
  return false;
}
