/** What the timeline of a hashtag answers: its body and, where it has statuses, the `Link` to those around them. */
export interface TimelineAnswer {
  readonly body: string;
  readonly link?: string;
}

/** The demo's instance is a small one: it gives so many statuses at once at most. */
const MOST_AT_ONCE = 10;

/** `/api/v2/instance`: everybody may read the timelines. */
export const INSTANCE = JSON.stringify({
  domain: 'rukun.example',
  title: 'Rukun (rekaan)',
  version: '4.5.0',
  configuration: {
    urls: {},
    timelines_access: {
      live_feeds: { local: 'public', remote: 'public' },
      hashtag_feeds: { local: 'public', remote: 'public' },
    },
  },
});

/**
 * A page of a recorded timeline (a JSON array of statuses, the newest first), by `limit`, `max_id`, `since_id` and
 * `min_id` as Mastodon has them: the newest within the bounds, with `min_id` the oldest.
 */
export function timelinePage(recording: string, url: URL): TimelineAnswer {
  const statuses = JSON.parse(recording) as { id: string }[];
  const bound = (name: string): string | null => url.searchParams.get(name);
  const [minId, maxId, sinceId] = [bound('min_id'), bound('max_id'), bound('since_id')];
  const limit = Math.min(MOST_AT_ONCE, Math.max(1, Math.trunc(Number(bound('limit') ?? 20)) || 1));
  const within = statuses.filter(
    ({ id }) =>
      (minId === null || isAfter(id, minId)) &&
      (sinceId === null || isAfter(id, sinceId)) &&
      (maxId === null || isAfter(maxId, id)),
  );
  const page = minId === null ? within.slice(0, limit) : within.slice(-limit);
  const body = `[${page.map((status) => JSON.stringify(status)).join(',')}]`;
  const [newest, oldest] = [page[0], page.at(-1)];
  if (newest === undefined || oldest === undefined) return { body };
  const link = (name: string, id: string, rel: string): string =>
    `<${url.origin}${url.pathname}?limit=${limit}&${name}=${id}>; rel="${rel}"`;
  return { body, link: `${link('max_id', oldest.id, 'next')}, ${link('min_id', newest.id, 'prev')}` };
}

/** Ids are numbers that grow, too large for a double. */
function isAfter(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length;
}
