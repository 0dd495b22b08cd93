import { createCipheriv } from 'node:crypto';
import type { Fingerprint } from '../core/narrative.js';
import {
  CLAIM_TERM,
  LINK_TERM,
  MOST_TERMS,
  NUMBER_TERM,
  SIGNATURE_WORDS,
  TERMS_AT,
  WORD_TERM,
} from '../core/print.js';
import type { Sealer } from './seal.js';

/** Writes fingerprints into rows so that nothing in them can be read back, or guessed, without the installation's secret. */
export interface PrintKey {
  /** Writes signature and terms of a row at `at`; false for a fingerprint that is none. */
  write(fingerprint: Fingerprint, words: Uint32Array, at: number): boolean;
  /** The keyed hash of a text of this kind, remembered as terms are; never 0. */
  named(kind: string, text: string): number;
  /** The same of a post's id, which is not remembered. */
  idOf(id: string): number;
  /** What a hash stands for, where it was among the latest some ten thousand. */
  text(hash: number): string | undefined;
  /** Remembers these hashes no longer. */
  forget(hashes: Iterable<number>): void;
}

const BINS = SIGNATURE_WORDS * 4;
const HALF = 1 << 15;
const ROUNDS = 4;
/** Terms remembered; their texts are in memory only. */
const REMEMBERED = 60_000;
const LATEST = 1 << 14;
/** Words of a row of the latest: root, whole, sealed; four, so that a row lies in one line of the processor's memory. */
const LATEST_ROW = 4;
const SIGNATURE_BYTES = SIGNATURE_WORDS * 4;
const SIGNATURE_LETTERS = Math.ceil(SIGNATURE_BYTES / 3) * 4;
/** Letters of base64 by their codes; above 63 what is none. */
const LETTERS = new Uint8Array(128).fill(255);
for (const [value, letter] of [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
  LETTERS[letter.charCodeAt(0)] = value;
const NEW_LINE = 10;
const EQUALS = 61;
const FNV_SEED = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Signatures: each bin's byte goes through a permutation of its own. Terms: hashes go through a Feistel network of four
 * rounds (Luby and Rackoff 1988). Both from tables that AES makes of the secret: equal stays equal, and nothing more.
 */
export function createPrintKey(sealer: Pick<Sealer, 'digest'>): PrintKey {
  let tables: Tables | undefined;

  /** A keyed permutation of the upper 30 bits; the lower two say what the term is. */
  const sealed = ({ rounds }: Tables, hash: number, kind: number): number => {
    let left = hash >>> 17;
    let right = (hash >>> 2) & (HALF - 1);
    for (const round of rounds) {
      const next = left ^ (round[right]! & (HALF - 1));
      left = right;
      right = next;
    }
    const result = (((left << 15) | right) << 2) | kind;
    return result === 0 ? 4 : result >>> 0;
  };

  let recent = new Map<number, string>();
  let older = new Map<number, string>();
  /**
   * The latest as they were remembered: hash of the root, hash of the whole, and what the root's is sealed to, so that common
   * words cost next to nothing. What a hash is sealed to depends on it and the kind alone.
   */
  const latest = new Uint32Array(LATEST * LATEST_ROW);
  /** The keyed hash of a term, which is remembered. @param root hash of its root, @param whole of all of it */
  const sealTerm = (
    known: Tables,
    root: number,
    whole: number,
    kind: number,
    part: { readonly text: string; readonly start: number; readonly end: number },
  ): number => {
    const row = ((whole ^ (whole >>> 15)) & (LATEST - 1)) * LATEST_ROW;
    const before = latest[row + 2]!;
    const isLatest = latest[row] === root && latest[row + 1] === whole && before !== 0;
    if (isLatest && (before & 3) === kind) return before;
    const hash = sealed(known, spread(root), kind);
    latest[row] = root;
    latest[row + 1] = whole;
    latest[row + 2] = hash;
    remember(hash, part.text, part.start, part.end);
    return hash;
  };
  const remember = (hash: number, text: string, start: number, end: number): void => {
    const known = recent.get(hash);
    // Of the forms of a word the shortest stands for all, so that their order does not matter.
    if (known !== undefined) {
      if (end - start > known.length) return;
      const term = copyOf(text, start, end);
      if (term.length < known.length || term < known) recent.set(hash, term);
      return;
    }
    if (recent.size >= REMEMBERED) {
      older = recent;
      recent = new Map();
      latest.fill(0);
    }
    recent.set(hash, copyOf(text, start, end));
  };
  const bytes = new Uint8Array(SIGNATURE_BYTES);

  return {
    write({ signature, terms }, words, at) {
      if (!decode(signature, bytes)) return false;
      tables ??= makeTables(sealer);
      const { bins } = tables;
      for (let word = 0; word < SIGNATURE_WORDS; word += 1) {
        const bin = word * 4;
        words[at + word] =
          bins[bin * 256 + bytes[bin]!]! |
          (bins[(bin + 1) * 256 + bytes[bin + 1]!]! << 8) |
          (bins[(bin + 2) * 256 + bytes[bin + 2]!]! << 16) |
          (bins[(bin + 3) * 256 + bytes[bin + 3]!]! << 24);
      }
      let start = 0;
      for (let i = 0; i < MOST_TERMS; i += 1) {
        if (start >= terms.length) {
          words[at + TERMS_AT + i] = 0;
          continue;
        }
        const kind = kindOf(terms.charCodeAt(start));
        // A word goes by its root. Of an address, and of a fact-check that has one for its id, nothing is left out.
        let isBeforeRoot = kind === WORD_TERM || kind === NUMBER_TERM;
        let fromRoot = FNV_SEED;
        let whole = FNV_SEED;
        let end = start;
        for (; end < terms.length; end += 1) {
          const unit = terms.charCodeAt(end);
          if (unit === NEW_LINE) break;
          whole = Math.imul(whole ^ unit, FNV_PRIME);
          if (isBeforeRoot && unit === EQUALS) {
            fromRoot = FNV_SEED;
            isBeforeRoot = false;
          } else fromRoot = Math.imul(fromRoot ^ unit, FNV_PRIME);
        }
        const part = { text: terms, start, end };
        words[at + TERMS_AT + i] = sealTerm(tables, fromRoot >>> 0, whole >>> 0, kind, part);
        start = end + 1;
      }
      return true;
    },
    named(kind, text) {
      tables ??= makeTables(sealer);
      const hash = fnv(text, fnv(`${kind}\n`)) >>> 0;
      return sealTerm(tables, hash, hash, CLAIM_TERM, { text, start: 0, end: text.length });
    },
    idOf(id) {
      tables ??= makeTables(sealer);
      return sealed(tables, spread(fnv(id, OF_AN_ID)), CLAIM_TERM);
    },
    text: (hash) => recent.get(hash) ?? older.get(hash),
    forget(hashes) {
      let isAny = false;
      for (const hash of hashes) {
        isAny = true;
        recent.delete(hash);
        older.delete(hash);
      }
      // What comes again is remembered again.
      if (isAny) latest.fill(0);
    },
  };
}

interface Tables {
  readonly bins: Uint8Array;
  readonly rounds: readonly Uint16Array[];
}

/** Made when the first post comes: most commands land nothing. */
function makeTables(sealer: Pick<Sealer, 'digest'>): Tables {
  const stream = createCipheriv('aes-128-ctr', sealer.digest('fingerprints v1'), Buffer.alloc(16));
  const random = (bytes: number): Buffer => stream.update(Buffer.alloc(bytes));
  const bins = new Uint8Array(BINS * 256);
  for (let bin = 0; bin < BINS; bin += 1)
    permutation(bins.subarray(bin * 256, bin * 256 + 256), random(1024));
  const rounds = Array.from({ length: ROUNDS }, () => new Uint16Array(HALF));
  for (const round of rounds) {
    const bytes = random(HALF * 2);
    for (let i = 0; i < HALF; i += 1) round[i] = bytes.readUInt16LE(i * 2);
  }
  return { bins, rounds };
}

/** @param mark the first letter of a term */
function kindOf(mark: number): number {
  return mark === 35 ? NUMBER_TERM : mark === 126 ? LINK_TERM : mark === 33 ? CLAIM_TERM : WORD_TERM;
}

/** FNV-1a, going on from what came before. */
function fnv(text: string, before = FNV_SEED): number {
  let h = before;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), FNV_PRIME);
  return h;
}

