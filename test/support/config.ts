import { type Config, parseConfig } from '../../src/config.js';

/** What a configuration file says, as it is read where no source is: defaults for what it leaves out. */
export function configOf(given: { readonly document?: object; readonly home?: string } = {}): Config {
  return parseConfig({
    document: {},
    file: 'ronda.yaml',
    environment: {},
    kinds: new Map(),
    isSchedule: () => true,
    ...given,
  });
}
