import type { ItemRegion } from './item.js';

/** Regions by their official codes: `32` is a province, `32.73` one of its regencies or cities. */

/** A row of the official list of areas. */
export interface Area {
  /** `32` or `32.73` */
  readonly code: string;
  /** Official name in capitals: `JAWA BARAT`, `KOTA BANDUNG`, `KABUPATEN BOGOR`. */
  readonly name: string;
}

/** What stands before the code of a region that was read out of an item's text; no code of a setting begins with it. */
const FROM_TEXT = '~';

/** How an item carries a region that its text names and no source's setting gave: `~32.73`. */
export function fromText(code: string): string {
  return FROM_TEXT + code;
}

/** The code of a region as an item carries it, and whether it was read out of the text; undefined of an unknown one. */
export function regionOfItem(carried: string | null | undefined): ItemRegion | undefined {
  if (carried === null || carried === undefined || carried === '') return undefined;
  const isFromText = carried.startsWith(FROM_TEXT);
  return { code: isFromText ? carried.slice(FROM_TEXT.length) : carried, isFromText };
}

/** True of a region that is one of these, or lies within one: `32` covers `32.73`. */
export function coversRegion(regions: readonly string[], code: string): boolean {
  return regions.some((region) => code === region || code.startsWith(`${region}.`));
}

/** A region code in 16 bits: `32` is 3200, `32.73` is 3273; 0 for unknown, and for what is no such code. */
export function regionNumber(code: string | undefined): number {
  const parts = code === undefined ? null : /^([1-9]\d)(?:\.(\d\d))?$/.exec(code);
  return parts === null ? 0 : Number(parts[1]) * 100 + Number(parts[2] ?? 0);
}

/** The code that {@link regionNumber} made a number of; undefined for 0. */
export function regionCode(number: number): string | undefined {
  if (number === 0) return undefined;
  const province = String(Math.floor(number / 100));
  const regency = number % 100;
  return regency === 0 ? province : `${province}.${String(regency).padStart(2, '0')}`;
}

/** Names of areas for readers. */
export interface AreaNames {
  /** As people write it: `Jawa Barat`, `Kab. Bogor`, `Kota Bandung`; undefined of a code that no area has. */
  nameOf(code: string): string | undefined;
  /** The provinces in order of their codes, named so. */
  readonly provinces: readonly Area[];
  /** True of a city (kota), false of a regency, a province and an unknown code. */
  isCity(code: string): boolean;
}
