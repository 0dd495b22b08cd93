/** What a spreadsheet would take for a formula, also behind spaces and in its wide form. */
const FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** A text as a cell that no spreadsheet calculates: an apostrophe stands before what begins like a formula. */
export function defuse(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Controls but line ends and tabs, what turns the direction of a line, and halves of characters. */
const UNSEEN = /[^\P{Cc}\t\n\r]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/gu;

/** A text without what files of text cannot hold and what turns the direction of its surroundings. */
export function plainText(text: string): string {
  return text.replace(UNSEEN, '');
}
