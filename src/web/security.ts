import { timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { DeskSurroundings } from './route.js';

/** Longest address with its query that is read. */
export const MAX_URL_CHARS = 4_096;

/** Statuses of refusals by kind; the others are 422. */
export const REFUSAL_STATUS: Readonly<Record<string, 403 | 404 | 409 | 503>> = {
  forbidden: 403,
  'no-item': 404,
  'no-narrative': 404,
  'no-alert': 404,
  'claim-lost': 409,
  'not-open': 409,
  'key-reused': 409,
  'too-slow': 503,
};

/** A page runs no script and no style but the desk's own files, and nobody frames it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const HEADERS: readonly (readonly [string, string])[] = [
  ['content-security-policy', POLICY],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['x-frame-options', 'DENY'],
];

/** Headers of every answer; pages hold what people are accused of, so no cache keeps one. */
export function secureHeaders(c: Context, { secure }: DeskSurroundings): void {
  for (const [name, value] of HEADERS) c.res.headers.set(name, value);
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  if (secure) c.res.headers.set('strict-transport-security', 'max-age=31536000');
}

/**
 * Where a request comes from: the connection's address, or behind stated proxies the last address in `x-forwarded-for`
 * that is not one of them. What anybody else writes there is not believed.
 */
export function addressOf(c: Context, { isProxy }: DeskSurroundings): string {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  const peer = incoming?.socket?.remoteAddress ?? 'unknown';
  if (isProxy?.(peer) !== true) return peer;
  const said = (c.req.header('x-forwarded-for') ?? '').split(',').map((each) => each.trim());
  return said.findLast((each) => isIP(each) !== 0 && !isProxy(each)) ?? peer;
}

/** False for a connection that comes past the stated proxy, and so without its TLS. */
export function isByProxy(c: Context, { isProxy }: DeskSurroundings): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } };
  return isProxy === undefined || isProxy(incoming?.socket?.remoteAddress ?? '');
}

/** False for a name that only resolves to here: a page of elsewhere would share the desk's origin with it. */
export function isKnownHost(c: Context, { hosts }: DeskSurroundings): boolean {
  const host = `http://${c.req.header('host') ?? ''}`;
  if (!URL.canParse(host)) return false;
  // A request line may name a host of its own, as one to a proxy does.
  return [host, c.req.url].every((address) => {
    const { hostname } = new URL(address);
    // `*.example` stands for one label, as in a certificate.
    return hosts.includes(hostname) || hosts.includes(hostname.replace(/^[^.]+/, '*'));
  });
}

/**
 * False for a request that a page of another origin made, as browsers tell it (Fetch Metadata, else Origin). What no
 * browser sends has neither and is left to the session's own token.
 */
export function isSameOrigin(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === c.req.header('host');
}

/** Compares secrets in the same time wherever they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The `__Host-` prefix binds the cookie to this host and to TLS, where there is TLS. */
export function sessionCookie({ secure }: DeskSurroundings): string {
  return secure ? '__Host-ronda' : 'ronda';
}
