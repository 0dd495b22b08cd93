/** Alerts: what deserves that somebody looks now, and its way to those who look. Aggregate; no account, no text of a post. */
import type { Category, Level } from './assessment.js';

/** A narrative bursts; an item landed at a high level; a source fell silent. */
export const ALERT_KINDS = ['burst', 'level', 'silent'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** What an alert is about. */
export type AlertAbout =
  | {
      readonly kind: 'burst';
      readonly narrative: string;
      /** Masked; empty where no flagged post is in the narrative. */
      readonly title: string;
      /** Begin of the burst, ISO 8601 UTC, and posts in it as of the alert. */
      readonly at: string;
      readonly posts: number;
      /** Of the narrative. */
      readonly flagged: number;
      readonly authors: number;
    }
  | {
      readonly kind: 'level';
      readonly item: number;
      readonly level: Level;
      readonly categories: readonly Category[];
      /** As on the item. */
      readonly region?: string;
      /** Where the item is part of one. */
      readonly narrative?: string;
    }
  | {
      readonly kind: 'silent';
      readonly source: string;
      /** Against its own habit, or since it cannot be read. */
      readonly why: 'quiet' | 'failing';
      readonly hours: number;
      /** The longest that its habit knows; absent where it fails. */
      readonly usualHours?: number;
    };

/** An alert to be raised. */
export interface NewAlert {
  /** The same event has the same key, however often it is seen. */
  readonly key: string;
  /** What it is part of: `narrative:ID`, `item:N`, `source:NAME`; there is one alert of a kind a story in a time. */
  readonly story: string;
  readonly about: AlertAbout;
}

export interface Alert extends NewAlert {
  readonly id: number;
  /** ISO 8601 UTC */
  readonly raisedAt: string;
  readonly acknowledged?: {
    /** ISO 8601 UTC */
    readonly at: string;
    /** Id of the user, or `system`. */
    readonly by: string;
  };
}

export const DELIVERY_STATES = ['waiting', 'sending', 'sent', 'dead', 'dropped'] as const;
/** `dropped`: acknowledged before it was sent, or its channel is configured no longer. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How an alert fares on a channel. */
export interface AlertDelivery {
  readonly channel: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly fault?: { readonly kind: string; readonly message: string };
}

/** What goes out at once: one alert, or a digest of several. The same at every attempt. */
export interface AlertMessage {
  /** What a receiver can tell a repetition by: 32 hex digits. */
  readonly id: string;
  readonly channel: string;
  /** ISO 8601 UTC */
  readonly madeAt: string;
  readonly subject: string;
  readonly text: string;
  /** As JSON tools read them. */
  readonly alerts: readonly AlertLine[];
}

/** An alert as it leaves: with the desk's page of it. */
export interface AlertLine {
  readonly id: number;
  readonly raisedAt: string;
  readonly text: string;
  readonly about: AlertAbout;
  readonly link?: string;
}

/** A message on its way. */
export interface OutboxMessage extends AlertMessage {
  /** Attempts before. */
  readonly attempts: number;
}

/** A way to somebody who looks. */
export interface AlertChannel {
  readonly name: string;
  /**
   * Sends a message; resolves once the other side has taken it.
   *
   * @throws RetryableError, ThrottledError, PermanentError as to be tried again, later, or never as it is
   */
  send(message: AlertMessage, signal: AbortSignal): Promise<void>;
  close?(): Promise<void> | void;
}

/** The outbox: everything durable before it is acted on. */
export interface AlertStore {
  /**
   * Raises an alert for these channels; false where its key was raised before, or another of its kind and story within
   * `againMs`.
   */
  raise(alert: NewAlert, channels: readonly string[], now: number, againMs: number): boolean;
  /** How far something was looked through; 0 at first. */
  mark(name: string): number;
  setMark(name: string, value: number): void;
  /** Not acknowledged and not yet part of a message, oldest first, at most `limit`. */
  waiting(channel: string, limit: number): readonly Alert[];
  /** Messages made for a channel since a time, ms. */
  madeSince(channel: string, since: number): number;
  /** Makes a message of alerts that wait, in one transaction. */
  make(message: AlertMessage): void;
  /** The oldest message of a channel whose time has come. */
  due(channel: string, now: number): OutboxMessage | undefined;
  markSent(id: string, now: number): void;
  /** Tried again at `nextAt` (ms), or dead without it. */
  markFailed(
    id: string,
    failure: {
      readonly kind: string;
      readonly message: string;
      readonly counts: boolean;
      readonly nextAt?: number;
    },
  ): void;
  /** What waits for channels that are no longer there is dropped; how many. */
  dropOthers(channels: readonly string[]): number;
  /** Newest first, below `before`; `limit` 1..500. */
  list(query: {
    readonly limit: number;
    readonly before?: number;
    readonly open?: boolean;
  }): readonly (Alert & {
    readonly deliveries: readonly AlertDelivery[];
  })[];
  find(id: number): Alert | undefined;
  /** False where there is none, or it was acknowledged before. */
  acknowledge(id: number, by: string, now: number): boolean;
  /** Dead messages are tried again; how many. */
  retryDead(): number;
  counts(): { readonly open: number; readonly waiting: number; readonly dead: number };
  /** Removes alerts that were raised before (ms) and what is left of their messages; how many alerts. */
  purge(before: number): number;
}
