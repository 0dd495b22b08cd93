import { lookup as dnsLookup } from 'node:dns';
import { isIP, isIPv4 } from 'node:net';
import { buildConnector } from 'undici';
import { PermanentError, RetryableError } from '../core/errors.js';

/** What an address is to a collector: `public` may be called, `own` only where the source says so, the rest never. */
export type AddressClass = 'public' | 'own' | 'forbidden';

/** All addresses of a host name, as text. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

type Range = readonly [base: string, bits: number, kind: AddressClass];

/** IPv4 by the IANA special-purpose registry; metadata services of clouds are never called. First match decides. */
const RANGES_V4: readonly Range[] = [
  ['100.100.100.200', 32, 'forbidden'],
  ['168.63.129.16', 32, 'forbidden'],
  ['192.0.0.192', 32, 'forbidden'],
  ['169.254.0.0', 16, 'forbidden'],
  ['0.0.0.0', 8, 'forbidden'],
  ['10.0.0.0', 8, 'own'],
  ['127.0.0.0', 8, 'own'],
  ['172.16.0.0', 12, 'own'],
  ['192.168.0.0', 16, 'own'],
  ['100.64.0.0', 10, 'forbidden'],
  ['192.0.0.0', 24, 'forbidden'],
  ['192.0.2.0', 24, 'forbidden'],
  ['192.88.99.0', 24, 'forbidden'],
  ['198.18.0.0', 15, 'forbidden'],
  ['198.51.100.0', 24, 'forbidden'],
  ['203.0.113.0', 24, 'forbidden'],
  ['224.0.0.0', 3, 'forbidden'],
];

const V4_TABLE = RANGES_V4.map(([base, bits, kind]) => ({
  base: numberOfV4(base) >>> (32 - bits),
  shift: 32 - bits,
  kind,
}));

/**
 * Judges an IP address; an IPv6 address that carries an IPv4 one (mapped, compatible, NAT64, 6to4, ISATAP) is judged
 * by what it carries. Text that is no IP address is forbidden.
 */
export function classifyAddress(address: string): AddressClass {
  const bare = address.replace(/%.*$/, '');
  if (isIPv4(bare)) return classifyV4(numberOfV4(bare));
  return isIP(bare) === 6 ? classifyV6(groupsOfV6(bare)) : 'forbidden';
}

function classifyV4(address: number): AddressClass {
  return V4_TABLE.find(({ base, shift }) => address >>> shift === base)?.kind ?? 'public';
}

function numberOfV4(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) >>> 0;
}

function groupsOfV6(address: string): number[] {
  const text = address.replace(/\d+\.\d+\.\d+\.\d+$/, (v4) => {
    const number = numberOfV4(v4);
    return `${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}`;
  });
  const [head = '', tail] = text.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...(tail === undefined ? [] : zeros), ...after].map((group) =>
    Number.parseInt(group, 16),
  );
}

function classifyV6(groups: readonly number[]): AddressClass {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const last = ((g << 16) | h) >>> 0;
  const highZero = a === 0 && b === 0 && c === 0 && d === 0;
  if (highZero && e === 0 && f === 0 && last === 1) return 'own';
  if (highZero && e === 0 && (f === 0 || f === 0xffff)) return classifyV4(last);
  if (highZero && e === 0xffff && f === 0) return classifyV4(last);
  if (a === 0x64 && b === 0xff9b)
    return c === 0 && d === 0 && e === 0 && f === 0 ? classifyV4(last) : 'forbidden';
  if (a === 0xfd00 && b === 0xec2) return 'forbidden';
  if ((a & 0xfe00) === 0xfc00) return 'own';
  if ((a & 0xe000) !== 0x2000) return 'forbidden';
  if (a === 0x2002) return classifyV4(((b << 16) | c) >>> 0);
  if (a === 0x2001 && (b < 0x200 || b === 0xdb8)) return 'forbidden';
  if (a === 0x3fff && b < 0x1000) return 'forbidden';
  if ((e === 0 || e === 0x200) && f === 0x5efe) return classifyV4(last);
  return 'public';
}

/** Throws PermanentError `forbidden-address` unless every address may be called. */
export function requireAllowed(host: string, addresses: readonly string[], allowPrivate: boolean): void {
  for (const address of addresses) {
    const kind = classifyAddress(address);
    if (kind === 'public' || (kind === 'own' && allowPrivate)) continue;
    const advice =
      kind === 'own'
        ? 'if the source really is in your own network, set allow_private: true on it'
        : 'such addresses are never called';
    throw new PermanentError(
      'forbidden-address',
      `${host}: refused, it leads to ${address}, which is not a public address; ${advice}`,
    );
  }
}

/** The system's resolver. */
export const systemResolver: Resolver = (hostname) =>
  new Promise((resolve, reject) => {
    dnsLookup(hostname, { all: true, verbatim: true }, (error, addresses) => {
      if (error === null) resolve(addresses.map(({ address }) => address));
      else reject(error);
    });
  });

/**
 * A connector for undici that resolves a host, judges all its addresses, and connects to these and no others, so that
 * an answer that changes between the check and the connection (DNS rebinding) changes nothing. No socket is opened
 * for an address that is refused.
 */
export function createGuardedConnector(options: {
  readonly resolver: Resolver;
  readonly allowPrivate: boolean;
  readonly timeoutMs: number;
}): buildConnector.connector {
  const { resolver, allowPrivate, timeoutMs } = options;
  /** What was checked last, by host name: the only addresses that sockets are ever given. */
  const checked = new Map<string, readonly string[]>();
  const connect = buildConnector({
    timeout: timeoutMs,
    lookup: (hostname, lookupOptions, callback) => {
      const addresses = (checked.get(hostname) ?? []).map((address) => ({ address, family: isIP(address) }));
      const [first] = addresses;
      if (first === undefined) callback(new Error(`no checked address of ${hostname}`), []);
      else if (lookupOptions.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    },
  });
  const resolve = async (hostname: string): Promise<void> => {
    if (isIP(hostname) !== 0) {
      requireAllowed(hostname, [hostname], allowPrivate);
      return;
    }
    const addresses = await withDeadline(resolver(hostname), timeoutMs, hostname);
    if (addresses.length === 0) {
      throw new RetryableError('dns', `${hostname}: the name has no address; check the host name`);
    }
    requireAllowed(hostname, addresses, allowPrivate);
    checked.set(hostname, addresses);
  };
  return (target, callback) => {
    resolve(target.hostname).then(
      () => connect(target, callback),
      (error: unknown) => callback(asError(error), null),
    );
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function withDeadline<T>(work: Promise<T>, timeoutMs: number, hostname: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = new RetryableError(
      'connect-timeout',
      `${hostname}: its name was not resolved within ${timeoutMs} ms`,
    );
    const timer = setTimeout(() => reject(late), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
