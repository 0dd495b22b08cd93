import { MAX_BATCH_BYTES, MAX_BATCH_POSTS } from '../core/batch.js';
import type { Reject } from '../core/collector-ports.js';
import type { Post } from '../core/post.js';

/** Gathers posts and rejects until a page is full: as many posts as a job holds, or as many rejects. */
export class PageBuilder {
  #posts: Post[] = [];
  #rejects: Reject[] = [];
  #bytes = 0;
  #untimed = 0;

  /** True when `size` more bytes would go beyond a job and something is there already. */
  overflows(post: Post): boolean {
    return (
      this.#posts.length >= MAX_BATCH_POSTS ||
      (this.#posts.length > 0 && this.#bytes + bytesOf(post) > MAX_BATCH_BYTES)
    );
  }

  /** @param untimed true of a post that says a time which is not to be believed */
  add(post: Post, untimed = false): void {
    this.#posts.push(post);
    if (untimed) this.#untimed += 1;
    this.#bytes += bytesOf(post);
  }

  reject(reject: Reject): void {
    this.#rejects.push(reject);
  }

  /** No more rejects should be added: a page is handed on whole. */
  get fullOfRejects(): boolean {
    return this.#rejects.length >= MAX_BATCH_POSTS;
  }

  get empty(): boolean {
    return this.#posts.length === 0 && this.#rejects.length === 0;
  }

  /** Hands over what was gathered and starts anew. */
  take(): { posts: readonly Post[]; rejects: readonly Reject[]; untimed?: number } {
    const taken = {
      posts: this.#posts,
      rejects: this.#rejects,
      ...(this.#untimed === 0 ? {} : { untimed: this.#untimed }),
    };
    this.#posts = [];
    this.#rejects = [];
    this.#bytes = 0;
    this.#untimed = 0;
    return taken;
  }
}

/** An estimate of a post's JSON in bytes, a quarter added for escapes. */
function bytesOf(post: Post): number {
  return 1.25 * (Buffer.byteLength(post.text) + Buffer.byteLength(post.record?.bytes ?? '')) + 600;
}
