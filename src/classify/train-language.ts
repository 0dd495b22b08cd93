import type { ModelFile } from '../core/model-file.js';
import {
  createFoldedWords,
  foldWords,
  MAX_WORD_FEATURES,
  TRIGRAMS,
  wordFeatures,
} from '../text/language-features.js';
import {
  type CommonLanguages,
  type LanguageBorder,
  type LanguageHeader,
  MAX_LANGUAGES,
} from '../text/language-model.js';
import { countedText } from './log-count-ratio.js';
import { seededRandom, shuffle } from './seeded-random.js';
import { trainBorder } from './train-border.js';
import { trainRest } from './train-rest.js';

/** A text and the ISO 639-3 code of its language. */
export interface LanguageRow {
  readonly text: string;
  readonly lang: string;
  /** One of the many posts of the commonest language, of which some members see a part only. */
  readonly bulk?: boolean;
}

/** One of the models whose mean is the result; members that saw different rows err differently. */
export interface LanguageMember {
  readonly seed: number;
  /** Share of the bulk rows that it sees, 0..1. */
  readonly bulk: number;
  readonly rate: number;
  /** Share of the features left out at every visit, 0..1. */
  readonly dropout: number;
}

export interface LanguageTraining {
  /** Codes in the order of the model's lanes; rows of other languages are refused. At most 15. */
  readonly languages: readonly string[];
  /** The table has 2^bits buckets; 17 by default. */
  readonly bits?: number;
  /** Passes over the rows; 32 by default. */
  readonly epochs?: number;
  readonly members?: readonly LanguageMember[];
  /** How much the members' mean counts, and how much the regressions of each language against all others. */
  readonly mixture?: { readonly members: number; readonly rest: number };
  /** What a language's rows weigh together, against 1 for each other language. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Two languages to tell apart once more, see {@link LanguageBorder}. */
  readonly border?: BorderTraining;
  /** See {@link CommonLanguages}; these numbers are chosen, not learnt. */
  readonly common?: CommonLanguages;
  /** Added to a language's score in the end: moves the border between it and the others. */
  readonly bias?: Readonly<Record<string, number>>;
  /** See {@link LanguageHeader.temperature}; 1 by default. */
  readonly temperature?: number;
  /** Told after every pass of every member. */
  readonly onEpoch?: (member: number, epoch: number, loss: number) => void;
}

/** How {@link LanguageBorder} is learnt. */
export interface BorderTraining {
  readonly between: readonly [string, string];
  /** Added to the border's score in the end: below 0 the first language keeps more of its texts. */
  readonly bias: number;
  /** How much a wrong answer costs against large weights; 0.3 by default. */
  readonly cost?: number;
  /** How many times a word as a whole counts, once by default. */
  readonly words?: number;
}

const MEMBERS: readonly LanguageMember[] = [
  { seed: 1, bulk: 1, rate: 0.5, dropout: 0 },
  { seed: 2, bulk: 0.25, rate: 0.5, dropout: 0.3 },
  { seed: 3, bulk: 0.25, rate: 0.8, dropout: 0 },
];

interface Document {
  readonly features: Int32Array;
  /** Start of each word in `features`, and one more for the end. */
  readonly words: Int32Array;
  readonly lane: number;
  readonly bulk: boolean;
}

/** Share of the bulk rows that the regressions against all others see. */
const REST_BULK = 0.25;
/** Texts of more words are learnt from a piece of them, too. */
const PIECE_LEAST_WORDS = 6;
const ONLY_MEMBERS = { members: 1, rest: 0 };

/**
 * Learns to tell languages: multinomial logistic regression over hashed grams (AdaGrad, weights averaged
 * over the later passes and over the members), and beside it a regression of each language against all others;
 * quantised to eight bits. The same rows and settings give the same model.
 * @throws RangeError on a row whose language is not among `languages`
 */
