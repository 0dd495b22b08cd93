/** Names in lower case. */
export type RawHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** No place is waited for longer than this, whatever it says. */
const MAX_WAIT_MS = 24 * 3_600_000;

/**
 * Milliseconds that `Retry-After` asks for (seconds, or an HTTP date read against the server's own `Date`, so that a
 * clock that is off does no harm); nothing where there is none that can be read. At most a day.
 */
export function retryAfterMs(headers: RawHeaders, now: number): number | undefined {
  const value = one(headers, 'retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,12}(\.\d+)?$/.test(value)) return clamp(Number(value) * 1_000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : clamp(at - serverNow(headers, now));
}

/**
 * Milliseconds until a spent quota is renewed, by `X-RateLimit-Remaining/-Reset`, `RateLimit-Remaining/-Reset` or the
 * `RateLimit` header of the IETF draft (`"default";r=0;t=30`, or `limit=…, remaining=0, reset=30`); nothing while
 * something remains. A reset may be seconds from now, seconds or milliseconds since the epoch, or a date.
 */
export function quotaSpentForMs(headers: RawHeaders, now: number): number | undefined {
  let longest: number | undefined;
  const note = (remaining: string | undefined, reset: string | undefined): void => {
    if (
      remaining === undefined ||
      reset === undefined ||
      !(Number(remaining) <= 0) ||
      remaining.trim() === ''
    )
      return;
    const wait = untilReset(reset.trim(), headers, now);
    if (wait !== undefined && wait > (longest ?? 0)) longest = wait;
  };
  for (const prefix of ['x-ratelimit', 'x-rate-limit', 'ratelimit']) {
    note(one(headers, `${prefix}-remaining`), one(headers, `${prefix}-reset`));
  }
  const draft = one(headers, 'ratelimit');
  if (draft !== undefined) {
    const old = parameter(draft, 'remaining') !== undefined;
    if (old) note(parameter(draft, 'remaining'), parameter(draft, 'reset'));
    else for (const policy of draft.split(',')) note(parameter(policy, 'r'), parameter(policy, 't'));
  }
  return longest;
}

function untilReset(reset: string, headers: RawHeaders, now: number): number | undefined {
  if (/^\d+(\.\d+)?$/.test(reset)) {
    const number = Number(reset);
    if (number > 1e12) return clamp(number - serverNow(headers, now));
    if (number > 1e9) return clamp(number * 1_000 - serverNow(headers, now));
    return clamp(number * 1_000);
  }
  const at = Date.parse(reset);
  return Number.isNaN(at) ? undefined : clamp(at - serverNow(headers, now));
}

function serverNow(headers: RawHeaders, now: number): number {
  const date = Date.parse(one(headers, 'date') ?? '');
  return Number.isNaN(date) ? now : date;
}

function parameter(text: string, name: string): string | undefined {
  return new RegExp(`(?:^|[;,\\s])${name}\\s*=\\s*"?(-?[\\d.]+)`, 'i').exec(text)?.[1];
}

function one(headers: RawHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' || value === undefined ? value : value[0];
}

function clamp(ms: number): number {
  return Math.min(MAX_WAIT_MS, Math.max(0, Math.ceil(ms)));
}
