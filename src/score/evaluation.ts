import {
  accuracy,
  aucMeasure,
  bootstrap,
  type Confusion,
  confusion,
  f1,
  type Interval,
  type Measure,
  macroF1,
  precision,
  precisionAt,
  recall,
} from '../classify/metrics.js';
import { type Assessment, CATEGORIES, type Category, LEVELS } from '../core/assessment.js';
import { FLAG_THRESHOLD } from './combine.js';
import { HOSTILE, isHostile } from './neutrality.js';

/** What a row can be asked about: a category, or whether it is hostile to people at all. */
const QUESTIONS = ['hostile', ...CATEGORIES] as const;
export type Question = (typeof QUESTIONS)[number];

/** A row of a file of labelled posts. */
export interface LabelledRow {
  readonly id: unknown;
  readonly text: string;
  /** What people say of it; questions that its labels do not answer are absent. */
  readonly truth: Readonly<Partial<Record<Question, boolean>>>;
  /** The functional kind, or the labels. */
  readonly kinds: readonly string[];
}

export const MEASURES = ['precision', 'recall', 'f1', 'macroF1', 'accuracy', 'auc'] as const;
export type MeasureName = (typeof MEASURES)[number];

/** How one answer of the assessment meets the labels. */
export interface AnswerFigures {
  /** The question, or `model.<head>` for the classifier's head alone at 0.5. */
  readonly answer: string;
  /** Rows whose labels answer the question, and those of them where it is so. */
  readonly rows: number;
  readonly positives: number;
  readonly confusion: Confusion;
  readonly figures: Readonly<Record<MeasureName, Interval>>;
}

export interface KindRow {
  readonly kind: string;
  readonly rows: number;
  /** Rows with each flag. */
  readonly flags: Readonly<Partial<Record<Category, number>>>;
  /** Rows flagged as hostile to people. */
  readonly hostile: number;
  /** Share of the rows where that is right, 0..1; absent where the labels do not say. */
  readonly right?: number;
}

/** How many of the first rows of the queue are so. */
export interface QueueFigure {
  readonly question: Question;
  readonly most: number;
  readonly precision: number;
}

export interface EvaluationReport {
  readonly rows: number;
  /** Rows with any flag, and rows flagged as hostile to people. */
  readonly flagged: number;
  readonly hostile: number;
  readonly answers: readonly AnswerFigures[];
  readonly kinds: readonly KindRow[];
  /** The queue's order: level, then score. */
  readonly queue: readonly QueueFigure[];
}

/** A row that came out wrong. */
export interface Miss {
  readonly question: Question;
  readonly row: LabelledRow;
  /** True where it was flagged and should not be; false where it was missed. */
  readonly flagged: boolean;
  /** What it scored, 0..1. */
  readonly score: number;
}

const PLACES = [100, 500] as const;
const HEADS = ['hate', 'sara', 'abusive'] as const;
const SEED = 20_260_105;

/**
 * Reads what a row says of itself. Known are `labels` (hate, abusive, religion, race ... as in multi-label corpora:
 * religion or race is SARA), `expect.flags` (exactly these flags), and `hateful` or `expect.hateful`; with neither, the
 * row counts in what is flagged only. `kind` names the functional kind. Undefined for what is no object with a text.
 */
export function readLabelled(value: unknown): LabelledRow | undefined {
  if (!isRecord(value) || typeof value.text !== 'string') return undefined;
  const truth: Partial<Record<Question, boolean>> = {};
  const { labels, expect = {}, kind, id = null } = value;
  if (isStrings(labels)) {
    truth.hate = labels.includes('hate');
    truth.sara = labels.includes('religion') || labels.includes('race');
    truth.abusive = labels.includes('abusive');
  }
  if (isRecord(expect)) {
    const { flags, hateful = value.hateful } = expect;
    if (isStrings(flags)) {
      for (const category of CATEGORIES) truth[category] = flags.includes(category);
      truth.hostile = HOSTILE.some((category) => flags.includes(category));
    }
    if (typeof hateful === 'boolean') truth.hostile = hateful;
  }
  const kinds = typeof kind === 'string' ? [kind] : isStrings(labels) ? labels : [];
  return { id, text: value.text, truth, kinds };
}

/** A flag that a row expects and that is no category: the row would be taken for one that expects less. */
export function unknownFlag(value: unknown): string | undefined {
  if (!isRecord(value) || !isRecord(value.expect) || !isStrings(value.expect.flags)) return undefined;
  return value.expect.flags.find((flag) => !(CATEGORIES as readonly string[]).includes(flag));
}

/** What is kept of a row: its labels and, of the assessment, what figures are made of. */
interface Seen {
  readonly row: LabelledRow;
  readonly outcome: Pick<Assessment, 'flags' | 'level' | 'score' | 'categories' | 'model'>;
}

