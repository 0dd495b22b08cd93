import { PRINT_WORDS } from '../core/print.js';

const FIRST_ROWS = 256;

/** The second post of stories of two, by name: their facts are made when a third comes, which mostly none does. */
export class Seeds {
  #rows = new Uint32Array(FIRST_ROWS * PRINT_WORDS);
  readonly #at = new Map<string, number>();
  readonly #free: number[] = [];
  #used = 0;

  has(name: string): boolean {
    return this.#at.has(name);
  }

  put(name: string, words: Uint32Array, at: number): void {
    const row = this.#free.pop() ?? this.#used++;
    if ((row + 1) * PRINT_WORDS > this.#rows.length) {
      const rows = new Uint32Array(this.#rows.length * 2);
      rows.set(this.#rows);
      this.#rows = rows;
    }
    for (let i = 0; i < PRINT_WORDS; i++) this.#rows[row * PRINT_WORDS + i] = words[at + i]!;
    this.#at.set(name, row * PRINT_WORDS);
  }

  /** @throws RangeError where there is none of that name */
  rowOf(name: string): { readonly words: Uint32Array; readonly at: number } {
    const at = this.#at.get(name);
    if (at === undefined) throw new RangeError(`no story of two posts is called ${name}`);
    return { words: this.#rows, at };
  }

  /** Lets go of those of other names. */
  retain(names: ReadonlySet<string>): void {
    for (const name of this.#at.keys()) if (!names.has(name)) this.drop(name);
  }

  drop(name: string): void {
    const at = this.#at.get(name);
    if (at === undefined) return;
    this.#at.delete(name);
    this.#free.push(at / PRINT_WORDS);
  }
}
