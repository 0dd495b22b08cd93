/**
 * What a title and a post are compared by: words, amounts and dates of a canonical text. `Rp250 juta`, `250jt` and
 * `250.000.000` are one amount; `20 maret` is a date and the word of its month.
 */

/** Takes terms in the order of the text. */
export interface TermSink {
  /** A word from `start` to `end`; `tag` where it opens a hashtag; two independent hashes of its letters and `tag`. */
  word(start: number, end: number, tag: boolean, hash: number, check: number): void;
  /** An amount `#<value>` or a date `d<day>-<month>`. */
  key(key: string): void;
}

const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ['jt', 1e6],
  ['juta', 1e6],
  ['rb', 1e3],
  ['ribu', 1e3],
  ['miliar', 1e9],
  ['milyar', 1e9],
  ['triliun', 1e12],
  ['million', 1e6],
  ['billion', 1e9],
]);
/** Written to the number only: `5m`, `30k`. */
const SHORT_MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ...MULTIPLIERS,
  ['k', 1e3],
  ['m', 1e9],
  ['t', 1e12],
]);
const CURRENCIES = ['rp', 'idr', 'usd', 'rm'] as const;

/** Every spelling of a month, Indonesian and English; the first is the one that the others are read as. */
export const MONTHS: readonly (readonly string[])[] = [
  ['januari', 'january', 'jan'],
  ['februari', 'february', 'feb'],
  ['maret', 'march', 'mar'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['agustus', 'august', 'agu', 'agt', 'ags', 'aug'],
  ['september', 'sept', 'sep'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov', 'nop'],
  ['desember', 'december', 'des', 'dec'],
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

/** By unit: 0 for what stands between words. */
const KINDS = new Uint8Array(128);
const LETTER = 1;
const DIGIT = 2;
KINDS.fill(LETTER, 97, 123);
KINDS.fill(DIGIT, 48, 58);

/** Longer runs of letters or digits are no words, and are passed over. */
const LONGEST = 40;

/** Gives the terms of a canonical text to `sink`. Mentions, addresses and emoji are passed over. */
export function scanTerms(text: string, sink: TermSink): void {
  const { length } = text;
  let amount = Number.NaN;
  let at = 0;
  let before = 32;
  while (at < length) {
    const first = text.charCodeAt(at);
    const kind = first < 128 ? KINDS[first]! : 0;
    if (kind === 0) {
      before = first;
      at++;
      continue;
    }
    const start = at;
    let digits = kind === DIGIT;
    const tag = before === 35;
    let hash = tag ? 7 : 0;
    let check = hash;
    let code = first;
    for (;;) {
      hash = Math.imul(hash ^ code, 0x5bd1e995) ^ (hash >>> 15);
      check = Math.imul(check, 31) + code;
      if (++at >= length) break;
      code = text.charCodeAt(at);
      const next = code < 128 ? KINDS[code]! : 0;
      if (next === DIGIT) digits = true;
      else if (next === 0) {
        // The mark inside a number.
        if ((code !== 46 && code !== 44) || !digits || KINDS[text.charCodeAt(at + 1)] !== DIGIT) break;
      }
    }
    const mention = before === 64;
    before = 32;
    if (mention || at - start > LONGEST) continue;
    if (digits) {
      const number = readNumber(text.slice(start, at));
      if (number !== undefined) {
        if (!Number.isNaN(amount)) sink.key(`#${amount}`);
        amount = number.value;
        if (number.whole) {
          sink.key(`#${amount}`);
          amount = Number.NaN;
        }
        continue;
      }
    } else if (!Number.isNaN(amount)) {
      const word = text.slice(start, at);
      const times = MULTIPLIERS.get(word);
      const month = times === undefined && amount < 32 ? MONTH_OF.get(word) : undefined;
      sink.key(
        times !== undefined
          ? `#${amount * times}`
          : month !== undefined
            ? `d${amount}-${month}`
            : `#${amount}`,
      );
      amount = Number.NaN;
      if (times !== undefined) continue;
    }
    if (at < length && text.charCodeAt(at) === 95) {
      // `emo_api`
      while (at < length && text.charCodeAt(at) > 32) at++;
      continue;
    }
    if (first === 104 && at - start === 4 && text.startsWith('http', start)) continue;
    sink.word(start, at, tag, hash, check | 0);
  }
  if (!Number.isNaN(amount)) sink.key(`#${amount}`);
}

/** `whole`: nothing after it can change what it says. */
function readNumber(token: string): { value: number; whole: boolean } | undefined {
  const currency = CURRENCIES.find((one) => token.startsWith(one));
  const bare = currency === undefined ? token : token.slice(currency.length);
  const parts = /^(\d+(?:[.,]\d+)*)([a-z]*)$/.exec(bare);
  if (parts === null) return undefined;
  const [, digits = '', suffix = ''] = parts;
  const times = suffix === '' ? 1 : SHORT_MULTIPLIERS.get(suffix);
  if (times === undefined && suffix.length > 2) return undefined;
  const value = /^\d{1,3}([.,]\d{3})+$/.test(digits)
    ? Number(digits.replace(/[.,]/g, ''))
    : Number(digits.replace(',', '.'));
  if (Number.isNaN(value)) return { value: Number(digits.replace(/\D/g, '')), whole: true };
  return { value: value * (times ?? 1), whole: suffix !== '' };
}
