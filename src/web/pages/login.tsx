import { getCookie, setCookie } from 'hono/cookie';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { ThrottledError } from '../../core/errors.js';
import type { User } from '../../core/user.js';
import {
  login,
  logout,
  mustSetTotp,
  offerTotp,
  SESSION_LIMITS,
  setPasswordByLink,
  type TotpOffer,
} from '../../pipeline/login.js';
import { type LoginWords, loginWords } from '../../words/desk-login.js';
import { refusalWords } from '../../words/refusals.js';
import { forgetSession } from '../desk.js';
import { type DeskApp, type DeskRoute, field, type Visit } from '../route.js';
import { sessionCookie } from '../security.js';
import { type Display, Frame } from '../views/frame.js';
import { TotpFields } from '../views/totp-fields.js';

/** Paths within the desk only: what comes back in `to` leads nowhere else. */
const OWN_PATH = /^\/(?![/\\])[\w\-./?=&%:+,~]*$/;

/** Login, first password by a one-time link, logout. */
export function loginRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/login',
      access: 'anyone',
      handle: ({ c, display }) => {
        const kept = c.req.query('kept') ?? '';
        const isName = /^[\w.-]{2,64}$/.test(kept);
        return c.html(
          <LoginPage
            display={display}
            to={ownPath(c.req.query('to'))}
            {...(isName ? { name: kept, isNew: true } : {})}
          />,
        );
      },
    },
    {
      method: 'POST',
      path: '/login',
      access: 'anyone',
      handle: async (visit, fields) => {
        const { c, display, address } = visit;
        const to = ownPath(field(fields, 'to'));
        const name = field(fields, 'name');
        const code = field(fields, 'code').replace(/\s/g, '');
        try {
          // Whatever session the browser brought ends, so that nobody is led into one that another knows.
          const session = getCookie(c, sessionCookie(app.surroundings));
          const { token } = await login(app.ports, {
            name,
            ...(session === undefined ? {} : { session }),
            // A password may begin or end with a space.
            password: fields.get('password')?.[0] ?? '',
            address,
            ...(code === '' ? {} : { code }),
          });
          keepSession(visit, app, token);
          return c.redirect(to, 303);
        } catch (error) {
          const fault = loginFault(error);
          if (error instanceof ThrottledError) {
            c.header('retry-after', String(Math.max(1, Math.ceil(error.retryAfterMs / 1_000))));
          }
          return c.html(
            <LoginPage display={display} to={to} name={name} fault={fault} />,
            error instanceof ThrottledError ? 429 : 401,
          );
        }
      },
    },
    {
      method: 'GET',
      path: '/welcome/:token',
      access: 'anyone',
      handle: ({ c, display, now }) => {
        const user = app.ports.store.users.readLink(c.req.param('token') ?? '', now, false);
        return user === undefined
          ? c.html(<WelcomePage display={display} fault="bad-link" />, 404)
          : c.html(<WelcomePage display={display} name={user.name} offer={offerFor(app, user)} />);
      },
    },
    {
      method: 'POST',
      path: '/welcome/:token',
      access: 'anyone',
      handle: async ({ c, display, now }, fields) => {
        const token = c.req.param('token') ?? '';
        const user = app.ports.store.users.readLink(token, now, false);
        if (user === undefined) return c.html(<WelcomePage display={display} fault="bad-link" />, 404);
        const offer = offerFor(app, user, field(fields, 'secret'));
        const again = (fault: LoginFault) =>
          c.html(<WelcomePage display={display} name={user.name} offer={offer} fault={fault} />, 400);
        const password = fields.get('password')?.[0] ?? '';
        if (password !== fields.get('again')?.[0]) return again('not-the-same');
        try {
          const code = field(fields, 'code').replace(/\s/g, '');
          const proof = offer && { secret: offer.secret, code };
          await setPasswordByLink(app.ports, token, password, proof);
          return c.redirect(`/login?kept=${encodeURIComponent(user.name)}`, 303);
        } catch (error) {
          return again(loginFault(error));
        }
      },
    },
    {
      method: 'POST',
      path: '/logout',
      access: 'signed-in',
      handle: ({ c, me }) => {
        logout(app.ports, me.session);
        forgetSession(c, app);
        return c.redirect('/login', 303);
      },
    },
  ];
}

