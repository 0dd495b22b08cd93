import { PermanentError, type RondaError, ThrottledError } from '../core/errors.js';

/** What a Google API says went wrong; its own words are not repeated, since they may repeat the request. */
type Fault = readonly [kind: string, what: string];

const FAULTS: Readonly<Record<string, Fault>> = {
  commentsDisabled: [
    'comments-disabled',
    'comments are switched off there; remove the source, or pause it until they are on again',
  ],
  videoNotFound: ['video-not-found', 'there is no such video, or it is private; check its id'],
  channelNotFound: ['channel-not-found', 'there is no such channel; check its id'],
  commentThreadNotFound: ['comment-not-found', 'the comment is not there any more'],
  commentNotFound: ['comment-not-found', 'the comment is not there any more'],
  keyInvalid: ['key-invalid', 'the API key is not valid; set the variable that key_env names to one that is'],
  API_KEY_INVALID: [
    'key-invalid',
    'the API key is not valid; set the variable that key_env names to one that is',
  ],
  keyExpired: ['key-invalid', 'the API key has expired; make a new one in the Google Cloud console'],
  accessNotConfigured: [
    'api-disabled',
    'the API is not switched on for the project of this key; switch it on in the Google Cloud console',
  ],
  SERVICE_DISABLED: [
    'api-disabled',
    'the API is not switched on for the project of this key; switch it on in the Google Cloud console',
  ],
  ipRefererBlocked: ['key-restricted', 'the key may not be used from this address; change its restrictions'],
  API_KEY_SERVICE_BLOCKED: [
    'key-restricted',
    'the key may not be used for this API; change its restrictions',
  ],
  API_KEY_IP_ADDRESS_BLOCKED: [
    'key-restricted',
    'the key may not be used from this address; change its restrictions',
  ],
  invalidPageToken: ['bad-page-token', 'the place to go on from is not known any more'],
  processingFailure: [
    'bad-page-token',
    'the request could not be processed, its place to go on from perhaps',
  ],
};

const SPENT = new Set(['quotaExceeded', 'dailyLimitExceeded', 'dailyLimitExceededUnreg']);
const HURRIED = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED']);

/**
 * The error that a Google API's answer `{error: {code, errors: [{reason}], status, details}}` tells of; nothing where
 * it is none. `spentForMs`: how long a spent quota is spent for.
 */
export function googleFault(value: unknown, from: string, spentForMs: number): RondaError | undefined {
  const error = fieldOf(value, 'error');
  if (typeof error !== 'object' || error === null) return undefined;
  const place = from.replace(/([?&]key=)[^&#]*/gi, '$1…');
  const reasons = [...listOf(error, 'errors'), ...listOf(error, 'details')]
    .map((each) => fieldOf(each, 'reason'))
    .filter((reason) => typeof reason === 'string');
  const message = fieldOf(error, 'message');
  if (typeof message === 'string' && /api key (not valid|expired|not found)/i.test(message)) {
    reasons.push('API_KEY_INVALID');
  }
  if (reasons.some((reason) => SPENT.has(reason))) {
    const what = `${place}: the project's daily quota is used up; it is read again after midnight Pacific time`;
    return new ThrottledError('quota-exceeded', what, spentForMs);
  }
  if (reasons.some((reason) => HURRIED.has(reason)) || fieldOf(error, 'code') === 429) {
    return new ThrottledError('throttled', `${place}: asks for fewer requests at a time`, 60_000);
  }
  const known = reasons.map((reason) => FAULTS[reason]).find((fault) => fault !== undefined);
  if (known !== undefined) return new PermanentError(known[0], `${place}: ${known[1]}`);
  const code = fieldOf(error, 'code');
  const said = [code, fieldOf(error, 'status'), ...reasons]
    .filter((word) => typeof word === 'number' || (typeof word === 'string' && /^\w{1,60}$/.test(word)))
    .join(', ');
  return new PermanentError(
    'api-error',
    `${place}: the API refused (${said || 'no reason given'}); check the source's settings`,
  );
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}
