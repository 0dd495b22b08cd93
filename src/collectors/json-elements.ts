import type { Span } from './xml-entries.js';

/**
 * Where the elements of the array under a top-level key stand in a JSON object's own text, so that a record keeps
 * its bytes. The text must be valid JSON (parse it first). The key is compared without regard to case; the last
 * array under it counts, as in JSON.parse. Linear in length.
 */
export function findJsonElements(text: string, key: string): readonly Span[] {
  let spans: Span[] = [];
  let depth = 0;
  let inArray = false;
  /** Where the element under way starts, and where its text last ended. */
  let start = -1;
  let end = -1;
  let name = '';
  let expectsName = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32) continue;
    if (inArray && depth === 2 && start < 0 && code !== 93 && code !== 44) start = at;
    if (code === 34) {
      const close = stringEnd(text, at);
      if (depth === 1 && expectsName) {
        name = text.slice(at + 1, close);
        expectsName = false;
      }
      at = close;
    } else if (code === 123 || code === 91) {
      depth += 1;
      if (depth === 1) expectsName = code === 123;
      if (depth === 2 && code === 91 && name.toLowerCase() === key) {
        inArray = true;
        spans = [];
        start = -1;
        continue;
      }
    } else if (code === 125 || code === 93) {
      if (inArray && depth === 2 && start >= 0) spans.push({ start, end });
      depth -= 1;
      if (depth === 1) {
        inArray = false;
        start = -1;
      }
    } else if (code === 44) {
      if (depth === 1) expectsName = true;
      if (inArray && depth === 2) {
        if (start >= 0) spans.push({ start, end });
        start = -1;
        continue;
      }
    }
    end = at + 1;
  }
  return spans;
}

/** Index of the quote that closes the string beginning at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    at += code === 92 ? 2 : 1;
  }
  return text.length;
}
