import { regionOfItem } from '../core/region.js';
import type { Actor, Role, Unit } from '../core/user.js';

/** What of the items somebody sees: everything, or items of these regions and those handed to these units. */
export type ItemScope =
  | 'all'
  | {
      /** As items carry them (core/region.ts); null is an unknown region. Items handed to a unit go by {@link units} instead. */
      readonly regions: readonly (string | null)[];
      readonly units: readonly string[];
    };

/** Where none are configured: one unit over everything. */
const ONLY_UNIT: Unit = { id: 'pusat', name: 'Pusat', regions: ['*'], zone: 'WIB' };

/** The tree of units, checked. */
export interface Units {
  readonly all: readonly Unit[];
  find(id: string): Unit | undefined;
  /** The unit and every unit below it. */
  subtree(id: string): readonly Unit[];
  /**
   * The units to which items of a region belong: the one whose code says most of it; null is an unknown region. What was
   * read out of a text may be wrong, so such an item is shown to whom its place belongs, and stays with those who have
   * the items of unknown regions.
   */
  ownersOf(region: string | null): readonly Unit[];
}

/**
 * @param units empty: {@link ONLY_UNIT}
 * @throws RangeError naming the unit whose parent is unknown or stands below it, or whose id or region stands twice
 */
export function createUnits(units: readonly Unit[]): Units {
  const all = units.length === 0 ? [ONLY_UNIT] : units;
  const byId = new Map<string, Unit>();
  const byRegion = new Map<string, Unit>();
  for (const unit of all) {
    if (byId.has(unit.id)) throw new RangeError(`unit ${unit.id} stands twice`);
    byId.set(unit.id, unit);
    for (const region of unit.regions) {
      const other = byRegion.get(region);
      if (other !== undefined)
        throw new RangeError(`region ${region} belongs to ${other.id} and to ${unit.id}`);
      byRegion.set(region, unit);
    }
  }
  const below = new Map<string, Unit[]>();
  for (const unit of all) {
    const path = new Set([unit.id]);
    for (let up = unit.parent; up !== undefined; up = byId.get(up)?.parent) {
      if (!byId.has(up)) throw new RangeError(`unit ${unit.id} has the parent ${up}, which is no unit`);
      if (path.has(up)) throw new RangeError(`unit ${unit.id} stands below itself`);
      path.add(up);
    }
    for (const id of path) below.set(id, [...(below.get(id) ?? []), unit]);
  }
  const ownerOf = (region: string): Unit | undefined => {
    for (let code = region; code !== ''; code = code.slice(0, Math.max(0, code.lastIndexOf('.')))) {
      const owner = byRegion.get(code);
      if (owner !== undefined) return owner;
    }
    return byRegion.get('*');
  };
  return {
    all,
    find: (id) => byId.get(id),
    subtree: (id) => below.get(id) ?? [],
    ownersOf(region) {
      const known = regionOfItem(region);
      const owners = [ownerOf(known?.code ?? '')];
      if (known?.isFromText === true) owners.push(ownerOf(''));
      return [...new Set(owners.filter((owner) => owner !== undefined))];
    },
  };
}

/** Whose items a person sees: an auditor every unit's, a supervisor and humas the own unit's and those below, else the own. */
export function unitsSeen(role: Role, unit: string, units: Units): readonly string[] | 'all' {
  if (role === 'auditor' || role === 'admin') return 'all';
  if (units.find(unit) === undefined) return [];
  if (role === 'officer') return [unit];
  return units.subtree(unit).map(({ id }) => id);
}

/** Codes of the regions of whom a person sees items; undefined where these are all, or a unit of everything is among them. */
export function ownRegions(
  { role, unit }: Pick<Actor, 'role' | 'unit'>,
  units: Units,
): readonly string[] | undefined {
  const seen = unitsSeen(role, unit, units);
  if (seen === 'all' || seen.length === units.all.length) return undefined;
  return regionsOfUnits(seen, units);
}

/** Codes of the regions of some units; undefined where one of them is for everything. */
export function regionsOfUnits(ids: readonly string[], units: Units): readonly string[] | undefined {
  const regions = ids.flatMap((id) => units.find(id)?.regions ?? []);
  return regions.includes('*') ? undefined : [...new Set(regions)];
}

/**
 * The scope of an actor over items.
 *
 * @param regions every region that items have at present (null: unknown)
 */
export function scopeOf(
  { role, unit }: Pick<Actor, 'role' | 'unit'>,
  units: Units,
  regions: Iterable<string | null>,
): ItemScope {
  const seen = unitsSeen(role, unit, units);
  if (seen === 'all' || seen.length === units.all.length) return 'all';
  return {
    units: seen,
    regions: [...regions].filter((region) => units.ownersOf(region).some(({ id }) => seen.includes(id))),
  };
}

/** True when an item is within an actor's scope. */
export function sees(
  { role, unit }: Pick<Actor, 'role' | 'unit'>,
  units: Units,
  item: { readonly region?: string; readonly unit?: string },
): boolean {
  const seen = unitsSeen(role, unit, units);
  if (seen === 'all') return true;
  if (item.unit !== undefined) return seen.includes(item.unit);
  return units.ownersOf(item.region ?? null).some(({ id }) => seen.includes(id));
}
