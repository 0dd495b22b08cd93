import type { Context } from 'hono';
import type { NumbersWords } from '../../words/desk-numbers.js';

/** The days that a page's address asks for, one of `days`. */
export function periodOf<T extends number>(c: Context, days: readonly T[], usual: T): T {
  return days.find((each) => String(each) === c.req.query('days')) ?? usual;
}

/** Links to the periods that a page can show. */
export function Period({
  path,
  days,
  chosen,
  said,
  keep = {},
}: {
  readonly path: string;
  readonly days: readonly number[];
  readonly chosen: number;
  readonly said: NumbersWords;
  /** Further keys of the address. */
  readonly keep?: Readonly<Record<string, string>>;
}) {
  return (
    <nav class="row period" aria-label={said.period}>
      {days.map((each) => (
        <a
          class="button"
          href={`${path}?${new URLSearchParams({ days: String(each), ...keep })}`}
          aria-current={each === chosen ? 'true' : undefined}
        >
          {said.days(each)}
        </a>
      ))}
    </nav>
  );
}
