import { isBoundary } from './symbols.js';

const HYPHEN = 45;

/**
 * True where the span is one half of a reduplication, perhaps with a suffix on the second: `laki` in `laki-laki`,
 * `orang` in `orang-orangan`. A half says something else than the whole, or nothing.
 */
export function isHalf(text: string, start: number, end: number): boolean {
  if (
    end < text.length &&
    text.charCodeAt(end) === HYPHEN &&
    text.startsWith(text.slice(start, end), end + 1)
  ) {
    return true;
  }
  if (start === 0 || text.charCodeAt(start - 1) !== HYPHEN) return false;
  let before = start - 1;
  while (before > 0 && !isBoundary(text.charCodeAt(before - 1))) before--;
  const first = text.slice(before, start - 1);
  return first.length > 1 && first.length <= end - start && text.startsWith(first, start);
}
