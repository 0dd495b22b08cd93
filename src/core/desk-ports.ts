/**
 * What the triage desk asks of the store. Every method is synchronous and short; times come in as ms since the epoch.
 * Methods that write join the transaction of {@link Transactions.atomically} when they are called within one.
 */
import type { Category, Level } from './assessment.js';
import type { AuditCheck, AuditEvent, AuditHead, AuditKind, NewAuditEvent } from './audit.js';
import type { LearningStore, NumbersStore, ShiftStore } from './desk-numbers.js';
import type { ItemState } from './item.js';
import type { ReviewEvent, Stage } from './review.js';
import type { Role, Scope, User } from './user.js';

export interface Transactions {
  /**
   * Runs `work` in one write transaction that is on the disk (synced) when this returns; when `work` throws, nothing of it
   * is kept. `work` must not wait for anything.
   */
  atomically<T>(work: () => T): T;
}

// ---------------------------------------------------------------------------------------------- audit

export interface AuditStore {
  append(event: NewAuditEvent, now: number): AuditEvent;
  /** Newest first, below `before`; `limit` 1..1000. */
  list(query: {
    readonly limit: number;
    readonly before?: number;
    readonly kind?: AuditKind;
    readonly subject?: string;
  }): readonly AuditEvent[];
  /** In order, after `seq`, for partners that follow; `limit` 1..1000. */
  after(seq: number, limit: number): readonly AuditEvent[];
  /** Undefined while nothing was recorded. */
  head(): AuditHead | undefined;
  /** Goes over the whole chain without holding it in memory; with `known`, the chain must contain that event as well. */
  verify(known?: AuditHead): AuditCheck;
  /** As {@link verify}, at most `limit` events after `after`, which was whole so far; `isEnd` where there are no more. */
  verifyPart(after: AuditHead | undefined, limit: number): AuditCheck & { readonly isEnd: boolean };
}

// ---------------------------------------------------------------------------------------------- claims

/** A lease on an item. */
export interface ItemClaim {
  readonly item: number;
  readonly user: number;
  /** ISO 8601 UTC */
  readonly until: string;
}

/** How long an item is claimed, ms; renewed while its holder works. */
export const CLAIM_MS = 300_000;

export interface ItemClaimStore {
  /** Takes what is free or the user's own, for {@link CLAIM_MS}; the rest is told with its holder. One transaction. */
  take(
    items: readonly number[],
    user: number,
    now: number,
  ): { readonly held: readonly ItemClaim[]; readonly taken: readonly ItemClaim[] };
  /** Renews what is still the user's own, also when it ran out and nobody took it since; the rest is lost. */
  renew(
    items: readonly number[],
    user: number,
    now: number,
  ): { readonly held: readonly ItemClaim[]; readonly lost: readonly number[] };
  /** Gives back what is the user's own; how many. */
  release(items: readonly number[], user: number): number;
  /** The row of an item, run out or not. */
  find(item: number): ItemClaim | undefined;
  /** Live claims of a user, by item. */
  heldBy(user: number, now: number): readonly ItemClaim[];
}

// ---------------------------------------------------------------------------------------------- reviews

/** What a use case must know of an item before it acts. */
export interface ItemFacts {
  readonly number: number;
  readonly state: ItemState;
  readonly stage: Stage;
  readonly level: Level;
  /** As the item carries it (core/region.ts). */
  readonly region?: string;
  readonly unit?: string;
}

/** A decided item that waits for, or had, its blind second review. */
export interface BlindReview {
  readonly item: number;
  readonly firstBy: string;
  /** {@link ReviewEvent.seq} */
  readonly firstEvent: number;
  readonly secondEvent?: number;
  readonly agrees?: boolean;
}

export interface ReviewStore {
  facts(item: number): ItemFacts | undefined;
  /** In order. */
  events(item: number): readonly ReviewEvent[];
  /** Of all items, in order, after `seq`, with where each item is now (absent once it was purged); `limit` 1..1000. */
  after(
    seq: number,
    limit: number,
  ): readonly { readonly event: ReviewEvent; readonly item?: Pick<ItemFacts, 'region' | 'unit'> }[];
  /** The highest event number before a time (ISO 8601 UTC), 0 where there is none: where a shift's events begin. */
  lastBefore(at: string): number;
  append(event: Omit<ReviewEvent, 'seq' | 'at'>, now: number): ReviewEvent;
  /** The answer given to this key before; `same` is false where another user or request used it. */
  answered(
    key: string,
    user: number,
    request: string,
  ): { readonly answer: string; readonly same: boolean } | undefined;
  /** Remembers an answer for a day. */
  remember(key: string, user: number, request: string, answer: string, now: number): void;
  /** 0 <= draw < 1, always the same for an item of this installation, and not to be foreseen without its secret. */
  draw(item: number): number;
  addBlind(item: number, firstBy: string, firstEvent: number, now: number): void;
  finishBlind(item: number, secondEvent: number, agrees: boolean): void;
  dropBlind(item: number): void;
  findBlind(item: number): BlindReview | undefined;
  /** Waiting for somebody else than `user`, oldest first. */
  waitingBlind(user: string, limit: number): readonly number[];
  /** Blind reviews done since, and how many of them agreed. */
  agreement(since: number): { readonly reviewed: number; readonly agreed: number };
}

