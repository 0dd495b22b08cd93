import type { Kind } from '../lexicon/entry.js';
import type { Construction } from './constructions/construction.js';
import { CONTEMPT } from './constructions/contempt.js';
import { HARM } from './constructions/harm.js';
import { ROUNDABOUT } from './constructions/roundabout.js';
import * as g from './grammar.js';
import { addressedAs, antecedentOf } from './reference.js';
import { isSacred, type Mark, type Scene } from './scene.js';

type Item =
  | { readonly type: 'group' }
  | { readonly type: 'gap'; readonly most: number; readonly affirmed: boolean }
  | { readonly type: 'role'; readonly bits: number; readonly optional: boolean }
  | {
      readonly type: 'words';
      readonly alternatives: readonly (readonly string[])[];
      readonly roles: number;
      /** Kinds of marks that fill it too. */
      readonly kinds: readonly Kind[];
      readonly optional: boolean;
    };

interface Pattern {
  readonly construction: Construction;
  readonly items: readonly Item[];
  /** Says itself that something is denied. */
  readonly denies: boolean;
  /** Holds a verb of harm or a feeling of its own, whose object the group is. */
  readonly acts: boolean;
}

const ROLE_WORDS: Readonly<Record<string, number>> = {
  N: g.NEGATION,
  I: g.FIRST,
  MUST: g.NORM,
  JUST: g.JUST,
  S: g.SECOND,
};

/** Kinds of marks by the letter that stands for them in a pattern. */
const KIND_WORDS: Readonly<Record<string, readonly Kind[]>> = {
  H: ['insult', 'profanity', 'dehumanising-noun', 'negative-attribute', 'derogation'],
  E: ['negative-emotion'],
  V: ['hostile-predicate'],
};

const ACTS: ReadonlySet<Kind> = new Set<Kind>(['negative-emotion', 'hostile-predicate']);

function parse(construction: Construction, pattern: string): Pattern {
  const items = pattern.split(' ').map((raw): Item => {
    if (raw === 'G') return { type: 'group' };
    if (raw === '..' || raw === '.-') return { type: 'gap', most: 5, affirmed: raw === '.-' };
    if (raw === '...') return { type: 'gap', most: 12, affirmed: false };
    const optional = raw.endsWith('?');
    const alternatives = (optional ? raw.slice(0, -1) : raw).split('|');
    let roles = 0;
    const words: string[][] = [];
    const kinds: Kind[] = [];
    for (const alternative of alternatives) {
      const role = ROLE_WORDS[alternative];
      const kindsOf = KIND_WORDS[alternative];
      if (role !== undefined) roles |= role;
      else if (kindsOf !== undefined) kinds.push(...kindsOf);
      else words.push(alternative.split('+'));
    }
    if (words.length === 0 && kinds.length === 0) return { type: 'role', bits: roles, optional };
    return { type: 'words', alternatives: words, roles, kinds, optional };
  });
  return {
    construction,
    items,
    acts: items.some((item) => item.type === 'words' && item.kinds.some((kind) => ACTS.has(kind))),
    denies: /(?:^|[ |])(?:N\b|bukan|belum|tanpa|jangan|janganlah|tidak|mana|memangnya)/.test(pattern),
  };
}

interface Index {
  readonly patterns: readonly Pattern[];
  /** Pattern and item numbers (pattern * ITEMS + item) by each first word that fills an item of words alone. */
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  /** How many such items a pattern has: all must be filled before it is worth a match. */
  readonly needed: Uint8Array;
}

/** More items than any pattern has. */
const ITEMS = 16;

const INDEX: Index = (() => {
  const patterns = [...CONTEMPT, ...HARM, ...ROUNDABOUT].flatMap((construction) =>
    construction.patterns.map((pattern) => parse(construction, pattern)),
  );
  const byWord = new Map<string, number[]>();
  const needed = new Uint8Array(patterns.length);
  patterns.forEach((pattern, number) => {
    pattern.items.forEach((item, place) => {
      if (item.type !== 'words' || item.optional || item.roles !== 0 || item.kinds.length > 0) return;
      const firsts = new Set(item.alternatives.map((words) => words[0]!));
      if ([...firsts].some((word) => ROLE_WORDS[word] !== undefined)) return;
      needed[number] = needed[number]! + 1;
      for (const word of firsts) {
        const list = byWord.get(word);
        if (list === undefined) byWord.set(word, [number * ITEMS + place]);
        else list.push(number * ITEMS + place);
      }
    });
    if (needed[number] === 0)
      throw new Error(`construction ${pattern.construction.id}: a pattern names no word`);
  });
  return { patterns, byWord, needed };
})();

