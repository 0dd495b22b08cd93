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
 * more than `spoken` requests remain, those under way. A reset may be seconds from now, seconds or milliseconds since
 * the epoch, or a date; where there is none, the window of `RateLimit-Policy` (`"default";q=100;w=60`) is waited for.
 */
export function quotaSpentForMs(headers: RawHeaders, now: number, spoken = 0): number | undefined {
  let longest: number | undefined;
  const note = (remaining: string | undefined, reset: string | undefined): void => {
    if (remaining === undefined || reset === undefined || remaining.trim() === '') return;
    if (!(Number(remaining) <= spoken)) return;
    const wait = untilReset(reset.trim(), headers, now);
    if (wait !== undefined && wait > (longest ?? 0)) longest = wait;
  };
  for (const prefix of ['x-ratelimit', 'x-rate-limit', 'ratelimit']) {
    note(one(headers, `${prefix}-remaining`), one(headers, `${prefix}-reset`) ?? windowOf(headers));
  }
  const draft = list(headers, 'ratelimit');
  if (parameter(draft.join(','), 'remaining') !== undefined) {
    note(parameter(draft.join(','), 'remaining'), parameter(draft.join(','), 'reset'));
  } else {
    for (const item of draft) {
      note(parameter(item, 'r'), parameter(item, 't') ?? windowOf(headers, nameOf(item)));
    }
  }
  return longest;
}

/** Seconds of the window of the policy of this name, else of the longest. */
function windowOf(headers: RawHeaders, name?: string): string | undefined {
  const policies = list(headers, 'ratelimit-policy');
  const named = policies.filter((item) => nameOf(item) === name);
  const windows = (named.length === 0 ? policies : named).map((item) => Number(parameter(item, 'w') ?? 0));
  const longest = Math.max(0, ...windows.filter(Number.isFinite));
  return longest === 0 ? undefined : String(longest);
}

/** The items of a structured list (RFC 9651), cut at commas outside quotes. */
function list(headers: RawHeaders, name: string): string[] {
  const value = headers[name];
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  return text.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
}

function nameOf(item: string): string {
  return item.split(';', 1)[0]?.trim() ?? '';
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
