import type { Span } from './xml-entries.js';

/**
 * Where the value under a key of a JSON object stands in the object's own text, so that a record keeps its bytes.
 * The text must be valid JSON. The last such key counts, as in JSON.parse. Linear in length.
 */
export function findJsonValue(text: string, key: string): Span | undefined {
  let found: Span | undefined;
  let depth = 0;
  let name: string | undefined;
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      const close = closingQuote(text, at);
      if (depth === 1 && start < 0) name = text.slice(at, close + 1);
      at = close;
    } else if (code === 123 || code === 91) depth += 1;
    else if (code === 58 && depth === 1) start = at + 1;
    else if (code === 125 || code === 93 || code === 44) {
      if (depth === 1 && start >= 0) {
        if (name !== undefined && isName(name, key)) found = trimmed(text, start, at);
        start = -1;
        name = undefined;
      }
      if (code !== 44) depth -= 1;
    }
  }
  return found;
}

/** Where the elements of a JSON text that is an array stand; the text must be valid JSON. */
export function findElements(text: string): readonly Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = closingQuote(text, at);
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (code === 125 || code === 93 || code === 44) {
      if (depth === 1) {
        const span = trimmed(text, start, at);
        if (span.end > span.start) spans.push(span);
        start = at + 1;
      }
      if (code !== 44) depth -= 1;
    }
  }
  return spans;
}

function isName(quoted: string, key: string): boolean {
  if (quoted.length === key.length + 2) return quoted.slice(1, -1) === key;
  return quoted.includes('\\') && JSON.parse(quoted) === key;
}

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  return { start, end };
}

/** Index of the quote that closes the string beginning at `start`. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) return at;
    if (code === 92) at += 1;
  }
  return text.length;
}
