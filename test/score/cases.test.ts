import { describe, expect, it } from 'vitest';
import { isHateful } from './assessor.js';
import { TABLES } from './cases/all.js';
import { EIGHTH_SET } from './cases/eighth-set.js';
import { ELEVENTH_SET } from './cases/eleventh-set.js';
import { FIFTH_SET } from './cases/fifth-set.js';
import { FOURTH_SET } from './cases/fourth-set.js';
import { HELD_OUT } from './cases/held-out.js';
import { KNOWN_FAILURES } from './cases/known-failures.js';
import { NINTH_SET } from './cases/ninth-set.js';
import { SECOND_SET } from './cases/second-set.js';
import { SEVENTH_SET } from './cases/seventh-set.js';
import { SIXTH_SET } from './cases/sixth-set.js';
import { type CaseTable, texts } from './cases/table.js';
import { TENTH_SET } from './cases/tenth-set.js';
import { THIRD_SET } from './cases/third-set.js';
import { TWELFTH_SET } from './cases/twelfth-set.js';
import { UNSEEN } from './cases/unseen.js';

const READ: readonly (readonly [string, CaseTable])[] = [
  ...TABLES.map((table) => [table.kind, table] as const),
  ...SECOND_SET.map((table) => [`${table.kind}, second set`, table] as const),
  ...THIRD_SET.map((table) => [`${table.kind}, third set`, table] as const),
  ...FOURTH_SET.map((table) => [`${table.kind}, fourth set`, table] as const),
  ...FIFTH_SET.map((table) => [`${table.kind}, fifth set`, table] as const),
  ...SIXTH_SET.map((table) => [`${table.kind}, sixth set`, table] as const),
  ...SEVENTH_SET.map((table) => [`${table.kind}, seventh set`, table] as const),
  ...EIGHTH_SET.map((table) => [`${table.kind}, eighth set`, table] as const),
  ...NINTH_SET.map((table) => [`${table.kind}, ninth set`, table] as const),
  ...TENTH_SET.map((table) => [`${table.kind}, tenth set`, table] as const),
  ...ELEVENTH_SET.map((table) => [`${table.kind}, eleventh set`, table] as const),
  ...TWELFTH_SET.map((table) => [`${table.kind}, twelfth set`, table] as const),
];

/** Sentences of a table that come out wrong for at least one group. */
function failures(table: CaseTable): string[] {
  const wrong = new Set<string>();
  for (const { sentence, text } of texts(table)) if (isHateful(text) !== table.hateful) wrong.add(sentence);
  return [...wrong];
}

describe('functional cases', () => {
  it.each(READ)('%s: all but the known failures, and every one of those still fails', (_kind, table) => {
    const known = KNOWN_FAILURES.filter((sentence) => table.sentences.includes(sentence));
    expect(failures(table).sort()).toEqual([...known].sort());
  });

  it('has no known failure that is no case', () => {
    const sentences = new Set(READ.flatMap(([, table]) => table.sentences));
    expect(KNOWN_FAILURES.filter((sentence) => !sentences.has(sentence))).toEqual([]);
  });
});

/** Share of right outcomes among a set's hateful and its harmless sentences. */
function shares(set: readonly CaseTable[]): { hateful: number; harmless: number } {
  const right = { true: 0, false: 0 };
  const all = { true: 0, false: 0 };
  for (const table of set) {
    for (const { text } of texts(table)) {
      const key = table.hateful ? 'true' : 'false';
      all[key]++;
      if (isHateful(text) === table.hateful) right[key]++;
    }
  }
  return { hateful: right.true / all.true, harmless: right.false / all.false };
}

describe('sentences that nobody tuned on', () => {
  it.each([
    ['written before the rules', HELD_OUT, 0.95, 0.95],
    ['written after them', UNSEEN, 0.85, 0.97],
  ] as const)('%s come out right as often as the project says', (_name, set, hateful, harmless) => {
    const reached = shares(set);
    expect(reached.hateful).toBeGreaterThanOrEqual(hateful);
    expect(reached.harmless).toBeGreaterThanOrEqual(harmless);
  });
});

describe('neutrality', () => {
  it('gives the same sentence the same outcome for at least 98 % of the sentences, whichever group it names', () => {
    const depending: string[] = [];
    let sentences = 0;
    for (const table of [...READ.map(([, read]) => read), ...HELD_OUT, ...UNSEEN]) {
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
