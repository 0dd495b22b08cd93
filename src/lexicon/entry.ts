import type { Category } from '../core/assessment.js';

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
  /** Lemma, root of a verb, or a phrase of words separated by one space. */
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
  /** ISO 639-3 where it is not Indonesian. */
  readonly language?: string;
  /** Other names or spellings that no rule would generate. */
  readonly variants?: readonly string[];
  /** Phrases (containing a form of the term) within which it does not count: `anjing pelacak`, `kota serang`. */
  readonly exceptions?: readonly string[];
  /** Word that must stand within the same clause for an ambiguous term to count at all. */
  readonly needs?: readonly string[];
  readonly note?: string;
  /** Where it comes from: `usage` (knowledge of the language), `law`, or a named public source of the fact. */
  readonly from: string;
  /** Texts in which `find` must report this entry. At least one, unless the kind's templates give them (group, camp, institution). */
  readonly match?: readonly string[];
  /** Texts in which it must not. Hand-written wherever the term is ambiguous. */
  readonly noMatch?: readonly string[];
}
