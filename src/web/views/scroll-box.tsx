import type { Child } from 'hono/jsx';

/** What may be wider than the page, mostly a table: it scrolls by itself, and by keyboard (WCAG 2.1.1). */
export function ScrollBox({ label, children }: { readonly label: string; readonly children?: Child }) {
  return (
    <section class="scroll" aria-label={label} tabindex={0}>
      {children}
    </section>
  );
}
