import type { CollectContext, Recheck } from '../core/collector-ports.js';
import { kindOf, messageOf } from '../core/errors.js';
import type { SourceSetting } from './collector-kind.js';
import type { MastodonOptions } from './mastodon.js';
import { MastodonInstance } from './mastodon-api.js';
import { parseMastodonBody } from './mastodon-parse.js';
import { payloadOf } from './payload.js';

/** Ends a URI of Mastodon’s own: the id that its server gave to the status. */
const STATUS_ID = /\/statuses\/(\w{1,40})$/;

/**
 * Asks the server that a status was written on, which alone knows. What it does not show any more, deleted or no
 * longer public, is gone. Servers of other software are asked only where their URIs are built as Mastodon’s.
 */
export async function recheckMastodon(
  source: SourceSetting<MastodonOptions>,
  post: { readonly id: string; readonly url?: string; readonly revision?: string },
  context: CollectContext,
): Promise<Recheck> {
  const uri = post.id.replace(/^mastodon:/, '');
  const id = STATUS_ID.exec(uri)?.[1];
  if (id === undefined || !URL.canParse(uri) || !/^https?:\/\//.test(uri)) {
    return {
      is: 'unknown',
      reason: 'its address is none of a Mastodon server that can be asked; open its link',
    };
  }
  const instance = new MastodonInstance(source, context, new Map());
  const { origin } = new URL(uri);
  try {
    const asked = { own: origin === instance.origin, acceptStatuses: [404, 410] };
    const response = await instance.get(`${origin}/api/v1/statuses/${id}`, asked);
    const at = new Date(context.clock.now()).toISOString();
    if (response.status !== 200) {
      const isApi = /json/i.test(response.headers['content-type'] ?? '');
      if (response.status === 410 || isApi) return { is: 'gone', at };
      return { is: 'unknown', reason: `${origin} does not answer as a Mastodon server; open its link` };
    }
    const parsed = parseMastodonBody(source, payloadOf(response, context.clock));
    const [found] = parsed.posts;
    // It is still there, but no longer for everybody, or no longer with a text.
    if (found === undefined) return parsed.rejects.length === 0 ? { is: 'gone', at } : unread(origin);
    if (found.id !== post.id) return { is: 'unknown', reason: `${origin} answers with another status` };
    const held = post.revision ?? (isEdited(response.text()) ? undefined : found.revision);
    return held === found.revision ? { is: 'there' } : { is: 'changed', post: found };
  } catch (error) {
    context.signal.throwIfAborted();
    return { is: 'unknown', reason: `${messageOf(error)} (${kindOf(error)})` };
  }
}

function unread(origin: string): Recheck {
  return { is: 'unknown', reason: `${origin} answers with a status that cannot be read` };
}

function isEdited(body: string): boolean {
  const status: unknown = JSON.parse(body);
  return typeof status === 'object' && status !== null && 'edited_at' in status && status.edited_at !== null;
}
