import { writeCanonical } from './canonical.js';
import { fold } from './fold.js';
import { copyOfInts } from './slab.js';
import { Stage } from './stage.js';
import { type Step, stageSteps } from './steps.js';
import { Writer } from './writer.js';

export { type RuleName, replay, type Step } from './steps.js';

/**
 * A text as the rest of the house reads it. `text` is canonical: lower case, Latin letters as a-z, one space between
 * words, informal spellings written out, punctuation `. , ! ? ; : " ( )` attached, line breaks `\n`; `#` before the
 * words of a hashtag, `@user` for a mention, `http` for an address, `emo_<name>` for an emoji that says something,
 * `..` for an ellipsis.
 */
export interface Normalised {
  readonly original: string;
  readonly text: string;
  /**
   * UTF-16 unit i of `text` came from `original` from `starts[i]` to `ends[i]`; never empty, both non-decreasing.
   * At least `text.length` long.
   */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The edits from `original` to `text` in order; worked out when asked for. `replay(original, steps) === text`. */
  readonly steps: readonly Step[];
  /** `original` after the character stage: folded and repaired, but no word written out. Worked out when asked for. */
  readonly folded: string;
}

const folded = new Stage();
const writer = new Writer(folded);
/** Buffers grown beyond this for one huge text are not kept. */
const KEPT_UNITS = 1 << 18;

function run(text: string, raw: boolean): Stage {
  fold(text, folded);
  writeCanonical(text, folded, writer, raw);
  return writer.out;
}

class Canonical implements Normalised {
  readonly original: string;
  readonly text: string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  constructor(original: string, text: string, starts: Int32Array, ends: Int32Array) {
    this.original = original;
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  get steps(): readonly Step[] {
    const out = run(this.original, true);
    const plain = withoutZeros(folded);
    const first = stageSteps(this.original, plain.stage, 'invisible');
    const second = stageSteps(plain.stage.text(), inPlaces(out, plain.places), 'space');
    return [...first, ...second];
  }

  get folded(): string {
    run(this.original, true);
    return withoutZeros(folded).stage.text();
  }
}

/** The folded stage without the units that repairs took out, and where each unit now stands. */
function withoutZeros(stage: Stage): { stage: Stage; places: Int32Array } {
  const result = new Stage();
  result.reserve(stage.length);
  const places = new Int32Array(stage.length + 1);
  for (let i = 0; i < stage.length; i++) {
    places[i] = result.length;
    if (stage.chars[i] !== 0) result.push(stage.chars[i]!, stage.starts[i]!, stage.ends[i]!, stage.rules[i]!);
  }
  places[stage.length] = result.length;
  return { stage: result, places };
}

function inPlaces(stage: Stage, places: Int32Array): Stage {
  const result = new Stage();
  result.reserve(stage.length);
  for (let i = 0; i < stage.length; i++) {
    result.push(stage.chars[i]!, places[stage.starts[i]!]!, places[stage.ends[i]!]!, stage.rules[i]!);
  }
  return result;
}

/** The canonical form of any string, with the way back to it. Never throws; time is linear in the length. */
export function normalise(text: string): Normalised {
  const out = run(text, false);
  const { length } = out;
  const result = new Canonical(
    text,
    out.whole(),
    copyOfInts(out.starts, length),
    copyOfInts(out.ends, length),
  );
  if (folded.chars.length > KEPT_UNITS) folded.release();
  if (out.chars.length > KEPT_UNITS) out.release();
  return result;
}

/** The span of the original behind the canonical units `start`..`end` (`start` < `end` <= `n.text.length`). */
export function originalSpan(n: Normalised, start: number, end: number): { start: number; end: number } {
  return { start: n.starts[start]!, end: n.ends[end - 1]! };
}
