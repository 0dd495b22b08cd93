import { readEnd, readEntity } from './escapes.js';

/** Elements that end a line where they open or close. */
const BLOCKS = new Set(
  'address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);
/** Elements whose content nobody reads. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'head', 'svg', 'iframe']);

/**
 * Readable text of an HTML fragment: tags gone, entities decoded, block elements and `<br>` as line breaks,
 * white space collapsed, an image as its `alt` (emoji pictures). Takes malformed input as it comes; linear in length.
 */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let at = 0;
  // Beyond this point no `-->` or `>` can be found; remembered so that hostile input is not searched again.
  let noCommentEnd = false;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) {
      parts.push(collapse(html.slice(at)));
      break;
    }
    if (open > at) parts.push(collapse(html.slice(at, open)));
    if (html.startsWith('<!--', open)) {
      const end: number = noCommentEnd ? -1 : html.indexOf('-->', open + 4);
      noCommentEnd = end < 0;
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const next = html.charCodeAt(open + 1);
    const isTag = isLetter(next) || next === 47 || next === 33 || next === 63;
    const close = isTag ? tagEnd(html, open + 1) : -1;
    if (close < 0) {
      parts.push('<');
      at = open + 1;
      if (isTag) {
        // An unclosed tag: nothing behind it closes one either.
        parts.push(collapse(html.slice(at)));
        break;
      }
      continue;
    }
    at = close + 1;
    const name = tagName(html, open + 1);
    if (BLOCKS.has(name)) parts.push('\n');
    else if (name === 'img') parts.push(decodeEntities(attribute(html.slice(open, close), 'alt')));
    else if (SILENT.has(name) && next !== 47) at = skipElement(html, at, name);
  }
  return parts
    .join('')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function isLetter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
}

/** Position of the `>` that ends the tag, not one within a quoted attribute; -1 where there is none. */
function tagEnd(html: string, from: number): number {
  let quote = 0;
  let plain = -1;
  for (let i = from; i < html.length; i++) {
    const c = html.charCodeAt(i);
    if (quote !== 0) {
      if (c === quote) quote = 0;
      else if (c === 62 && plain < 0) plain = i;
    } else if (c === 62) return i;
    else if ((c === 34 || c === 39) && html.charCodeAt(i - 1) === 61) quote = c;
  }
  // A quote that never closes: the first `>` it swallowed was the end.
  return plain;
}

function tagName(html: string, from: number): string {
  let i = html.charCodeAt(from) === 47 ? from + 1 : from;
  const start = i;
  while (i < html.length && i - start < 16) {
    const c = html.charCodeAt(i);
    if (!isLetter(c) && !(c >= 48 && c <= 57)) break;
    i++;
  }
  return html.slice(start, i).toLowerCase();
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>"']+))`, 'i').exec(tag);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? '';
}

function skipElement(html: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}[^a-z0-9]`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  return found === null ? html.length : found.index;
}

/** White space of the source is one space; only elements break lines. */
function collapse(text: string): string {
  return decodeEntities(text.replace(/\s+/g, ' '));
}

/** Text with its HTML entities decoded once; one that is not known stays as it is, a hard space is a space. */
export function decodeEntities(text: string): string {
  let at = text.indexOf('&');
  if (at < 0) return text;
  let result = '';
  let from = 0;
  while (at >= 0) {
    const point = readEntity(text, at);
    if (point < 0) {
      at = text.indexOf('&', at + 1);
      continue;
    }
    result += text.slice(from, at) + (point === 0xa0 ? ' ' : String.fromCodePoint(point));
    from = readEnd;
    at = text.indexOf('&', from);
  }
  return result + text.slice(from);
}
