import { isoTime } from './post-builder.js';

export type Json = Readonly<Record<string, unknown>>;

/** An event of Jetstream, of either wire. */
export interface JetstreamEvent {
  readonly kind: 'commit' | 'info' | 'error' | 'other';
  readonly did: string;
  /** ISO 8601 UTC, when the instance saw it. */
  readonly time?: string;
  /** The same in microseconds since the epoch. */
  readonly us?: number;
  /** The instance’s own number of the event, where it gives one. */
  readonly seq?: number;
  readonly operation: string;
  readonly collection: string;
  readonly key: string;
  readonly record?: Json;
  /** Name of an `info` or `error`, e.g. `OutdatedCursor`, `ConsumerTooSlow`. */
  readonly name: string;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textIn(value: Json, key: string): string | undefined {
  const text = value[key];
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const NOTHING = { did: '', operation: '', collection: '', key: '', name: '' };

/**
 * An event of `/subscribe` (`{did, time_us, kind, commit}`) or of `network.bsky.jetstream.subscribeEvents`
 * (`{$type: "message", payload}`); nothing where the value is neither.
 */
export function readEvent(value: unknown): JetstreamEvent | undefined {
  if (!isObject(value)) return undefined;
  if (value.$type === 'error') return { ...NOTHING, kind: 'error', name: textIn(value, 'error') ?? 'error' };
  if (value.$type === 'message') return isObject(value.payload) ? ofMessage(value.payload) : undefined;
  const { did, time_us: us, kind, commit, cursor } = value;
  if (typeof did !== 'string' || typeof kind !== 'string') return undefined;
  const when = timeOf(us);
  const base = { ...NOTHING, did, ...when, ...(isNumber(cursor) ? { seq: cursor } : {}) };
  return isObject(commit) && kind === 'commit'
    ? { ...base, ...ofCommit(commit) }
    : { ...base, kind: 'other' };
}

function ofMessage(payload: Json): JetstreamEvent | undefined {
  const type = textIn(payload, '$type')?.replace(/^.*#/, '');
  if (type === undefined) return undefined;
  if (type === 'info') return { ...NOTHING, kind: 'info', name: textIn(payload, 'name') ?? '' };
  const witnessed = isoTime(payload.witnessedAt) ?? isoTime(payload.time);
  const when = witnessed === undefined ? {} : timeOf(Date.parse(witnessed) * 1_000);
  const base = {
    ...NOTHING,
    did: textIn(payload, 'did') ?? '',
    ...when,
    ...(isNumber(payload.seq) ? { seq: payload.seq } : {}),
  };
  return type === 'commit' ? { ...base, ...ofCommit(payload) } : { ...base, kind: 'other' };
}

function ofCommit(
  commit: Json,
): Pick<JetstreamEvent, 'kind' | 'operation' | 'collection' | 'key' | 'record'> {
  return {
    kind: 'commit',
    operation: textIn(commit, 'operation') ?? '',
    collection: textIn(commit, 'collection') ?? '',
    key: textIn(commit, 'rkey') ?? '',
    ...(isObject(commit.record) ? { record: commit.record } : {}),
  };
}

function timeOf(us: unknown): { us: number; time: string } | Record<string, never> {
  if (!isNumber(us)) return {};
  const time = isoTime(us / 1_000);
  return time === undefined ? {} : { us, time };
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
