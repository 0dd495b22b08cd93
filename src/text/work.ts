import type { Stage } from './stage.js';
import type { Writer } from './writer.js';

/** What the words stage works on; one text at a time. */
export interface Work {
  /** The original text. */
  readonly text: string;
  /** Its folded units; repairs change them in place. */
  readonly stage: Stage;
  readonly writer: Writer;
  /** Units that hashtags may still have cut apart, so that a text made of them stays cheap. */
  segmentable: number;
}
