/** Parameters that say where a reader came from, not what is read. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|igsh|igshid|mibextid|ref_src|ref_url|si|feature|share_id|_rdr|rdid)$/i;
/** Hosts of one place under several names. */
const SAME_HOST: Readonly<Record<string, string>> = {
  'twitter.com': 'x.com',
  'telegram.me': 't.me',
  'fb.com': 'facebook.com',
};
const MIRROR = /^(?:www|m|mobile|old|web)\.(?=[^.]+\.)/;

/**
 * The form of a post's link by which it is known again: the same for http and https, for the names that a place has for
 * phones, and without fragments, parameters of advertisers and the order of parameters. Undefined for what is no web link.
 */
export function linkKey(link: string): string | undefined {
  let url: URL;
  try {
    url = new URL(link.trim());
  } catch {
    return undefined;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  let host = url.hostname.replace(/\.$/, '');
  for (let shorter = host.replace(MIRROR, ''); shorter !== host; shorter = host.replace(MIRROR, ''))
    host = shorter;
  host = SAME_HOST[host] ?? host;
  let path = url.pathname
    .replace(/%[0-9a-f]{2}/gi, (byte) => byte.toUpperCase())
    .replace(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '');
  const parameters = [...url.searchParams].filter(([name]) => !TRACKING.test(name));
  if (host === 't.me') path = path.replace(/^\/s\/(?=.)/, '/');
  if (host === 'youtu.be' && path.length > 1) {
    parameters.push(['v', path.slice(1)]);
    host = 'youtube.com';
    path = '/watch';
  }
  // One post of one account; what follows the number is how it is shown.
  if (host === 'x.com' || host === 't.me') parameters.length = 0;
  const query = parameters
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${host}${port}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** Web links in a text, as far as they can be told from what stands around them. */
export function linksIn(text: string): readonly string[] {
  return text.match(/https?:\/\/[^\s"'<>\\^`{|}]+/gi) ?? [];
}
