/**
 * Takes out of a text what leads to a person: mentions, addresses, mail addresses, numbers of telephones and papers.
 * What stands in their place reads the same in every language: `@…`, `https://…`, `…@…`, `0…`.
 */

const MENTION = '@…';
const LINK = 'https://…';
const MAIL = '…@…';
const NUMBER = '0…';

/** The sign of a mention, and what stands in for it. */
const AT = '[@\\uFF20\\uFE6B]';
const URL_LIKE = /\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s<>"'“”‘’]+/giu;
/** A host with a path, or a short name of a place where accounts are: `t.me/nama`, `contoh.id/@nama`. */
const BARE_LINK =
  /(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,62})\.){1,5}\p{L}{2,18}\/[^\s<>"'“”‘’]*/giu;
const MAIL_ADDRESS = new RegExp(
  `(?<![\\p{L}\\p{N}\\p{M}_@\\uFF20\\uFE6B])[\\p{L}\\p{N}._%+-]{1,64}${AT}[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,5}`,
  'giu',
);
/** With the host of another server behind it, as the fediverse writes; a word behind the sign is enough. */
const HANDLE = new RegExp(
  `${AT}[\\p{L}\\p{N}\\p{M}_](?:[\\p{L}\\p{N}\\p{M}._-]*[\\p{L}\\p{N}\\p{M}_])?(?:${AT}[\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?`,
  'giu',
);
/** `u/nama` and `IG: nama`: an account named after its place. */
const NAMED_ACCOUNT =
  /\b(?:(?:ig|fb|wa|tg|instagram|facebook|twitter|tiktok|telegram|threads|line)\s*[:=]\s*|\/?u\/)[\p{L}\p{N}._-]{2,64}/giu;
const IDENTIFIER = /\bdid:[a-z0-9]+:[a-z0-9.:_%-]+/giu;
/** Digits with what people put between them: from a plus, a zero or the country's 62, or ten in a row. */
const PHONE = /(?<![\p{L}\p{N}.,])(?:\+\s?\d|\(?0|62)(?:[\s().-]{0,2}\d){7,15}(?![\p{N}])/gu;
const LONG_NUMBER = /(?<![\p{L}\p{N}])\d{10,20}(?![\p{L}\p{N}])/gu;
const DATE = /^\(?\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}$/;

/**
 * What a text must hold for an expression above to find anything: most texts hold next to none of it, and to look for a
 * sign costs a hundredth of what the expression does.
 */
const ADDRESS_SIGNS = /:\/\/|www\./i;
const AT_SIGNS = /[@\uFF20\uFE6B]/;
const ACCOUNT_SIGNS = /[:=/]/;
const SEVEN_DIGITS = /\d(?:[\s().-]{0,2}\d){6}/;

/** The text without what leads to a person. */
export function maskNames(text: string): string {
  let masked = text;
  if (ADDRESS_SIGNS.test(masked)) masked = masked.replace(URL_LIKE, LINK);
  if (AT_SIGNS.test(masked)) masked = masked.replace(MAIL_ADDRESS, MAIL);
  if (masked.includes('/')) masked = masked.replace(BARE_LINK, LINK);
  if (masked.includes(':')) masked = masked.replace(IDENTIFIER, MENTION);
  if (AT_SIGNS.test(masked)) masked = masked.replace(HANDLE, MENTION);
  if (ACCOUNT_SIGNS.test(masked)) masked = masked.replace(NAMED_ACCOUNT, MENTION);
  if (!SEVEN_DIGITS.test(masked)) return masked;
  return masked
    .replace(PHONE, (found) => (DATE.test(found.trim()) ? found : NUMBER))
    .replace(LONG_NUMBER, NUMBER);
}

const NO_WORDS: ReadonlySet<string> = new Set();

/** Words of accounts that a text names without the sign of a mention (`IG: nama`, `u/nama`), lower-case. */
export function accountWords(text: string): ReadonlySet<string> {
  if (!ACCOUNT_SIGNS.test(text)) return NO_WORDS;
  const words = new Set<string>();
  for (const [found] of text.matchAll(NAMED_ACCOUNT)) {
    const name = found.replace(/^[^:=/]*(?:[:=]|\/)\s*/, '').toLowerCase();
    for (const word of [name, ...name.split(/[._-]+/)]) if (word.length > 1) words.add(word);
  }
  return words;
}

/** Places where a path or a subdomain is somebody's account. */
const PLACES_OF_ACCOUNTS =
  /(?:^|\.)(?:x|twitter|facebook|fb|instagram|threads|tiktok|youtube|youtu|t|telegram|bsky|reddit|linkedin|pinterest|snapchat|whatsapp|wa|line|vk|weibo|kaskus|quora|tumblr|medium|substack|blogspot|wordpress|linktr|github|gitlab)\.(?:com|net|org|me|be|app|social|ee|io|co|id|us)$/;

/** Hosts under which everybody's own name is a host: what stands before is left out. */
const HOSTS_OF_NAMES =
  /^.+\.((?:blogspot|wordpress|tumblr|substack|medium|livejournal|weebly|wixsite|bsky|carrd|github|gitlab|linktr|neocities|blogger)\.[a-z.]{2,10})$/;

/** A host name without what may be somebody's name: `nama.blogspot.com` is `*.blogspot.com`. */
export function maskHost(host: string): string {
  const found = HOSTS_OF_NAMES.exec(host.toLowerCase());
  return found === null || found[1] === undefined || host.toLowerCase().startsWith('www.')
    ? host
    : `*.${found[1]}`;
}

/**
 * An address that may stand in a report: http or https, without name, password, query or fragment, and not on a place
 * where addresses are accounts; undefined for any other.
 */
export function publicLink(address: string): string | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (PLACES_OF_ACCOUNTS.test(url.hostname.toLowerCase())) return undefined;
  const path = safelyDecoded(url.pathname);
  // `/@nama`, `/users/nama`, `/u/nama`: an account, whatever the place.
  if (path === undefined || /[@\uFF20\uFE6B]|\/(?:users?|u|profiles?|author|akun)\//iu.test(path))
    return undefined;
  return `${url.protocol}//${url.host}${url.pathname}`;
}

function safelyDecoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
