import type { Lexicon } from '../lexicon/compile.js';
import type { Entry } from '../lexicon/entry.js';
import { createInterest, type Hit, type Interest } from '../lexicon/find.js';
import { type Hints, isSaraGround } from './combine.js';
import { isViolentEntry, isViolentText } from './rules/violence.js';
import { HOSTILE } from './scene.js';

const NAMED = 1;
const SARA_NAMED = 2;
const CAMP = 4;
const INSTITUTION = 8;
const ABUSIVE = 16;
/** Hostile beyond mere swearing. */
const HOSTILITY = 32;
/** Violence that can threaten anybody who is spoken to. */
const VIOLENCE = 64;
const MARKER = 128;
/** A frame that condemns what is said. */
const FRAME = 256;
/** Denies a noun: `bukan`. */
const DENIAL = 512;

/** What the hits promise, before anything costly is done. */
export interface Survey {
  /** Whether rules that look at the sentence have anything to find. */
  readonly worthRules: boolean;
  /** Swear words that stand alone: a charge each, whatever the sentence. */
  readonly swearing: boolean;
  /** An office, party or public figure with a hard word somewhere in the post. */
  readonly criticism: boolean;
  readonly markers: boolean;
  /** Words that condemn or forbid (`jangan usir`), whatever they stand with. */
  readonly condemned: boolean;
  readonly hints: Hints;
}

const NOTHING: Survey = {
  worthRules: false,
  swearing: false,
  criticism: false,
  markers: false,
  condemned: false,
  hints: { saraNamed: false, named: false, campNamed: false, hostile: false, official: false, denied: false },
};

/** Whether rules that look at the sentence have anything to find. */
function isWorthRules(all: number): boolean {
  return (all & (NAMED | VIOLENCE)) !== 0 || ((all & CAMP) !== 0 && (all & HOSTILITY) !== 0);
}

/** The survey of one lexicon's hits, at which most posts end, and the interest that it and the rules take in them. */
export interface Surveyor {
  readonly survey: (hits: readonly Hit[]) => Survey;
  readonly interest: Interest;
}

export function createSurvey(lexicon: Lexicon): Surveyor {
  const bits = Uint16Array.from(lexicon.entries, bitsOf);
  const survey = (hits: readonly Hit[]): Survey => {
    let all = 0;
    /** Without what only a name's own letters mean otherwise. */
    let outside = 0;
    let nameEnd = 0;
    for (let i = 0; i < hits.length; i++) {
      const { index, end } = hits[i]!;
      const found = bits[index]!;
      all |= found;
      if (end > nameEnd) outside |= found;
      if ((found & NAMED) !== 0 && (found & HOSTILITY) === 0) nameEnd = Math.max(nameEnd, end);
    }
    if (all === 0) return NOTHING;
    const hostile = (all & (ABUSIVE | HOSTILITY)) !== 0;
    return {
      worthRules: isWorthRules(all),
      swearing: (all & ABUSIVE) !== 0,
      criticism: (all & INSTITUTION) !== 0 && hostile,
      markers: (all & MARKER) !== 0,
      condemned: (all & FRAME) !== 0,
      hints: {
        saraNamed: (all & SARA_NAMED) !== 0,
        named: (all & NAMED) !== 0,
        campNamed: (all & CAMP) !== 0,
        hostile: (outside & (ABUSIVE | HOSTILITY)) !== 0,
        official: (all & INSTITUTION) !== 0,
        denied: (all & DENIAL) !== 0,
      },
    };
  };
  // What only tells a named group's posts apart draws no interest of its own: names draw everything.
  const drawing = bits.map((bit) => bit & ~DENIAL);
  return { survey, interest: createInterest(lexicon, drawing, isWorthRules) };
}

function bitsOf(entry: Entry): number {
  const { kind } = entry;
  switch (kind) {
    case 'group':
    case 'slur':
      return NAMED | (isSaraGround(entry.ground) ? SARA_NAMED : 0) | (kind === 'slur' ? HOSTILITY : 0);
    case 'camp':
      return CAMP;
    case 'institution':
      return INSTITUTION;
    case 'insult':
    case 'profanity':
      return ABUSIVE;
    case 'hoax-marker':
      return MARKER;
    case 'counter-speech-frame':
      return FRAME;
    case 'negation':
      return entry.term === 'bukan' ? DENIAL : 0;
    case 'threat':
      return isViolentText(entry.term) ? VIOLENCE | HOSTILITY : 0;
    case 'hostile-predicate':
      return HOSTILITY | (isViolentEntry(entry) ? VIOLENCE : 0);
    default:
      return HOSTILE.has(kind) ? HOSTILITY : 0;
  }
}
