/**
 * Characters that reached us written out: HTML entities, escapes stored as text, and UTF-8 read byte by byte.
 * Readers return the code point, or -1, and leave the position behind it in {@link readEnd}.
 */

/** Position behind what the last successful reader read. */
export let readEnd = 0;

/** Named entities met in posts; names are case-sensitive as in HTML. */
const ENTITIES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    amp: '&',
    AMP: '&',
    lt: '<',
    LT: '<',
    gt: '>',
    GT: '>',
    quot: '"',
    QUOT: '"',
    apos: "'",
    nbsp: ' ',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    laquo: '«',
    raquo: '»',
    lsaquo: '‹',
    rsaquo: '›',
    ndash: '–',
    mdash: '—',
    hellip: '…',
    bull: '•',
    middot: '·',
    deg: '°',
    copy: '©',
    reg: '®',
    trade: '™',
    euro: '€',
    pound: '£',
    yen: '¥',
    cent: '¢',
    sect: '§',
    times: '×',
    frac12: '½',
    sup2: '²',
    shy: '­',
    zwj: '‍',
    zwnj: '‌',
    lrm: '‎',
    rlm: '‏',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    eacute: 'é',
    egrave: 'è',
    agrave: 'à',
    aacute: 'á',
    iacute: 'í',
    oacute: 'ó',
    uacute: 'ú',
    ntilde: 'ñ',
    ccedil: 'ç',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    szlig: 'ß',
    iexcl: '¡',
    iquest: '¿',
    hearts: '♥',
    lbrace: '{',
    rbrace: '}',
    lbrack: '[',
    rbrack: ']',
    lpar: '(',
    rpar: ')',
    num: '#',
    commat: '@',
    ast: '*',
    dollar: '$',
    excl: '!',
    quest: '?',
    colon: ':',
    semi: ';',
    comma: ',',
    period: '.',
    sol: '/',
    bsol: '\\',
    plus: '+',
    percnt: '%',
    lowbar: '_',
    Tab: '\t',
    NewLine: '\n',
  }).map(([name, char]) => [name, char.codePointAt(0)!]),
);

/** What browsers make of the numeric references 0x80..0x9F: Windows-1252. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const BYTE_OF_WINDOWS_1252: ReadonlyMap<number, number> = new Map(
  [...WINDOWS_1252].map((char, i) => [char.charCodeAt(0), 0x80 + i]),
);

function hexDigit(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function hex(text: string, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

/** HTML entity at `at` (an `&`); where `nested`, one encoded any number of times too: `&amp;lt;` is `<`. */
export function readEntity(text: string, at: number, nested = false): number {
  let start = at + 1;
  let found = -1;
  while (nested && text.startsWith('amp;', start)) {
    start += 4;
    found = 38;
    readEnd = start;
  }
  let end = start;
  if (text.charCodeAt(start) === 35) {
    end++;
    const isHex = (text.charCodeAt(end) | 32) === 120;
    if (isHex) end++;
    const from = end;
    let value = 0;
    for (; end - from < 8; end++) {
      const digit = hexDigit(text.charCodeAt(end));
      if (digit < 0 || (!isHex && digit > 9)) break;
      value = value * (isHex ? 16 : 10) + digit;
    }
    if (end === from || text.charCodeAt(end) !== 59) return found;
    readEnd = end + 1;
    if (value >= 0x80 && value <= 0x9f) return WINDOWS_1252.charCodeAt(value - 0x80);
    return value === 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff) ? 0xfffd : value;
  }
  while (end - start < 8) {
    const c = text.charCodeAt(end);
    if (!isNameUnit(c)) break;
    end++;
  }
  if (end === start || text.charCodeAt(end) !== 59) return found;
  const named = ENTITIES.get(text.slice(start, end));
  if (named === undefined) return found;
  readEnd = end + 1;
  return named;
}

/** The byte of a `\xHH` escape at `at`, or -1. */
function escapedByte(text: string, at: number): number {
  if (text.charCodeAt(at) !== 92 || (text.charCodeAt(at + 1) | 32) !== 120) return -1;
  return hex(text, at + 2, 2);
}

/** A lone byte above 0x7F is read as Latin-1, so that a cut sequence leaves no trail of digits. */
function readEscapedBytes(text: string, at: number, lead: number): number {
  readEnd = at + 4;
  if (lead < 0x80) return lead;
  const more = lead >= 0xf0 && lead < 0xf5 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : 0;
  let value = lead & (0x3f >> more);
  let position = at + 4;
  for (let i = 0; i < more; i++, position += 4) {
    const byte = escapedByte(text, position);
    if ((byte & 0xc0) !== 0x80 || byte < 0) return 0x20;
    value = (value << 6) | (byte & 0x3f);
  }
  if (more === 0) return 0x20;
  readEnd = position;
  return value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff) ? 0x20 : value;
}