/** What of an item names a person; behind rights and a reason. */
export interface SealedName {
  readonly id: string;
  readonly url?: string;
  readonly author?: { readonly id?: string; readonly handle?: string };
}

// ---------------------------------------------------------------------------------------------- queue

/** Which items; what is absent does not matter. */
export interface QueueFilter {
  /** Default: the state of {@link stage}, else `open`. `claimed`: open, and somebody works on it. */
  readonly state?: ItemState;
  readonly stage?: Extract<Stage, 'second-opinion' | 'proposed' | 'approved'>;
  readonly category?: Category;
  readonly level?: Level;
  readonly minLevel?: Level;
  readonly source?: string;
  /** A code, with all that is below it; null: unknown. */
  readonly region?: string | null;
  /** ISO 639-3 */
  readonly language?: string;
  /** Words of at least three characters, all of which stand in the text, parts of words too; case does not matter. */
  readonly text?: string;
  /** Items of these stories: a narrative is made of one or more. */
  readonly stories?: readonly string[];
  /** Items of these regions and of these units; triage/scope.ts. */
  readonly scope: 'all' | { readonly regions: readonly (string | null)[]; readonly units: readonly string[] };
}

/** A place in the queue; opaque to all but the store. */
export interface QueuePosition {
  readonly priority: number;
  readonly number: number;
}

export interface QueueQuery extends QueueFilter {
  /** After this place. */
  readonly after?: QueuePosition;
  /** 1..200 */
  readonly limit: number;
}

/** Reasons of findings that are a slur or a swear word and nothing more: blurred for readers who want it so. */
export const VEILED_REASONS = ['slur', 'profane-word'] as const;

/** An item as a row of the queue; {@link ItemStore.getItem} has the rest. */
export interface QueueEntry extends QueuePosition {
  readonly state: ItemState;
  readonly stage: Stage;
  readonly level: Level;
  readonly flags: readonly Category[];
  readonly score: number;
  readonly language: string;
  readonly source: string;
  /** Code of its region. */
  readonly region?: string;
  /** The region was read out of the text, which may be wrong; absent where the source's setting says it. */
  readonly regionFromText?: boolean;
  readonly unit?: string;
  /** The text's beginning, at most 400 UTF-16 units. */
  readonly excerpt: string;
  /** Where slurs and swear words stand in {@link excerpt}; absent where none do. */
  readonly veiled?: readonly { readonly start: number; readonly end: number }[];
  /** ISO 8601 UTC */
  readonly createdAt?: string;
  readonly landedAt: string;
  /** ISO 8601 UTC, when its place said that the post is gone: {@link excerpt} is empty then, and nothing is left to judge. */
  readonly withdrawnAt?: string;
  /** Further posts of the same text that are counted and are no items; absent where there are none. */
  readonly copies?: number;
  /** A live claim. */
  readonly claim?: ItemClaim;
}

export interface QueuePage {
  readonly entries: readonly QueueEntry[];
  /** Where to go on; absent at the end. A page may be short, even empty, and still go on: the work for a page is bounded. */
  readonly next?: QueuePosition;
  /** Of a search's first page: what was found by the way; with a common word less than there is, and `more` says so. */
  readonly count?: QueueCount;
}

/** At most 1 000 are counted; `more` says that there are, or may be, more. */
export interface QueueCount {
  readonly n: number;
  readonly more: boolean;
}

export interface QueueStore {
  /** By priority, then number, highest first. Reads only: fit for a read-only connection in a thread of its own. */
  page(query: QueueQuery, now: number): QueuePage;
  count(filter: QueueFilter, now: number): QueueCount;
  /** Items by their numbers, whatever their state, in the order of the queue; at most 200. */
  entries(numbers: readonly number[], now: number): readonly QueueEntry[];
  /** The whole texts of items; at most 200, those that are not there left out. */
  texts(numbers: readonly number[]): ReadonlyMap<number, string>;
  /** Every region that items have; null: unknown. */
  regions(): readonly (string | null)[];
  /** The highest item number, 0 in an empty store: what landed after it is new. */
  newest(): number;
  /** Of items after a number, how many of a scope are open. */
  arrived(after: number, scope: QueueFilter['scope']): QueueCount;
}

