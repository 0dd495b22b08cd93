import type { ApiToken } from '../../core/desk-ports.js';
import { DeskRefusal } from '../../core/desk-refusal.js';
import { SCOPES } from '../../core/user.js';
import { makeToken, revokeToken } from '../../pipeline/accounts.js';
import { confirmTotp, offerTotp, type TotpOffer } from '../../pipeline/login.js';
import { securityWords } from '../../words/desk-security.js';
import { refusalWords } from '../../words/refusals.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { timeIn } from '../views/times.js';
import { TotpFields } from '../views/totp-fields.js';

const TOKEN_DAYS = 90;

/** One's own second factor, and one's own tokens of the API. */
export function accountSecurityRoutes(app: DeskApp): readonly DeskRoute[] {
  const { ports } = app;
  const tokensPage = (visit: SignedVisit, made?: string) =>
    visit.c.html(<TokensPage visit={visit} tokens={ports.store.tokens.list(visit.me.user.id)} made={made} />);
  return [
    {
      method: 'GET',
      path: '/account/totp',
      access: 'signed-in',
      handle: (visit) =>
        visit.me.user.hasTotp
          ? visit.c.redirect('/account', 303)
          : visit.c.html(<TotpPage visit={visit} offer={offerTotp(ports, visit.me.user)} />),
    },
    {
      method: 'POST',
      path: '/account/totp',
      access: 'signed-in',
      handle: (visit, fields) => {
        const { user } = visit.me;
        const secret = field(fields, 'secret');
        try {
          confirmTotp(ports, user, secret, field(fields, 'code').replace(/\s/g, ''));
          return visit.c.redirect('/account', 303);
        } catch (error) {
          if (!(error instanceof DeskRefusal && error.kind === 'bad-code')) throw error;
          const fault = refusalWords(visit.display.language, error.kind) ?? error.message;
          return visit.c.html(
            <TotpPage visit={visit} offer={offerTotp(ports, user, secret)} fault={fault} />,
            422,
          );
        }
      },
    },
    {
      method: 'GET',
      path: '/account/tokens',
      access: 'token:own',
      handle: (visit) => tokensPage(visit),
    },
    {
      method: 'POST',
      path: '/account/tokens',
      access: 'token:own',
      handle: (visit, fields) => {
        const { me } = visit;
        const asked = fields.get('scope') ?? [];
        const scopes = SCOPES.filter((scope) => asked.includes(scope));
        const name = field(fields, 'label');
        if (scopes.length === 0 || name === '') {
          throw new DeskRefusal('bad-field', 'a token has a label and at least one scope');
        }
        const days = Number(field(fields, 'days')) || TOKEN_DAYS;
        const { token } = makeToken(ports, me.actor, { user: me.user.name, name, scopes, days });
        return tokensPage(visit, token);
      },
    },
    {
      method: 'POST',
      path: '/account/tokens/stop',
      access: 'token:own',
      handle: ({ c, me }, fields) => {
        const id = Number(field(fields, 'token'));
        // Somebody else's is as one that is not there.
        if (ports.store.tokens.list(me.user.id).some((token) => token.id === id)) {
          revokeToken(ports, me.actor, id);
        }
        return c.redirect('/account/tokens', 303);
      },
    },
  ];
}

/** Whether the account has a second factor, and the way to one. */
export function FactorSheet({ visit: { display, me } }: { readonly visit: SignedVisit }) {
  const said = securityWords(display.language);
  return (
    <section class="sheet" aria-labelledby="factor-title">
      <h2 id="factor-title">{said.factor}</h2>
      {me.user.hasTotp ? (
        <p>
          {said.factorOn} {said.factorLost}
        </p>
      ) : (
        <>
          <p>{said.factorOff}</p>
          <p>
            <a class="button" href="/account/totp">
              {said.setUp}
            </a>
          </p>
        </>
      )}
    </section>
  );
}

interface TotpPageProps {
  readonly visit: SignedVisit;
  readonly offer: TotpOffer;
  readonly fault?: string;
}

function TotpPage({ visit: { display, me }, offer, fault }: TotpPageProps) {
  const said = securityWords(display.language);
  return (
    <Frame title={said.setUp} display={display} me={signedInOf(me)}>
      <h1>{said.setUp}</h1>
      {fault !== undefined && (
        <p class="notice bad" role="alert">
          {fault}
        </p>
      )}
      <form method="post" action="/account/totp" class="sheet stack">
        <input type="hidden" name="csrf" value={me.csrf} />
        <TotpFields offer={offer} language={display.language} />
        <button type="submit" class="primary">
          {said.keep}
        </button>
      </form>
    </Frame>
  );
}

interface TokensProps {
  readonly visit: SignedVisit;
  readonly tokens: readonly ApiToken[];
  /** Just made, shown this once. */
  readonly made: string | undefined;
}

function TokensPage({ visit: { display, me }, tokens, made }: TokensProps) {
  const said = securityWords(display.language);
  return (
    <Frame title={said.tokens} display={display} me={signedInOf(me)}>
      <h1>{said.tokens}</h1>
      <p>{said.tokensIntro}</p>
      {made !== undefined && (
        <p class="notice good" role="status">
          {said.made} <code>{made}</code>
        </p>
      )}
      {tokens.length === 0 ? (
        <p class="soft">{said.none}</p>
      ) : (
        <ul class="sheet">
          {tokens.map(({ id, name, scopes, expiresAt, revokedAt }) => (
            <li class="row">
              <strong>
                <bdi>{name}</bdi>
              </strong>
              <span class="small">{scopes.map((scope) => said.scope[scope]).join(', ')}</span>
              <span class="small">
                {said.until} {timeIn(expiresAt, me.unit.zone, display.language)}
              </span>
              {revokedAt !== undefined ? (
                <span class="tag">{said.ended}</span>
              ) : (
                <form method="post" action="/account/tokens/stop">
                  <input type="hidden" name="csrf" value={me.csrf} />
                  <input type="hidden" name="token" value={id} />
                  <button type="submit" aria-label={said.stopNamed(name)}>
                    {said.stop}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      <form method="post" action="/account/tokens" class="sheet stack">
        <input type="hidden" name="csrf" value={me.csrf} />
        <div class="field">
          <label for="label">{said.label}</label>
          <input id="label" name="label" required maxlength={100} />
        </div>
        <fieldset>
          <legend>{said.scopes}</legend>
          {SCOPES.map((scope) => (
            <label class="choice">
              <input type="checkbox" name="scope" value={scope} />
              {said.scope[scope]}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="days">{said.days}</label>
          <input id="days" name="days" type="number" min={1} max={366} value={TOKEN_DAYS} required />
        </div>
        <button type="submit" class="primary">
          {said.make}
        </button>
      </form>
    </Frame>
  );
}
