/**
 * Takes out of a text what leads to a person: mentions, addresses, mail addresses, numbers of telephones and papers.
 * What stands in their place reads the same in every language: `@…`, `https://…`, `…@…`, `0…`.
 */
import { unhide } from './unhide.js';

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
/** `u/nama`, `IG: nama`: an account named after its place. */
const NAMED_ACCOUNT =
  /\b(?:(?:ig|fb|wa|tg|tele|yt|instagram|facebook|twitter|tiktok|telegram|threads|line|youtube|discord|bluesky)\s*[:=]\s*|\/?u\/)[\p{L}\p{N}._-]{2,64}/giu;
/** `ig nama_orang`: without a sign between, only what is written as accounts are. */
const SPELT_ACCOUNT =
  /\b(?:ig|fb|tg|tele|instagram|facebook|twitter|tiktok|telegram|threads|youtube|discord|akun)\s+(?=[\p{L}\p{N}.]{0,40}(?:_|\p{L}\.\p{L}))[\p{L}\p{N}_](?:[\p{L}\p{N}._]{0,62}[\p{L}\p{N}_])/giu;
/** `FB: Budi Santoso`: there, accounts are names in full. */
const NAMED_IN_FULL =
  /\b(?:[Ff][Bb]|[Ff]acebook|FACEBOOK)\s*[:=]\s*\p{Lu}[\p{L}.'-]*(?:\s\p{Lu}[\p{L}.'-]*){1,3}/gu;
const IDENTIFIER = /\bdid:[a-z0-9]+:[a-z0-9.:_%-]+/giu;
/** A host that is somebody's own name, without an address around it: `nama.blogspot.com`. */
const NAMED_HOST =
  /(?<![\p{L}\p{N}@._-])(?!www\.)[\p{L}\p{N}][\p{L}\p{N}_-]{0,62}\.(?:blogspot|wordpress|tumblr|substack|medium|livejournal|weebly|wixsite|bsky|carrd|github|gitlab|linktr|neocities|blogger)\.[a-z]{2,8}(?:\.[a-z]{2})?(?![\p{L}\p{N}])/giu;
