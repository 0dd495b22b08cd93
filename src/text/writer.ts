import { Stage } from './stage.js';
import { RULE } from './steps.js';

/** What stands last in the canonical text: decides whether a space goes before what comes. */
const START = 0;
const WORD = 1;
const CLOSED = 2;
const OPENED = 3;

const NO_GAP = 0;
const SPACE_GAP = 1;
const BREAK_GAP = 2;

/**
 * Writes canonical text from the folded stage: one space between words, punctuation kept attached, line breaks as
 * `\n`.
 */
export class Writer {
  readonly out = new Stage();
  #from: Stage;
  #last = START;
  #gap = NO_GAP;
  #gapAt = 0;
  #gapEnd = 0;
  #gapRule = 0;
  #raw = false;

  constructor(from: Stage) {
    this.#from = from;
  }

  /** Begins a text; spans are over the original, or over the folded stage's units where `raw`. */
  start(units: number, raw: boolean): void {
    this.#raw = raw;
    this.out.length = 0;
    this.out.reserve(units + 64);
    this.#last = START;
    this.#gap = NO_GAP;
  }

  /** White space, or what counts as such, in the units `start`..`end`. */
  space(start: number, end: number, rule: number = RULE.space): void {
    if (this.#gap === NO_GAP) {
      this.#gapRule = rule;
      this.#gap = SPACE_GAP;
      this.#gapAt = start;
      this.#gapEnd = end;
    } else if (this.#gap === SPACE_GAP) this.#gapEnd = end;
  }

  lineBreak(at: number): void {
    if (this.#gap === BREAK_GAP) return;
    this.#gap = BREAK_GAP;
    this.#gapAt = at;
    this.#gapEnd = at + 1;
  }

  /** Is the last unit a digit with a space behind it? */
  get followsNumber(): boolean {
    const { chars, length } = this.out;
    const last = length > 0 ? chars[length - 1]! : 0;
    return this.#last === WORD && this.#gap === SPACE_GAP && last >= 48 && last <= 57;
  }

  /** Puts what belongs between the last unit and a word or an opening sign. */
  #separate(): void {
    const { out } = this;
    if (this.#gap === BREAK_GAP) {
      if (out.length > 0) this.unit(10, this.#gapAt, this.#gapEnd, RULE.space);
    } else if (this.#last === CLOSED || (this.#gap === SPACE_GAP && this.#last === WORD)) {
      if (this.#gap === SPACE_GAP) this.unit(32, this.#gapAt, this.#gapEnd, this.#gapRule);
      else {
        const last = out.length - 1;
        out.push(32, out.starts[last]!, out.ends[last]!, RULE.space);
      }
    }
    this.#gap = NO_GAP;
  }

  /** Makes ready for a word that becomes at most `units` units. */
  word(units: number): void {
    if (this.out.length + units + 8 > this.out.chars.length) this.out.reserve(this.out.length + units + 8);
    this.#separate();
    this.#last = WORD;
  }

  /** The next word clings to what stands last: behind a hyphen or a `#`. */
  joinNext(): void {
    this.#last = OPENED;
  }

  /** The next word stands apart from what stands last, even with no space between them. */
  endWord(): void {
    this.#last = CLOSED;
  }

  /** The units `start`..`end` as they stand. */
  copy(start: number, end: number): void {
    const { chars, starts, ends, rules } = this.out;
    const { chars: from, starts: first, ends: last } = this.#from;
    let o = this.out.length;
    this.out.length = o + end - start;
    if (this.#raw) {
      rules.fill(0, o, o + end - start);
      for (let i = start; i < end; i++, o++) {
        chars[o] = from[i]!;
        starts[o] = i;
        ends[o] = i + 1;
      }
      return;
    }
    for (let i = start; i < end; i++, o++) {
      chars[o] = from[i]!;
      starts[o] = first[i]!;
      ends[o] = last[i]!;
    }
  }

  /** `text` in place of the units `start`..`end`. */
  write(text: string, start: number, end: number, rule: number): void {
    const { out } = this;
    if (out.length + text.length + 8 > out.chars.length) out.reserve(out.length + text.length + 8);
    for (let i = 0; i < text.length; i++) this.unit(text.charCodeAt(i), start, end, rule);
  }

  /** One unit in place of `start`..`end`, within a word. */
  unit(c: number, start: number, end: number, rule: number): void {
    if (this.#raw) this.out.push(c, start, end, rule);
    else this.out.push(c, this.#from.starts[start]!, this.#from.ends[end - 1]!, rule);
  }

  /** An opening quote or bracket. */
  open(c: number, start: number, end: number, rule: number): void {
    this.word(1);
    this.unit(c, start, end, rule);
    this.#last = OPENED;
  }

  /** A closing quote or bracket; nothing where nothing stands before it. */
  close(c: number, start: number, end: number, rule: number): void {
    if (this.#last === START || this.#gap === BREAK_GAP) {
      this.space(start, end);
      return;
    }
    this.out.reserve(this.out.length + 8);
    this.unit(c, start, end, rule);
    this.#last = CLOSED;
    this.#gap = NO_GAP;
  }

  /** A mark of punctuation; `double` for an ellipsis, which is written `..`. */
  point(c: number, double: boolean, start: number, end: number): void {
    const { out } = this;
    if (this.#last === START || this.#last === OPENED || this.#gap === BREAK_GAP) {
      this.space(start, end);
      return;
    }
    const last = out.length - 1;
    if (this.#last === CLOSED && isPoint(out.chars[last]!)) {
      // Marks set apart (`. . .`): the strongest stays.
      if (c === 63 || (c === 33 && out.chars[last] !== 63)) out.chars[last] = c;
      out.ends[last] = this.#raw ? end : this.#from.ends[end - 1]!;
      out.rules[last] = RULE.punctuation;
      this.#gap = NO_GAP;
      return;
    }
    out.reserve(out.length + 8);
    this.unit(c, start, end, RULE.punctuation);
    if (double) this.unit(c, start, end, RULE.punctuation);
    this.#last = CLOSED;
    this.#gap = NO_GAP;
  }
}

function isPoint(c: number): boolean {
  return c === 46 || c === 44 || c === 33 || c === 63 || c === 59 || c === 58;
}
