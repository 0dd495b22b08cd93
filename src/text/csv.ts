/** Delimiters that spreadsheets write, the likeliest first. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

export type Delimiter = (typeof DELIMITERS)[number];

/** The delimiter that the header row has most of, outside quotes; a comma where it has none. */
export function detectDelimiter(header: string): Delimiter {
  const bare = header.replace(/"(?:[^"]|"")*"/g, '');
  let best: Delimiter = ',';
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = bare.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}

/**
 * The fields of one CSV record (RFC 4180). Quotes in the middle of an unquoted field and text after a closing quote
 * are kept as they are, as spreadsheets do.
 */
export function parseCsvRecord(record: string, delimiter: Delimiter): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = record.charCodeAt(at) === 34;
    const end = quoted ? quotedEnd(record, at) : at;
    let next = record.indexOf(delimiter, end);
    if (next < 0) next = record.length;
    if (quoted) {
      const inside = record.slice(at + 1, end - 1);
      fields.push((inside.includes('""') ? inside.replaceAll('""', '"') : inside) + record.slice(end, next));
    } else {
      fields.push(record.slice(at, next));
    }
    if (next >= record.length) return fields;
    at = next + 1;
  }
}

/** Index after the quote that closes the one at `start`; one beyond the end where there is none. */
function quotedEnd(record: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const quote = record.indexOf('"', at);
    if (quote < 0) return record.length + 1;
    if (record.charCodeAt(quote + 1) !== 34) return quote + 1;
    at = quote + 2;
  }
}

/** A record and the line that it begins on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly record: string;
}

/**
 * The records of a whole CSV text, empty lines left out: a line end inside quotes belongs to its field. A quote that
 * is never closed takes its own line only.
 */
export function splitCsvRecords(text: string): CsvRecord[] {
  const lines = text.split(/\r?\n/);
  const records: CsvRecord[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = at;
    let record = lines[at]!;
    let end = at;
    while (quotesOf(record) % 2 === 1 && end + 1 < lines.length && end - first < MAX_RECORD_LINES) {
      end++;
      record += `\n${lines[end]}`;
    }
    if (quotesOf(record) % 2 === 1) record = lines[first]!;
    else at = end;
    if (record.trim() !== '') records.push({ line: first + 1, record });
  }
  return records;
}

/** A field of more lines is taken for a quote that was never closed. */
const MAX_RECORD_LINES = 500;

function quotesOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count++;
  return count;
}
