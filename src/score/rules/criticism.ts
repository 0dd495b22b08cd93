import type { Outcome } from '../outcome.js';
import type { Scene } from '../scene.js';
import { HOSTILE } from '../scene.js';

/** Hard words with an office, a party or a public figure in the sentence: criticism, which is protected speech. */
export function criticism(scene: Scene): readonly Outcome[] {
  const hostile = new Set<number>();
  for (const mark of scene.marks) if (HOSTILE.has(mark.kind)) hostile.add(scene.tokens.sentence[mark.first]!);
  const told = scene.marks.some(
    (mark) => mark.kind === 'institution' && hostile.has(scene.tokens.sentence[mark.first]!),
  );
  return told ? [{ type: 'framed', context: 'criticism' }] : [];
}
