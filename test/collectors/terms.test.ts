import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectorKind, collectorKinds } from '../../src/collectors/registry.js';
import { sourceRefusal, telltaleRefusal, termsRefusal } from '../../src/collectors/terms.js';

/** Content of X and Reddit is not taken, wherever it comes from; other places are not mistaken for them. */

const REFUSED_URLS: readonly (readonly [url: string, place: string])[] = [
  ['https://x.com/warga_fiksi/status/1', 'X'],
  ['https://mobile.twitter.com/warga_fiksi/status/1', 'X'],
  ['https://X.COM./warga_fiksi', 'X'],
  ['https://t.co/abc', 'X'],
  ['https://pbs.twimg.com/media/a.jpg', 'X'],
  ['https://nitter.example/warga_fiksi/status/1', 'X'],
  ['https://nitter2.contoh.example/a', 'X'],
  ['https://xcancel.com/warga_fiksi/status/1', 'X'],
  ['https://web.archive.org/web/20260101000000/https://twitter.com/warga_fiksi', 'X'],
  ['https://www.reddit.com/r/indonesia/comments/1', 'Reddit'],
  ['https://old.reddit.com/r/indonesia', 'Reddit'],
  ['https://redd.it/1', 'Reddit'],
  ['https://redlib.contoh.example/r/indonesia', 'Reddit'],
];

const REFUSED_SOURCES: readonly (readonly [url: string, place: string])[] = [
  ...REFUSED_URLS,
  ['https://rsshub.example/twitter/user/warga_fiksi', 'X'],
  ['https://rss.example/?action=display&bridge=TwitterBridge&u=warga_fiksi', 'X'],
  ['https://rss.example/?action=display&bridge=Reddit&r=indonesia', 'Reddit'],
  ['https://rsshub.example/reddit/subreddit/indonesia', 'Reddit'],
  ['https://proxy.example/fetch?url=https%3A%2F%2Fwww.reddit.com%2Fr%2Findonesia.rss', 'Reddit'],
];

const TAKEN_URLS = [
  'https://berita.example/tag/twitter/rss',
  'https://berita.example/2026/11/x.com-digugat',
  'https://xx.com/1',
  'https://netflix.com/1',
  'https://at.co/1',
  'https://notreddit.com/1',
  'https://berita.example/1?utm_source=twitter',
  'https://twitter.example/1',
];

describe('content of X and Reddit', () => {
  it.each(REFUSED_URLS)('is known by its address: %s', (url, place) => {
    expect(termsRefusal('berita.example', url)).toContain(place);
  });

  it.each([
    ['X', 'X'],
    ['Twitter', 'X'],
    ['X (formerly Twitter)', 'X'],
    ['x.com', 'X'],
    ['mobile.twitter.com', 'X'],
    [' reddit ', 'Reddit'],
    ['old.reddit.com', 'Reddit'],
  ])('is known by its platform: %s', (platform, place) => {
    expect(termsRefusal(platform, undefined)).toContain(place);
  });

  it.each(['mastodon', 'tweets-labelled', 'xing', 'forum.example', 'readit', 'x2'])(
    'is not seen in the platform %s',
    (platform) => expect(termsRefusal(platform, undefined)).toBeUndefined(),
  );

  it.each(TAKEN_URLS)('is not seen in %s', (url) => {
    expect(termsRefusal('berita.example', url)).toBeUndefined();
    expect(sourceRefusal(url)).toBeUndefined();
  });

  it.each(REFUSED_SOURCES)('is no source: %s', (url, place) => {
    expect(sourceRefusal(url)).toContain(place);
    const feed = collectorKind('feed')?.options.safeParse({ url });
    expect(feed?.error?.issues[0]?.message).toContain(place);
    const page = collectorKind('web')?.options.safeParse({ url, selectors: { item: 'p' } });
    expect(page?.error?.issues[0]?.message).toContain(place);
  });

  it('is no source under another address with the name of theirs', () => {
    const feed = collectorKind('feed')?.options.safeParse({ url: 'https://a.example/rss', site: 'x.com' });
    expect(feed?.error?.issues[0]?.message).toContain('X');
  });

  it.each([
    ['subreddit', 'Reddit'],
    ['Subreddit', 'Reddit'],
    ['tweet_id', 'X'],
    ['Twitter Author ID', 'X'],
  ])('is known by the key %s', (key, place) => expect(telltaleRefusal(key)).toContain(place));

  it('is refused under any subdomain and letter case', () => {
    const label = fc.stringMatching(/^[a-z0-9]{1,10}$/);
    const host = fc.constantFrom('x.com', 'twitter.com', 't.co', 'reddit.com', 'redd.it');
    fc.assert(
      fc.property(fc.array(label, { maxLength: 3 }), host, (labels, own) => {
        const url = `https://${[...labels, own].join('.').toUpperCase()}/1`;
        return !URL.canParse(url) || termsRefusal('forum.example', url) !== undefined;
      }),
    );
  });
});

describe('the terms block', () => {
  const page = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');

  it.each(collectorKinds.map(({ kind }) => kind))(
    'of the kind %s is asked for as docs/sources.md says',
    (kind) => {
      const said = [...page.matchAll(/^\| `([a-z]+)`[^|]*\| (\*\*yes\*\*|no) \|/gm)].filter(
        ([, name]) => name === kind,
      );
      expect(said.length).toBeGreaterThan(0);
      const reason = collectorKind(kind)?.termsRequired({});
      expect(reason === undefined ? 'no' : '**yes**').toBe(said[0]?.[2]);
    },
  );
});
