/** Posts of keys, added up in columns: a month of hours has a million rows, too many for an object each. */
import type { HourCounts, SummedCounts } from '../core/trend-ports.js';

/** What was counted of keys, each once, in the order in which they came: columns with a place for each. */
export interface KeyCounts {
  readonly size: number;
  readonly keys: Uint32Array;
  readonly posts: Int32Array;
  readonly flagged: Int32Array;
  /** Most posts of a key in one of what was added. */
  readonly most: Uint32Array;
  /** -1 of a key that is not there. */
  placeOf(key: number): number;
  /** Places of the keys of some counts, one for one; -1 of a key that is not there. */
  placesIn(counts: HourCounts): Int32Array;
}

const LEAST_ROOM = 1_024;
/** Slots for each key that there is room for, so that few look twice. */
const SLOTS = 4;

/** Columns with room for more, and places, one more than they are, by the low bits of the key. */
interface Columns {
  keys: Uint32Array;
  posts: Int32Array;
  flagged: Int32Array;
  most: Uint32Array;
  slots: Uint32Array;
  size: number;
}

/** Adds hours up, or takes them off. Keys are keyed hashes, so their low bits are as good as any to find them by. */
export function addHours(
  hours: Iterable<{ readonly counts: HourCounts; readonly sign?: number }>,
): KeyCounts {
  const all = columnsOf(LEAST_ROOM);
  const placesIn = new Map<HourCounts, Int32Array>();
  for (const { counts, sign = 1 } of hours) {
    while (all.size + counts.keys.length > all.keys.length) grow(all);
    placesIn.set(counts, add(all, counts, sign));
  }
  const { size, keys, posts, flagged, most } = all;
  return {
    size,
    keys: keys.subarray(0, size),
    posts: posts.subarray(0, size),
    flagged: flagged.subarray(0, size),
    most: most.subarray(0, size),
    placeOf: (key) => all.slots[slotOf(all, key)]! - 1,
    placesIn: (counts) => placesIn.get(counts) ?? placesOf(all, counts.keys),
  };
}

function columnsOf(room: number): Columns {
  return {
    keys: new Uint32Array(room),
    posts: new Int32Array(room),
    flagged: new Int32Array(room),
    most: new Uint32Array(room),
    slots: new Uint32Array(room * SLOTS),
    size: 0,
  };
}

function grow(all: Columns): void {
  const { keys, posts, flagged, most, size } = all;
  Object.assign(all, columnsOf(keys.length * 2), { size });
  all.keys.set(keys);
  all.posts.set(posts);
  all.flagged.set(flagged);
  all.most.set(most);
  for (let place = 0; place < size; place++) all.slots[slotOf(all, keys[place]!)] = place + 1;
}

/** Where a key is, or would be. */
function slotOf({ keys, slots }: Columns, key: number): number {
  const mask = slots.length - 1;
  let slot = key & mask;
  for (let place = slots[slot]!; place !== 0 && keys[place - 1] !== key; place = slots[slot]!) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

/** Places of what is added; there is room for all of it. */
function add(all: Columns, { keys: some, posts: told, flagged: bad }: HourCounts, sign: number): Int32Array {
  const { keys, posts, flagged, most, slots } = all;
  const mask = slots.length - 1;
  const places = new Int32Array(some.length);
  let { size } = all;
  for (let i = 0; i < some.length; i++) {
    const key = some[i]!;
    let slot = key & mask;
    let place = slots[slot]! - 1;
    while (place >= 0 && keys[place] !== key) {
      slot = (slot + 1) & mask;
      place = slots[slot]! - 1;
    }
    if (place < 0) {
      place = size++;
      keys[place] = key;
      slots[slot] = place + 1;
    }
    places[i] = place;
    const n = told[i]!;
    posts[place]! += sign * n;
    flagged[place]! += sign * bad[i]!;
    if (sign > 0 && n > most[place]!) most[place] = n;
  }
  all.size = size;
  return places;
}

function placesOf(all: Columns, keys: Uint32Array): Int32Array {
  const places = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) places[i] = all.slots[slotOf(all, keys[i]!)]! - 1;
  return places;
}

/** What hours one after another come to, to be kept in place of reading each; undefined of none. */
export function sumHours(hours: Iterable<{ readonly counts: HourCounts }>): SummedCounts | undefined {
  const all = [...hours];
  if (all.length === 0) return undefined;
  const found = addHours(all);
  const cuts = new Uint32Array(found.size);
  let cut = 0;
  for (const { counts } of all) {
    cut += counts.cut;
    if (counts.cut > 0) for (const place of found.placesIn(counts)) cuts[place]! += counts.cut;
  }
  return {
    keys: found.keys,
    posts: Uint32Array.from(found.posts),
    flagged: Uint32Array.from(found.flagged),
    cuts,
    cut,
  };
}