/** `\\x`, `\\x8`: the escape of a text that was cut in its middle. */
function readCutEscape(text: string, at: number): number {
  const next = at + 2 < text.length ? hexDigit(text.charCodeAt(at + 2)) : -1;
  const end = at + 2 + (next >= 0 ? 1 : 0);
  if (end < text.length && isNameUnit(text.charCodeAt(end))) return -1;
  readEnd = end;
  return 0x20;
}

function isNameUnit(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57);
}

/** Escape stored as text at `at` (a backslash); -1 where it is a backslash and nothing more. */
export function readEscape(text: string, at: number): number {
  const c = text.charCodeAt(at + 1);
  readEnd = at + 2;
  switch (c) {
    case 110: // \n
    case 114: // \r
      return 10;
    case 116: // \t
      return 32;
    case 34:
    case 39:
    case 47:
    case 92:
      return c;
    case 120: {
      const byte = hex(text, at + 2, 2);
      if (byte >= 0) return readEscapedBytes(text, at, byte);
      return readCutEscape(text, at);
    }
    case 117: {
      const unit = hex(text, at + 2, 4);
      if (unit < 0) return -1;
      readEnd = at + 6;
      if (
        unit >= 0xd800 &&
        unit <= 0xdbff &&
        text.charCodeAt(at + 6) === 92 &&
        text.charCodeAt(at + 7) === 117
      ) {
        const low = hex(text, at + 8, 4);
        if (low >= 0xdc00 && low <= 0xdfff) {
          readEnd = at + 12;
          return ((unit - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
        }
      }
      return unit >= 0xd800 && unit <= 0xdfff ? 0x20 : unit;
    }
    case 85: {
      const value = hex(text, at + 2, 8);
      if (value < 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) return -1;
      readEnd = at + 10;
      return value;
    }
    default:
      return -1;
  }
}

function byteOf(c: number): number {
  if (c < 0x100) return c;
  return BYTE_OF_WINDOWS_1252.get(c) ?? -1;
}

/** Lead bytes that stand for nothing Indonesian when a `?` follows, with how many of them make it sure. */
const LOST_LEADS: ReadonlyMap<number, number> = new Map([
  [0xf0, 1] as const,
  ...[0xe2, 0xe3, 0xef].map((lead) => [lead, 2] as const),
  ...[0xc2, 0xc3, 0xd0, 0xd1, 0xd8, 0xd9].map((lead) => [lead, 1] as const),
]);

/** Misread UTF-8 some of whose bytes were lost to `?` on the way (`ð???`): a space, -1 where it is none. */
function readLostMojibake(text: string, at: number, lead: number, more: number): number {
  const needed = LOST_LEADS.get(lead);
  if (needed === undefined) return -1;
  let lost = 0;
  let end = at + 1;
  while (end <= at + more && end < text.length) {
    const c = text.charCodeAt(end);
    const byte = byteOf(c);
    if (c === 63) lost++;
    else if (byte < 0x80 || byte > 0xbf) break;
    end++;
  }
  // A no-break space whose second byte became a space.
  if (lead === 0xc2 && end === at + 1 && (end >= text.length || text.charCodeAt(end) === 32)) {
    readEnd = end;
    return 0x20;
  }
  if (lost < needed) return -1;
  readEnd = end;
  return 0x20;
}

/** UTF-8 that was read as Latin-1 or Windows-1252, at `at` (a unit 0xC2..0xF4); -1 where it is not. */
export function readMojibake(text: string, at: number): number {
  const lead = text.charCodeAt(at);
  const more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  let value = lead & (0x3f >> more);
  for (let i = 1; i <= more; i++) {
    const byte = at + i < text.length ? byteOf(text.charCodeAt(at + i)) : -1;
    if (byte < 0x80 || byte > 0xbf) return readLostMojibake(text, at, lead, more);
    value = (value << 6) | (byte & 0x3f);
  }
  if (value < (more === 3 ? 0x10000 : more === 2 ? 0x800 : 0x80) || value > 0x10ffff) return -1;
  if (value >= 0xd800 && value <= 0xdfff) return -1;
  readEnd = at + 1 + more;
  return value;
}
