import type { Brief } from '../core/brief.js';

/** A report as JSON, of the form that docs/reports.md describes and docs/brief.schema.json checks. */
export function briefJson(brief: Brief): string {
  return `${JSON.stringify(brief, undefined, 2)}\n`;
}
