/** The triage desk's part of the composition root: its use cases' ports over a store that is open. */
import { BlockList, isIP } from 'node:net';
import { narrativesOf } from './compose-narratives.js';
import { type PacketOutside, packetPorts } from './compose-packets.js';
import { reportsHere } from './compose-reports.js';
import { storiesHere, storySources } from './compose-stories.js';
import { storyNames } from './compose-story-names.js';
import { unitsOf } from './compose-units.js';
import { type Config, isLoopback } from './config.js';
import type { Clock } from './core/ports.js';
import { readTlsFiles } from './files/tls-files.js';
import type { LoginPorts } from './pipeline/login.js';
import type { ReviewPorts } from './pipeline/perform-act.js';
import { createOneTimeCodes, createPasswordHasher } from './store/passwords.js';
import type { Store } from './store/store.js';
import { normalise } from './text/normalise.js';

/** Everything that the desk's use cases (pipeline/) take. */
export function deskPorts(config: Config, store: Store, clock: Clock): ReviewPorts & LoginPorts {
  return {
    store: store.desk,
    units: unitsOf(config),
    clock,
    blindShare: config.desk.blind_share,
    hasher: createPasswordHasher(),
    codes: createOneTimeCodes('Ronda'),
    rolesWithTotp: isLoopback(config.desk.host) && config.desk.proxy === undefined ? [] : ['admin'],
  };
}

/** What the desk's pages are given, style, scripts and language apart. */
export function deskServer(
  config: Config,
  store: Store,
  clock: Clock,
  report: (error: unknown) => void,
  outside?: PacketOutside,
) {
  const { host, port, tls: paths, proxy } = config.desk;
  const tls = paths && readTlsFiles(paths);
  return {
    host,
    port,
    ...(tls === undefined ? {} : { tls }),
    // Where people reach it, which is not where it listens.
    ...(tls === undefined && proxy === undefined ? {} : { origin: originOf(config) }),
    ports: deskPorts(config, store, clock),
    items: { getItem: (number: number) => store.getItem(number) },
    narratives: narrativesOf(store),
    edits: store.narrativeEdits,
    stories: { ...storiesHere(storySources(config, store)), ...storyNames(config), clock },
    alerts: store.alerts,
    reports: reportsHere(config, store, clock),
    packets: packetPorts(config, store, clock, outside),
    linkAddress: (token: string) => linkAddress(config, token),
    normalise: (text: string) => normalise(text).text,
    surroundings: {
      hosts: namesOf(config.desk, tls?.names ?? []),
      secure: tls !== undefined || proxy !== undefined,
      ...(proxy === undefined ? {} : { isProxy: within(proxy.addresses) }),
    },
    report,
  };
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** Host names that are answered, as a URL writes them: the proxy's where there is one, else the desk's own. */
function namesOf({ host, proxy }: Config['desk'], certified: readonly string[]): readonly string[] {
  if (proxy !== undefined) return proxy.names;
  const own = isLoopback(host) ? [host, '127.0.0.1', 'localhost', '::1'] : [host];
  const names = [...own.filter((name) => !ANY_ADDRESS.has(name)), ...certified];
  return [...new Set(names.map((name) => (isIP(name) === 6 ? `[${name}]` : name)))];
}

/** True for an address that is one of these or in one of these ranges. */
export function within(addresses: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
  for (const each of addresses) {
    const [address = '', bits] = each.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address));
}

/** The address of a one-time link. */
export function linkAddress(config: Config, token: string): string {
  return `${originOf(config)}/welcome/${token}`;
}

/** Scheme, host and port at the first name under which the desk is reached. */
function originOf({ desk }: Config): string {
  const { host, port, tls, proxy } = desk;
  const [name = host] =
    tls === undefined || !ANY_ADDRESS.has(host) ? namesOf(desk, []) : namesOf(desk, readTlsFiles(tls).names);
  const scheme = tls === undefined ? 'http' : 'https';
  return proxy === undefined ? `${scheme}://${name}:${port}` : `https://${name}`;
}