/** Rows with their assessments, one by one, to figures. */
export function createEvaluation() {
  const seen: Seen[] = [];

  const scoreOf = ({ categories }: Seen['outcome'], question: Question): number =>
    question === 'hostile'
      ? Math.max(...HOSTILE.map((category) => categories[category]))
      : categories[question];
  const saysYes = (outcome: Seen['outcome'], question: Question): boolean =>
    question === 'hostile' ? isHostile(outcome) : outcome.flags.includes(question);

  return {
    add(row: LabelledRow, assessment: Assessment): void {
      const { flags, level, score, categories, model } = assessment;
      seen.push({
        row,
        outcome: { flags, level, score, categories, ...(model === undefined ? {} : { model }) },
      });
    },

    /** `rounds` of resampling make the intervals, the same at every call. */
    report(rounds = 300): EvaluationReport {
      const answers: AnswerFigures[] = [];
      for (const question of QUESTIONS) {
        const asked = seen.filter(({ row }) => row.truth[question] !== undefined);
        if (!asked.some(({ row }) => row.truth[question])) continue;
        const truth = asked.map(({ row }) => row.truth[question] === true);
        const add = (answer: string, said: boolean[], scores: number[]): void => {
          answers.push(answerFigures(answer, truth, said, scores, rounds));
        };
        add(
          question,
          asked.map(({ outcome }) => saysYes(outcome, question)),
          asked.map(({ outcome }) => scoreOf(outcome, question)),
        );
        const head = HEADS.find((one) => one === question);
        if (head === undefined || asked.some(({ outcome }) => outcome.model === undefined)) continue;
        const scores = asked.map(({ outcome }) => outcome.model![head]);
        add(
          `model.${head}`,
          scores.map((score) => score >= FLAG_THRESHOLD),
          scores,
        );
      }
      return {
        rows: seen.length,
        flagged: seen.filter(({ outcome }) => outcome.flags.length > 0).length,
        hostile: seen.filter(({ outcome }) => isHostile(outcome)).length,
        answers,
        kinds: kindRows(seen),
        queue: queueFigures(seen),
      };
    },

    /** The worst misses of each question, `most` of either side: flagged highest, and missed lowest. */
    misses(most: number): Miss[] {
      return QUESTIONS.flatMap((question) => {
        const wrong = seen
          .filter(
            ({ row, outcome }) =>
              row.truth[question] !== undefined && row.truth[question] !== saysYes(outcome, question),
          )
          .map(({ row, outcome }) => ({
            question,
            row,
            flagged: row.truth[question] === false,
            score: scoreOf(outcome, question),
          }));
        const high = wrong.filter(({ flagged }) => flagged).sort((a, b) => b.score - a.score);
        const low = wrong.filter(({ flagged }) => !flagged).sort((a, b) => a.score - b.score);
        return [...high.slice(0, most), ...low.slice(0, most)];
      });
    },
  };
}

function answerFigures(
  answer: string,
  truth: readonly boolean[],
  said: readonly boolean[],
  scores: readonly number[],
  rounds: number,
): AnswerFigures {
  const over =
    (read: (counts: Confusion) => number): Measure =>
    (weights) =>
      read(confusion(truth, said, weights));
  const measures: Record<MeasureName, Measure> = {
    precision: over(precision),
    recall: over(recall),
    f1: over(f1),
    macroF1: over(macroF1),
    accuracy: over(accuracy),
    auc: aucMeasure(truth, scores),
  };
  return {
    answer,
    rows: truth.length,
    positives: truth.filter((yes) => yes).length,
    confusion: confusion(truth, said),
    figures: bootstrap(truth.length, measures, { rounds, seed: SEED }),
  };
}

function kindRows(seen: readonly Seen[]): KindRow[] {
  const kinds = new Map<string, Seen[]>();
  for (const one of seen) {
    for (const kind of one.row.kinds.length > 0 ? one.row.kinds : ['-']) {
      const members = kinds.get(kind);
      if (members === undefined) kinds.set(kind, [one]);
      else members.push(one);
    }
  }
  return [...kinds].map(([kind, members]) => {
    const flags: Partial<Record<Category, number>> = {};
    for (const { outcome } of members) {
      for (const flag of outcome.flags) flags[flag] = (flags[flag] ?? 0) + 1;
    }
    const told = members.filter(({ row }) => row.truth.hostile !== undefined);
    const right = told.filter(({ row, outcome }) => row.truth.hostile === isHostile(outcome));
    return {
      kind,
      rows: members.length,
      flags,
      hostile: members.filter(({ outcome }) => isHostile(outcome)).length,
      ...(told.length === 0 ? {} : { right: right.length / told.length }),
    };
  });
}

/** Of rows that stand level, the one that was read first comes first, as on the desk. */
function queueFigures(seen: readonly Seen[]): QueueFigure[] {
  const order = seen
    .map((_, at) => at)
    .filter((at) => seen[at]!.outcome.level !== 'none')
    .sort((a, b) => {
      const [first, second] = [seen[a]!.outcome, seen[b]!.outcome];
      return (
        LEVELS.indexOf(second.level) - LEVELS.indexOf(first.level) || second.score - first.score || a - b
      );
    });
  return (['hostile', 'hate', 'sara'] as const)
    .filter((question) => seen.some(({ row }) => row.truth[question]))
    .flatMap((question) => {
      const truth = seen.map(({ row }) => row.truth[question] === true);
      return PLACES.map((most) => ({ question, most, precision: precisionAt(order, truth, most) }));
    });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
