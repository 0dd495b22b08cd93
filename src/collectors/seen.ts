import { hash } from 'node:crypto';
import type { CollectedPage, Cursor, Reject } from '../core/collector-ports.js';
import type { Post } from '../core/post.js';
import type { Parsed } from './collector-kind.js';
import { PageBuilder } from './page.js';

/** Entries that a cursor remembers: 16 bytes each, well within the 64 kB of a cursor. */
const MAX_SEEN = 1_500;

/** What a place showed before, by id and revision, so that the same page read again brings nothing again. */
export class SeenEntries {
  readonly #known: Set<string>;
  readonly #earlier: readonly string[];
  /** Keys of this reading; its first page is the newest, which the next reading meets again. */
  readonly #added: string[] = [];
  /** True when the last reading ended before its last page, so that what is older may not have been read yet. */
  readonly unfinished: boolean;

  constructor(cursor: Cursor | undefined) {
    const kept = cursor?.seen;
    this.#earlier = Array.isArray(kept) ? kept.filter((key): key is string => typeof key === 'string') : [];
    this.#known = new Set(this.#earlier);
    this.unfinished = cursor?.unfinished === true;
  }

  /** Posts and rejects that were not there before, each once. */
  fresh(parsed: Parsed): Parsed {
    return {
      posts: parsed.posts.filter((post) => this.#isNew(keyOfPost(post))),
      rejects: parsed.rejects.filter((reject) => this.#isNew(keyOfReject(reject))),
    };
  }

  #isNew(key: string): boolean {
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    return true;
  }

  /** The cursor once these are safe as well; the newest are remembered first. */
  cursorAfter(page: Parsed, unfinished: boolean): Cursor {
    this.#added.push(...page.posts.map(keyOfPost), ...page.rejects.map(keyOfReject));
    return { seen: [...new Set([...this.#added, ...this.#earlier])].slice(0, MAX_SEEN), unfinished };
  }
}

function keyOfPost(post: Post): string {
  return hash('sha256', `${post.id}\n${post.revision}`).slice(0, 16);
}

function keyOfReject(reject: Reject): string {
  return hash('sha256', `${reject.kind}\n${reject.excerpt.toString('latin1')}`).slice(0, 16);
}

/**
 * Cuts what was found into pages; an empty page where nothing was, so that `committed` is called all the same.
 * Without `committed` more is to come, and the cursors say so.
 */
export function* toPages(
  found: Parsed,
  seen: SeenEntries,
  committed: (() => void) | undefined,
): Generator<CollectedPage> {
  const pages: Parsed[] = [];
  const builder = new PageBuilder();
  for (const post of found.posts) {
    if (builder.overflows(post)) pages.push(builder.take());
    builder.add(post);
  }
  for (const reject of found.rejects) {
    if (builder.fullOfRejects) pages.push(builder.take());
    builder.reject(reject);
  }
  if (!builder.empty || pages.length === 0) pages.push(builder.take());
  for (const [index, page] of pages.entries()) {
    const last = index === pages.length - 1;
    yield {
      ...page,
      cursor: seen.cursorAfter(page, !last || committed === undefined),
      progress: (index + 1) / pages.length,
      ...(last && committed !== undefined ? { committed } : {}),
    };
  }
}