export function trainLanguageModel(
  rows: readonly LanguageRow[],
  training: LanguageTraining,
): Omit<ModelFile, 'version'> {
  const { languages, bits = 17, epochs = 32, members = MEMBERS, mixture = ONLY_MEMBERS } = training;
  const lanes = languages.length;
  if (lanes < 2 || lanes > MAX_LANGUAGES)
    throw new RangeError(`2 to ${MAX_LANGUAGES} languages, not ${lanes}`);
  const trigrams = new Float64Array(TRIGRAMS);
  const documents: Document[] = [];
  for (const row of rows) {
    const lane = languages.indexOf(row.lang);
    if (lane < 0) throw new RangeError(`language ${row.lang} is not one of ${languages.join(' ')}`);
    const document = toDocument(row, lane, bits, trigrams);
    if (document !== undefined) documents.push(document);
  }
  const total = { weights: new Float32Array(2 ** bits * lanes), bias: new Float64Array(lanes) };
  members.forEach((member, index) => {
    const random = seededRandom(member.seed);
    const seen = documents.filter((document) => !document.bulk || random() < member.bulk);
    trainMember(
      seen,
      member,
      { lanes, bits, epochs, random },
      sharesOf(seen, training),
      total,
      (epoch, loss) => training.onEpoch?.(index, epoch, loss),
    );
  });
  const texts = withPieces(documents, training);
  const mixed = mix(total, members.length, mixture);
  if (mixture.rest > 0) addRest(mixed, texts, { bits, lanes, share: mixture.rest });
  const { weights, step } = quantise(mixed.weights, lanes);
  const border = training.border && learnBorder(documents, training.border, languages, bits);
  const width = lanes + (border === undefined ? 0 : 1);
  const size = 2 ** bits * width;
  const all = new Int8Array(size + TRIGRAMS);
  for (let bucket = 0; bucket < 2 ** bits; bucket += 1) {
    for (let lane = 0; lane < lanes; lane += 1) all[bucket * width + lane] = weights[bucket * lanes + lane]!;
    if (border !== undefined) all[bucket * width + lanes] = border.weights[bucket]!;
  }
  for (let i = 0; i < TRIGRAMS; i += 1) {
    all[size + i] = trigrams[i] === 0 ? 0 : 1 + Math.floor(Math.log2(trigrams[i]!));
  }
  const header: LanguageHeader = {
    languages: [...languages],
    bits,
    step,
    bias: languages.map((code, lane) => mixed.bias[lane]! + (training.bias?.[code] ?? 0)),
    temperature: training.temperature ?? 1,
    ...(border === undefined ? {} : { border: border.header }),
    ...(training.common === undefined ? {} : { common: training.common }),
  };
  return { kind: 'language', header: { ...header }, weights: all };
}

interface LanguageWeights {
  readonly weights: Float32Array;
  readonly bias: Float64Array;
}

/** The members' mean, as much of it as the mixture says. */
function mix(
  total: LanguageWeights,
  members: number,
  { members: share }: { members: number },
): LanguageWeights {
  return {
    weights: total.weights.map((weight) => (weight * share) / members),
    bias: total.bias.map((bias) => (bias * share) / members),
  };
}

/** A text that weights are learnt from, features in a row. */
type Text = Pick<Document, 'features' | 'lane' | 'bulk'>;

/**
 * The documents, and a piece of each that may be cut: no post of the bulk, and none in the second language of the border,
 * whose short pieces are all too often in the first one as well.
 */
function withPieces(
  documents: readonly Document[],
  { border, languages }: LanguageTraining,
): readonly Text[] {
  const random = seededRandom(1);
  const whole = border === undefined ? -1 : languages.indexOf(border.between[1]);
  return documents.flatMap((document): Text[] => {
    const { features, words, lane, bulk } = document;
    const count = words.length - 1;
    if (bulk || lane === whole || count < PIECE_LEAST_WORDS) return [document];
    const size = 2 + Math.floor(random() * 6);
    if (size >= count) return [document];
    const from = random() < 0.6 ? 0 : Math.floor(random() * (count - size + 1));
    return [document, { features: features.subarray(words[from]!, words[from + size]!), lane, bulk }];
  });
}

