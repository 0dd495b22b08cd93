import type { CollectContext, Collector } from '../core/collector-ports.js';
import { kindOf, messageOf } from '../core/errors.js';
import type { RefetchAsk, Refetched } from '../core/evidence.js';
import type { Clock } from '../core/ports.js';
import { htmlToText } from '../text/html.js';

export interface RefetchPorts {
  /** The source's collector as it is configured today; undefined where there is none any more. */
  collectorOf(source: string): Collector | undefined;
  readonly fetcher: CollectContext['fetcher'];
  readonly clock: Clock;
  /** SHA-256, lower-case hex. */
  readonly sha256: (bytes: Uint8Array) => string;
}

/** Whole time that a place is given, ms: somebody waits for the packet. */
const TIMEOUT_MS = 20_000;
/** Largest page that is fetched, bytes. */
const MAX_PAGE_BYTES = 5_000_000;
/** Says of any post that it differs, so that a place that shows it gives its record too. */
const NO_REVISION = 'none';

/**
 * Asks a post's place for it again, for a case. A collector that can ask for one post gives its own record; elsewhere the
 * page at its link is fetched, of which only status, headers, size and hash are kept, since it holds other people's posts.
 * Whatever a place does is an answer; nothing is thrown but when Ronda itself is stopping.
 */
export async function refetchPost(
  ports: RefetchPorts,
  ask: RefetchAsk,
  signal: AbortSignal,
): Promise<Refetched> {
  const now = (): string => new Date(ports.clock.now()).toISOString();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const context: CollectContext = { fetcher: ports.fetcher, clock: ports.clock, signal: limited };
  try {
    const collector = ports.collectorOf(ask.source);
    if (collector?.recheck !== undefined) return await recheckOne(collector, ask, context, now);
    return await fetchPage(ports, ask, limited, now);
  } catch (error) {
    signal.throwIfAborted();
    return { is: 'unknown', at: now(), reason: `${messageOf(error)} (${kindOf(error)})` };
  }
}

async function recheckOne(
  collector: Collector,
  { id, url, revision, text }: RefetchAsk,
  context: CollectContext,
  now: () => string,
): Promise<Refetched> {
  const asked = { id, revision: NO_REVISION, ...(url === undefined ? {} : { url }) };
  const said = await collector.recheck?.(asked, context);
  switch (said?.is) {
    case 'changed': {
      const { post } = said;
      return {
        is: post.revision === revision || post.text === text ? 'shown' : 'edited',
        at: now(),
        text: post.text,
        ...(post.record === undefined ? {} : { record: post.record }),
      };
    }
    case 'there':
      return { is: 'shown', at: now(), text };
    case 'gone':
      return { is: 'gone', at: said.at };
    default:
      return { is: 'unknown', at: now(), reason: said?.reason ?? 'the source cannot be asked' };
  }
}

async function fetchPage(
  ports: RefetchPorts,
  { url, text }: RefetchAsk,
  signal: AbortSignal,
  now: () => string,
): Promise<Refetched> {
  if (url === undefined || !/^https?:\/\//i.test(url)) {
    return { is: 'cannot', at: now(), reason: 'no-link' };
  }
  const response = await ports.fetcher.fetch({
    url,
    maxBytes: MAX_PAGE_BYTES,
    timeoutMs: TIMEOUT_MS,
    acceptStatuses: [401, 403, 404, 410, 451],
    signal,
  });
  const { status, headers, body } = response;
  const seen = flat(
    /html/i.test(headers['content-type'] ?? '') ? htmlToText(response.text()) : response.text(),
  );
  const page = {
    url: response.url,
    status,
    headers,
    bytes: body.length,
    sha256: ports.sha256(body),
    holdsText: text.trim() !== '' && seen.includes(flat(text)),
  };
  if (status === 404 || status === 410) return { is: 'gone', at: now(), page };
  if (page.holdsText) return { is: 'shown', at: now(), page };
  return {
    is: 'unknown',
    at: now(),
    reason: 'not-in-page',
    page,
  };
}

function flat(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
