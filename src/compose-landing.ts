/** What lands, of the configuration: a part of compose.ts. */
import type { Config } from './config.js';
import { type Category, LEVELS, type Level } from './core/assessment.js';
import { DEFAULT_LANDING, type Landing } from './triage/landing.js';

/** What lands by default, with what the configuration says otherwise. */
export function landingOf(config: Config): Landing {
  const landing: Partial<Record<Category, Level>> = { ...DEFAULT_LANDING };
  for (const [category, least] of Object.entries(config.landing) as [Category, Level | 'never'][]) {
    if (least === 'never') delete landing[category];
    else if (LEVELS.includes(least)) landing[category] = least;
  }
  return landing;
}