/** The second factor that this account must set with its password; the same again where it was offered before. */
function offerFor({ ports }: DeskApp, user: User, secret?: string): TotpOffer | undefined {
  return mustSetTotp(ports, user) ? offerTotp(ports, user, secret) : undefined;
}

/** Kind of a refusal, or `not-the-same` of two passwords. */
type LoginFault = string;

function keepSession({ c }: Visit, app: DeskApp, token: string): void {
  setCookie(c, sessionCookie(app.surroundings), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: app.surroundings.secure,
    maxAge: SESSION_LIMITS.absolute / 1_000,
  });
}

function ownPath(asked: string | undefined): string {
  return asked !== undefined && OWN_PATH.test(asked) ? asked : '/';
}

/** @throws what is no refusal of a login */
function loginFault(error: unknown): LoginFault {
  if (error instanceof DeskRefusal || error instanceof ThrottledError) return error.kind;
  throw error;
}

interface LoginProps {
  readonly display: Display;
  readonly to: string;
  readonly name?: string;
  /** Comes from choosing a password. */
  readonly isNew?: boolean;
  readonly fault?: LoginFault;
}

function LoginPage({ display, to, name = '', isNew = false, fault }: LoginProps) {
  const words = loginWords(display.language);
  return (
    <Frame title={words.title} display={display}>
      <h1>Ronda</h1>
      <p class="soft">{words.opening}</p>
      <form method="post" action="/login" class="stack">
        <input type="hidden" name="to" value={to} />
        {isNew && (
          <p class="notice good" role="status">
            {words.kept}
          </p>
        )}
        <Fault said={words} language={display.language} fault={fault} />
        <div class="field">
          <label for="name">{words.name}</label>
          <input id="name" name="name" value={name} autocomplete="username" required maxlength={64} />
        </div>
        <div class="field">
          <label for="password">{words.password}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <div class="field">
          <label for="code">{words.code}</label>
          <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength={9} />
          <p class="hint">{words.codeHint}</p>
        </div>
        <button type="submit" class="primary">
          {words.submit}
        </button>
      </form>
    </Frame>
  );
}

interface WelcomeProps {
  readonly display: Display;
  /** Absent where the link is no longer good. */
  readonly name?: string;
  readonly offer?: TotpOffer | undefined;
  readonly fault?: LoginFault;
}

function WelcomePage({ display, name, offer, fault }: WelcomeProps) {
  const words = loginWords(display.language);
  return (
    <Frame title={words.welcome} display={display}>
      <h1>{words.welcome}</h1>
      <Fault said={words} language={display.language} fault={fault} />
      {name !== undefined && (
        <form method="post" class="stack">
          <p>{words.choose(name)}</p>
          <input type="hidden" name="name" value={name} autocomplete="username" />
          <div class="field">
            <label for="password">{words.newPassword}</label>
            <input id="password" name="password" type="password" autocomplete="new-password" required />
            <p class="hint">{words.passwordHint}</p>
          </div>
          <div class="field">
            <label for="again">{words.again}</label>
            <input id="again" name="again" type="password" autocomplete="new-password" required />
          </div>
          {offer !== undefined && <TotpFields offer={offer} language={display.language} />}
          <button type="submit" class="primary">
            {words.keep}
          </button>
        </form>
      )}
    </Frame>
  );
}

function Fault({
  said,
  language,
  fault,
}: {
  readonly said: LoginWords;
  readonly language: Display['language'];
  readonly fault: LoginFault | undefined;
}) {
  if (fault === undefined) return null;
  return (
    <p class="notice bad" role="alert">
      {fault === 'not-the-same' ? said.notTheSame : (refusalWords(language, fault) ?? fault)}
    </p>
  );
}
