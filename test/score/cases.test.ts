import { describe, expect, it } from 'vitest';
import { isHateful } from './assessor.js';
import { TABLES } from './cases/all.js';
import { HELD_OUT } from './cases/held-out.js';
import { KNOWN_FAILURES } from './cases/known-failures.js';
import { type CaseTable, texts } from './cases/table.js';

/** Sentences of a table that come out wrong for at least one group. */
function failures(table: CaseTable): string[] {
  const wrong = new Set<string>();
  for (const { sentence, text } of texts(table)) if (isHateful(text) !== table.hateful) wrong.add(sentence);
  return [...wrong];
}

describe('functional cases', () => {
  it.each(TABLES.map((table) => [table.kind, table] as const))(
    '%s: all but the known failures, and every one of those still fails',
    (_kind, table) => {
      const known = KNOWN_FAILURES.filter((sentence) => table.sentences.includes(sentence));
      expect(failures(table).sort()).toEqual([...known].sort());
    },
  );

  it('has no known failure that is no case', () => {
    const sentences = new Set(TABLES.flatMap((table) => table.sentences));
    expect(KNOWN_FAILURES.filter((sentence) => !sentences.has(sentence))).toEqual([]);
  });
});

describe('sentences that nobody tuned on', () => {
  it('come out right as often as the project says', () => {
    let right = 0;
    let hateful = 0;
    let hatefulRight = 0;
    let harmlessRight = 0;
    let harmless = 0;
    for (const table of HELD_OUT) {
      for (const { text } of texts(table)) {
        const ok = isHateful(text) === table.hateful;
        if (ok) right++;
        if (table.hateful) {
          hateful++;
          if (ok) hatefulRight++;
        } else {
          harmless++;
          if (ok) harmlessRight++;
        }
      }
    }
    expect(right / (hateful + harmless)).toBeGreaterThan(0.95);
    expect(hatefulRight / hateful).toBeGreaterThan(0.95);
    expect(harmlessRight / harmless).toBeGreaterThan(0.95);
  });
});

describe('neutrality', () => {
  it('gives the same sentence the same outcome for at least 98 % of the sentences, whichever group it names', () => {
    const depending: string[] = [];
    let sentences = 0;
    for (const table of [...TABLES, ...HELD_OUT]) {
      const outcomes = new Map<string, Set<boolean>>();
      for (const { sentence, group, text } of texts(table)) {
        if (group === '') continue;
        const seen = outcomes.get(sentence) ?? new Set();
        seen.add(isHateful(text));
        outcomes.set(sentence, seen);
      }
      sentences += outcomes.size;
      for (const [sentence, seen] of outcomes) if (seen.size > 1) depending.push(sentence);
    }
    expect(depending.length / sentences, depending.join('\n')).toBeLessThanOrEqual(0.02);
  });
});
