import type { Outcome } from './outcome.js';
import { arson } from './rules/arson.js';
import { attack } from './rules/attack.js';
import { call } from './rules/call.js';
import { construction } from './rules/construction.js';
import { denial } from './rules/denial.js';
import { hatred } from './rules/hatred.js';
import { killing } from './rules/killing.js';
import { menace } from './rules/menace.js';
import { slur } from './rules/slur.js';
import { wish } from './rules/wish.js';
import type { Scene } from './scene.js';

/** A rule: a pure function over the analysed post. */
export interface Rule {
  readonly name: string;
  readonly find: (scene: Scene) => readonly Outcome[];
}

/**
 * Every rule that reads sentences, in the order in which they are asked. No rule looks at which group is named.
 * Swearing and criticism need no sentence and are taken from the hits (assess.ts, survey.ts).
 */
export const RULES: readonly Rule[] = [
  { name: 'slur', find: slur },
  { name: 'attack', find: attack },
  { name: 'hatred', find: hatred },
  { name: 'denial', find: denial },
  { name: 'construction', find: construction },
  { name: 'call', find: call },
  { name: 'arson', find: arson },
  { name: 'killing', find: killing },
  { name: 'wish', find: wish },
  { name: 'menace', find: menace },
];

/** Raised whenever a rule, a construction, the grammar or a threshold of combining changes what is flagged. */
export const RULES_VERSION = '11';