const OF_AN_ID = fnv('id\n');

/** MurmurHash3's finaliser. */
function spread(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A part of a text that does not keep all of it in memory, as a slice does. */
function copyOf(text: string, start: number, end: number): string {
  const units: number[] = [];
  for (let i = start; i < end; i += 1) units.push(text.charCodeAt(i));
  return String.fromCharCode(...units);
}

/** Base64 of {@link SIGNATURE_BYTES} bytes; false of anything else. */
function decode(signature: string, bytes: Uint8Array): boolean {
  if (signature.length !== SIGNATURE_LETTERS) return false;
  let unknown = 0;
  let at = 0;
  for (let letter = 0; letter < SIGNATURE_LETTERS; letter += 4) {
    const isLast = letter + 4 === SIGNATURE_LETTERS;
    const [a, b] = [valueAt(signature, letter), valueAt(signature, letter + 1)];
    // 64 bytes are 21 times three and one.
    const c = isLast ? 0 : valueAt(signature, letter + 2);
    const d = isLast ? 0 : valueAt(signature, letter + 3);
    unknown |= a | b | c | d;
    bytes[at++] = (a << 2) | (b >>> 4);
    if (isLast) break;
    bytes[at++] = (b << 4) | (c >>> 2);
    bytes[at++] = (c << 6) | d;
  }
  return unknown < 64;
}

function valueAt(text: string, at: number): number {
  return LETTERS[text.charCodeAt(at)] ?? 255;
}

/** A random order of 0..255 (Fisher and Yates). */
function permutation(target: Uint8Array, random: Buffer): void {
  for (let i = 0; i < 256; i += 1) target[i] = i;
  for (let i = 255; i > 0; i -= 1) {
    const other = random.readUInt32LE(i * 4) % (i + 1);
    const value = target[i]!;
    target[i] = target[other]!;
    target[other] = value;
  }
}
