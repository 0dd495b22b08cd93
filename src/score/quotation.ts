import type { Context } from '../core/assessment.js';
import { plays } from './clause.js';
import * as g from './grammar.js';
import type { Mark, Scene } from './scene.js';

/** A quoted passage counts for its writer only where the words around it agree with it. */
export function quotation(scene: Scene, evidence: Mark, holderAt: number): Context | undefined {
  if (!scene.quotes) return undefined;
  const { quoted } = scene.tokens;
  if (!quoted[evidence.first])
    return quoted[holderAt] && isLongQuote(scene, holderAt) ? 'counter-speech' : undefined;
  // Marks of irony on a word or two are no quotation: `orang X itu "hama"`.
  if (!quoted[holderAt] && quotedAround(scene, evidence.first, evidence.last) <= 2) return undefined;
  scene.memo.outside ??= outsideQuotes(scene);
  const { words, judged, endorsed } = scene.memo.outside;
  if (words === 0 || (endorsed && !judged)) return undefined;
  return judged ? 'counter-speech' : 'quotation';
}

/** How many words from `from` to `to` and in the quotation on either side; no more than 3 and the words themselves are counted. */
function quotedAround(scene: Scene, first: number, last: number): number {
  const { quoted } = scene.tokens;
  let from = first;
  let to = last;
  while (from > 0 && first - from < 3 && quoted[from - 1]) from--;
  while (to + 1 < scene.count && to - last < 3 && quoted[to + 1]) to++;
  return to - from + 1;
}

function outsideQuotes(scene: Scene): { words: number; judged: boolean; endorsed: boolean } {
  const { quoted } = scene.tokens;
  let words = 0;
  let judged = false;
  let endorsed = false;
  for (let t = 0; t < scene.count; t++) {
    if (quoted[t]) continue;
    if (scene.words[t] === 'http' || scene.words[t] === 'user') continue;
    words++;
    if (plays(scene, t, g.CONDEMN | g.JUDGEMENT | g.COUNTER_FRAME | g.SORROW | g.NEGATION)) judged = true;
    if (plays(scene, t, g.ENDORSE) && !plays(scene, t - 1, g.NEGATION)) endorsed = true;
  }
  return { words, judged, endorsed };
}

/** A name quoted with more around it; what stands outside is said of the quotation. */
function isLongQuote(scene: Scene, t: number): boolean {
  const { quoted } = scene.tokens;
  const name = scene.holderAt[t] === -1 ? undefined : scene.marks[scene.holderAt[t]!]!;
  const longest = name === undefined ? 0 : name.last - name.first;
  let from = t;
  let to = t;
  while (from > 0 && to - from <= longest && quoted[from - 1]) from--;
  while (to + 1 < scene.count && to - from <= longest && quoted[to + 1]) to++;
  return to - from > longest;
}
