import { AUTHOR_AT, LINK_TERM, MOST_TERMS, TERMS_AT, TIME_AT } from '../core/print.js';

/** The latest posts of a story, for coordination.ts; never on the disk. */
export interface Sample {
  readonly at: number[];
  readonly authors: number[];
  readonly wordings: number[];
  readonly links: number[];
}

const MOST_SAMPLE = 500;

export function newSample(): Sample {
  return { at: [], authors: [], wordings: [], links: [] };
}

export function addToSample(sample: Sample, words: Uint32Array, at: number, wording: number): void {
  if (sample.at.length >= MOST_SAMPLE) for (const list of Object.values(sample) as number[][]) list.shift();
  sample.at.push(words[at + TIME_AT]!);
  sample.authors.push(words[at + AUTHOR_AT]!);
  sample.wordings.push(wording);
  let link = 0;
  for (let i = 0; i < MOST_TERMS && link === 0; i++) {
    const term = words[at + TERMS_AT + i]!;
    if (term !== 0 && (term & 3) === LINK_TERM) link = term;
  }
  sample.links.push(link);
}
