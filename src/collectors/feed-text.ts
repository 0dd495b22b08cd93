import { isUtf8 } from 'node:buffer';

/** Beyond these bytes the kind of a body is known. */
const HEAD = 4_096;

/**
 * A body as text where what it says of its charset cannot be true: UTF-16 and UTF-32 by their zeros or mark, UTF-8
 * that is called something else, and bytes of windows-1252 that are called UTF-8. Else the text as it was decoded.
 */
export function feedText(body: Buffer, text: string): string {
  const wide = wideCharset(body);
  if (wide === 'utf-32le' || wide === 'utf-32be') return fromUtf32(body, wide === 'utf-32le');
  if (wide !== undefined) return new TextDecoder(wide).decode(body);
  // Hardly any text of another charset happens to be UTF-8, save one that switches by escapes.
  if (isUtf8(body) && !body.includes(0x1b)) return new TextDecoder().decode(body);
  if (text.includes('\ufffd') && !hasUtf8Letter(body)) return new TextDecoder('windows-1252').decode(body);
  return text.replace(/^\ufeff/, '');
}

function wideCharset(body: Buffer): 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | undefined {
  const head = [...body.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (head === 'fffe0000' || head === '3c000000') return 'utf-32le';
  if (head === '0000feff' || head === '0000003c') return 'utf-32be';
  if (head.startsWith('fffe') || head.startsWith('feff'))
    return head.startsWith('ff') ? 'utf-16le' : 'utf-16be';
  let even = 0;
  let odd = 0;
  const some = body.subarray(0, HEAD);
  for (let at = 0; at + 1 < some.length; at += 2) {
    if (some[at] === 0) even += 1;
    if (some[at + 1] === 0) odd += 1;
  }
  const most = some.length / 4;
  if (odd > most && even < most / 10) return 'utf-16le';
  return even > most && odd < most / 10 ? 'utf-16be' : undefined;
}

/** What TextDecoder has no decoder for. */
function fromUtf32(body: Buffer, little: boolean): string {
  const parts: string[] = [];
  for (let at = 0; at + 3 < body.length; at += 4) {
    const point = little ? body.readUInt32LE(at) : body.readUInt32BE(at);
    if (at === 0 && point === 0xfeff) continue;
    const sound = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    parts.push(String.fromCodePoint(sound ? point : 0xfffd));
  }
  return parts.join('');
}

/** True where a letter is written as UTF-8 writes it, so that the bytes that are no UTF-8 are damage. */
function hasUtf8Letter(body: Buffer): boolean {
  return /[\xc3-\xf4][\x80-\xbf]/.test(body.toString('latin1', 0, 2_000_000));
}
