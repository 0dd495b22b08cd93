import { ABUSE_INDIVIDUAL } from './abuse-individual.js';
import { ABUSE_OBJECT } from './abuse-object.js';
import { ABUSE_OTHER_GROUP } from './abuse-other-group.js';
import { ADVOCACY } from './advocacy.js';
import { CHEERED, NOT_CHEERED } from './cheered.js';
import { COUNTER_QUOTE } from './counter-quote.js';
import { COUNTER_REFERENCE } from './counter-reference.js';
import { CRITICISM } from './criticism.js';
import { DEHUMANISATION } from './dehumanisation.js';
import { DIRECT_THREAT } from './direct-threat.js';
import { EVERYDAY_AMBIGUOUS } from './everyday-ambiguous.js';
import { HATE_OPINION } from './hate-opinion.js';
import { HATE_QUESTION } from './hate-question.js';
import { IMPLICIT_DEROGATION } from './implicit-derogation.js';
import { INCITEMENT_PEOPLE } from './incitement-people.js';
import { KILLING_HARMLESS, KILLING_PEOPLE, ORDER_UNPAUSED } from './killing-people.js';
import { NEGATED_HATE } from './negated-hate.js';
import { NEGATED_POSITIVE } from './negated-positive.js';
import { NEGATIVE_ATTRIBUTE } from './negative-attribute.js';
import { NEGATIVE_EMOTION } from './negative-emotion.js';
import { NEUTRAL } from './neutral.js';
import { NORMATIVE_HARM } from './normative-harm.js';
import { POSITIVE } from './positive.js';
import { PROFANITY_HARMLESS } from './profanity-harmless.js';
import { PROFANITY_HATEFUL } from './profanity-hateful.js';
import { REFERENCE_LATER } from './reference-later.js';
import { REPORTING } from './reporting.js';
import { SLUR } from './slur.js';
import type { CaseTable } from './table.js';
import { THREAT_INDIVIDUAL } from './threat-individual.js';

/** Every functional kind, hateful ones first. */
export const TABLES: readonly CaseTable[] = [
  NEGATIVE_EMOTION,
  NEGATIVE_ATTRIBUTE,
  DEHUMANISATION,
  IMPLICIT_DEROGATION,
  DIRECT_THREAT,
  NORMATIVE_HARM,
  SLUR,
  PROFANITY_HATEFUL,
  REFERENCE_LATER,
  NEGATED_POSITIVE,
  HATE_QUESTION,
  HATE_OPINION,
  CHEERED,
  NOT_CHEERED,
  NEUTRAL,
  POSITIVE,
  ADVOCACY,
  NEGATED_HATE,
  COUNTER_QUOTE,
  COUNTER_REFERENCE,
  REPORTING,
  ABUSE_OBJECT,
  ABUSE_INDIVIDUAL,
  ABUSE_OTHER_GROUP,
  PROFANITY_HARMLESS,
  CRITICISM,
  EVERYDAY_AMBIGUOUS,
  THREAT_INDIVIDUAL,
  INCITEMENT_PEOPLE,
  KILLING_PEOPLE,
  KILLING_HARMLESS,
  ORDER_UNPAUSED,
];
