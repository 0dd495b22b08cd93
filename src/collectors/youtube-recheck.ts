import type { CollectContext, Recheck } from '../core/collector-ports.js';
import { kindOf, messageOf } from '../core/errors.js';
import type { SourceSetting } from './collector-kind.js';
import type { YoutubeOptions } from './youtube.js';
import { askYoutube } from './youtube-api.js';

/** Asks for one comment by its id, which costs a unit. */
export async function recheckYoutube(
  source: SourceSetting<YoutubeOptions>,
  post: { readonly id: string; readonly revision?: string },
  context: CollectContext,
): Promise<Recheck> {
  const id = /^youtube:([\w.-]{10,200})$/.exec(post.id)?.[1];
  if (id === undefined)
    return { is: 'unknown', reason: 'its id is none of a YouTube comment; open its link' };
  try {
    const video = source.options.video;
    const asked = { part: 'snippet', id, maxResults: undefined };
    const page = await askYoutube(source, 'comments', asked, context, video);
    const found = page.posts.find((each) => each.id === post.id);
    if (found === undefined && page.rejects.length > 0) {
      return { is: 'unknown', reason: 'the answer holds a comment that cannot be read' };
    }
    if (found === undefined) return { is: 'gone', at: new Date(context.clock.now()).toISOString() };
    return (post.revision ?? found.revision) === found.revision
      ? { is: 'there' }
      : { is: 'changed', post: found };
  } catch (error) {
    context.signal.throwIfAborted();
    if (kindOf(error) === 'comment-not-found') {
      return { is: 'gone', at: new Date(context.clock.now()).toISOString() };
    }
    return { is: 'unknown', reason: `${messageOf(error)} (${kindOf(error)})` };
  }
}
