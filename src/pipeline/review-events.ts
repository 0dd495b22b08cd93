import type { ReviewEvent } from '../core/review.js';
import { statusAfter, type TransitionEvent } from '../triage/transition.js';
import type { DeskPorts } from './desk-access.js';

/** A kept event as the transition function takes it. */
export function toTransitionEvent({ actor, at, act }: ReviewEvent): TransitionEvent {
  return { actor, at: Date.parse(at), act };
}

/** Who asked for the second opinion that an item waits for, and is not to give it. */
export function askerOf({ store }: Pick<DeskPorts, 'store'>, item: number): string | undefined {
  return statusAfter(store.reviews.events(item).map(toTransitionEvent)).asker;
}
