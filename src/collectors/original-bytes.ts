/**
 * From a range of a decoded text to the bytes that it was decoded from, so that a record keeps them unchanged.
 * Exact for UTF-8, UTF-16 and single-byte charsets. In other charsets, and in malformed UTF-8, a range that begins
 * with `<` or `{` and ends with `>` or `}` is found by counting these characters, which stand for themselves there;
 * what cannot be found so is given as UTF-8.
 */
export function originalBytes(body: Buffer, text: string): (start: number, end: number) => Buffer {
  if (body.length === text.length) return (start, end) => body.subarray(start, end);
  const mark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 3 : 0;
  if (Buffer.byteLength(text) + mark === body.length) {
    return (start, end) => Buffer.from(text.slice(start, end));
  }
  const wide = body.length - 2 * text.length;
  if (wide === 0 || (wide === 2 && ((body[0] ?? 0) & 0xfe) === 0xfe)) {
    return (start, end) => body.subarray(wide + 2 * start, wide + 2 * end);
  }
  const ordinals = new Map<number, Ordinals>();
  const at = (index: number): number | undefined => {
    const code = text.charCodeAt(index);
    let known = ordinals.get(code);
    if (known === undefined) {
      known = ordinalsOf(body, text, code);
      ordinals.set(code, known);
    }
    return known.inBody.length === known.inText.length ? known.inBody[rank(known.inText, index)] : undefined;
  };
  return (start, end) => {
    const stands = /^[<{].*[>}]$/s.test(text.slice(start, end));
    const [from, to] = stands ? [at(start), at(end - 1)] : [];
    return from === undefined || to === undefined
      ? Buffer.from(text.slice(start, end))
      : body.subarray(from, to + 1);
  };
}

interface Ordinals {
  readonly inText: readonly number[];
  readonly inBody: readonly number[];
}

function ordinalsOf(body: Buffer, text: string, code: number): Ordinals {
  const character = String.fromCharCode(code);
  const inText: number[] = [];
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) inText.push(at);
  const inBody: number[] = [];
  for (let at = body.indexOf(code); at >= 0; at = body.indexOf(code, at + 1)) inBody.push(at);
  return { inText, inBody };
}

/** Index of a value that is in a sorted list. */
function rank(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
