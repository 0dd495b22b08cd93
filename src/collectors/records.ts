/** The longest row that is taken, in bytes; what is beyond is rejected and the rest of the file goes on. */
export const MAX_RECORD_BYTES = 1_048_576;

const LF = 10;
const CR = 13;
const QUOTE = 34;
/** Bytes kept of a record that is too long. */
const KEPT_BYTES = 4_096;
/** Second looks at the bytes after a quote that nobody closed, before each line there stands for itself. */
const MAX_SECOND_LOOKS = 16;

/** A row as bytes, without its line end. */
export interface RawRecord {
  readonly bytes: Buffer;
  /** Where it starts and where the next one does, in bytes from the beginning of the file. */
  readonly offset: number;
  readonly end: number;
  /** Number of its first line, from 1. */
  readonly line: number;
  /** Whole length in bytes; more than `bytes` holds where it is too long. */
  readonly length: number;
  /** False for what stands at the end of the input without a line end. */
  readonly terminated: boolean;
  readonly fault?: 'line-too-long' | 'unclosed-quote';
}

/** Where in a CSV record a byte stands. */
const FIELD_START = 0;
const IN_FIELD = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;

export interface SplitterOptions {
  /** Offset and line number of the first byte that will be pushed. */
  readonly offset: number;
  readonly line: number;
  /** ASCII code of the CSV delimiter; without it each line is a record (JSONL). */
  readonly delimiter?: number;
}

/**
 * Splits a stream of bytes into records in one pass, holding at most {@link MAX_RECORD_BYTES} and a chunk.
 * In CSV (RFC 4180) a line end inside quotes belongs to the field. A quote that nobody closes would swallow the
 * rest of the file: its first line alone is rejected then, and reading goes on at the next.
 */
export class RecordSplitter {
  readonly #delimiter: number | undefined;
  #offset: number;
  #line: number;
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Bytes of a record that is too long, its beginning kept in `#held`. */
  #skipped = 0;
  #state = FIELD_START;
  /** Lines ended inside the record so far. */
  #innerLines = 0;
  #secondLooks = 0;
  /** Before this offset a line end closes a record even in quotes. */
  #linesUntil = -1;
  #lookedUntil = -1;

  constructor(options: SplitterOptions) {
    this.#offset = options.offset;
    this.#line = options.line;
    this.#delimiter = options.delimiter;
  }

  /** The records that `chunk` completes. Records may share the chunk's memory. */
  push(chunk: Buffer): RawRecord[] {
    const records: RawRecord[] = [];
    this.#consume(chunk, records);
    return records;
  }

