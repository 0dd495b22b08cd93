import { z } from 'zod';
import { CATEGORIES, type Category } from '../core/assessment.js';
import type { Problem } from './problem.js';

/** What an entry does in a sentence; composition (score/) is over kinds, never over single words. */
export const KINDS = [
  /** A protected group by name: `orang Papua`, `umat Hindu`. Never bad by itself. */
  'group',
  /** A political camp: not protected; only incitement and threat count. */
  'camp',
  /** Institutions, offices and public figures: never protected, criticism of them is speech. */
  'institution',
  /** A derogatory name for a group; says both who and how. */
  'slur',
  /** A noun that makes people less than people: `babi`, `kera`, `hama`, `sampah`. */
  'dehumanising-noun',
  /** A very negative quality: `licik`, `biadab`, `menjijikkan`. */
  'negative-attribute',
  /** Hatred felt: `benci`, `muak`, `jijik`. */
  'negative-emotion',
  /** Contempt without a bad word: `numpang hidup`, `perusak bangsa`, `antek asing`. */
  'derogation',
  /** An act of harm or exclusion: `usir`, `bunuh`, `bakar`, `boikot`. */
  'hostile-predicate',
  /** What turns an act into a call: `ayo`, `mari kita`, `saatnya`. */
  'call-to-act',
  /** What turns an act into a duty or a desert: `harus`, `wajib`, `pantas`, `layak`. */
  'normative',
  /** What turns an act into a threat: `awas`, `tunggu saja`, `akan kami`. */
  'threat',
  /** Harm wished for: `semoga mati`, `mampus`, `laknat`. */
  'wish-of-harm',
  /** Chain-letter signs: weak, never a flag. */
  'hoax-marker',
  /** An abusive word for a person: `goblok`, `bajingan`. */
  'insult',
  /** Swearing at nobody: `anjir`, `bangsat` as an exclamation. */
  'profanity',
  /** Condemns what is quoted: `jangan bilang`, `rasis itu`, `stop menyebut`. */
  'counter-speech-frame',
  /** Tells what others did or said: `polisi menangkap pria yang`, `menurut saksi`. */
  'reporting-frame',
  /** `bukan`, `tidak`, `jangan`, `belum`. */
  'negation',
  /** Takes up a group named before: `mereka`, `kaum itu`. */
  'pronoun',
  /** A quality that hurts when denied: `manusia`, `beradab`, `punya otak`. */
  'positive',
  /** Everyday senses that take the sting from what they cover: `babi panggang`, `kota serang`. */
  'harmless',
] as const;
export type Kind = (typeof KINDS)[number];

export const GROUNDS = [
  'ethnicity',
  'religion',
  'race',
  'inter-group',
  'gender',
  'orientation',
  'disability',
  'health',
  'age',
  'nationality',
  'region',
] as const;
export type Ground = (typeof GROUNDS)[number];

/** Decides which forms are generated from a term (morphology.ts); `fixed` generates none. */
export const FORMS = ['verb', 'noun', 'adjective', 'name', 'phrase', 'fixed'] as const;
export type Form = (typeof FORMS)[number];

/**
 * One entry, one line of a `lexicons/<folder>/<file>.jsonl`. Terms are written in plain lower-case Indonesian
 * (or the language named); spelling games (leet, spacing, stretching) are the normaliser's work and never listed.
 */
export interface Entry {
  /** Unique over all lexicons, kebab-case, `<kind's short name or file>-<term>`, e.g. `slur-kadrun`. Never reused. */
  readonly id: string;
  /**
   * Lemma, root of a verb, or a phrase of words separated by one space; in a phrase a verb or noun inflects its first
   * word. ` .. ` stands for up to three words: `bakar .. hidup-hidup`.
   */
  readonly term: string;
  readonly kind: Kind;
  readonly form: Form;
  /** What it speaks for when it counts by itself (insult -> abusive). Composition may decide otherwise. */
  readonly category?: Category | 'hoax-marker';
  /** For groups and slurs. */
  readonly ground?: Ground;
  /** For groups, slurs, camps and institutions: id of whom it names, `<ground or kind>:<name>`, e.g. `religion:kristen`. */
  readonly target?: string;
  /** 0..1: how much it says when it counts. */
  readonly weight: number;
  /** Of a group: a god, a book or a faith that it holds holy, not its people; struck by what is said of it alone. */
  readonly sacred?: true;
  /** ISO 639-3 where it is not Indonesian. */
  readonly language?: string;
  /** Other names or spellings that no rule would generate. */
  readonly variants?: readonly string[];
  /**
   * Phrases within which it does not count: `anjing pelacak`, `kota serang`. Each holds the term or a variant, for
   * which any of its forms may stand (`anjing-anjing pelacak`), or else one form, which is then meant alone (`anjingku`).
   */
  readonly exceptions?: readonly string[];
  /** Words of which one must stand in the same sentence, outside the term, for an ambiguous term to count at all. */
  readonly needs?: readonly string[];
  readonly note?: string;
  /** Where it comes from: `usage` (knowledge of the language), `law`, or a named public source of the fact. */
  readonly from: string;
  /** Texts in which `find` must report this entry. At least one, unless the kind's templates give them (group, camp, institution). */
  readonly match?: readonly string[];
  /** Texts in which it must not. Hand-written wherever the term is ambiguous. */
  readonly noMatch?: readonly string[];
}

