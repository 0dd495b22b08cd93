import { MAKE_BELIEVE } from '../person-words.js';
import type { Mark, Scene } from '../scene.js';

/** How far such words are looked for on either side, so that long posts take time in proportion. */
const AROUND = 30;

/** Play, sport or fiction in the sentence of `mark` or one beside it. */
export function isMakeBelieve(scene: Scene, mark: Mark): boolean {
  const sentence = scene.tokens.sentence[mark.first]!;
  const { first, last } = scene.sentences;
  const from = Math.max(first[Math.max(0, sentence - 1)]!, mark.first - AROUND);
  const to = Math.min(last[Math.min(scene.sentences.count - 1, sentence + 1)]!, mark.last + AROUND);
  for (let t = from; t <= to; t++) if (MAKE_BELIEVE.has(scene.words[t]!)) return true;
  return false;
}
