import type { Agent } from './clause.js';
import type { Holder } from './scene.js';

/** Not found out yet. */
export const UNKNOWN = -2;
export const NO = 0;
export const YES = 1;

/**
 * What rules found out of single tokens, marks and sentences of one scene. Answers depend on the scene alone, and
 * without them a post of nothing but names and bad words would be searched anew for each.
 */
export class Memo {
  /** Per mark. */
  readonly agents: (Agent | undefined)[] = [];
  /** Per token: the holder there; null for nobody. */
  readonly holders: (Holder | null | undefined)[] = [];
  /** Per token: the nearest at or before it that holds somebody; -1 for none. */
  held = new Int32Array(0);
  /** Per token: index of the mark of the group that can fill a construction's slot; -1 for none. */
  groups = new Int32Array(0);
  /** Per token: {@link YES} where it is what others act upon. */
  objects = new Int8Array(0);
  /** Per sentence: {@link YES} where it holds such violence, and where it calls for fire. */
  violent = new Int8Array(0);
  fiery = new Int8Array(0);
  /** Per sentence: first token of somebody spoken to or of; -1 for none. */
  addressees = new Int32Array(0);
  /** What stands outside quotation marks; undefined until asked for. */
  outside: { readonly words: number; readonly judged: boolean; readonly endorsed: boolean } | undefined;

  /** Forgets everything, and makes room for so many tokens, marks and sentences. */
  clear(tokens: number, marks: number, sentences: number): void {
    if (tokens > this.held.length) {
      this.held = new Int32Array(tokens * 2);
      this.groups = new Int32Array(tokens * 2);
      this.objects = new Int8Array(tokens * 2);
      this.violent = new Int8Array(tokens * 2);
      this.fiery = new Int8Array(tokens * 2);
      this.addressees = new Int32Array(tokens * 2);
    }
    for (let t = 0; t < tokens; t++) {
      this.holders[t] = undefined;
      this.held[t] = UNKNOWN;
      this.groups[t] = UNKNOWN;
      this.objects[t] = UNKNOWN;
    }
    for (let i = 0; i < marks; i++) this.agents[i] = undefined;
    for (let s = 0; s < sentences; s++) {
      this.violent[s] = UNKNOWN;
      this.fiery[s] = UNKNOWN;
      this.addressees[s] = UNKNOWN;
    }
    this.outside = undefined;
  }
}
