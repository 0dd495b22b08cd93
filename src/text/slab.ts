/**
 * Small typed arrays cut from larger buffers: a buffer of its own for each costs more than the work that fills it.
 * An array keeps its buffer (64 kB) alive, so they are for results that do not live long.
 */
const SLAB_BYTES = 1 << 16;
/** Longer arrays get a buffer of their own. */
const LARGEST_BYTES = SLAB_BYTES >> 3;

let slab = new ArrayBuffer(SLAB_BYTES);
let used = 0;

function take(bytes: number): number {
  const rounded = (bytes + 3) & ~3;
  if (used + rounded > SLAB_BYTES) {
    slab = new ArrayBuffer(SLAB_BYTES);
    used = 0;
  }
  const at = used;
  used += rounded;
  return at;
}

/** The first `length` values of `from`, copied. */
export function copyOfInts(from: Int32Array, length: number): Int32Array {
  if (length * 4 > LARGEST_BYTES) return from.slice(0, length);
  const at = take(length * 4);
  const result = new Int32Array(slab, at, length);
  for (let i = 0; i < length; i++) result[i] = from[i]!;
  return result;
}

/** {@link copyOfInts} for bytes. */
export function copyOfBytes(from: Uint8Array, length: number): Uint8Array {
  if (length > LARGEST_BYTES) return from.slice(0, length);
  const at = take(length);
  const result = new Uint8Array(slab, at, length);
  for (let i = 0; i < length; i++) result[i] = from[i]!;
  return result;
}
