import type { ConditionalStore } from '../core/fetch-ports.js';
import type { RawHeaders } from './rate-headers.js';
import { safeUrl } from './safe-url.js';

/** Request headers that ask for a body only if it changed since the last that was committed. */
export function conditionalHeaders(store: ConditionalStore, url: URL): Record<string, string> {
  const facts = isKept(url) ? store.getConditional(url.href) : undefined;
  return {
    ...(facts?.etag === undefined ? {} : { 'if-none-match': facts.etag }),
    ...(facts?.lastModified === undefined ? {} : { 'if-modified-since': facts.lastModified }),
  };
}

/** Keeps a response's ETag and Last-Modified for its URL. */
export function keepConditional(store: ConditionalStore, url: URL, headers: RawHeaders): void {
  if (!isKept(url)) return;
  const { etag, 'last-modified': lastModified } = headers;
  store.setConditional(url.href, {
    ...(typeof etag === 'string' && isShort(etag) ? { etag } : {}),
    ...(typeof lastModified === 'string' && isShort(lastModified) ? { lastModified } : {}),
  });
}

/** An address that carries a secret is not written anywhere. */
function isKept(url: URL): boolean {
  return !safeUrl(url.href).includes('REMOVED');
}

function isShort(value: string): boolean {
  return value.length <= 1_000;
}
