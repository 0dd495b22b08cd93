import { streamSSE } from 'hono/streaming';
import { SESSION_LIMITS } from '../pipeline/login.js';
import { countArrived } from '../pipeline/read-queue.js';
import type { DeskApp, DeskRoute } from './route.js';

/** Between two looks, ms: arrivals are counted, never moved under the reader. */
const LOOK_MS = 2_000;
/** A stream ends after so long, ms; the browser asks again. Its session is looked at then, and at every look. */
const STREAM_MS = 600_000;
/** Streams at once: one a page, a page or two a person. */
const MAX_STREAMS = 200;

/** Server-sent events: how many items of the visitor's units landed since the page was made. */
export function arrivalRoutes({ ports }: DeskApp): readonly DeskRoute[] {
  let open = 0;
  return [
    {
      method: 'GET',
      path: '/queue/arrivals',
      access: 'queue:read',
      quiet: true,
      handle: ({ c, me }) => {
        const after = Number(c.req.query('after') ?? Number.NaN);
        if (!Number.isSafeInteger(after) || after < 0) return c.json({ error: { kind: 'bad-field' } }, 422);
        if (open >= MAX_STREAMS) return c.body(null, 503, { 'retry-after': '30' });
        return streamSSE(c, async (stream) => {
          open += 1;
          try {
            let said = '';
            for (let left = STREAM_MS; left > 0 && !stream.aborted; left -= LOOK_MS) {
              // A session that ended elsewhere hears no more.
              if (ports.store.sessions.peek(me.session, ports.clock.now(), SESSION_LIMITS) === undefined)
                break;
              const { n, more } = countArrived(ports, me.actor, after);
              const data = JSON.stringify({ n, more });
              if (data === said) await stream.write(': \n\n');
              else await stream.writeSSE({ event: 'arrived', data });
              said = data;
              await stream.sleep(LOOK_MS);
            }
          } finally {
            open -= 1;
          }
        });
      },
    },
  ];
}