const text = z
  .string()
  .min(1)
  .refine((value) => value === value.trim() && !/\s\s|[\n\t]/.test(value));
const term = text.refine((value) => value === value.toLowerCase());
const examples = z.array(z.string().min(1)).min(1);

/** Kinds whose match examples are made from templates (lint.ts). */
export const NAMED_KINDS: readonly Kind[] = ['group', 'camp', 'institution'];

const schema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/),
    term,
    kind: z.enum(KINDS),
    form: z.enum(FORMS),
    category: z.enum([...CATEGORIES, 'hoax-marker']).optional(),
    ground: z.enum(GROUNDS).optional(),
    target: z
      .string()
      .regex(/^[a-z-]+:[a-z0-9-]+$/)
      .optional(),
    weight: z.number().min(0).max(1),
    sacred: z.literal(true).optional(),
    language: z
      .string()
      .regex(/^[a-z]{3}$/)
      .optional(),
    variants: z.array(term).optional(),
    exceptions: z.array(term).optional(),
    needs: z.array(term).optional(),
    note: text.optional(),
    from: text,
    match: examples.optional(),
    noMatch: examples.optional(),
  })
  .superRefine((entry, context) => {
    const wrong = (path: keyof Entry) =>
      context.addIssue({ code: 'custom', path: [path], input: entry[path] });
    const side = entry.target?.split(':')[0];
    if (entry.kind === 'group') {
      if (entry.ground === undefined) wrong('ground');
      if (side === undefined || side !== entry.ground) wrong('target');
    } else if (entry.kind === 'camp' || entry.kind === 'institution') {
      if (entry.ground !== undefined) wrong('ground');
      if (side !== entry.kind) wrong('target');
    } else if (entry.kind === 'slur') {
      if (side === undefined || (side !== 'camp' && side !== entry.ground)) wrong('target');
    }
  });

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  kind: KINDS,
  form: FORMS,
  category: [...CATEGORIES, 'hoax-marker'],
  ground: GROUNDS,
};

/** An entry, or all that is wrong with its line. */
export type ParsedEntry =
  | { readonly entry: Entry; readonly problems?: undefined }
  | { readonly entry?: undefined; readonly problems: readonly Problem[] };

/**
 * Reads one line of a lexicon file. `where` is `file:line` for the problems, each of which names the key,
 * what was found there and what is allowed.
 */
export function parseEntry(line: string, where: string): ParsedEntry {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { problems: [{ code: 'not-an-entry', severity: 'error', where, found: shorten(line) }] };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    // zod gives optional keys the type `T | undefined`; a parsed object has no key that is undefined.
    const entry = parsed.data as Entry;
    if (entry.match === undefined && !NAMED_KINDS.includes(entry.kind)) {
      return {
        problems: [{ code: 'no-match-example', severity: 'error', where, id: entry.id, key: 'match' }],
      };
    }
    return { entry };
  }
  const given = value as Record<string, unknown>;
  const id = typeof given.id === 'string' ? { id: given.id } : {};
  const problems = parsed.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        code: 'unknown-key',
        severity: 'error',
        where,
        ...id,
        key,
        allowed: Object.keys(schema.shape),
      }));
    }
    const key = String(issue.path[0]);
    const allowed = ALLOWED[key];
    const found = issue.path.reduce<unknown>(
      (at, step) => (at as Record<PropertyKey, unknown>)?.[step],
      given,
    );
    return [
      {
        code: found === undefined ? 'missing-key' : 'wrong-value',
        severity: 'error',
        where,
        ...id,
        key: issue.path.map(String).join('.'),
        ...(found === undefined ? {} : { found: shorten(JSON.stringify(found)) }),
        ...(allowed === undefined ? {} : { allowed }),
      },
    ];
  });
  return { problems };
}

function shorten(found: string): string {
  return found.length > 80 ? `${found.slice(0, 79)}…` : found;
}
