import type { Kind } from '../../lexicon/entry.js';
import * as g from '../grammar.js';
import { ALLUSION } from './allusion.js';
import { CHEER } from './cheer.js';
import type { Construction } from './construction.js';
import { CONTEMPT } from './contempt.js';
import { HARM } from './harm.js';
import { ROUNDABOUT } from './roundabout.js';

/** One item of a pattern, as written; construction.ts says what may stand there. */
export type Item =
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

export interface Pattern {
  readonly construction: Construction;
  readonly items: readonly Item[];
  /** Says itself that something is denied. */
  readonly denies: boolean;
  /** Holds a verb of harm or a feeling of its own, whose object the group is. */
  readonly acts: boolean;
}

/** Roles by the word that stands for them in a pattern. */
export const ROLE_WORDS: Readonly<Record<string, number>> = {
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
    denies: /(?:^|[ |])(?:N\b|bukan|belum|tanpa|jangan|janganlah|berhenti|tidak|mana|memangnya)/.test(
      pattern,
    ),
  };
}

/** Every pattern of every construction, in the order in which they are tried. */
export const PATTERNS: readonly Pattern[] = [
  ...CONTEMPT,
  ...HARM,
  ...ROUNDABOUT,
  ...ALLUSION,
  ...CHEER,
].flatMap((construction) => construction.patterns.map((pattern) => parse(construction, pattern)));

/** Every word that a pattern or an `unless` names. */
export const PATTERN_WORDS: ReadonlySet<string> = new Set(
  PATTERNS.flatMap(({ construction, items }) => [
    ...items.flatMap((item) => (item.type === 'words' ? item.alternatives.flat() : [])),
    ...(construction.unless ?? []),
  ]).filter((word) => ROLE_WORDS[word] === undefined),
);
