import type { Stage } from './stage.js';

/** Rules of the normaliser. The order is the number under which a unit remembers its rule; 0 is a plain copy. */
const RULES = [
  'copy',
  /** Upper case to lower case. */
  'case',
  /** NFKC: full-width, mathematical, circled, superscript and other compatibility forms; accents taken off. */
  'compatibility',
  /** A letter of another script, or a look-alike, read as the Latin letter it poses as. */
  'homoglyph',
  /** Zero-width, bidi and combining marks taken out. */
  'invisible',
  /** HTML entity. */
  'entity',
  /** Escape that was stored as text: `\n`, `é`, `\xf0\x9f\x98\x82`, `\/`. */
  'escape',
  /** UTF-8 that was read as Latin-1 or Windows-1252. */
  'mojibake',
  'emoji',
  /** Digit or sign read as the letter it stands for: `k4f1r`. */
  'leet',
  /** Letters spaced or dotted apart brought together. */
  'joined',
  /** `*` read as the letter it hides. */
  'masked',
  /** A letter drawn out: `anjiiing`. */
  'stretched',
  /** `orang2` to `orang-orang`. */
  'reduplication',
  /** An informal or abbreviated spelling written out. */
  'informal',
  'hashtag',
  'mention',
  'url',
  /** Spaces and line breaks. */
  'space',
  'punctuation',
] as const;

export type RuleName = (typeof RULES)[number];

/** Rule names to their numbers. */
export const RULE = Object.fromEntries(RULES.map((name, number) => [name, number])) as Readonly<
  Record<RuleName, number>
>;

/** One edit. `start` and `end` are offsets into the text as the steps before it left it. */
export interface Step {
  readonly rule: RuleName;
  readonly start: number;
  readonly end: number;
  /** What stood there. */
  readonly before: string;
  /** What stands there now; empty where it was taken out. */
  readonly after: string;
}

/** Does the steps in order; `replay(n.original, n.steps) === n.text`. Throws where a step does not fit the text. */
export function replay(original: string, steps: readonly Step[]): string {
  let text = original;
  for (const step of steps) {
    if (text.slice(step.start, step.end) !== step.before) {
      throw new Error(`step "${step.rule}" at ${step.start} does not find ${JSON.stringify(step.before)}`);
    }
    text = text.slice(0, step.start) + step.after + text.slice(step.end);
  }
  return text;
}

/**
 * The edits that turn `input` into what `stage` holds, from left to right: neighbouring units of one rule or of
 * one input span make one edit, and input that no unit claims is an edit that takes it out.
 */
export function stageSteps(input: string, stage: Stage, dropRule: RuleName): Step[] {
  const { chars, starts, ends, rules, length } = stage;
  const steps: Step[] = [];
  let shift = 0;
  let at = 0;
  const add = (rule: RuleName, start: number, end: number, after: string): void => {
    const before = input.slice(start, end);
    if (before === after) return;
    steps.push({ rule, start: start + shift, end: end + shift, before, after });
    shift += after.length - before.length;
  };
  let i = 0;
  while (i < length) {
    if (starts[i]! > at) {
      add(dropRule, at, starts[i]!, '');
      at = starts[i]!;
    }
    if (
      ends[i] === at + 1 &&
      input.charCodeAt(at) === chars[i] &&
      !(i + 1 < length && starts[i + 1]! < ends[i]!)
    ) {
      at++;
      i++;
      continue;
    }
    // One edit: all units whose spans overlap, and those that follow at once under the same rule.
    const first = i;
    let rule = rules[i]!;
    let end = ends[i]!;
    i++;
    while (
      i < length &&
      (starts[i]! < end ||
        (starts[i] === end &&
          rules[i] === rule &&
          !(ends[i] === end + 1 && input.charCodeAt(end) === chars[i])))
    ) {
      if (ends[i]! > end) end = ends[i]!;
      if (rule === 0) rule = rules[i]!;
      i++;
    }
    add(RULES[rule] ?? 'copy', at, end, stage.text(first, i));
    at = end;
  }
  if (at < input.length) add(dropRule, at, input.length, '');
  return steps;
}