// Marks of the sentence at hand, told from older ones by its stamp.
const filledAt = new Int32Array(INDEX.patterns.length * ITEMS);
const countAt = new Int32Array(INDEX.patterns.length);
const count = new Uint8Array(INDEX.patterns.length);
let stamp = 0;

/** A construction found in a sentence. Token indices, inclusive. */
export interface ConstructionMatch {
  readonly construction: Construction;
  readonly first: number;
  readonly last: number;
  /** Token and mark of the group in its slot. */
  readonly holderAt: number;
  readonly holder: Mark;
  readonly denies: boolean;
  readonly acts: boolean;
}

/** Every construction that the sentences with a group in them hold, each at most once a sentence. */
export function matchConstructions(scene: Scene): ConstructionMatch[] {
  const found: ConstructionMatch[] = [];
  let from = 0;
  while (from < scene.count) {
    const sentence = scene.tokens.sentence[from];
    let to = from;
    let group = false;
    while (to < scene.count && scene.tokens.sentence[to] === sentence) {
      if (groupAt(scene, to) !== undefined) group = true;
      to++;
    }
    if (group) matchSentence(scene, from, to - 1, found);
    from = to;
  }
  return found;
}

function matchSentence(scene: Scene, from: number, to: number, found: ConstructionMatch[]): void {
  const seen = new Set<string>();
  for (const number of candidates(scene, from, to)) {
    const pattern = INDEX.patterns[number]!;
    const { construction } = pattern;
    if (seen.has(construction.id)) continue;
    const match = matchPattern(scene, pattern, from, to);
    if (match === undefined) continue;
    if (construction.unless?.some((word) => hasWord(scene, word, from, to))) continue;
    seen.add(construction.id);
    found.push(match);
  }
}

/** Patterns of which every item of words finds one of its words in the sentence, in their order. */
function candidates(scene: Scene, from: number, to: number): number[] {
  stamp = (stamp + 1) | 0;
  const ready: number[] = [];
  for (let t = from; t <= to; t++) {
    const word = scene.words[t]!;
    fill(INDEX.byWord.get(word), ready);
    if (word.length > 5 && (word.endsWith('lah') || word.endsWith('nya')))
      fill(INDEX.byWord.get(word.slice(0, -3)), ready);
  }
  return ready.sort((a, b) => a - b);
}

function fill(list: readonly number[] | undefined, ready: number[]): void {
  if (list === undefined) return;
  for (const place of list) {
    if (filledAt[place] === stamp) continue;
    filledAt[place] = stamp;
    const pattern = (place / ITEMS) | 0;
    if (countAt[pattern] !== stamp) {
      countAt[pattern] = stamp;
      count[pattern] = 0;
    }
    count[pattern] = count[pattern]! + 1;
    if (count[pattern] === INDEX.needed[pattern]) ready.push(pattern);
  }
}

function hasWord(scene: Scene, word: string, from: number, to: number): boolean {
  for (let t = from; t <= to; t++) if (scene.words[t] === word) return true;
  return false;
}

function matchPattern(
  scene: Scene,
  pattern: Pattern,
  from: number,
  to: number,
): ConstructionMatch | undefined {
  const state = { holderAt: -1, last: -1 };
  for (let t = from; t <= to; t++) {
    // A pattern starts outside a name, so that `orang X` is taken from its first word.
    if (step(scene, pattern.items, 0, t, to, state)) {
      const holder = groupAt(scene, state.holderAt);
      if (holder === undefined) return undefined;
      return {
        construction: pattern.construction,
        first: t,
        last: Math.max(state.last, t),
        holderAt: state.holderAt,
        holder,
        denies: pattern.denies,
        acts: pattern.acts,
      };
    }
  }
  return undefined;
}

