import type { CollectContext } from '../core/collector-ports.js';
import { PermanentError } from '../core/errors.js';
import type { FetchResponse } from '../core/fetch-ports.js';
import type { BlueskyOptions } from './bluesky.js';
import type { SourceSetting } from './collector-kind.js';
import { isObject, textIn } from './jetstream-event.js';
import { requireSecret } from './secret.js';

const MAX_BODY_BYTES = 4_000_000;
/** Why an answer is read and not thrown: these carry the name of an error. */
const REFUSALS = [400, 401, 403];

/** Tokens of a login, in memory alone. */
export interface Login {
  access?: string;
  refresh?: string;
}

/** Asks an account’s server as that account: logs in when it must, renews what has expired, and tells nobody. */
export class BlueskySession {
  readonly #source: SourceSetting<BlueskyOptions>;
  readonly #context: CollectContext;
  readonly #login: Login;

  constructor(source: SourceSetting<BlueskyOptions>, context: CollectContext, login: Login) {
    this.#source = source;
    this.#context = context;
    this.#login = login;
  }

  /** The answer of a query. @throws PermanentError `no-secret`, `login-refused`, `login-needed`, `bad-query` */
  async query(name: string, parameters: Readonly<Record<string, string>>): Promise<FetchResponse> {
    const url = new URL(`/xrpc/${name}`, this.#source.options.pds);
    for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
    for (let attempt = 1; ; attempt++) {
      const token = this.#login.access ?? (await this.#logIn());
      const response = await this.#ask(url.href, { authorization: `Bearer ${token}` });
      if (response.status === 200) return response;
      const { error, message } = faultOf(response);
      if (attempt === 1 && (response.status === 401 || /Token/.test(error))) {
        delete this.#login.access;
        await this.#renew();
        continue;
      }
      if (response.status === 400) {
        const reason = `${url.host}: does not take the search: ${error} ${message}`.trim();
        throw new PermanentError('bad-query', `${reason}; change query`);
      }
      throw new PermanentError(
        'login-needed',
        `${url.host}: answered ${response.status} ${error} to a search, which it grants to accounts only; check that ` +
          'identifier_env and password_env name an account that may search, and that pds is its server',
      );
    }
  }

  #ask(url: string, headers: Readonly<Record<string, string>>, body?: string): Promise<FetchResponse> {
    return this.#context.fetcher.fetch({
      url,
      headers: { accept: 'application/json', ...headers },
      robots: false,
      allowPrivate: this.#source.allowPrivate,
      maxBytes: MAX_BODY_BYTES,
      acceptStatuses: REFUSALS,
      requestsPerSecond: this.#source.options.requests_per_second,
      signal: this.#context.signal,
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
  }

  async #logIn(): Promise<string> {
    const { pds, identifier_env: name, password_env: word } = this.#source.options;
    const identifier = requireSecret(this.#source, name ?? 'BLUESKY_IDENTIFIER');
    const password = requireSecret(this.#source, word ?? 'BLUESKY_APP_PASSWORD');
    const url = new URL('/xrpc/com.atproto.server.createSession', pds);
    const json = { 'content-type': 'application/json' };
    const response = await this.#ask(url.href, json, JSON.stringify({ identifier, password }));
    if (response.status !== 200) {
      const { error } = faultOf(response);
      throw new PermanentError(
        'login-refused',
        `${url.host}: does not let the account of ${this.#source.name} in (${response.status} ${error}); make an app ` +
          `password in the account's settings and set the variables ${name} and ${word} to the handle and to it`,
      );
    }
    return this.#keep(response, url.host);
  }

  /** Renews the login; a renewal that is refused is followed by a login. */
  async #renew(): Promise<void> {
    const { refresh } = this.#login;
    delete this.#login.refresh;
    if (refresh === undefined) return;
    const url = new URL('/xrpc/com.atproto.server.refreshSession', this.#source.options.pds);
    const response = await this.#ask(url.href, { authorization: `Bearer ${refresh}` }, '');
    if (response.status === 200) this.#keep(response, url.host);
  }

  #keep(response: FetchResponse, host: string): string {
    const answer = jsonOf(response);
    const [access, refresh] = [textIn(answer, 'accessJwt'), textIn(answer, 'refreshJwt')];
    if (access === undefined) {
      throw new PermanentError(
        'not-bluesky',
        `${host}: answers a login without a token; check that pds is a server of Bluesky`,
      );
    }
    this.#login.access = access;
    if (refresh !== undefined) this.#login.refresh = refresh;
    return access;
  }
}

function jsonOf(response: FetchResponse): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(response.text());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** What a refusal is called, and why; only what is safe to show. */
export function faultOf(response: FetchResponse): { readonly error: string; readonly message: string } {
  const answer = jsonOf(response);
  const show = (text: string | undefined): string => (text ?? '').replace(/[^\x20-\x7e]/g, ' ').slice(0, 200);
  return { error: show(textIn(answer, 'error')), message: show(textIn(answer, 'message')) };
}
