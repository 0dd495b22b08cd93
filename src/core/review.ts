import type { Category, Level } from './assessment.js';
import type { ItemState } from './item.js';

/** Kinds of protected expression: why a flagged post is no violation. */
export const PROTECTED_GROUNDS = [
  'criticism',
  'opinion',
  'satire',
  'quotation',
  'religious-teaching',
  'news',
] as const;
export type ProtectedGround = (typeof PROTECTED_GROUNDS)[number];

/** What a reviewer concludes, in the order of the desk's keys 1 to 6. */
export const OUTCOMES = [
  'violation',
  'hoax',
  'not-a-violation',
  'duplicate',
  'out-of-scope',
  'second-opinion',
] as const;

/** An outcome that closes an item. */
export type Verdict =
  | { readonly kind: 'violation'; readonly category: Category }
  /** Only with a published fact-check (its id) or a source (http or https URL) named. */
  | { readonly kind: 'hoax'; readonly claim?: string; readonly source?: string }
  | { readonly kind: 'not-a-violation'; readonly ground: ProtectedGround }
  /** The same post as item `of`. */
  | { readonly kind: 'duplicate'; readonly of: number }
  | { readonly kind: 'out-of-scope' };

/** A verdict, or the wish that someone else looks: the item stays open, and another person decides. */
export type Outcome = Verdict | { readonly kind: 'second-opinion' };

/** At whom a post is aimed. */
export const TARGET_KINDS = ['protected-group', 'institution', 'person', 'nobody'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** What is asked before an escalation; ids and yes or no, never a name of a private person. */
export interface EscalationChecklist {
  readonly targetKind: TargetKind;
  /** Id of the group, camp or institution as findings name it, e.g. `religion:kristen`. */
  readonly target?: string;
  readonly criticismOrOpinion: boolean;
  readonly callToAct: boolean;
  /** Id of the fact-check, or its http or https URL, where the case rests on one. */
  readonly factCheck?: string;
}

/** What happened in the review of an item. Claims are leases that run out, not events. */
export type ReviewAct =
  | { readonly kind: 'decided'; readonly verdict: Verdict }
  | { readonly kind: 'second-opinion-asked' }
  /** Takes back the actor's own last act, within {@link UNDO_MS}. */
  | { readonly kind: 'undone' }
  | { readonly kind: 'escalation-proposed'; readonly checklist: EscalationChecklist }
  | { readonly kind: 'escalation-approved' }
  | { readonly kind: 'escalation-refused' }
  /** An escalated case is done with. */
  | { readonly kind: 'released' }
  | { readonly kind: 'reopened' }
  /** To another unit; changes who sees it, not where it stands. */
  | { readonly kind: 'handed-over'; readonly unit: string }
  /** A second, blind look at a decided item: recorded, it changes nothing by itself. */
  | { readonly kind: 'reviewed-blind'; readonly verdict: Verdict; readonly agrees: boolean }
  | { readonly kind: 'note' }
  /** The place shows the post no longer. */
  | { readonly kind: 'withdrawn' }
  /** Its place shows it again, in a later revision: what was closed for its withdrawal alone is open anew. */
  | { readonly kind: 'returned' }
  /** A later lexicon or model reads it otherwise; where it stands is as it was. `versions`: of rules, lexicon and model. */
  | { readonly kind: 'rescored'; readonly from: Judged; readonly to: Judged; readonly versions: string };

/** What the detection says of an item, as far as its place in the queue follows from it. */
export interface Judged {
  readonly level: Level;
  readonly flags: readonly Category[];
  readonly score: number;
}

/** How long the actor may take an act back, ms. */
export const UNDO_MS = 10_000;

/** Actor of what no person did. */
export const SYSTEM_ACTOR = 'system';

/** Where an item stands within its state. */
export const STAGES = [
  'new',
  'second-opinion',
  'proposed',
  'approved',
  'decided',
  'released',
  'withdrawn',
] as const;
export type Stage = (typeof STAGES)[number];

/** Append-only; the status of an item follows from its events (triage/transition.ts). */
export interface ReviewEvent {
  /** Rising over all items. */
  readonly seq: number;
  readonly item: number;
  /** ISO 8601 UTC */
  readonly at: string;
  /** Id of the user as text, or {@link SYSTEM_ACTOR}. */
  readonly actor: string;
  readonly act: ReviewAct;
  /** Where the item stands after it. */
  readonly state: ItemState;
  readonly stage: Stage;
  /** What the actor wrote; kept apart from the event, so that it can be forgotten with the item. */
  readonly note?: string;
}

/** The longest note, in UTF-16 units. */
export const MAX_NOTE_CHARS = 2_000;

/** Most items decided or claimed at once. */
export const MAX_BATCH_ITEMS = 25;
