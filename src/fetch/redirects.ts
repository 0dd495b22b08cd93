import { PermanentError } from '../core/errors.js';
import type { RawHeaders } from './rate-headers.js';
import { parseUrl } from './request-url.js';
import { safeUrl } from './safe-url.js';

/** One request of the chain that a fetch may become. */
export interface Hop {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Whether a status sends the asker elsewhere. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Where an answer sends us, if it does.
 * @throws PermanentError `bad-redirect`; `insecure-redirect` from https to http, where what is read could be anybody's,
 * unless `mayDowngrade`
 */
export function nextHop(
  hop: Hop,
  status: number,
  headers: RawHeaders,
  mayDowngrade = false,
): Hop | undefined {
  if (!isRedirect(status)) return undefined;
  const { location } = headers;
  const place = safeUrl(hop.url.href);
  if (typeof location !== 'string' || !URL.canParse(location, hop.url.href)) {
    throw new PermanentError('bad-redirect', `${place}: answered ${status} and names no place to go`);
  }
  const url = parseUrl(new URL(location, hop.url).href);
  if (!mayDowngrade && hop.url.protocol === 'https:' && url.protocol === 'http:') {
    const to = safeUrl(url.href);
    throw new PermanentError(
      'insecure-redirect',
      `${place}: would lead from https to ${to}; if that is meant, name that address in the source`,
    );
  }
  const sameOrigin = url.origin === hop.url.origin;
  const keepsMethod = status === 307 || status === 308;
  if (hop.method === 'POST' && keepsMethod && !sameOrigin) {
    throw new PermanentError('bad-redirect', `${place}: would send the request's body on to ${url.host}`);
  }
  return {
    url,
    method: keepsMethod ? hop.method : 'GET',
    // Headers may carry keys: another origin gets none but what says what we read.
    headers: sameOrigin ? hop.headers : only(hop.headers, ['accept', 'accept-language']),
  };
}

function only(headers: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}
