import type { ReviewEvent } from '../core/review.js';
import type { TransitionEvent } from '../triage/transition.js';

/** A kept event as the transition function takes it. */
export function toTransitionEvent({ actor, at, act }: ReviewEvent): TransitionEvent {
  return { actor, at: Date.parse(at), act };
}
