import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/text/normalise.js';
import { tokenise, wordIdsOf } from '../../src/text/tokenise.js';
import { CANONICAL_WORDS, MOST_WORD_IDS, NO_ID, WordIds, WordMemo } from '../../src/text/word-ids.js';

/** Texts of so many words that no other text has. */
function strangers(count: number, name: string): string {
  return Array.from({ length: count }, (_, i) => `${name}${i.toString(36)}x`).join(' ');
}

describe('ids of words', () => {
  it('are the same for the same word and no others, wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 60 }), (words) => {
        const { text } = normalise(words.join(' '));
        const { count, start, end, word } = tokenise(normalise(text));
        const byWord = new Map<string, number>();
        for (let t = 0; t < count; t += 1) {
          const known = text.slice(start[t], end[t]);
          expect(byWord.get(known) ?? word[t]).toBe(word[t]);
          byWord.set(known, word[t]!);
        }
        expect(new Set(byWord.values()).size).toBe(byWord.size);
      }),
    );
  });

  it('begin anew between texts when there is no more room, and what is kept by them with them', () => {
    const memo = new WordMemo((word) => word);
    const n = normalise('banjir surut warga pulang');
    const tokens = tokenise(n);
    const before = CANONICAL_WORDS.era;
    for (let turn = 0; CANONICAL_WORDS.era === before; turn += 1)
      tokenise(normalise(strangers(3_000, `q${turn}q`)));
    const ids = wordIdsOf(n.text, tokens);
    expect(tokens.era).not.toBe(CANONICAL_WORDS.era);
    expect([...ids]).toEqual([...tokenise(n).word]);
    expect([...ids].map((id, t) => memo.of(id, n.text, tokens.start[t]!, tokens.end[t]!))).toEqual([
      'banjir',
      'surut',
      'warga',
      'pulang',
    ]);
  });

  it('are none for the words of one huge text that there is no room for', () => {
    const ids = new WordIds();
    ids.beginText();
    const given = Array.from({ length: MOST_WORD_IDS + 5 }, (_, i) => ids.idOf(i, i * 7));
    expect(given.filter((id) => id === NO_ID)).toHaveLength(6);
    expect(new Set(given).size).toBe(MOST_WORD_IDS);
    expect(ids.idOf(3, 21)).toBe(given[3]);
  });
});
