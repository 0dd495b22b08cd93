/**
 * A text as an eye reads it: what is written so that machines do not find an address, a name or a number in it is
 * written plainly. Only for finding these; what is assessed is normalised by normalise.ts, and shown is the original.
 */

/** Signs that are not seen, and forms of letters, digits and marks that read as plain ones. */
const HIDING =
  /\p{Default_Ignorable_Code_Point}|[\u2010-\u2015\u2024\u2044\u2212\u2215\u3002\uFE50-\uFE6B\uFF01-\uFF5E\uFF61\u{1D400}-\u{1D7FF}]|(?![0-9])\p{Nd}/u;
const NOT_ASCII = /[\u0080-\uFFFF]/;
/** What joins and colours pictures is left where it does. */
const UNSEEN =
  /(?![\u200D\uFE0F])\p{Default_Ignorable_Code_Point}|(?<!\p{Emoji})[\u200D\uFE0F]|(?<=[\p{L}\p{N}])[\u200D\uFE0F]/gu;
const STYLED = /[\uFE50-\uFE6B\uFF01-\uFF5E\uFF61\u{1D400}-\u{1D7FF}]/gu;
const DASH = /[\u2010-\u2015\u2212]/g;
const SLASH = /[\u2044\u2215]/g;
const STOP = /[\u2024\u3002]/g;
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;
const IS_DIGIT = /\p{Nd}/u;

/** `contoh[.]com`, `contoh (titik) com`, `nama[at]contoh`: dots and signs said in words or put in brackets. */
const BRACKET = /[[({<]/;
const BRACKETED = /[[({<]\s*(?:\.|dot|titik|@|at|et)\s*[\])}>]/i;
const BRACKETED_DOT = /\s{0,2}[[({<]\s{0,2}(?:\.|dot|titik)\s{0,2}[\])}>]\s{0,2}/giu;
const BRACKETED_AT = /\s{0,2}[[({<]\s{0,2}(?:@|at|et)\s{0,2}[\])}>]\s{0,2}/giu;
const SAID = /\b(?:dot|titik)\b/i;
/** `nama at contoh dot com`. */
const SAID_MAIL = /(?<=[\p{L}\p{N}_.-])\s+at\s+([\p{L}\p{N}-]{1,63})\s+(?:dot|titik)\s+(?=\p{L}{2,})/giu;
/** `nama @ contoh.com` */
const SPACED_MAIL = /(?<=[\p{L}\p{N}_])\s@\s(?=[\p{L}\p{N}-]{1,63}\.\p{L}{2,18}(?![\p{L}\p{N}]))/gu;
/** `t . me / nama` */
const SPACED = /\s\.|\.\s|\s\//;
const SPACED_LINK =
  /\b(t|wa|x|fb|ig|line|bit|linktr|instagram|facebook|twitter|tiktok|telegram|youtube|youtu)\s?\.\s?(me|com|ly|ee|be|co)\s?\/\s?(?=[\p{L}\p{N}_@+])/giu;

/** The text written plainly; the same where nothing in it hides anything. */
export function unhide(text: string): string {
  let plain = text;
  if (NOT_ASCII.test(plain) && HIDING.test(plain)) {
    plain = plain
      .replace(UNSEEN, '')
      .replace(STYLED, (sign) => sign.normalize('NFKC'))
      .replace(DASH, '-')
      .replace(SLASH, '/')
      .replace(STOP, '.')
      .replace(FOREIGN_DIGIT, (digit) => String(digitValue(digit)));
  }
  if (BRACKET.test(plain) && BRACKETED.test(plain))
    plain = plain.replace(BRACKETED_DOT, '.').replace(BRACKETED_AT, '@');
  if (SAID.test(plain)) plain = plain.replace(SAID_MAIL, '@$1.');
  if (plain.includes(' @ ')) plain = plain.replace(SPACED_MAIL, '@');
  if (plain.includes('/') && SPACED.test(plain)) plain = plain.replace(SPACED_LINK, '$1.$2/');
  return plain;
}

/** Of a decimal digit of any script: Unicode has the ten of a script one behind the other. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && IS_DIGIT.test(String.fromCodePoint(code - value - 1))) value++;
  return value;
}
