/** What a construction does to the group in its slot. */
export type Harm = 'contempt' | 'exclusion' | 'wish' | 'threat' | 'violence';

/**
 * Contempt that needs no bad word: fixed ways of speaking with a slot for the group. A pattern is a row of items:
 * `G` the group (by name or taken up by a pronoun), `N` a negation, `I` the writer, `MUST` a word of duty or desert,
 * `JUST` a softener of orders, `S` who is spoken to, `H` a contemptuous word of the lexicon, `E` a feeling of hatred,
 * `V` a verb of harm, `a|b` one of these words, `a+b` one after the other, `..` up to five words (`.-` none
 * of them a negation) and `...` up to twelve of the same sentence. `?` after an item makes it optional.
 */
export interface Construction {
  readonly id: string;
  readonly harm: Harm;
  readonly weight: number;
  readonly patterns: readonly string[];
  /** Words that make the sentence mean something else when they stand in it. */
  readonly unless?: readonly string[];
}

export const NOT_GOOD = [
  'takut',
  'ketakutan',
  'diskriminasi',
  'didiskriminasi',
  'kekerasan',
  'korban',
  'ditindas',
  'hinaan',
  'perlakuan',
  'objek',
  'target',
  'sasaran',
  'kambing',
  'begitu',
  'dihina',
  'sendirian',
  'sembarangan',
  'dibedakan',
  'hukuman',
  'ejekan',
  'siksaan',
  'kebencian',
  'dianiaya',
  'penderitaan',
  'menderita',
];
