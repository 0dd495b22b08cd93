import type { Child } from 'hono/jsx';

interface OutLinkProps {
  readonly href: string;
  /** Said before somebody follows it: the place sees that they came. */
  readonly warning: string;
  readonly children?: Child;
}

/**
 * A link out of the desk, its words isolated in their direction. What is no http or https address is text and no link:
 * it came from elsewhere, and might run something.
 */
export function OutLink({ href, warning, children }: OutLinkProps) {
  if (!/^https?:\/\/[^\s/]/i.test(href)) return <bdi>{children}</bdi>;
  return (
    <a href={href} rel="noopener noreferrer external" target="_blank" title={warning}>
      <bdi>{children}</bdi>
      <span aria-hidden="true"> ↗</span>
    </a>
  );
}
