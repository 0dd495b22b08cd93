/** The units of the configuration. A part of compose.ts. */
import type { Config } from './config.js';
import type { BriefUnit } from './core/brief.js';
import { CannotRunError, messageOf } from './core/errors.js';
import { createUnits, regionsOfUnits, type Units } from './triage/scope.js';

/** @throws CannotRunError `config` where the units are no tree */
export function unitsOf({ units }: Config): Units {
  try {
    return createUnits(
      units.map(({ parent, ...unit }) => ({ ...unit, ...(parent === undefined ? {} : { parent }) })),
    );
  } catch (error) {
    throw new CannotRunError('config', `units: ${messageOf(error)}; correct ronda.yaml.`);
  }
}

/**
 * A unit as a report is made for it; undefined of one of everything.
 * @throws CannotRunError `no-unit`, `config`
 */
export function briefUnit(config: Config, id: string): BriefUnit | undefined {
  const units = unitsOf(config);
  const unit = units.find(id);
  if (unit === undefined) {
    const known = units.all.map((each) => each.id).join(', ');
    throw new CannotRunError('no-unit', `There is no unit "${id}" in ronda.yaml; there are ${known}.`);
  }
  const below = units.subtree(id).map((each) => each.id);
  const regions = regionsOfUnits(below, units);
  return regions === undefined ? undefined : { id, name: unit.name, regions };
}