/** Reading the queue elsewhere than where decisions are written, which a search would keep waiting. */
export interface QueueReading {
  /** @throws DeskRefusal `too-slow` */
  page(query: QueueQuery, now: number): Promise<QueuePage>;
  /** @throws DeskRefusal `too-slow` */
  count(filter: QueueFilter, now: number): Promise<QueueCount>;
}

/** The writing side of search and order. */
export interface QueueUpkeep {
  /** Takes at most `limit` further texts into the search, in one transaction; how many were left waiting after it. */
  indexTexts(limit: number): { readonly indexed: number; readonly waiting: number };
  /** Gives items a narrative's speed (0..1) and the priority that follows. */
  setSpeed(items: readonly number[], speed: number): void;
}

// ---------------------------------------------------------------------------------------------- users

/** A user as login needs them. */
export interface Credentials {
  readonly user: User;
  readonly password?: string;
  /** Base32, unsealed. */
  readonly totp?: string;
  readonly totpStep?: number;
}

export interface NewUser {
  readonly name: string;
  readonly display: string;
  readonly role: Role;
  readonly unit: string;
}

export interface UserStore {
  /** @throws PermanentError `user-exists` */
  add(user: NewUser, now: number): User;
  list(): readonly User[];
  find(id: number): User | undefined;
  findByName(name: string): User | undefined;
  credentials(name: string): Credentials | undefined;
  change(id: number, changes: Partial<Pick<User, 'display' | 'role' | 'unit'>>): void;
  setDisabled(id: number, at: number | undefined): void;
  setPassword(id: number, hash: string | undefined): void;
  /** Base32; undefined takes the second factor away. */
  setTotp(id: number, secret: string | undefined): void;
  /** True when the step is later than every one used before, which it then counts among. */
  useTotpStep(id: number, step: number): boolean;
  /** A new one-time link replaces the user's former; the token is returned once and kept as a hash. */
  makeLink(user: number, expiresAt: number): string;
  /** The user of a link that is neither used nor expired; `use` spends it. */
  readLink(token: string, now: number, use: boolean): User | undefined;
}

/** Limits of a session, ms. */
export interface SessionLimits {
  readonly idle: number;
  readonly absolute: number;
}

export interface SessionStore {
  /** A token of 32 random bytes as base64url, returned once and kept as a hash. */
  open(user: number, now: number): string;
  /** The enabled user of a live session, whose idle time begins anew. */
  touch(token: string, now: number, limits: SessionLimits): User | undefined;
  /** As {@link touch}, but idle time goes on: for what a page asks by itself. */
  peek(token: string, now: number, limits: SessionLimits): User | undefined;
  close(token: string): void;
  closeAll(user: number): void;
  /** The token that forms of this session must carry. */
  csrf(token: string): string;
  /** Removes what ran out; how many. */
  purge(now: number, limits: SessionLimits): number;
}

export interface ApiToken {
  readonly id: number;
  readonly user: number;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601 UTC */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt?: string;
}

export interface ApiTokenStore {
  /** The token is returned once and kept as a hash. */
  make(
    token: {
      readonly user: number;
      readonly name: string;
      readonly scopes: readonly Scope[];
      readonly expiresAt: number;
    },
    now: number,
  ): { readonly token: string; readonly kept: ApiToken };
  /** The enabled user of a live token and what it may. */
  read(token: string, now: number): { readonly user: User; readonly scopes: readonly Scope[] } | undefined;
  list(user?: number): readonly ApiToken[];
  revoke(id: number, now: number): boolean;
}

export interface LoginLimitStore {
  /** Failures of an account or address within the window, ms; what it is kept under is a keyed hash. */
  failures(
    what: 'account' | 'address',
    who: string,
    now: number,
    window: number,
  ): { readonly n: number; readonly until: number };
  addFailure(what: 'account' | 'address', who: string, now: number, window: number): void;
  clear(what: 'account' | 'address', who: string): void;
}

/** Passwords as hashes; bounded in how many are worked on at once. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Takes the same time without a hash as with one, and is then false. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** Time-based one-time passwords (RFC 6238). */
export interface OneTimeCodes {
  newSecret(): string;
  /** `otpauth://` URI for an authenticator app. */
  uri(secret: string, account: string): string;
  /** The time step whose code it is, at most one step early or late; undefined for a wrong one. */
  verify(secret: string, code: string, now: number): number | undefined;
}

/** Everything of the store that the desk works on. */
export interface DeskStore extends Transactions {
  readonly audit: AuditStore;
  readonly claims: ItemClaimStore;
  readonly reviews: ReviewStore;
  readonly queue: QueueStore;
  readonly upkeep: QueueUpkeep;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly tokens: ApiTokenStore;
  readonly limits: LoginLimitStore;
  readonly numbers: NumbersStore;
  readonly shifts: ShiftStore;
  readonly learning: LearningStore;
  /** The sealed name of an item; the caller has checked the right and records it. */
  sealedName(item: number): SealedName | undefined;
}
