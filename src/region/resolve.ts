/** Which one region the places that a text names amount to. */

/** The province of a region code. */
export function provinceOf(code: string): string {
  return code.slice(0, 2);
}

/**
 * The most specific region on which all places agree: one regency, else one province, else undefined.
 *
 * @param places of each named place the codes that it may mean; a province among them stands for all of its regencies
 */
export function commonRegion(places: readonly (readonly string[])[]): string | undefined {
  const [first] = places;
  if (first === undefined) return undefined;
  // Most texts that name a place name one.
  if (places.length === 1 && first.length === 1) return first[0];
  const provinces = new Set(first.map(provinceOf));
  for (const codes of places) {
    for (const province of provinces) {
      if (!codes.some((code) => provinceOf(code) === province)) provinces.delete(province);
    }
  }
  const [province] = provinces;
  if (province === undefined || provinces.size > 1) return undefined;
  let regencies: readonly string[] | undefined;
  for (const codes of places) {
    // Whoever may mean the whole province says no more than that.
    if (codes.includes(province)) continue;
    const own = codes.filter((code) => provinceOf(code) === province);
    regencies = regencies === undefined ? own : regencies.filter((code) => own.includes(code));
  }
  const distinct = new Set(regencies);
  return distinct.size === 1 ? [...distinct][0] : province;
}
