import type { Entry, Kind } from '../lexicon/entry.js';
import type { Hit } from '../lexicon/find.js';
import type { FormTag } from '../lexicon/morphology.js';
import type { Tokens } from '../text/tokenise.js';
import * as g from './grammar.js';
import { GROUP_HEAD, numberAt, ROLES_OF, TRAITS_OF } from './known-words.js';

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
  /** Its place among the scene's marks. */
  index: number;
}

export const HOLDERS: ReadonlySet<Kind> = new Set<Kind>(['group', 'camp', 'institution']);
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

/** The latest mark of each kind that may swallow others. Marks of one kind overlap only where they are of one span. */
interface Outer {
  group: Mark | undefined;
  camp: Mark | undefined;
  institution: Mark | undefined;
  slur: Mark | undefined;
  counter: Mark | undefined;
  report: Mark | undefined;
  /** A verb of harm in the passive. */
  done: Mark | undefined;
}

/**
 * Sets hits (by rising start, then longest first) in their sentences; `numbers` holds the number of each token's word.
 * What stands inside a longer name, slur or frame is part of it and left out.
 */
export function placeMarks(text: string, tokens: Tokens, numbers: Int32Array, hits: readonly Hit[]): Mark[] {
  const placed: Mark[] = [];
  let from = 0;
  for (const hit of hits) {
    while (from < tokens.count && tokens.end[from]! <= hit.start) from++;
    if (from >= tokens.count) break;
    // A hit on a sign between tokens belongs to none of them.
    if (tokens.start[from]! >= hit.end) continue;
    let last = from;
    while (last + 1 < tokens.count && tokens.start[last + 1]! < hit.end) last++;
    const { entry, start, end } = hit;
    // `di usir`: the prefix stands apart, and belongs to the verb.
    const apart = from > 0 && isPassiveApart(text, hit);
    placed.push({
      entry,
      kind: entry.kind,
      form: apart ? 'passive' : formOf(hit, text),
      start: apart ? start - 3 : start,
      end,
      first: apart ? from - 1 : from,
      last,
      index: -1,
    });
  }
  const outer: Outer = {
    group: undefined,
    camp: undefined,
    institution: undefined,
    slur: undefined,
    counter: undefined,
    report: undefined,
    done: undefined,
  };
  const marks: Mark[] = [];
  for (let i = 0; i < placed.length; i++) {
    const mark = placed[i]!;
    if (
      !isFunctionWord(text, tokens, numbers, mark) &&
      !isBareCountry(numbers, mark) &&
      !isSwallowed(outer, mark, tokens, numbers) &&
      !(mark.kind === 'slur' && isNameToo(placed, i))
    )
      mark.index = marks.push(mark) - 1;
    note(outer, mark);
  }
  return marks;
}

function note(outer: Outer, mark: Mark): void {
  switch (mark.kind) {
    case 'group':
    case 'camp':
    case 'institution':
    case 'slur':
      outer[mark.kind] = mark;
      break;
    case 'counter-speech-frame':
      outer.counter = mark;
      break;
    case 'reporting-frame':
      outer.report = mark;
      break;
    case 'hostile-predicate':
      if (mark.form === 'passive') outer.done = mark;
      break;
    default:
  }
}

function isSwallowed(outer: Outer, { kind, start, end }: Mark, tokens: Tokens, numbers: Int32Array): boolean {
  if (kind === 'slur') {
    // Spelling repairs can make a slur and the plain name one word; then it is the name.
    if (outer.group !== undefined && outer.group.end >= end) return true;
  } else if (
    isWithin(outer.group, start, end) ||
    isWithin(outer.camp, start, end) ||
    isWithin(outer.institution, start, end)
  )
    return true;
  if (kind === 'group') return isWithin(outer.slur, start, end);
  if (!HOSTILE.has(kind)) return false;
  return (
    isWithin(outer.slur, start, end) ||
    // `dihina-hina`: what is done to somebody is not what he is called.
    isWithin(outer.done, start, end) ||
    (isWithin(outer.counter, start, end) && !isPredicate(outer, outer.counter!, tokens, numbers)) ||
    (kind !== 'negative-emotion' && isWithin(outer.report, start, end))
  );
}

