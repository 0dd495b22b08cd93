/** The door to the network: what is asked of it, and what it answers. */

export interface FetchRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Send what is known of ETag and Last-Modified; a 304 resolves with `notModified: true`. Default false. */
  readonly conditional?: boolean;
  /** The source says that private and loopback addresses are meant. Default false. */
  readonly allowPrivate?: boolean;
  /** Statuses beside 2xx whose body is read and returned, not thrown, e.g. 400 of an API that says why in it. */
  readonly acceptStatuses?: readonly number[];
  /** Cap on the body after decompression, in bytes; default 10 MB. */
  readonly maxBytes?: number;
  /** Whole request, ms; default 60 000. */
  readonly timeoutMs?: number;
  /** APIs with terms of their own are not subject to robots.txt; pages and feeds are. Default true. */
  readonly robots?: boolean;
  /** Requests a second to the host, where its terms or the source's setting say so; default 1. */
  readonly requestsPerSecond?: number;
  readonly signal?: AbortSignal;
}

export interface FetchResponse {
  /** The URL that answered, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly notModified: boolean;
  /** Lower-case names, credentials removed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Body as text by the charset of header, BOM or document; replacement characters where it is malformed. */
  text(): string;
  /** Keeps ETag and Last-Modified for the next time; call it once the posts are safely queued. */
  commitConditional(): void;
}

/** A connection that stays open: server-sent events or a WebSocket. Address guard, limits and name as for a request. */
export interface StreamRequest {
  /** `http(s):` for events, `ws(s):` for messages. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowPrivate?: boolean;
  /** Cap on one event or message, in bytes; default 1 MB. */
  readonly maxMessageBytes?: number;
  /** Cap on what was received and not yet read, in bytes; reading from the place stops there. Default 4 MB. */
  readonly maxBufferedBytes?: number;
  /** Without a byte (a comment or a ping counts) for so long, the connection is given up; ms, default 90 000. */
  readonly idleMs?: number;
  readonly signal?: AbortSignal;
}

/** An event of a `text/event-stream`, as the HTML standard dispatches it. */
export interface ServerEvent {
  /** `message` where the place names none. */
  readonly event: string;
  readonly data: string;
  /** The last id that the place gave, '' before the first. */
  readonly id: string;
}

/** The only door to the network. Throws the errors of core/errors.ts, each fault with its own kind. */
export interface Fetcher {
  fetch(request: FetchRequest): Promise<FetchResponse>;
  /**
   * Server-sent events as they come; connects when the first is asked for. Ends when the place ends it; a cut or silent
   * connection throws a RetryableError (kinds `stream-cut`, `stream-idle`, `stream-overrun`; a ThrottledError where the
   * place said when to come back) after what was received before it, an event beyond the cap a PermanentError
   * (`message-too-large`). To connect again, and from where, is the caller's to decide. Leaving the loop, `return()`
   * and the signal close the connection at once.
   */
  events(request: StreamRequest): AsyncIterable<ServerEvent>;
  /**
   * Text messages of a WebSocket as they come; ends (close codes 1000 and 1001) and throws as {@link events} does, and
   * `bad-websocket` (RetryableError), `binary-message` (PermanentError).
   */
  messages(request: StreamRequest): AsyncIterable<string>;
  close(): Promise<void>;
}

/** Conditional-GET facts kept across runs (fetch/conditional.ts). */
export interface ConditionalStore {
  getConditional(url: string): { etag?: string; lastModified?: string } | undefined;
  setConditional(url: string, facts: { etag?: string; lastModified?: string }): void;
}
