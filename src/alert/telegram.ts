import type { AlertChannel } from '../core/alert.js';
import { messageOf, PermanentError, RetryableError, RondaError, ThrottledError } from '../core/errors.js';
import type { Fetcher, FetchResponse } from '../core/fetch-ports.js';

export interface TelegramOptions {
  readonly name: string;
  /** The bot's; it is a part of the address, and stands in no message. */
  readonly token: string;
  readonly chat: string;
  readonly baseUrl: string;
  readonly allowPrivate: boolean;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
}

/** What a message of a bot may hold, in UTF-16 units. */
const MAX_CHARS = 4_096;
const MAX_ANSWER_BYTES = 65_536;
const TIMEOUT_MS = 30_000;
const WAIT_MS = 60_000;
/** Statuses in whose body Telegram says why. */
const TOLD = [400, 401, 403, 404, 429];

/** Sends messages as a Telegram bot (`sendMessage`). Telegram knows no repetition by an id: each alert has its number in the text. */
export function createTelegram(options: TelegramOptions): AlertChannel {
  const { name, token, chat, baseUrl, allowPrivate, fetcher } = options;
  return {
    name,
    async send({ subject, text }, signal) {
      let response: FetchResponse;
      try {
        response = await fetcher.fetch({
          url: `${baseUrl.replace(/\/+$/, '')}/bot${token}/sendMessage`,
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify({
            chat_id: chat,
            text: cut(`${subject}\n\n${text}`),
            link_preview_options: { is_disabled: true },
          }),
          robots: false,
          allowPrivate,
          acceptStatuses: TOLD,
          maxBytes: MAX_ANSWER_BYTES,
          timeoutMs: TIMEOUT_MS,
          signal,
        });
      } catch (error) {
        throw withoutToken(error, token);
      }
      check(response, token);
    },
  };
}

interface Answer {
  readonly ok?: unknown;
  readonly description?: unknown;
  readonly parameters?: { readonly retry_after?: unknown };
}

function check(response: FetchResponse, token: string): void {
  let answer: Answer;
  try {
    answer = (JSON.parse(response.text()) ?? {}) as Answer;
  } catch {
    throw new RetryableError('bad-answer', 'Telegram: the answer is no JSON; check alerts.channels base_url');
  }
  if (response.status < 300 && answer.ok === true) return;
  const why = clean(String(answer.description ?? 'no reason given').slice(0, 300), token);
  if (response.status === 429) {
    const seconds = Number(answer.parameters?.retry_after);
    const wait = Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 86_400) * 1_000 : WAIT_MS;
    throw new ThrottledError('throttled', `Telegram asks for patience: ${why}`, wait);
  }
  throw new PermanentError(
    'telegram-refused',
    `Telegram refused the message (${response.status}): ${why}; check the bot’s token and the chat`,
  );
}

/** The same error without the token, which is a part of the address. */
function withoutToken(error: unknown, token: string): unknown {
  const message = clean(messageOf(error), token);
  if (error instanceof ThrottledError) return new ThrottledError(error.kind, message, error.retryAfterMs);
  if (error instanceof PermanentError) return new PermanentError(error.kind, message);
  const kind = error instanceof RondaError ? error.kind : 'network';
  return new RetryableError(kind, message);
}

function clean(text: string, token: string): string {
  return text.replaceAll(token, '…').replaceAll(encodeURIComponent(token), '…');
}

function cut(text: string): string {
  return text.length <= MAX_CHARS ? text : `${text.slice(0, MAX_CHARS - 2).replace(/[\ud800-\udbff]$/, '')}…`;
}
