import { SIGNATURE_WORDS } from '../core/print.js';

/** Texts remembered: some 16,000 of the latest; 1 MB. */
const SLOT_BITS = 14;
/** Bands that two signatures share by chance are fewer (cluster.ts): near-copies share six of the sixteen and more. */
const LEAST_BANDS = 2;

/** Tells whether something like a text was met before, and remembers no more of a text than its signature's hashes. */
export class Echoes {
  readonly #slots = new Uint32Array(SIGNATURE_WORDS << SLOT_BITS);

  /** True where a near-copy was met before; meets it. @param signature as {@link signatureOf} gives it */
  meets(signature: Uint32Array): boolean {
    let bands = 0;
    for (let band = 0; band < SIGNATURE_WORDS; band++) {
      const key = signature[band]!;
      const slot = (band << SLOT_BITS) + (Math.imul(key, 0x9e3779b1) >>> (32 - SLOT_BITS));
      if (this.#slots[slot] === key && key !== 0) bands++;
      this.#slots[slot] = key;
    }
    return bands >= LEAST_BANDS;
  }
}
