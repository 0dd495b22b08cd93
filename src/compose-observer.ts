import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import { readAreas, readPlaceNames } from './files/gazetteer-files.js';
import { packageRoot } from './files/package-root.js';
import type { TextObserver } from './pipeline/score.js';
import { regionOf } from './region/find.js';
import { createGazetteer, type Gazetteer } from './region/gazetteer.js';

/**
 * The areas of Indonesia with what people call them.
 *
 * @throws CannotRunError `regions`, PermanentError `region-name` where a list of places cannot be used
 */
export function loadGazetteer(config: Config): Gazetteer {
  const { names, marks } = readPlaceNames(listFolder(config, 'regions'));
  return createGazetteer(readAreas(), names, marks);
}

/** A folder of lists: the configured lexicons' own, else the package's. */
export function listFolder(config: Config, name: 'regions' | 'watch'): string {
  const own = config.lexicons === undefined ? undefined : join(config.lexicons, name);
  return own !== undefined && existsSync(own) ? own : join(packageRoot, 'lexicons', name);
}

/** What scorers note of texts beside their assessment. */
export function loadObserver(config: Config): TextObserver {
  const gazetteer = loadGazetteer(config);
  return {
    regionOf: (canonical) => regionOf(gazetteer, undefined, canonical),
    topicsOf: () => [],
  };
}
