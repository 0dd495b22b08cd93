import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkKey, linksIn } from '../../src/store/link-key.js';

describe('the key of a link', () => {
  it.each([
    ['https://t.me/kanal_rekaan/12', 'http://t.me/s/kanal_rekaan/12?single'],
    ['https://www.youtube.com/watch?v=abc-1&feature=share', 'https://youtu.be/abc-1?si=xyz'],
    ['https://twitter.com/nama_rekaan/status/9?s=20', 'https://mobile.x.com/nama_rekaan/status/9#atas'],
    ['https://m.facebook.com/rekaan/posts/7/?mibextid=1', 'https://www.facebook.com/rekaan/posts/7'],
    ['https://Rekaan.Example:443/a%20b?y=2&x=1&utm_source=z', 'https://rekaan.example/a b/?x=1&y=2'],
  ])('is one for %s and %s', (one, other) => {
    expect(linkKey(one)).toBeDefined();
    expect(linkKey(one)).toBe(linkKey(other));
  });

  it.each([
    ['https://t.me/kanal_rekaan/12', 'https://t.me/kanal_rekaan/13'],
    ['https://www.youtube.com/watch?v=abc', 'https://www.youtube.com/watch?v=abd'],
    ['https://rekaan.example/?p=1', 'https://rekaan.example/?p=2'],
    ['https://rekaan.example/Ani', 'https://rekaan.example/ani'],
    ['https://rekaan.example:8080/a', 'https://rekaan.example/a'],
  ])('is not one for %s and %s', (one, other) => {
    expect(linkKey(one)).not.toBe(linkKey(other));
  });

  it.each(['rekaan:1', 'bukan tautan', 'ftp://rekaan.example/a', '', 'at://did:plc:x/app/1'])(
    'is none for %j',
    (text) => {
      expect(linkKey(text)).toBeUndefined();
    },
  );

  it('is the same again for the link that it says', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const key = linkKey(url);
        expect(key).toBeDefined();
        expect(linkKey(`https://${key}`)).toBe(key);
      }),
    );
  });

  it('is found for links in a rejected row', () => {
    expect(linksIn('{"url":"https://rekaan.example/a?b=1","t":"lihat http://t.me/x/1 ya"}')).toEqual([
      'https://rekaan.example/a?b=1',
      'http://t.me/x/1',
    ]);
  });
});
