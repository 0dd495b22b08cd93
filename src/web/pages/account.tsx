import { may } from '../../triage/rights.js';
import { LANGUAGES } from '../../words/catalogue.js';
import { deskWords } from '../../words/desk.js';
import { type AccountWords, accountWords } from '../../words/desk-account.js';
import { securityWords } from '../../words/desk-security.js';
import { writeDisplay } from '../preferences.js';
import { type DeskApp, type DeskRoute, field, type SignedVisit } from '../route.js';
import { Frame, signedInOf } from '../views/frame.js';
import { FactorSheet } from './account-security.js';

const THEMES = ['auto', 'light', 'dark'] as const;

/** How the desk looks to its reader, and who that is. */
export function accountRoutes(app: DeskApp): readonly DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/account',
      access: 'signed-in',
      handle: (visit) => visit.c.html(<AccountPage visit={visit} />),
    },
    {
      method: 'POST',
      path: '/account/display',
      access: 'signed-in',
      handle: ({ c, display }, fields) => {
        const language = LANGUAGES.find((each) => each === field(fields, 'language')) ?? display.language;
        const theme = THEMES.find((each) => each === field(fields, 'theme')) ?? 'auto';
        const veil = field(fields, 'veil') === 'yes';
        const grey = field(fields, 'grey') === 'yes';
        writeDisplay(c, { language, theme, veil, grey }, app.surroundings.secure);
        return c.redirect('/account', 303);
      },
    },
  ];
}

function AccountPage({ visit }: { readonly visit: SignedVisit }) {
  const { display, me } = visit;
  const words = deskWords(display.language);
  const said = accountWords(display.language);
  return (
    <Frame title={words.rooms.account} display={display} me={signedInOf(me)}>
      <h1>{words.rooms.account}</h1>
      <section class="sheet">
        <dl class="facts">
          <dt>{said.name}</dt>
          <dd>{me.user.name}</dd>
          <dt>{said.role}</dt>
          <dd>{words.roles[me.user.role]}</dd>
          <dt>{said.unit}</dt>
          <dd>{`${me.unit.name} (${me.unit.zone})`}</dd>
        </dl>
      </section>
      <FactorSheet visit={visit} />
      {may(me.user.role, 'token:own') && (
        <p>
          <a class="button" href="/account/tokens">
            {securityWords(display.language).tokens}
          </a>
        </p>
      )}
      <DisplayForm visit={visit} said={said} />
    </Frame>
  );
}

function DisplayForm({ visit, said }: { readonly visit: SignedVisit; readonly said: AccountWords }) {
  const { display, me } = visit;
  const words = deskWords(display.language);
  return (
    <form method="post" action="/account/display" class="sheet stack">
      <input type="hidden" name="csrf" value={me.csrf} />
      <div class="field">
        <label for="language">{words.language.label}</label>
        <select id="language" name="language">
          {LANGUAGES.map((language) => (
            <option value={language} selected={language === display.language}>
              {words.language[language]}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="theme">{words.theme.label}</label>
        <select id="theme" name="theme">
          {THEMES.map((theme) => (
            <option value={theme} selected={theme === display.theme}>
              {words.theme[theme]}
            </option>
          ))}
        </select>
      </div>
      <label class="choice">
        <input type="checkbox" name="veil" value="yes" checked={display.veil} />
        {said.veil}
      </label>
      <label class="choice">
        <input type="checkbox" name="grey" value="yes" checked={display.grey} />
        {said.grey}
      </label>
      <button type="submit" class="primary">
        {words.save}
      </button>
    </form>
  );
}
