/** Posts of keys, added up in columns: a month of hours has a million rows, too many for an object each. */
import type { HourCounts, SummedCounts } from '../core/trend-ports.js';

/** What was counted of keys, each once, in the order in which they came. */
export interface KeyCounts {
  readonly size: number;
  keyAt(place: number): number;
  postsAt(place: number): number;
  flaggedAt(place: number): number;
  /** Most posts of it in one of what was added. */
  mostAt(place: number): number;
  /** -1 of a key that is not there. */
  placeOf(key: number): number;
  /** Places of the keys of an hour that was added up, one for one; undefined of another. */
  placesIn(counts: HourCounts): Uint32Array | undefined;
}

const LEAST_ROOM = 1_024;

/** Adds hours up, or takes them off. Keys are keyed hashes, so their low bits are as good as any to find them by. */
export function addHours(
  hours: Iterable<{ readonly counts: HourCounts; readonly sign?: number }>,
): KeyCounts {
  let room = LEAST_ROOM;
  let keys = new Uint32Array(room);
  let posts = new Int32Array(room);
  let flagged = new Int32Array(room);
  let most = new Uint32Array(room);
  /** Places, one more than they are, by the low bits of the key: four to a key, so that few look twice. */
  let slots = new Uint32Array(room * 4);
  let size = 0;
  const placesIn = new Map<HourCounts, Uint32Array>();

  const slotOf = (key: number): number => {
    const mask = slots.length - 1;
    let slot = key & mask;
    for (let place = slots[slot]!; place !== 0 && keys[place - 1] !== key; place = slots[slot]!) {
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  const grow = (): void => {
    room *= 2;
    const larger = <T extends Uint32Array | Int32Array>(grown: T, column: T): T => {
      grown.set(column);
      return grown;
    };
    keys = larger(new Uint32Array(room), keys);
    posts = larger(new Int32Array(room), posts);
    flagged = larger(new Int32Array(room), flagged);
    most = larger(new Uint32Array(room), most);
    slots = new Uint32Array(room * 4);
    for (let place = 0; place < size; place++) slots[slotOf(keys[place]!)] = place + 1;
  };

  for (const { counts, sign = 1 } of hours) {
    const { keys: some, posts: told, flagged: bad } = counts;
    while (size + some.length > room) grow();
    const places = new Uint32Array(some.length);
    placesIn.set(counts, places);
    for (let i = 0; i < some.length; i++) {
      const key = some[i]!;
      const slot = slotOf(key);
      let place = slots[slot]! - 1;
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
  }
  return {
    size,
    keyAt: (place) => keys[place]!,
    postsAt: (place) => posts[place]!,
    flaggedAt: (place) => flagged[place]!,
    mostAt: (place) => most[place]!,
    placesIn: (counts) => placesIn.get(counts),
    placeOf: (key) => slots[slotOf(key)]! - 1,
  };
}

/** What hours one after another come to, to be kept in place of reading each; undefined of none. */
export function sumHours(hours: Iterable<{ readonly counts: HourCounts }>): SummedCounts | undefined {
  const all = [...hours];
  if (all.length === 0) return undefined;
  const found = addHours(all);
  const { size } = found;
  const cuts = new Uint32Array(size);
  let cut = 0;
  for (const { counts } of all) {
    cut += counts.cut;
    if (counts.cut > 0) for (const place of found.placesIn(counts)!) cuts[place]! += counts.cut;
  }
  return {
    keys: Uint32Array.from({ length: size }, (_, place) => found.keyAt(place)),
    posts: Uint32Array.from({ length: size }, (_, place) => found.postsAt(place)),
    flagged: Uint32Array.from({ length: size }, (_, place) => found.flaggedAt(place)),
    cuts,
    cut,
  };
}
