import { bootstrap, confusion, type Interval, macroF1, recall } from '../src/classify/metrics.js';
import type { Lexicon } from '../src/lexicon/compile.js';
import type { Assessor } from '../src/score/assess.js';
import { auditNeutrality, isHostile, namesToSwap } from '../src/score/neutrality.js';
import { TABLES } from '../test/score/cases/all.js';
import { HELD_OUT } from '../test/score/cases/held-out.js';
import { SECOND_SET } from '../test/score/cases/second-set.js';
import { type CaseTable, texts } from '../test/score/cases/table.js';
import { THIRD_SET } from '../test/score/cases/third-set.js';
import { UNSEEN } from '../test/score/cases/unseen.js';
import { type Figure, percent, percentWithInterval, withInterval } from './figures.js';

/** Sets of functional cases, from what the rules were written with to what nobody has read the failures of. */
export const CASE_SETS: readonly { readonly name: string; readonly tables: readonly CaseTable[] }[] = [
  { name: 'own cases, the rules were written with them', tables: [...TABLES, ...SECOND_SET, ...THIRD_SET] },
  { name: 'own cases, written before the rules by the same hand, near to the first', tables: HELD_OUT },
  { name: 'own cases, written after the rules, failures not read', tables: UNSEEN },
];

const HARMLESS_TALK = /^(criticism|neutral|positive|everyday-ambiguous|harmless-rest|profanity-harmless)$/;
const RESAMPLED = { rounds: 400, seed: 20_260_105 };

interface CaseRow {
  readonly kind: string;
  readonly hateful: boolean;
  readonly text: string;
  /** Ordinal of the sentence, which is what is resampled: one sentence about thirty groups is not thirty. */
  readonly sentence: number;
}

/** All texts of the tables, a row a sentence and group. */
export function caseRows(tables: readonly CaseTable[]): CaseRow[] {
  let sentence = -1;
  let last = '';
  return tables.flatMap((table) =>
    texts(table).map((one) => {
      const key = `${table.kind} ${one.sentence}`;
      if (key !== last) sentence++;
      last = key;
      return { kind: table.kind, hateful: table.hateful, text: one.text, sentence };
    }),
  );
}

/** Macro-F1, recall and counter-speech on the functional cases, and what depends on the name. */
export function caseFigures(assessor: Assessor, lexicon: Lexicon): Figure[] {
  const figures: Figure[] = [];
  for (const { name, tables } of CASE_SETS) {
    const rows = caseRows(tables);
    const truth = rows.map(({ hateful }) => hateful);
    const said = rows.map(({ text }) => isHostile(assessor.assess(text)));
    const sentences = (rows.at(-1)?.sentence ?? -1) + 1;
    const on = `${name} (${sentences} sentences, ${rows.length} texts)`;
    const overRows =
      (read: (counts: ReturnType<typeof confusion>) => number) => (weights: ArrayLike<number>) =>
        read(
          confusion(
            truth,
            said,
            Float64Array.from(rows, ({ sentence }) => weights[sentence]!),
          ),
        );
    const shareRight = (chosen: (row: CaseRow) => boolean) => (weights: ArrayLike<number>) => {
      let right = 0;
      let all = 0;
      rows.forEach((row, at) => {
        if (!chosen(row)) return;
        const weight = weights[row.sentence]!;
        all += weight;
        if (said[at] === row.hateful) right += weight;
      });
      return all === 0 ? Number.NaN : right / all;
    };
    const isCounter = ({ kind }: CaseRow): boolean => kind.startsWith('counter');
    const isHarmless = ({ kind }: CaseRow): boolean => HARMLESS_TALK.test(kind);
    const found = bootstrap(
      sentences,
      {
        macroF1: overRows(macroF1),
        recall: overRows(recall),
        counter: shareRight(isCounter),
        harmless: shareRight(isHarmless),
      },
      RESAMPLED,
    );
    figures.push(
      { measure: 'functional cases: macro-F1', target: '.90', value: withInterval(found.macroF1), on },
      { measure: 'functional cases: hateful recall', value: withInterval(found.recall), on },
      {
        measure: 'counter-speech left alone',
        target: '85 %',
        value: percentWithInterval(found.counter),
        on: `${name} (${rows.filter(isCounter).length} texts)`,
      },
      {
        measure: 'criticism, neutral and everyday talk flagged as hostile',
        target: '1 % at most',
        value: percentWithInterval(inverse(found.harmless)),
        on: `${name} (${rows.filter(isHarmless).length} texts)`,
      },
    );
  }
  return [...figures, ...neutralityFigures(assessor, lexicon)];
}

function neutralityFigures(assessor: Assessor, lexicon: Lexicon): Figure[] {
  const { sets } = auditNeutrality(namesToSwap(lexicon.entries), assessor.assess);
  const audited = sets.map(({ set, names, templates, dependent, share }) => ({
    measure: `same sentence, other ${set}: sentences that depend on the name`,
    target: '2 % at most',
    value: `${percent(share)} (${dependent} of ${templates})`,
    on: `\`ronda audit neutrality\`, ${names} names of the lexicon`,
  }));
  const tables = CASE_SETS.flatMap((set) => set.tables);
  const outcomes = new Map<string, Set<boolean>>();
  for (const table of tables) {
    for (const { sentence, group, text } of texts(table)) {
      if (group === '') continue;
      const seen = outcomes.get(sentence) ?? new Set();
      seen.add(isHostile(assessor.assess(text)));
      outcomes.set(sentence, seen);
    }
  }
  const dependent = [...outcomes.values()].filter(({ size }) => size > 1).length;
  return [
    ...audited,
    {
      measure: 'same sentence, other group: sentences that depend on the name',
      target: '2 % at most',
      value: `${percent(dependent / outcomes.size)} (${dependent} of ${outcomes.size})`,
      on: 'all own functional cases, 30 groups',
    },
  ];
}

function inverse({ value, low, high }: Interval): Interval {
  return { value: 1 - value, low: 1 - high, high: 1 - low };
}
