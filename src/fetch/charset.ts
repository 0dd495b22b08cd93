/**
 * A body as text: by byte order mark, then the charset of Content-Type, then what the document declares (XML
 * declaration, HTML meta), then UTF-8. Malformed bytes become replacement characters; a charset that is not known is
 * passed over.
 */
export function decodeBody(body: Buffer, contentType: string | undefined): string {
  const label = charsetOf(body, contentType);
  const text = new TextDecoder(label).decode(body);
  // Node 20 and 22 decode windows-1252 as ISO 8859-1, whose control characters at 0x80 to 0x9f nobody means.
  return label === 'windows-1252'
    ? text.replace(/[\x80-\x9f]/g, (unit) => WINDOWS_1252[unit.charCodeAt(0) - 0x80] ?? unit)
    : text;
}

/** What windows-1252 has at 0x80 to 0x9f (WHATWG Encoding Standard). */
const WINDOWS_1252 = [
  ...'\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f',
  ...'\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178',
];

/** The label of the encoding that {@link decodeBody} decodes by. */
function charsetOf(body: Buffer, contentType: string | undefined): string {
  return markOf(body) ?? known(charsetParameter(contentType)) ?? known(declaredIn(body)) ?? 'utf-8';
}

function markOf(body: Buffer): string | undefined {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return undefined;
}

function charsetParameter(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1];
}

function declaredIn(body: Buffer): string | undefined {
  const head = body.toString('latin1', 0, 1_024);
  const declared =
    /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']+)["']/i.exec(head)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([^"'>\s/;]+)/i.exec(head)?.[1];
  // A document that could be read as ASCII up to here is not UTF-16, whatever it says of itself.
  return declared !== undefined && /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

function known(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
