import type { LegalEntry, LegalRow, LegalSignature, LegalStanding, ShownLegal } from '../core/legal.js';

/** Laws begin and end with a day, told in the time of the capital (WIB, UTC+7, no daylight saving). */
const WIB_MS = 7 * 3_600_000;

/** The day on which a moment falls, ISO 8601 date in WIB. */
export function legalDay(iso: string): string {
  return new Date(Date.parse(iso) + WIB_MS).toISOString().slice(0, 10);
}

/** How a row stands on a day; undefined where it is not in force for certain. */
export function standingOn({ inForce, unsure = [] }: LegalRow, day: string): LegalStanding | undefined {
  const end = unsure.find(({ what }) => what === 'to');
  if (day < inForce.from) return undefined;
  if (inForce.to !== undefined && day >= inForce.to) return end === undefined ? undefined : 'unsure';
  return end?.since !== undefined && day >= end.since ? 'unsure' : 'in-force';
}

/**
 * The rows for a post of this time, limits and rulings before offences, so that what is not punishable is read first;
 * each with the signature of exactly its content.
 *
 * @param at ISO 8601, when it was posted
 */
export function legalRowsAt(
  entries: readonly LegalEntry[],
  signatures: readonly LegalSignature[],
  at: string,
): readonly ShownLegal[] {
  const day = legalDay(at);
  return entries
    .flatMap((entry) => {
      const standing = standingOn(entry.row, day);
      return standing === undefined ? [] : [{ ...withSignature(entry, signatures), standing }];
    })
    .toSorted((a, b) => order(a) - order(b));
}

/** An entry with the latest signature of exactly its content. */
export function withSignature(
  entry: LegalEntry,
  signatures: readonly LegalSignature[],
): LegalEntry & { readonly signature?: LegalSignature } {
  const signature = signatures.findLast(({ row, hash }) => row === entry.row.id && hash === entry.hash);
  return signature === undefined ? entry : { ...entry, signature };
}

const KIND_ORDER = { limit: 0, ruling: 1, offence: 2, procedure: 3 } as const;

function order({ row, standing }: ShownLegal): number {
  // What speaks for the author stays before every offence, also where it is unsure.
  return KIND_ORDER[row.kind] + (standing === 'unsure' && row.kind === 'offence' ? 0.5 : 0);
}