  /** What stands at the end without a line end. */
  end(): RawRecord[] {
    const records: RawRecord[] = [];
    while (this.#heldBytes > 0 || this.#skipped > 0) {
      if (this.#state === IN_QUOTES && this.#skipped === 0) {
        const held = this.#takeHeld();
        const rest = this.#afterFirstLine(held, records);
        if (rest === undefined) {
          records.push(this.#record(held, held.length, false, 'unclosed-quote'));
          return records;
        }
        this.#consume(rest, records);
      } else {
        const length = this.#skipped > 0 ? this.#skipped : this.#heldBytes;
        const fault = this.#skipped > 0 ? 'line-too-long' : undefined;
        records.push(this.#record(this.#takeHeld(), length, false, fault));
      }
    }
    return records;
  }

  #consume(input: Buffer, records: RawRecord[]): void {
    let chunk = input;
    let from = 0;
    while (from < chunk.length) {
      const lineEnd = this.#recordEnd(chunk, from);
      if (lineEnd >= 0) {
        this.#finish(chunk.subarray(from, lineEnd), records);
        from = lineEnd + 1;
        continue;
      }
      this.#hold(chunk.subarray(from));
      if (this.#skipped > 0 || this.#heldBytes <= MAX_RECORD_BYTES) return;
      if (this.#state === IN_QUOTES) {
        const held = this.#takeHeld();
        const rest = this.#afterFirstLine(held, records);
        if (rest !== undefined) {
          chunk = rest;
          from = 0;
          continue;
        }
        this.#hold(held);
      }
      this.#skip();
      return;
    }
  }

  /** Index of the line end that closes the record, or -1. */
  #recordEnd(chunk: Buffer, from: number): number {
    if (this.#delimiter === undefined || this.#skipped > 0) return chunk.indexOf(LF, from);
    const delimiter = this.#delimiter;
    const base = this.#offset + this.#heldBytes - from;
    let state = this.#state;
    for (let index = from; index < chunk.length; index++) {
      const byte = chunk[index];
      if (byte === LF && (state !== IN_QUOTES || base + index < this.#linesUntil)) {
        this.#state = state;
        return index;
      }
      if (state === IN_QUOTES) {
        if (byte === QUOTE) state = AFTER_QUOTE;
        else if (byte === LF) this.#innerLines += 1;
      } else if (byte === delimiter) state = FIELD_START;
      else if (byte === QUOTE && state !== IN_FIELD) state = IN_QUOTES;
      else if (state !== AFTER_QUOTE || byte !== CR) state = IN_FIELD;
    }
    this.#state = state;
    return -1;
  }

  #finish(piece: Buffer, records: RawRecord[]): void {
    if (this.#skipped > 0) {
      const length = this.#skipped + piece.length;
      records.push(this.#record(this.#takeHeld(), length, true, 'line-too-long'));
      return;
    }
    const bytes = this.#held.length === 0 ? piece : Buffer.concat([this.#takeHeld(), piece]);
    if (bytes.length > MAX_RECORD_BYTES) {
      records.push(this.#record(bytes.subarray(0, KEPT_BYTES), bytes.length, true, 'line-too-long'));
      return;
    }
    const fault = this.#state === IN_QUOTES ? 'unclosed-quote' : undefined;
    records.push(this.#record(bytes, bytes.length, true, fault));
  }

  #record(bytes: Buffer, length: number, terminated: boolean, fault?: RawRecord['fault']): RawRecord {
    const end = this.#offset + length + (terminated ? 1 : 0);
    const trimmed = fault === undefined && bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes;
    const record = { bytes: trimmed, offset: this.#offset, end, line: this.#line, length, terminated };
    this.#line += this.#innerLines + 1;
    this.#offset = end;
    this.#innerLines = 0;
    this.#skipped = 0;
    this.#state = FIELD_START;
    return fault === undefined ? record : { ...record, fault };
  }

  /** Rejects the first line of an unclosed record and hands back what stands after it, to be read anew. */
  #afterFirstLine(held: Buffer, records: RawRecord[]): Buffer | undefined {
    const lineEnd = held.indexOf(LF);
    if (lineEnd < 0) return undefined;
    const reach = this.#offset + held.length;
    this.#secondLooks = reach > this.#lookedUntil + MAX_RECORD_BYTES ? 1 : this.#secondLooks + 1;
    if (this.#secondLooks === 1) this.#lookedUntil = reach;
    if (this.#secondLooks > MAX_SECOND_LOOKS) this.#linesUntil = reach;
    this.#innerLines = 0;
    records.push(this.#record(held.subarray(0, lineEnd), lineEnd, true, 'unclosed-quote'));
    return held.subarray(lineEnd + 1);
  }

  #hold(piece: Buffer): void {
    if (this.#skipped > 0) {
      this.#skipped += piece.length;
      return;
    }
    this.#held.push(piece);
    this.#heldBytes += piece.length;
  }

  #skip(): void {
    this.#skipped = this.#heldBytes;
    const kept = Buffer.from(Buffer.concat(this.#held).subarray(0, KEPT_BYTES));
    this.#held = [kept];
  }

  #takeHeld(): Buffer {
    const held = this.#held.length === 1 ? (this.#held[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }
}
