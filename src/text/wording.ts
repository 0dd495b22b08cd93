/**
 * What copies of a text have in common: its canonical form (normalise.ts) with every number alike. A number is the cheapest
 * thing to make a copy differ by.
 *
 * @param canonical `Normalised.text`
 */
export function wordingOf(canonical: string): string {
  return canonical.replace(/\d+/g, '0');
}
