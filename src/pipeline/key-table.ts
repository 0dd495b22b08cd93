/** Slots of a new table: most hours have a handful of languages, regions and topics. */
const FIRST_BITS = 4;
const FREE = -1;

/**
 * Numbers, 0 and more, by keys of 32 bits, in open addressing and at most half full: 24 to 48 bytes a key. A Map makes an
 * object of each key that is no small integer, and as counting asks for sixteen of them a post, that was most of its cost.
 */
export class KeyTable {
  #bits = FIRST_BITS;
  #keys = new Uint32Array(1 << FIRST_BITS);
  #values = new Float64Array(1 << FIRST_BITS).fill(FREE);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Undefined of a key that is not there. */
  get(key: number): number | undefined {
    const value = this.#values[this.#slotOf(key)]!;
    return value === FREE ? undefined : value;
  }

  has(key: number): boolean {
    return this.#values[this.#slotOf(key)] !== FREE;
  }

  set(key: number, value: number): void {
    const slot = this.#take(key);
    this.#values[slot] = value;
  }

  /** Adds to the number of a key, 0 where it is not there. */
  add(key: number, n: number): void {
    // Only then: to take it may replace the columns.
    const slot = this.#take(key);
    this.#values[slot]! += n;
  }

  /** In no order that says anything. */
  forEach(visit: (key: number, value: number) => void): void {
    for (let slot = 0; slot < this.#values.length; slot++) {
      const value = this.#values[slot]!;
      if (value !== FREE) visit(this.#keys[slot]!, value);
    }
  }

  /** The slot of a key, of a new one with 0. */
  #take(key: number): number {
    const slot = this.#slotOf(key);
    if (this.#values[slot] !== FREE) return slot;
    if ((this.#size + 1) * 2 > this.#values.length) {
      this.#grow();
      return this.#take(key);
    }
    this.#size++;
    this.#keys[slot] = key;
    this.#values[slot] = 0;
    return slot;
  }

  /** The slot that holds the key, else the free one where it belongs. */
  #slotOf(key: number): number {
    const mask = this.#values.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> (32 - this.#bits);
    while (this.#values[slot] !== FREE && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#bits++;
    this.#keys = new Uint32Array(keys.length * 2);
    this.#values = new Float64Array(values.length * 2).fill(FREE);
    for (let slot = 0; slot < values.length; slot++) {
      if (values[slot] === FREE) continue;
      const to = this.#slotOf(keys[slot]!);
      this.#keys[to] = keys[slot]!;
      this.#values[to] = values[slot]!;
    }
  }
}