function step(
  scene: Scene,
  items: readonly Item[],
  index: number,
  t: number,
  to: number,
  state: { holderAt: number; last: number },
): boolean {
  if (index === items.length) {
    state.last = t - 1;
    return true;
  }
  const item = items[index]!;
  if (item.type === 'gap') {
    const most = Math.min(to + 1, t + item.most);
    for (let next = t; next <= most; next++) {
      if (step(scene, items, index + 1, next, to, state)) return true;
      if (item.affirmed && next <= to && (scene.roles[next]! & g.NEGATION) !== 0) return false;
    }
    return false;
  }
  if (
    (item.type === 'words' || item.type === 'role') &&
    item.optional &&
    step(scene, items, index + 1, t, to, state)
  )
    return true;
  if (t > to) return false;
  if (item.type === 'group') {
    let at = t;
    for (
      let skipped = 0;
      at <= to && skipped < 4 && groupAt(scene, at) === undefined && isHead(scene, at);
      skipped++
    )
      at++;
    const mark = at <= to ? groupAt(scene, at) : undefined;
    if (mark === undefined) return false;
    state.holderAt = at;
    const next = scene.holderAt[at] === -1 ? at + 1 : mark.last + 1;
    return step(scene, items, index + 1, next, to, state);
  }
  if (item.type === 'role') {
    return (scene.roles[t]! & item.bits) !== 0 && step(scene, items, index + 1, t + 1, to, state);
  }
  if ((scene.roles[t]! & item.roles) !== 0 && step(scene, items, index + 1, t + 1, to, state)) return true;
  if (item.kinds.length > 0) {
    const mark = markAt(scene, t, item.kinds);
    if (mark !== undefined && step(scene, items, index + 1, mark.last + 1, to, state)) return true;
  }
  for (const words of item.alternatives) {
    let length = 0;
    while (length < words.length && t + length <= to && isWord(scene, t + length, words[length]!)) length++;
    if (length === words.length && step(scene, items, index + 1, t + length, to, state)) return true;
  }
  return false;
}

/** The mark of one of `kinds` that begins at token `t`; the name of a deed (`pembunuhan`) is none. */
function markAt(scene: Scene, t: number, kinds: readonly Kind[]): Mark | undefined {
  if (scene.hostileAt[t] === -1) return undefined;
  for (let i = scene.hostileAt[t]!; i < scene.marks.length && scene.marks[i]!.first <= t; i++) {
    const mark = scene.marks[i]!;
    if (mark.first !== t || !kinds.includes(mark.kind)) continue;
    if (mark.kind === 'hostile-predicate' && (mark.form === 'nominal' || mark.form === 'other')) continue;
    return mark;
  }
  return undefined;
}

/** True where token `t` is the word wanted (or plays the role it names) and is no part of a name. */
function isWord(scene: Scene, t: number, wanted: string): boolean {
  const role = ROLE_WORDS[wanted];
  if (role !== undefined) return (scene.roles[t]! & role) !== 0;
  return scene.holderAt[t] === -1 && sameWord(scene.words[t]!, wanted);
}

function sameWord(word: string, wanted: string): boolean {
  return (
    word === wanted ||
    (word.length === wanted.length + 3 &&
      word.startsWith(wanted) &&
      (word.endsWith('lah') || word.endsWith('nya')))
  );
}

const HEADS = new Set([
  'keberadaan',
  'kehadiran',
  'adanya',
  'kelakuan',
  'tingkah',
  'perilaku',
  'muka',
  'wajah',
  'suara',
  'omongan',
  'segala',
  'kumpulan',
  'sekumpulan',
  'para',
  'ada',
  'gaya',
  'bau',
  'macam',
  'bernama',
  'orang',
  'orang-orang',
  'kaum',
  'umat',
  'warga',
  'para',
  'semua',
  'seluruh',
  'seorang',
  'sama',
  'si',
  'yang',
  'namanya',
  'bangsa',
  'suku',
  'etnis',
  'komunitas',
  'kalian',
  'lo',
  'lu',
  'kamu',
  'kau',
  'anak',
  'setiap',
]);

function isHead(scene: Scene, t: number): boolean {
  return HEADS.has(scene.words[t]!) && scene.holderAt[t] === -1;
}

/** The group of people that token `t` names or takes up; what is sacred to one is no slot's filler. */
function groupAt(scene: Scene, t: number): Mark | undefined {
  const index = scene.holderAt[t];
  if (index === undefined) return undefined;
  if (index !== -1) {
    const mark = scene.marks[index]!;
    return mark.kind === 'group' && !isSacred(mark) ? mark : undefined;
  }
  if (scene.roles[t]! & g.SECOND) {
    const mark = addressedAs(scene, t);
    if (mark !== undefined) return mark;
  }
  if (scene.roles[t]! & g.PRONOUN || scene.words[t] === 'kalian') {
    const mark = antecedentOf(scene, t);
    return mark?.kind === 'group' ? mark : undefined;
  }
  return undefined;
}
