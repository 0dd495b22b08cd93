import type { Area, AreaNames } from '../core/region.js';

/** What areas are called, for readers. */
export function areaNames(areas: readonly Area[]): AreaNames {
  const byCode = new Map(areas.map(({ code, name }) => [code, name]));
  return {
    nameOf: (code) => {
      const name = byCode.get(code);
      return name === undefined ? undefined : shownName(name);
    },
    provinces: areas
      .filter(({ code }) => code.length === 2)
      .map(({ code, name }) => ({ code, name: shownName(name) })),
    isCity: (code) => byCode.get(code)?.startsWith('KOTA ') === true,
  };
}

/** `KABUPATEN BOGOR` as people write it: `Kab. Bogor`. */
function shownName(name: string): string {
  return name
    .replace(' ADMINISTRASI', '')
    .split(' ')
    .map((word) => SHOWN[word] ?? word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ')
    .replace(/^Daerah Istimewa/, 'DI');
}

const SHOWN: Readonly<Record<string, string>> = { DKI: 'DKI', KABUPATEN: 'Kab.', DAN: 'dan' };
