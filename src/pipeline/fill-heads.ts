/** Makes the heads of stories that were kept before there were heads, so that lists of them are as quick as of others. */
import type { HeadStore } from '../core/narrative-ports.js';
import type { StoryFacts } from '../narrative/facts.js';
import { headOf } from '../narrative/head.js';
import type { LandedWork } from './group-loop.js';

/** Stories at a time, and while nothing may be taken. */
const AT_ONCE = 20;
const MOST = 1_000;

/** Beside the landing, once: what is kept from then on is kept with its head. */
export function createHeadFiller(store: HeadStore): LandedWork {
  let isDone = false;
  return {
    take: () => false,
    *close(settled) {
      for (let filled = 0; settled && !isDone && filled < MOST; filled += AT_ONCE) {
        yield;
        const found = store.fillHeads(AT_ONCE, (facts) =>
          JSON.stringify(headOf(JSON.parse(facts) as StoryFacts)),
        );
        isDone = found < AT_ONCE;
      }
    },
    isBehind: () => !isDone,
  };
}
