import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/core/errors.js';
import type { ServerEvent } from '../../src/core/fetch-ports.js';
import { EventParser } from '../../src/fetch/event-parser.js';

function parse(...pieces: (string | Buffer)[]): ServerEvent[] {
  const parser = new EventParser(10_000, 'https://s.example/');
  return pieces.flatMap((piece) => [...parser.push(Buffer.from(piece))].map(({ event }) => event));
}

const message = (data: string, id = '', event = 'message'): ServerEvent => ({ event, data, id });

describe('a stream of events', () => {
  it.each<[what: string, text: string, events: ServerEvent[]]>([
    ['a plain event', 'data: halo\n\n', [message('halo')]],
    ['several lines of data', 'data: YHOO\ndata: +2\ndata: 10\n\n', [message('YHOO\n+2\n10')]],
    ['a named event', 'event: update\ndata: {}\n\n', [message('{}', '', 'update')]],
    ['the name of one event only', 'event: a\ndata: 1\n\ndata: 2\n\n', [message('1', '', 'a'), message('2')]],
    ['a name without data', 'event: a\n\ndata: 2\n\n', [message('2')]],
    ['an id that stays', 'id: 7\ndata: 1\n\ndata: 2\n\n', [message('1', '7'), message('2', '7')]],
    ['an id taken back', 'id: 7\ndata: 1\n\nid\ndata: 2\n\n', [message('1', '7'), message('2')]],
    ['an id with NUL', 'id: 7\ndata: 1\n\nid: 8\0\ndata: 2\n\n', [message('1', '7'), message('2', '7')]],
    ['an id without data', 'id: 9\n\ndata: 1\n\n', [message('1', '9')]],
    ['comments', ': ping\n\n:\n:data: x\ndata: 1\n: y\n\n', [message('1')]],
    ['no data at all', '\n\n\n', []],
    ['empty data', 'data\n\ndata\ndata\n\ndata:\n\n', [message(''), message('\n'), message('')]],
    [
      'one space left out, no more',
      'data:a\n\ndata: a\n\ndata:  a\n\n',
      [message('a'), message('a'), message(' a')],
    ],
    ['colons in a value', 'data: a: b\n\n', [message('a: b')]],
    ['fields of no meaning', 'foo: 1\n data: 2\nDATA: 3\ndata: 4\n\n', [message('4')]],
    ['an event that nothing ends', 'data: 1\n\ndata: 2\n', [message('1')]],
    ['lines ended by CR', 'data: 1\rdata: 2\r\r', [message('1\n2')]],
    ['lines ended by CRLF', 'data: 1\r\ndata: 2\r\n\r\n', [message('1\n2')]],
    ['line ends of all kinds', 'data: 1\r\ndata: 2\rdata: 3\n\r', [message('1\n2\n3')]],
    ['a byte order mark', '\ufeffdata: 1\n\n', [message('1')]],
    ['one byte order mark, not two', '\ufeff\ufeffdata: 1\n\ndata: 2\n\n', [message('2')]],
    ['a byte order mark elsewhere', 'data: \ufeff1\n\n', [message('\ufeff1')]],
    ['text beyond ASCII', 'data: Bhinnéka 🇮🇩\n\n', [message('Bhinnéka 🇮🇩')]],
  ])('gives what the standard says: %s', (_what, text, events) => {
    expect(parse(text)).toEqual(events);
    expect(parse(...[...Buffer.from(text)].map((byte) => Buffer.from([byte])))).toEqual(events);
  });

  it('is UTF-8, malformed bytes replaced', () => {
    expect(parse(Buffer.from('data: caf\xe9\n\n', 'latin1'))).toEqual([message('caf\ufffd')]);
  });

  it('is the same however it is cut', () => {
    const line = fc.oneof(
      fc.constantFrom('', 'data', 'data:', 'id: 1', 'id', 'event: x', ':c', '\ufeffdata: b'),
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
    );
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')), { maxLength: 30 })
      .map((lines) => lines.flat().join(''));
    fc.assert(
      fc.property(text, fc.array(fc.nat(9), { minLength: 1 }), (whole, sizes) => {
        const bytes = Buffer.from(whole);
        const pieces: Buffer[] = [];
        for (let at = 0, n = 0; at < bytes.length; n++) {
          const size = 1 + (sizes[n % sizes.length] ?? 0);
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(parse(...pieces)).toEqual(parse(whole));
      }),
    );
  });

  it('gives back what was written, whatever the line ends', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[\r\n\0]/g, ''));
    const event = fc.record({ event: word, data: fc.array(word, { minLength: 1, maxLength: 4 }), id: word });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 6 }), fc.constantFrom('\n', '\r', '\r\n'), (events, end) => {
        const text = events.map(({ event: name, data, id }) =>
          [`event: ${name}`, ...data.map((each) => `data: ${each}`), `id: ${id}`, '', ''].join(end),
        );
        expect(parse(text.join(''))).toEqual(
          events.map(({ event: name, data, id }) => message(data.join('\n'), id, name || 'message')),
        );
      }),
    );
  });

  it('tells when the place wants to be asked again', () => {
    const parser = new EventParser(100, 's');
    expect([...parser.push(Buffer.from('retry: soon\n'))]).toEqual([]);
    expect(parser.retryMs).toBeUndefined();
    expect([...parser.push(Buffer.from('retry: 2500\n'))]).toEqual([]);
    expect(parser.retryMs).toBe(2_500);
  });

  it.each<[what: string, piece: string]>([
    ['a line that does not end', 'x'.repeat(50)],
    ['a comment that does not end', `:${'x'.repeat(50)}`],
    ['data without end', 'data: xxxx\n'],
    ['ids without end', 'id: 1\n'],
    ['a name without end', 'event: x'],
  ])('stops at %s', (_what, piece) => {
    const parser = new EventParser(1_000, 's');
    let given = 0;
    let fault: unknown;
    try {
      for (; given < 10_000; given++) for (const _event of parser.push(Buffer.from(piece)));
    } catch (error) {
      fault = error;
    }
    expect(kindOf(fault)).toBe('message-too-large');
    expect(given * piece.length).toBeLessThanOrEqual(1_000 + piece.length);
  });

  it('counts each event by itself, and comments not at all', () => {
    const parser = new EventParser(100, 's');
    const events = Array.from({ length: 1_000 }, () => `: ${'x'.repeat(90)}\ndata: ${'x'.repeat(80)}\n\n`);
    expect([...parser.push(Buffer.from(events.join('')))]).toHaveLength(1_000);
  });
});
