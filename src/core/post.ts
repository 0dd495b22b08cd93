/** Who wrote a post, as far as the place says. Hashed on landing; the readable part is sealed until a case needs it. */
export interface Author {
  /** The place's own stable id of the account. */
  readonly id?: string;
  /** The handle people see, without a leading `@`. */
  readonly handle?: string;
}

/** How far a post went, as the place counted when it was fetched. Each at least 0. */
export interface Reach {
  readonly likes?: number;
  readonly reposts?: number;
  readonly replies?: number;
  readonly views?: number;
}

/**
 * The post's own record as it was received: the JSON object, feed entry or HTML fragment, its bytes unchanged.
 * The whole body is not kept (an API page holds other people's posts); its SHA-256 is.
 */
export interface ReceivedRecord {
  /** Media type of the fragment, e.g. `application/json`, `text/html`, `application/xml`, `text/csv`. */
  readonly mediaType: string;
  /** `utf8`: `bytes` is the text itself; `base64` where the fragment is not valid UTF-8. */
  readonly encoding: 'utf8' | 'base64';
  readonly bytes: string;
  /** Where the body came from: URL, or the name of a file, or `-` for standard input. */
  readonly from: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** Lower-case response header names to values, credentials (cookies, authorisation) removed. Empty for files. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the whole body as received, lower-case hex; null where there is no bounded body (a stream, a file read in parts). */
  readonly bodySha256: string | null;
}

/** A public post, platform-neutral and immutable. The original text is kept as it was. */
export interface Post {
  /** `<platform or site>:<globally unique native id>`, so that the same post is the same wherever it was found. */
  readonly id: string;
  /** First 16 hex digits of the SHA-256 of the content: with `id`, it decides what was seen before. */
  readonly revision: string;
  /** Name of the source that found it. */
  readonly source: string;
  readonly platform: string;
  /** Original text (HTML already turned to text), at most {@link MAX_POST_CHARS} UTF-16 units. */
  readonly text: string;
  /** ISO 8601 UTC, when the place says that it was posted; absent where it does not say. */
  readonly createdAt?: string;
  /** ISO 8601 UTC, when Ronda received it. */
  readonly collectedAt: string;
  readonly url?: string;
  readonly author?: Author;
  readonly reach?: Reach;
  /** Region code from the source's setting. */
  readonly region?: string;
  readonly record?: ReceivedRecord;
}

/** The longest text that a post may carry, in UTF-16 units; a longer one is a rejected row, never a cut text. */
export const MAX_POST_CHARS = 1_000_000;
