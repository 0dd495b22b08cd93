import { francAll } from 'franc';
import type { DetectedLanguage } from '../core/assessment.js';
import { createGramTable, MAX_LANES, packPairs, pairsFor, unpackPairs } from './gram-table.js';
import { createFoldedWords, foldWords, MAX_WORDS, TRIGRAMS } from './language-features.js';
import { type LanguageModel, lanesOf } from './language-model.js';
import { MOST_WORD_IDS, NO_ID, WordIds } from './word-ids.js';

/** Tells the language of posts. One owner at a time: it keeps its buffers between calls. */
export interface LanguageDetector {
  /** Reads the ORIGINAL text, since the canonical one has lost what tells the languages apart. */
  detect(post: { readonly original: string }): DetectedLanguage;
  /** The model's version. */
  readonly version: string;
}

/** Latin letters below which nothing is said. */
const MIN_LETTERS = 3;
/** Confidence below which nothing is said. */
const MIN_CONFIDENCE = 0.2;

/** Characters handed to franc, whose time grows with the text. */
const FRANC_CHARACTERS = 200;
/** Latin letters below which franc guesses rather than knows. */
const FRANC_MIN_LETTERS = 28;
/** Mean familiarity of a text's trigrams below which it may be in a language that the model does not hold. */
const STRANGE = 9.1;
/** The same where the model is not confident either. */
const DOUBTFUL = 10.1;
const DOUBTFUL_CONFIDENCE = 0.7;
/** Share of marked letters (ñ, ß, ő) from which a text may be in such a language. */
const MARKED_SHARE = 0.02;
const MARKED_CONFIDENCE = 0.98;
/** franc's score, as a share of its best, from which a widely spoken language is preferred. */
const FRANC_CLOSE = 0.86;
/** Codes of franc under which it keeps languages that go by another one here. */
const FRANC_ALIASES: Readonly<Record<string, string>> = { zlm: 'zsm', cmn: 'zho', arb: 'ara' };
/** Languages likely to be met; franc alone too often names one of its rarest. */
const WIDELY_SPOKEN: ReadonlySet<string> = new Set(
  'eng spa por fra deu nld ita rus ukr pol tur vie tgl ceb swh som ron swe dan hun ces fin ara pes urd hin'.split(
    ' ',
  ),
);

/** Lead (in log odds) of the best language from which its words are not asked one by one: they would not overturn it. */
const CLOSE = 6;

/** Words in one window of the search for a second language, and how far it moves. */
const WINDOW_STEP = 3;
const WINDOW_WORDS = 2 * WINDOW_STEP;
/** How far (in log odds) a window must lean to another language to count for it. */
const WINDOW_MARGIN = 4;
/** Share of the windows that a second language must fill. */
const WINDOW_SHARE = 0.25;

/** A text's words are summed by so many, which two by two are the windows. */
const CHUNK_WORDS = WINDOW_STEP;

const UNDETERMINED: DetectedLanguage = { code: 'und', confidence: 0 };

