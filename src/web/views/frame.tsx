import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Role } from '../../core/user.js';
import type { Right } from '../../triage/rights.js';
import { may } from '../../triage/rights.js';
import { type DeskWords, deskWords } from '../../words/desk.js';
import type { Visitor } from '../route.js';

/** How a reader wants the desk to look; kept in a cookie, since it is nobody's secret. */
export interface Display {
  readonly language: 'id' | 'en';
  readonly theme: 'auto' | 'light' | 'dark';
  /** Slurs are blurred until hovered or focused. */
  readonly veil: boolean;
  readonly grey: boolean;
}

/** Who is signed in, as the frame shows it. */
export interface SignedIn {
  readonly display: string;
  readonly role: Role;
  readonly unitName: string;
  /** For the log-out form. */
  readonly csrf: string;
}

/** What the frame shows of a visitor. */
export function signedInOf({ user, unit, csrf }: Visitor): SignedIn {
  return { display: user.display, role: user.role, unitName: unit.name, csrf };
}

export interface FrameProps {
  readonly title: string;
  readonly display: Display;
  readonly me?: SignedIn;
  /** The room of the desk that the page belongs to. */
  readonly room?: Room;
  /** Names of client scripts under /static, without their ending. */
  readonly scripts?: readonly string[];
  /** Names of style sheets under /static beside the desk's own, likewise. */
  readonly styles?: readonly string[];
  readonly children?: Child;
}

export type Room = keyof DeskWords['rooms'];

/** Rooms in the order of the menu, with the right that opens each. */
export const ROOMS: readonly { readonly room: Room; readonly path: string; readonly right: Right }[] = [
  { room: 'queue', path: '/queue', right: 'queue:read' },
  { room: 'cases', path: '/cases', right: 'queue:read' },
  { room: 'shift', path: '/shift', right: 'shift:read' },
  { room: 'today', path: '/today', right: 'narrative:read' },
  { room: 'narratives', path: '/narratives', right: 'narrative:read' },
  { room: 'calendar', path: '/calendar', right: 'narrative:read' },
  { room: 'alerts', path: '/alerts', right: 'alert:read' },
  { room: 'reports', path: '/reports', right: 'report:export' },
  { room: 'numbers', path: '/numbers', right: 'numbers:read' },
  { room: 'neutrality', path: '/neutrality', right: 'neutrality:read' },
  // A right that every role has: the law is for everybody who works here.
  { room: 'legal', path: '/legal', right: 'numbers:read' },
  { room: 'audit', path: '/audit', right: 'audit:read' },
  { room: 'users', path: '/users', right: 'user:read' },
  { room: 'operations', path: '/operations', right: 'operations:manage' },
];

/** A whole page: head, bar, menu by role, content. */
export function Frame({ title, display, me, room, scripts = [], styles = [], children }: FrameProps) {
  const words = deskWords(display.language);
  return (
    <>
      {raw('<!doctype html>')}
      <html
        lang={display.language}
        data-theme={display.theme === 'auto' ? undefined : display.theme}
        data-veil={display.veil ? 'on' : undefined}
        data-calm={display.grey ? 'grey' : undefined}
      >
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="referrer" content="no-referrer" />
          <title>{`${title} · Ronda`}</title>
          <link rel="icon" href="/static/ronda.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/static/desk.css" />
          {styles.map((name) => (
            <link rel="stylesheet" href={`/static/${name}.css`} />
          ))}
          {scripts.map((name) => (
            <script type="module" src={`/static/${name}.js`} />
          ))}
        </head>
        <body>
          <a class="skip" href="#main">
            {words.skip}
          </a>
          {me === undefined ? (
            <div class="bare">
              <main id="main" class="sheet">
                {children}
              </main>
            </div>
          ) : (
            <div class="frame">
              <Bar me={me} words={words} />
              <nav class="side" aria-label="Ronda">
                <ul>
                  {ROOMS.filter(({ right }) => may(me.role, right)).map((each) => (
                    <li>
                      <a href={each.path} aria-current={each.room === room ? 'page' : undefined}>
                        {words.rooms[each.room]}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
              <main id="main" class="main">
                {children}
              </main>
            </div>
          )}
        </body>
      </html>
    </>
  );
}

function Bar({ me, words }: { readonly me: SignedIn; readonly words: DeskWords }) {
  return (
    <header class="bar">
      <a class="brand" href="/">
        <Lantern />
        Ronda
      </a>
      <span class="where">{words.tagline}</span>
      <span class="spring" />
      <a href="/account">
        <bdi>{me.display}</bdi>
        {` · ${words.roles[me.role]} · ${me.unitName}`}
      </a>
      <form method="post" action="/logout">
        <input type="hidden" name="csrf" value={me.csrf} />
        <button type="submit" class="plain">
          {words.logOut}
        </button>
      </form>
    </header>
  );
}

/** The night watch's lantern. */
function Lantern() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M9 5a3 3 0 0 1 6 0M8 8h8l1.5 3v6L16 20H8l-1.5-3v-6zM12 11v6M7 22h10" stroke-width="1.8" />
    </svg>
  );
}
