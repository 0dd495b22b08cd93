import { knownRoot } from '../text/vocabulary.js';

const WORD = /[\p{L}\p{M}][\p{L}\p{M}\p{N}-]+/gu;

/**
 * How a story writes its words. A word is known by its root, and the shortest form that anybody wrote stands for all of
 * them: `tinggal` for a story in which everybody wrote `meninggal`, which says something else.
 *
 * @param texts of the story that may be told; undefined of what has none
 * @returns the word as these texts have it, of several forms the commonest; the same where none of them has it
 */
export function writtenForms(texts: readonly (string | undefined)[]): (word: string) => string {
  const forms = new Map<string, Map<string, number>>();
  for (const text of texts) {
    for (const [found] of (text ?? '').toLowerCase().matchAll(WORD)) {
      const root = knownRoot(found);
      const counts = forms.get(root) ?? new Map<string, number>();
      forms.set(root, counts.set(found, (counts.get(found) ?? 0) + 1));
    }
  }
  return (word) => {
    const counts = forms.get(knownRoot(word));
    if (counts === undefined || counts.has(word)) return word;
    const [most = [word]] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return most[0] ?? word;
  };
}
