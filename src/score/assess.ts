import type {
  Assessment,
  Category,
  CategoryScores,
  Context,
  DetectedLanguage,
  StepName,
  Versions,
} from '../core/assessment.js';
import { CONTEXTS } from '../core/assessment.js';
import type { ClaimMatch, Finding } from '../core/finding.js';
import type { Lexicon } from '../lexicon/compile.js';
import { createFinder, type Hit } from '../lexicon/find.js';
import { type Normalised, normalise, originalSpan } from '../text/normalise.js';
import { type Tokens, tokenise } from '../text/tokenise.js';
import { isAside } from './bearing.js';
import {
  categoriesOf,
  combine,
  FLAG_THRESHOLD,
  type Framing,
  flagsOf,
  type Heads,
  levelOf,
  scoreOf,
} from './combine.js';
import { type Attribution, MOST_ATTRIBUTED, modelFindings } from './model-evidence.js';
import type { Charge, Outcome } from './outcome.js';
import { RULES, RULES_VERSION } from './rules.js';
import { buildScene, type Scene } from './scene.js';
import { createSurvey } from './survey.js';

/** Texts beyond this many UTF-16 units are not assessed; the assessment is marked incomplete. */
export const MAX_ASSESSED_CHARS = 20_000;

/**
 * A harmless text that every assessor flags as `hate` at level `low`, so that the whole path from source to desk can
 * be proved alive without a hateful post. It is found as it stands, in any post, and means nothing in any language.
 */
export const PATH_TEST = 'RONDA-UJI-JALUR-7c41e09b';

/** Below this a finding of a strange word is not worth a person's time. */
const LEAST_FINDING = 0.05;
const MOST_FINDINGS = 50;

export interface AssessorParts {
  /** Scores from which a category is flagged, where they are to be above the usual one (combine.ts). */
  readonly thresholds?: Readonly<Partial<Record<Category, number>>>;
  readonly lexicon: Lexicon;
  readonly languageDetector?: { detect(n: Normalised): DetectedLanguage; readonly version: string };
  readonly classifier?: {
    predict(n: Normalised, tokens: Tokens, hits: readonly Hit[]): Heads;
    /** The tokens that speak most for a head, strongest first. */
    attribute?(
      n: Normalised,
      tokens: Tokens,
      hits: readonly Hit[],
      head: 'sara',
      most: number,
    ): readonly Attribution[];
    readonly version: string;
  };
  /** Finds the published fact-check that a post repeats; undefined where there is none near enough. */
  readonly claims?: { match(n: Normalised): ClaimMatch | undefined; readonly version: string };
}

export interface Assessor {
  /** Assesses a post's text. Never throws; a step that failed is named in `incomplete` and the rest goes on. */
  assess(text: string): Assessment;
  /** The text that was assessed last as it was read; undefined where it could not be. */
  lastRead(): AssessedReading | undefined;
  readonly versions: Versions;
}

/** A text as the assessment read it. */
export interface AssessedReading {
  readonly n: Normalised;
  readonly tokens: Tokens;
}

const UNDETERMINED: DetectedLanguage = { code: 'und', confidence: 0 };
const ZERO: CategoryScores = { hate: 0, sara: 0, incitement: 0, threat: 0, hoax: 0, abusive: 0 };

