import type { CollectContext, Recheck } from '../core/collector-ports.js';
import { kindOf, messageOf } from '../core/errors.js';
import type { BlueskyOptions } from './bluesky.js';
import { POST, parseBlueskyBody } from './bluesky-parse.js';
import { faultOf } from './bluesky-session.js';
import type { SourceSetting } from './collector-kind.js';
import { payloadOf } from './payload.js';

const ID = /^bluesky:at:\/\/(did:[a-z]+:[\w.:%-]{1,250})\/app\.bsky\.feed\.post\/([\w.~:-]{1,512})$/;

/** Errors, by name or by what is said, of a record or an account that is there no longer. */
const GONE =
  /^(RecordNotFound|RepoNotFound|RepoTakendown|RepoSuspended|RepoDeactivated|AccountTakedown|AccountDeactivated)$/;
const GONE_SAID =
  /could not (locate record|find repo)|account (is|has been) (deactivated|suspended|taken ?down)/i;

/** Fetches the record anew from the public service. */
export async function recheckBluesky(
  source: SourceSetting<BlueskyOptions>,
  post: { readonly id: string; readonly url?: string; readonly revision?: string },
  context: CollectContext,
): Promise<Recheck> {
  const [, repo, rkey] = ID.exec(post.id) ?? [];
  if (repo === undefined || rkey === undefined) {
    return { is: 'unknown', reason: 'its id names no record of Bluesky; open its link' };
  }
  const url = new URL('/xrpc/com.atproto.repo.getRecord', source.options.record_service);
  for (const [name, value] of Object.entries({ repo, collection: POST, rkey }))
    url.searchParams.set(name, value);
  try {
    const response = await context.fetcher.fetch({
      url: url.href,
      headers: { accept: 'application/json' },
      robots: false,
      allowPrivate: source.allowPrivate,
      maxBytes: 1_000_000,
      acceptStatuses: [400, 404],
      requestsPerSecond: source.options.requests_per_second,
      signal: context.signal,
    });
    const at = new Date(context.clock.now()).toISOString();
    if (response.status !== 200) {
      const { error, message } = faultOf(response);
      if (GONE.test(error) || GONE_SAID.test(message)) return { is: 'gone', at };
      return { is: 'unknown', reason: `${url.host} answers ${response.status} ${error} ${message}`.trim() };
    }
    const parsed = parseBlueskyBody(source, payloadOf(response, context.clock));
    const [found] = parsed.posts;
    if (parsed.rejects.length > 0) {
      return { is: 'unknown', reason: `${url.host} answers with a record that cannot be read` };
    }
    // The record is there without a text to read: what was held is not.
    if (found === undefined) return { is: 'gone', at };
    if (found.id !== post.id) return { is: 'unknown', reason: `${url.host} answers with another record` };
    // A record does not say whether it was edited: without what is held there is nothing to compare it with.
    const same = post.revision === undefined || post.revision === found.revision;
    return same ? { is: 'there' } : { is: 'changed', post: found };
  } catch (error) {
    context.signal.throwIfAborted();
    return { is: 'unknown', reason: `${messageOf(error)} (${kindOf(error)})` };
  }
}
