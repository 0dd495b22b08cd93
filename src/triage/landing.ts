import { type Assessment, type Category, compareLevels, type Level } from '../core/assessment.js';

/** The least level that lands, by category; a category that is not named never lands. */
export type Landing = Readonly<Partial<Record<Category, Level>>>;

/**
 * What deserves a person's eyes by default. `abusive` is left out so that swearing at an office is nobody's file;
 * a hoax lands because it was matched to a published fact-check, never for its manner.
 */
export const DEFAULT_LANDING: Landing = {
  hate: 'low',
  sara: 'low',
  incitement: 'low',
  threat: 'low',
  hoax: 'low',
};

/** True when a flagged category is named in `landing` and the post's level reaches the level named for it. */
export function lands(assessment: Pick<Assessment, 'flags' | 'level'>, landing: Landing): boolean {
  for (const flag of assessment.flags) {
    const least = landing[flag];
    if (least !== undefined && compareLevels(assessment.level, least) >= 0) return true;
  }
  return false;
}
