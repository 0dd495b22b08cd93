import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Reject } from '../core/collector-ports.js';
import { PermanentError, RetryableError, ThrottledError } from '../core/errors.js';
import type { Post } from '../core/post.js';
import type { Push, PushReport } from '../pipeline/ingest.js';

/** A partner whose pushes are taken: a source of kind `webhook`. */
export interface IngestPartner {
  /** What both sides sign with. */
  readonly secret: string;
  /** Posts and rejects of a body. @throws PermanentError where the body is none of a push. */
  parse(body: Buffer): Promise<{ readonly posts: readonly Post[]; readonly rejects: readonly Reject[] }>;
  /** True while a person has paused the source. */
  isPaused?(): boolean;
}

/** What the sub-app is given. */
export interface IngestDeps {
  /** By the name of the source. */
  readonly partners: ReadonlyMap<string, IngestPartner>;
  take(push: Push): Promise<PushReport>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Told of trouble that a partner is told of as 5xx only. */
  report(error: unknown): void;
}

/** The largest body of a push, in bytes, and the most rows in it. */
export const MAX_PUSH_BYTES = 1_000_000;
export const MAX_PUSH_POSTS = 500;
/** How far a push's own time may be from ours, in seconds. */
const MAX_SKEW_SECONDS = 300;
/** Pushes worked on at once; each holds its body. */
const MAX_AT_ONCE = 16;
/** Of these, of one source: they are taken one after the other, so that more of one would only keep others out. */
const MAX_OF_ONE = 8;
const BUSY_WAIT_MS = 5_000;

/** The bytes of a key for names that nobody has, so that the answer takes as long. */
const NO_SECRET = 'nobody-signs-with-this';

/**
 * `POST /ingest`, to be mounted in an app. The partner names itself in `Ronda-Source`, the time in `Ronda-Timestamp`
 * (seconds since the epoch), and signs both with the body in `Ronda-Signature` (see {@link signPush}). 202 with counts
 * and the fault of each rejected row, once all is safely queued; 400 for a body that is no push, 401, 413, 503 with
 * Retry-After.
 */
export function createIngestApp(deps: IngestDeps): Hono {
  const app = new Hono();
  let working = 0;
  const bySource = new Map<string, number>();
  app.onError((error, c) => {
    if (error instanceof ThrottledError) return busy(c, error.kind, error.message, error.retryAfterMs);
    if (error instanceof PermanentError) return refuse(c, 400, error.kind, error.message);
    deps.report(error);
    if (error instanceof RetryableError) {
      return busy(c, 'not-now', 'the push could not be kept; send it again later', BUSY_WAIT_MS);
    }
    return refuse(c, 500, 'defect', 'the push could not be taken; the operator of this server can read why');
  });
  app.post(
    '/ingest',
    bodyLimit({
      maxSize: MAX_PUSH_BYTES,
      onError: (c) =>
        refuse(c, 413, 'body-too-large', `a push has at most ${MAX_PUSH_BYTES} bytes; send it in parts`),
    }),
    async (c) => {
      if (working >= MAX_AT_ONCE) return busy(c, 'busy', 'too many pushes at once', BUSY_WAIT_MS);
      working += 1;
      try {
        const body = Buffer.from(await c.req.arrayBuffer());
        const source = c.req.header('ronda-source') ?? '';
        const partner = deps.partners.get(source);
        const signed = isSigned(body, {
          secret: partner?.secret ?? NO_SECRET,
          source,
          timestamp: c.req.header('ronda-timestamp') ?? '',
          signature: c.req.header('ronda-signature') ?? '',
        });
        if (partner === undefined || !signed) {
          return refuse(
            c,
            401,
            'bad-signature',
            'the source is not known, or the signature is not of its secret',
          );
        }
        const skew = Math.abs(deps.now() / 1_000 - Number(c.req.header('ronda-timestamp')));
        if (!(skew <= MAX_SKEW_SECONDS)) {
          const found = `the push was signed ${Math.round(skew)} s from this server’s time`;
          return refuse(
            c,
            401,
            'stale',
            `${found}; at most ${MAX_SKEW_SECONDS} s are allowed, so set the clock`,
          );
        }
        if (partner.isPaused?.() === true) {
          return busy(c, 'paused', 'the source is paused here; send this again later', 600_000);
        }
        const own = bySource.get(source) ?? 0;
        if (own >= MAX_OF_ONE) {
          return busy(c, 'busy', `${own} pushes of this source are being taken already`, BUSY_WAIT_MS);
        }
        bySource.set(source, own + 1);
        try {
          return await takePush(source, partner, body);
        } finally {
          bySource.set(source, (bySource.get(source) ?? 1) - 1);
        }
      } finally {
        working -= 1;
      }

      async function takePush(source: string, partner: IngestPartner, body: Buffer): Promise<Response> {
        if (body.toString('utf8').trim() === '') {
          return refuse(c, 400, 'empty', 'the body is empty; send a JSON array of posts, or one post a line');
        }
        const { posts, rejects } = await partner.parse(body);
        const rows = posts.length + rejects.length;
        if (rows > MAX_PUSH_POSTS) {
          const message = `the push has ${rows} posts; at most ${MAX_PUSH_POSTS} are taken at once`;
          return refuse(c, 413, 'too-many-posts', message);
        }
        const digest = createHash('sha256').update(body).digest('hex');
        const { accepted, rejected, repeated } = await deps.take({ source, digest, posts, rejects });
        const errors = rejects.map(({ at, kind, reason }) => ({ at, kind, reason }));
        return c.json({ accepted, rejected, repeated, errors }, 202);
      }
    },
  );
  return app;
}

type Context = Parameters<Parameters<Hono['onError']>[0]>[1];

function refuse(c: Context, status: 400 | 401 | 413 | 500, kind: string, message: string): Response {
  return c.json({ error: { kind, message } }, status);
}

function busy(c: Context, kind: string, message: string, afterMs: number): Response {
  c.header('retry-after', String(Math.max(1, Math.ceil(afterMs / 1_000))));
  return c.json({ error: { kind, message } }, 503);
}

interface Signed {
  readonly secret: string;
  readonly source: string;
  readonly timestamp: string;
  readonly signature: string;
}

/** `v1=` and the hex HMAC-SHA-256 of `<timestamp>.<source>.<body>` with the partner's secret. */
export function signPush(
  body: Buffer | string,
  { secret, source, timestamp }: Omit<Signed, 'signature'>,
): string {
  const mac = createHmac('sha256', secret).update(`${timestamp}.${source}.`).update(body).digest('hex');
  return `v1=${mac}`;
}

function isSigned(body: Buffer, signed: Signed): boolean {
  const expected = Buffer.from(signPush(body, signed));
  const found = Buffer.from(signed.signature.trim().toLowerCase());
  return (
    found.length === expected.length &&
    timingSafeEqual(found, expected) &&
    /^\d{9,11}$/.test(signed.timestamp)
  );
}
