/** What a text is about, for the hourly counts: hashtags and the hosts of its links. */
import { maskHost } from '../text/mask.js';
import { ADDRESS_BEGIN, MAY_BE_ADDRESS } from './terms.js';

/** Of a text, at most; whoever writes more says nothing with them. */
const MOST = 10;
const MOST_CHARS = 60;
/** A hashtag has a letter; one behind a word or another sign is a part of an address. */
const HASHTAG = /(?<![\p{L}\p{N}\p{M}_&/#])[#\uFF03]([\p{L}\p{N}\p{M}_]{2,})/gu;
const LETTER = /\p{L}/u;
const HOST = new RegExp(`${ADDRESS_BEGIN}([^\\s/?#<>"'\\\\]{4,250})`, 'giu');
/** A name and a place of names, letters, digits and dashes: no address in numbers, no user, no port. */
const PLAIN_HOST = /^(?=.{4,100}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]*\.)+\p{L}{2,24}$/u;

/** Lower-case, without the sign, each once in order. */
export function hashtagsOf(text: string): string[] {
  if (!text.includes('#') && !text.includes('\uFF03')) return [];
  const found = new Set<string>();
  for (const [, tag = ''] of text.matchAll(HASHTAG)) {
    if (tag.length > MOST_CHARS || !LETTER.test(tag)) continue;
    found.add(tag.normalize('NFKC').toLowerCase());
    if (found.size === MOST) break;
  }
  return [...found];
}

/** Host names of the links in a text, each once in order; what of a host may be somebody's name is left out. */
export function domainsOf(text: string): string[] {
  if (!MAY_BE_ADDRESS.test(text)) return [];
  const found = new Set<string>();
  for (const [, place = ''] of text.matchAll(HOST)) {
    const host = place
      .slice(place.lastIndexOf('@') + 1)
      .replace(/:\d*$/, '')
      .toLowerCase()
      .replace(/^(?:www|m|mobile|amp)\./, '')
      .replace(/[.,!)\]]+$/, '');
    if (PLAIN_HOST.test(host)) found.add(maskHost(host));
    if (found.size === MOST) break;
  }
  return [...found];
}