/** Digits with what people put between them: from a plus, a zero or the country's 62, or ten in a row. */
const PHONE_ABROAD = /(?<![\p{L}\p{N}.,])\+\s?\d(?:[\s()._/-]{0,2}\d){7,15}(?![\p{N}])/gu;
const PHONE = /(?<![\p{L}\p{N}.,])(?:\(?0|62)(?:[\s()._/-]{0,2}\d){7,15}(?![\p{N}])/gu;
/** Letters in place of digits: `O812`, `08l2`. */
const SPELT_PHONE = /(?<![\p{L}\p{N}])[0Oo]8(?:[\s()._/-]{0,2}[0-9OoIl]){7,12}(?![\p{L}\p{N}])/gu;
const LONG_NUMBER = /(?<![\p{L}\p{N}])(?<!\b(?:Rp|IDR|USD)[.\s]{0,2})\d{10,20}(?![\p{L}\p{N}])/giu;
/** The sixteen digits of an identity card or the ten of an account, in groups: `3273 0101 0190 0001`, `32.73.01.010190.0001`. */
const GROUPED_NUMBER =
  /(?<![\p{L}\p{N}.,+-])(?<!\+\s|\b(?:Rp|IDR|USD)[.\s]{0,2})[1-9]\d{0,5}(?:[ .-]\d{1,6}){1,7}(?![\p{L}\p{N}]|[.,-]\d)/giu;
const DATE = /^\(?\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}(?:\s+\d{1,2}[.:]\d{2})?$/;
const YEARS = /^(?:19|20)\d\d(?:[ .-](?:19|20)\d\d)*$/;
const THOUSANDS = /^\d{1,3}(?:([ .])\d{3})(?:\1\d{3})*$/;

/**
 * What a text must hold for an expression above to find anything: most texts hold next to none of it, and to look for a
 * sign costs a hundredth of what the expression does.
 */
const ADDRESS_SIGNS = /:\/\/|www\./i;
const AT_SIGNS = /[@\uFF20\uFE6B]/;
const ACCOUNT_SIGNS = /[:=/]/;
const LINK_SIGNS = /\.\p{L}{2,18}\//u;
const HOST_SIGNS =
  /\.(?:blogspot|wordpress|tumblr|substack|medium|livejournal|weebly|wixsite|bsky|carrd|git|linktr|neocities|blogger)/i;
const SPELT_SIGNS = /_|\p{L}\.\p{L}/u;
const SEVEN_DIGITS = /\d(?:[\s()._/-]{0,2}\d){6}/;
const SPELT_DIGITS = /[0Oo]8(?:[\s()._/-]{0,2}[0-9OoIl]){7}/;

/** Told of each part that is masked, and what stands for it. */
type OnMasked = (found: string, mark: string) => void;

/**
 * The text without what leads to a person. Where that is hidden (signs that are not seen, wide or foreign digits, brackets
 * around a dot), what comes back is written plainly throughout; where nothing is masked, it is the very text.
 */
export function maskNames(text: string): string {
  const plain = unhide(text);
  const masked = masking(plain);
  return masked === plain ? text : masked;
}

function masking(text: string, on?: OnMasked): string {
  let masked = text;
  const take = (expression: RegExp, mark: string, isMeant?: (found: string) => boolean): void => {
    masked = masked.replace(expression, (found) => {
      if (isMeant?.(found) === false) return found;
      on?.(found, mark);
      return mark;
    });
  };
  if (ADDRESS_SIGNS.test(masked)) masked = masked.replace(URL_LIKE, LINK);
  if (AT_SIGNS.test(masked)) take(MAIL_ADDRESS, MAIL);
  if (LINK_SIGNS.test(masked)) take(BARE_LINK, LINK);
  if (HOST_SIGNS.test(masked)) take(NAMED_HOST, LINK);
  if (masked.includes(':')) take(IDENTIFIER, MENTION);
  if (AT_SIGNS.test(masked)) take(HANDLE, MENTION);
  if (ACCOUNT_SIGNS.test(masked)) {
    take(NAMED_IN_FULL, MENTION);
    take(NAMED_ACCOUNT, MENTION);
  }
  if (SPELT_SIGNS.test(masked)) take(SPELT_ACCOUNT, MENTION);
  if (SEVEN_DIGITS.test(masked)) {
    take(PHONE_ABROAD, NUMBER);
    take(GROUPED_NUMBER, NUMBER, isPaper);
    take(PHONE, NUMBER, (found) => !DATE.test(found.trim()) && !YEARS.test(found));
    take(LONG_NUMBER, NUMBER);
  }
  if (SPELT_DIGITS.test(masked)) take(SPELT_PHONE, NUMBER, (found) => /\d.*\d.*\d.*\d/.test(found));
  return masked;
}

/** Whether digits in groups are those of a paper or an account: no amount, no years, no list of small numbers. */
function isPaper(found: string): boolean {
  const digits = found.replace(/\D/g, '').length;
  if (THOUSANDS.test(found) || YEARS.test(found) || DATE.test(found)) return false;
  return (
    digits === 16 || (digits >= 10 && digits <= 20 && found.split(/[ .-]/).every((group) => group.length > 2))
  );
}

/** What a text names that leads to a person, beyond mentions with a sign and addresses with a path or a scheme. */
export interface Names {
  /** Lower-case words of it, numbers as digits: none of them may be told. */
  readonly words: ReadonlySet<string>;
  /** Mail addresses, hosts and numbers, each in one form however it was written: by these a story is known again. */
  readonly contacts: readonly string[];
}

const NO_NAMES: Names = { words: new Set(), contacts: [] };
/** Without any of these, nothing is named but by a sign. */
const NAMING_SIGNS = /[:=/@_]|\p{L}\.\p{L}|\d(?:[\s()._/-]{0,2}\d){6}/u;

/** What of a text may be compared, and not told: its accounts (which are not compared either), addresses and numbers. */
export function namesIn(text: string): Names {
  const plain = unhide(text);
  if (plain === text && !NAMING_SIGNS.test(text)) return NO_NAMES;
  const words = new Set<string>();
  const contacts = new Set<string>();
  masking(plain, (found, mark) => {
    const digits = mark === NUMBER ? found.replace(/\D/g, '').replace(/^62(?=8)/, '0') : '';
    const name = mark === MENTION ? found.replace(/^[^:=/\s]*(?:\s*[:=]\s*|\/(?:u\/)?|\s+)/u, '') : found;
    const whole = name.toLowerCase();
    if (mark === NUMBER) contacts.add(digits);
    else if (mark === MAIL || (mark === LINK && !whole.includes('/'))) contacts.add(whole);
    for (const word of [whole, found.replace(/\D/g, ''), ...whole.split(/[^\p{L}\p{N}]+/u)])
      if (word.length > 1) words.add(word);
  });
  return words.size === 0 ? NO_NAMES : { words, contacts: [...contacts] };
}

/** Places where a path or a subdomain is somebody's account. */
const PLACES_OF_ACCOUNTS =
  /(?:^|\.)(?:x|twitter|facebook|fb|instagram|threads|tiktok|youtube|youtu|t|telegram|bsky|reddit|linkedin|pinterest|snapchat|whatsapp|wa|line|vk|weibo|kaskus|quora|tumblr|medium|substack|blogspot|wordpress|linktr|github|gitlab|kompasiana|discord|lynk|saweria|trakteer)\.(?:com|net|org|me|be|app|social|ee|io|co|id|us|gg|watch)$/;

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
  if (
    path === undefined ||
    /[@\uFF20\uFE6B]|\/(?:~|(?:users?|u|profiles?|authors?|akun|members?|people|pengguna|anggota|penulis)\/)/iu.test(
      path,
    )
  )
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