/** Adds `share` of the regressions of each language against all others to `mixed`. */
function addRest(
  mixed: LanguageWeights,
  texts: readonly Text[],
  { bits, lanes, share }: { readonly bits: number; readonly lanes: number; readonly share: number },
): void {
  const random = seededRandom(1);
  const seen = texts.filter(({ bulk }) => !bulk || random() < REST_BULK);
  const rest = trainRest(
    seen.map(({ features }) => features),
    seen.map(({ lane }) => lane),
    { size: 2 ** bits, lanes },
  );
  for (let i = 0; i < mixed.weights.length; i += 1) mixed.weights[i]! += rest.weights[i]! * share;
  for (let lane = 0; lane < lanes; lane += 1) mixed.bias[lane]! += rest.bias[lane]! * share;
}

/** The lane and header of the border between two of `languages`, from the texts in either. */
function learnBorder(
  documents: readonly Document[],
  { between, bias, cost = 0.3, words = 1 }: BorderTraining,
  languages: readonly string[],
  bits: number,
): { weights: Int8Array; header: LanguageBorder } {
  const [first, second] = between.map((code) => languages.indexOf(code));
  const either = documents.filter(({ lane }) => lane === first || lane === second);
  const learnt = trainBorder(
    either.map((document) => countedText(document.features, wholeWords(document, words - 1))),
    either.map(({ lane }) => lane === second),
    { size: 2 ** bits, cost },
  );
  const header = { between, step: learnt.step, bias: learnt.bias + bias, ...(words > 1 ? { words } : {}) };
  return { weights: learnt.weights, header };
}

/** The buckets of a document's words as wholes, the last of each word's features, so many times. */
function wholeWords({ features, words }: Document, times: number): readonly number[] {
  const ends = Array.from(words.subarray(1), (end) => features[end - 1]!);
  return Array.from({ length: times }, () => ends).flat();
}

function toDocument(
  row: LanguageRow,
  lane: number,
  bits: number,
  trigrams: Float64Array,
): Document | undefined {
  const folded = createFoldedWords();
  foldWords(row.text, folded);
  if (folded.count === 0) return undefined;
  const buffer = new Int32Array(MAX_WORD_FEATURES);
  const features: number[] = [];
  const words: number[] = [0];
  for (let word = 0; word < folded.count; word += 1) {
    const start = folded.start[word]!;
    const end = folded.end[word]!;
    const count = wordFeatures(folded.codes, start, end, bits, buffer);
    for (let i = 0; i < count; i += 1) features.push(buffer[i]!);
    words.push(features.length);
    let gram = 0;
    for (let i = start; i <= end; i += 1) {
      gram = ((gram << 5) | (i < end ? folded.codes[i]! : 0)) & (TRIGRAMS - 1);
      if (i > start) trigrams[gram]! += 1;
    }
  }
  const bulk = row.bulk === true;
  return { features: Int32Array.from(features), words: Int32Array.from(words), lane, bulk };
}

/** What one row of each language weighs, so that languages weigh as `shares` says however many rows they have. */
function sharesOf(documents: readonly Document[], training: LanguageTraining): Float64Array {
  const lanes = training.languages.length;
  const rows = new Float64Array(lanes);
  for (const document of documents) rows[document.lane]! += 1;
  return rows.map((count, lane) => {
    const share = training.shares?.[training.languages[lane]!] ?? 1;
    return (share * documents.length) / (lanes * Math.max(1, count));
  });
}

/** Two visits in five show the whole text, the rest a piece of it, so that short posts are learnt too. */
function pickWindow(words: number, random: () => number): { from: number; to: number } {
  if (words <= 2 || random() < 0.4) return { from: 0, to: words };
  const size = Math.min(words, 1 + Math.floor(random() * 8));
  const from = random() < 0.6 ? 0 : Math.floor(random() * (words - size + 1));
  return { from, to: from + size };
}

interface Passes {
  readonly lanes: number;
  readonly bits: number;
  readonly epochs: number;
  readonly random: () => number;
}

