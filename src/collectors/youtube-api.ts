import type { CollectContext } from '../core/collector-ports.js';
import { PermanentError, RetryableError } from '../core/errors.js';
import type { SourceSetting } from './collector-kind.js';
import { googleFault } from './google-faults.js';
import { payloadOf } from './payload.js';
import { requireSecret } from './secret.js';
import type { YoutubeOptions } from './youtube.js';
import { parseYoutubeBody, type YoutubePage } from './youtube-parse.js';
import { untilQuotaDayEnds } from './youtube-quota.js';

const MAX_BODY_BYTES = 8_000_000;

/**
 * Asks the Data API. The key goes in a header, so that no address, and nothing that repeats one, holds it.
 * @throws as {@link googleFault} says; RetryableError where the answer is cut off or no JSON
 */
export async function askYoutube(
  source: SourceSetting<YoutubeOptions>,
  path: 'commentThreads' | 'comments',
  parameters: Readonly<Record<string, string | undefined>>,
  { fetcher, clock, signal }: CollectContext,
  video?: string,
): Promise<YoutubePage> {
  const { base, key_env: variable, requests_per_second: requestsPerSecond } = source.options;
  const url = new URL(`${base.replace(/\/+$/, '')}/youtube/v3/${path}`);
  const asked = { maxResults: '100', textFormat: 'plainText', ...parameters };
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await fetcher.fetch({
    url: url.href,
    headers: { accept: 'application/json', 'x-goog-api-key': requireSecret(source, variable) },
    robots: false,
    allowPrivate: source.allowPrivate,
    maxBytes: MAX_BODY_BYTES,
    acceptStatuses: [400, 403, 404],
    requestsPerSecond,
    signal,
  });
  const payload = payloadOf(response, clock);
  try {
    const page = parseYoutubeBody(source, payload, video);
    if (response.status === 200) return page;
  } catch (error) {
    if (!(error instanceof PermanentError))
      throw spentUntilMidnight(error, payload.text, clock.now(), url.href);
    if (error.kind !== 'not-json' && error.kind !== 'broken-json') throw error;
    if (response.status === 200) {
      throw new RetryableError(error.kind, `${url.origin}: ${error.message}; it is tried again`);
    }
  }
  throw new PermanentError(
    'forbidden',
    `${url.origin}: answered ${response.status} and does not say why; check access`,
  );
}

function spentUntilMidnight(error: unknown, text: string, now: number, from: string): unknown {
  try {
    return googleFault(JSON.parse(text), from, untilQuotaDayEnds(now)) ?? error;
  } catch {
    return error;
  }
}
