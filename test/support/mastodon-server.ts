import type { ServerResponse } from 'node:http';
import { type Answer, type SeenRequest, serve, type WebServer } from './web-server.js';

/** A status as an instance gives it; what is not named is invented. */
export interface Told {
  readonly id: number;
  readonly content: string;
  readonly [field: string]: unknown;
}

/** An instance of Mastodon on loopback: timelines with their bounds, limit and Link header, a stream, single statuses. */
export interface MastodonServer extends WebServer {
  /** Statuses of the timeline, in any order; ids sort as numbers of 18 digits. */
  statuses: Told[];
  /** The timelines answer with this instead, if set. */
  answer: Answer | undefined;
  /** What `/api/v2/instance` says under `configuration`; nothing makes it a 404. */
  configuration: Readonly<Record<string, unknown>> | undefined;
  /** Called for each stream that is opened. */
  onStream: (stream: OpenStream, request: SeenRequest) => void;
  /** The JSON of all statuses as they were last sent. */
  readonly sent: Buffer[];
  json(told: Told): string;
}

export interface OpenStream {
  send(event: string, data: string): void;
  comment(): void;
  end(): void;
  cut(): void;
}

const LIMIT = 40;

export function statusId(id: number): string {
  return `116${String(id).padStart(15, '0')}`;
}

export async function serveMastodon(): Promise<MastodonServer> {
  const json = (told: Told): string => {
    const id = statusId(told.id);
    const uri = `${server.url}/users/akun_fiksi/statuses/${id}`;
    const account = { id: '7', acct: 'akun_fiksi', url: `${server.url}/@akun_fiksi` };
    const url = `${server.url}/@akun_fiksi/${id}`;
    const created_at = new Date(Date.parse('2026-11-21T00:00:00Z') + told.id * 1_000).toISOString();
    const plain = { uri, url, created_at, account, visibility: 'public', spoiler_text: '', language: 'id' };
    return JSON.stringify({ ...plain, edited_at: null, reblog: null, ...told, id });
  };
  const timeline: Answer = (request, response) => {
    if (server.answer !== undefined) return server.answer(request, response);
    const url = new URL(request.path, server.url);
    const bound = (name: string): string | null => url.searchParams.get(name);
    const [minId, maxId, sinceId] = [bound('min_id'), bound('max_id'), bound('since_id')];
    const limit = Math.min(LIMIT, Number(bound('limit') ?? 20));
    const newestFirst = server.statuses
      .toSorted((one, other) => other.id - one.id)
      .filter(({ id }) => minId === null || statusId(id) > minId)
      .filter(({ id }) => maxId === null || statusId(id) < maxId)
      .filter(({ id }) => sinceId === null || statusId(id) > sinceId);
    const page = minId === null ? newestFirst.slice(0, limit) : newestFirst.slice(-limit);
    answerPage(page, url, response);
  };
  const answerPage = (page: readonly Told[], url: URL, response: ServerResponse): void => {
    const [first, last] = [page[0], page.at(-1)];
    const body = `[${page.map(json).join(',')}]`;
    server.sent.push(Buffer.from(body));
    const link = (name: string, told: Told, rel: string): string =>
      `<${server.url}${url.pathname}?limit=${LIMIT}&${name}=${statusId(told.id)}>; rel="${rel}"`;
    const links =
      first === undefined || last === undefined
        ? []
        : [link('max_id', last, 'next'), link('min_id', first, 'prev')];
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-limit': '300',
      'x-ratelimit-remaining': '299',
      'x-ratelimit-reset': '2026-11-22T05:05:00.000000Z',
      ...(links.length === 0 ? {} : { link: links.join(', ') }),
    });
    response.end(body);
  };
  const stream: Answer = (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':)\n\n');
    const send = (event: string, data: string): void => {
      server.sent.push(Buffer.from(data));
      response.write(`event: ${event}\ndata: ${data}\n\n`);
    };
    server.onStream(
      {
        send,
        comment: () => void response.write(':thump\n'),
        end: () => void response.end(),
        cut: () => void response.destroy(),
      },
      request,
    );
  };
  const instance: Answer = (_request, response) => {
    if (server.configuration === undefined) response.writeHead(404).end('{}');
    else response.end(JSON.stringify({ version: '4.5.0', configuration: server.configuration }));
  };
  const single: Answer = (request, response) => {
    const id = request.path.split('/').at(-1);
    const found = server.statuses.find((told) => statusId(told.id) === id);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(found === undefined ? '{"error":"Record not found"}' : json(found));
  };
  const answers = new Proxy<Record<string, Answer>>(
    {},
    {
      get: (_none, path) => {
        if (typeof path !== 'string') return undefined;
        if (path.startsWith('/api/v1/timelines/')) return timeline;
        if (path.startsWith('/api/v1/streaming/')) return stream;
        if (path === '/api/v2/instance') return instance;
        return path.startsWith('/api/v1/statuses/') ? single : undefined;
      },
    },
  );
  const server: MastodonServer = {
    ...(await serve(answers)),
    statuses: [],
    answer: undefined,
    configuration: { timelines_access: OPEN, urls: {} },
    onStream: () => undefined,
    sent: [],
    json,
  };
  return server;
}

const both = (access: string): Readonly<Record<string, string>> => ({ local: access, remote: access });
/** Timelines that anybody may read. */
export const OPEN = { live_feeds: both('public'), hashtag_feeds: both('public') };
/** Timelines that only accounts of the instance may read. */
export const MEMBERS_ONLY = { live_feeds: both('authenticated'), hashtag_feeds: both('authenticated') };
