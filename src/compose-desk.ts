/** The triage desk's part of the composition root: its use cases' ports over a store that is open. */
import type { Config } from './config.js';
import { CannotRunError, messageOf } from './core/errors.js';
import type { Clock } from './core/ports.js';
import type { LoginPorts } from './pipeline/login.js';
import type { ReviewPorts } from './pipeline/review.js';
import { createOneTimeCodes, createPasswordHasher } from './store/passwords.js';
import type { Store } from './store/store.js';
import { normalise } from './text/normalise.js';
import { createUnits, type Units } from './triage/scope.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Everything that the desk's use cases (pipeline/) take. */
export function deskPorts(config: Config, store: Store, clock: Clock): ReviewPorts & LoginPorts {
  return {
    store: store.desk,
    units: unitsOf(config),
    clock,
    blindShare: config.desk.blind_share,
    hasher: createPasswordHasher(),
    codes: createOneTimeCodes('Ronda'),
    rolesWithTotp: LOOPBACK.has(config.desk.host) ? [] : ['admin'],
  };
}

/** @throws CannotRunError `config` where the units are no tree */
function unitsOf({ units }: Config): Units {
  try {
    return createUnits(
      units.map(({ parent, ...unit }) => ({ ...unit, ...(parent === undefined ? {} : { parent }) })),
    );
  } catch (error) {
    throw new CannotRunError('config', `units: ${messageOf(error)}; correct ronda.yaml.`);
  }
}

/** What the desk's pages are given, style, scripts and language apart. */
export function deskServer(config: Config, store: Store, clock: Clock, report: (error: unknown) => void) {
  const { host, port } = config.desk;
  const names = LOOPBACK.has(host) ? ['127.0.0.1', 'localhost', '[::1]'] : [host];
  return {
    host,
    port,
    ports: deskPorts(config, store, clock),
    items: { getItem: (number: number) => store.getItem(number) },
    linkAddress: (token: string) => linkAddress(config, token),
    normalise: (text: string) => normalise(text).text,
    surroundings: {
      hosts: names,
      secure: false,
    },
    report,
  };
}

/** The address of a one-time link. */
export function linkAddress({ desk: { host, port } }: Config, token: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/welcome/${token}`;
}
