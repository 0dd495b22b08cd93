import { isIP } from 'node:net';
import { PermanentError } from '../core/errors.js';
import { requireAllowed } from './address-guard.js';
import { safeUrl } from './safe-url.js';

const MAX_URL_CHARS = 4_096;

/** Schemes that are called: of a request or an event stream, and of a WebSocket. */
export const WEB_SCHEMES: readonly string[] = ['http:', 'https:'];
export const SOCKET_SCHEMES: readonly string[] = ['ws:', 'wss:'];

/** The URL without its fragment. @throws PermanentError `bad-url`, which does not tell what may be a password. */
export function parseUrl(text: string): URL {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) {
    // What cannot be parsed cannot be cleaned of secrets by its parts: all that may hold one is left out.
    const shown = text.replace(/[?#].*$/s, '').replace(/\/\/.*@/s, '//…@');
    throw new PermanentError(
      'bad-url',
      `"${shown.slice(0, 100)}" is not a usable URL; write e.g. https://site.example/feed`,
    );
  }
  const url = new URL(text);
  url.hash = '';
  return url;
}

/**
 * What every hop must be: of these schemes, without credentials, to a port of the web, and, where it names an address,
 * one that may be called.
 * @throws PermanentError `forbidden-scheme`, `forbidden-credentials`, `forbidden-port`, `forbidden-address`
 */
export function requireFit(url: URL, allowPrivate: boolean, schemes: readonly string[]): void {
  if (!schemes.includes(url.protocol)) {
    const names = schemes.map((scheme) => scheme.slice(0, -1)).join(' and ');
    throw new PermanentError('forbidden-scheme', `${safeUrl(url.href)}: only ${names} are called`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new PermanentError(
      'forbidden-credentials',
      `${safeUrl(url.href)}: a URL must not carry a name or password`,
    );
  }
  // Below 1024 live mail, name and file services; a request to one of them is somebody's trick.
  const port = url.port === '' ? undefined : Number(url.port);
  if (port !== undefined && port < 1_024 && port !== 80 && port !== 443) {
    throw new PermanentError('forbidden-port', `${safeUrl(url.href)}: port ${port} is not one of the web`);
  }
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) requireAllowed(url.host, [literal], allowPrivate);
}

/** By what a URL's host is paced: `site.example.` is `site.example`, and a WebSocket's host is its website's. */
export function paceKeyOf(url: URL): string {
  const port = url.port === '' ? '' : `:${url.port}`;
  return url.hostname.replace(/\.$/, '') + port;
}