/** What may open a sentence before the name that it speaks of: `menurut gue semua X itu jahat`. */
const OPENING = g.FILLER | g.ALL | g.FIRST | g.THAT | g.CONTRAST | g.ENDORSE | g.QUESTION;

/** `X itu jahat` says it of X, who opens the clause; `menghina X itu jahat` of what is done to X. */
function isPredicate(
  { group, camp, institution }: Outer,
  frame: Mark,
  tokens: Tokens,
  numbers: Int32Array,
): boolean {
  const name = [group, camp, institution].find((mark) => mark?.last === frame.first - 1);
  if (name === undefined) return false;
  let t = name.first - 1;
  const here = (at: number): boolean => at >= 0 && tokens.clause[at] === tokens.clause[name.first];
  while (here(t) && ((TRAITS_OF[numbers[t]!]! & GROUP_HEAD) !== 0 || (ROLES_OF[numbers[t]!]! & g.ALL) !== 0))
    t--;
  return !here(t) || (ROLES_OF[numbers[t]!]! & OPENING) !== 0;
}

/** True where `outer`, which starts no later, reaches over all of the span and is longer. */
function isWithin(outer: Mark | undefined, start: number, end: number): boolean {
  return outer !== undefined && outer.end >= end && outer.end - outer.start > end - start;
}

/** True where a group's name of the very same span comes after the slur. */
function isNameToo(placed: readonly Mark[], at: number): boolean {
  const { start, end } = placed[at]!;
  for (let i = at + 1; i < placed.length; i++) {
    const other = placed[i]!;
    if (other.start !== start || other.end !== end) return false;
    if (other.kind === 'group') return true;
  }
  return false;
}

function isPassiveApart(text: string, { entry, form, start }: Hit): boolean {
  return (
    form === 'base' &&
    entry.kind === 'hostile-predicate' &&
    entry.form === 'verb' &&
    text.startsWith('di ', start - 3) &&
    (start === 3 || text.charCodeAt(start - 4) === 32)
  );
}

/** The form that a listed surface has by its prefix, where the entry lists it as it stands. */
function formOf(hit: Hit, text: string): FormTag {
  if (hit.form !== 'base' || hit.entry.kind !== 'hostile-predicate') return hit.form;
  if (hit.entry.form === 'verb' && text.startsWith(hit.entry.term, hit.start)) return hit.form;
  const surface = text.slice(hit.start, hit.end);
  if (/^di[a-z]{3}/.test(surface)) return 'passive';
  return /^(?:me|nge|ng[aiueo]|ny)[a-z]{3}/.test(surface) ? 'active' : hit.form;
}

/** Weight from which a group's name says people by itself; below it (a country's) it needs `orang`, `bangsa`. */
const SAYS_PEOPLE = 0.7;

function isBareCountry(numbers: Int32Array, mark: Mark): boolean {
  if (mark.kind !== 'group' || mark.entry.weight >= SAYS_PEOPLE || mark.first !== mark.last) return false;
  const before = mark.first - 1;
  return before < 0 || (TRAITS_OF[numbers[before]!]! & GROUP_HEAD) === 0;
}

const GRAMMATICAL =
  g.NORM | g.NEGATION | g.FIRST | g.SECOND | g.INTENT | g.WHICH | g.CALL | g.FILLER | g.THAT;

/** A name or bad word that is spelt like a word of grammar (after repair) is not meant by it. */
function isFunctionWord(text: string, tokens: Tokens, numbers: Int32Array, mark: Mark): boolean {
  const { first, last, start, end, kind } = mark;
  if (first !== last || !(HOLDERS.has(kind) || HOSTILE.has(kind))) return false;
  const whole = tokens.start[first] === start && tokens.end[first] === end;
  return (ROLES_OF[whole ? numbers[first]! : numberAt(text, start, end)]! & GRAMMATICAL) !== 0;
}
