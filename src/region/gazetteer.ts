import { PermanentError } from '../core/errors.js';
import type { Area, AreaNames } from '../core/region.js';
import { type Automaton, buildAutomaton, isPattern } from '../lexicon/automaton.js';
import { normalise } from '../text/normalise.js';
import { areaNames } from './names.js';
import type { Marks, PlaceName } from './place-name.js';

/** What a word before a name says. */
export const PLACE = 1;
export const OFFICE = 2;
export const CITY = 4;
export const REGENCY = 8;
export const PROVINCE = 16;
export const BETWEEN = 32;
export const NAMESAKE = 64;

/** One spelling, as texts hold it. */
export interface Spelling {
  /** Codes of the areas that it may mean; none for a phrase that is no place. */
  readonly codes: readonly string[];
  readonly needs: PlaceName['needs'];
}

/** Every name of a place, ready to be looked for: data alone, so that it can be kept. */
export interface GazetteerTables {
  readonly areas: readonly Area[];
  readonly automaton: Automaton;
  /** By pattern of {@link automaton}. */
  readonly spellings: readonly Spelling[];
  /** By word: the bits of what it says before a name. */
  readonly marks: ReadonlyMap<string, number>;
}

/** Immutable. */
export interface Gazetteer extends GazetteerTables, AreaNames {}

const KINDS = ['KABUPATEN ', 'KOTA ADMINISTRASI ', 'KABUPATEN ADMINISTRASI ', 'KOTA '];

/**
 * @param areas provinces and regencies; a regency's code begins with its province's
 * @throws PermanentError `region-name` naming the row whose areas are unknown, whose name stands twice or leaves nothing
 *   to be looked for
 */
export function compileGazetteer(
  areas: readonly Area[],
  names: readonly PlaceName[],
  marks: Marks,
): GazetteerTables {
  const byName = new Map<string, string[]>();
  const called = new Map<string, string[]>();
  const read = new Map<string, string>();
  const canonical = (spelled: string): string => {
    const key = spelled.toLowerCase();
    const text = read.get(key) ?? canonicalName(key);
    read.set(key, text);
    return text;
  };
  for (const { code, name } of areas) {
    byName.set(name, [...(byName.get(name) ?? []), code]);
    const short = canonical(shortName(name));
    called.set(short, [...(called.get(short) ?? []), code]);
  }
  const spellings = new Map<string, Spelling>();
  for (const row of names) {
    const { name, also = [], needs } = row;
    const codes = row.of === undefined ? called.get(canonical(name)) : codesOf(row.of, byName, name);
    if (codes === undefined) throw fault(`${name} is no official name; say in "of" which areas it means`);
    for (const spelled of [name, ...also]) {
      const text = canonical(spelled);
      if (spellings.has(text)) throw fault(`${spelled} stands twice`);
      spellings.set(text, { codes, needs });
    }
  }
  for (const [text, codes] of called) {
    if (!spellings.has(text)) spellings.set(text, { codes, needs: undefined });
  }
  return {
    areas,
    automaton: buildAutomaton([...spellings.keys()]),
    spellings: [...spellings.values()],
    marks: markBits(marks),
  };
}

export function openGazetteer(tables: GazetteerTables): Gazetteer {
  return { ...tables, ...areaNames(tables.areas) };
}

/** The name without what kind of area it is. */
function shortName(name: string): string {
  const kind = KINDS.filter((start) => name.startsWith(start)).sort((a, b) => b.length - a.length)[0];
  return name.slice(kind?.length ?? 0);
}

/** As it stands in a text that was read. */
function canonicalName(name: string): string {
  const text = normalise(name).text.trim();
  if (isPattern(text)) return text;
  throw fault(`${name} becomes ${JSON.stringify(text)}, no word or phrase`);
}

function codesOf(of: readonly string[], byName: ReadonlyMap<string, string[]>, name: string): string[] {
  return of.flatMap((area) => {
    const codes = byName.get(area);
    if (codes === undefined) throw fault(`${name} is said to be in ${area}, which no area is called`);
    return codes;
  });
}

function markBits(marks: Marks): Map<string, number> {
  const bits = new Map<string, number>();
  const add = (words: readonly string[], bit: number): void => {
    for (const word of words) bits.set(word, (bits.get(word) ?? 0) | bit);
  };
  add(marks.place, PLACE);
  add(marks.office, PLACE | OFFICE);
  add(marks.city, PLACE | OFFICE | CITY);
  add(marks.regency, PLACE | OFFICE | REGENCY);
  add(marks.province, PLACE | OFFICE | PROVINCE);
  add(marks.between, BETWEEN);
  add(marks.namesake, NAMESAKE);
  return bits;
}

function fault(what: string): PermanentError {
  return new PermanentError('region-name', `The names of places cannot be used: ${what}.`);
}
