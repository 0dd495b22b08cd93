import { PermanentError, RetryableError, RondaError, ThrottledError } from '../core/errors.js';

/** A status that brings no body worth reading, as an error; nothing for 2xx. `wait` is what the host asked for, ms. */
export function statusFault(status: number, place: string, wait: number | undefined): RondaError | undefined {
  if (status >= 200 && status < 300) return undefined;
  switch (status) {
    case 401:
    case 403:
      return new PermanentError(
        'forbidden',
        `${place}: answered ${status}, not allowed; check access, or leave it out`,
      );
    case 404:
      return new PermanentError('not-found', `${place}: answered 404, nothing is there; check the address`);
    case 410:
      return new PermanentError('gone', `${place}: answered 410, gone for good; remove the source`);
    case 429:
      return new ThrottledError('throttled', `${place}: answered 429, too many requests`, wait ?? 60_000);
    case 408:
    case 425:
      return new RetryableError('server-error', `${place}: answered ${status}; it is tried again`);
    default:
      break;
  }
  if (status === 503 && wait !== undefined) {
    return new ThrottledError('throttled', `${place}: answered 503 and asks to wait`, wait);
  }
  if (status >= 500)
    return new RetryableError('server-error', `${place}: answered ${status}; it is tried again`);
  return new PermanentError(
    'bad-status',
    `${place}: answered ${status}, which cannot be used; check the address`,
  );
}

const NETWORK_FAULTS: Readonly<Record<string, readonly [kind: string, what: string]>> = {
  ENOTFOUND: ['dns', 'its name is not known'],
  EAI_AGAIN: ['dns', 'its name could not be resolved'],
  ENODATA: ['dns', 'its name has no address'],
  ECONNREFUSED: ['connection-refused', 'nobody answers at that port'],
  ECONNRESET: ['connection-lost', 'the connection broke'],
  EPIPE: ['connection-lost', 'the connection broke'],
  UND_ERR_SOCKET: ['connection-lost', 'the connection broke'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['body-broken', 'the body is not as long as announced'],
  ERR_STREAM_PREMATURE_CLOSE: ['body-broken', 'the body was cut off'],
  ENETUNREACH: ['unreachable', 'no way leads there'],
  EHOSTUNREACH: ['unreachable', 'no way leads there'],
  ETIMEDOUT: ['connect-timeout', 'no connection in time'],
  UND_ERR_CONNECT_TIMEOUT: ['connect-timeout', 'no connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['headers-timeout', 'no answer in time'],
  UND_ERR_BODY_TIMEOUT: ['body-timeout', 'the body stopped coming'],
};

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO$|CRL_|INVALID_CA|ERROR_IN_CERT)/;

/** Anything that a request threw, as one of ours. */
export function networkFault(error: unknown, place: string): RondaError {
  if (error instanceof RondaError) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  const known = NETWORK_FAULTS[code];
  if (known !== undefined)
    return new RetryableError(known[0], `${place}: ${known[1]}; it is tried again`, cause);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new PermanentError('headers-too-large', `${place}: its response headers are too large`, cause);
  }
  if (TLS_CODE.test(code)) {
    return new PermanentError(
      'tls',
      `${place}: no trustworthy TLS connection (${code}); the site must mend it`,
      cause,
    );
  }
  if (code.startsWith('HPE_') || code === 'HTTPParserError')
    return new RetryableError('bad-http', `${place}: what answers is not HTTP`, cause);
  return new RetryableError('network', `${place}: the request failed (${code})`, cause);
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}