/** The one function from a post's text to its assessment, made ready with its data. */
export function createAssessor(parts: AssessorParts): Assessor {
  const { lexicon, languageDetector, classifier, claims } = parts;
  const versions: Versions = {
    rules: RULES_VERSION,
    lexicon: lexicon.version,
    model: classifier?.version ?? 'none',
    language: languageDetector?.version ?? 'none',
    ...(claims === undefined ? {} : { claims: claims.version }),
  };

  const { survey, interest } = createSurvey(lexicon);
  const find = createFinder(lexicon, interest);
  let last: (() => AssessedReading) | undefined;

  function assess(text: string): Assessment {
    last = undefined;
    if (text.length > MAX_ASSESSED_CHARS) return nothingFound(UNDETERMINED, ['length'], versions);
    const incomplete: StepName[] = [];
    const attempt = <T>(step: StepName, run: () => T): T | undefined => {
      try {
        return run();
      } catch {
        if (!incomplete.includes(step)) incomplete.push(step);
        return undefined;
      }
    };

    const n = attempt('normalise', () => normalise(text));
    if (n === undefined) return nothingFound(UNDETERMINED, ['normalise'], versions);
    const language =
      (languageDetector && attempt('language', () => languageDetector.detect(n))) ?? UNDETERMINED;
    let tokens: Tokens | undefined;
    const tokensOf = (): Tokens => {
      tokens ??= tokenise(n);
      return tokens;
    };
    const hits = attempt('lexicon', () => find(n, tokensOf())) ?? [];

    last = () => ({ n, tokens: tokensOf() });

    const charges: Charge[] = [];
    const contexts = new Set<Context>();
    const surveyed = survey(hits);
    let aside = false;
    if (surveyed.worthRules)
      attempt('rules', () => {
        const scene = judge(n, tokensOf(), hits, charges, contexts);
        aside = classifier !== undefined && surveyed.hints.saraNamed && isAside(scene);
      });
    if (surveyed.swearing) swear(hits, charges);
    if (surveyed.criticism) contexts.add('criticism');
    const heads = classifier && attempt('model', () => classifier.predict(n, tokensOf(), hits));
    const claim = claims && attempt('claims', () => claims.match(n));

    if (
      charges.length === 0 &&
      contexts.size === 0 &&
      !surveyed.markers &&
      !surveyed.hints.named &&
      !surveyed.hints.campNamed &&
      heads === undefined &&
      claim === undefined &&
      !text.includes(PATH_TEST)
    ) {
      return nothingFound(language, incomplete, versions);
    }

    const scores = combine(charges, surveyed.hints, heads, {
      framing: surveyed.condemned ? 'framed' : framingOf(contexts),
      aside,
      words: heads !== undefined && surveyed.hints.saraNamed ? wordsOf(n, tokensOf()) : 0,
    });
    // Most posts are charged with nothing, and have nothing to show.
    const findings = charges.length > 0 || surveyed.markers ? findingsOf(n, text, hits, charges) : [];
    if (scores.sara >= FLAG_THRESHOLD && !charges.some((charge) => categoriesOf(charge).includes('sara'))) {
      const spoken = attempt('model', () =>
        classifier?.attribute?.(n, tokensOf(), hits, 'sara', MOST_ATTRIBUTED),
      );
      if (spoken !== undefined) findings.unshift(...modelFindings(n, hits, spoken, scores.sara));
    }
    if (claim !== undefined) {
      if (claim.similarity >= FLAG_THRESHOLD) scores.hoax = Math.max(scores.hoax, claim.similarity);
      if (text.length > 0) findings.unshift(claimFinding(text, claim));
    }
    const pathTest = text.indexOf(PATH_TEST);
    if (pathTest >= 0) {
      scores.hate = Math.max(scores.hate, 0.5);
      findings.unshift(pathFinding(pathTest));
    }
    const flags = flagsOf(scores, parts.thresholds);
    return {
      language,
      categories: scores,
      flags,
      level: levelOf(scores, flags),
      score: scoreOf(scores),
      targets: charges.length > 0 ? targetsOf(charges) : [],
      findings,
      context: contexts.size > 0 ? CONTEXTS.filter((context) => contexts.has(context)) : [],
      incomplete,
      versions,
      ...(heads === undefined
        ? {}
        : { model: { hate: heads.hate, abusive: heads.abusive, sara: heads.sara } }),
    };
  }

  return { assess, lastRead: () => last?.(), versions };
}

/** Words that say something: mentions and addresses do not, nor what data sets write in their place. */
function wordsOf({ text }: Normalised, { count, start, end }: Tokens): number {
  let words = 0;
  for (let t = 0; t < count; t++) {
    const from = start[t]!;
    const placeholder =
      text.charCodeAt(from) === 64 ||
      (end[t]! - from <= 4 && (text.startsWith('user', from) || text.startsWith('url', from))) ||
      text.startsWith('http', from);
    if (!placeholder) words++;
  }
  return words;
}

function judge(
  n: Normalised,
  tokens: Tokens,
  hits: readonly Hit[],
  charges: Charge[],
  contexts: Set<Context>,
): Scene {
  const scene = buildScene(n, tokens, hits);
  for (const rule of RULES) {
    for (const outcome of rule.find(scene) as readonly Outcome[]) {
      if (outcome.type === 'charge') charges.push(outcome);
      else contexts.add(outcome.context);
    }
  }
  if (scene.quotes) contexts.add('quotation');
  if (n.text.includes('?')) contexts.add('question');
  return scene;
}

