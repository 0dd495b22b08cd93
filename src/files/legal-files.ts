import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CannotRunError, messageOf } from '../core/errors.js';
import { LEGAL_KINDS, type LegalEntry, type LegalRow } from '../core/legal.js';
import { packageRoot } from './package-root.js';

const day = z.iso.date();
const words = (most: number) => z.string().trim().min(3).max(most);

/** A row of `lexicons/legal/*.json`; unknown keys are refused, so that none is passed over by a slip of the pen. */
const legalRowSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{2,59}$/),
    kind: z.enum(LEGAL_KINDS),
    law: words(120),
    article: words(160),
    text: words(600),
    element: words(600),
    inForce: z.strictObject({ from: day, to: day.optional() }),
    unsure: z
      .array(z.strictObject({ what: z.enum(['from', 'to', 'text']), why: words(400), since: day.optional() }))
      .min(1)
      .optional(),
    source: z.strictObject({ gazette: words(160), url: z.url({ protocol: /^https$/ }) }),
    condition: words(400).optional(),
    // Who signed is kept in the store, by the hash of the content: a file cannot say of itself that it was reviewed.
    reviewedBy: z.null(),
  })
  .refine(
    ({ inForce: { from, to } }) => to === undefined || from < to,
    'inForce.to must come after inForce.from',
  )
  .refine(
    ({ unsure, inForce }) =>
      !unsure?.some(
        ({ what, since }) => what === 'to' && (since === undefined) === (inForce.to === undefined),
      ),
    'a doubt about "to" needs either inForce.to or a day "since" when it may have ended',
  )
  .refine(
    ({ kind, article, condition }) =>
      kind !== 'offence' ||
      !/27A|27 ayat \(3\)/.test(article.split('jo.')[0] ?? '') ||
      condition !== undefined,
    'defamation is shown only with its condition',
  );

/**
 * The legal reference, in the order of files and rows.
 *
 * @throws CannotRunError `legal` naming file and row where one does not fit, or an id stands twice
 */
export function readLegalFiles(folder = join(packageRoot, 'lexicons', 'legal')): readonly LegalEntry[] {
  const entries: LegalEntry[] = [];
  const known = new Set<string>();
  for (const name of listJson(folder)) {
    const rows = z.array(z.unknown()).safeParse(readJson(join(folder, name)));
    if (!rows.success) throw fault(`${name} is no list of rows`);
    for (const [at, given] of rows.data.entries()) {
      const read = legalRowSchema.safeParse(given);
      if (!read.success) {
        const [issue] = read.error.issues;
        throw fault(`${name}, row ${at + 1}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
      }
      const { reviewedBy: _, ...row } = read.data;
      // A key whose value is undefined stands in no JSON: what remains is the row as it is typed.
      const plain = JSON.parse(JSON.stringify(row)) as LegalRow;
      if (known.has(plain.id)) throw fault(`${name}, row ${at + 1}: the id ${plain.id} stands twice`);
      known.add(plain.id);
      entries.push({ row: plain, hash: contentHash(plain) });
    }
  }
  return entries;
}

/** SHA-256 of JSON whose keys are sorted, so that the order in a file means nothing. */
function contentHash(row: LegalRow): string {
  const sorted = JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(sorted).digest('hex');
}

function listJson(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (error) {
    throw fault(`the folder ${folder} cannot be read: ${messageOf(error)}`);
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw fault(`${path}: ${messageOf(error)}`);
  }
}

function fault(what: string): CannotRunError {
  return new CannotRunError(
    'legal',
    `The legal reference cannot be used: ${what}. Correct it and start again.`,
  );
}
