import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CannotRunError, messageOf } from '../core/errors.js';
import type { Area } from '../core/region.js';
import { type Marks, NEEDS, type PlaceName } from '../region/place-name.js';

const text = z.string().trim().min(2).max(200);
const nameSchema = z.strictObject({
  name: text,
  also: z.array(text).min(1).optional(),
  of: z.array(text).optional(),
  needs: z.enum(NEEDS).optional(),
  match: z.array(text).min(1).optional(),
  noMatch: z.array(text).min(1).optional(),
});
const word = z.string().regex(/^[a-z-]{1,23}$/, 'one lower-case word');
const marksSchema = z.strictObject({
  place: z.array(word),
  office: z.array(word),
  city: z.array(word),
  regency: z.array(word),
  province: z.array(word),
  between: z.array(word),
  namesake: z.array(word),
});

/** Files of place names in `lexicons/regions`, beside `marks.json`. */
const NAME_FILES = ['called.json', 'ambiguous.json', 'no-place.json'];
/** So many provinces has Indonesia at least; fewer are a damaged file. */
const FEWEST_PROVINCES = 30;

/**
 * Provinces and regencies of Indonesia, from the package idn-area-data, which is read as it is installed.
 *
 * @throws CannotRunError `regions` where the package is missing or its files do not read as lists of areas
 */
export function readAreas(): readonly Area[] {
  const [provincesFile, regenciesFile] = areaFiles();
  const areas = [
    ...rowsOf(provincesFile, /^(\d\d),()([^",]+)$/),
    ...rowsOf(regenciesFile, /^(\d\d\.\d\d),(\d\d),([^",]+)$/),
  ];
  const provinces = new Set(areas.filter(({ code }) => code.length === 2).map(({ code }) => code));
  const lost = areas.find(({ code }) => !provinces.has(code.slice(0, 2)));
  if (provinces.size < FEWEST_PROVINCES) throw fault(`${provincesFile} has only ${provinces.size} provinces`);
  if (lost !== undefined) throw fault(`${lost.name} is of no province in ${regenciesFile}`);
  return areas;
}

function areaFiles(): [provinces: string, regencies: string] {
  const folder = join(packageFolder(), 'data');
  return [join(folder, 'provinces.csv'), join(folder, 'regencies.csv')];
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('idn-area-data/package.json'));
  } catch (error) {
    throw fault(`the package idn-area-data is not installed (${messageOf(error)})`);
  }
}

function rowsOf(path: string, row: RegExp): Area[] {
  const [, ...lines] = readText(path).trimEnd().split(/\r?\n/);
  return lines.map((line, at) => {
    const [, code, , name] = row.exec(line) ?? [];
    if (code === undefined || name === undefined)
      throw fault(`${path}:${at + 2} is no area: ${line.slice(0, 80)}`);
    return { code, name };
  });
}

/** What areas and their names are read from, as text: equal texts make equal lists. */
export function placeTexts(folder: string): string[] {
  const own = [...NAME_FILES, 'marks.json'].map((file) => readText(join(folder, file)));
  return [...areaFiles().map(readText), ...own];
}

/**
 * What people call places: the rows of `lexicons/regions`, or of another folder like it.
 *
 * @throws CannotRunError `regions` naming file and row
 */
export function readPlaceNames(folder: string): { names: readonly PlaceName[]; marks: Marks } {
  const names = NAME_FILES.flatMap((file) => {
    const rows = z.array(z.unknown()).safeParse(readJson(join(folder, file)));
    if (!rows.success) throw fault(`${file} is no list of rows`);
    return rows.data.map((given, at) => {
      const row = nameSchema.safeParse(given);
      if (row.success) return JSON.parse(JSON.stringify(row.data)) as PlaceName;
      const [issue] = row.error.issues;
      throw fault(`${file}, row ${at + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    });
  });
  const marks = marksSchema.safeParse(readJson(join(folder, 'marks.json')));
  if (!marks.success) {
    const [issue] = marks.error.issues;
    throw fault(`marks.json: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  return { names, marks: marks.data };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw fault(messageOf(error));
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    throw error instanceof CannotRunError ? error : fault(`${path}: ${messageOf(error)}`);
  }
}

function fault(what: string): CannotRunError {
  return new CannotRunError(
    'regions',
    `The list of places cannot be used: ${what}. Correct it and start again.`,
  );
}