/** Trains one member and adds its averaged weights and bias to `total`. */
function trainMember(
  documents: readonly Document[],
  member: LanguageMember,
  { lanes, bits, epochs, random }: Passes,
  shares: Float64Array,
  total: { weights: Float32Array; bias: Float64Array },
  onEpoch: (epoch: number, loss: number) => void,
): void {
  const weights = new Float32Array(2 ** bits * lanes);
  const squares = new Float32Array(weights.length);
  const bias = new Float64Array(lanes);
  const scores = new Float64Array(lanes);
  const active = new Int32Array(lanes);
  const order = Int32Array.from(documents.keys());
  const picked = new Int32Array(documents.reduce((most, { features }) => Math.max(most, features.length), 0));
  const averaged = Math.max(1, Math.round(epochs * 0.7));
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    let loss = 0;
    for (const index of order) {
      const { features, words, lane } = documents[index]!;
      const window = pickWindow(words.length - 1, random);
      const to = words[window.to]!;
      let count = 0;
      for (let i = words[window.from]!; i < to; i += 1) {
        if (member.dropout === 0 || random() >= member.dropout) picked[count++] = features[i]! * lanes;
      }
      if (count === 0) continue;
      const scale = 1 / Math.sqrt(count);
      scores.fill(0);
      for (let i = 0; i < count; i += 1) {
        const row = picked[i]!;
        for (let c = 0; c < lanes; c += 1) scores[c]! += weights[row + c]!;
      }
      loss -= Math.log(Math.max(1e-9, softmax(scores, scale, bias, lane)));
      let actives = 0;
      for (let c = 0; c < lanes; c += 1) {
        const error = (scores[c]! - (c === lane ? 1 : 0)) * shares[lane]!;
        bias[c]! -= 0.01 * error;
        if (Math.abs(error) < 1e-3) continue;
        scores[c] = error * scale;
        active[actives++] = c;
      }
      for (let i = 0; i < count; i += 1) {
        const row = picked[i]!;
        for (let a = 0; a < actives; a += 1) {
          const at = row + active[a]!;
          const gradient = scores[active[a]!]!;
          squares[at]! += gradient * gradient;
          weights[at]! -= (member.rate * gradient) / (Math.sqrt(squares[at]!) + 1e-3);
        }
      }
    }
    if (epoch >= epochs - averaged) {
      for (let i = 0; i < weights.length; i += 1) total.weights[i]! += weights[i]! / averaged;
    }
    onEpoch(epoch, loss / documents.length);
  }
  for (let c = 0; c < lanes; c += 1) total.bias[c]! += bias[c]!;
}

/** Turns summed `scores` into probabilities in place and returns that of `lane`. */
function softmax(scores: Float64Array, scale: number, bias: Float64Array, lane: number): number {
  let most = -Infinity;
  for (let c = 0; c < scores.length; c += 1) {
    scores[c] = scores[c]! * scale + bias[c]!;
    if (scores[c]! > most) most = scores[c]!;
  }
  let total = 0;
  for (let c = 0; c < scores.length; c += 1) {
    scores[c] = Math.exp(scores[c]! - most);
    total += scores[c]!;
  }
  for (let c = 0; c < scores.length; c += 1) scores[c]! /= total;
  return scores[lane]!;
}

/** Eight-bit weights; a bucket's mean over the languages says nothing and is taken out first. */
function quantise(weights: Float32Array, lanes: number): { weights: Int8Array; step: number } {
  for (let row = 0; row < weights.length; row += lanes) {
    let mean = 0;
    for (let c = 0; c < lanes; c += 1) mean += weights[row + c]! / lanes;
    for (let c = 0; c < lanes; c += 1) weights[row + c]! -= mean;
  }
  // The few weights above the step's reach are cut off: finer steps for all others are worth more.
  const sizes = weights
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort();
  const step = (sizes[Math.floor(sizes.length * 0.9995)] ?? 1) / 127;
  const quantised = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i += 1) {
    quantised[i] = Math.max(-127, Math.min(127, Math.round(weights[i]! / step)));
  }
  return { weights: quantised, step };
}
