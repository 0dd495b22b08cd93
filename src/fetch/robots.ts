import robotsModule from 'robots-parser';
import { kindOf, messageOf, PermanentError, RetryableError, ThrottledError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';

// The package is CommonJS whose export is the function itself; its types describe a default export instead.
const robotsParser = robotsModule as unknown as typeof robotsModule.default;

type Robots = ReturnType<typeof robotsParser>;

/** Name under which robots.txt may speak to us. */
const AGENT = 'ronda';
/** Most bytes of a robots.txt that are read (RFC 9309: at least 500 KiB); what is beyond is not. */
export const MAX_ROBOTS_BYTES = 512_000;
/** A day at most, as RFC 9309 has it. */
const KEEP_MS = 12 * 3_600_000;
const KEEP_FAILURE_MS = 60_000;
const MAX_CACHED = 2_000;
const MAX_LINE_CHARS = 1_000;
const MAX_WILDCARDS = 16;

/** What a host answered for its robots.txt. */
export interface RobotsAnswer {
  readonly status: number;
  readonly text: string;
  /** What the host asked for with a 429 or 503, ms. */
  readonly retryAfterMs?: number;
}

export interface RobotsRules {
  /**
   * Resolves to the host's Crawl-delay in ms, if it has one, when the URL may be fetched.
   * @throws PermanentError `robots-disallowed`; RetryableError `robots-unavailable` (5xx, or no connection: nothing
   * may be fetched for now), `robots-timeout`.
   */
  require(url: URL): Promise<number | undefined>;
}

type Verdict = { readonly robots: Robots | undefined } | { readonly fault: Error };

/**
 * robots.txt by origin (RFC 9309), kept in memory: 2xx is obeyed, 4xx means that there are no rules, 5xx, a time-out
 * or no connection mean that nothing may be fetched until it can be read.
 */
export function createRobots(options: {
  readonly clock: Pick<Clock, 'now'>;
  /** Fetches a robots.txt through the same guarded way as everything else. */
  readonly read: (url: string) => Promise<RobotsAnswer>;
}): RobotsRules {
  const { clock, read } = options;
  const cache = new Map<string, { readonly verdict: Promise<Verdict>; expiresAt: number }>();

  const look = async (origin: string): Promise<Verdict> => {
    const url = `${origin}/robots.txt`;
    try {
      return verdictOf(url, await read(url));
    } catch (error) {
      if (error instanceof PermanentError && error.kind === 'redirect-loop') return { robots: undefined };
      if (error instanceof PermanentError || error instanceof ThrottledError) return { fault: error };
      const kind = kindOf(error).endsWith('timeout') ? 'robots-timeout' : 'robots-unavailable';
      const reason = `${url}: cannot be read (${messageOf(error)}), so nothing is fetched there for now`;
      return { fault: new RetryableError(kind, reason, { cause: error }) };
    }
  };

  const verdictFor = (origin: string): Promise<Verdict> => {
    const known = cache.get(origin);
    if (known !== undefined && known.expiresAt > clock.now()) return known.verdict;
    if (cache.size >= MAX_CACHED) cache.clear();
    const verdict = look(origin);
    const entry = { verdict, expiresAt: Number.POSITIVE_INFINITY };
    cache.set(origin, entry);
    void verdict.then((found) => {
      entry.expiresAt = clock.now() + ('fault' in found ? KEEP_FAILURE_MS : KEEP_MS);
    });
    return verdict;
  };

  return {
    require: async (url) => {
      const verdict = await verdictFor(url.origin);
      if ('fault' in verdict) throw verdict.fault;
      if (verdict.robots === undefined) return undefined;
      if (verdict.robots.isAllowed(url.href, AGENT) === false) {
        throw new PermanentError(
          'robots-disallowed',
          `${url.origin}${url.pathname}: its robots.txt does not allow it; ask the site, or leave the source out`,
        );
      }
      const delay = verdict.robots.getCrawlDelay(AGENT);
      return delay === undefined || !(delay > 0) ? undefined : delay * 1_000;
    },
  };
}

function verdictOf(url: string, answer: RobotsAnswer): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return { robots: robotsParser(url, relevantLines(answer.text)) };
  if (status === 429 || status >= 500) {
    const reason = `${url}: answered ${status}, so nothing is fetched there for now`;
    return answer.retryAfterMs === undefined
      ? { fault: new RetryableError('robots-unavailable', reason) }
      : { fault: new ThrottledError('robots-unavailable', reason, answer.retryAfterMs) };
  }
  return { robots: undefined };
}

/**
 * The lines that concern us, so that a hostile file costs little: groups of other agents are left out, and a rule
 * keeps at most {@link MAX_WILDCARDS} wildcards, beyond which it is cut (and so reaches farther).
 */
function relevantLines(text: string): string {
  const lines: string[] = [];
  let inAgents = false;
  for (const raw of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const line =
      (raw.length > MAX_LINE_CHARS ? raw.slice(0, MAX_LINE_CHARS) : raw).split('#', 1)[0]?.trim() ?? '';
    const [, name, value] = /^([a-z-]+)\s*:\s*(.*)$/i.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (name.toLowerCase() === 'user-agent') {
      const agent = value.split('/', 1)[0]?.trim().toLowerCase() ?? '';
      if (!inAgents) lines.push('User-agent: another');
      inAgents = true;
      if (agent === AGENT || agent === '*') lines.push(`User-agent: ${agent}`);
    } else {
      inAgents = false;
      if (/^(dis)?allow$/i.test(name)) lines.push(`${name}: ${fewerWildcards(value)}`);
      else if (/^crawl-delay$/i.test(name)) lines.push(`Crawl-delay: ${value}`);
    }
  }
  return lines.join('\n');
}

function fewerWildcards(pattern: string): string {
  const parts = pattern.replace(/\*+/g, '*').split('*');
  return parts.length <= MAX_WILDCARDS ? parts.join('*') : parts.slice(0, MAX_WILDCARDS).join('*');
}
