import { normalise } from '../text/normalise.js';
import { placesIn } from './find.js';
import type { Gazetteer } from './gazetteer.js';
import type { PlaceName } from './place-name.js';

/** What of a row does not hold. */
export interface NameProblem {
  readonly name: string;
  readonly what: 'match' | 'noMatch' | 'needs-noMatch';
  readonly text: string;
}

/** Tries the examples of every row, and of rows without any whether each spelling is found where it has to be. */
export function checkNames(gazetteer: Gazetteer, names: readonly PlaceName[]): NameProblem[] {
  const problems: NameProblem[] = [];
  const read = (text: string) => {
    const canonical = normalise(text).text;
    return placesIn(gazetteer, canonical).map(({ start, end }) => canonical.slice(start, end));
  };
  const canonical = (text: string): string => normalise(text).text.trim();
  for (const { name, also = [], of, needs, match = [], noMatch = [] } of names) {
    const spelled = [name, ...also];
    if (of?.length !== 0) {
      const before = needs === 'office' ? 'di kota' : 'warga di';
      for (const one of spelled) {
        const text = `Kabar ${before} ${one} hari ini.`;
        if (!read(text).includes(canonical(one))) problems.push({ name, what: 'match', text });
      }
    }
    if ((needs !== undefined || of?.length === 0) && noMatch.length === 0)
      problems.push({ name, what: 'needs-noMatch', text: '' });
    const known = spelled.map(canonical);
    for (const text of match) {
      if (!read(text).some((found) => known.includes(found))) problems.push({ name, what: 'match', text });
    }
    for (const text of noMatch) if (read(text).length > 0) problems.push({ name, what: 'noMatch', text });
  }
  return problems;
}
