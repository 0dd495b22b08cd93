/** What lists of place names (lexicons/regions) hold. */

/** What must stand before an ambiguous name so that it counts as a place. */
export const NEEDS = ['place', 'office'] as const;

/** What people call a place, beside its official name, or how an official name has to stand to be one. */
export interface PlaceName {
  readonly name: string;
  /** Other spellings. */
  readonly also?: readonly string[];
  /** Official names of the areas meant (`KOTA SURAKARTA`); without it those called so; empty: no place, whatever is in it. */
  readonly of?: readonly string[];
  /** `place`: a word such as `di`, `ke` or an office before it; `office`: `kota`, `bupati`, `polres` and the like alone. */
  readonly needs?: (typeof NEEDS)[number];
  /** Texts in which the name stands for its place. */
  readonly match?: readonly string[];
  /** Texts in which no place is named. */
  readonly noMatch?: readonly string[];
}

/** Words that stand right before a name and say what it is. */
export interface Marks {
  readonly place: readonly string[];
  readonly office: readonly string[];
  /** Offices of a city, of a regency, of a province: they choose among places of one name. */
  readonly city: readonly string[];
  readonly regency: readonly string[];
  readonly province: readonly string[];
  /** Passed over in looking for a mark: `polres metro bekasi`. */
  readonly between: readonly string[];
  /** What follows one of these is named after a place: a dish, a street, a language. */
  readonly namesake: readonly string[];
}
