import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';

/** A page without menu and bar for a screen on a wall, dark whatever the reader's setting. */
export function WallFrame({
  title,
  language,
  children,
}: {
  readonly title: string;
  readonly language: 'id' | 'en';
  readonly children?: Child;
}) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={language} data-theme="dark">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="referrer" content="no-referrer" />
          <title>{`${title} · Ronda`}</title>
          <link rel="icon" href="/static/ronda.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/static/desk.css" />
          <link rel="stylesheet" href="/static/stories.css" />
        </head>
        <body class="wall">
          <main>{children}</main>
        </body>
      </html>
    </>
  );
}