/** A detector over a trained model; franc answers for other scripts and for languages outside the model. */
export function createLanguageDetector(model: LanguageModel): LanguageDetector {
  const { languages, bias, step, temperature, border, common } = model;
  const lanes = languages.length;
  const summed = lanesOf(model);
  const [first, second] = (border?.between ?? []).map((code) => languages.indexOf(code));
  const wordsAgain = (border?.words ?? 1) - 1;
  const commonLanes = (common?.languages ?? []).map((code) => languages.indexOf(code));
  const isCommon = Uint8Array.from(languages, (_, lane) => (commonLanes.includes(lane) ? 1 : 0));
  const folded = createFoldedWords();
  const familiar = model.weights.subarray(2 ** model.bits * summed);
  const table = createGramTable(model.weights, model.bits, summed);
  /**
   * What is added up of words: the lanes' sums, the number of features, and how common the trigrams were in training.
   * As pairs (gram-table.ts), a row for each word by its id (2 MB), and one for each chunk of the text.
   */
  const features = summed;
  const familiarity = summed + 1;
  const width = pairsFor(summed + 2);
  const ids = new WordIds();
  const rows = new Float64Array(MOST_WORD_IDS * width);
  const isKnown = new Uint8Array(MOST_WORD_IDS);
  let era = 0;
  const numbers = new Int32Array(MAX_LANES + 2);
  const chunks = new Float64Array(Math.ceil(MAX_WORDS / CHUNK_WORDS) * width);
  const total = new Float64Array(width);
  const totals = new Int32Array(MAX_LANES + 2);
  const odds = new Float64Array(lanes);
  const windowsOf = new Int32Array(lanes);
  const telling = new Float64Array(lanes);
  const idOfWord = new Int32Array(MAX_WORDS);

  /** Trigrams of the text's words. */
  let trigrams = 0;
  /** What the border says of the words weighed last: above 0 they are in its second language. */
  let lean = 0;

  /** Works out the row of the word `w` with this id. */
  function fill(id: number, w: number): void {
    const { codes, start, end } = folded;
    const count = table.sum(codes, start[w]!, end[w]!);
    numbers.set(table.sums);
    if (wordsAgain > 0) numbers[lanes]! += wordsAgain * table.wholeWord(lanes);
    numbers[features] = count;
    numbers[familiarity] = familiarityOf(familiar, codes, start[w]!, end[w]!);
    packPairs(numbers, summed + 2, rows, id * width);
    if (id !== NO_ID) isKnown[id] = 1;
  }

  function sumWords(): void {
    const { first, second, start, end, count } = folded;
    ids.beginText();
    if (ids.era !== era) {
      isKnown.fill(0);
      era = ids.era;
    }
    trigrams = 0;
    let chunk = 0;
    for (let word = 0; word < count; word += CHUNK_WORDS) {
      const to = Math.min(count, word + CHUNK_WORDS);
      for (let w = word; w < to; w += 1) {
        const id = ids.idOf(first[w]!, second[w]!);
        if (isKnown[id] === 0) fill(id, w);
        idOfWord[w] = id;
        const row = id * width;
        if (w === word) for (let i = 0; i < width; i += 1) chunks[chunk + i] = rows[row + i]!;
        else for (let i = 0; i < width; i += 1) chunks[chunk + i]! += rows[row + i]!;
        trigrams += end[w]! - start[w]!;
      }
      chunk += width;
    }
  }

  /**
   * Fills `odds` with the log odds of each language for the chunks `from`..`to` and returns the best lane.
   * @param isPost whether the text bears signs of a post
   */
  function weigh(from: number, to: number, isPost: boolean): number {
    for (let i = 0; i < width; i += 1) total[i] = 0;
    for (let row = from * width; row < to * width; row += width) {
      for (let i = 0; i < width; i += 1) total[i]! += chunks[row + i]!;
    }
    unpackPairs(total, 0, summed + 2, totals);
    const length = Math.sqrt(totals[features]!);
    const scale = step / length;
    for (let c = 0; c < lanes; c += 1) odds[c] = (totals[c]! * scale + bias[c]!) / temperature;
    if (isPost && common !== undefined) {
      for (const lane of commonLanes) odds[lane]! += common.inPosts / temperature;
    }
    if (border !== undefined) {
      // The likelier of the two stands against the others for both; the border says which of them it is.
      lean = (totals[lanes]! * border.step) / length + border.bias;
      const either = Math.max(odds[first!]!, odds[second!]!);
      odds[first!] = lean > 0 ? either - lean : either;
      odds[second!] = lean > 0 ? either : either + lean;
    }
    return bestLane();
  }

  function bestLane(): number {
    let best = 0;
    for (let c = 1; c < lanes; c += 1) if (odds[c]! > odds[best]!) best = c;
    return best;
  }

  /** Adds to `odds` what the most telling word says for each language that is not common; returns the best lane. */
  function hearTellingWords(best: number): number {
    if (common === undefined || folded.count === 1 || !isClose(best)) return best;
    telling.fill(-Infinity);
    for (let w = 0; w < folded.count; w += 1) {
      const id = idOfWord[w]!;
      if (id === NO_ID) fill(id, w);
      unpackPairs(rows, id * width, summed + 2, totals);
      let either = -Infinity;
      for (const lane of commonLanes) if (totals[lane]! > either) either = totals[lane]!;
      const scale = 1 / Math.sqrt(totals[features]!);
      for (let c = 0; c < lanes; c += 1) {
        const says = (totals[c]! - either) * scale;
        if (says > telling[c]!) telling[c] = says;
      }
    }
    // The fewer words there are, the more of what the one says is in the sum already.
    const share = ((common.telling * step) / temperature) * (1 - 1 / folded.count);
    for (let c = 0; c < lanes; c += 1) if (isCommon[c] === 0) odds[c]! += telling[c]! * share;
    return bestLane();
  }

  /** Whether another language comes near to the best one; the common ones are told apart by the border alone. */
  function isClose(best: number): boolean {
    for (let c = 0; c < lanes; c += 1) {
      if (c === best || (isCommon[c] === 1 && isCommon[best] === 1)) continue;
      if (odds[best]! - odds[c]! < CLOSE) return true;
    }
    return false;
  }

  function confidenceOf(lane: number): number {
    let total = 0;
    for (let c = 0; c < lanes; c += 1) total += Math.exp(odds[c]! - odds[lane]!);
    return 1 / total;
  }

  /**
   * Further languages that fill whole windows of the text, strongest first. A window is too short for the border, which is
   * asked about all that are on either side of it together.
   */
  function further(main: number): readonly string[] | undefined {
    const words = folded.count;
    if (words < WINDOW_WORDS + WINDOW_STEP) return undefined;
    windowsOf.fill(0);
    let windows = 0;
    let others = 0;
    let leaning = 0;
    for (let from = 0; from + WINDOW_WORDS <= words; from += WINDOW_STEP) {
      windows += 1;
      const chunk = from / CHUNK_WORDS;
      const best = weigh(chunk, chunk + 2, false);
      const atBorder = best === first || best === second;
      if (best === main || (atBorder && (main === first || main === second))) continue;
      if (odds[best]! - odds[main]! < WINDOW_MARGIN) continue;
      if (atBorder) leaning += lean - border!.bias;
      windowsOf[atBorder ? first! : best]! += 1;
      others += 1;
    }
    const enough = Math.max(1, windows * WINDOW_SHARE);
    if (others < enough) return undefined;
    const found = [...windowsOf.keys()].filter((lane) => windowsOf[lane]! >= enough);
    if (found.length === 0) return undefined;
    // Their evidence adds up, what it is weighed against does not.
    const isSecond = border !== undefined && leaning / Math.sqrt(windowsOf[first!]!) + border.bias > 0;
    const ranked = found.sort((a, b) => windowsOf[b]! - windowsOf[a]!);
    return ranked.map((lane) => languages[lane === first && isSecond ? second! : lane]!);
  }

  /** @param common sum over the text's words of how common their trigrams were in training */
  function looksStrange(confidence: number, common: number): boolean {
    if (folded.latin < FRANC_MIN_LETTERS) return false;
    return (
      common < STRANGE * trigrams ||
      (confidence < DOUBTFUL_CONFIDENCE && common < DOUBTFUL * trigrams) ||
      (confidence < MARKED_CONFIDENCE && folded.marked > folded.latin * MARKED_SHARE)
    );
  }

  function detect({ original }: { readonly original: string }): DetectedLanguage {
    foldWords(original, folded);
    if (folded.foreign > folded.latin) return detectForeign(original, folded.foreign);
    if (folded.latin < MIN_LETTERS || folded.count === 0) return UNDETERMINED;
    sumWords();
    const first = weigh(0, Math.ceil(folded.count / CHUNK_WORDS), folded.signs > 0);
    const familiarSum = totals[familiarity]!;
    const main = hearTellingWords(first);
    const confidence = confidenceOf(main);
    if (looksStrange(confidence, familiarSum)) {
      const other = detectOther(original, languages);
      if (other !== undefined) return other;
    }
    if (confidence < MIN_CONFIDENCE) return UNDETERMINED;
    const mixed = further(main);
    const code = languages[main]!;
    return mixed === undefined ? { code, confidence } : { code, confidence, mixed };
  }

  return { detect, version: model.version };
}

