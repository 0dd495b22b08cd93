import type { TotpOffer } from '../../pipeline/login.js';
import { securityWords } from '../../words/desk-security.js';

interface TotpProps {
  readonly offer: TotpOffer;
  readonly language: 'id' | 'en';
}

/** What a form that sets up a second factor shows and asks for. */
export function TotpFields({ offer, language }: TotpProps) {
  const said = securityWords(language);
  return (
    <fieldset>
      <legend>{said.factor}</legend>
      <p>{said.steps}</p>
      <dl class="facts">
        <dt>{said.secret}</dt>
        <dd>
          <code>{offer.secret.replace(/.{4}(?=.)/g, '$& ')}</code>
        </dd>
        <dt>{said.uri}</dt>
        <dd>
          <code class="small">{offer.uri}</code>
        </dd>
      </dl>
      <input type="hidden" name="secret" value={offer.secret} />
      <div class="field">
        <label for="code">{said.code}</label>
        <input
          id="code"
          name="code"
          inputmode="numeric"
          autocomplete="one-time-code"
          required
          maxlength={9}
        />
      </div>
    </fieldset>
  );
}
