import { classOf, DIGIT, HYPHEN, LETTER, OTHER, POINT } from './classes.js';

/** Endings that make an address of a name with a point in it, whatever follows. */
const SURE_ENDINGS = new Set([
  'com',
  'net',
  'org',
  'info',
  'xyz',
  'gov',
  'edu',
  'online',
  'site',
  'news',
  'blogspot',
]);
/** Endings that do so before a `/` only; `id` also behind `co`, `go` and the like. */
const ENDINGS = new Set(
  'co id me ly tv io be gl my sg in to cc gg us uk au it de fr nl jp kr cn ru app dev link page club store shop art biz'.split(
    ' ',
  ),
);
const SECOND_LEVEL = new Set([
  'co',
  'go',
  'or',
  'ac',
  'sch',
  'web',
  'my',
  'desa',
  'mil',
  'net',
  'biz',
  'com',
]);

/** End of the web address at `start`, `start` itself where there is none. */
export function addressEnd(chars: Uint16Array, start: number, end: number): number {
  for (let i = start; i < Math.min(end, start + 8); i++) {
    if (chars[i] === 58) {
      const scheme = i - start;
      return scheme >= 3 && chars[i + 1] === 47 && chars[i + 2] === 47 && i + 3 < end ? end : start;
    }
    if (classOf(chars[i]!) !== LETTER) break;
  }
  let host = start;
  let lastPoint = -1;
  let previousPoint = -1;
  while (host < end) {
    const c = chars[host]!;
    const kind = classOf(c);
    if (c === 46) {
      if (host === start || chars[host - 1] === 46) return start;
      previousPoint = lastPoint;
      lastPoint = host;
    } else if (kind !== LETTER && kind !== DIGIT && kind !== HYPHEN) {
      if (kind === OTHER) return start;
      break;
    }
    host++;
  }
  if (lastPoint < 0) return start;
  if (chars[start] === 119 && chars[start + 1] === 119 && chars[start + 2] === 119 && chars[start + 3] === 46)
    return end;
  if (host - lastPoint > 9 || host - lastPoint < 3) return start;
  const ending = text(chars, lastPoint + 1, host);
  const labelStart = previousPoint < 0 ? start : previousPoint + 1;
  const label = lastPoint - labelStart <= 6 ? text(chars, labelStart, lastPoint) : '';
  const hasPath = host < end && chars[host] === 47;
  const isSure = SURE_ENDINGS.has(ending) && lastPoint - labelStart >= 2;
  const isNational = ending === 'id' && previousPoint >= 0 && SECOND_LEVEL.has(label);
  if (
    !isSure &&
    !isNational &&
    !(hasPath && ENDINGS.has(ending) && classOf(chars[host + 1]!) <= DIGIT && host + 1 < end)
  ) {
    return start;
  }
  // A point or comma behind the host ends the address: `detik.com,kompas.com`.
  return host < end && classOf(chars[host]!) === POINT && chars[host] !== 58 && chars[host] !== 63
    ? host
    : hasPath || host === end
      ? end
      : host;
}

/** End of the mail address at `start`, `start` itself where there is none. */
export function mailEnd(chars: Uint16Array, start: number, end: number): number {
  let at = -1;
  let point = -1;
  let i = start;
  for (; i < end; i++) {
    const c = chars[i]!;
    const kind = classOf(c);
    if (c === 64) {
      if (at >= 0 || i === start) return start;
      at = i;
    } else if (c === 46) {
      if (at >= 0 && i > at + 1) point = i;
    } else if (kind !== LETTER && kind !== DIGIT && kind !== HYPHEN && c !== 95) break;
  }
  return at > start && point > at && i - point >= 3 ? i : start;
}

function text(chars: Uint16Array, start: number, end: number): string {
  return String.fromCharCode(...chars.subarray(start, end));
}
