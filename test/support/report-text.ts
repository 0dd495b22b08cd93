import { inflateSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import type { BriefFormat } from '../../src/core/brief.js';

/** Everything that a report's file says: its bytes as they are, what is packed in them, and the words of its pages. */
export function everythingIn(format: BriefFormat, bytes: Uint8Array): string {
  const raw = Buffer.from(bytes);
  const both = `${raw.toString('utf8')}\n${raw.toString('latin1')}`;
  if (format === 'xlsx') {
    const parts = Object.entries(unzipSync(bytes)).map(
      ([name, part]) => `${name}\n${Buffer.from(part).toString('utf8')}`,
    );
    return [both, ...parts].join('\n');
  }
  return format === 'pdf' ? [both, ...inflated(raw), pdfWords(raw)].join('\n') : both;
}

const STREAM = /(\d+) 0 obj\s*<<((?:(?!endobj|stream)[\s\S])*)>>\s*stream\r?\n/g;

/** Streams of a PDF by the number of their object, unpacked. */
function streams(raw: Buffer): Map<number, string> {
  const found = new Map<number, string>();
  for (const { 0: all, 1: number = '', 2: head = '', index } of raw.toString('latin1').matchAll(STREAM)) {
    const from = index + all.length;
    const packed = raw.subarray(from, from + Number(/\/Length (\d+)/.exec(head)?.[1]));
    found.set(Number(number), (/FlateDecode/.test(head) ? inflateSync(packed) : packed).toString('latin1'));
  }
  return found;
}

function inflated(raw: Buffer): string[] {
  return [...streams(raw).values()];
}

/** The words on the pages of a PDF that pdfkit wrote: glyphs by the table of each font, in the order of drawing. */
export function pdfWords(raw: Buffer): string {
  const text = raw.toString('latin1');
  const unpacked = streams(raw);
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name = '', object = ''] of text.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const font = new RegExp(`(?:^|\\n)${object} 0 obj\\s*([\\s\\S]*?)endobj`).exec(text)?.[1] ?? '';
    const table = /\/ToUnicode (\d+) 0 R/.exec(font)?.[1];
    fonts.set(name, glyphsOf(unpacked.get(Number(table)) ?? ''));
  }
  const words: string[] = [];
  for (const page of unpacked.values()) {
    let glyphs = new Map<string, string>();
    for (const [, font, run] of page.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d.\s])*)\] TJ/gi)) {
      if (font !== undefined) glyphs = fonts.get(font) ?? new Map();
      else {
        const codes = [...(run ?? '').matchAll(/<([0-9a-f]*)>/gi)].flatMap(
          ([, hex = '']) => hex.toLowerCase().match(/.{4}/g) ?? [],
        );
        words.push(codes.map((code) => glyphs.get(code) ?? '\ufffd').join(''));
      }
    }
  }
  // Once with the words apart, once without: a name may stand in two pieces.
  return `${words.join(' ')}\n${words.join('')}`;
}

function glyphsOf(table: string): Map<string, string> {
  const glyphs = new Map<string, string>();
  for (const [, from = '', , list = ''] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    let code = Number.parseInt(from, 16);
    for (const [, hex = ''] of list.matchAll(/<([0-9a-f ]*)>/gi)) {
      const letters = (hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) =>
        String.fromCharCode(Number.parseInt(unit, 16)),
      );
      glyphs.set(code.toString(16).padStart(4, '0'), letters.join(''));
      code += 1;
    }
  }
  return glyphs;
}
