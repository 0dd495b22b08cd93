const ASCII = new TextDecoder();
const UTF_16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/**
 * One stage of the normaliser: UTF-16 units with the span of the stage's input that each came from and the rule
 * that made it. Grown once and used again for every text, so that the hot path allocates nothing.
 */
export class Stage {
  chars: Uint16Array = new Uint16Array(1024);
  /** `starts[i]`..`ends[i]`: the input span of unit i; both non-decreasing, never empty. */
  starts: Int32Array = new Int32Array(1024);
  ends: Int32Array = new Int32Array(1024);
  /** Number of the rule (steps.ts) behind unit i; 0 where it was copied. */
  rules: Uint8Array = new Uint8Array(1024);
  length = 0;
  #bytes: Uint8Array = new Uint8Array(1024);

  /** Makes room for `capacity` units in all, keeping what is there. */
  reserve(capacity: number): void {
    if (capacity <= this.chars.length) return;
    const size = Math.max(capacity, this.chars.length * 2);
    this.chars = grown(this.chars, new Uint16Array(size));
    this.starts = grown(this.starts, new Int32Array(size));
    this.ends = grown(this.ends, new Int32Array(size));
    this.rules = grown(this.rules, new Uint8Array(size));
  }

  /** Gives back what an unusually long text made it grow to. */
  release(): void {
    this.chars = new Uint16Array(1024);
    this.starts = new Int32Array(1024);
    this.ends = new Int32Array(1024);
    this.rules = new Uint8Array(1024);
    this.#bytes = new Uint8Array(1024);
    this.length = 0;
  }

  push(char: number, start: number, end: number, rule: number): void {
    const i = this.length;
    this.chars[i] = char;
    this.starts[i] = start;
    this.ends[i] = end;
    this.rules[i] = rule;
    this.length = i + 1;
  }

  /** Keeps the units of `start`..`end` that `keep` wants, moved together; returns the new end, zeros follow it. */
  compact(start: number, end: number, keep: (c: number) => boolean, rule: number): number {
    const { chars, starts, ends, rules } = this;
    let o = start;
    for (let i = start; i < end; i++) {
      const c = chars[i]!;
      if (!keep(c)) continue;
      if (o !== i) {
        chars[o] = c;
        starts[o] = starts[i]!;
        ends[o] = ends[i]!;
        rules[o] = rules[i]!;
      }
      o++;
    }
    for (let i = o; i < end; i++) {
      chars[i] = 0;
      rules[i] = rule;
    }
    return o;
  }

  /** All units as a string; the quick way for the hot path. No unit is a lone surrogate. */
  whole(): string {
    const { chars, length } = this;
    if (length > this.#bytes.length) this.#bytes = new Uint8Array(chars.length);
    const bytes = this.#bytes;
    let all = 0;
    for (let i = 0; i < length; i++) {
      const c = chars[i]!;
      bytes[i] = c;
      all |= c;
    }
    return all < 128 ? ASCII.decode(bytes.subarray(0, length)) : UTF_16.decode(chars.subarray(0, length));
  }

  /** Units `start`..`end` as a string. */
  text(start = 0, end: number = this.length): string {
    let text = '';
    for (let i = start; i < end; i += 4096) {
      text += String.fromCharCode.apply(
        null,
        this.chars.subarray(i, Math.min(i + 4096, end)) as unknown as number[],
      );
    }
    return text;
  }
}

function grown<T extends Uint16Array | Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
