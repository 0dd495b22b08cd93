import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../src/fetch/charset.js';

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('decodeBody', () => {
  it.each<[name: string, body: Buffer, contentType: string | undefined, text: string]>([
    ['UTF-8 where nothing is said', utf8('é 🔥'), undefined, 'é 🔥'],
    ['the header', latin1('caf\xe9'), 'text/html; charset=ISO-8859-1', 'café'],
    ['the header, quoted', latin1('caf\xe9'), 'text/html; charset="windows-1252"', 'café'],
    ['a mark before the header', utf8('\ufeffé'), 'text/html; charset=iso-8859-1', 'é'],
    ['UTF-16 by its mark', Buffer.from('\ufeffhalo', 'utf16le'), undefined, 'halo'],
    [
      'the XML declaration',
      latin1('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>'),
      undefined,
      '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>',
    ],
    [
      'meta charset',
      latin1('<meta charset=windows-1252>\x93'),
      'text/html',
      '<meta charset=windows-1252>\u201c',
    ],
    [
      'meta http-equiv',
      latin1('<meta http-equiv="Content-Type" content="text/html; charset=latin1">\xe9'),
      undefined,
      '<meta http-equiv="Content-Type" content="text/html; charset=latin1">é',
    ],
    [
      'the header before the document',
      latin1('<meta charset=utf-8>\xe9'),
      'text/html; charset=latin1',
      '<meta charset=utf-8>é',
    ],
    [
      'a document that wrongly calls itself UTF-16',
      utf8('<?xml version="1.0" encoding="utf-16"?><a>é</a>'),
      undefined,
      '<?xml version="1.0" encoding="utf-16"?><a>é</a>',
    ],
    ['an unknown charset passed over', utf8('é'), 'text/html; charset=klingon', 'é'],
    ['malformed bytes as replacement characters', Buffer.from([0x61, 0xff, 0x62]), undefined, 'a\ufffdb'],
  ])('goes by %s', (_name, body, contentType, text) => {
    expect(decodeBody(body, contentType)).toBe(text);
  });
});
