import { PermanentError } from '../core/errors.js';
import type { ServerEvent } from '../core/fetch-ports.js';

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
const MAX_PIECES = 1_000;

/** An event and how many bytes it was received in. */
export interface ParsedEvent {
  readonly event: ServerEvent;
  readonly bytes: number;
}

/**
 * Reads `text/event-stream` piece by piece (WHATWG HTML, 9.2.6). Always UTF-8; lines end in LF, CR or CRLF, wherever
 * the pieces are cut. An event that no blank line ends is never given.
 * @throws PermanentError `message-too-large` from {@link push}
 */
export class EventParser {
  readonly #maxBytes: number;
  readonly #place: string;
  /** The line under way, in pieces. */
  #line: Buffer[] = [];
  #lineBytes = 0;
  /** The next LF belongs to the CR before it. */
  #skipLf = false;
  #first = true;
  #data: string[] = [];
  #type = '';
  #id = '';
  /** Of the event under way, its finished lines; comments are not kept and not counted. */
  #bytes = 0;
  #retryMs: number | undefined;

  /** `maxBytes` caps one event; `place` names the stream in a fault. */
  constructor(maxBytes: number, place: string) {
    this.#maxBytes = maxBytes;
    this.#place = place;
  }

  /** How long the place wants to be left alone after a cut, ms, if it said so (`retry`). */
  get retryMs(): number | undefined {
    return this.#retryMs;
  }

  *push(piece: Buffer): Generator<ParsedEvent> {
    let from = this.#skipLf && piece[0] === LF ? 1 : 0;
    if (piece.length > 0) this.#skipLf = false;
    let lf = -1;
    let cr = -1;
    while (from < piece.length) {
      // Each is searched for again only when it was passed: else a piece of many lines costs its length a line.
      if (lf < from) lf = indexIn(piece, LF, from);
      if (cr < from) cr = indexIn(piece, CR, from);
      const end = Math.min(lf, cr);
      this.#keep(piece.subarray(from, end));
      if (end === piece.length) return;
      const event = this.#endLine();
      if (event !== undefined) yield event;
      from = end + 1;
      if (end === cr) {
        if (from === piece.length) this.#skipLf = true;
        else if (piece[from] === LF) from += 1;
      }
    }
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#line.push(part);
    this.#lineBytes += part.length;
    // A line that drips in byte by byte must not cost an object a byte.
    if (this.#line.length > MAX_PIECES) this.#line = [Buffer.concat(this.#line)];
    if (this.#bytes + this.#lineBytes > this.#maxBytes) {
      throw new PermanentError(
        'message-too-large',
        `${this.#place}: an event is larger than ${this.#maxBytes} bytes; raise the source's limit if that is meant`,
      );
    }
  }

  #endLine(): ParsedEvent | undefined {
    const line = this.#line.length === 1 ? (this.#line[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#line);
    this.#line = [];
    this.#lineBytes = 0;
    const marked = this.#first && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
    this.#first = false;
    const bare = marked ? line.subarray(3) : line;
    if (bare.length === 0) return this.#dispatch();
    const colon = bare.indexOf(COLON);
    if (colon === 0) return undefined;
    this.#bytes += line.length + 1;
    const name = bare.toString('utf8', 0, colon === -1 ? bare.length : colon);
    const text = colon === -1 ? '' : bare.toString('utf8', colon + 1);
    this.#field(name, text.startsWith(' ') ? text.slice(1) : text);
    return undefined;
  }

  #field(name: string, value: string): void {
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.#retryMs = Number(value);
  }

  #dispatch(): ParsedEvent | undefined {
    const { length } = this.#data;
    const event = {
      event: this.#type === '' ? 'message' : this.#type,
      data: this.#data.join('\n'),
      id: this.#id,
    };
    const bytes = this.#bytes;
    this.#data = [];
    this.#type = '';
    this.#bytes = 0;
    return length === 0 ? undefined : { event, bytes };
  }
}

function indexIn(piece: Buffer, byte: number, from: number): number {
  const index = piece.indexOf(byte, from);
  return index === -1 ? piece.length : index;
}