/** Sum over the word's trigrams of how common they were in training. */
function familiarityOf(familiar: Int8Array, codes: Uint8Array, start: number, end: number): number {
  let gram = 0;
  let sum = 0;
  for (let i = start; i <= end; i += 1) {
    gram = ((gram << 5) | (i < end ? codes[i]! : 0)) & (TRIGRAMS - 1);
    if (i > start) sum += familiar[gram]!;
  }
  return sum;
}

/** franc's answer, a widely spoken language preferred where several come close. */
function askFranc(original: string, minLength: number): string {
  const close = closeInFranc(original, minLength);
  return close.find((code) => WIDELY_SPOKEN.has(code)) ?? close[0] ?? 'und';
}

/** The languages that franc finds about equally likely, best first. */
function closeInFranc(original: string, minLength: number): readonly string[] {
  const ranked = francAll(original.slice(0, FRANC_CHARACTERS), { minLength });
  const close = ranked.filter(([, score]) => score >= FRANC_CLOSE);
  return close.map(([code]) => FRANC_ALIASES[code] ?? code);
}

function detectForeign(original: string, letters: number): DetectedLanguage {
  const code = askFranc(original, 2);
  return code === 'und' ? UNDETERMINED : { code, confidence: Math.min(0.95, 0.4 + letters / 100) };
}

/** The language of Latin text that looks like none of `languages`; undefined when franc thinks one possible. */
function detectOther(original: string, languages: readonly string[]): DetectedLanguage | undefined {
  const close = closeInFranc(original, FRANC_MIN_LETTERS);
  if (close.some((code) => languages.includes(code))) return undefined;
  const code = close.find((candidate) => WIDELY_SPOKEN.has(candidate));
  return code === undefined ? undefined : { code, confidence: 0.5 };
}
