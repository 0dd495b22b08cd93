/** What a source sent counts for so long that two thirds of it are forgotten, ms. */
const MEMORY_MS = 30_000;
/** Sources that sent less, in batches, are not counted as sending. */
const LEAST = 0.5;

/** How much of what came lately is whose, so that where there is not enough room for all, nobody takes more than an equal part. */
export class FairShare {
  readonly #sent = new Map<string, { readonly batches: number; readonly at: number }>();

  /** @param now ms */
  add(source: string, batches: number, now: number): void {
    this.#sent.set(source, { batches: this.#recent(source, now) + batches, at: now });
  }

  /** True of a source that sent more lately than an equal part for each that sends. One alone may take all. */
  isExceeded(source: string, now: number): boolean {
    let [all, sending] = [0, 0];
    for (const each of this.#sent.keys()) {
      const batches = this.#recent(each, now);
      if (batches < LEAST) continue;
      all += batches;
      sending++;
    }
    return sending > 1 && this.#recent(source, now) > all / sending;
  }

  #recent(source: string, now: number): number {
    const sent = this.#sent.get(source);
    return sent === undefined ? 0 : sent.batches * Math.exp(Math.min(0, sent.at - now) / MEMORY_MS);
  }
}
