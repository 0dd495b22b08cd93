import type { Claim } from '../core/claim.js';
import { normalise } from '../text/normalise.js';
import { stem } from '../text/stem.js';
import { FRAME_WORDS, PLACES } from './related.js';
import { MONTHS, scanTerms } from './terms.js';
import { Vocabulary } from './vocabulary.js';

/** A title, or the claim in its own words: what posts are compared with. Arrays in step, a term of the text each. */
export interface View {
  /** Place of the claim in the index. */
  readonly claim: number;
  /** Terms in the order of the text. */
  readonly sequence: Int32Array;
  /** The same, each once. */
  readonly terms: Int32Array;
  /** Weight of all its terms. */
  readonly total: number;
}

/** What kind of term it is, as far as matching cares. */
export const PLAIN = 0;
export const FRAME = 1;
export const NUMBER = 2;
export const PLACE = 3;

/** Fact-checks made ready to be found. */
export interface ClaimsIndex {
  readonly claims: readonly Claim[];
  readonly views: readonly View[];
  readonly vocabulary: Vocabulary;
  /** By term: 0 to about 1, rare terms weighing more. */
  readonly weights: Float64Array;
  /** By term: part of the views that have it. */
  readonly shares: Float64Array;
  readonly kinds: Uint8Array;
  /** The views that have a term, term after term; those of a term end where `postingEnds` says. */
  readonly postings: Int32Array;
  readonly postingEnds: Int32Array;
  /** Hash of the claims: the same claims in the same order have the same. */
  readonly version: string;
}

/** A claim in its own words that is longer than this is compared by its beginning. */
const MAX_VIEW_TERMS = 60;

/** A term in more than this part of the titles is not looked up, only compared. */
const MOST_SHARED = 0.2;
/** In a smaller index words are no commoner than in one of this size: of two titles, each word would be in half. */
const LEAST_SIZE = 400;

const FRAME_PART = 0.15;
const MONTH_PART = 0.4;
const YEAR_PART = 0.3;
const NUMBER_PART = 0.7;
const YEARS = { from: 2015, to: 2040 };

/** Frames that publishers put before a title or behind it. */
const FRAMES = [
  /^\s*[[(](salah|hoaks|hoax|disinformasi|misinformasi|keliru|menyesatkan|klarifikasi|benar|fakta|satire|sesat|berita)[^\])]*[\])]/i,
  /^\s*(cek fakta|fact check|hoaks|hoax|salah|keliru|sebagian benar|menyesatkan|disinformasi|misinformasi|klarifikasi)\s*[:!|\-–]+/i,
  /^\s*[:\-–]+/,
] as const;

/** A title without the publisher's frame: `[SALAH] X` and `Cek Fakta: X` are X. */
export function bareTitle(title: string): string {
  let bare = title;
  for (let round = 0; round < 3; round++) {
    const before = bare;
    for (const frame of FRAMES) bare = bare.replace(frame, '');
    if (bare === before) break;
  }
  return bare.trim() === '' ? title : bare.trim();
}

/** Makes fact-checks ready to be found. Pure: the same claims give the same index. */
export function indexClaims(claims: readonly Claim[]): ClaimsIndex {
  const ids = new Map<string, number>();
  const surfaces = new Map<string, string>();
  const kinds: number[] = [];
  const idOf = (key: string, kind: number): number => {
    let id = ids.get(key);
    if (id === undefined) {
      id = ids.size;
      ids.set(key, id);
      kinds.push(kind);
    }
    return id;
  };

  const sequences: { claim: number; sequence: number[] }[] = [];
  claims.forEach((claim, place) => {
    const texts = [bareTitle(claim.title)];
    if (claim.claim !== undefined && claim.claim.trim() !== '' && claim.claim !== claim.title)
      texts.push(claim.claim);
    for (const text of texts) {
      const canonical = normalise(text).text;
      const sequence: number[] = [];
      scanTerms(canonical, {
        word(start, end) {
          const surface = canonical.slice(start, end);
          const key = stem(surface);
          surfaces.set(surface, key);
          sequence.push(idOf(key, kindOf(surface, key)));
        },
        key: (key) => void sequence.push(idOf(key, NUMBER)),
      });
      if (sequence.length > 0) sequences.push({ claim: place, sequence: sequence.slice(0, MAX_VIEW_TERMS) });
    }
  });

  const lists: number[][] = Array.from(ids, () => []);
  const uniques = sequences.map(({ sequence }) => [...new Set(sequence)]);
  uniques.forEach((terms, view) => {
    for (const term of terms) lists[term]!.push(view);
  });
  const count = Math.max(LEAST_SIZE, sequences.length);
  const weights = new Float64Array(ids.size);
  const shares = new Float64Array(ids.size);
  let id = 0;
  for (const key of ids.keys()) {
    const found = lists[id]!.length;
    shares[id] = (found + 0.5) / count;
    weights[id] = rarity(count, found) * partOf(key, kinds[id]!);
    id++;
  }
  const searched = Uint8Array.from(kinds, (kind, term) =>
    kind === FRAME || shares[term]! > MOST_SHARED ? 0 : 1,
  );
  const views = sequences.map(({ claim, sequence }, view) => ({
    claim,
    sequence: Int32Array.from(sequence),
    terms: Int32Array.from(uniques[view]!),
    total: uniques[view]!.reduce((sum, term) => sum + weights[term]!, 0),
  }));
  return {
    claims,
    views,
    vocabulary: new Vocabulary({ terms: ids, surfaces, weights, searched, strange: rarity(count, 0) }),
    weights,
    shares,
    kinds: Uint8Array.from(kinds),
    postings: Int32Array.from(lists.flat()),
    postingEnds: endsOf(lists),
    version: versionOf(claims),
  };
}

function endsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  let end = 0;
  return Int32Array.from(lists, (list) => {
    end += list.length;
    return end;
  });
}

/** About 1 for a term of one view, less for commoner ones. */
function rarity(views: number, found: number): number {
  return (Math.log(1 + views / (found + 0.5)) / Math.log(1 + views / 1.5)) ** 1.5;
}

function kindOf(surface: string, key: string): number {
  if (FRAME_WORDS.has(surface) || FRAME_WORDS.has(key)) return FRAME;
  return PLACES.has(surface) || PLACES.has(key) ? PLACE : PLAIN;
}

const MONTH_WORDS: ReadonlySet<string> = new Set(MONTHS.flat());

function partOf(key: string, kind: number): number {
  if (kind === FRAME) return FRAME_PART;
  if (MONTH_WORDS.has(key)) return MONTH_PART;
  if (kind !== NUMBER) return 1;
  const value = key.startsWith('#') ? Number(key.slice(1)) : Number.NaN;
  return value >= YEARS.from && value <= YEARS.to ? YEAR_PART : NUMBER_PART;
}

/** FNV-1a over the fields, twice with other beginnings: twelve hexadecimal digits. */
function versionOf(claims: readonly Claim[]): string {
  let [one, two] = [0x811c9dc5, 0x1b873593];
  for (const { id, title, claim = '', verdict = '', publisher, date, url } of claims) {
    const text = [id, title, claim, verdict, publisher, date, url].join('\u001f');
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 30;
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two ^ code, 0x01000193) ^ (two >>> 13);
    }
  }
  const hex = (hash: number): string => (hash >>> 0).toString(16).padStart(8, '0');
  return (hex(one) + hex(two)).slice(0, 12);
}
