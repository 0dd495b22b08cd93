import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { reviewsOf, reviewsOfHtml } from '../claims/claim-review.js';
import { type ClaimRow, claimOf } from '../claims/claim-row.js';
import type { Claim } from '../core/claim.js';
import { CannotRunError, messageOf } from '../core/errors.js';
import { detectDelimiter, parseCsvRecord, splitCsvRecords } from '../text/csv.js';
import { feedClaims } from './claims-feed.js';

/** What a file of fact-checks holds. */
export interface ClaimsRead {
  readonly claims: readonly Claim[];
  readonly rejects: readonly ClaimReject[];
}

/** A row that could not be taken. */
export interface ClaimReject {
  /** `line 7`, `entry 3`. */
  readonly at: string;
  readonly reason: string;
}

/** A row of a file before it is checked. */
interface PlacedRow {
  readonly at: string;
  readonly row: ClaimRow | string;
}

/**
 * Fact-checks of one file: rows `{id,title,claim,verdict,publisher,date,url}` as JSON Lines, a JSON array or CSV;
 * ClaimReview (schema.org) in JSON or in a saved page; an RSS, Atom or RDF feed of a fact-checker. Bad rows are listed
 * and the rest goes on.
 * @throws CannotRunError `no-file` where the file cannot be read or is not UTF-8, `bad-claims` where it is none of these
 */
export async function readClaimsFile(path: string): Promise<ClaimsRead> {
  if (/^https?:\/\//i.test(path)) {
    throw new CannotRunError(
      'bad-claims',
      `${path} is an address, and files are taken: save it first, or name it as a source of the kind "factcheck" in ronda.yaml.`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code !== 'ENOENT';
    const unread = isThere ? messageOf(error) : 'there is no such file; check the path';
    const why = error instanceof TypeError ? 'it is not UTF-8; save it as UTF-8' : unread;
    throw new CannotRunError('no-file', `${path} cannot be read: ${why}`, { cause: error });
  }
  const rows = rowsOf(text, extname(path).toLowerCase());
  if (rows === undefined) {
    throw new CannotRunError(
      'bad-claims',
      `${path} holds no fact-checks that can be read: JSON Lines or CSV with id, title, claim, verdict, publisher, date and url are taken, ClaimReview in JSON or a saved page, and RSS or Atom.`,
    );
  }
  const claims: Claim[] = [];
  const rejects: ClaimReject[] = [];
  const places = new Map<string, { readonly at: string; readonly said: string }>();
  for (const { at, row } of rows) {
    const claim = typeof row === 'string' ? row : claimOf(row);
    if (typeof claim === 'string') {
      rejects.push({ at, reason: claim });
      continue;
    }
    // One of two rows that contradict each other would vanish without a word.
    const before = places.get(claim.id);
    const said = JSON.stringify(claim);
    if (before !== undefined && before.said !== said) {
      rejects.push({ at, reason: `its id is that of ${before.at}, which says something else: ${claim.id}` });
      continue;
    }
    if (before === undefined) places.set(claim.id, { at, said });
    claims.push(claim);
  }
  return { claims, rejects };
}

function rowsOf(text: string, extension: string): PlacedRow[] | undefined {
  const start = text.trimStart();
  if (start === '') return [];
  if (start.startsWith('<')) {
    const reviews = reviewsOfHtml(text);
    if (reviews.length > 0) return entries(reviews);
    const fed = feedClaims(text);
    return fed === undefined ? undefined : entries(fed);
  }
  if (start.startsWith('{') || start.startsWith('[')) {
    return extension === '.jsonl' || extension === '.ndjson' ? lines(text) : (document(text) ?? lines(text));
  }
  return table(text);
}

function entries(rows: readonly ClaimRow[]): PlacedRow[] {
  return rows.map((row, index) => ({ at: `entry ${index + 1}`, row }));
}

/** A whole JSON document: ClaimReview anywhere in it, or an array of rows. */
function document(text: string): PlacedRow[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const reviews = reviewsOf(value);
  if (reviews.length > 0) return entries(reviews);
  const rows = Array.isArray(value) ? value : [value];
  return rows.map((row, index) => ({
    at: `entry ${index + 1}`,
    row: isObject(row) ? row : 'it is no JSON object',
  }));
}

function lines(text: string): PlacedRow[] {
  return text.split(/\r?\n/).flatMap((line, index): PlacedRow[] => {
    if (line.trim() === '') return [];
    const at = `line ${index + 1}`;
    try {
      const row: unknown = JSON.parse(line);
      return [{ at, row: isObject(row) ? row : 'the line is JSON, but no object' }];
    } catch {
      return [{ at, row: 'the line is no JSON; write one whole object a line' }];
    }
  });
}

function table(text: string): PlacedRow[] | undefined {
  const [head, ...records] = splitCsvRecords(text.replace(/^\ufeff/, ''));
  if (head === undefined) return [];
  const delimiter = detectDelimiter(head.record);
  const names = parseCsvRecord(head.record, delimiter).map((name) => name.trim().toLowerCase());
  if (!names.includes('title')) return undefined;
  return records.map(({ line, record }) => {
    const fields = parseCsvRecord(record, delimiter);
    const at = `line ${line}`;
    if (fields.length > names.length)
      return { at, row: `the row has ${fields.length} fields and the header ${names.length}` };
    return { at, row: Object.fromEntries(names.map((name, i) => [name, fields[i] ?? ''])) };
  });
}

function isObject(value: unknown): value is ClaimRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
