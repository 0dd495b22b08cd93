/**
 * Places whose terms bar surveillance of their users and deriving alleged crimes from their content
 * (X: Developer Policy, "Surveillance"; Reddit: Data API Terms and Developer Terms). Their content is refused for
 * monitoring in any form, by file too.
 */
const REFUSED_PLATFORMS = new Map([
  ['x', 'X'],
  ['twitter', 'X'],
  ['reddit', 'Reddit'],
]);

const REFUSED_HOSTS: readonly (readonly [host: string, place: string])[] = [
  ['x.com', 'X'],
  ['twitter.com', 'X'],
  ['t.co', 'X'],
  ['reddit.com', 'Reddit'],
  ['redd.it', 'Reddit'],
];

/** Why content of this platform or address is not taken; nothing where it may be. `url` must be a valid URL. */
export function termsRefusal(platform: string | undefined, url: string | undefined): string | undefined {
  const place = placeOfPlatform(platform) ?? (url === undefined ? undefined : placeOfHost(url));
  return place === undefined
    ? undefined
    : `it is content of ${place}, whose terms do not allow monitoring; leave such content out`;
}

function placeOfPlatform(platform: string | undefined): string | undefined {
  if (platform === undefined) return undefined;
  const name = platform.trim().toLowerCase();
  return REFUSED_PLATFORMS.get(name) ?? (name.includes('.') ? placeOfHostname(name) : undefined);
}

function placeOfHost(url: string): string | undefined {
  return placeOfHostname(new URL(url).hostname.replace(/\.$/, ''));
}

function placeOfHostname(hostname: string): string | undefined {
  for (const [host, place] of REFUSED_HOSTS) {
    if (hostname === host || hostname.endsWith(`.${host}`)) return place;
  }
  return undefined;
}
