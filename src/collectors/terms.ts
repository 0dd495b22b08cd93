/**
 * Places whose terms bar surveillance of their users and deriving alleged crimes from their content
 * (X: Developer Agreement and Policy, "Surveillance"; Reddit: Data API Terms and Developer Terms). Their content is
 * refused for monitoring in any form, by file and through mirrors too. See docs/sources.md.
 */
type Place = 'X' | 'Reddit';

/** What a platform is called where it is X or Reddit, in lower case without what is no letter or digit. */
const REFUSED_NAMES: ReadonlyMap<string, Place> = new Map([
  ['x', 'X'],
  ['twitter', 'X'],
  ['xtwitter', 'X'],
  ['twitterx', 'X'],
  ['xformerlytwitter', 'X'],
  ['reddit', 'Reddit'],
  ['subreddit', 'Reddit'],
]);

/** Their own hosts, their short links and media, and hosts that show their content. Subdomains are meant too. */
const REFUSED_HOSTS: ReadonlyMap<string, Place> = new Map([
  ['x.com', 'X'],
  ['twitter.com', 'X'],
  ['t.co', 'X'],
  ['twimg.com', 'X'],
  ['tweetdeck.com', 'X'],
  ['vxtwitter.com', 'X'],
  ['fxtwitter.com', 'X'],
  ['fixvx.com', 'X'],
  ['fixupx.com', 'X'],
  ['twittpr.com', 'X'],
  ['xcancel.com', 'X'],
  ['twstalker.com', 'X'],
  ['threadreaderapp.com', 'X'],
  ['bird.makeup', 'X'],
  ['reddit.com', 'Reddit'],
  ['redd.it', 'Reddit'],
  ['redditmedia.com', 'Reddit'],
  ['redditstatic.com', 'Reddit'],
  ['rxddit.com', 'Reddit'],
  ['vxreddit.com', 'Reddit'],
  ['pullpush.io', 'Reddit'],
  ['pushshift.io', 'Reddit'],
  ['reveddit.com', 'Reddit'],
  ['unddit.com', 'Reddit'],
]);

/** Programs that mirror them, recognised by a label of the host: nitter.example, libreddit.example.org. */
const MIRROR_LABEL = /^(?:(nitter|birdsitelive)|(libreddit|redlib|teddit|safereddit))\d*$/;

/** Makers of feeds out of their pages: the place in the path, or as the name of a bridge. */
const FEED_MAKER =
  /^\/(?:rss\/)?(?:(twitter|nitter)|reddit)\/(?:user|keyword|list|likes|media|trends|tweet|search|subreddit|r|u)\b|\bbridge=(?:(twitter|nitter)|reddit)/;

/** Columns and keys that only rows of theirs fill in, in lower case without what is no letter or digit. */
const TELLTALE_KEYS: ReadonlyMap<string, Place> = new Map([
  ['subreddit', 'Reddit'],
  ['subredditname', 'Reddit'],
  ['tweetid', 'X'],
  ['tweeturl', 'X'],
  ['tweettext', 'X'],
  ['inreplytoscreenname', 'X'],
  ['retweetedstatus', 'X'],
  ['twitterauthorid', 'X'],
  ['twitterretweetof', 'X'],
]);

/** Why content of this platform or address is not taken; nothing where it may be. `url` must be a valid URL. */
export function termsRefusal(platform: string | undefined, url: string | undefined): string | undefined {
  return refusal(placeOfPlatform(platform) ?? (url === undefined ? undefined : placeOfUrl(url)));
}

/**
 * Why a row with these keys is not taken; nothing where it may be. A key counts only with a value, since exports of
 * several platforms carry the columns of all of them.
 */
export function telltaleRefusal(key: string): string | undefined {
  return refusal(TELLTALE_KEYS.get(key.toLowerCase().replace(/[^a-z0-9]/g, '')));
}

/**
 * Why an address is no source; nothing where it may be one. Stricter than {@link termsRefusal}: an address that names
 * their place within it (an archive, a feed maker, a proxy) leads to their content. `url` must be a valid URL.
 */
export function sourceRefusal(url: string): string | undefined {
  const { pathname, search } = new URL(url);
  const within = `${decoded(pathname)}${decoded(search)}`.toLowerCase();
  const maker = FEED_MAKER.exec(within);
  const made = maker === null ? undefined : (maker[1] ?? maker[2]) === undefined ? 'Reddit' : 'X';
  return refusal(placeOfUrl(url) ?? made ?? placeWithin(within));
}

function refusal(place: Place | undefined): string | undefined {
  return place === undefined
    ? undefined
    : `it is content of ${place}, whose terms do not allow monitoring; leave such content out`;
}

function placeOfPlatform(platform: string | undefined): Place | undefined {
  if (platform === undefined) return undefined;
  const name = platform.trim().toLowerCase();
  const bare = name.replace(/[^\p{L}\p{N}]/gu, '');
  return REFUSED_NAMES.get(bare) ?? (name.includes('.') ? placeOfHostname(name) : undefined);
}

function placeOfUrl(url: string): Place | undefined {
  const { hostname, pathname } = new URL(url);
  // An archive keeps the address of what it shows in its path.
  const within = /http/i.test(pathname) ? placeWithin(decoded(pathname).toLowerCase()) : undefined;
  return placeOfHostname(hostname.replace(/\.$/, '')) ?? within;
}

/** The place of a whole address that stands within another. */
function placeWithin(text: string): Place | undefined {
  for (const [, host] of text.matchAll(/https?:\/{1,2}([a-z0-9.-]+)/g)) {
    const place = placeOfHostname(host ?? '');
    if (place !== undefined) return place;
  }
  return undefined;
}

function placeOfHostname(hostname: string): Place | undefined {
  const labels = hostname.split('.');
  for (let at = 0; at < labels.length; at++) {
    const place = REFUSED_HOSTS.get(labels.slice(at).join('.'));
    if (place !== undefined) return place;
    const mirror = MIRROR_LABEL.exec(labels[at] ?? '');
    if (mirror !== null && labels.length > 1) return mirror[1] === undefined ? 'Reddit' : 'X';
  }
  return undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
