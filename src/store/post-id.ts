import type { Post } from '../core/post.js';

/** Marks of an id that names an account: a handle, a path of accounts, a decentralised identifier. */
const ACCOUNT = /@|\bdid:|\/(?:u|user|users|profile|profiles|people|channel|author|member|members)\//i;

/** A handle shorter than this is met in ids by chance. */
const LEAST_NAME = 3;

/**
 * Whether the id of a post tells whose it is, so that it must be sealed like the link: it looks like it
 * (`mastodon:https://example.id/users/ani/statuses/1`), or it holds the author's own id or handle as a whole word.
 */
export function holdsAccount(post: Pick<Post, 'id' | 'author'>): boolean {
  const native = post.id.slice(post.id.indexOf(':') + 1);
  if (ACCOUNT.test(native)) return true;
  return [post.author?.id, post.author?.handle].some(
    (name) => name !== undefined && name.length >= LEAST_NAME && holdsWord(native, name),
  );
}

function holdsWord(text: string, word: string): boolean {
  const [within, sought] = [text.toLowerCase(), word.toLowerCase()];
  for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1)) {
    if (!isWordUnit(within[at - 1]) && !isWordUnit(within[at + sought.length])) return true;
  }
  return false;
}

function isWordUnit(unit: string | undefined): boolean {
  return unit !== undefined && /[\p{L}\p{N}_]/u.test(unit);
}

/** What stands for such an id where it is shown: `<platform>:~<16 hex digits of its keyed hash>`. */
export function standInId(id: string, idHash: Buffer): string {
  return `${id.slice(0, id.indexOf(':') + 1)}~${idHash.toString('hex', 0, 8)}`;
}