/** Swearing and insults, whomever they strike; they need no sentence. */
function swear(hits: readonly Hit[], charges: Charge[]): void {
  for (const { entry, start, end } of hits) {
    if (entry.kind !== 'insult' && entry.kind !== 'profanity') continue;
    charges.push({
      type: 'charge',
      rule: `abuse-${entry.kind}`,
      category: 'abusive',
      start,
      end,
      weight: entry.weight,
      reason: entry.kind === 'insult' ? 'abusive-word' : 'profane-word',
    });
  }
}

/** Whether something was said that a frame took back, or that others are told to have said. */
function framingOf(contexts: ReadonlySet<Context>): Framing {
  if (contexts.has('counter-speech') || contexts.has('negation') || contexts.has('quotation'))
    return 'framed';
  return contexts.has('reporting') ? 'reported' : 'open';
}

function findingsOf(
  n: Normalised,
  text: string,
  hits: readonly Hit[],
  charges: readonly Charge[],
): Finding[] {
  const findings: Finding[] = [];
  const strongest = [...charges].sort((a, b) => b.weight - a.weight || a.start - b.start);
  const seen = new Set<string>();
  for (const charge of strongest) {
    if (charge.weight < LEAST_FINDING || findings.length >= MOST_FINDINGS) break;
    const { start, end } = originalSpan(n, charge.start, charge.end);
    const key = `${charge.category} ${start} ${end}`;
    if (start >= end || seen.has(key)) continue;
    seen.add(key);
    findings.push({
      rule: charge.rule,
      category: primaryOf(charge),
      start,
      end,
      text: text.slice(start, end),
      weight: charge.weight,
      reason: charge.reason,
      params: {
        evidence: text.slice(start, end),
        ...(charge.against === undefined ? {} : { group: groupName(n, text, charge) }),
      },
    });
  }
  for (const hit of hits) {
    if (hit.entry.kind !== 'hoax-marker' || findings.length >= MOST_FINDINGS) continue;
    const { start, end } = originalSpan(n, hit.start, hit.end);
    if (start >= end) continue;
    findings.push({
      rule: hit.entry.id,
      category: 'hoax-marker',
      start,
      end,
      text: text.slice(start, end),
      weight: Math.min(0.3, hit.entry.weight),
      reason: 'hoax-marker',
      params: { evidence: text.slice(start, end) },
    });
  }
  return findings;
}

/** A charge of hate on a SARA ground is shown as SARA, which says more. */
function primaryOf(charge: Charge): Category {
  return charge.category === 'hate' && categoriesOf(charge).includes('sara') ? 'sara' : charge.category;
}

function groupName(n: Normalised, text: string, charge: Charge): string {
  const span = originalSpan(n, charge.against!.start, charge.against!.end);
  return text.slice(span.start, span.end);
}

function targetsOf(charges: readonly Charge[]): string[] {
  const targets = new Set<string>();
  for (const charge of charges) {
    const target = charge.against?.entry.target;
    if (target !== undefined) targets.add(target);
  }
  return [...targets];
}

/** From the threshold on the post spreads the claim; below it, it resembles it, and the word hoax is not used. */
function claimFinding(text: string, claim: ClaimMatch): Finding {
  const spreads = claim.similarity >= FLAG_THRESHOLD;
  return {
    rule: spreads ? 'claim-match' : 'claim-near',
    category: spreads ? 'hoax' : 'context',
    start: 0,
    end: text.length,
    text,
    weight: claim.similarity,
    reason: spreads ? 'claim-match' : 'claim-near',
    params: { title: claim.title, publisher: claim.publisher, date: claim.date },
    claim,
  };
}

function pathFinding(start: number): Finding {
  return {
    rule: 'path-test',
    category: 'hate',
    start,
    end: start + PATH_TEST.length,
    text: PATH_TEST,
    weight: 0.5,
    reason: 'path-test',
    params: { evidence: PATH_TEST },
  };
}

/** The assessment of a text in which nothing was found, by the steps that are not named in `incomplete`. */
function nothingFound(language: DetectedLanguage, incomplete: StepName[], versions: Versions): Assessment {
  return {
    language,
    categories: ZERO,
    flags: [],
    level: 'none',
    score: 0,
    targets: [],
    findings: [],
    context: [],
    incomplete,
    versions,
  };
}
