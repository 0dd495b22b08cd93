import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/text/html.js';

describe('the text of HTML', () => {
  it.each([
    ['<p>Halo <b>dunia</b></p>', 'Halo dunia'],
    ['<p>satu</p><p>dua</p>', 'satu\n\ndua'],
    ['satu<br>dua<br/>tiga', 'satu\ndua\ntiga'],
    ['<div>satu</div>\n  <div>dua</div>', 'satu\n\ndua'],
    ['a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#39; &#x41;', `a & b <c> "d" 'e' A`],
    ['&amp;lt;', '&lt;'],
    ['a&nbsp;b &tidakada; c', 'a b &tidakada; c'],
    ['<script>alert("x")</script>teks<style>p{}</style>', 'teks'],
    ['teks<!-- catatan <b> --> lagi', 'teks lagi'],
    ['<a href="x>y">tautan</a>', 'tautan'],
    ['suka <img alt="😀" src="x.png"> sekali', 'suka 😀 sekali'],
    ['<ul><li>satu</li><li>dua</li></ul>', 'satu\n\ndua'],
    ['3 < 4 dan 5 > 2', '3 < 4 dan 5 > 2'],
    ['teks <b', 'teks <b'],
    ['teks <!-- tak ditutup', 'teks'],
    ['  satu \n\t dua  ', 'satu dua'],
    ['<P>SATU</P>', 'SATU'],
    ['', ''],
  ])('%j is %j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it('never throws and never holds a tag of its input', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '<p>',
      '</p>',
      '<!--',
      '-->',
      '"',
      "'",
      '=',
      '&',
      '&amp;',
      '<a href=',
      'x',
      ' ',
      '<script>',
      '</script>',
      '<br>',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (list) => {
        expect(typeof htmlToText(list.join(''))).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ]*$/), (text) => {
        expect(htmlToText(`<p class="a">${text}</p>`)).toBe(text.trim().replace(/ +/g, ' '));
      }),
    );
  });
});
